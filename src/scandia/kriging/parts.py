"""Kriging of block parts: each domain from its own composites, and those of others that its boundaries let in."""

import numpy as np

from scandia.blockmodel.dataset import grid_of
from scandia.blockmodel.points import own_points
from scandia.errors import InputError
from scandia.kriging.choices import engine_options, informing, local_orientations
from scandia.kriging.estimation import estimate
from scandia.kriging.forecast import forecast
from scandia.vocabulary import CHECK_ESTIMATES, DIAGNOSTICS, DOMAIN, FRACTION, HOLE, LOCAL, OWN_POINTS, Reason

DIMS = (DOMAIN, "z", "y", "x")
COUNTS = ("samples", "holes", "pass", "reason")
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
    targets = {
        domain: _targets(parts, grid, number, domain, estimation, readings)
        for number, domain in enumerate(parts[DOMAIN].values.tolist())
        if domain in models
    }
    result = parts.drop_vars(OWN_POINTS, errors="ignore")
    for variable in estimation.variables:
        if variable not in composites:
            message = f"'{variable}' is to be estimated, but the composites have no such column, only {sorted(composites)}"
            raise InputError(message)
        columns = _empty_columns((parts.sizes[DOMAIN], *grid.shape))
        for number, domain in enumerate(parts[DOMAIN].values.tolist()):
            if domain in models:
                watched = {"threads": threads, "announce": announce, "watch": watch}
                _estimate_domain(columns, number, targets[domain], composites, (domain, variable), estimation, models, **watched)
        for name, column in columns.items():
            full = f"{variable}_{name}" if name else variable
            result[full] = (DIMS, column, _attributes(variable, name, units.get(variable)))
    return result


def _targets(parts, grid, number, domain, estimation, readings):
    """Grid and mask of a domain's parts, and what the engine is told of each: its orientation, its own points."""
    mask = parts[FRACTION].values[number] > 0
    centres = grid.centres()[mask.ravel()] if domain in estimation.orientations else None
    return (grid, mask), {
        "orientations": local_orientations(readings, estimation, domain, grid.mine_grid, centres),
        "inside": own_points(parts, number, mask, estimation.discretisation) if estimation.own_points else None,
    }


def _estimate_domain(columns, number, targets, composites, key, estimation, models, *, threads, announce, watch):
    """Nothing; writes the estimates of one domain and variable into the columns."""
    (domain, variable), ((grid, mask), of_targets) = key, targets
    used, _ = informing(composites, estimation, domain, variable)
    columns["reason"][number] = np.where(mask, Reason.NO_DOMAIN_SAMPLES, Reason.OUTSIDE)
    if used.empty or not mask.any():
        return
    if variable not in models[domain]:
        message = f"domain '{domain}' has no variogram model of '{variable}', only of {sorted(models[domain])}"
        raise InputError(message)
    options = engine_options(estimation, models[domain][variable], domain, variable, grid.mine_grid)
    restriction = options.pop("high_grade")
    options |= {"holes": used[HOLE].to_numpy(str), "discretisation": estimation.discretisation, "threads": threads}
    options |= {"power": estimation.inverse_distance_power}
    options |= {"high_grade": None if restriction is None else {variable: restriction}}
    samples, values = used[list(LOCAL)].to_numpy(float), {variable: used[variable].to_numpy(float)}
    try:
        if announce is not None:
            announce(f"{variable} in {domain}: {forecast(samples, values, (grid, mask), **options).sentence()}")
        progress = None if watch is None else watch(f"{variable} in {domain}")
        found = estimate(samples, values, (grid, mask), progress=progress, **options, **of_targets)
    except InputError as error:
        message = f"kriging of '{variable}' in domain '{domain}': {error}"
        raise InputError(message) from error
    for name, column in columns.items():
        source = name if name in DIAGNOSTICS else f"{variable}_{name}".removesuffix("_")
        column[number] = found[source].values


def _empty_columns(shape):
    columns = {name: np.full(shape, np.nan) for name in ("", *CHECK_ESTIMATES, *DIAGNOSTICS) if name not in COUNTS}
    columns |= {name: np.zeros(shape, dtype=np.int16) for name in COUNTS}
    columns["reason"] = np.full(shape, NOT_ASKED, dtype=np.int8)
    columns["pass"] = columns["pass"].astype(np.int8)
    return {name: columns[name] for name in ("", *CHECK_ESTIMATES, *DIAGNOSTICS)}


def _attributes(variable, name, unit):
    words = {"": "ordinary kriging estimate"} | CHECK_ESTIMATES | DIAGNOSTICS
    attributes = {"long_name": f"{variable}, {words[name]}", "units": "1"}
    if name == "" or name in CHECK_ESTIMATES or name in SQUARED:
        attributes["units"] = "unknown" if unit is None else f"({unit})2" if name in SQUARED else unit
    elif name in METRES:
        attributes["units"] = "m"
    if name == "reason":
        attributes["flag_values"] = np.array([NOT_ASKED, *Reason], dtype=np.int8)
        attributes["flag_meanings"] = " ".join(["not_asked", *(reason.name.lower() for reason in Reason)])
    return attributes
