"""GSTools' models and ours say the same, there and back, and what they cannot both say is refused in words."""

import gstools
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gamma as gamma_function
from scipy.special import kv

from scandia.errors import InputError
from scandia.variography.covariance import gamma, matern_scale
from scandia.variography.gstools_models import from_gstools, to_gstools
from scandia.variography.model import Structure, Variogram

KINDS = ("spherical", "exponential", "gaussian", "cubic", "matern")
ANGLES = {"azimuth": st.floats(0, 360), "dip": st.floats(-90, 90), "rake": st.floats(-90, 90)}
STRUCTURES = st.builds(
    Structure, kind=st.sampled_from(KINDS), contribution=st.floats(0.01, 10), ranges=st.tuples(*[st.floats(1, 500)] * 3), **ANGLES
)
LAGS = st.lists(st.tuples(*[st.floats(-300, 300)] * 3), min_size=1, max_size=20).map(np.array)
MAKERS = (gstools.Spherical, gstools.Exponential, gstools.Gaussian, gstools.Cubic, gstools.Matern)


def theirs(model, lags):
    """GSTools' semivariance of lags; with the nugget also at a zero lag, which the tests therefore leave out."""
    lags = np.asarray(lags)[:, : model.dim]
    return model.variogram(np.linalg.norm(model.isometrize(lags.T), axis=0))


def random_lags(count=300, dim=3):
    lags = np.random.default_rng(0).normal(0, 60, (count, 3))
    lags[:, dim:] = 0.0
    return lags


def scaled(structure, kind, factor):
    ranges = tuple(factor * value for value in structure.ranges)
    angles = {"azimuth": structure.azimuth, "dip": structure.dip, "rake": structure.rake}
    return Structure(kind=kind, contribution=structure.contribution, ranges=ranges, **angles)


@given(STRUCTURES, LAGS, st.floats(0.0, 2.0))
def test_gstools_says_the_same_where_it_can_represent_the_model(structure, lags, nugget):
    factors = (("spherical", 0.5), ("gaussian", 3.0), ("cubic", 1.5), ("matern", 2.0))
    variogram = Variogram(nugget=nugget, structures=(structure, *(scaled(structure, kind, factor) for kind, factor in factors)))
    model = to_gstools(variogram)
    away = np.linalg.norm(lags, axis=1) > 1e-3
    np.testing.assert_allclose(gamma(variogram, lags)[away], theirs(model, lags)[away], rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("smoothness", [0.25, 0.5, 1.5, 4.0, 10.0])
def test_every_kind_is_equal_on_random_lags_there_and_back(kind, smoothness):
    keys = {"smoothness": smoothness} if kind == "matern" else {}
    angles = {"azimuth": 35.0, "dip": 60.0, "rake": 20.0}
    structure = Structure(kind=kind, contribution=2.0, ranges=(90.0, 40.0, 15.0), **angles, **keys)
    variogram = Variogram(nugget=0.3, structures=(structure,))
    lags, model = random_lags(), to_gstools(variogram)
    np.testing.assert_allclose(theirs(model, lags), gamma(variogram, lags), atol=1e-12)
    back = from_gstools(model)
    np.testing.assert_allclose(gamma(back, lags), gamma(variogram, lags), atol=1e-12)
    assert (back.nugget, back.structures[0].kind, back.structures[0].smoothness) == (0.3, kind, structure.smoothness)
    np.testing.assert_allclose(back.structures[0].ranges, structure.ranges, rtol=1e-14)


def test_the_matern_of_gstools_measures_by_the_root_of_nu():
    # by hand: argument sqrt(nu) s h / length; a Matern of length 20 and nu 2.5 falls to 5 % at k / sqrt(2.5) * 20
    model = gstools.Matern(dim=3, var=1.0, len_scale=20.0, nu=2.5, rescale=1.25)
    x = np.sqrt(2.5) * 1.25 * 30.0 / 20.0
    expected = 1.0 - 2.0**-1.5 / gamma_function(2.5) * x**2.5 * kv(2.5, x)
    assert model.variogram(30.0) == pytest.approx(expected, rel=1e-12)
    range_ = from_gstools(model).structures[0].ranges[0]
    assert range_ == pytest.approx(matern_scale(2.5) / np.sqrt(2.5) * 20.0 / 1.25, rel=1e-14)
    assert model.correlation(range_) == pytest.approx(np.exp(-3), rel=1e-12)


@given(st.sampled_from(MAKERS), st.tuples(*[st.floats(-7, 7)] * 3), st.floats(0.1, 3), st.floats(0.2, 4), st.floats(0, 1))
def test_a_model_made_in_gstools_is_equal_here(maker, angles, ratio, rescale, nugget):
    options = {"len_scale": 40.0, "anis": [ratio, 0.5], "angles": angles, "rescale": rescale}
    model = maker(dim=3, var=1.7, nugget=nugget, **options)
    lags = random_lags(50)
    np.testing.assert_allclose(gamma(from_gstools(model), lags), theirs(model, lags), atol=1e-12)


def test_a_sum_made_in_gstools_is_equal_here():
    options = {"anis": [0.5, 0.2], "angles": [0.4, -0.3, 1.1]}
    parts = [maker(dim=3, var=1.0 + k, len_scale=30.0 + 10 * k, **options) for k, maker in enumerate(MAKERS)]
    model = gstools.SumModel(*parts, nugget=0.4)
    found = from_gstools(model)
    assert [s.kind for s in found.structures] == list(KINDS)
    np.testing.assert_allclose(gamma(found, random_lags()), theirs(model, random_lags()), atol=1e-12)
    np.testing.assert_allclose(theirs(to_gstools(found), random_lags()), theirs(model, random_lags()), atol=1e-12)


@pytest.mark.parametrize(
    ("dim", "options", "other"),
    [
        (2, {"anis": 0.4, "angles": 0.7}, (25.0,)),
        (2, {}, (25.0,)),
        (1, {}, (30.0, 25.0)),
    ],
)
@pytest.mark.parametrize("maker", MAKERS)
def test_a_model_of_lower_dimension_lies_in_the_plane(maker, dim, options, other):
    model = maker(dim=dim, var=1.3, nugget=0.2, len_scale=50.0, **options)
    variogram = from_gstools(model, other_ranges=other)
    lags = random_lags(dim=dim)
    np.testing.assert_allclose(gamma(variogram, lags), theirs(model, lags), atol=1e-12)
    # the ranges given run along the axes that the model lacks
    structure = variogram.structures[0]
    assert structure.ranges[dim:] == other
    same = gamma(variogram, [[0.0, 0.0, other[-1]]])
    major = gamma(
        from_gstools(maker(dim=1, var=1.3, nugget=0.2, len_scale=50.0), other_ranges=(1.0, 1.0)), [[structure.ranges[0], 0, 0]]
    )
    np.testing.assert_allclose(same, major, rtol=1e-12)


@pytest.mark.parametrize("angles", [(0, 90, 90), (0, 0, 90), (0, 90, -90), (90, 90, 0), (35, 60, 0), (270, 90, 90)])
def test_gstools_gets_right_angles_right(angles):
    named = dict(zip(("azimuth", "dip", "rake"), map(float, angles), strict=True))
    variogram = Variogram(nugget=0.1, structures=(Structure(kind="spherical", contribution=1, ranges=(90, 40, 10), **named),))
    model = to_gstools(variogram)
    assert isinstance(model, gstools.CovModel)
    np.testing.assert_allclose(gamma(variogram, random_lags()), theirs(model, random_lags()), atol=1e-12)
    np.testing.assert_allclose(gamma(from_gstools(model), random_lags()), gamma(variogram, random_lags()), atol=1e-12)


def test_structures_of_one_shape_under_other_names_of_the_angles_have_a_sum():
    first = {"kind": "spherical", "contribution": 1.0, "ranges": (100.0, 50.0, 20.0), "azimuth": 20.0}
    turned = {
        "kind": "cubic",
        "contribution": 2.0,
        "ranges": (30.0, 60.0, 12.0),
        "azimuth": 290.0,
    }  # its semi-major is the longest
    round_ = [{"kind": "gaussian", "contribution": 1.0, "ranges": (50.0,) * 3, "azimuth": azimuth} for azimuth in (0.0, 77.0)]
    for pair in ((first, turned), round_):
        variogram = Variogram(nugget=0.2, structures=tuple(Structure(**keys) for keys in pair))
        np.testing.assert_allclose(theirs(to_gstools(variogram), random_lags()), gamma(variogram, random_lags()), atol=1e-12)


@pytest.mark.parametrize("change", [{"azimuth": 30.0}, {"ranges": (100.0, 60.0, 20.0)}])
def test_gstools_cannot_sum_structures_of_different_shape(change):
    first = {"kind": "spherical", "contribution": 1.0, "ranges": (100.0, 50.0, 20.0), "azimuth": 20.0}
    variogram = Variogram(nugget=0.0, structures=(Structure(**first), Structure(**(first | change))))
    with pytest.raises(InputError, match="GSTools cannot represent this variogram: its structures differ"):
        to_gstools(variogram)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"kind": "power", "exponent": 0.5}, r"unbounded structure \(power\), and GSTools has covariances only"),
        ({"kind": "linear"}, r"unbounded structure \(linear\)"),
        ({"kind": "matern", "smoothness": 0.1}, r"smoothness 0.1; GSTools takes 0.2 or more"),
    ],
)
def test_what_gstools_has_no_model_for_is_refused(keys, words):
    variogram = Variogram(nugget=0.0, structures=(Structure(contribution=1.0, ranges=(10.0, 10.0, 10.0), **keys),))
    with pytest.raises(InputError, match="GSTools cannot represent this variogram: .*" + words):
        to_gstools(variogram)


def test_sills_that_gstools_takes_for_nothing_are_refused():
    keys = {"kind": "spherical", "contribution": 2e-9}
    pair = [Structure(ranges=(length,) * 3, **(keys | more)) for length, more in ((10.0, {}), (90.0, {"contribution": 1e-9}))]
    with pytest.raises(InputError, match=r"sills add up to 3e-09; under 1e-08 .* Hint: take a smaller unit"):
        to_gstools(Variogram(nugget=0.0, structures=tuple(pair)))
    # the trap is real: the sum weighs the two alike
    models = [gstools.Spherical(dim=3, var=s.contribution, len_scale=s.ranges[0]) for s in pair]
    assert gstools.SumModel(*models).variogram(10.0) != pytest.approx(sum(m.variogram(10.0) for m in models), rel=1e-3)


@pytest.mark.parametrize(
    ("model", "other", "words"),
    [
        (lambda: gstools.Stable(dim=3), (), r"Stable has no equal here; it can be Spherical, .*Matern, or a sum"),
        (lambda: gstools.SumModel(gstools.Integral(dim=3), gstools.Cubic(dim=3)), (), "Integral has no equal here"),
        (lambda: gstools.Matern(dim=3, nu=12.0), (), r"nu = 12.0; a smoothness of at most 10 is allowed here. Hint"),
        (lambda: gstools.Spherical(latlon=True), (), "on the sphere, in time or of dimension"),
        (lambda: gstools.Exponential(temporal=True, spatial_dim=2), (), "on the sphere, in time or of dimension"),
        (lambda: gstools.Spherical(dim=2), (), r"other_ranges is \(\) for a model of dimension 2; it must hold 1 ranges"),
        (lambda: gstools.Spherical(dim=3), (5.0,), r"of dimension 3; it must hold 0 ranges"),
        (lambda: gstools.Spherical(dim=1), (5.0, 0.0), r"must hold 2 ranges above 0"),
    ],
)
def test_what_cannot_come_from_gstools_is_refused(model, other, words):
    with pytest.raises(InputError, match=words):
        from_gstools(model(), other_ranges=other)


def test_a_pure_nugget_goes_there_and_back():
    variogram = Variogram(nugget=0.7, structures=())
    assert from_gstools(to_gstools(variogram)) == variogram
