"""Variogram models of the estimated domains: fitted, given or borrowed, each held against the experiment."""

from dataclasses import replace

import numpy as np
import pandas as pd

from scandia.errors import SettingError
from scandia.variography.cases import extrapolated_nugget, fit_case, make_case
from scandia.variography.covariance import gamma, localise
from scandia.variography.leastsquares import lag_weights
from scandia.variography.model import Structure, Variogram, spell
from scandia.variography.settings import AXES, DOWNHOLE
from scandia.variography.support import sample_variance
from scandia.vocabulary import DOMAIN

FIGURES = 4  # significant, of a fitted parameter
NOTHING = 1e-3  # share of the variance below which a fitted nugget or structure is none
CONTRADICTION = 0.25  # share of the declustered variance by which sill or curve may miss the experiment without a warning


def fit_variograms(experimental, composites, settings, variables, mine_grid):
    """Variogram models by domain and variable, in world azimuths, and the table of how they came about.

    Parameters
    ----------
    experimental : DataFrame
        From `experimental_variograms`.
    composites : DataFrame
        The composites it was made of, with ``weight`` where they are declustered.
    settings : Variography
        Source of each domain's model, kinds of structures, weights of the lags, smallest number of pairs.
    variables : sequence of str
        Columns.
    mine_grid : MineGrid
        Local coordinates of the composites.

    Returns
    -------
    models : dict of dict of Variogram
        Domain to variable to model.
    fits : DataFrame
        domain, variable, source, nugget, sill, structures (spelled), unresolved (axes along which the longest range is at the
        farthest lag with enough pairs, and so a lower bound), rmse (weighted, as a share of the declustered variance), starts,
        converged, variance (declustered), nugget_extrapolated, warnings.

    Raises
    ------
    InputError
        A fit did not converge or has nothing to hold on to; names domain and variable.
    SettingError
        A model or the domain to borrow from is not there.

    Notes
    -----
    *Fit.* All four directions are fitted at once with common structures, oriented as the domain's settings say; see
    `leastsquares.fit_structures`. The nugget is where a line through the first downhole lags meets zero distance; a free one
    starts there and stays below the first of them. The sill stays near the declustered variance (``sill_tolerance``): free,
    because a domain not much larger than the ranges shows less than the full variance, yet bounded, because far lags are few.
    Lags weigh as ``weights`` says, see `leastsquares.lag_weights`. A range is at least the shortest distance seen and half the
    lag along its axis (of the last structure, where all share one anisotropy), at most the farthest lag with enough pairs along
    it. Parameters are rounded to four figures; what is under a thousandth of the variance is left out.

    *Borrow.* The other domain's nugget, structures and orientation, all sills scaled so that the composites of this domain, where
    they stand, are expected to show the declustered variance that they do show; see `support.sample_variance`. The sill is then
    above that variance, the more so the smaller the domain is against the ranges.
    """
    models, rows = {}, {}
    for domain in sorted(settings.domains, key=lambda name: settings.domains[name].source == "borrow"):
        models[domain] = {}
        for variable in variables:
            case = make_case(domain, variable, experimental, composites, settings, mine_grid)
            models[domain][variable], rows[domain, variable] = _make(case, models)
    if settings.range_factor != 1.0 or settings.sill_factor != 1.0:
        models = {name: {variable: _varied(model, settings) for variable, model in own.items()} for name, own in models.items()}
        for (domain, variable), row in rows.items():
            model, words = (
                models[domain][variable],
                f"ranges times {settings.range_factor:g}, contributions times {settings.sill_factor:g}",
            )
            row |= {"sill": model.sill if model.bounded else np.nan, "structures": spell(model)}
            row["warnings"] = "; ".join([text for text in (row["warnings"], words) if text])
    order = list(settings.domains)
    table = pd.DataFrame([rows[domain, variable] for domain in order for variable in variables])
    return {domain: models[domain] for domain in order}, table


def misfit(model, curves, axes, *, weights):
    """Weighted root mean square difference, squared grade units, of a model in local angles and the experimental curves."""
    squares = []
    for curve in curves:
        squares.append(np.sum(lag_weights(curve, weights) * (model_curve(model, curve, axes) - curve.gamma) ** 2))
    return float(np.sqrt(np.mean(squares))) if squares else np.nan


def _make(case, models):
    """Model and table row of one case."""
    source = "model" if case.variable in case.chosen.models else case.chosen.source
    fitted, warnings = None, []
    if source == "model":
        model = _given(case)
    elif source == "borrow":
        model = _borrowed(case, models, warnings)
    else:
        fitted = fit_case(case)
        model = oriented(fitted, case)
        warnings += _limits(fitted, case)
    downhole = case.curve(DOWNHOLE)
    rmse = misfit(localise(model, case.mine_grid), case.curves, case.axes, weights=case.settings.weights)
    warnings += _contradictions(model, case, rmse, source)
    return model, {
        DOMAIN: case.domain,
        "variable": case.variable,
        "source": source,
        "nugget": model.nugget,
        "sill": model.sill if model.bounded else np.nan,  # why stands in the warnings
        "structures": spell(model),
        "unresolved": ", ".join(unresolved_axes(fitted, case.variance)) if fitted else "",
        "rmse": rmse / case.variance if case.variance > 0.0 else np.nan,
        "starts": fitted.starts if fitted else 0,
        "converged": fitted is None or fitted.converged,
        "variance": case.variance,
        "nugget_extrapolated": extrapolated_nugget(downhole) if downhole else np.nan,
        "warnings": "; ".join(warnings),
    }


def _varied(model, settings):
    """The model with its ranges and contributions times the factors of the settings."""
    structures = tuple(
        replace(
            one,
            contribution=settings.sill_factor * one.contribution,
            ranges=tuple(settings.range_factor * reach for reach in one.ranges),
        )
        for one in model.structures
    )
    return replace(model, structures=structures)


def _given(case):
    if case.variable not in case.chosen.models:
        has = ", ".join(case.chosen.models) or "none"
        message = f"variography.domains.{case.domain}.models has no model for {case.variable} (it has {has}); give one, or fit"
        raise SettingError(message)
    return case.chosen.models[case.variable]


def _borrowed(case, models, warnings):
    lender = case.chosen.borrow_from
    owners = [name for name, chosen in case.settings.domains.items() if chosen.source != "borrow"]
    if lender not in owners:
        message = (
            f"variography.domains.{case.domain} borrows from {lender}; it can borrow from {', '.join(owners) or 'no domain'}"
        )
        raise SettingError(message)
    model, other = models[lender][case.variable], case.settings.domains[lender]
    if any(getattr(case.chosen, angle) not in (0.0, getattr(other, angle)) for angle in ("azimuth", "dip", "rake")):
        warnings.append(f"the model keeps the orientation of {lender}, not the one given for {case.domain}")
    expected = sample_variance(localise(model, case.mine_grid), case.places, case.weights) if case.variance > 0.0 else 0.0
    if not expected > 0.0:
        warnings.append(f"no variance of its own: the model is that of {lender}, unscaled")
        return model
    if not model.bounded:
        message = (
            f"variography.domains.{case.domain} borrows {case.variable} from {lender}, whose model is unbounded: it has no sill "
            f"to scale to another variance. Hint: give {case.domain} a model of its own"
        )
        raise SettingError(message)
    factor = case.variance / expected
    structures = tuple(replace(s, contribution=s.contribution * factor) for s in model.structures)
    return Variogram(nugget=model.nugget * factor, structures=structures)


def oriented(fitted, case):
    """Variogram in world azimuths."""
    angles = {angle: getattr(case.chosen, angle) for angle in ("azimuth", "dip", "rake")}
    structures = tuple(
        Structure(kind=kind, contribution=_printed(contribution), ranges=tuple(map(_printed, ranges)), **angles)
        for kind, contribution, ranges in zip(case.settings.kinds, fitted.contributions, fitted.ranges, strict=True)
        if contribution > NOTHING * case.variance
    )
    return Variogram(nugget=_printed(fitted.nugget) if fitted.nugget > NOTHING * case.variance else 0.0, structures=structures)


def _printed(value):
    """A parameter to the figures that a person reads and types: more are noise, and differ between processors."""
    return float(f"{value:.{FIGURES}g}")


def unresolved_axes(fitted, variance):
    """Axes along which the range of the longest structure that is kept ends where the lags do, list of names."""
    kept = np.flatnonzero(fitted.contributions > NOTHING * variance)
    return [name for name, ends in zip(AXES, fitted.at_limit[kept[-1]], strict=True) if ends] if len(kept) else []


def _limits(fitted, case):
    """Warnings about ranges that the lags cannot see the end of, and about structures that the fit did not need."""
    kept = fitted.contributions > NOTHING * case.variance
    vanished = int((~kept).sum())
    warnings = [f"{vanished} of {len(kept)} structures vanished and is left out"] * bool(vanished)
    if not kept.any():
        return warnings
    last, unresolved = np.flatnonzero(kept)[-1], unresolved_axes(fitted, case.variance)
    major, semi, minor = fitted.ranges[last]
    warnings += [
        f"range along {name} is not resolved: it is at its limit of {fitted.ranges[last, k]:.4g} m, the farthest lag with enough "
        "pairs, and may be any longer"
        for k, name in enumerate(AXES)
        if name in unresolved
    ]
    if minor > semi or semi > major:
        warnings.append(f"ranges do not fall from major to minor ({major:.4g}, {semi:.4g}, {minor:.4g} m): check the orientation")
    return warnings


def _contradictions(model, case, rmse, source):
    """Warnings about a model that the experiment does not bear out, and about directions that say nothing."""
    warnings = [f"no lag along {name} has enough pairs" for name in (DOWNHOLE, *AXES) if case.curve(name) is None]
    if not model.bounded:
        warnings.append("the model is unbounded: it has no sill to hold against the declustered variance")
    if not case.variance > 0.0:
        return warnings
    if (
        source != "borrow"
        and model.bounded
        and abs(model.sill / case.variance - 1.0) > max(CONTRADICTION, case.settings.sill_tolerance) + 1e-9
    ):
        warnings.append(f"the sill is {model.sill / case.variance:.2f} of the declustered variance")
    if rmse > CONTRADICTION * case.variance:
        warnings.append(f"the model misses the experiment by {rmse / case.variance:.2f} of the declustered variance")
    downhole = case.curve(DOWNHOLE)
    if downhole and model.nugget > downhole.gamma[0] + 1e-9 * case.variance:
        warnings.append(f"the nugget is above the first downhole lag ({downhole.gamma[0]:.4g})")
    return warnings


def residuals(models, experimental, composites, settings, mine_grid):
    """Experiment and model lag by lag, DataFrame: domain, variable, direction, distance, gamma, model, residual, fitted.

    Parameters
    ----------
    models : dict of dict of Variogram
        From `fit_variograms`; the other arguments are its own.
    experimental, composites, settings, mine_grid

    Returns
    -------
    DataFrame
        Of every lag with pairs: model and residual (experiment - model) in squared grade units, share (the residual over the
        declustered variance), pairs, hole_pairs, and fitted, whether it has pairs enough to be held against the model.
    """
    tables = []
    for domain, by_variable in models.items():
        for variable, model in by_variable.items():
            case = make_case(domain, variable, experimental, composites, replace(settings, minimum_pairs=1), mine_grid)
            local = localise(model, mine_grid)
            for curve in case.curves:
                expected = model_curve(local, curve, case.axes)
                table = {"distance": curve.distance, "gamma": curve.gamma, "model": expected, "residual": curve.gamma - expected}
                table |= {"share": table["residual"] / case.variance if case.variance > 0.0 else np.nan}
                table |= {"pairs": curve.pairs.astype(int), "hole_pairs": curve.hole_pairs.astype(int)}
                label = {DOMAIN: domain, "variable": variable, "direction": curve.name}
                enough = curve.pairs >= settings.minimum_pairs
                tables.append(pd.DataFrame({**label, **table, "fitted": enough}))
    columns = [
        DOMAIN,
        "variable",
        "direction",
        "distance",
        "gamma",
        "model",
        "residual",
        "share",
        "pairs",
        "hole_pairs",
        "fitted",
    ]
    return pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)


def model_curve(model, curve, axes):
    """Semivariances ``(n,)`` of a model in local angles at the lags of a `Curve`, whose directions stand in ``axes``."""
    lags = curve.distance[:, None, None] * (curve.directions @ axes)[None, :, :]
    return gamma(model, lags) @ curve.shares
