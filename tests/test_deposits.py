"""Every deposit that is shipped has a config that the typed sections accept, and tables where it says."""

from dataclasses import is_dataclass
from pathlib import Path

import pytest
import yaml

from scandia.config.load import load
from scandia.drillholes.settings import Table

PROJECT = Path(__file__).resolve().parents[1]
CONFIGS = [PROJECT / "config" / "config.yaml", *sorted((PROJECT / "config" / "deposits").glob("*/config.yaml"))]
DEFAULT = "tg"


def deposit_of(path):
    """The default deposit's config stands above the folders of the deposits."""
    return DEFAULT if path.parent.name == "config" else path.parent.name


def tables(section):
    """All tables of a config, with the section's own nesting forgotten."""
    if isinstance(section, Table):
        return [section]
    parts = vars(section).values() if is_dataclass(section) else section.values() if isinstance(section, dict) else ()
    return [table for part in parts for table in tables(part)]


@pytest.mark.parametrize("path", CONFIGS, ids=deposit_of)
def test_the_config_is_accepted_and_named_as_its_folder(path):
    config = load(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert config.deposit == deposit_of(path)


@pytest.mark.parametrize("path", CONFIGS, ids=deposit_of)
def test_every_table_is_there_with_the_columns_that_the_config_names(path, request):
    config = load(yaml.safe_load(path.read_text(encoding="utf-8")))
    if config.drillholes.root.startswith("../shared"):
        request.getfixturevalue("shared_data")
    wanted = {(table.file, column) for table in tables(config) for column in table.columns.values()}
    assay = config.drillholes.assay
    wanted |= {(assay.file, analyte.column) for analyte in config.analytes.values() if assay and analyte.column}
    assert wanted
    for file, column in sorted(wanted):
        lines = (PROJECT / config.drillholes.root / file).read_text(encoding="utf-8-sig").splitlines()
        header = next(line for line in lines if not line.startswith("#"))
        assert column in [name.strip(' "') for name in header.split(",")], f"{file} has no column {column}"


@pytest.mark.parametrize("path", CONFIGS, ids=deposit_of)
def test_the_block_grid_is_of_a_size_that_two_cores_can_krige(path):
    model = load(yaml.safe_load(path.read_text(encoding="utf-8"))).model
    if model is None:
        return
    columns, rows, benches = model.grid.count
    assert columns * rows * benches <= 250_000


def test_the_real_deposits_are_shipped_with_the_default_one():
    assert {"tg", "tiny", "crater_lake_2020", "wolfpass", "meuse"} <= set(map(deposit_of, CONFIGS))
