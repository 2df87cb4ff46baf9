"""The press release of 4 November 2020 checked against itself, and the checks checked against tables made wrong on purpose."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scandia.config.load import load
from scandia.drillholes.claims import CANNOT, CHECK_COLUMNS, COMPUTED, NOT_SUPPORTED, SUPPORTED, last_digit, number
from scandia.drillholes.desurvey import desurvey
from scandia.drillholes.published import check_published, nest_intercepts
from scandia.errors import InputError
from scandia.geometry.minegrid import to_local

FOLDER = Path(__file__).resolve().parents[2] / "config" / "deposits" / "crater_lake_2020"
CONFIG = load(yaml.safe_load((FOLDER / "config.yaml").read_text(encoding="utf-8")))


def text(name):
    return pd.read_csv(FOLDER / name, comment="#", dtype=str, keep_default_na=False)


def collar():
    return text("collar.csv").assign(
        **{name: lambda frame, name=name: frame[name].astype(float) for name in ("easting", "northing", "elevation", "depth")}
    )


def stations():
    survey = collar()[["hole", "azimuth", "dip"]].astype({"azimuth": float, "dip": float}).assign(depth=0.0)
    return desurvey(collar()[["hole", "easting", "northing", "elevation", "depth"]], survey)


def check(*, intercepts=None, claims=None):
    intercepts = text("intercepts.csv") if intercepts is None else intercepts
    claims = text("claims.csv") if claims is None else claims
    return check_published(intercepts, claims, stations(), collar(), CONFIG.mine_grid, source=CONFIG.published.source)


def claim(kind, **arguments):
    blank = dict.fromkeys(text("claims.csv").columns, "")
    given = {key.rstrip("_"): value for key, value in arguments.items()}  # `from` is a word of Python's own
    return pd.DataFrame([{**blank, "claim": "made up", "check": kind, **given}])


def only(checks, subject):
    rows = checks[checks["subject"] == subject]
    assert len(rows) == 1
    return rows.iloc[0]


# The release as it is


def test_exactly_two_claims_are_not_supported_by_the_tables():
    checks, _, conclusion = check()
    refused = checks[checks["verdict"] == NOT_SUPPORTED]
    assert refused["subject"].tolist() == ["Highlight: TREO+Y up to", "Scandium grade rises with depth"]
    treo = refused.iloc[0]
    assert (treo["published"], treo["recomputed"]) == (0.419, 0.445)
    assert refused.iloc[1]["recomputed"] == pytest.approx(0.0)
    assert conclusion.startswith("No estimate: of 4 holes only CL20037 has published assays")
    assert "2 not supported (Highlight: TREO+Y up to; Scandium grade rises with depth)" in conclusion


def test_all_seven_lengths_and_oxide_figures_are_reproduced():
    checks, nested, _ = check()
    assert (checks.loc[checks["check"].isin(["length", "oxide"]), "verdict"] == SUPPORTED).all()
    assert (checks["check"] == "length").sum() == (checks["check"] == "oxide").sum() == 7
    assert nested["sc2o3_ppm_recomputed"].round().tolist() == nested["sc2o3_ppm"].tolist()
    assert only(checks, "Oxide factor")["recomputed"] == pytest.approx(1.5338, abs=5e-5)


def test_the_drilled_total_the_mean_of_the_main_intercepts_and_the_gaps():
    checks, _, _ = check()
    total = only(checks, "Metres drilled, headline")
    assert (total["published"], total["recomputed"], total["verdict"]) == (676.0, pytest.approx(675.63), SUPPORTED)
    mean = only(checks, "CL20037 sc2o3_ppm")
    assert mean["recomputed"] == pytest.approx((29.14 * 253 + 17.65 * 298 + 10.70 * 233 + 21.69 * 271) / 79.18)
    assert round(mean["recomputed"], 1) == 265.3
    assert "79.18 m of a span of 119.85 m" in mean["note"]
    assert mean["verdict"] == COMPUTED
    gaps = checks.loc[checks["check"] == "gap", "recomputed"]
    np.testing.assert_allclose(gaps, [16.10, 17.12, 7.45], atol=1e-9)


def test_the_including_rows_are_nested_and_the_rest_of_their_intercept_is_weaker():
    _, nested, _ = check()
    assert nested["parent"].tolist() == [0, 1, 1, 0, 0, 0, 6]
    assert nested["inside"].all()
    first = nested.iloc[0]
    assert first["residual_length"] == pytest.approx(13.54)
    assert first["residual_sc2o3_ppm"] == pytest.approx((29.14 * 253 - 6.30 * 276 - 9.30 * 299) / 13.54)  # 210.7
    assert nested.iloc[5]["residual_sc2o3_ppm"] == pytest.approx((21.69 * 271 - 9.16 * 299) / 12.53)  # 250.5


def test_the_holes_fall_on_their_sections():
    checks, _, _ = check()
    assert only(checks, "CL20037 on Section 450N")["recomputed"] == pytest.approx(450.0)
    south = only(checks, "CL20038 on Section 100N")
    assert south["recomputed"] == pytest.approx(100.62, abs=0.01)
    assert south["verdict"] == SUPPORTED
    x, _ = to_local(CONFIG.mine_grid, 440825.0, 6133270.0)
    assert float(x) - 500.0 == pytest.approx(189.7, abs=0.05)  # the parallel unit lies east of the main zone


def test_the_true_width_is_shown_for_the_published_dips_but_not_judged():
    # the hole plunges 60 towards 305: sin(83 - 60) and sin(70 + 60) of 119.85 m
    width = only(check()[0], "True width of the mineralized package")
    assert width["verdict"] == CANNOT
    assert width["recomputed"] == pytest.approx(119.85 * np.sin(np.deg2rad(130)))
    assert f"{119.85 * np.sin(np.deg2rad(23)):.1f} m if the body dips towards 305 at 83 degrees" in width["note"]


def test_core_lengths_that_hold_unassayed_gaps_cannot_be_checked():
    checks, _, _ = check()
    upper = only(checks, "Upper olivine ferrosyenite, core length")
    assert (round(upper["recomputed"], 2), upper["verdict"]) == (62.89, CANNOT)
    assert "16.10 m without published assays" in upper["note"]
    assert "7.45 m" in only(checks, "Lower olivine ferrosyenite, core length")["note"]


def test_control_samples_are_counted_and_the_market_figures_multiplied():
    checks, _, _ = check()
    assert only(checks, "Control samples")["recomputed"] == pytest.approx(100 * 17 / 350)
    assert only(checks, "Demand at 30 million vehicles")["recomputed"] == pytest.approx(5100)
    high = only(checks, "Demand at 43 million vehicles")
    assert (high["recomputed"], high["verdict"]) == (pytest.approx(7310), SUPPORTED)


def test_the_straight_hole_ends_where_trigonometry_puts_it():
    end = stations().query("hole == 'CL20037'").iloc[-1][["easting", "northing", "elevation"]]
    np.testing.assert_allclose(end.astype(float), [440765.95, 6133737.86, 319.99], atol=0.01)


def test_every_claim_has_a_row_with_its_source_and_a_known_verdict():
    checks, _, _ = check()
    claims = text("claims.csv")
    assert tuple(checks.columns) == CHECK_COLUMNS
    assert checks["subject"].tolist()[-len(claims) :] == claims["claim"].tolist()
    assert (checks["source"].str.len() > 0).all()
    assert checks["verdict"].isin([SUPPORTED, NOT_SUPPORTED, CANNOT, COMPUTED]).all()


def test_every_quotation_stands_in_the_press_release(shared_data):
    release = (shared_data.parent / "press-release-2020-11-04.md").read_text(encoding="utf-8")
    plain = " ".join(release.replace("*", "").replace("\t", " ").split()).replace("high- priority", "high-priority")
    for quote in text("claims.csv")["quote"]:
        for part in quote.split(" … "):
            assert part in plain, part


def test_both_tables_are_typed_as_they_were_printed(shared_data):
    lines = (shared_data.parent / "press-release-2020-11-04.md").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if "\t" in line]
    collars = [row for row in cells if row[0].startswith("CL") and len(row) == 7 and "." not in row[1]]
    drilled = [row for row in cells if row[0] in ("CL20037", "Including") and len(row) == 8 and "." in row[1]]
    assert collars == text("collar.csv").drop(columns="target").to_numpy().tolist()
    typed = text("intercepts.csv")
    typed["hole"] = typed["hole"].where(typed["including"] == "0", "Including")
    assert drilled == typed.drop(columns="including").to_numpy().tolist()


# The same checks on tables that are wrong on purpose


@pytest.mark.parametrize(
    ("row", "column", "value", "kind"),
    [
        (0, "length", "29.41", "length"),
        (3, "sc2o3_ppm", "289", "oxide"),
        (3, "sc_ppm", "149", "oxide"),
        (5, "to", "274.66", "within_hole"),
        (6, "to", "249.66", "nesting"),
        (2, "sc2o3_ppm", "900", "residual"),
        (4, "from", "180.00", "gap"),
    ],
)
def test_a_slip_of_the_pen_in_the_table_is_found(row, column, value, kind):
    wrong = text("intercepts.csv")
    wrong.loc[row, column] = value
    checks, _, _ = check(intercepts=wrong)
    assert NOT_SUPPORTED in checks.loc[checks["check"] == kind, "verdict"].tolist()
    right, _, _ = check()
    assert NOT_SUPPORTED not in right.loc[right["check"] == kind, "verdict"].tolist()


@pytest.mark.parametrize(
    ("made_up", "verdict"),
    [
        (claim("holes", value="5"), NOT_SUPPORTED),
        (claim("drilled_total", value="657"), NOT_SUPPORTED),
        (claim("section", hole="CL20038", value="150", tolerance="1"), NOT_SUPPORTED),
        (claim("section", hole="CL19034", value="100"), CANNOT),
        (claim("intercept", operands="29.14", column="sc2o3_ppm", value="259"), NOT_SUPPORTED),
        (claim("intercept", operands="9.99", column="sc2o3_ppm", value="259"), CANNOT),
        (claim("core_length", hole="CL20037", from_="127.81", to="156.95", value="29"), SUPPORTED),
        (claim("core_length", hole="CL20037", from_="127.81", to="156.95", value="39"), NOT_SUPPORTED),
        (claim("share", operands="17 343 7", value="4.9"), SUPPORTED),
        (claim("share", operands="17 343 7", value="20"), NOT_SUPPORTED),
        (claim("product", operands="2 3", value="7"), NOT_SUPPORTED),
        (claim("maximum", column="treo_y_percent", value="0.445"), SUPPORTED),
        (claim("trend", hole="CL20037", column="treo_y_percent"), SUPPORTED),
        (claim("trend", hole="CL20038", column="sc2o3_ppm"), CANNOT),
        (claim("not_in_the_tables", value="1"), CANNOT),
    ],
)
def test_each_kind_of_claim_can_come_out_either_way(made_up, verdict):
    assert check(claims=made_up)[0].iloc[-1]["verdict"] == verdict


@pytest.mark.parametrize("order", [[6, 5, 4, 3, 2, 1, 0], [2, 0, 1, 6, 3, 5, 4]])
def test_the_order_of_the_rows_does_not_matter(order):
    table = text("intercepts.csv").iloc[order]
    pd.testing.assert_frame_equal(check(intercepts=table)[0], check()[0])


@given(st.lists(st.tuples(st.floats(0.5, 10), st.floats(0.1, 5), st.floats(1, 500)), min_size=1, max_size=5))
def test_the_metal_of_the_parts_and_the_rest_is_the_metal_of_the_intercept(parts):
    top, rows = 10.0, []
    for gap, length, grade in parts:
        part = {"hole": "A", "from": top + gap, "to": top + gap + length, "including": 1}
        rows.append({**part, "sc_ppm": grade, "sc2o3_ppm": 1.5 * grade})
        top += gap + length
    whole = {"hole": "A", "from": 10.0, "to": top + 5.0, "including": 0, "sc_ppm": 250.0, "sc2o3_ppm": 380.0}
    nested = nest_intercepts(pd.DataFrame([whole, *rows]))
    main, included = nested.iloc[0], nested.iloc[1:]
    metal = main["residual_length"] * main["residual_sc_ppm"] + (included["length_recomputed"] * included["sc_ppm"]).sum()
    assert metal == pytest.approx(main["length_recomputed"] * 250.0)


def test_last_digit_is_half_of_what_was_printed():
    assert [last_digit(value) for value in ("676", "675.63", "0.50", "1.5338")] == pytest.approx([0.5, 0.005, 0.005, 0.00005])
    assert np.isnan(last_digit(""))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"intercepts": text("intercepts.csv").assign(sc_ppm="abc")}, "sc_ppm is 'abc'"),
        ({"intercepts": text("intercepts.csv").assign(including="yes")}, "including is 'yes'"),
        ({"intercepts": text("intercepts.csv").assign(including="2")}, "including must be 0 or 1"),
        ({"intercepts": text("intercepts.csv").assign(hole="CL20073")}, "CL20073 have no collar"),
        ({"intercepts": text("intercepts.csv").drop(columns="length")}, "lack length"),
        ({"claims": claim("guess")}, "check is 'guess'; it must be one of holes, drilled_total"),
        ({"claims": claim("holes", value="four")}, "value is 'four'"),
    ],
)
def test_tables_that_cannot_be_read_are_refused_with_their_place(change, words):
    with pytest.raises(InputError, match=words):
        check(**change)


@pytest.mark.parametrize("text", ["inf", "nan", "1_000", "1,5", "1e999", "٣"])
def test_printed_numbers_are_numbers_as_in_every_raw_table(text):
    with pytest.raises(InputError, match=f"row 7: value is '{text}'; it must be a number with a decimal point"):
        number(text, "value", 7)


def test_a_printed_number_is_rounded_as_every_other():
    assert number(" 1.10 ", "value", 7) == 1.1 and np.isnan(number("", "value", 7)) and np.isnan(number(None, "value", 7))
