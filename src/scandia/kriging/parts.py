"""Kriging of block parts: each domain from its own composites, and those of others that its boundaries let in."""

import numpy as np

from scandia.blockmodel.dataset import grid_of
from scandia.blockmodel.points import own_points
from scandia.errors import InputError
from scandia.kriging.choices import known, local_orientations, make_domain_request
from scandia.kriging.columns import WHOLE, fill_columns
from scandia.kriging.forecast import forecast_request
from scandia.kriging.options import UNKRIGED
from scandia.vocabulary import CHECK_ESTIMATES, DIAGNOSTICS, DOMAIN, FRACTION, OWN_POINTS, Reason

DIMS = (DOMAIN, "z", "y", "x")
NOT_ASKED = -1  # reason of the parts of domains that have no model: nobody asked for an estimate
SQUARED = ("variance", "lagrange")
METRES = ("nearest_distance", "mean_distance")


def estimate_parts(parts, composites, estimation, models, *, readings=None, threads=1, units=None, announce=None, watch=None):
    """Dataset like ``parts`` with the kriged variables, diagnostics and check estimates of every estimated domain.

    Parameters
    ----------
    parts : xarray.Dataset
        ``fraction`` over ``(domain, z, y, x)``, and ``own_points`` where the estimation asks for them;
        `scandia.blockmodel.dataset.grid_of` gives its Grid. It is not edited.
    composites : DataFrame
        hole, domain, x, y, z (mine-grid m) and the variables; rows where a variable is missing are not used for it.
    estimation : Estimation
        Variables, searches (world azimuths), block support and policies.
    models : dict of str to dict of str to Variogram
        Domain to variable to model (world azimuths). Domains without a model are not estimated.
    readings : dict of str to DataFrame, optional
        Domain to its structural readings, as `scandia.kriging.choices.local_orientations` takes them.
    threads : int
        Workers; the numbers do not depend on it.
    units : dict of str to str, optional
        Variable to unit; otherwise ``composites.attrs["units"]`` is asked.
    announce : callable, optional
        Called with a sentence on the expected time and memory before each domain and variable.
    watch : callable, optional
        Called with a label; what it returns is called as ``progress(done, count)`` from time to time.

    Returns
    -------
    xarray.Dataset
        For each variable v: ``v``, ``v_nearest``, ``v_inverse_distance`` and ``v_<diagnostic>`` over ``(domain, z, y, x)``.
        ``v_reason`` says why a part has no estimate: codes of `scandia.vocabulary.Reason`, -1 where the domain has no model.

    Raises
    ------
    InputError
        A variable without column or model, readings or own points that are asked for and missing, or composites that cannot be
        kriged; the message names domain and variable.
    """
    grid = grid_of(parts)
    units = composites.attrs.get("units", {}) if units is None else units
    domains = parts[DOMAIN].values.tolist()
    targets = {name: targets_of(parts, grid, name, estimation, readings) for name in domains if name in models}
    result = parts.drop_vars(OWN_POINTS, errors="ignore")
    for variable in estimation.variables:
        if variable not in composites:
            message = f"'{variable}' is to be estimated, but the composites have no such column, only {sorted(composites)}"
            raise InputError(message)
        columns = _empty_columns((len(domains), *grid.shape))
        for number, domain in enumerate(domains):
            if domain in models:
                own = {name: column[number] for name, column in columns.items()}
                watched = {"threads": threads, "announce": announce, "watch": watch}
                _estimate_domain(own, result, targets[domain], composites, (domain, variable), estimation, models, **watched)
        for name, column in columns.items():
            full = f"{variable}_{name}" if name else variable
            result[full] = (DIMS, column, _attributes(variable, name, units.get(variable), estimation.methods(variable, targets)))
    return result


def targets_of(parts, grid, domain, estimation, readings):
    """Mask ``(z, y, x)`` of a domain's parts, and what the engine is told of each, dict: its orientation, its own points."""
    number = parts[DOMAIN].values.tolist().index(domain)
    mask = parts[FRACTION].values[number] > 0
    centres = grid.centres(np.flatnonzero(mask)) if domain in estimation.orientations else None
    return mask, {
        "orientations": local_orientations(readings, estimation, domain, grid.mine_grid, centres),
        "inside": own_points(parts, number, mask, estimation.discretisation) if estimation.own_points else None,
    }


def drift_at(parts, domain, estimator):
    """Variables of an external drift in the blocks of a domain, dict of name to ``(z, y, x)``; and where all are known."""
    drift = {name: parts[name].sel({DOMAIN: domain}).values for name in estimator.drift}
    return drift, np.all([np.isfinite(column) for column in drift.values()], axis=0) if drift else None


def check_model(composites, models, domain, variable, estimator):
    """Nothing; an InputError where a domain with samples has no variogram model of the variable, and its estimator needs one."""
    has_samples = (composites[DOMAIN] == domain).any()
    if estimator.method not in UNKRIGED and has_samples and variable not in models[domain]:
        message = f"domain '{domain}' has no variogram model of '{variable}', only of {sorted(models[domain])}"
        raise InputError(message)


def _estimate_domain(columns, parts, targets, composites, key, estimation, models, *, threads, announce, watch):
    """Nothing; writes the estimates of one domain and variable into the columns ``(z, y, x)``."""
    (domain, variable), (mask, of_targets), grid = key, targets, grid_of(parts)
    estimator = estimation.estimator_of(domain, variable)
    used = known(composites, variable, estimator)
    columns["reason"][...] = np.where(mask, Reason.NO_DOMAIN_SAMPLES, Reason.OUTSIDE)
    if not (used[DOMAIN] == domain).any() or not mask.any():
        return
    drift, driven = drift_at(parts, domain, estimator)
    if driven is not None:
        columns["reason"][mask & ~driven] = Reason.NO_DRIFT
        of_targets = {name: None if rows is None else rows[driven[mask]] for name, rows in of_targets.items()}
        mask = mask & driven
    check_model(used, models, domain, variable, estimator)
    of_targets = of_targets | {"drift": {name: column[mask] for name, column in drift.items()}}
    try:
        request = make_domain_request(
            *(used, estimation, models, domain, variable, grid.mine_grid, (grid, mask)),
            discretisation=estimation.discretisation,
            **of_targets,
        )
        if announce is not None:
            announce(f"{variable} in {domain}: {forecast_request(request, threads=threads).sentence()}")
        progress = None if watch is None else watch(f"{variable} in {domain}")
        named = {full: columns[name].reshape(-1) for name, full in _names(variable).items()}
        fill_columns(request, named, threads=threads, progress=progress)
    except InputError as error:
        message = f"kriging of '{variable}' in domain '{domain}': {error}"
        raise InputError(message) from error


def _names(variable):
    """Columns of the parts to those of the engine."""
    checks = {name: f"{variable}_{name}" for name in CHECK_ESTIMATES}
    return {"": variable} | checks | {name: name for name in DIAGNOSTICS}


def _empty_columns(shape):
    columns = {name: np.full(shape, np.nan) for name in ("", *CHECK_ESTIMATES, *DIAGNOSTICS) if name not in WHOLE}
    columns |= {name: np.zeros(shape, dtype=np.int16) for name in WHOLE}
    columns["reason"] = np.full(shape, NOT_ASKED, dtype=np.int8)
    columns["pass"] = columns["pass"].astype(np.int8)
    return {name: columns[name] for name in ("", *CHECK_ESTIMATES, *DIAGNOSTICS)}


def _attributes(variable, name, unit, method):
    words = {"": f"{method} estimate"} | CHECK_ESTIMATES | DIAGNOSTICS
    attributes = {"long_name": f"{variable}, {words[name]}", "units": "1"}
    if name == "" or name in CHECK_ESTIMATES or name in SQUARED:
        attributes["units"] = "unknown" if unit is None else f"({unit})2" if name in SQUARED else unit
    elif name in METRES:
        attributes["units"] = "m"
    if name == "reason":
        attributes["flag_values"] = np.array([NOT_ASKED, *Reason], dtype=np.int8)
        attributes["flag_meanings"] = " ".join(["not_asked", *(reason.name.lower() for reason in Reason)])
    return attributes
