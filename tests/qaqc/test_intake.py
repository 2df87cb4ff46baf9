"""Control samples from their file through the checks of the database to the verdict."""

from dataclasses import replace

import pytest

from scandia.config.load import load
from scandia.drillholes.assays import check_all
from scandia.drillholes.settings import Analyte, Drillholes, Table
from scandia.errors import SettingError
from scandia.io.deposit import take_in
from scandia.qaqc.gate import accept_quality, quality_words
from scandia.qaqc.settings import Certified, QualityControl
from scandia.qaqc.verdict import judge, overall

SC = {"sc": Analyte(label="Sc", unit="ppm", species="Sc", column="Sc", column_unit="ppm", column_species="Sc")}
QC = ("sample", "type", "reference", "parent", "batch")
SETTINGS = QualityControl(
    table=Table(file="qc.csv", columns={name: name for name in QC}),
    standards={"A": {"sc": Certified(value=100.0, deviation=4.0)}},
    analytes=("sc",),
    detection_limits={"sc": 0.5},
)
STANDARD = "Q1,standard,A,,B1,101\n"
PAIRS = "".join(f"U{i},umpire_duplicate,,S{i},B1,{{0[{i}]}}\n" for i in range(6))
CORE = [100.0 + 7 * i for i in range(6)]


@pytest.fixture
def flow(tmp_path):
    """Makes checked tables of lines of the table of control samples."""
    (tmp_path / "collar.csv").write_text("Hole,E,N,Z,EOH\nA,0,0,0,6\n")
    (tmp_path / "survey.csv").write_text("Hole,At,Az,Dip\nA,0,0,-90\n")
    core = "".join(f"A,{i},{i + 1},S{i},B1,{value}\n" for i, value in enumerate(CORE))
    (tmp_path / "assay.csv").write_text("hole,from,to,sample,batch,Sc\n" + core)
    place = {"easting": "E", "northing": "N", "elevation": "Z", "depth": "EOH"}
    drillholes = Drillholes(
        root=str(tmp_path),
        dip_sign="negative_down",
        collar=Table(file="collar.csv", columns={"hole": "Hole", **place}),
        survey=Table(file="survey.csv", columns={"hole": "Hole", "depth": "At", "azimuth": "Az", "dip": "Dip"}),
        assay=Table(file="assay.csv", columns={name: name for name in ("hole", "from", "to", "sample", "batch")}),
    )

    def run(lines, settings=SETTINGS):
        (tmp_path / "qc.csv").write_text(",".join([*QC, "Sc"]) + "\n" + lines)
        taken = take_in(drillholes, SC, settings)
        return check_all(taken.raw, drillholes, SC, quality_control=taken.quality_control, reading=taken.findings)[0]

    return run


def judged(checked, settings=SETTINGS):
    return judge(checked.tables["qc"], checked.tables["assay"], settings, SC)


def errors(checked):
    found = checked.findings[checked.findings["severity"] == "error"]
    return found[["file", "row", "rule", "column", "value"]].values.tolist()


def test_an_umpire_row_goes_from_its_file_to_the_verdict(flow):
    checked = flow(STANDARD + PAIRS.format(CORE))
    assert errors(checked) == []
    tables = judged(checked)
    verdict = tables["verdict"].set_index("check")
    assert verdict.loc["umpire_duplicate", ["judged", "verdict"]].tolist() == [1, "pass"]
    assert tables["insertion"].set_index("type").loc["umpire_duplicate", "count"] == 6
    assert overall(tables) == "pass"


def test_a_biased_umpire_laboratory_fails_the_whole_by_its_bias_alone(flow):
    """Every pair is within 0.10 (half of 8 % is about 0.04), yet all of them lie 8 % high: more than the limit of bias of 5 %."""
    tables = judged(flow(STANDARD + PAIRS.format([1.08 * value for value in CORE])))
    verdict = tables["verdict"].set_index("check")["verdict"]
    assert verdict["umpire_duplicate"] == verdict["batches"] == "pass"
    assert verdict["umpire_bias"] == "fail"
    assert overall(tables) == "fail"


def test_a_slope_of_the_umpire_laboratory_off_1_warns_and_stops_nothing(flow):
    middle = sum(CORE) / len(CORE)
    tables = judged(flow(STANDARD + PAIRS.format([middle + 1.06 * (value - middle) for value in CORE])))
    verdict = tables["verdict"].set_index("check")
    assert verdict.loc["duplicate_slope", ["warnings", "failed", "verdict"]].tolist() == [1, 0, "warning"]
    assert overall(tables) == "warning"
    assert accept_quality(tables["verdict"], tables["batches"], on_failure="stop").startswith("Quality control: ")


def test_a_misspelt_material_in_the_config_is_an_error_of_each_of_its_standards_and_a_warning(flow):
    settings = replace(SETTINGS, standards={"OREAS-12": SETTINGS.standards["A"], "OREAS-99": SETTINGS.standards["A"]})
    lines = "Q1,standard,OREAS-12a,,B1,130\nQ2,standard,OREAS-99,,B1,101\nQ3,standard,,,B1,130\nQ4,blank,SAND,,B1,0.1\n"
    checked = flow(lines, settings)
    assert errors(checked) == [
        ["qc.csv", 2, "reference_unknown", "reference", "OREAS-12a"],
        ["qc.csv", 4, "reference_unknown", "reference", ""],
    ]
    first = checked.findings[checked.findings["rule"] == "reference_unknown"].iloc[0]
    assert first["hint"].startswith("did you mean OREAS-12? Correct the name") and "known are OREAS-12, OREAS-99" in first["hint"]
    unused = checked.findings[checked.findings["rule"] == "reference_never_used"]
    assert unused[["severity", "column", "value"]].values.tolist() == [["warning", "reference", "OREAS-12"]]
    assert "did you mean OREAS-12a?" in unused["hint"].iloc[0]


def test_a_material_that_is_declared_not_certified_is_no_error_and_stands_in_the_verdict_words(flow):
    settings = replace(SETTINGS, not_certified={"B": "an internal standard of the mine"})
    checked = flow(STANDARD + "Q2,standard,B,,B1,900\n", settings)
    assert errors(checked) == [] and "reference_never_used" not in set(checked.findings["rule"])
    tables = judged(checked, settings)
    assert quality_words(tables["verdict"], tables["batches"]) == (
        "all 1 batches and every check of them passed; 1 of 2 results of standards are not judged, without a certified value: B"
    )


@pytest.mark.parametrize(
    ("reasons", "words"), [({"A": "in-house"}, "'A', which qaqc.standards certifies"), ({"B": " "}, "in words")]
)
def test_a_material_is_either_certified_or_not_and_not_for_a_reason(reasons, words):
    with pytest.raises(SettingError, match=words):
        replace(SETTINGS, not_certified=reasons)


def test_materials_and_limits_that_judge_nothing_stop_the_config():
    table = {"file": "a.csv", "columns": {}}
    element = {"label": "x", "unit": "ppm", "species": "Sc", "column": "x", "column_unit": "ppm", "column_species": "Sc"}
    config = {
        "deposit": "a",
        "title": "a",
        "crs": "EPSG:26920",
        "drillholes": {"root": ".", "dip_sign": "negative_down", "collar": table, "assay": table},
        "analytes": {"sc": element, "ce": element | {"column": "y"}},
        "qaqc": {"table": table, "analytes": ["sc"], "detection_limits": {"sc": 0.5}},
    }
    config["qaqc"]["standards"] = {"A": {"ce": {"value": 1.0, "deviation": 0.1}}}
    lacking = config | {"qaqc": {"table": table, "analytes": ["sc", "ce"], "detection_limits": {"sc": 0.5}}}
    with pytest.raises(SettingError, match=r"qaqc\.detection_limits has no limit for 'ce'"):
        load(lacking)
    with pytest.raises(SettingError, match=r"qaqc\.standards\.A certifies none of qaqc\.analytes \(sc\)"):
        load(config)
