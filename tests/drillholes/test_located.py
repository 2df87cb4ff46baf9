"""Samples that come with their places: checked as tables are, and put where they were."""

import numpy as np
import pandas as pd
import pytest

from scandia.composites.doors import enter_composites, enter_samples
from scandia.composites.length import composite
from scandia.composites.settings import Compositing
from scandia.config.load import load
from scandia.domains.settings import Domain, Domains, Implicit
from scandia.drillholes.desurvey import locate, locate_intervals
from scandia.drillholes.located import along_holes, holes_through, validate_located
from scandia.drillholes.settings import Analyte, Drillholes, Table
from scandia.drillholes.sources import Located
from scandia.errors import InputError, SettingError
from scandia.geometry.minegrid import MineGrid
from scandia.vocabulary import WORLD

ANALYTES = {"zn": Analyte(label="Zn", unit="ppm", species="Zn", column="Zn", column_unit="ppm", column_species="Zn")}
FULL = {"easting": "X", "northing": "Y", "elevation": "Z", "hole": "Hole", "from": "From", "to": "To", "lithology": "Rock"}
DOMAINS = Domains(
    domains={"ore": Domain(code=1, label="Ore", lithology=("ORE",))},
    implicit=Implicit(azimuth=0.0, dip=90.0, ratios=(1.0, 1.0, 1.0), reach=50.0),
)
GRID = MineGrid(azimuth=30.0, easting=100.0, northing=200.0, x=10.0, y=20.0)


def located(columns=FULL, kind="composites", **options):
    table = {name: options.pop(name) for name in ("coordinate_unit", "depth_unit", "missing") if name in options}
    return Located(kind=kind, table=Table(file="samples.csv", columns=columns, **table), **options)


def raw(columns, *rows):
    frame = pd.DataFrame(rows, columns=[*columns, "Zn"], dtype="str")
    frame.insert(0, "row", np.arange(2, len(rows) + 2))
    return frame


def validated(settings, *rows):
    return validate_located(raw(settings.table.columns, *rows), settings, ANALYTES)


def test_samples_of_a_plane_are_holes_of_their_own_in_their_very_places():
    settings = located({"easting": "X", "northing": "Y"}, elevation=5.0, length=2.0, lithology="ORE")
    samples, findings, rows = validated(settings, ["100", "200", "7"], ["130", "240", "<1"], ["160", "280", None])
    assert rows.loc[0, ["rows_in", "rows_used", "rows_excluded"]].tolist() == [3, 3, 0]
    assert (findings["severity"] != "error").all()
    tables = enter_samples(samples, DOMAINS, ["zn"], GRID)
    intervals = tables["intervals"]
    assert intervals[list(WORLD)].values.tolist() == [[100, 200, 5], [130, 240, 5], [160, 280, 5]]
    assert intervals["hole"].nunique() == 3 and intervals["length"].tolist() == [2.0] * 3
    again = locate_intervals(intervals, tables["stations"], GRID)
    np.testing.assert_allclose(again[list(WORLD)], intervals[list(WORLD)], atol=1e-9)
    composites, members, conservation = enter_composites(intervals, ["zn"])
    np.testing.assert_array_equal(composites["zn"], [7.0, 0.5, np.nan])
    assert composites["zn_coverage"].tolist() == [1.0, 1.0, 0.0]
    # 30 degrees of the mine grid: along +y is (sin 30, cos 30) of the world
    np.testing.assert_allclose(composites.loc[0, ["x", "y", "z"]].astype(float), [10.0, 20.0, 5.0], atol=1e-12)
    assert members["row"].tolist() == [2, 3, 4]
    assert conservation.loc[0, "length_after"] == 6.0 and abs(conservation["difference"]).max() < 1e-9


def inclined(count=6, length=2.0):
    """A straight hole towards azimuth 90 at dip -60, as mid-points."""
    middle = (np.arange(count) + 0.5) * length
    heading = np.array([0.5, 0.0, -np.sqrt(3) / 2])
    return [
        (*(middle[i] * heading).astype(str), "A", str(i * length), str((i + 1) * length), "ORE", str(i)) for i in range(count)
    ]


def test_samples_of_a_straight_hole_composite_as_if_the_hole_had_been_desurveyed_here():
    samples, findings, _ = validated(located(kind="samples"), *inclined())
    assert (findings["severity"] != "error").all()
    tables = enter_samples(samples, DOMAINS, ["zn"], MineGrid())
    stations = tables["stations"]
    np.testing.assert_allclose(stations.loc[stations["depth"].idxmin(), list(WORLD)].astype(float), [0, 0, 0], atol=1e-12)
    np.testing.assert_allclose(stations["dip"], -60.0)
    np.testing.assert_allclose(stations["azimuth"], 90.0)
    assert tables["holes"].loc[0, "depth"] == 12.0
    settings = Compositing(length=3.0, residual="keep", unsampled="missing")
    composites = composite(tables["intervals"], settings, ["zn"], stations, MineGrid())
    assert composites[["from", "to"]].values.tolist() == [[0, 3], [3, 6], [6, 9], [9, 12]]
    np.testing.assert_allclose(composites["zn"], [1 / 3, 5 / 3, 10 / 3, 14 / 3])
    depths = np.array([1.5, 4.5, 7.5, 10.5])
    np.testing.assert_allclose(composites["easting"], depths * 0.5)
    np.testing.assert_allclose(composites["elevation"], -depths * np.sqrt(3) / 2)


def test_a_bent_hole_passes_through_every_sample():
    angle = np.linspace(0, 1, 8)
    places = 100 * np.column_stack([np.sin(angle), 0 * angle, np.cos(angle) - 1])
    rows = [(*map(str, place), "A", str(10 * i), str(10 * i + 10), "ORE", "1") for i, place in enumerate(places)]
    samples, _, _ = validated(located(kind="samples"), *rows)
    _, stations = holes_through(along_holes(samples))
    found = locate(stations, samples["hole"], (samples["from"] + samples["to"]) / 2)
    np.testing.assert_allclose(found, places, atol=1e-9)


def test_composites_without_depths_stand_end_to_end_in_the_order_of_the_file():
    columns = {"easting": "X", "northing": "Y", "elevation": "Z", "hole": "Hole", "length": "L"}
    settings = located(columns, lithology="ORE")
    rows = [["0", "0", "0", "A", "2", "1"], ["0", "0", "-5", "A", "2", "2"], ["0", "0", "-5.5", "A", "4", "3"]]
    samples, _, _ = validated(settings, *rows)
    frame = along_holes(samples)
    assert frame[["from", "to"]].values.tolist() == [[0, 2], [5, 7], [7, 11]]  # 5 m apart; 3 m that the lengths need
    intervals = enter_samples(samples, DOMAINS, ["zn"], MineGrid())["intervals"]
    assert intervals["elevation"].tolist() == [0.0, -5.0, -5.5]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (["x", "0", "0", "A", "0", "2", "ORE", "1"], "text_in_number"),
        ([None, "0", "0", "A", "0", "2", "ORE", "1"], "missing_value"),
        (["0", "0", "0", None, "0", "2", "ORE", "1"], "missing_key"),
        (["0", "0", "0", "A", "2", "2", "ORE", "1"], "interval_zero_length"),
        (["0", "0", "0", "A", "3", "2", "ORE", "1"], "interval_upside_down"),
        (["0", "0", "0", "B", "1", "3", "ORE", "1"], "interval_overlap"),
        (["0", "0", "0", "A", "0", "2", "ORE", "-1"], "value_negative"),
    ],
)
def test_faults_of_a_sample_are_found_and_its_row_is_accounted_for(row, rule):
    first = ["9", "9", "9", "B", "0", "2", "ORE", "1"]
    samples, findings, rows = validated(located(), first, row)
    errors = findings[findings["severity"] == "error"]
    assert set(errors["rule"]) == {rule} and set(errors["row"]) == {3}
    assert rows.loc[0, ["rows_in", "rows_used", "rows_excluded", "reason"]].tolist() == [2, 1, 1, f"1 {rule}"]
    assert samples["row"].tolist() == [2]


def test_two_samples_at_one_place_are_a_warning():
    settings = located({"easting": "X", "northing": "Y"}, elevation=0.0, length=1.0, lithology="ORE")
    _, findings, _ = validated(settings, ["1", "2", "3"], ["1", "2", "4"])
    assert findings[["row", "rule", "severity"]].values.tolist() == [[3, "same_place", "warning"]]


def test_places_and_lengths_in_feet_become_metres():
    columns = {"easting": "X", "northing": "Y", "length": "L"}
    settings = located(columns, elevation=0.0, lithology="ORE", coordinate_unit="us_ft", depth_unit="ft")
    samples, _, _ = validated(settings, ["3937", "0", "10", "1"])
    assert samples["easting"][0] == pytest.approx(1200.0) and samples["length"][0] == 3.048


def test_a_missing_column_is_a_finding_and_no_traceback():
    settings = located({"easting": "X", "northing": "Y"}, elevation=0.0, length=1.0, lithology="ORE")
    samples, _, rows = validate_located(pd.DataFrame(), settings, ANALYTES)
    assert samples.empty and rows.loc[0, "rows_in"] == 0
    with pytest.raises(InputError, match="no located sample"):
        enter_samples(samples, DOMAINS, ["zn"], GRID)


def test_composites_outside_every_domain_are_refused():
    settings = located({"easting": "X", "northing": "Y"}, elevation=0.0, length=1.0, lithology="WASTE")
    intervals = enter_samples(validated(settings, ["1", "2", "3"])[0], DOMAINS, ["zn"], GRID)["intervals"]
    with pytest.raises(InputError, match="no composite lies in a domain"):
        enter_composites(intervals, ["zn"])


@pytest.mark.parametrize(
    ("columns", "options", "words"),
    [
        ({"easting": "X", "northing": "Y"}, {"length": 1.0, "lithology": "ORE"}, "`elevation` as a column or as one value"),
        (FULL, {"elevation": 0.0}, "`elevation` as a column or as one value"),
        ({"easting": "X", "northing": "Y"}, {"elevation": 0.0, "lithology": "ORE"}, "or a length"),
        (
            {"easting": "X", "northing": "Y"},
            {"elevation": 0.0, "length": 1.0, "lithology": "A", "kind": "samples"},
            "samples need hole",
        ),
        ({**FULL, "hole": "H"} | {}, {"length": 1.0}, "or a length"),
    ],
)
def test_contradictions_of_the_door_are_named(columns, options, words):
    with pytest.raises(SettingError, match=words):
        located(columns, **options)


def test_located_samples_take_the_place_of_the_raw_tables():
    with pytest.raises(SettingError, match="takes the place"):
        Drillholes(root=".", located=located(), assay=Table(file="a", columns={}))
    with pytest.raises(SettingError, match="collar table is required"):
        Drillholes(root=".", dip_sign="negative_down")
    with pytest.raises(SettingError, match="dip_sign"):
        Drillholes(root=".", collar=Table(file="a", columns={}))
    door = {"kind": "composites", "table": {"file": "a.csv", "columns": FULL}}
    plain = {"deposit": "a", "title": "a", "crs": "EPSG:26920", "drillholes": {"root": ".", "located": door}}
    assert load(plain).drillholes.located.kind == "composites"
    with pytest.raises(SettingError, match="published needs the raw tables"):
        load(
            plain
            | {"published": {"intercepts": {"file": "a", "columns": {}}, "claims": {"file": "a", "columns": {}}, "source": "x"}}
        )
