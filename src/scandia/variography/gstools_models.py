"""Variograms as GSTools covariance models and back, where the two can say the same."""

import numpy as np

from scandia.errors import InputError
from scandia.geometry import angles
from scandia.geometry.anisotropy import isotropic_frame
from scandia.variography.covariance import EXPONENT, matern_scale
from scandia.variography.model import Structure, Variogram

KINDS = {"spherical": "Spherical", "exponential": "Exponential", "gaussian": "Gaussian", "cubic": "Cubic", "matern": "Matern"}
SMOOTHEST, ROUGHEST = 10.0, 0.2  # Matern models: the largest smoothness that we take, the smallest that GSTools takes
ALMOST_NOTHING = 1e-8  # total sill that GSTools' sums take for 0, weighing their models alike


def to_gstools(variogram):
    """GSTools covariance model (a 3-D ``SumModel``) equal to ``variogram``.

    Raises
    ------
    InputError
        The structures differ in orientation or in the ratios of their ranges (a sum of GSTools models has one anisotropy); or
        one is unbounded (GSTools has covariances only); or a Matérn is rougher than 0.2; or the sills are under 1e-8.

    Notes
    -----
    GSTools measures distance by ``s h / length``, with a rescale factor ``s`` of its own for every model: 3 for the exponential,
    sqrt(3) for the Gaussian and ``k / sqrt(nu)`` for the Matérn, whose argument there is ``sqrt(nu) s h / length``, make the
    length our practical range. GSTools returns ``variogram(0) = nugget`` in some of its methods; ours is 0 there by law.

    References
    ----------
    GSTools.
    """
    import gstools  # heavy, and needed by nobody else here

    _require_representable(variogram)
    models = []
    for structure, ranges in zip(variogram.structures, _common_ranges(variogram.structures), strict=True):
        first = variogram.structures[0]
        options = {"angles": angles.to_gstools(first.azimuth, first.dip, first.rake), "rescale": _rescale(structure)}
        if structure.kind == "matern":
            options["nu"] = structure.smoothness
        maker = getattr(gstools, KINDS[structure.kind])
        models.append(maker(dim=3, var=structure.contribution, len_scale=ranges, **options))
    return gstools.SumModel(*models, nugget=variogram.nugget)


def from_gstools(model, *, other_ranges=()):
    """Variogram equal to a GSTools covariance model, single or a sum.

    Parameters
    ----------
    model : gstools.CovModel
        Spherical, Exponential, Gaussian, Cubic or Matern, or a ``SumModel`` of them, of dimension 1 to 3, with any nugget,
        anisotropy, angles and rescale factor.
    other_ranges : tuple of float
        Ranges, m, along the axes that a model of lower dimension lacks: none in 3-D, the third in 2-D, the second and third
        in 1-D. They hold for every structure.

    Raises
    ------
    InputError
        The model is of another kind, on the sphere or in time, or ``other_ranges`` does not complete its dimension.

    Notes
    -----
    The inverse of `to_gstools`. A model of lower dimension lies in the plane x, y or along x; its angle is about z.

    References
    ----------
    GSTools.
    """
    import gstools

    summed = isinstance(model, gstools.SumModel)
    _require_plain(model, other_ranges)
    yaw, pitch, roll = np.pad(np.asarray(model.angles, dtype=float), (0, 3 - len(model.angles)))
    azimuth, dip, rake = angles.from_gstools(yaw, pitch, roll)
    ratios = np.concatenate([[1.0], np.asarray(model.anis, dtype=float)])
    structures = []
    for part in model.models if summed else [model]:
        shape = _shape_of(part)
        reach = _practical(**shape) * part.len_rescaled
        ranges = (*(float(reach * ratio) for ratio in ratios), *map(float, other_ranges))
        named = {"azimuth": azimuth, "dip": dip, "rake": rake, "ranges": ranges}
        structures.append(Structure(contribution=float(part.var), **shape, **named))
    return Variogram(nugget=float(model.nugget), structures=tuple(structures))


def _practical(kind, smoothness=None):
    """Our range as a multiple of the length, already divided by the rescale factor, in GSTools' formula of a kind."""
    if kind == "matern":
        return matern_scale(smoothness) / np.sqrt(smoothness)
    return {"exponential": EXPONENT, "gaussian": np.sqrt(EXPONENT)}.get(kind, 1.0)


def _rescale(structure):
    return _practical(structure.kind, structure.smoothness)


def _shape_of(part):
    """Kind, and smoothness of a Matérn, of a single GSTools model."""
    kind = {name: kind for kind, name in KINDS.items()}.get(type(part).__name__)
    if kind is None:
        message = f"GSTools' model {part.name} has no equal here; it can be {', '.join(KINDS.values())}, or a sum of these"
        raise InputError(message)
    if kind != "matern":
        return {"kind": kind}
    if part.nu > SMOOTHEST:
        message = (
            f"GSTools' Matern has nu = {part.nu}; a smoothness of at most {SMOOTHEST:g} is allowed here. Hint: a "
            "Gaussian model is its limit"
        )
        raise InputError(message)
    return {"kind": kind, "smoothness": float(part.nu)}


def _require_plain(model, other_ranges):
    if model.latlon or model.temporal or model.dim > 3:
        message = (
            f"GSTools' model {model.name} is on the sphere, in time or of dimension {model.dim}; it must be in 1-D to 3-D space"
        )
        raise InputError(message)
    if len(other_ranges) != 3 - model.dim or any(not length > 0.0 for length in other_ranges):
        message = (
            f"other_ranges is {tuple(other_ranges)} for a model of dimension {model.dim}; it must hold {3 - model.dim} ranges "
            "above 0, along the axes that the model lacks"
        )
        raise InputError(message)


def _require_representable(variogram):
    fault = None
    for structure in variogram.structures:
        if not structure.bounded:
            fault = f"it has an unbounded structure ({structure.kind}), and GSTools has covariances only", "use our own gamma"
        elif structure.kind == "matern" and structure.smoothness < ROUGHEST:
            fault = (
                f"its Matérn structure has smoothness {structure.smoothness}; GSTools takes {ROUGHEST:g} or more",
                "smooth it, or use ours",
            )
    total = sum(structure.contribution for structure in variogram.structures)
    if fault is None and len(variogram.structures) > 1 and total <= ALMOST_NOTHING:
        fault = (
            f"its sills add up to {total:g}; under {ALMOST_NOTHING:g} GSTools weighs all models alike",
            "take a smaller unit of grade",
        )
    if fault is not None:
        message = f"GSTools cannot represent this variogram: {fault[0]}. Hint: {fault[1]}"
        raise InputError(message)


def _common_ranges(structures):
    """Ranges of the structures along the axes of the first, which all of them must share up to a factor."""
    shapes, found = [], []
    for structure in structures:
        frame = isotropic_frame(structure.azimuth, structure.dip, structure.rake, structure.ranges)
        mean = float(np.prod(structure.ranges)) ** (1.0 / 3.0)
        shapes.append(mean**2 * frame.T @ frame)
        found.append([mean * length / float(np.prod(structures[0].ranges)) ** (1.0 / 3.0) for length in structures[0].ranges])
    if any(not np.allclose(shape, shapes[0], rtol=1e-9, atol=1e-9) for shape in shapes):
        message = (
            "GSTools cannot represent this variogram: its structures differ in orientation or in the ratios of their ranges, "
            "and a sum of GSTools models has one anisotropy. Hint: give all structures the same angles and ratios"
        )
        raise InputError(message)
    return found
