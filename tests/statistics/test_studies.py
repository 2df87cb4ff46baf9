"""Contacts, outliers, trends, means and weights: hand-worked tables and laws."""

import numpy as np
import pandas as pd
import pytest

from scandia.geometry.minegrid import MineGrid
from scandia.statistics.contacts import contact_summary, contact_table
from scandia.statistics.declustering import along_cells, decluster
from scandia.statistics.means import domain_means
from scandia.statistics.outliers import cap_curve, metal_at_risk, outlier_table, probability_break
from scandia.statistics.settings import Cap, CellOrientation, Contacts, Declustering
from scandia.statistics.trends import trend_table
from scandia.statistics.weighting import kriging_weights, nearest_weights


def holes(jump, count=5):
    """Holes of 20 one-metre samples: ten of ``a`` at 1, ten of ``b`` at 1 + jump, and hole noise."""
    rows = []
    for hole in range(count):
        noise = 0.1 * (hole - 2)
        rows += [(f"H{hole}", k, k + 1.0, "a" if k < 10 else "b", 1.0 + noise * (k >= 10) + jump * (k >= 10)) for k in range(20)]
    frame = pd.DataFrame(rows, columns=["hole", "from", "to", "domain", "grade"])
    return frame.assign(length=1.0)


def test_the_contact_table_counts_both_sides_by_hand():
    table = contact_table(holes(2.0), ["grade"], Contacts(step=4.0, reach=8.0))
    assert table["distance_from"].tolist() == [-8.0, -4.0, 0.0, 4.0]
    assert table["n"].tolist() == [20, 20, 20, 20]
    assert table["holes"].tolist() == [5] * 4
    np.testing.assert_allclose(table["mean"], [1.0, 1.0, 3.0, 3.0])


def test_a_jump_is_read_by_holes_and_a_soft_boundary_over_it_is_contradicted():
    settings = Contacts(step=4.0, soft_reasons={"a": {"b": "None, it is a test."}})
    soft = {"a": {"b": 5.0}}
    clear = contact_summary(holes(2.0), ["grade"], settings, soft).iloc[0]
    assert clear["jump"] == pytest.approx(2.0)
    assert clear["error"] == pytest.approx(np.std([-0.2, -0.1, 0.0, 0.1, 0.2], ddof=1) / np.sqrt(5))
    assert (clear["reads_as"], clear["verdict"], clear["cited"]) == ("jump", "contradicted", "None, it is a test.")
    none = contact_summary(holes(0.0), ["grade"], settings, soft).iloc[0]
    assert (none["reads_as"], none["verdict"], none["boundary"]) == ("no jump seen", "", "soft: a takes b within 5 m")
    few = contact_summary(holes(2.0, count=2), ["grade"], settings).iloc[0]
    assert (few["reads_as"], few["boundary"]) == ("too few holes to tell", "hard")


def test_a_gap_in_the_log_is_no_contact():
    frame = holes(2.0).astype({"from": float, "to": float})
    frame.loc[frame["from"] >= 10, ["from", "to"]] += 0.5
    assert contact_table(frame, ["grade"], Contacts()).empty


def test_a_break_is_found_where_two_populations_meet_and_not_in_one():
    from scipy.special import ndtri

    smooth = np.exp(ndtri((np.arange(200) + 0.5) / 200))
    assert np.isnan(probability_break(smooth)[0])
    broken = smooth.copy()
    broken[-4:] *= 6.0
    grade, above = probability_break(broken)
    assert (grade, above) == (pytest.approx(smooth[-5]), 4)


def test_the_cap_at_risk_removes_the_metal_at_risk():
    random = np.random.default_rng(1)
    values, lengths = random.lognormal(0.0, 1.0, 120), random.uniform(0.5, 2.0, 120)
    names = np.array([f"H{number % 12}" for number in range(120)])
    risk, cap = metal_at_risk(values, lengths, names)
    assert 0.0 < risk < 0.5
    removed = 1 - (np.minimum(values, cap) * lengths).sum() / (values * lengths).sum()
    assert removed == pytest.approx(risk, abs=1e-9)
    order = random.permutation(120)
    assert metal_at_risk(values[order], lengths[order], names[order])[0] == pytest.approx(risk, rel=1e-12)


def composites(seed=0):
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(random.uniform(0.0, 100.0, (120, 3)), columns=["x", "y", "z"])
    frame = frame.assign(hole=[f"H{k % 10}" for k in range(120)], domain="a", length=2.0, weight=1.0, grade_coverage=1.0)
    frame["from"] = 2.0 * (np.arange(120) // 10)
    return frame.assign(to=frame["from"] + 2.0, grade=random.lognormal(0.0, 0.5, 120))


def test_outliers_are_those_above_the_cap_and_the_curve_falls():
    frame = composites()
    cap = Cap(value=2.0, reason="test", who="test")
    found = outlier_table(frame, ["grade"], {"a": {"grade": cap}})
    assert len(found) == (frame["grade"] > 2.0).sum()
    assert (found["grade"] > 2.0).all()
    assert outlier_table(frame.iloc[:1], ["grade"], {}).empty  # a single composite is its own quantile
    curve = cap_curve(frame, ["grade"])
    assert (curve["cv"].diff().dropna() >= -1e-12).all()
    assert (curve["metal_removed"].diff().dropna() <= 1e-12).all()
    assert curve["metal_removed"].iloc[-1] == pytest.approx(0.0)


def test_a_trend_has_its_slope_and_the_slices_their_means():
    frame = composites().assign(grade=lambda table: 3.0 + 0.02 * table["x"])
    table = trend_table(frame, ["grade"])
    along = table[table["axis"] == "x"]
    assert along["slope"].iloc[0] == pytest.approx(2.0)
    assert along["correlation"].iloc[0] == pytest.approx(1.0)
    assert along["n"].sum() == 120
    assert along["mean"].is_monotonic_increasing
    assert set(table["axis"]) == {"x", "y", "z", "depth"}
    sinking = trend_table(frame.assign(grade=3.0 - 0.1 * (frame["from"] + 1.0)), ["grade"]).query("axis == 'depth'")
    assert sinking["slope"].iloc[0] == pytest.approx(-10.0)


def test_the_error_of_a_mean_is_that_of_its_holes():
    frame = pd.DataFrame({"hole": ["A", "A", "B", "B", "C", "C"], "domain": "a", "length": 1.0, "weight": 1.0})
    frame = frame.assign(grade=[1.0, 1.0, 2.0, 2.0, 6.0, 6.0])
    row = domain_means(frame, ["grade"]).iloc[0]
    assert row["mean"] == pytest.approx(3.0)
    assert row["error"] == pytest.approx(np.std([1.0, 2.0, 6.0], ddof=1) / np.sqrt(3))  # equal holes: the plain standard error
    assert np.isnan(domain_means(frame[frame["hole"] == "A"], ["grade"])["error"].iloc[0])


@pytest.mark.parametrize("weigh", [nearest_weights, lambda places, size: kriging_weights(places, size, 0.05)])
def test_other_weights_sum_to_n_and_give_a_cluster_the_weight_of_one(weigh):
    alone = np.array([[0.0, 0.0, 0.0], [100.0, 0.0, 0.0], [200.0, 0.0, 0.0]])
    cluster = np.r_[alone[:2], alone[2] + np.array([[0.0, 0.2, 0.0], [0.0, -0.2, 0.0], [0.2, 0.0, 0.0], [-0.2, 0.0, 0.0]])]
    weights = weigh(cluster, np.full(3, 30.0))
    assert weights.sum() == pytest.approx(6.0)
    assert (weights >= 0).all()
    assert weights[0] == pytest.approx(weights[1], rel=0.05)
    assert weights[2:].sum() == pytest.approx(weights[0], rel=0.1)


def test_points_at_one_place_share_its_nodes():
    places = np.array([[0.0, 0.0, 0.0], [100.0, 0.0, 0.0], [100.0, 0.0, 0.0]])
    np.testing.assert_allclose(nearest_weights(places, np.full(3, 30.0)), [1.5, 0.75, 0.75])


def test_the_methods_stand_near_gslibs_declustered_mean_on_its_data(shared_data):
    data = np.loadtxt(shared_data / "bench_cluster" / "cluster.dat", skiprows=7)
    frame = pd.DataFrame({"x": data[:, 0], "y": data[:, 1], "z": 0.0, "grade": data[:, 2], "domain": "a", "grade_coverage": 1.0})
    frame = frame.assign(hole=[f"H{k}" for k in range(len(frame))], **{"from": 0.0, "to": 1.0})
    settings = Declustering(size=5.0, smallest=1.0, largest=25.0, sizes=25)
    _, scan, methods = decluster(frame, settings)
    means = methods.set_index("method")["mean"]
    assert means["none"] == pytest.approx(4.350, abs=5e-4)
    assert means["cells"] == pytest.approx(2.524, abs=5e-4)
    assert scan.loc[scan["used"], "mean"].iloc[0] == pytest.approx(means["cells"])
    truth = 2.580
    assert abs(means["nearest"] - truth) < 0.35
    assert abs(means["kriging"] - truth) < 0.6


def test_turned_cells_are_the_cells_of_turned_points():
    frame = composites()
    turned = CellOrientation(azimuth=35.0)
    settings = Declustering(size=20.0, ratios=(0.5, 1.0, 2.0), smallest=5.0, largest=40.0, sizes=3)
    plain = decluster(frame, settings)[0]
    angle = np.deg2rad(35.0)
    moved = frame.assign(
        x=np.cos(angle) * frame["x"] + np.sin(angle) * frame["y"], y=-np.sin(angle) * frame["x"] + np.cos(angle) * frame["y"]
    )
    options = Declustering(size=20.0, ratios=(0.5, 1.0, 2.0), smallest=5.0, largest=40.0, sizes=3, orientation=turned)
    back = along_cells(moved[["x", "y", "z"]].to_numpy(), turned)
    np.testing.assert_allclose(back, frame[["x", "y", "z"]].to_numpy(), atol=1e-9)
    np.testing.assert_allclose(decluster(moved, options)[0]["weight"], plain["weight"], rtol=1e-9)
    straight = decluster(frame, options, mine_grid=MineGrid(azimuth=35.0))[0]
    np.testing.assert_allclose(straight["weight"], plain["weight"], rtol=1e-9)  # the grid itself is turned as much
