"""The real databases go through by their shipped configs alone, and their findings are those of the audits made by others."""

import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import yaml

from scandia.composites.length import composite
from scandia.config.load import load
from scandia.domains.flag import code_intervals
from scandia.drillholes.assays import check_all
from scandia.drillholes.desurvey import desurvey
from scandia.geometry.minegrid import MineGrid
from scandia.io.deposit import take_in

SETS = {
    "babbitt": "babbitt",
    "marvin": "marvin",
    "forrestania": "forrestania",
    "ni_laterite": "ni_laterite_geodataviz",
    "junipero": "junipero",
    "wolfpass": "wolfpass",
}
# As in the audits: collars at the very same place, and only rounding of the last digits is no overlap or gap.
AUDITED = {"collar_distance": 0.0, "depth_tolerance": 1e-6, "ignored": {}}
FOOT = 1200 / 3937


@pytest.fixture(scope="module")
def checked(shared_data, project, tmp_path_factory):
    """A function: name of a deposit, as shipped or as it was audited → what was read and found, and the audit."""
    done = {}

    def run(name, *, audited=False):
        if (name, audited) not in done:
            plain = yaml.safe_load((project / "config" / "deposits" / name / "config.yaml").read_text(encoding="utf-8"))
            plain["drillholes"]["root"] = str(shared_data / SETS[name])
            corrections = plain["drillholes"].get("corrections")
            if corrections:
                corrections["root"] = str(project / corrections["root"])
            if audited:
                plain["drillholes"] |= {"corrections": None, "straight": []}
                plain["drillholes"]["checks"] = plain["drillholes"].get("checks", {}) | AUDITED
            config = load(plain)
            taken = take_in(config.drillholes, config.analytes)
            result, _ = check_all(taken.raw, taken.drillholes, config.analytes, reading=taken.findings)
            audit = json.loads((shared_data / SETS[name] / "audit.json").read_text())
            done[name, audited] = SimpleNamespace(config=config, taken=taken, audit=audit, **vars(result))
        return done[name, audited]

    return run


def counts(result, rule):
    return result.findings[result.findings["rule"] == rule].groupby("file").size().to_dict()


def size(listed):
    """The audits list short lists and count long ones."""
    return listed if isinstance(listed, int) else len(listed)


@pytest.mark.parametrize("name", SETS)
def test_no_error_is_left_and_every_row_is_accounted_for(checked, name):
    result = checked(name)
    assert not (result.findings["severity"] == "error").any()
    rows = result.rows
    assert (rows["rows_in"] == rows["rows_used"] + rows["rows_excluded"]).all()
    stations = desurvey(result.tables["collar"], result.tables["survey"])
    assert stations["hole"].nunique() == len(result.tables["collar"]) == rows.set_index("table").loc["collar", "rows_used"]


@pytest.mark.parametrize("name", SETS)
def test_without_corrections_the_findings_are_those_of_the_audit(checked, name):
    result = checked(name, audited=True)
    audit, drillholes = result.audit, result.config.drillholes
    collar, survey = drillholes.collar.file, drillholes.survey.file

    def found(rule, file):
        return counts(result, rule).get(file, 0)

    rows = result.rows.set_index("table")["rows_in"]
    assert (rows["collar"], rows["survey"]) == (audit["collar"]["rows"], audit["survey"]["rows"])
    assert found("near_duplicate_collar", collar) == audit["collar"]["holes_sharing_a_collar_xyz"]
    assert found("survey_single_record", survey) == size(audit["survey"]["holes_with_one_record"])
    assert found("survey_duplicate_depth", survey) == audit["survey"]["duplicate_id_depth"]
    assert found("survey_first_not_at_zero", survey) == size(audit["survey"]["first_depth_not_zero"])
    assert found("hole_without_collar", survey) == len(audit["survey"]["holes_not_in_collar"])
    assert found("hole_without_survey", collar) == len(audit["survey"]["collars_without_survey"])
    for kind in ("assay", "lithology"):
        if getattr(drillholes, kind) is not None:
            file = getattr(drillholes, kind).file
            expected = audit["tables"][file]
            assert rows[kind] == expected["rows"]
            assert found("duplicate_interval", file) == expected["duplicate_id_from_to"]
            assert found("interval_overlap", file) + found("duplicate_interval", file) == expected["overlap_rows"]
            assert found("interval_gap", file) == expected["gap_rows"]
            assert found("hole_without_collar", file) == len(expected["holes_not_in_collar"])
            assert found("beyond_hole_depth", file) == (expected["beyond_eoh"] or 0)
            assert found("collar_without_assays", collar) == expected["collars_without_rows"] or kind == "lithology"


@pytest.mark.parametrize("name", SETS)
def test_values_are_as_many_as_the_audit_counts(checked, name):
    """Numbers, blanks and the metal of the numbers that are not negative, by column of the assay table."""
    result = checked(name, audited=True)
    raw, file = result.taken.raw["assay"], result.config.drillholes.assay.file
    length = pd.to_numeric(raw["to"]) - pd.to_numeric(raw["from"])
    compared = 0
    for analyte in result.config.analytes.values():
        expected = result.audit["tables"][file]["values"].get(analyte.column)
        if expected is None:
            continue
        numbers = pd.to_numeric(raw[analyte.column], errors="coerce")
        assert raw[analyte.column].isna().sum() == expected["blank"], analyte.column
        assert numbers.notna().sum() == expected["numeric"]
        assert (length * numbers.clip(lower=0)).sum() == pytest.approx(expected["metal_sum_nonnegative"], abs=1e-3)
        compared += 1
    assert compared


def test_babbitt_makes_exactly_its_ten_foot_composites_by_its_shipped_config(checked):
    """From depth 0, residuals under half dropped; the published list ends with RMC-66313, 1010 to 1020 feet, 7 long."""
    result = checked("babbitt")
    collar, survey, assay, log = (result.tables[name] for name in ("collar", "survey", "assay", "lithology"))
    model = result.config.model
    coded = code_intervals(assay, log, collar, model.domains, ["cu"])
    composites = composite(coded, model.composites, ["cu"], desurvey(collar, survey), MineGrid())
    assert len(composites) == 54189
    last = composites[composites["hole"] == "RMC-66313"].iloc[-1]
    assert (last[["from", "length"]] / FOOT).tolist() == pytest.approx([1010.0, 7.0], abs=1e-6)
    kept = composite(coded, replace(model.composites, residual="keep"), ["cu"], desurvey(collar, survey), MineGrid())
    assert len(kept) == 54309
    known = composites["cu"].notna()
    assert 0 < known.sum() < len(composites)  # blanks stay missing: no composite of blanks alone has a grade
    zero = composite(coded, replace(model.composites, unsampled="zero"), ["cu"], desurvey(collar, survey), MineGrid())
    np.testing.assert_allclose(zero.loc[~known, "cu"], 0.0, atol=1e-6)  # a last bit of a depth is no sample
    assert zero["cu"].notna().all()


def test_babbitt_lies_where_its_feet_put_it(checked, shared_data):
    theirs = pd.read_csv(shared_data / "babbitt" / "collar_BABBITT.csv", dtype={"BHID": str}).set_index("BHID")
    ours = checked("babbitt").tables["collar"].set_index("hole")
    expected = theirs.loc[ours.index, ["XCOLLAR", "YCOLLAR", "ZCOLLAR"]].to_numpy() * 1200 / 3937
    np.testing.assert_allclose(ours[["easting", "northing", "elevation"]], expected, rtol=1e-14)


def test_marvin_without_its_one_bad_row_is_its_authors_own_table(checked, shared_data):
    bare, fixed = checked("marvin", audited=True), checked("marvin")
    errors = bare.findings[bare.findings["severity"] == "error"]
    assert errors[["file", "row", "hole", "rule"]].values.tolist() == [["assay.csv", 5, "M001", "duplicate_interval"]]
    corrected = pd.read_csv(shared_data / "marvin" / "assay_val.csv").sort_values(["HOLEID", "FROM"], kind="stable")
    ours = fixed.tables["assay"][["hole", "from", "to", "au"]].to_numpy()
    assert ours.tolist() == corrected[["HOLEID", "FROM", "TO", "AU"]].to_numpy().tolist()
    assert fixed.taken.corrections[["table", "line", "hole"]].values.tolist() == [["assay", 5, "M001"]]


def test_forrestania_reads_its_flags_as_limits_and_names_its_unsurveyed_holes(checked):
    result = checked("forrestania")
    assay, audit = result.tables["assay"], result.audit["tables"]["assay.csv"]["values"]
    for name, column, limit in (("as", "As_ppm", 5.0), ("au", "Au_ppm", 0.01)):
        censored = assay.loc[assay[f"{name}_censored"], name]
        assert censored.tolist() == [limit / 2] * sum(audit[column]["negative"].values())
        assert (assay[name].dropna() >= 0).all()
    named = result.findings.loc[result.findings["rule"] == "hole_taken_as_straight", "hole"]
    assert sorted(named) == sorted(result.audit["survey"]["collars_without_survey"])


def test_the_laterite_leaves_its_orphan_hole_out_and_says_so(checked):
    result = checked("ni_laterite")
    ignored = result.findings[result.findings["severity"] == "ignored"]
    assert ignored.groupby("rule").size().to_dict() == {
        "beyond_hole_depth": 808,
        "hole_without_collar": 3,
        "sum_above_whole": 608,
    }
    left_out = result.excluded[result.excluded["reason"] == "hole_without_collar"]
    assert set(left_out["hole"]) == {"DH123"} and left_out.groupby("table").size().to_dict() == {
        "assay": 25,
        "lithology": 20,
        "survey": 1,
    }


def test_junipero_has_no_dip_steeper_than_vertical_after_its_corrections(checked):
    bare, fixed = checked("junipero", audited=True), checked("junipero")
    wrong = bare.findings[bare.findings["severity"] == "error"]
    assert set(wrong["rule"]) == {"dip_range"} and set(wrong["value"]) == {"90.000002"}
    assert len(fixed.taken.corrections) == len(wrong)
    assert fixed.tables["survey"]["dip"].min() == -90.0


def test_babbitt_is_as_deep_as_its_assays_and_its_word_for_the_end_is_left_out(checked):
    """70 surveys stand at 90000 feet: taken for depths, they would make 2,062,706 m of drilling."""
    result = checked("babbitt")
    depth = result.tables["collar"].set_index("hole")["depth"]
    raw = result.taken.raw["assay"]
    last = pd.to_numeric(raw["to"]).groupby(raw["hole"]).max() * FOOT
    np.testing.assert_allclose(depth.to_numpy(), last[depth.index].to_numpy(), rtol=1e-14)
    assert depth.sum() == pytest.approx(164_967, abs=1)
    assert counts(result, "survey_depth_impossible") == {"survey_BABBITT.csv": 70}
    assert (result.excluded["reason"] == "survey_depth_impossible").sum() == 70 == len(result.excluded)
    assert result.tables["survey"]["depth"].max() < 2000


def test_a_hole_permitted_as_straight_has_one_finding_and_no_second(checked):
    result = checked("forrestania")
    assert counts(result, "hole_taken_as_straight") == {"collar.csv": 28}
    assert counts(result, "survey_from_collar") == {}
