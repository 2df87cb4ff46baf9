"""The real databases of ../shared/data against their audits (counted by others) and against Leapfrog's positions."""

import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from scandia.drillholes.desurvey import desurvey, locate_intervals
from scandia.drillholes.findings import concat
from scandia.drillholes.settings import Analyte, Checks, Drillholes, Table
from scandia.drillholes.validation import validate
from scandia.geometry.minegrid import MineGrid
from scandia.io.tables import read_raw


def table(file, *columns, names, **options):
    return Table(file=file, columns=dict(zip(names, columns, strict=True)), **options)


def collar(file, *columns, **options):
    return table(file, *columns, names=("hole", "easting", "northing", "elevation", "depth")[: len(columns)], **options)


def survey(file, *columns):
    return table(file, *columns, names=("hole", "depth", "azimuth", "dip"))


def intervals(file, *columns, last=None, **options):
    return table(file, *columns, names=("hole", "from", "to", *([last] if last else [])), **options)


def analyte(column, unit, species, **options):
    return Analyte(label=species, unit=unit, species=species, column=column, column_unit=unit, column_species=species, **options)


WOLFPASS = "Wolfpass_WP_assay.csv"
SETS = {
    "wolfpass": (
        {
            "dip_sign": "positive_down",
            "collar": collar("Wolfpass_collar.csv", "BHID", "XCOLLAR", "YCOLLAR", "ZCOLLAR", "maxdepth"),
            "survey": survey("Wolfpass_survey.csv", "BHID", "AT", "BRG", "DIP"),
            "assay": intervals(WOLFPASS, "BHID", "FROM", "TO", missing=("NS",)),
            "lithology": intervals("Wolfpass_WP_lith.csv", "BHID", "FROM", "TO", "ROCK", last="lithology"),
            "density": intervals(WOLFPASS, "BHID", "FROM", "TO", "DENSITY", last="density", missing=("NS", "0.0")),
        },
        {"Cu": analyte("CU_pct", "%", "Cu", missing=("-0.02",)), "Au": analyte("AU_gpt", "g/t", "Au")},
    ),
    "marvin": (
        {
            "dip_sign": "positive_down",
            "collar": collar("collar.csv", "HOLEID", "X", "Y", "Z", "ENDDEPTH"),
            "survey": survey("survey.csv", "HOLEID", "AT", "AZM", "DIP"),
            "assay": intervals("assay.csv", "HOLEID", "FROM", "TO"),
            "lithology": intervals("litho.csv", "HOLEID", "FROM", "TO", "DOMAIN", last="lithology"),
        },
        {"Au": analyte("AU", "ppm", "Au")},
    ),
    "forrestania": (
        {
            "dip_sign": "negative_down",
            "collar": collar("collar.csv", "hole_ID", "x", "y", "z"),
            "survey": survey("survey.csv", "hole_ID", "depth", "azimuth", "dip"),
            "assay": intervals("assay.csv", "hole_ID", "depth_from", "depth_to"),
        },
        {name: analyte(f"{name}_ppm", "ppm", name) for name in ("Ni", "As", "Au", "Sc")},
    ),
    "ni_laterite_geodataviz": (
        {
            "dip_sign": "negative_down",
            "collar": collar("collar.csv", "Hole_ID", "X", "Y", "Z", "Depth"),
            "survey": survey("survey.csv", "Hole_ID", "Depth", "Azimuth", "Dip"),
            "assay": intervals("assay.csv", "hole_id", "from", "to"),
            "lithology": intervals("lithology.csv", "Hole_ID", "From", "To", "Lithology", last="lithology"),
        },
        {"Ni": analyte("ni", "%", "Ni"), "Al2O3": analyte("al2o3", "%", "Al2O3")},
    ),
    "babbitt": (
        {
            "dip_sign": "positive_down",
            "collar": collar("collar_BABBITT.csv", "BHID", "XCOLLAR", "YCOLLAR", "ZCOLLAR"),
            "survey": survey("survey_BABBITT.csv", "BHID", "AT", "AZ", "DIP"),
            "assay": intervals("assay_BABBITT.csv", "BHID", "FROM", "TO"),
        },
        {"Cu": analyte("CU", "%", "Cu"), "Ni": analyte("NI", "%", "Ni")},
    ),
    "junipero": (
        {
            "dip_sign": "positive_down",
            "collar": collar("collar.csv", "HOLEID", "X", "Y", "Z"),
            "survey": survey("survey.csv", "HOLEID", "AT", "AZM", "DIP"),
            "assay": intervals("assay.csv", "HOLEID", "FROM", "TO"),
            "lithology": intervals("litho.csv", "HOLEID", "FROM", "TO", "LITH", last="lithology"),
        },
        {"Cu": analyte("CU", "%", "Cu")},
    ),
}
# As in the audits: only collars at the very same place, and only rounding of the last digits is no overlap or gap.
AUDITED = Checks(collar_distance=0.0, depth_tolerance=1e-6)


@pytest.fixture(scope="module")
def checked(shared_data):
    """A function: name of a set → tables, findings, rows, audit and the count of findings by rule."""
    done = {}

    def run(name):
        if name not in done:
            options, analytes = SETS[name]
            settings = Drillholes(root=str(shared_data / name), checks=AUDITED, **options)
            raw, reading = {}, []
            for kind in ("collar", "survey", "assay", "lithology", "density"):
                source = getattr(settings, kind)
                if source is not None:
                    extra = tuple(analyte.column for analyte in analytes.values() if analyte.column) if kind == "assay" else ()
                    raw[kind], found = read_raw(shared_data / name / source.file, source, source.file, extra=extra)
                    reading.append(found)
            tables, findings, rows = validate(raw, settings, analytes, reading=concat(reading))
            audit = json.loads((shared_data / name / "audit.json").read_text())
            counts = findings.groupby(["file", "rule"]).size().to_dict()
            done[name] = SimpleNamespace(
                raw=raw, tables=tables, findings=findings, rows=rows.set_index("table"), audit=audit, counts=counts
            )
        return done[name]

    return run


def errors(result):
    found = result.findings[result.findings["severity"] == "error"]
    return found.groupby("rule").size().to_dict()


@pytest.mark.parametrize("name", list(SETS))
def test_every_row_is_used_or_excluded_with_a_reason(checked, name):
    result = checked(name)
    assert (result.rows["rows_in"] == result.rows["rows_used"] + result.rows["rows_excluded"]).all()
    assert ((result.rows["rows_excluded"] > 0) == (result.rows["reason"] != "")).all()
    assert result.rows.loc["collar", "rows_in"] == result.audit["collar"]["rows"]
    assert result.rows.loc["survey", "rows_in"] == result.audit["survey"]["rows"]


def size(listed):
    """The audits list short lists and count long ones."""
    return listed if isinstance(listed, int) else len(listed)


@pytest.mark.parametrize("name", list(SETS))
def test_findings_agree_with_the_audit(checked, name):
    result, audit = checked(name), checked(name).audit
    options = SETS[name][0]

    def count(kind, rule):
        return result.counts.get((options[kind].file, rule), 0)

    assert count("collar", "near_duplicate_collar") == audit["collar"]["holes_sharing_a_collar_xyz"]
    assert count("survey", "survey_single_record") == size(audit["survey"]["holes_with_one_record"])
    assert count("survey", "survey_duplicate_depth") == audit["survey"]["duplicate_id_depth"]
    assert count("survey", "survey_first_not_at_zero") == size(audit["survey"]["first_depth_not_zero"])
    assert count("survey", "hole_without_collar") == len(audit["survey"]["holes_not_in_collar"])
    assert count("collar", "hole_without_survey") == len(audit["survey"]["collars_without_survey"])
    assert count("collar", "collar_without_assays") == audit["tables"][options["assay"].file]["collars_without_rows"]
    for kind in ("assay", "lithology"):
        if kind in options:
            expected = audit["tables"][options[kind].file]
            assert count(kind, "duplicate_interval") == expected["duplicate_id_from_to"]
            assert count(kind, "interval_overlap") + count(kind, "duplicate_interval") == expected["overlap_rows"]
            assert count(kind, "interval_gap") == expected["gap_rows"]
            assert count(kind, "hole_without_collar") == len(expected["holes_not_in_collar"])
            assert count(kind, "beyond_hole_depth") == (expected["beyond_eoh"] or 0)
            assert count(kind, "interval_upside_down") + count(kind, "interval_zero_length") == expected["from_ge_to_rows"]
            assert count(kind, "missing_key") == expected["null_from_to"]


@pytest.mark.parametrize("name", list(SETS))
def test_values_agree_with_the_audit(checked, name):
    """Blanks, zeros, negatives and texts of each column, and its metal, as the findings and the tables tell them."""
    result, (options, analytes) = checked(name), SETS[name]
    audited = result.audit["tables"][options["assay"].file]["values"]
    raw, assay = result.raw["assay"], result.tables["assay"]
    assert {given.column for given in analytes.values()} <= set(audited)
    for item, given in analytes.items():
        expected, column = audited[given.column], raw[given.column]
        of_column = result.findings[
            (result.findings["column"] == given.column) & (result.findings["file"] == options["assay"].file)
        ]
        zeros = of_column.loc[of_column["rule"] == "values_zero", "message"].str.extract(r"^(\d+) of")[0].astype(int).sum()
        negative = int((of_column["rule"] == "value_negative").sum())
        flags = sum(expected["negative"].values()) - negative  # those that the config lists as missing
        lost = len(raw) - len(assay)  # rows left out; each set's own test says which
        assert flags == sum(count for text, count in expected["negative"].items() if text in given.missing)
        assert abs(zeros - expected["zero"]) <= lost
        censored = {text: count for text, count in expected["text_tokens"].items() if text.startswith("<")}
        assert assay[f"{item}_censored"].sum() == sum(censored.values())
        words = sum(expected["text_tokens"].values()) - sum(censored.values())
        assert column.isna().sum() == expected["blank"] + words
        if name in ("wolfpass", "babbitt", "junipero"):  # no row is left out
            measured = assay[assay[item].notna() & ~assay[f"{item}_censored"]]
            metal = (measured[item] * (measured["to"] - measured["from"])).sum()
            assert metal == pytest.approx(expected["metal_sum_nonnegative"], abs=1e-3)


def test_wolfpass_passes_by_config_alone(checked):
    result = checked("wolfpass")
    assert errors(result) == {}
    values = result.audit["tables"][WOLFPASS]["values"]
    assay, density = result.tables["assay"], result.tables["density"]
    assert len(assay) == 8332 and assay["Cu"].notna().sum() == values["CU_pct"]["numeric"] - 7
    assert assay["Au_censored"].sum() == 16
    assert sorted(set(assay.loc[assay["Au_censored"], "Au"])) == [0.0025, 0.005]
    assert len(density) == values["DENSITY"]["numeric"] - 1
    known = assay[assay["Cu"].notna()]
    metal = (known["Cu"] * (known["to"] - known["from"])).sum()
    assert metal == pytest.approx(values["CU_pct"]["metal_sum_nonnegative"], abs=1e-3)


def test_wolfpass_lies_where_leapfrog_puts_it(checked, shared_data):
    tables = checked("wolfpass").tables
    located = locate_intervals(tables["assay"], desurvey(tables["collar"], tables["survey"]), MineGrid())
    leapfrog = pd.read_csv(shared_data / "wolfpass" / "leapfrog_desurveyed_WP_assay.csv")
    compared = 0
    for hole, part in located.groupby("hole"):
        if hole in ("WP007", "WP009"):  # their tables were edited after the export
            continue
        theirs = leapfrog.loc[leapfrog["Hole ID"] == hole, ["X", "Y", "Z"]].to_numpy()
        difference = theirs - part[["easting", "northing", "elevation"]].to_numpy()
        shift = np.median(difference, axis=0)  # Leapfrog had projected the collars on the topography
        assert np.abs(shift[:2]).max() < 0.002
        np.testing.assert_allclose(difference, np.broadcast_to(shift, difference.shape), atol=1e-5, err_msg=hole)
        compared += len(part)
    assert compared > 7900


def test_marvin_has_exactly_its_one_bad_row(checked, shared_data):
    result = checked("marvin")
    assert errors(result) == {"duplicate_interval": 1}
    bad = result.findings[result.findings["severity"] == "error"].iloc[0]
    assert (bad["file"], bad["row"], bad["hole"], bad["value"]) == ("assay.csv", 5, "M001", "5")
    # What is left is the author's own corrected table.
    corrected = pd.read_csv(shared_data / "marvin" / "assay_val.csv")
    ours = result.tables["assay"][["hole", "from", "to", "Au"]].to_numpy()
    theirs = corrected.sort_values(["HOLEID", "FROM"], kind="stable")[["HOLEID", "FROM", "TO", "AU"]].to_numpy()
    assert ours.tolist() == theirs.tolist()


def test_forrestania_names_its_flags_and_holes(checked):
    result = checked("forrestania")
    assert errors(result) == {"hole_without_survey": 28, "interval_overlap": 2, "survey_duplicate_depth": 2, "value_negative": 4}
    negatives = result.findings[result.findings["rule"] == "value_negative"]
    assert sorted(zip(negatives["column"], negatives["value"], strict=True)) == [("As_ppm", "-5")] * 2 + [("Au_ppm", "-0.01")] * 2


def test_the_laterite_names_its_orphan_hole_and_its_logs_below_the_holes(checked):
    result = checked("ni_laterite_geodataviz")
    assert errors(result) == {"beyond_hole_depth": 808, "duplicate_interval": 1, "hole_without_collar": 3, "interval_overlap": 1}
    assert set(result.findings.loc[result.findings["rule"] == "hole_without_collar", "hole"]) == {"DH123"}
    assert "DH123" not in set(result.tables["assay"]["hole"])


def test_babbitt_keeps_its_blanks_missing(checked):
    result = checked("babbitt")
    assert errors(result) == {"survey_depth_impossible": 70}  # 90000 feet: "to the end of the hole"
    values = result.audit["tables"]["assay_BABBITT.csv"]["values"]
    assert result.tables["assay"]["Cu"].isna().sum() == values["CU"]["blank"]
    assert len(desurvey(result.tables["collar"], result.tables["survey"])["hole"].unique()) == 399
