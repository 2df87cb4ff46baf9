"""Net smelter return, recoveries and cut-offs against numbers worked by hand."""

from dataclasses import replace

import numpy as np
import pytest
from economy import an_economy, assumption, price, product

from scandia.errors import SettingError
from scandia.resource.economic_notes import sources
from scandia.resource.economic_settings import Recovery, SoldProduct
from scandia.resource.formula import assumed, formula_sheet
from scandia.resource.prices import breakeven_cutoff, content, marginal_cutoff, mining_costs, net_price, recovery_at
from scandia.resource.value import cutoff_grade, net_smelter_return, with_nsr


def test_one_product_by_hand(analytes):
    # 278 g/t = 0.278 kg of oxide in a tonne; 77.3 % recovered, 95 % paid, (1,250 - 50) USD/kg at 1.35
    economy = an_economy(payable=0.95, selling=50.0)
    expected = 0.278 * 0.773 * 0.95 * (1250.0 - 50.0) * 1.35
    assert net_smelter_return({"scandium": [278.0]}, "ore", economy, analytes) == pytest.approx([expected], rel=1e-12)


def test_copper_in_pounds_by_hand(analytes):
    copper = product("copper", price=price(4.0, "lb", "Cu", currency="USD"), recovery=0.9, payable=0.96, selling=0.3)
    economy = replace(an_economy(), products={"copper": copper})
    expected = 0.01 * 1000.0 / 0.45359237 * 0.9 * 0.96 * (4.0 - 0.3) * 1.35  # 1 % Cu
    assert net_smelter_return({"copper": [1.0]}, "ore", economy, analytes) == pytest.approx([expected], rel=1e-12)


def test_products_add_and_a_discount_takes_its_share(analytes):
    copper = product("copper", price=price(9000.0, "t", "Cu", currency="CAD"), recovery=0.9, discount=0.7)
    economy = replace(an_economy(), products={**an_economy().products, "copper": copper})
    alone = net_smelter_return({"scandium": [100.0], "copper": [0.0]}, "ore", economy, analytes)
    both = net_smelter_return({"scandium": [100.0], "copper": [0.5]}, "ore", economy, analytes)
    assert both - alone == pytest.approx([0.005 * 0.9 * 0.3 * 9000.0])


def test_the_priced_species_is_converted_and_a_share_is_not(analytes):
    metal = product("scandium", price=price(3000.0, "kg", "Sc"), recovery=1.0)
    assert content(metal, analytes["scandium"]) == pytest.approx(1e-6 / 1.53382, rel=1e-5)
    basket = product("scandium", price=price(70.0, "kg", "Nd2O3"), recovery=1.0, share=0.17)
    assert content(basket, analytes["scandium"]) == pytest.approx(0.17e-6)


def test_a_product_that_does_not_pay_for_its_sale_is_not_sold():
    assert net_price(product("scandium", price=price(10.0, "kg", "Sc2O3"), selling=20.0), an_economy()) == 0.0


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"value": 0.8}, [0.8, 0.8, 0.8, 0.8]),
        ({"line": (0.5, 0.001), "limits": (0.55, 0.85)}, [0.55, 0.6, 0.8, 0.85]),
        ({"grades": (100.0, 300.0), "recoveries": (0.6, 0.8)}, [0.6, 0.6, 0.8, 0.8]),
    ],
)
def test_recovery_by_grade(given, expected):
    assert recovery_at(Recovery(**given, source="x"), [0.0, 100.0, 300.0, 900.0]) == pytest.approx(expected)


def test_a_domain_has_its_own_recovery(analytes):
    base = an_economy()
    own = replace(base.products["scandium"], domain_recoveries={"halo": Recovery(value=0.5, source="x")})
    economy = replace(base, products={"scandium": own})
    values = [float(net_smelter_return({"scandium": 100.0}, name, economy, analytes)) for name in ("ore", "halo")]
    assert values[1] / values[0] == pytest.approx(0.5 / 0.773)


def test_missing_and_negative_grades_earn_nothing(analytes):
    values = net_smelter_return({"scandium": [np.nan, -5.0]}, "ore", an_economy(), analytes)
    assert values.tolist() == [0.0, 0.0]


def test_parts_without_any_estimate_have_no_return(make_parts, analytes):
    parts = make_parts({"ore": {"fraction": [1.0, 1.0], "scandium": [np.nan, 100.0]}}, variables=("scandium",))
    returned = with_nsr(parts, an_economy(), analytes)["nsr"]
    assert np.isnan(returned.values.ravel()[0])
    assert returned.attrs["units"] == "CAD/t"


def test_cutoffs_by_hand():
    economy = replace(an_economy(), ore_mining_cost=assumption(2.0))
    assert marginal_cutoff(economy) == 175.0 + 30.0 + 2.0
    assert breakeven_cutoff(economy, 400.0) == 207.0 + 8.0 + 0.01 * 100.0
    assert mining_costs(economy, None, np.array([600.0, 500.0, 450.0])).tolist() == [8.0, 8.0, 8.5]


@pytest.mark.parametrize(
    "recovery", [{"value": 0.773}, {"line": (0.2, 0.002)}, {"grades": (0.0, 400.0), "recoveries": (0.3, 0.9)}]
)
def test_the_cutoff_grade_earns_the_cutoff(recovery, analytes):
    base = an_economy()
    own = replace(base.products["scandium"], recovery=Recovery(**recovery, source="x"))
    economy = replace(base, products={"scandium": own})
    grade = cutoff_grade(own, economy, analytes["scandium"], 205.0)
    assert net_smelter_return({"scandium": grade}, "ore", economy, analytes) == pytest.approx(205.0, rel=1e-6)


@pytest.mark.parametrize(
    ("recovery", "cutoff", "expected"),
    [  # one g/t earns 2 at full recovery
        (
            {"line": (0.95, -0.0005)},
            390.0,
            (0.95 - np.sqrt(0.95**2 - 4 * 0.0005 * 195)) / (2 * 0.0005),
        ),  # g (0.95 - 0.0005 g) = 195
        (
            {"line": (0.95, -0.0005), "limits": (0.0001, 1.0)},
            340.0,
            200.0,
        ),  # 200 x 0.85 x 2; the floor earns as much only far above
        ({"line": (0.95, -0.0005), "limits": (0.0, 0.9)}, 90.0, 50.0),  # on the level part below 100 g/t
        ({"line": (0.95, -0.0005), "limits": (0.5, 1.0)}, 1200.0, 1200.0),  # the floor from 900 g/t on reaches it
        ({"line": (0.5, 0.0)}, 50.0, 50.0),
        ({"grades": (0.0, 100.0, 5000.0), "recoveries": (0.5, 0.8, 0.0)}, 160.0, 100.0),  # on a knot
        ({"grades": (0.0, 100.0, 5000.0), "recoveries": (0.5, 0.8, 0.0)}, 65.0, 50.0),  # 50 x 0.65 x 2
        ({"grades": (0.0, 100.0, 5000.0), "recoveries": (0.5, 0.8, 0.0)}, 4000.0, np.nan),  # at most 2040.8, at 2500 g/t
    ],
)
def test_the_cutoff_grade_is_the_lowest_that_earns_the_cutoff(recovery, cutoff, expected, analytes):
    base = an_economy()
    own = replace(base.products["scandium"], recovery=Recovery(**recovery, source="x"))
    whole = replace(base, products={"scandium": replace(own, recovery=Recovery(value=1.0, source="x"))})
    earned = float(net_smelter_return({"scandium": 1.0}, "ore", whole, analytes))
    assert cutoff_grade(own, base, analytes["scandium"], cutoff * earned / 2.0) == pytest.approx(expected, rel=1e-9, nan_ok=True)


def test_a_cutoff_that_no_grade_reaches_has_no_grade(analytes):
    free = product("scandium", price=price(0.0, "kg", "Sc2O3"))
    assert np.isnan(cutoff_grade(free, an_economy(), analytes["scandium"], 205.0))


def test_the_formula_sheet_traces_units_and_sources(analytes):
    sheet = formula_sheet(an_economy(), analytes)
    found = sheet.set_index("quantity")
    assert found.loc["price", "unit"] == "USD/kg of Sc2O3"
    assert found.loc["exchange rate", "unit"] == "CAD/USD"
    assert found.loc["Sc2O3 in rock", "unit"] == "t/t per g/t of Sc₂O₃"
    assert float(found.loc["marginal cut-off", "value"]) == 205.0
    slope = float(found.loc["net smelter return per unit of grade", "value"])
    assert slope == pytest.approx(0.773 * 1250.0 * 1.35 / 1000.0, rel=1e-5)
    numbers = sheet[~sheet["source"].isin(["computed here", "equation"])]
    assert (numbers["source"].str.len() > 0).all()
    assert len(assumed(sheet)) > 0


def test_every_number_has_its_source():
    # the rate; price, recovery, payable share and selling cost; three costs and their rise with depth; slopes and density
    assert len(sources(an_economy())) == 1 + 4 + 4 + 2
    with pytest.raises(SettingError, match="source"):
        assumption(1.0, source=" ")


def test_what_cannot_be_is_refused():
    with pytest.raises(SettingError, match="exchange_rates lacks EUR"):
        replace(an_economy(), products={"scandium": product("scandium", price=price(1.0, "kg", "Sc2O3", currency="EUR"))})
    with pytest.raises(SettingError, match="payable"):
        SoldProduct(**{**vars(product("scandium")), "payable": assumption(1.2)})
    with pytest.raises(SettingError, match="one of value, line"):
        Recovery(value=0.5, line=(0.1, 0.1), source="x")
