"""The pit around a block model: rock, air and overburden, block values, what lies inside, and the statement."""

from dataclasses import replace
from math import fsum

import numpy as np
import pytest
from economy import an_economy, assumption, slopes

from scandia.blockmodel.dataset import new_parts
from scandia.blockmodel.grid import Grid
from scandia.domains.settings import Domain
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid, to_world
from scandia.geometry.surface import Surface, surface_from_points
from scandia.resource.economic_settings import Pit
from scandia.resource.pit import optimise, shell_factors
from scandia.resource.pit_grid import pit_grid
from scandia.resource.shell_model import shell_dataset
from scandia.resource.sides import inside_shell
from scandia.resource.tonnage import grade_tonnage
from scandia.resource.true_pit import OWN, TRUE, compare_pits
from scandia.vocabulary import Class

DIMS = ("domain", "z", "y", "x")
SIZE = (10.0, 10.0, 10.0)
DENSITY = 3.0


def a_model(grade, fraction=None, *, azimuth=0.0, ground=1.0):
    """Parts of one domain with grades (z, y, x), all inferred, in a mine grid that may be rotated."""
    grade = np.asarray(grade, dtype=float)
    grid = Grid((0.0, 0.0, 100.0), SIZE, grade.shape[::-1], MineGrid(azimuth=azimuth, easting=5000.0, northing=7000.0))
    parts = new_parts(grid, {"ore": Domain(code=1, label="Ore", lithology=("O",))}, "EPSG:26920", "A model", None)
    fraction = np.where(np.isfinite(grade), 1.0, 0.0) if fraction is None else np.asarray(fraction)
    share = np.full(grade.shape, ground) if np.isscalar(ground) else ground
    present = fraction[None] > 0
    return parts.assign(
        {
            "fraction": (DIMS, fraction[None]),
            "ground": (DIMS[1:], share),
            "tonnage": (DIMS, fraction[None] * 1000.0 * DENSITY),
            "density": (DIMS, np.where(present, DENSITY, np.nan)),
            "scandium": (DIMS, np.where(present, grade[None], np.nan), {"units": "g/t"}),
            "class": (DIMS, np.where(present, Class.INFERRED, Class.UNCLASSIFIED).astype(np.int8)),
        }
    )


def one_rich_block(depth, **options):
    """A model of 9 x 9 blocks, ``depth`` high, with one rich block at the middle of its lowest layer."""
    grade = np.full((depth, 9, 9), np.nan)
    grade[0, 4, 4] = 50_000.0
    return a_model(grade, **options)


def economy(**pit):
    given = {"slopes": slopes(45.0), "waste_density": assumption(2.7), "factors": (0.5, 1.0, 2.0), **pit}
    return replace(an_economy(), depth_cost=None, pit=Pit(**given))


def flat(level, half=600.0):
    axis = np.array([-half, half])
    return Surface(axis + 5000.0, axis + 7000.0, np.full((2, 2), level))


def test_the_cone_over_one_block_by_hand(analytes):
    made = optimise(one_rich_block(4), economy(), analytes, surface=None)
    counts = [1, 5, 13, 29]  # centres within 0, 10, 20 and 30 m
    waste = (sum(counts) - 1) * 1000.0 * 2.7
    row = made.shells[made.shells["factor"] == 1.0].iloc[0]
    assert row["ore_tonnage"] == 3000.0
    assert row["waste_tonnage"] == pytest.approx(waste)
    assert row["strip_ratio"] == pytest.approx(waste / 3000.0)
    assert (row["floor"], row["depth"]) == (100.0, 40.0)
    nsr = 50_000.0 * 0.773 * 1250.0 * 1.35 / 1000.0
    assert row["value"] == pytest.approx(3000.0 * (nsr - 205.0 - 8.0) - waste * 8.0, abs=1.0)
    assert made.benches["rock_tonnage"].tolist() == pytest.approx([29 * 2700.0, 13 * 2700.0, 5 * 2700.0, 3000.0])
    assert made.benches["elevation"].tolist() == [130.0, 120.0, 110.0, 100.0]


def test_a_block_that_does_not_pay_for_its_waste_stays(analytes):
    poor = one_rich_block(4)
    poor["scandium"] = poor["scandium"] * 0 + 300.0  # earns 391 - 213 CAD/t on 3,000 t; the waste costs a million
    made = optimise(poor, economy(factors=(1.0,)), analytes, surface=None)
    assert made.shells["rock_tonnage"].tolist() == [0.0]
    assert int(made.parts["pit"].sum()) == 0
    assert np.isnan(made.shells["strip_ratio"]).all()


def test_the_surroundings_reach_as_far_as_the_walls():
    grid = pit_grid(one_rich_block(10), economy(slopes=slopes(30.0)).pit, None)
    reach = 100.0 / np.tan(np.radians(30.0))
    assert grid.coarse.origin[0] <= -reach
    assert grid.fine.shape == (10, 9 + 2 * 18, 9 + 2 * 18)


@pytest.mark.parametrize("azimuth", [0.0, 35.0, 250.0])
@pytest.mark.parametrize("blocks", [(1, 1, 1), (2, 3, 2)])
def test_no_rock_is_lost_or_made_on_a_rotated_and_partly_filled_model(analytes, azimuth, blocks):
    generator = np.random.default_rng(5)
    fraction = np.round(generator.uniform(0.0, 1.0, (5, 9, 7)), 3)
    parts = a_model(np.full((5, 9, 7), 900.0), fraction, azimuth=azimuth)
    made = optimise(parts, economy(blocks=blocks), analytes, surface=flat(150.0))
    whole = made.grid.rock.sum() * 1000.0
    expected = fraction.sum() * 1000.0 * DENSITY + (whole - fraction.sum() * 1000.0) * 2.7
    assert fsum(made.rock.total.ravel()) == pytest.approx(expected)
    assert fsum(made.grid.add_up(made.rock.total).ravel()) == pytest.approx(expected)
    shell = made.grid.spread((made.number > 0) & (made.number <= 2))
    row = made.shells[made.shells["factor"] == 1.0].iloc[0]
    assert row["rock_tonnage"] == pytest.approx(made.rock.total[shell].sum())
    inside = made.parts["pit"].values == 1
    assert row["ore_tonnage"] + row["must_take_tonnage"] == pytest.approx(parts["tonnage"].values[0][inside].sum())


def test_air_costs_nothing_and_the_ground_is_that_of_the_survey(analytes):
    parts = one_rich_block(4, ground=1.0)
    parts["ground"][3] = 0.0  # the survey lies 10 m below the model's top
    made = optimise(parts, economy(), analytes, surface=flat(130.0))
    row = made.shells[made.shells["factor"] == 1.0].iloc[0]
    assert row["rock_tonnage"] == pytest.approx(3000.0 + (5 + 13) * 2700.0)
    assert row["depth"] == pytest.approx(30.0)


def test_ground_above_the_model_is_mined_too(analytes):
    made = optimise(one_rich_block(3), economy(), analytes, surface=flat(140.0))
    row = made.shells[made.shells["factor"] == 1.0].iloc[0]
    assert row["rock_tonnage"] == pytest.approx(3000.0 + (5 + 13 + 29) * 2700.0)


def test_overburden_has_its_own_density_and_cost(analytes):
    given = replace(economy(overburden_density=assumption(2.0)), overburden_mining_cost=assumption(3.0))
    made = optimise(one_rich_block(4), given, analytes, surface=flat(140.0), base=flat(130.0))
    plain = optimise(one_rich_block(4), economy(), analytes, surface=flat(140.0))
    row, other = (m.shells[m.shells["factor"] == 1.0].iloc[0] for m in (made, plain))
    assert row["overburden_tonnage"] == pytest.approx(29 * 2000.0)
    assert other["rock_tonnage"] - row["rock_tonnage"] == pytest.approx(29 * 700.0)
    assert row["value"] - other["value"] == pytest.approx(29 * (2700.0 * 8.0 - 2000.0 * 3.0), abs=0.5)


def test_ground_beyond_the_survey_goes_on_at_the_nearest_height():
    grid = pit_grid(one_rich_block(4), economy().pit, flat(150.0, half=60.0))
    assert 0.2 < grid.beyond.mean() < 0.9
    assert grid.level == pytest.approx(150.0)


def through_collars(levels):
    """Ground through four collars at the corners of a square of 40 m around the middle of the model of 9 x 9 blocks."""
    east, north = np.array([5025.0, 5065.0, 5025.0, 5065.0]), np.array([7025.0, 7025.0, 7065.0, 7065.0])
    return surface_from_points(east, north, np.asarray(levels, dtype=float), spacing=5.0, margin=500.0)


def test_ground_through_collars_counts_as_surveyed_between_them_alone(analytes):
    made = optimise(one_rich_block(4), economy(), analytes, surface=through_collars([140.0] * 4))
    row = made.shells[made.shells["factor"] == 1.0].iloc[0]
    assert row["unsurveyed"] == pytest.approx(
        1.0 - 25 / 29
    )  # columns within 30 m: 29, of them 5 x 5 in the square, its edge in it
    assert row["steep_ground"] == 0.0


def test_ground_steeper_than_the_walls_is_counted(analytes):
    made = optimise(one_rich_block(8), economy(), analytes, surface=through_collars([120.0, 170.0, 120.0, 170.0]))
    steep = made.grid.steep
    assert (
        steep[made.grid.inner[1:]][4, 3:6].all() and not steep[:, [0, -1]].any()
    )  # 50 m in 40 m between the collars, flat beyond
    row = made.shells[made.shells["factor"] == 1.0].iloc[0]
    assert 0.1 < row["steep_ground"] < 0.9
    gentle = through_collars([120.0, 159.0, 120.0, 159.0])
    assert not optimise(one_rich_block(8), economy(), analytes, surface=gentle).grid.steep.any()


def test_classes_that_may_not_pay_are_waste(analytes):
    made = optimise(one_rich_block(4), economy(classes=("indicated",)), analytes, surface=None)
    assert (made.shells["ore_tonnage"] == 0).all()


def test_rock_below_the_cutoff_in_the_way_is_taken_as_waste(analytes):
    grade = np.full((3, 9, 9), np.nan)
    grade[0, 4, 4], grade[1, 4, 4] = 50_000.0, 20.0
    made = optimise(a_model(grade), economy(), analytes, surface=None)
    row = made.shells[made.shells["factor"] == 1.0].iloc[0]
    assert (row["ore_tonnage"], row["must_take_tonnage"]) == (3000.0, 3000.0)


def test_a_higher_revenue_factor_never_holds_less(analytes):
    generator = np.random.default_rng(2)
    grade = np.where(generator.random((6, 9, 9)) < 0.2, generator.uniform(100.0, 1500.0, (6, 9, 9)), np.nan)
    made = optimise(a_model(grade), economy(factors=(0.3, 0.6, 1.0, 1.5, 3.0)), analytes, surface=None)
    assert made.shells["rock_tonnage"].is_monotonic_increasing
    assert made.shells["rock_tonnage"].iloc[0] < made.shells["rock_tonnage"].iloc[-1]
    assert made.shells["value_at_base_prices"].idxmax() == made.shells["factor"].tolist().index(1.0)
    base = made.shells[made.shells["factor"] == 1.0].iloc[0]
    for column in ("rock_tonnage", "ore_tonnage", "waste_tonnage"):
        assert made.benches[column].sum() == pytest.approx(base[column])
    inside = (made.parts["pit"].values == 1) & (made.parts["fraction"].values[0] > 0)
    assert made.parts["tonnage"].values[0][inside].sum() == pytest.approx(base["ore_tonnage"] + base["must_take_tonnage"])
    lowest = made.parts["pit_factor"].values[inside]
    assert (lowest <= 1.0).all()


def test_the_table_of_one_function_tells_inside_from_outside_and_loses_nothing(analytes):
    grade = np.full((4, 9, 9), np.nan)
    grade[3, 4, 4], grade[0, 0, 0] = 900.0, 300.0  # one pays at the surface, one lies deep in a corner
    made = optimise(a_model(grade), economy(factors=(1.0,)), analytes, surface=None)
    table = grade_tonnage(made.parts, [0.0, 150.0], ["scandium"])
    both = table[(table["cutoff"] == 150.0) & (table["domain"] == "all") & (table["class"] == "inferred")].set_index("shell")
    assert both["tonnage"].to_dict() == {"inside": 3000.0, "outside": 3000.0}
    assert both.loc["inside", "scandium"] == 900.0
    assert both.loc["inside", "nsr"] == pytest.approx(900.0 * 0.773 * 1250.0 * 1.35 / 1000.0)
    stated = inside_shell(table)
    assert "shell" not in stated
    whole = grade_tonnage(made.parts, [150.0], ["scandium"], by=("class", "domain"))
    whole = whole[(whole["domain"] == "all") & (whole["class"] == "inferred")].iloc[0]
    assert whole["tonnage"] == fsum(both["tonnage"])


def test_a_cutoff_in_net_smelter_return_selects_by_it(analytes):
    grade = np.full((1, 9, 9), np.nan)
    grade[0, 0, :3] = 100.0, 200.0, 900.0
    made = optimise(a_model(grade), economy(), analytes, surface=None)
    table = grade_tonnage(made.parts, [205.0], ["scandium"], variable="nsr", by=("class",))
    assert table[table["class"] == "inferred"]["tonnage"].tolist() == [6000.0]


def compared(parts, truth, analytes, reporting):
    """The table of pits by case; the estimate's shell comes as the run keeps it."""
    own = optimise(parts, economy(), analytes, surface=None)
    return compare_pits(own.parts, truth, shell_dataset(own), economy(), analytes, reporting, surface=None).set_index("case")


def test_the_truth_beside_itself_has_the_same_pit(analytes, reporting):
    parts = one_rich_block(4)
    reporting = replace(reporting, products=reporting.products[:1])
    table = compared(parts, parts.drop_vars("class"), analytes, reporting)
    assert table["shared"].tolist() == [1.0, 1.0, 1.0]
    assert table.loc[OWN, "tonnage"] == table.loc[TRUE, "tonnage"] == 3000.0
    assert table.loc[OWN, "scandium_metal"] == pytest.approx(3000.0 * 0.05)


def test_the_surface_of_the_pit_and_its_place(analytes):
    made = optimise(one_rich_block(4, azimuth=35.0), economy(), analytes, surface=None)
    model = shell_dataset(made)
    assert float(model["floor"].min()) == 100.0
    assert float(model["ground"].max()) == 140.0
    assert int((model["floor"] < model["ground"]).sum()) == 29
    lowest = model.where(model["floor"] == 100.0, drop=True)
    assert np.allclose(to_world(made.grid.fine.mine_grid, 45.0, 45.0), (lowest["easting"].item(), lowest["northing"].item()))


def test_factor_one_is_always_among_the_shells():
    assert shell_factors(Pit(slopes=slopes(), waste_density=assumption(2.7), factors=(0.5,))) == (0.5, 1.0)


def test_a_pit_of_too_many_blocks_says_what_to_do(monkeypatch):
    monkeypatch.setattr("scandia.resource.pit_grid.MOST_CELLS", 1000)
    with pytest.raises(InputError, match="blocks larger numbers"):
        pit_grid(one_rich_block(4), economy().pit, None)


def test_inside_the_model_its_own_share_below_ground_holds():
    parts = one_rich_block(4)
    parts["ground"][3] = 0.5
    grid = pit_grid(parts, economy().pit, None)
    assert (grid.rock[grid.inner][3] == 0.5).all()
    assert grid.rock[3, 0, 0] == 1.0


def test_a_truth_that_holds_more_has_the_larger_pit(analytes, reporting):
    parts = one_rich_block(4)
    truth = parts.drop_vars("class").copy(deep=True)
    truth["fraction"][0, 1, 2, 2], truth["tonnage"][0, 1, 2, 2], truth["scandium"][0, 1, 2, 2] = 1.0, 3000.0, 50_000.0
    reporting = replace(reporting, products=reporting.products[:1])
    table = compared(parts, truth, analytes, reporting)
    assert table.loc[OWN, "shared"] == 1.0
    assert table.loc[TRUE, "shared"] == pytest.approx(table.loc[OWN, "rock_tonnage"] / table.loc[TRUE, "rock_tonnage"], abs=0.01)
    assert table.loc[TRUE, "shared"] < 0.9
    assert table["tonnage"].tolist()[0] == 3000.0
    assert table.loc[TRUE, "tonnage"] == 6000.0
