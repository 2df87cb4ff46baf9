import numpy as np
import pytest

from scandia.synthetic.geometry import (
    AIR,
    DATUM,
    INTERNAL,
    NARROW,
    OLIVINE,
    OVERBURDEN,
    PYROXENE,
    centre,
    half_thickness,
    internal_waste_width,
    rock_codes,
)
from scandia.synthetic.ground import ground

BODY = (OLIVINE, PYROXENE, INTERNAL)


def straight_hole(x, y, z, dip, depth):
    depths = np.arange(0.05, depth, 0.1)
    slope = np.deg2rad(dip)
    return depths, rock_codes(np.column_stack([x - np.cos(slope) * depths, np.full(len(depths), y), z + np.sin(slope) * depths]))


def test_cl20038_meets_only_narrow_parallel_ferrosyenite():
    """Published: 2.6 and 3.6 m."""
    _, codes = straight_hole(689.7, 100.6, 522.0, -50.0, 143.08)
    assert not np.isin(codes, BODY).any()
    starts = np.flatnonzero(np.diff((codes == NARROW).astype(int)) == 1)
    ends = np.flatnonzero(np.diff((codes == NARROW).astype(int)) == -1)
    lengths = 0.1 * (ends - starts)
    assert len(lengths) == 3
    assert lengths[:2] == pytest.approx([2.6, 3.6], abs=0.2)


def test_the_body_turns_from_83_west_to_70_east():
    slopes = [np.rad2deg(np.arctan(centre(450.0, z - 0.5) - centre(450.0, z + 0.5))) for z in (DATUM, DATUM - 220.0)]
    assert slopes == pytest.approx([-7.0, 20.0], abs=0.1)


def test_the_body_is_55_to_135_m_thick_and_widens_downwards():
    y, z = np.meshgrid(np.arange(200.0, 471.0, 10.0), np.arange(320.0, 541.0, 10.0))
    thickness = 2.0 * half_thickness(y, z)
    assert 55.0 <= thickness.min() < 65.0
    assert 115.0 < thickness.max() <= 135.0
    assert (thickness[0] - thickness[-1] > 20.0).all()


def test_the_body_is_about_350_m_long_and_closed_at_both_ends():
    y = np.arange(100.0, 620.0, 1.0)
    inside = y[half_thickness(y, 450.0) > 1.0]
    assert 340.0 <= np.ptp(inside) <= 370.0
    assert (half_thickness(np.array([150.0, 550.0]), 450.0) == 0.0).all()


def test_the_body_is_open_below_200_m():
    assert half_thickness(350.0, 300.0) > 27.5


def test_internal_waste_is_7_to_16_m_wide():
    y, z = np.meshgrid(np.arange(175.0, 525.0, 2.0), np.arange(310.0, 540.0, 5.0))
    long_sheet, short_sheet = internal_waste_width(y, z)
    full = short_sheet[(y > 400.0) & (y < 530.0)]
    assert min(long_sheet.min(), full.min()) >= 7.0
    assert max(long_sheet.max(), full.max()) <= 16.0


def test_internal_waste_runs_through_all_fences():
    """A sheet that the fences can follow: present on every section inside the body."""
    for y in np.arange(190.0, 521.0, 10.0):
        x = np.arange(300.0, 500.0, 0.5)
        codes = rock_codes(np.column_stack([x, np.full(len(x), y), np.full(len(x), 450.0)]))
        assert (codes == INTERNAL).sum() * 0.5 > 6.0


def test_pyroxene_ferrosyenite_stands_in_the_south_and_at_depth():
    x, y, z = (
        part.ravel()
        for part in np.meshgrid(np.arange(300.0, 480.0, 4.0), np.arange(170.0, 530.0, 10.0), np.arange(320.0, 535.0, 5.0))
    )
    codes = rock_codes(np.column_stack([x, y, z]))
    where = codes == PYROXENE
    assert y[where].mean() < y[codes == OLIVINE].mean() - 80.0
    assert z[where].mean() < z[codes == OLIVINE].mean() - 20.0
    assert y[where].max() <= 380.0
    assert 0.10 < where.sum() / np.isin(codes, (OLIVINE, PYROXENE)).sum() < 0.25


def test_air_lies_above_the_ground_and_cover_below_it():
    x, y = np.array([380.0, 600.0]), np.array([400.0, 200.0])
    above = rock_codes(np.column_stack([x, y, ground(x, y) + 0.01]))
    below = rock_codes(np.column_stack([x, y, ground(x, y) - 0.01]))
    deep = rock_codes(np.column_stack([x, y, ground(x, y) - 6.01]))
    assert (above == AIR).all()
    assert (below == OVERBURDEN).all()
    assert (deep > OVERBURDEN).all()
