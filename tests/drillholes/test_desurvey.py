import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.drillholes.desurvey import METHODS, desurvey, locate, locate_intervals, tangent
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid, to_local
from scandia.geometry.rotation import direction

KEYS = ["hole", "depth"]
DIRECTIONS = st.tuples(st.floats(0, 360), st.floats(-90, 20))


def collar(**holes):
    rows = [(hole, 0.0, 0.0, 0.0, depth) for hole, depth in holes.items()]
    return pd.DataFrame(rows, columns=["hole", "easting", "northing", "elevation", "depth"])


def survey(*records, hole="A"):
    return pd.DataFrame([(hole, *record) for record in records], columns=["hole", "depth", "azimuth", "dip"])


def one_hole(*records, depth=np.nan, method="minimum_curvature"):
    return desurvey(collar(A=depth), survey(*records), method=method)


def at(stations, *depths, hole="A"):
    return locate(stations, [hole] * len(depths), np.array(depths, dtype=float))


# Laws


@given(DIRECTIONS, st.floats(1, 2000), st.floats(0, 1))
def test_a_straight_hole_is_a_line(given_direction, length, share):
    stations = one_hole((0, *given_direction), (length / 3, *given_direction), (length, *given_direction), depth=2 * length)
    expected = direction(*given_direction) * (2 * length * share)
    np.testing.assert_allclose(at(stations, 2 * length * share)[0], expected, atol=1e-9 * length, rtol=0)


@given(st.floats(0, 360), st.floats(1e-7, 170), st.floats(1, 1000), st.floats(0, 1))
def test_a_bend_in_a_plane_is_a_circle(azimuth, angle, length, share):
    # From straight down, turning by `angle` in the vertical plane of the azimuth: a circle of radius L/β.
    stations = one_hole((0, azimuth, -90), (length, azimuth, angle - 90))
    turn = np.deg2rad(angle)
    phi = turn * share
    out = length * share * np.sinc(phi / 2 / np.pi) * np.sin(phi / 2)
    down = length * share * np.sinc(phi / np.pi)
    expected = [out * np.sin(np.deg2rad(azimuth)), out * np.cos(np.deg2rad(azimuth)), -down]
    np.testing.assert_allclose(at(stations, length * share)[0], expected, atol=1e-11 * length, rtol=0)
    middle = np.array([np.sin(np.deg2rad(azimuth)), np.cos(np.deg2rad(azimuth)), 0.0]) * length / turn
    radius = np.linalg.norm(at(stations, length * share)[0] - middle)
    assert radius == pytest.approx(length / turn, rel=1e-9)


@given(st.lists(st.tuples(st.floats(1, 50), DIRECTIONS), min_size=2, max_size=6), st.floats(0, 1))
def test_length_along_the_hole_is_depth_and_the_tangent_is_its_derivative(legs, share):
    depths = np.cumsum([step for step, _ in legs])
    records = [(depth, *heading) for depth, (_, heading) in zip(depths, legs, strict=True)]
    try:
        stations = one_hole(*records, depth=depths[-1] + 20)
    except InputError:  # a leg that turns right back has no plane
        return
    fine = np.linspace(0, depths[-1] + 20, 4001)
    points = at(stations, *fine)
    along = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
    assert along == pytest.approx(fine[-1], rel=1e-4)
    depth, step = share * fine[-1], 1e-4
    heading = tangent(stations, ["A"], np.array([depth]))[0]
    slope = (at(stations, depth + step) - at(stations, depth))[0] / step
    assert np.linalg.norm(heading) == pytest.approx(1.0, abs=1e-12)
    np.testing.assert_allclose(heading, slope, atol=1e-3)


@given(st.lists(st.tuples(st.floats(1, 50), DIRECTIONS), min_size=2, max_size=5), st.floats(0.01, 0.99))
def test_a_record_read_off_the_arc_changes_nothing(legs, share):
    depths = np.cumsum([step for step, _ in legs])
    records = [(depth, *heading) for depth, (_, heading) in zip(depths, legs, strict=True)]
    try:
        stations = one_hole(*records)
    except InputError:
        return
    extra = depths[0] + share * (depths[1] - depths[0])
    east, north, up = tangent(stations, ["A"], np.array([extra]))[0]
    between = (extra, np.rad2deg(np.arctan2(east, north)) % 360, np.rad2deg(np.arctan2(up, np.hypot(east, north))))
    again = one_hole(*records, between)
    asked = np.linspace(0, depths[-1], 23)
    np.testing.assert_allclose(at(again, *asked), at(stations, *asked), atol=1e-6)


def test_a_hole_from_azimuth_359_to_1_goes_through_north():
    stations = one_hole((0, 359, -45), (100, 1, -45))
    middle = tangent(stations, ["A"], np.array([50.0]))[0]
    assert middle[0] == pytest.approx(0, abs=1e-12) and middle[1] > 0
    end = at(stations, 100.0)[0]
    assert end[0] == pytest.approx(0, abs=1e-9) and end[1] == pytest.approx(100 * np.cos(np.pi / 4), rel=1e-3)


def test_the_azimuth_of_a_vertical_record_does_not_matter():
    first, second = one_hole((0, 0, -90), (100, 120, -60)), one_hole((0, 270, -90), (100, 120, -60))
    np.testing.assert_allclose(at(first, 30.0, 70.0, 100.0), at(second, 30.0, 70.0, 100.0), atol=1e-12)


def test_tiny_bends_lose_no_digits():
    # Against the series of the circle, out = L·β/2 and down = L(1 - β²/6): radius times 1 - cos β would give 0.
    turn = 1e-9
    stations = one_hole((0, 90, -90), (1000, 90, np.rad2deg(turn) - 90))
    out, _, up = at(stations, 1000.0)[0]
    assert out == pytest.approx(1000 * turn / 2, rel=1e-6)
    assert up == -1000.0


def test_bends_close_to_a_turn_back_lose_no_digits():
    # The angle from arccos of the dot product would put the end 2e-8 m off.
    turn = np.deg2rad(179.9)
    out, _, up = at(one_hole((0, 90, -90), (1000, 90, 89.9)), 1000.0)[0]
    assert out == pytest.approx(1000 * (1 - np.cos(turn)) / turn, abs=1e-9)
    assert up == pytest.approx(-1000 * np.sin(turn) / turn, abs=1e-9)


def test_the_order_of_rows_and_of_holes_changes_nothing():
    generator = np.random.default_rng(2)
    collars = collar(**{f"H{i}": 120.0 for i in range(9)}).assign(easting=generator.uniform(0, 1e6, 9))
    surveys = pd.concat([survey(*[(d, 10 * i + d / 9, -60 + d / 9) for d in (3, 50, 90)], hole=f"H{i}") for i in range(9)])
    stations = desurvey(collars, surveys)
    mixed = desurvey(collars.sample(frac=1, random_state=1), surveys.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(mixed, stations, check_exact=True)
    holes, depths = generator.choice(collars["hole"], 200), generator.uniform(0, 150, 200)
    shuffled = stations.sample(frac=1, random_state=3)
    np.testing.assert_array_equal(locate(shuffled, holes, depths), locate(stations, holes, depths))
    alone = desurvey(collars[collars["hole"] == "H7"], surveys[surveys["hole"] == "H7"])
    np.testing.assert_array_equal(at(alone, 77.0, hole="H7"), at(stations, 77.0, hole="H7"))


# Numbers by hand and by others


def test_the_worked_example_of_the_drilling_page():
    # https://www.drillingformulas.com/minimum-curvature-method/: inclinations 15 and 25 from the vertical, azimuths 20 and 45.
    stations = one_hole((3500, 20, -75), (3600, 45, -65))
    east, north, up = (at(stations, 3600.0) - at(stations, 3500.0))[0]
    assert [round(north, 3), round(east, 3), round(-up, 3)] == [27.218, 19.451, 94.012]


@pytest.mark.parametrize(
    ("azimuth", "dip", "expected"),
    [
        (0, 0, [0, 10, 0]),
        (90, 0, [10, 0, 0]),
        (180, 0, [0, -10, 0]),
        (270, 0, [-10, 0, 0]),
        (0, -90, [0, 0, -10]),
        (0, 90, [0, 0, 10]),
    ],
)
def test_north_east_south_west_down_and_up(azimuth, dip, expected):
    np.testing.assert_allclose(at(one_hole((0, azimuth, dip)), 10.0)[0], expected, atol=1e-14)


def test_a_quarter_circle_by_hand():
    stations = one_hole((0, 0, -90), (100, 0, 0))
    radius = 200 / np.pi
    middle = [0, radius * (1 - np.sqrt(0.5)), -radius * np.sqrt(0.5)]
    np.testing.assert_allclose(at(stations, 50.0, 100.0), [middle, [0, radius, -radius]], atol=1e-12)


def test_the_hole_is_straight_above_the_first_and_below_the_last_record():
    stations = one_hole((20, 90, -60), (50, 90, -50), depth=80)
    assert stations["depth"].tolist() == [0, 20, 50, 80]
    np.testing.assert_allclose(at(stations, 10.0)[0], 10 * direction(90, -60), atol=1e-12)
    step = at(stations, 80.0, 95.0) - at(stations, 50.0)
    np.testing.assert_allclose(step, np.outer([30, 45], direction(90, -50)), atol=1e-12)


def test_stations_stand_at_collar_records_and_end_of_hole():
    collars = collar(A=30.0, B=np.nan).assign(easting=[5.0, 7.0], elevation=[1.0, 2.0])
    stations = desurvey(collars, pd.concat([survey((0, 0, -90), (30, 0, -90)), survey((10, 90, 0), hole="B")]))
    assert stations.columns.tolist() == [*KEYS, "easting", "northing", "elevation", "azimuth", "dip", "straight", "surveyed"]
    assert stations[KEYS].values.tolist() == [["A", 0], ["A", 30], ["B", 0], ["B", 10]]
    assert stations["surveyed"].tolist() == [True, True, False, True]
    np.testing.assert_allclose(stations[["easting", "elevation"]], [[5, 1], [5, -29], [7, 2], [17, 2]], atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_trajectories_agree_with_wellpathpy(shared_data, method):
    cases = json.loads((shared_data / "desurvey_refs" / "baselode_desurvey_reference.json").read_text())["trajectories"]
    for case in cases:
        records = [(item["depth"], item["azimuth"], item["dip"]) for item in case["surveys"]]
        expected = case["expected"][method]
        points = at(one_hole(*records, method=method), *(item["md"] for item in expected))
        answers = [[item["east"], item["north"], -item["tvd"]] for item in expected]
        np.testing.assert_allclose(points, answers, atol=1e-9, err_msg=case["name"])
    assert len(cases) == 4


# Tangents


def test_tangents_by_hand():
    # 100 m straight down, then level to the north: a whole leg down, or half down and half north.
    records = ((0, 0, -90), (100, 0, 0), (150, 0, 0))
    raw = one_hole(*records, depth=160, method="tangential")
    np.testing.assert_allclose(at(raw, 50.0, 100.0, 160.0), [[0, 0, -50], [0, 0, -100], [0, 60, -100]], atol=1e-12)
    balanced = one_hole(*records, depth=160, method="balanced_tangential")
    np.testing.assert_allclose(
        at(balanced, 40.0, 75.0, 100.0, 160.0), [[0, 0, -40], [0, 25, -50], [0, 50, -50], [0, 110, -50]], atol=1e-12
    )
    assert balanced["depth"].tolist() == [0, 50, 100, 125, 150, 155, 160]
    assert balanced.loc[balanced["surveyed"], "depth"].tolist() == [0, 100, 150]


@pytest.mark.parametrize("method", METHODS)
@given(st.lists(st.tuples(st.floats(1, 50), DIRECTIONS), min_size=1, max_size=5), st.floats(0, 1))
def test_along_the_hole_one_metre_of_depth_is_one_metre_of_path(method, legs, share):
    depths = np.cumsum([step for step, _ in legs])
    records = [(depth, *heading) for depth, (_, heading) in zip(depths, legs, strict=True)]
    try:
        stations = one_hole(*records, depth=depths[-1] + 20, method=method)
    except InputError:  # a leg that turns right back has no plane
        return
    fine = np.linspace(0, depths[-1] + 20, 2001)
    points = at(stations, *fine)
    assert np.linalg.norm(np.diff(points, axis=0), axis=1).max() <= (fine[1] - fine[0]) * (1 + 1e-9)
    assert np.linalg.norm(tangent(stations, ["A"], np.array([share * fine[-1]]))[0]) == pytest.approx(1.0, abs=1e-12)
    np.testing.assert_allclose(at(stations, depths[0]), [depths[0] * direction(*legs[0][1])], atol=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_all_methods_agree_on_a_straight_hole_and_meet_as_records_close_up(method):
    straight = one_hole((0, 40, -60), (50, 40, -60), depth=80, method=method)
    np.testing.assert_allclose(at(straight, 33.0, 80.0), np.outer([33, 80], direction(40, -60)), atol=1e-12)
    depths = np.linspace(0, 100, 2001)
    bent = one_hole(*((depth, 40 + depth / 10, -60 + depth / 20) for depth in depths), method=method)
    arcs = one_hole(*((depth, 40 + depth / 10, -60 + depth / 20) for depth in depths))
    np.testing.assert_allclose(at(bent, 100.0), at(arcs, 100.0), atol=0.01)


def test_an_unknown_method_is_refused():
    with pytest.raises(InputError, match="must be one of minimum_curvature, balanced_tangential, tangential"):
        one_hole((0, 0, -90), method="average")


# Intervals


def test_intervals_take_the_point_half_way_down_in_world_and_mine_grid():
    stations = one_hole((0, 0, -90), (100, 0, 0))
    frame = pd.DataFrame({"hole": ["A", "A"], "from": [40.0, 0.0], "to": [60.0, 10.0], "Sc": [1.0, 2.0]})
    grid = MineGrid(azimuth=35, easting=100, northing=-50, y=450)
    located = locate_intervals(frame, stations, grid)
    np.testing.assert_array_equal(located[["easting", "northing", "elevation"]], at(stations, 50.0, 5.0))
    x, y = to_local(grid, located["easting"], located["northing"])
    np.testing.assert_array_equal(located[["x", "y"]], np.column_stack([x, y]))
    assert located["z"].equals(located["elevation"].rename("z"))
    assert "x" not in frame and located["Sc"].tolist() == [1.0, 2.0]


def test_no_depth_has_no_place_and_no_rows_are_fine():
    stations = one_hole((0, 0, -90), (100, 0, 0))
    assert np.isnan(at(stations, np.nan, 5.0)).tolist() == [[True] * 3, [False] * 3]
    assert locate(stations, [], []).shape == (0, 3)
    assert desurvey(collar(), survey()).empty


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ([(0, 0, -90), (10, 0, -90), (10, 5, -80)], "hole A is surveyed twice at 10.0 m"),
        ([(-5, 0, -90)], "hole A is surveyed at a negative depth"),
        ([(0, 0, -90), (10, 0, 90)], r"hole A turns back on itself above 10.0 m; check azimuth and sign of the dip"),
        ([(0, np.nan, -90)], "hole A: one of depth, azimuth, dip is missing"),
    ],
)
def test_surveys_without_a_trajectory_are_refused(records, words):
    with pytest.raises(InputError, match=words):
        one_hole(*records)


def test_holes_must_stand_in_both_tables_once():
    with pytest.raises(InputError, match="hole B has no survey"):
        desurvey(collar(A=1.0, B=1.0), survey((0, 0, -90)))
    with pytest.raises(InputError, match="hole A has a survey but no collar"):
        desurvey(collar(), survey((0, 0, -90)))
    with pytest.raises(InputError, match="hole A has two collars"):
        desurvey(pd.concat([collar(A=1.0)] * 2), survey((0, 0, -90)))


def test_questions_without_answer_are_refused():
    stations = one_hole((0, 0, -90))
    with pytest.raises(InputError, match=r"hole Z has no stations \(1 such holes\)"):
        locate(stations, ["A", "Z"], np.array([1.0, 2.0]))
    with pytest.raises(InputError, match=r"depth -1.0 m of hole A lies above the collar"):
        at(stations, -1.0)
    with pytest.raises(InputError, match="of one length"):
        locate(stations, ["A"], np.array([1.0, 2.0]))
