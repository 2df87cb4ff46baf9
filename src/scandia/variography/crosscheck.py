"""GSTools' own fit of one structure to the same lags, as a second opinion on ours."""

import numpy as np

from scandia.errors import InputError
from scandia.variography.leastsquares import lag_weights
from scandia.variography.model import Structure, Variogram

MODELS = {"spherical": "Spherical", "exponential": "Exponential", "gaussian": "Gaussian", "cubic": "Cubic"}
RESCALE = {"exponential": 3.0, "gaussian": np.sqrt(3.0)}  # that make GSTools' length our practical range


def gstools_fit(case, ranges):
    """Variogram of a nugget and one structure that GSTools fits to all lags of a case; angles as the domain's settings say.

    Parameters
    ----------
    case : Case
        Curves, and settings of which the last kind is fitted.
    ranges : array (3,)
        Whose ratios, those of our own fit of one structure, bring all directions to the major axis.

    Raises
    ------
    InputError
        GSTools finds no fit.

    Notes
    -----
    GSTools fits one curve, or curves at the same distances along all axes, which drillholes do not give. So each lag is moved to
    the distance along the major axis at which the structure is the same, and GSTools fits nugget, sill and range to them all,
    with our weights: a check of the optimiser and of the nugget from the downhole lags, not of the anisotropy.

    References
    ----------
    GSTools.
    """
    import gstools  # heavy, and needed by nobody else here

    stretched = [
        curve.distance * float(np.sqrt(curve.directions**2 @ (ranges[0] / np.asarray(ranges)) ** 2.0) @ curve.shares)
        for curve in case.curves
    ]
    distance = np.concatenate(stretched)
    order = np.argsort(distance, kind="stable")
    gamma = np.concatenate([curve.gamma for curve in case.curves])[order] / case.variance
    weights = np.concatenate([lag_weights(curve, case.settings.weights) for curve in case.curves])[order]
    kind, farthest = case.settings.kinds[-1], float(distance.max())
    scaled = {"rescale": RESCALE[kind]} if kind in RESCALE else {}
    model = getattr(gstools, MODELS[kind])(dim=1, var=0.7, nugget=0.3, len_scale=0.4 * farthest, **scaled)
    model.set_arg_bounds(len_scale=[1e-3 * farthest, 3.0 * farthest, "cc"])
    try:
        model.fit_variogram(distance[order], gamma, weights=weights, init_guess="current")
    except (RuntimeError, ValueError) as error:
        message = f"GSTools found no fit: {error}"
        raise InputError(message) from None
    reach = [float(model.len_scale * length / ranges[0]) for length in ranges]
    angles = {angle: getattr(case.chosen, angle) for angle in ("azimuth", "dip", "rake")}
    structure = Structure(kind=kind, contribution=float(model.var * case.variance), ranges=tuple(reach), **angles)
    return Variogram(nugget=float(model.nugget * case.variance), structures=(structure,))
