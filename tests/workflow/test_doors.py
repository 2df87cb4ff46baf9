"""Work begun elsewhere enters the flow where it stands: tables of other formats, desurveyed samples, ready composites."""

import sqlite3
from contextlib import closing

import numpy as np
import pandas as pd
import pytest
import xarray as xr
import yaml

from scandia.io.tables import read_table

pytestmark = [pytest.mark.endtoend, pytest.mark.slow]
EARLIER = {"validate_tables", "desurvey_holes", "code_intervals"}  # what raw tables need


def config_of(workspace, deposit):
    return yaml.safe_load(workspace.deposit(deposit, "config.yaml").read_text(encoding="utf-8"))


def new_deposit(workspace, name, config, root=None, **tables):
    """A deposit of its own beside the shipped ones, with its tables there or below ``root``."""
    folder = workspace.deposit(name)
    folder.mkdir()
    for file, table in tables.items():
        table.to_csv(folder / f"{file}.csv", index=False)
    config = {**config, "deposit": name}
    config["drillholes"] = {**config["drillholes"], "root": root or f"config/deposits/{name}"}
    (folder / "config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")


def same_tables(ours, theirs):
    """Equal but for the numbers of the rows in their files."""
    for name in ("collar", "survey", "assay", "lithology"):
        one, other = (read_table(path / f"{name}.parquet").drop(columns="row") for path in (ours, theirs))
        pd.testing.assert_frame_equal(one, other)


@pytest.mark.exhaustive
def test_tables_of_a_postgresql_server_give_the_same_tables(tiny, postgresql, monkeypatch):
    """Surveys and assays of a real server, by snakemake alone; nothing that the run leaves holds a part of the address."""
    import psycopg

    config = config_of(tiny, "tiny")
    new_deposit(tiny, "served", config)
    folder, drillholes = tiny.deposit("served"), config["drillholes"]
    for name in ("collar", "lithology", "qc", "density", "topography"):
        (folder / f"{name}.csv").write_bytes(tiny.deposit("tiny", f"{name}.csv").read_bytes())
    with psycopg.connect(postgresql.address("owner", "owner"), autocommit=True) as connection:
        connection.execute("CREATE SCHEMA tiny")
        connection.execute("GRANT USAGE ON SCHEMA tiny TO reader")
        for name in ("survey", "assay"):
            table = pd.read_csv(tiny.deposit("tiny", f"{name}.csv"), comment="#", dtype=str)
            columns = ", ".join(f'"{column}" TEXT' for column in table)
            connection.execute(f"CREATE TABLE tiny.{name} ({columns})")
            with connection.cursor().copy(f"COPY tiny.{name} FROM STDIN") as copy:
                for row in table.astype(object).where(table.notna(), None).itertuples(index=False):
                    copy.write_row(row)
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA tiny TO reader")
    sql = {"file": "drilling", "format": "postgresql"}
    changed = {name: {**drillholes[name], **sql, "relation": f"tiny.{name}"} for name in ("survey", "assay")}
    for name in changed:
        changed[name].pop("comment", None)
    plain = {**config, "deposit": "served"}
    plain["drillholes"] = {**drillholes, **changed, "root": "config/deposits/served", "connect_timeout": 5}
    (folder / "config.yaml").write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
    silent = tiny.snakemake("served", "results/served/tables/accepted.txt", check=False)
    assert silent.returncode != 0 and "the environment variable SCANDIA_DATABASE is not set" in silent.stdout
    monkeypatch.setenv("SCANDIA_DATABASE", postgresql.address())
    done = tiny.snakemake("served", "results/served/tables/accepted.txt")
    same_tables(tiny.results("served", "tables"), tiny.results("tiny", "tables"))
    left = [path for path in tiny.results("served").rglob("*") if path.is_file()]
    texts = [done.stdout.encode(), *(path.read_bytes() for path in left)]
    for secret in (postgresql.address(), "s3cret", str(postgresql.socket)):
        assert not any(secret.encode() in text for text in texts)
    plain["drillholes"]["connect_timeout"] = 9
    (folder / "config.yaml").write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert not {"fetch_tables", "validate_tables"} & tiny.planned("served")


@pytest.mark.exhaustive
def test_the_same_tables_in_other_formats_give_the_same_tables(tiny):
    """Collars in a workbook, surveys and assays in a database, the log in Parquet, against the run from CSV."""
    config = config_of(tiny, "tiny")
    new_deposit(tiny, "formats", config)
    folder, drillholes = tiny.deposit("formats"), config["drillholes"]
    raw = {name: pd.read_csv(tiny.deposit("tiny", f"{name}.csv"), comment="#", dtype=str) for name in ("survey", "assay")}
    for name in ("qc", "density", "topography"):
        (folder / f"{name}.csv").write_bytes(tiny.deposit("tiny", f"{name}.csv").read_bytes())
    pd.read_csv(tiny.deposit("tiny", "collar.csv"), comment="#").to_excel(
        folder / "holes.xlsx", sheet_name="Collars", index=False
    )
    pd.read_csv(tiny.deposit("tiny", "lithology.csv"), comment="#").to_parquet(folder / "log.parquet")
    with closing(sqlite3.connect(folder / "drilling.db")) as connection:
        for name, table in raw.items():
            table.to_sql(name, connection, index=False)
    changed = {
        "root": "config/deposits/formats",
        "collar": {**drillholes["collar"], "file": "holes.xlsx", "format": "excel", "sheet": "Collars"},
        "lithology": {**drillholes["lithology"], "file": "log.parquet", "format": "parquet"},
        "survey": {**drillholes["survey"], "file": "drilling.db", "format": "sqlite", "relation": "survey"},
        "assay": {**drillholes["assay"], "file": "drilling.db", "format": "sqlite", "query": "SELECT * FROM assay"},
    }
    plain = {**config, "deposit": "formats", "drillholes": {**drillholes, **changed}}
    (folder / "config.yaml").write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
    tiny.snakemake("formats", "results/formats/tables/accepted.txt")
    same_tables(tiny.results("formats", "tables"), tiny.results("tiny", "tables"))
    snapshot = read_table(tiny.results("formats", "snapshots", "assay.parquet"))
    assert len(snapshot) == len(raw["assay"]) and list(snapshot.columns) == list(raw["assay"].columns)
    findings = read_table(tiny.results("formats", "findings.csv"))
    assert set(findings["file"]) <= {
        "holes.xlsx [Collars]",
        "drilling.db [survey]",
        "drilling.db",
        "log.parquet",
        "density.csv",
        "qc.csv",
    }
    assert "fetch_tables" not in tiny.planned("formats")
    plan = tiny.snakemake("formats", "results/formats/manifest.json", "--dry-run").stdout
    inputs = next(part for part in plan.split("rule write_manifest:")[1].splitlines() if part.startswith("    input: "))
    assert inputs.count("results/formats/snapshots/assay.parquet") == 1  # an output, so that the results can be moved, no input


@pytest.mark.exhaustive
def test_desurveyed_samples_make_the_composites_of_the_whole_flow(tiny):
    """The samples of `tiny`, with the places that its desurvey gave them, enter as located samples."""
    intervals = read_table(tiny.results("tiny", "domains", "intervals.parquet"))
    assay = pd.read_csv(tiny.deposit("tiny", "assay.csv"), comment="#")
    grades = assay.set_index(np.arange(len(assay)))["Sc_ppm"]
    rows = intervals["row"].to_numpy()
    first = 2 + sum(line.startswith("#") for line in tiny.deposit("tiny", "assay.csv").read_text().splitlines())
    sc = np.where(rows >= 0, grades.reindex(rows - first), np.nan)
    names = ["hole", "from", "to", "easting", "northing", "elevation", "lithology"]
    samples = intervals[names].assign(Sc_ppm=sc).dropna(subset=["lithology"])
    config = config_of(tiny, "tiny")
    located = {"kind": "samples", "table": {"file": "samples.csv", "columns": {name: name for name in names}}}
    config |= {"drillholes": {"root": "", "located": located}, "qaqc": None, "intercepts": None}
    config["analytes"] = {"sc2o3": config["analytes"]["sc2o3"]}
    config["model"] = {**config["model"], "topography": None, "density": {"method": "assigned", "assigned": densities(config)}}
    new_deposit(tiny, "samples", config, samples=samples)
    planned = tiny.planned("samples")
    assert not planned & EARLIER and {"read_located", "enter_samples", "composite_samples", "state_resource"} <= planned
    tiny.snakemake("samples", "results/samples/composites/uncapped.parquet", "results/samples/domains/blocks.nc")
    ours, theirs = (read_table(tiny.results(name, "composites", "uncapped.parquet")) for name in ("samples", "tiny"))
    keys = ["hole", "from", "to", "length", "domain"]
    assert len(ours) > 100
    pd.testing.assert_frame_equal(ours[keys], theirs[keys], rtol=0, atol=1e-6)
    np.testing.assert_allclose(ours["sc2o3"], theirs["sc2o3"], rtol=1e-12)
    # Lines through the mid-points are not the surveyed arcs, but within centimetres of them.
    places = ["easting", "northing", "elevation", "x", "y", "z"]
    np.testing.assert_allclose(ours[places], theirs[places], rtol=0, atol=0.05)


def densities(config):
    return dict.fromkeys(config["model"]["domains"]["domains"], 3.0)


@pytest.mark.exhaustive
def test_ready_composites_of_a_plane_are_kriged_as_kt3d_does(tiny, shared_data):
    """Fifteen points that PyKrige ships with KT3D's answer, by the config of Meuse, from the door to the statement."""
    workspace, folder = tiny, shared_data / "bench_pykrige_kt3d"
    points = pd.DataFrame(np.loadtxt(folder / "test_data.txt"), columns=["x", "y", "zinc"])
    config = config_of(workspace, "meuse") | {"crs": 'LOCAL_CS["grid",UNIT["metre",1]]'}
    model = config["model"]
    structure = {"kind": "exponential", "contribution": 500.0, "ranges": [3000.0] * 3, "azimuth": 0.0, "dip": 0.0, "rake": 0.0}
    model["variography"]["domains"]["topsoil"]["models"]["zn"] = {"nugget": 0.0, "structures": [structure]}
    model["estimation"]["search"]["passes"] = [{"ranges": [1e5] * 3, "min_samples": 15, "max_samples": 15, "min_holes": 1}]
    model["estimation"]["discretisation"] = [1, 1, 1]
    model["domains"]["implicit"]["reach"] = 5000.0
    model["grid"] = {"origin": [1069250.0, 242196.5, -0.1], "size": [50.0, 25.0, 0.2], "count": [40, 30, 1]}
    model["reporting"] |= {"cutoffs": [0.0, 20.0], "base_cutoff": 20.0}
    model["validation"] = {"swaths": [500.0, 500.0, 1.0]}
    new_deposit(workspace, "plane", config, meuse=points)
    assert not workspace.planned("plane") & {*EARLIER, "composite_samples"}
    workspace.snakemake("plane", "results/plane/resource/statement.csv")
    with xr.open_dataset(workspace.results("plane", "parts.nc")) as parts:
        found = parts["zn"].squeeze().to_numpy()
    answer = np.loadtxt(folder / "test1_answer.asc", skiprows=7, max_rows=100)[::-1][30:60, 40:80]
    np.testing.assert_allclose(found, answer, atol=1e-6)
    composites = read_table(workspace.results("plane", "composites", "composites.parquet"))
    assert composites[["easting", "northing"]].to_numpy().tolist() == points[["x", "y"]].to_numpy().tolist()
    assert "Inferred" in read_table(workspace.results("plane", "resource", "statement.csv"))["Class"].tolist()


def test_the_shipped_plane_needs_no_earlier_stage(tiny, shared_data):
    new_deposit(tiny, "topsoil", config_of(tiny, "meuse"), root=str(shared_data / "bench_meuse"))
    planned = tiny.planned("topsoil")
    assert {"read_located", "enter_samples", "enter_composites", "state_resource"} <= planned
    assert not planned & {*EARLIER, "composite_samples"}
