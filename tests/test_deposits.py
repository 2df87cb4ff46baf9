"""Every deposit that is shipped has a config that the typed sections accept, and tables where it says."""

from pathlib import Path

import pytest
import yaml

from scandia.config.load import load
from scandia.io.deposit import read_published, take_in

PROJECT = Path(__file__).resolve().parents[1]
CONFIGS = [PROJECT / "config" / "config.yaml", *sorted((PROJECT / "config" / "deposits").glob("*/config.yaml"))]
DEFAULT = "tg"


def deposit_of(path):
    """The default deposit's config stands above the folders of the deposits."""
    return DEFAULT if path.parent.name == "config" else path.parent.name


@pytest.mark.parametrize("path", CONFIGS, ids=deposit_of)
def test_the_config_is_accepted_and_named_as_its_folder(path):
    config = load(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert config.deposit == deposit_of(path)


@pytest.mark.parametrize("path", CONFIGS, ids=deposit_of)
def test_every_table_is_there_with_the_columns_that_the_config_names(path, request, monkeypatch):
    config = load(yaml.safe_load(path.read_text(encoding="utf-8")))
    if config.drillholes.root.startswith("../shared"):
        request.getfixturevalue("shared_data")
    monkeypatch.chdir(PROJECT)
    taken = take_in(config.drillholes, config.analytes, config.qaqc, config.model and config.model.topography)
    assert taken.raw and all(len(frame) for frame in taken.raw.values())
    assert not (taken.findings["severity"] == "error").any()
    if config.published:
        assert all(len(frame) for frame in read_published(config.drillholes.root, config.published))


@pytest.mark.parametrize("path", CONFIGS, ids=deposit_of)
def test_the_block_grid_is_of_a_size_that_two_cores_can_krige(path):
    model = load(yaml.safe_load(path.read_text(encoding="utf-8"))).model
    if model is None:
        return
    columns, rows, benches = model.grid.count
    assert columns * rows * benches <= 250_000


def test_the_real_deposits_are_shipped_with_the_default_one():
    assert {
        "tg",
        "tiny",
        "crater_lake_2020",
        "wolfpass",
        "babbitt",
        "marvin",
        "forrestania",
        "junipero",
        "meuse",
        "cluster",
    } <= set(map(deposit_of, CONFIGS))
