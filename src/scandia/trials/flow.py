"""The stages of a run in the order of the workflow, from checked tables to classified blocks, in one process."""

from dataclasses import dataclass, replace

import pandas as pd
import xarray as xr

from scandia.blockmodel.build import build_blocks
from scandia.blockmodel.density_regression import describe_density, with_regressed_density
from scandia.blockmodel.slabs import gather
from scandia.composites.density import with_density
from scandia.composites.length import composite
from scandia.composites.members import members
from scandia.domains.intervals import domain_intervals
from scandia.drillholes.desurvey import desurvey, locate_intervals
from scandia.errors import SettingError
from scandia.kriging.parts import estimate_parts
from scandia.resource.classify import classify
from scandia.statistics.capping import apply_caps
from scandia.statistics.declustering import decluster
from scandia.variography.experimental import experimental_variograms
from scandia.variography.fit import fit_variograms


@dataclass(frozen=True, eq=False)
class Prepared:
    """A deposit up to the variograms: empty blocks, composites with their pieces, their experiment, and lines of density."""

    blocks: xr.Dataset
    composites: pd.DataFrame
    pieces: pd.DataFrame
    experiment: pd.DataFrame
    lines: pd.DataFrame | None


def check_trial(config, variable):
    """None; SettingError where a config asks for what a trial does not do, or estimates no analyte whose truth is known."""
    model = config.model
    if config.synthetic is None or model is None:
        message = "trials need a simulated deposit with a model: give synthetic and model, as config/deposits/tiny does"
        raise SettingError(message)
    if variable not in model.estimation.variables or model.reporting.variable != variable:
        message = f"trials judge {variable}, whose variogram is known; estimate it, and report by it"
        raise SettingError(message)
    faults = {
        "drillholes.located stands in place of the raw tables": config.drillholes.located is not None,
        "drillholes.corrections are of other tables": config.drillholes.corrections is not None,
        "qaqc.on_failure is hold_out": config.qaqc is not None and config.qaqc.on_failure == "hold_out",
        "model.overburden reads a file of its own": model.overburden is not None,
        "a domain comes from a solid in a file": any(domain.solid is not None for domain in model.domains.domains.values()),
        "an override of classes reads a solid": any(one.solid is not None for one in model.classification.overrides),
        "model.estimation.orientations are of other tables": bool(model.estimation.orientations),
    }
    wrong = [words for words, found in faults.items() if found]
    if wrong:
        message = f"trials draw raw tables anew and run from them to the classes, but {wrong[0]}; leave it out for trials"
        raise SettingError(message)


def composited(config, tables, variable):
    """Stations, coded intervals, capped and declustered composites, and the pieces of these, of checked tables."""
    model, mine_grid, analytes = config.model, config.mine_grid, [variable]
    stations = desurvey(tables["collar"], tables["survey"], method=config.drillholes.desurvey.method)
    tolerance = config.drillholes.checks.depth_tolerance
    coded = domain_intervals(tables, stations, model.domains, analytes, mine_grid, tolerance=tolerance)
    intervals = weighed = locate_intervals(coded, stations, mine_grid)
    if model.composites.weighting == "density":
        weighed = with_density(intervals, tables["density"], minimum=model.density.minimum, maximum=model.density.maximum)
    uncapped = composite(weighed, model.composites, analytes, stations, mine_grid)
    capped, _ = apply_caps(uncapped, model.statistics.caps, analytes)
    composites, _, _ = decluster(capped, model.statistics.declustering, lead=variable, mine_grid=mine_grid)
    return stations, intervals, composites, members(weighed, composites)


def prepare(config, tables, surface, variable):
    """`Prepared` deposit of checked tables: composited as the config says, its experiment made and its blocks built.

    Parameters
    ----------
    config : Config
    tables : dict of str to DataFrame
        collar, survey, assay, lithology and, where there are measurements, density, as the checks leave them.
    surface : surface or None
    variable : str
        The one analyte that is estimated.
    """
    model, mine_grid = config.model, config.mine_grid
    stations, intervals, composites, pieces = composited(config, tables, variable)
    experiment = experimental_variograms(composites, model.variography, [variable], mine_grid)
    sections = {"domains": model.domains, "grid": model.grid, "density": model.density, "mine_grid": mine_grid}
    words = {"crs": config.crs, "title": config.title, "synthetic": f"generator {config.synthetic.generator}"}
    own = {"own_points": model.estimation.own_points}
    ground = {"intervals": intervals, "stations": stations} | {k: tables[k] for k in ("density", "collar") if k in tables}
    blocks, *_ = build_blocks(ground, **sections, surface=surface, **words, **own)
    regression, lines = model.density.regression, None
    if regression is not None and regression.apply:
        _, lines = describe_density(tables["density"], intervals, tables["assay"], model.domains, model.density)
    return Prepared(gather(blocks), composites, pieces, experiment, lines)


def fit(config, prepared, variable):
    """Models of a prepared deposit by the config's variography; InputError where a fit does not converge."""
    settings, mine_grid = config.model.variography, config.mine_grid
    return fit_variograms(prepared.experiment, prepared.composites, settings, [variable], mine_grid)[0]


def estimate(config, prepared, models, variable, *, threads=1):
    """Classified block parts of a prepared deposit, kriged with the given models."""
    units = {variable: config.analytes[variable].unit}
    estimation = replace(config.model.estimation, variables=(variable,))
    parts = estimate_parts(prepared.blocks, prepared.composites, estimation, models, threads=threads, units=units)
    if prepared.lines is not None:
        parts = with_regressed_density(parts, prepared.lines)
    chosen = config.model.classification
    untrusted = chosen.untrusted.holes if chosen.untrusted is not None else ()
    return classify(parts, chosen, variable, composites=prepared.composites, untrusted=untrusted, mine_grid=config.mine_grid)
