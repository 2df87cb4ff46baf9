"""Grades that cannot be: spikes, zeros, extremes, units, element against oxide, parts against sums, control samples."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from scandia.drillholes.settings import Analyte, Checks, Table
from scandia.drillholes.validation_samples import check_controls_among, check_samples_together
from scandia.drillholes.validation_values import check_values
from scandia.errors import InputError

GENERATOR = np.random.default_rng(3)
VALUES = GENERATOR.lognormal(1.0, 0.5, 400).round(3)
TABLE = Table(file="assay.csv", columns={"hole": "hole", "from": "from", "to": "to", "sample": "sample"})


def analyte(column, unit, species, **options):
    return Analyte(label=species, unit=unit, species=species, column=column, column_unit=unit, column_species=species, **options)


def column(values, censored=None, unit="ppm", table=TABLE):
    """Findings of one column of values in ten holes."""
    values = np.asarray(values, dtype=float)
    frame = pd.DataFrame({"row": np.arange(len(values)) + 2, "hole": [f"H{10 * n // len(values)}" for n in range(len(values))]})
    raw = frame.assign(Cu=[f"{value:g}".replace(".", table.decimal) for value in values])
    censored = np.zeros(len(values), dtype=bool) if censored is None else censored
    return check_values(frame, raw, analyte("Cu", unit, "Cu"), values, censored, table, 0.05)


def rules(found):
    return list(zip(found["rule"], found["value"], strict=True))


def test_ordinary_values_say_nothing():
    assert column(VALUES).empty
    assert column(np.round(VALUES, 1)).empty  # rounding to few digits makes no spikes
    assert column(VALUES[:5]).empty


def test_a_spike_at_the_bottom_is_half_a_limit_and_one_inside_is_not():
    low, inside = np.where(VALUES < 2.0, 0.5, VALUES), np.where(VALUES > 4.0, 4.0, VALUES)
    assert rules(column(low)) == [("values_at_half_limit", "0.5")]
    assert "(0.5 or 1)" in column(low)["hint"].iloc[0]
    assert rules(column(inside)) == [("values_repeated", "4")]
    commas = column(low, table=replace(TABLE, decimal=",", separator=";"))
    assert rules(commas) == [("values_at_half_limit", "0,5")] and "(0,5 or 1)" in commas["hint"].iloc[0]
    assert column(low, censored=VALUES < 2.0).empty  # written as '<1' they are no spike


def test_zeros_and_constants_are_named():
    found = column(np.where(np.arange(400) < 7, 0.0, VALUES))
    assert rules(found) == [("values_zero", "")] and found["message"].iloc[0] == "7 of 400 values are zero"
    assert rules(column(np.full(50, 3.0))) == [("values_constant", "3")]


@pytest.mark.parametrize("factor", [1e4, 1e-4])
def test_one_slip_of_the_decimal_point_is_extreme(factor):
    values = VALUES.copy()
    values[77] *= factor
    found = column(values)
    assert found["rule"].tolist() == ["value_extreme"] and found["row"].tolist() == [79]


@pytest.mark.parametrize(("factor", "unit"), [(1e4, "ppm"), (1e-4, "% among ppm"), (1e3, "ppb")])
def test_a_hole_in_another_unit_is_named_with_that_unit(factor, unit):
    values = VALUES.copy()
    values[40:80] *= factor
    given = "%" if unit == "ppm" else "ppm"
    found = column(values, unit=given)
    slips = found[found["rule"] == "unit_slip"]
    assert slips["hole"].tolist() == ["H1"] and slips["message"].iloc[0].startswith("the median of this hole is ")
    assert ("%" if factor < 1 else unit) in slips["message"].iloc[0]


# Several columns


def samples(columns, analytes, **checks):
    frame = pd.DataFrame(columns)
    frame = frame.assign(row=np.arange(len(frame)) + 2, hole="A")
    return check_samples_together(frame, analytes, TABLE, Checks(**checks))


ELEMENTS = {"sc": analyte("Sc", "ppm", "Sc"), "sc2o3": analyte("Sc2O3", "ppm", "Sc2O3")}


def test_oxide_must_be_element_times_the_stoichiometric_factor():
    scandium = (VALUES * 30).round(2)
    oxide = (scandium * 1.53384).round(2)
    assert samples({"sc": scandium, "sc2o3": oxide}, ELEMENTS).empty
    oxide[5] = scandium[5]
    found = samples({"sc": scandium, "sc2o3": oxide}, ELEMENTS)
    assert found["rule"].tolist() == ["element_oxide_mismatch"] and found["row"].tolist() == [7]
    assert "1.534 times" in found["message"].iloc[0].replace("1.5338", "1.534")
    found = samples({"sc": scandium, "sc2o3": scandium}, ELEMENTS)
    assert found["rule"].tolist() == ["species_suspect"] and "a factor of 1.5338" in found["hint"].iloc[0]


def test_rounding_of_small_values_is_no_mismatch():
    scandium = np.linspace(1, 20, 40).round(0)
    assert samples({"sc": scandium, "sc2o3": (scandium * 1.53384).round(0)}, ELEMENTS).empty


def test_parts_above_the_whole():
    given = {"fe": analyte("Fe", "%", "Fe"), "sio2": analyte("SiO2", "%", "SiO2"), "ni": analyte("Ni", "ppm", "Ni")}
    found = samples({"fe": [50.0, 60.0, np.nan], "sio2": [49.0, 44.0, 99.0], "ni": [2000.0, 2000.0, 2000.0]}, given)
    assert found["rule"].tolist() == ["sum_above_whole"] and found["row"].tolist() == [3]
    assert "add up to 104.2 %" in found["message"].iloc[0]


def test_a_reported_sum_must_follow_from_its_parts():
    given = {name: analyte(name, "ppm", name) for name in ("La2O3", "Ce2O3")} | {"treo": analyte("TREO", "%", "TREO")}
    columns = {"La2O3": [3000.0, 3000.0], "Ce2O3": [7000.0, 7000.0], "treo": [1.0, 0.7]}
    found = samples(columns, given, sums={"treo": ("La2O3", "Ce2O3")})
    assert found["rule"].tolist() == ["sum_of_parts"] and found["row"].tolist() == [3]
    assert "0.7 times the sum of its parts La2O3, Ce2O3" in found["message"].iloc[0]
    with pytest.raises(InputError, match="sums names Nd2O3, which is no analyte"):
        samples(columns, given, sums={"treo": ("Nd2O3",)})


def test_parts_of_a_checked_sum_are_converted_to_its_species():
    given = {"La": analyte("La", "ppm", "La"), "la_ox": analyte("La2O3", "%", "La2O3")}
    # 2 x 138.905 + 3 x 15.999 = 325.807 g La2O3 hold 277.81 g La: 8526.8 ppm La are 1 % La2O3
    columns = {"La": [8526.8, 8526.8], "la_ox": [1.0, 0.85268]}
    found = samples(columns, given, sums={"la_ox": ("La",)})
    found = found[found["rule"] == "sum_of_parts"]
    assert found["row"].tolist() == [3] and "0.8527 times" in found["message"].iloc[0]
    with pytest.raises(InputError, match=r"take Ni out of drillholes\.checks\.sums\.la_ox"):
        samples(columns | {"Ni": [1.0, 1.0]}, given | {"Ni": analyte("Ni", "ppm", "Ni")}, sums={"la_ox": ("Ni",)})


def test_a_copied_row_is_seen_where_there_are_grades_enough():
    given = {name: analyte(name, "ppm", name) for name in ("Cu", "Zn", "Pb", "Ag")}
    columns = {name: GENERATOR.lognormal(3, 1, 50).round(3) for name in given}
    assert samples(columns, given).empty
    for values in columns.values():
        values[30] = values[4]
    found = samples(columns, given)
    assert found["rule"].tolist() == ["grades_repeated"] and found["row"].tolist() == [32]
    assert "are those of row 6" in found["message"].iloc[0]


def test_control_samples_among_the_assays_are_known_by_number_and_by_name():
    names = ["A-001", "Q7", "Q8", "OREAS 45e", "DUPONT-3", "blk_2"]
    assay = pd.DataFrame({"row": np.arange(6) + 2, "hole": "A", "sample": names})
    controls = pd.DataFrame({"sample": ["Q7", "Q8"], "type": ["standard", "pulp_duplicate"]})
    found = check_controls_among(assay, TABLE, Checks(), controls)
    assert rules(found) == [
        ("control_among_assays", "Q7"),
        ("control_name_among_assays", "OREAS 45e"),
        ("control_name_among_assays", "blk_2"),
    ]


# Gaps


def test_gaps_are_told_apart_by_what_the_other_table_has_there(database):
    assay = "BHID,FROM,TO,SAMPLE,Sc\nA,0,2,S1,100\nA,4,6,S2,90\nA,8,10,S3,80\nB,0,10,S4,70\n"
    lithology = "BHID,FROM,TO,ROCK\nA,0,3,FS\nA,3,6,LC\nA,6,6.5,FS\nA,7.8,10,FS\nB,0,4,SY\nB,6,10,SY\n"
    result = database(assay=assay, lithology=lithology, density=None, lost_core=("LC",))
    gaps = result.findings[result.findings["rule"] == "interval_gap"]
    said = list(zip(gaps["file"], gaps["value"], (message.split(": ", 1)[1] for message in gaps["message"]), strict=True))
    assert said == [
        ("assay.csv", "4", "lost core or void"),
        ("assay.csv", "8", "neither sampled nor logged"),
        ("lithology.csv", "7.8", "neither sampled nor logged"),
        ("lithology.csv", "6", "not logged, though sampled"),
    ]


# Ignored


def test_an_ignored_error_no_longer_stops_and_its_row_is_used_or_left_out_as_the_page_says(database):
    assay = "BHID,FROM,TO,SAMPLE,Sc\nA,0,5,S1,100\nA,4,10,S2,150\nB,0,5,S3,120\nB,5,12,S4,200\n"
    assert database(assay=assay).errors == ["interval_overlap", "beyond_hole_depth"]
    why = SimpleNamespace(reason="r", who="w")
    result = database(assay=assay, ignored={"interval_overlap": why, "beyond_hole_depth": why})
    assert result.errors == []
    assert result.findings.loc[result.findings["severity"] == "ignored", "message"].str.endswith("(ignored by w: r)").all()
    assert result.rows.loc["assay", "reason"] == "1 interval_overlap"
    assert result.tables["assay"]["to"].tolist() == [5, 5, 12]


@pytest.mark.parametrize(
    ("ignored", "words"),
    [
        ({"file_missing": {"reason": "r", "who": "w"}}, "cannot be ignored"),
        ({"interval_overlop": {"reason": "r", "who": "w"}}, "Did you mean 'interval_overlap'"),
        ({"interval_overlap": {"reason": " ", "who": "w"}}, "needs a reason and a name"),
    ],
)
def test_what_cannot_be_ignored_is_refused_in_the_config(ignored, words):
    from scandia.config.typed import typed

    with pytest.raises(Exception, match=words):
        typed(Checks, {"ignored": ignored})
