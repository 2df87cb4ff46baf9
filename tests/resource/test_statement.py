"""The statement: layout, the law for totals, and numbers that it refuses."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scandia.errors import InputError
from scandia.resource.plausible import Limits
from scandia.resource.rounding import last_place
from scandia.resource.sides import INSIDE, OUTSIDE
from scandia.resource.statement import BOTH, statement
from scandia.resource.tonnage import grade_tonnage

COLUMNS = [
    "class",
    "domain",
    "cutoff",
    "tonnage",
    "scandium",
    "scandium_metal",
    "scandium_missing",
    "copper",
    "copper_metal",
    "copper_missing",
]


def table_of(rows, cutoff=100.0):
    """A grade-tonnage table of (class, domain, tonnage, scandium g/t, copper %)."""
    return pd.DataFrame([(c, d, cutoff, t, s, t * s / 1e6, 0.0, u, t * u / 1e2, 0.0) for c, d, t, s, u in rows], columns=COLUMNS)


def wide_limits(*domains):
    return Limits(
        grades={(domain, variable): 1e9 for domain in domains for variable in ("scandium", "copper")},
        tonnages=dict.fromkeys(domains, 1e18),
    )


def state(table, reporting, analytes, **options):
    options = {"limits": wide_limits("ore", "halo"), "title": "Draft", **options}
    return statement(table, reporting, analytes=analytes, **options)


ROWS = [
    ("measured", "ore", 1_234_567.0, 300.4, 0.516),
    ("indicated", "ore", 3_456_789.0, 280.0, 0.4),
    ("indicated", "halo", 98_765.0, 120.0, 0.1),
    ("inferred", "halo", 5_554.0, 110.0, 0.25),
    ("unclassified", "ore", 9e9, 500.0, 0.9),
]


def test_rows_and_figures_are_those_worked_by_hand(reporting, analytes):
    result = state(table_of(ROWS), reporting, analytes, labels={"ore": "Ore zone"})
    assert result.rounded[["class", "domain"]].to_numpy().tolist() == [
        ["measured", "ore"],
        ["measured", "all"],
        ["indicated", "ore"],
        ["indicated", "halo"],
        ["indicated", "all"],
        [BOTH, "ore"],
        [BOTH, "halo"],
        [BOTH, "all"],
        ["inferred", "halo"],
        ["inferred", "all"],
    ]
    printed = result.printed
    assert list(printed) == [
        "Class",
        "Domain",
        "Tonnes (kt)",
        "Sc₂O₃ (g/t)",
        "Contained Sc₂O₃ (t)",
        "Cu (%)",
        "Contained Cu (kt)",
    ]
    assert printed["Tonnes (kt)"].tolist() == [
        "1,230",
        "1,230",
        "3,460",
        "100",  # 98.765 kt at the place of 4,790.121 kt
        "3,560",
        "4,690",
        "100",
        "4,790",
        "5.55",
        "5.55",
    ]
    oxide = ["370", "370", "970", "10", "980", "1,340", "10", "1,350", "0.611", "0.611"]  # of 370.86, 967.90, 11.85, 0.61094 t
    assert printed["Contained Sc₂O₃ (t)"].tolist() == oxide
    assert printed["Sc₂O₃ (g/t)"].tolist() == ["300", "300", "280", "120", "276", "285", "120", "282", "110", "110"]
    assert printed["Cu (%)"].tolist()[0] == "0.52" and printed["Contained Cu (kt)"].tolist()[0] == "6.4"  # of 20.3 kt in all
    assert printed["Domain"].tolist()[:2] == ["Ore zone", "Total"] and printed["Class"].tolist()[7] == "Measured + Indicated"


def test_the_rows_of_a_class_share_one_place_and_a_row_may_round_to_zero(reporting, analytes):
    million = {"ore": 64.7, "halo": 13.1, "dyke": 3.71, "vein": 0.043}  # 81.553 Mt, whose third figure is the tenth
    table = table_of([("indicated", domain, 1e6 * tonnage, 200.0, 0.5) for domain, tonnage in million.items()])
    own = replace(reporting, tonnage_unit="Mt", tonnage_digits=3)
    printed = state(table, own, analytes, limits=wide_limits(*million)).printed.set_index(["Class", "Domain"])
    for name in ("Indicated", "Measured + Indicated"):
        rows = printed.loc[name]
        assert rows.index.tolist() == [*million, "Total"]
        assert rows["Tonnes (Mt)"].tolist() == ["64.7", "13.1", "3.7", "0.0", "81.5"]  # 81.5, not 81.6: the column adds
        assert rows["Contained Sc₂O₃ (t)"].tolist() == ["12,900", "2,600", "700", "0", "16,200"]  # of 16,310.6 t
        assert rows["Sc₂O₃ (g/t)"].tolist() == ["200", "200", "200", "–", "200"]  # no grade of nothing
        assert rows["Contained Cu (kt)"].tolist() == ["324", "66", "19", "0", "409"]  # 323.5, 65.5, 18.55, 0.215 of 407.765 kt


def test_measured_and_indicated_share_the_place_of_their_sum_and_inferred_has_its_own(reporting, analytes):
    rows = [("measured", "ore", 64.7e6, 200.0, 0.5), ("indicated", "ore", 7e6, 200.0, 0.5), ("inferred", "ore", 43e3, 200.0, 0.5)]
    result = state(table_of(rows), replace(reporting, tonnage_unit="Mt"), analytes)
    assert result.printed["Tonnes (Mt)"].tolist() == ["64.7", "64.7", "7.0", "7.0", "71.7", "71.7", "0.0430", "0.0430"]


def test_the_place_is_that_of_the_total_not_of_the_largest_row(reporting, analytes):
    table = table_of([("indicated", domain, tonnage, 200.0, 0.5) for domain, tonnage in (("ore", 60.4e6), ("halo", 50.4e6))])
    result = state(table, replace(reporting, tonnage_unit="Mt"), analytes)
    assert result.printed["Tonnes (Mt)"].tolist()[1:4] == ["60", "50", "110"]  # 110.8 Mt has no tenths in three figures


def test_inferred_and_unclassified_are_added_to_nothing(reporting, analytes):
    with_both = state(table_of(ROWS), reporting, analytes)
    without = state(table_of(ROWS[:3]), reporting, analytes)
    kept = with_both.unrounded["class"] != "inferred"
    assert with_both.unrounded[kept]["tonnage"].tolist() == without.unrounded["tonnage"].tolist()[:-1]
    assert with_both.unrounded["tonnage"].max() < 1e7


def test_a_class_without_tonnes_prints_a_dash(reporting, analytes):
    result = state(table_of(ROWS[1:3]), reporting, analytes)
    first, last = result.printed.iloc[0], result.printed.iloc[-1]
    assert first["Class"] == "Measured" and (first.iloc[2:] == "–").all()
    assert last["Class"] == "Inferred" and (last.iloc[2:] == "–").all()
    empty = state(table_of(ROWS[:1], cutoff=100.0).assign(tonnage=0.0), reporting, analytes)
    assert empty.printed["Class"].tolist() == ["Measured", "Indicated", "Measured + Indicated", "Inferred"]
    assert (empty.printed.iloc[:, 2:] == "–").all(axis=None)


tonnes = st.floats(0.001, 1e9)
leaf = st.tuples(st.sampled_from(["measured", "indicated", "inferred"]), st.sampled_from(["ore", "halo", "dyke"]))
leaves = st.dictionaries(leaf, st.tuples(tonnes, st.floats(100.0, 600.0), st.floats(0.0, 3.0)), min_size=1, max_size=9)


AMOUNTS = {"tonnage": 1e3, "scandium_metal": 1.0, "copper_metal": 1e3}  # column to its unit, t


def indexed(rows, digits, reporting, analytes):
    """Rounded and unrounded rows, in the units of the statement, by class and domain."""
    table = table_of([(*key, *rows[key]) for key in sorted(rows)])
    own = replace(reporting, tonnage_digits=digits)
    result = state(table, own, analytes, limits=wide_limits("ore", "halo", "dyke"))
    exact = result.unrounded.set_index(["class", "domain"])[list(AMOUNTS)] / pd.Series(AMOUNTS)
    return result.rounded.set_index(["class", "domain"]), exact


@settings(max_examples=25)
@given(rows=leaves, digits=st.integers(1, 5))
def test_columns_add_exactly(reporting, analytes, rows, digits):
    rounded, _ = indexed(rows, digits, reporting, analytes)
    for column in AMOUNTS:
        figures = rounded[column].map(lambda figure: Decimal(0) if figure is None else figure)
        for name in figures.index.get_level_values("class").unique():
            assert figures[name]["all"] == sum(figures[name].drop("all"), Decimal(0))
        for domain in figures[BOTH].index:
            parts = (figures.get((name, domain), Decimal(0)) for name in ("measured", "indicated"))
            assert figures[BOTH, domain] == sum(parts)


@settings(max_examples=25)
@given(rows=leaves, digits=st.integers(1, 5))
def test_rows_and_totals_stay_within_half_a_unit_of_the_place_for_each_row(reporting, analytes, rows, digits):
    rounded, exact = indexed(rows, digits, reporting, analytes)
    for name in {name for name, _ in rows}:
        domains = [domain for own, domain in rows if own == name]
        for column in AMOUNTS:
            added = BOTH if name in ("measured", "indicated") else name
            half = Decimal(5).scaleb(last_place(exact.loc[(added, "all"), column], digits) - 1) * Decimal(1 + 1e-9)
            for domain in domains:
                assert abs(rounded.loc[(name, domain), column] - Decimal(exact.loc[(name, domain), column])) <= half
            error = abs(rounded.loc[(name, "all"), column] - Decimal(exact.loc[(name, "all"), column]))
            assert error <= half * len(domains)


@settings(max_examples=25)
@given(rows=leaves, digits=st.integers(1, 5))
def test_no_row_shows_a_figure_beyond_the_place_of_its_class_and_every_row_is_listed(reporting, analytes, rows, digits):
    rounded, exact = indexed(rows, digits, reporting, analytes)
    for name, domain in rows:
        for column in AMOUNTS:
            place = last_place(exact.loc[(name, "all"), column], digits)
            for figure in (rounded.loc[(name, domain), column], rounded.loc[(name, "all"), column]):
                assert figure % Decimal(10) ** place == 0
                assert -figure.as_tuple().exponent <= max(-place, 0)


def test_the_statement_is_the_grade_tonnage_table_to_the_last_tonne(make_parts, reporting, analytes):
    rng = np.random.default_rng(4)
    own = {"fraction": rng.uniform(0, 1, 200), "scandium": rng.normal(200, 80, 200), "copper": rng.uniform(0, 1, 200)}
    parts = make_parts({"ore": own | {"class": rng.integers(1, 4, 200)}}, variables=("scandium", "copper"))
    parts["copper"].attrs["units"] = "%"
    table = grade_tonnage(parts, (0.0, 100.0), ["scandium", "copper"])
    result = state(table, reporting, analytes)
    curve = table[(table["cutoff"] == 100.0) & (table["domain"] == "all")].set_index("class")
    stated = result.unrounded[result.unrounded["domain"] == "all"].set_index("class")
    for name in ("measured", "indicated", "inferred"):
        for column in ("tonnage", "scandium_metal", "copper_metal"):
            assert stated.loc[name, column] == curve.loc[name, column]
        assert stated.loc[name, "scandium"] == pytest.approx(curve.loc[name, "scandium"], rel=1e-14)


def test_ounces_are_troy(reporting, analytes):
    gold = replace(reporting, products=(replace(reporting.products[0], metal_unit="koz"),))
    result = state(table_of([("measured", "ore", 1e9, 1.0, 0.0)]), replace(gold, tonnage_digits=6), analytes)
    assert result.rounded["scandium_metal"].iloc[0] == Decimal("32150.7")  # 1000 t


def test_missing_estimates_of_a_product_are_told(reporting, analytes):
    table = table_of(ROWS[:1])
    table["copper_missing"] = table["tonnage"] / 4
    notes = state(table, reporting, analytes, notes=("First.",)).notes
    assert notes == ("First.", "Cu is not estimated in 25 % of the tonnes; its grade and metal leave them out.")


def test_it_is_a_draft_until_a_qualified_person_is_named(reporting, analytes):
    assert state(table_of(ROWS), reporting, analytes).draft
    assert not state(table_of(ROWS), replace(reporting, qualified_person="A. Geologist, P.Geo."), analytes).draft


def test_a_grade_above_the_largest_composite_is_refused(reporting, analytes):
    limits = replace(wide_limits("ore", "halo"), grades={(d, v): 290.0 for d in ("ore", "halo") for v in ("scandium", "copper")})
    with pytest.raises(InputError, match=r"measured scandium 300.4 in ore, whose largest composite is 290"):
        state(table_of(ROWS), reporting, analytes, limits=limits)


def test_tonnes_above_volume_times_density_are_refused(reporting, analytes):
    limits = replace(
        wide_limits("ore", "halo"), tonnages={"ore": 4_691_355.0, "halo": 1e9}
    )  # a tonne short of measured + indicated
    with pytest.raises(InputError, match=r"t in ore, whose volume x density is"):
        state(table_of(ROWS), reporting, analytes, limits=limits)
    assert state(table_of(ROWS), reporting, analytes, limits=replace(limits, tonnages={"ore": 4_691_356.0, "halo": 1e9}))


def test_a_table_without_base_cutoff_class_or_product_is_refused(reporting, analytes):
    with pytest.raises(InputError, match="lacks the base cut-off 100; it holds 90"):
        state(table_of(ROWS, cutoff=90.0), reporting, analytes)
    with pytest.raises(InputError, match="by class and domain"):
        state(table_of(ROWS).drop(columns="class"), reporting, analytes)
    with pytest.raises(InputError, match="copper"):
        state(table_of(ROWS).drop(columns="copper_metal"), reporting, analytes)


def test_what_lies_outside_the_shell_is_rounded_to_one_place_in_all_classes(reporting, analytes):
    rows = [
        ("indicated", "ore", 602.0, 84.0, 0.3),
        ("inferred", "ore", 3_671_400.0, 87.0, 0.6),
        ("inferred", "halo", 920_000.0, 90.0, 0.6),
    ]
    table = table_of(rows).assign(shell=OUTSIDE)
    outside = state(table, reporting, analytes, shell=OUTSIDE)
    totals = outside.printed[outside.printed["Domain"] == "Total"].set_index("Class")["Tonnes (kt)"]
    assert totals["Inferred"] == "4,590" and totals["Indicated"] == "0"
    stated = state(table.assign(shell=INSIDE), reporting, analytes)
    assert "0.602" in set(stated.printed["Tonnes (kt)"])  # the statement itself keeps the figures of each class
