import numpy as np
import pytest

from scandia.domains.settings import Domain
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid
from scandia.synthetic.deposit import draw_deposit, point_grades
from scandia.synthetic.geometry import OLIVINE, rock_codes
from scandia.synthetic.settings import Synthetic
from scandia.synthetic.truth import GRADES, fine_grid, truth_parts

COARSE = ((300.0, 260.0, 400.0), (40.0, 60.0, 40.0), (4, 3, 4))
FINE = ((300.0, 260.0, 400.0), (20.0, 30.0, 20.0), (8, 6, 8))


@pytest.fixture(scope="module")
def truth(tg, empty_parts):
    return truth_parts(empty_parts(*COARSE), tg, points=(4, 4, 4))


def totals(truth, name):
    return np.nansum(truth["tonnage"].values * truth[name].values, axis=(1, 2, 3))


def test_small_blocks_hold_the_same_rock_and_metal_as_the_large_ones_that_they_make(tg, empty_parts, truth):
    """Half the block, half the points: the truth is read at the same places, so nothing may change."""
    fine = truth_parts(empty_parts(*FINE), tg, points=(2, 2, 2))
    np.testing.assert_allclose(fine["tonnage"].sum(["z", "y", "x"]), truth["tonnage"].sum(["z", "y", "x"]), rtol=1e-10)
    for name in GRADES:
        np.testing.assert_allclose(totals(fine, name), totals(truth, name), rtol=1e-10)


def test_parts_fill_no_more_than_the_ground(truth):
    assert (truth["fraction"].values >= 0.0).all()
    assert (truth["fraction"].sum("domain") <= truth["ground"] + 1e-12).all()
    assert truth["ground"].max() == 1.0
    assert 0.0 < truth["ground"].min() < 1.0


def test_tonnage_is_volume_times_density(truth):
    volume = 40.0 * 60.0 * 40.0
    expected = (truth["fraction"] * volume * truth["density"]).fillna(0.0)
    np.testing.assert_allclose(truth["tonnage"], expected, rtol=1e-12)


def test_values_are_missing_exactly_where_a_domain_is(truth):
    for name in ("density", "sc2o3", "treo_y"):
        assert (np.isfinite(truth[name]) == (truth["fraction"] > 0.0)).all()


def test_one_point_a_block_is_the_point_itself(tg, empty_parts):
    parts = empty_parts((380.0, 440.0, 440.0), (2.0, 2.0, 2.0), (8, 2, 2))
    truth = truth_parts(parts, tg, points=(1, 1, 1))
    z, y, x = np.meshgrid(truth["z"], truth["y"], truth["x"], indexing="ij")
    points = np.column_stack([x.ravel(), y.ravel(), z.ravel()])
    codes = rock_codes(points)
    expected = np.where(codes == OLIVINE, point_grades(draw_deposit(tg.seed), points, codes)[:, 0], np.nan)
    np.testing.assert_allclose(truth["sc2o3"].sel(domain="olivine").values.ravel(), expected, rtol=1e-12)
    assert np.isfinite(expected).any()


def test_sums_are_the_sums_of_their_parts(truth):
    rare_earths = [name for name in GRADES if name not in ("sc2o3", "treo_y", "magnet_reo")]
    assert len(rare_earths) == 15
    np.testing.assert_allclose(truth["treo_y"], sum(truth[name] for name in rare_earths), rtol=1e-10)
    magnet = truth["nd2o3"] + truth["pr2o3"] + truth["dy2o3"] + truth["tb2o3"]
    np.testing.assert_allclose(truth["magnet_reo"], magnet, rtol=1e-10)


def test_the_truth_says_synthetic_and_keeps_the_grid(tg, empty_parts, truth):
    assert "not real data" in truth.attrs["SYNTHETIC"]
    assert "SYNTHETIC" in truth.attrs["title"]
    assert truth["sc2o3"].dims == ("domain", "z", "y", "x")
    assert truth["sc2o3"].attrs["units"] == "g/t"
    assert (truth["easting"] == empty_parts(*COARSE)["easting"]).all()


def test_the_whole_body_has_about_the_published_tonnage(tg, empty_parts):
    """Published 2021: 20.5 Mt; one point per 10 m cube is enough for 5 %."""
    parts = empty_parts((280.0, 140.0, 310.0), (10.0, 20.0, 10.0), (21, 21, 25))
    truth = truth_parts(parts, tg, points=(1, 1, 1))
    tonnage = truth["tonnage"].sum(["z", "y", "x"]) / 1e6
    ore = tonnage.sel(domain=["olivine", "pyroxene"])
    assert 17.0 < float(ore.sum()) < 22.0
    grade = float((truth["sc2o3"] * truth["tonnage"]).sel(domain=["olivine", "pyroxene"]).sum()) / float(ore.sum()) / 1e6
    assert 260.0 <= grade <= 285.0
    assert (truth["fraction"].isel(x=[0, -1]) == 0.0).all()
    assert (truth["fraction"].isel(y=[0, -1]) == 0.0).all()


def test_a_domain_that_the_deposit_does_not_know_is_refused(tg, empty_parts):
    parts = empty_parts(*COARSE, named={"gold": Domain(code=1, label="Gold", lithology=())})
    with pytest.raises(InputError, match="no domain 'gold'; it has olivine, pyroxene, internal_waste"):
        truth_parts(parts, tg)


def test_another_mine_grid_is_refused(tg, empty_parts):
    with pytest.raises(InputError, match="drawn in"):
        truth_parts(empty_parts(*COARSE, mine_grid=MineGrid(azimuth=10.0)), tg)


def test_the_fine_grid_holds_rock_grade_and_density():
    truth = fine_grid(Synthetic(generator="tiny", seed=2039), spacing=20.0)
    assert truth["sc2o3"].dims == ("z", "y", "x")
    assert np.isnan(truth["sc2o3"].values[truth["rock"].values <= 1]).all()
    assert np.isfinite(truth["density"].values[truth["rock"].values > 1]).all()
    inside = truth["domain_code"].values == 1
    assert 200.0 < truth["sc2o3"].values[inside].mean() < 320.0
    assert "SYNTHETIC" in truth.attrs
