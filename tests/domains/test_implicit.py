"""The solid between the holes: it honours the log, turns with its data, and knows where it ends."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from scandia.domains.flag import code_intervals
from scandia.domains.implicit import contact_misfit, fit_solid
from scandia.domains.settings import Domains
from scandia.drillholes.desurvey import desurvey
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid, to_local, to_world


@pytest.fixture(scope="module")
def solid(body, drilled):
    stations, intervals = drilled
    return fit_solid(intervals, stations, body.domains, body.mine_grid)


def implicit(domains, **changes):
    return Domains(domains=domains.domains, implicit=replace(domains.implicit, **changes), subcells=domains.subcells)


def probes(count=600, seed=1):
    low, high = (-80, 110, -220), (90, 440, -20)
    return np.random.default_rng(seed).uniform(low, high, (count, 3))


def test_the_log_is_reproduced(solid, drilled):
    table = contact_misfit(solid, drilled[1])
    assert table["domain"].tolist() == ["outside", "rim", "core", "all"]
    assert table["length"].iloc[:3].sum() == pytest.approx(drilled[1]["length"].sum())
    assert (table["share"] > 0.97).all()


def test_local_neighbourhoods_reproduce_the_log_too(body, drilled):
    stations, intervals = drilled
    solid = fit_solid(intervals, stations, implicit(body.domains, all_points=0, neighbours=60), body.mine_grid)
    assert (contact_misfit(solid, intervals, step=5.0)["share"] > 0.97).all()


def test_fields_are_exact_at_the_contact_points(solid):
    np.testing.assert_allclose(solid.fields(solid.points), solid.values, atol=1e-4)


def test_the_body_between_the_holes_is_the_true_one_within_a_few_percent(body, solid):
    points = probes(3000)
    found, true = solid.domain_codes(points), body.codes(points)
    known = found >= 0
    assert known.mean() > 0.9
    assert (found[known] == true[known]).mean() > 0.94
    for code in (1, 2):
        assert (found[known] == code).sum() == pytest.approx((true[known] == code).sum(), rel=0.08)


def test_ground_beyond_the_reach_is_unassigned(body, solid):
    points = np.array([[0.0, 275.0, -100.0], [0.0, 275.0, -600.0], [1000.0, 275.0, -100.0]])
    assert solid.domain_codes(points).tolist()[1:] == [-1, -1]
    assert solid.domain_codes(points)[0] == body.codes(points)[0]
    distance = solid.distance(probes())
    np.testing.assert_array_equal(solid.domain_codes(probes()) == -1, distance > body.domains.implicit.reach)


def test_turning_the_mine_grid_turns_the_solid_with_it(body, drilled, solid):
    stations, intervals = drilled
    turned = fit_solid(intervals, stations, body.domains, replace(body.mine_grid, azimuth=-20.0))
    points = probes()
    world = to_world(body.mine_grid, points[:, 0], points[:, 1])
    again = np.column_stack([*to_local(turned.mine_grid, *world), points[:, 2]])
    np.testing.assert_allclose(turned.fields(again), solid.fields(points), atol=1e-4)


def test_row_order_does_not_change_a_bit(body, drilled, solid):
    stations, intervals = drilled
    mixed = fit_solid(
        intervals.sample(frac=1, random_state=3), stations.sample(frac=1, random_state=4), body.domains, body.mine_grid
    )
    np.testing.assert_array_equal(mixed.points, solid.points)
    np.testing.assert_array_equal(mixed.fields(probes()), solid.fields(probes()))


def test_chunks_do_not_change_the_codes(monkeypatch, solid):
    expected = solid.domain_codes(probes())
    monkeypatch.setattr("scandia.domains.implicit.CHUNK", 37)
    np.testing.assert_array_equal(solid.domain_codes(probes()), expected)


def test_a_plane_contact_between_two_holes_is_a_plane(body):
    collar = pd.DataFrame(
        {"hole": ["A", "B", "C", "D"], "easting": [0.0, 40, 0, 40], "northing": [0.0, 0, 40, 40], "elevation": 0.0, "depth": 60.0}
    )
    survey = collar.assign(depth=0.0, azimuth=0.0, dip=-90.0)[["hole", "depth", "azimuth", "dip"]]
    depth = np.array([20.0, 30.0, 20.0, 30.0])  # the contact sinks 10 m over 40 m towards the east
    top = collar.assign(**{"from": 0.0, "to": depth, "lithology": "SYE"})
    bottom = collar.assign(**{"from": depth, "to": 60.0, "lithology": "PFS"})
    stations = desurvey(collar, survey)
    intervals = code_intervals(None, pd.concat([top, bottom]), collar, body.domains, [])
    solid = fit_solid(intervals, stations, implicit(body.domains, ratios=(1.0, 1.0, 1.0)), MineGrid())
    above = solid.domain_codes([[20.0, 20.0, -24.0], [10.0, 20.0, -21.0], [30.0, 20.0, -26.0]])
    below = solid.domain_codes([[20.0, 20.0, -26.0], [10.0, 20.0, -24.0], [30.0, 20.0, -29.0]])
    assert above.tolist() == [0, 0, 0]
    assert below.tolist() == [2, 2, 2]


def test_continuity_runs_along_the_major_axis(body):
    """One hole through a seam: with the long axis to the east the seam reaches out east, not north."""
    collar = pd.DataFrame(
        {"hole": ["A", "E", "N"], "easting": [0.0, 60, 0], "northing": [0.0, 0, 60], "elevation": 0.0, "depth": 60.0}
    )
    survey = collar.assign(depth=0.0, azimuth=0.0, dip=-90.0)[["hole", "depth", "azimuth", "dip"]]
    log = pd.DataFrame(
        [
            ("A", 0.0, 20.0, "SYE"),
            ("A", 20.0, 40.0, "PFS"),
            ("A", 40.0, 60.0, "SYE"),
            ("E", 0.0, 60.0, "SYE"),
            ("N", 0.0, 60.0, "SYE"),
        ],
        columns=["hole", "from", "to", "lithology"],
    )
    stations = desurvey(collar, survey)
    intervals = code_intervals(None, log, collar, body.domains, [])
    settings = implicit(body.domains, azimuth=90.0, dip=0.0, rake=0.0, ratios=(4.0, 1.0, 1.0))
    solid = fit_solid(intervals, stations, settings, MineGrid())
    along = np.arange(0.0, 60.0, 0.5)
    east = (solid.domain_codes(np.column_stack([along, 0 * along, 0 * along - 30])) == 2).sum()
    north = (solid.domain_codes(np.column_stack([0 * along, along, 0 * along - 30])) == 2).sum()
    assert east > 1.2 * north


def test_holes_that_share_their_collar_make_no_singular_system(body, drilled):
    stations, intervals = drilled
    twin = [frame[frame["hole"] == "H05"].assign(hole="H05W") for frame in drilled]
    solid = fit_solid(pd.concat([intervals, twin[1]]), pd.concat([stations, twin[0]]), body.domains, body.mine_grid)
    plain = fit_solid(intervals, stations, body.domains, body.mine_grid)
    np.testing.assert_allclose(solid.fields(probes()), plain.fields(probes()), atol=1e-4)


def test_a_kernel_that_cannot_be_solved_is_refused(body, drilled):
    stations, intervals = drilled
    one = intervals[intervals["hole"] == "H05"]
    straight = stations[stations["hole"] == "H05"].iloc[:1]
    with pytest.raises(InputError, match=r"cubic kernel cannot be solved on .* all in one line or plane; take the linear kernel"):
        fit_solid(one, straight, implicit(body.domains, kernel="cubic"), body.mine_grid)
    with pytest.raises(InputError, match="used 60 at a time"):
        fit_solid(intervals, stations, implicit(body.domains, kernel="cubic", all_points=100), body.mine_grid)
    assert len(fit_solid(one, straight, body.domains, body.mine_grid).points) > 50


def test_the_cubic_kernel_reproduces_the_log(body, drilled):
    solid = fit_solid(drilled[1], drilled[0], implicit(body.domains, kernel="cubic"), body.mine_grid)
    assert (contact_misfit(solid, drilled[1])["share"] > 0.97).all()


def test_a_dilated_solid_moves_its_contact_with_the_host_by_the_offset_and_no_other(body, drilled):
    """Along a row of points across the body: contacts with the host lie farther out, core and rim part where they did."""
    stations, intervals = drilled
    across = np.arange(-80.0, 80.0, 0.1)
    points = np.column_stack([across, np.full(across.size, 275.0), np.full(across.size, -100.0)])
    ends = {}
    for offset in (-3.0, 0.0, 3.0):
        codes = fit_solid(intervals, stations, implicit(body.domains, offset=offset), body.mine_grid).domain_codes(points)
        inside, core = across[codes > 0], across[codes == 2]
        ends[offset] = np.array([inside.min(), inside.max(), core.min(), core.max()])
    np.testing.assert_allclose(ends[0.0][:2] - ends[-3.0][:2], [-3.0, 3.0], atol=1.0)
    np.testing.assert_allclose(ends[3.0][:2] - ends[0.0][:2], [-3.0, 3.0], atol=1.0)
    np.testing.assert_array_equal(ends[3.0][2:], ends[-3.0][2:])
