import numpy as np
import pandas as pd
import pytest

from scandia.drillholes.analytes import check_samples, read_grades
from scandia.drillholes.settings import Analyte, Table
from scandia.errors import InputError

TABLE = Table(file="assay.csv", columns={"hole": "H", "from": "F", "to": "T"})


def raw(*cells, **columns):
    columns = columns or {"Sc": cells}
    count = len(next(iter(columns.values())))
    frame = pd.DataFrame({"row": np.arange(2, count + 2), "hole": ["A"] * count})
    return frame.assign(**{name: pd.array(list(texts), dtype="str") for name, texts in columns.items()})


def scandium(**options):
    given = {"label": "Sc", "unit": "ppm", "species": "Sc", "column": "Sc", "column_unit": "ppm", "column_species": "Sc"}
    return {"Sc": Analyte(**{**given, **options})}


def summed(name, *parts, unit="%"):
    return Analyte(label=name, unit=unit, species=name, sum_of=parts)


def test_values_below_detection_become_half_the_limit_and_are_marked():
    grades, found = read_grades(raw("1", "<0.5", "< 2", None), scandium(), TABLE)
    assert grades["Sc"][:3].tolist() == [1.0, 0.25, 1.0] and np.isnan(grades["Sc"][3])
    assert grades["Sc_censored"].tolist() == [False, True, True, False]
    notes = found.set_index("rule")["message"]
    assert notes["values_below_detection"] == "2 of 4 values are below detection and become 0.5 of the limit"
    assert notes["values_missing"] == "1 of 4 values are missing (1 blank)"


@pytest.mark.parametrize(("policy", "value"), [(0.0, 0.0), (1.0, 0.5), ("missing", np.nan)])
def test_the_detection_policy_is_that_of_the_analyte(policy, value):
    grades, _ = read_grades(raw("<0.5"), scandium(below_detection=policy), TABLE)
    np.testing.assert_equal(grades["Sc"][0], value)
    assert grades["Sc_censored"][0]


def test_missing_texts_of_the_analyte_are_missing_and_counted():
    grades, found = read_grades(raw("NS", "-0.02", "NS", "3"), scandium(missing=("NS", "-0.02")), TABLE)
    assert grades["Sc"].isna().tolist() == [True, True, True, False] and not grades["Sc_censored"].any()
    assert found["rule"].tolist() == ["values_missing"]
    assert found["message"][0] == "3 of 4 values are missing (1 -0.02, 2 NS)"


@pytest.mark.parametrize("text", ["NS", ">10000", "1,5", "<", "<x", "<-1", "0.5<", "<<1"])
def test_other_text_is_a_finding_with_its_place(text):
    grades, found = read_grades(raw("1", text), scandium(), TABLE)
    errors = found[found["severity"] == "error"]
    assert errors[["file", "row", "hole", "column", "value", "rule"]].values.tolist() == [
        ["assay.csv", 3, "A", "Sc", text, "text_in_number"]
    ]
    assert np.isnan(grades["Sc"][1]) and not grades["Sc_censored"][1]


def test_bounds_and_negatives_are_findings_in_the_columns_own_unit():
    options = {"maximum": 500.0, "species": "Sc2O3", "unit": "%"}
    _, found = read_grades(raw("400", "501", "-1", "300"), scandium(**options), TABLE)
    assert found[["row", "rule", "value"]].values.tolist() == [[3, "value_out_of_bounds", "501"], [4, "value_negative", "-1"]]


def test_a_declared_minimum_below_zero_allows_negatives():
    _, found = read_grades(raw("-1", "-3"), scandium(minimum=-2.0), TABLE)
    assert found["rule"].tolist() == ["value_out_of_bounds"] and found["row"].tolist() == [3]


def test_no_percentage_lies_above_a_hundred():
    _, found = read_grades(raw("1", "2", "101"), scandium(column_unit="%", unit="%"), TABLE)
    assert found["rule"].tolist() == ["value_out_of_bounds"]


def test_a_column_in_the_wrong_unit_is_one_finding():
    _, found = read_grades(raw("1000000", "2000000", "3", "4000000"), scandium(column_unit="%", unit="%"), TABLE)
    assert found["rule"].tolist() == ["unit_suspect"]
    assert found["hint"][0].startswith("check the column's unit (the values are off by a factor of 15000)")
    _, low = read_grades(raw("0.01", "0.02", "300"), scandium(minimum=2.0), TABLE)
    assert low["rule"].tolist() == ["unit_suspect"]


def test_grades_flow_in_their_species_and_unit():
    analytes = scandium(species="Sc2O3", unit="g/t")
    grades, _ = read_grades(raw("170", "<2"), analytes, TABLE)
    assert grades["Sc"].tolist() == pytest.approx([260.75, 1.53382], abs=0.005)
    kept, _ = read_grades(raw("170", "<2"), analytes, TABLE, flowing=False)
    assert kept["Sc"].tolist() == [170.0, 1.0]


def test_sums_add_their_parts_in_their_own_unit_and_are_missing_where_a_part_is():
    part = {"unit": "ppm", "column_unit": "ppm"}
    analytes = {
        "TREO+Y": summed("TREO+Y", "TREO", "Y2O3"),
        "TREO": summed("TREO", "La2O3", "CeO2", unit="ppm"),
        "La2O3": Analyte(label="a", species="La2O3", column="La", column_species="La2O3", **part),
        "CeO2": Analyte(label="b", species="CeO2", column="Ce", column_species="CeO2", **part),
        "Y2O3": Analyte(label="c", species="Y2O3", column="Y", column_species="Y2O3", **part),
    }
    grades, _ = read_grades(raw(La=["1000", "1"], Ce=["2000", "<1"], Y=["500", None]), analytes, TABLE)
    assert list(grades.columns) == [f"{name}{suffix}" for name in analytes for suffix in ("", "_censored")]
    assert grades["TREO_censored"].tolist() == grades["TREO+Y_censored"].tolist() == [False, True]
    assert grades["TREO"].tolist() == [3000.0, 1.5]
    assert grades["TREO+Y"][0] == pytest.approx(0.35) and np.isnan(grades["TREO+Y"][1])


def test_sums_of_themselves_or_of_the_unknown_are_refused():
    with pytest.raises(InputError, match="a is a sum of itself: a → b → a"):
        read_grades(raw("1"), {"a": summed("a", "b"), "b": summed("b", "a")}, TABLE)
    with pytest.raises(InputError, match="a is a sum of the unknown analyte x; known are Sc, a"):
        read_grades(raw("1"), {**scandium(), "a": summed("a", "x")}, TABLE)


def test_an_absent_column_is_a_finding_and_its_grades_are_missing():
    grades, found = read_grades(raw(Y=["1"]), scandium(), TABLE)
    assert grades["Sc"].isna().all() and found["rule"].tolist() == ["column_missing"]


def test_sample_numbers_that_stand_twice_are_named_with_their_first_row():
    frame = pd.DataFrame({"row": [4, 2, 3, 5], "hole": list("ABCD"), "sample": pd.array(["S1", "S1", None, None], dtype="str")})
    found = check_samples(frame, "assay.csv", "SAMPLE")
    assert found[["row", "hole", "value"]].values.tolist() == [[4, "A", "S1"]] and "row 2" in found["message"][0]
