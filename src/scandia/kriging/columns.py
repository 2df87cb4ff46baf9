"""What an estimation fills: columns of one number per target, written piece by piece into arrays that the caller owns."""

import numpy as np

from scandia.kriging.neighbourhood import layout_of, neighbourhoods
from scandia.kriging.quality import kriging_efficiency, slope_of_regression
from scandia.kriging.run import CODES, NUMBERS, empty_results, run
from scandia.kriging.work import arrange_work, make_plan
from scandia.vocabulary import CHECK_ESTIMATES, DIAGNOSTICS, Reason

REASON = CODES.index("reason")
WHOLE = ("samples", "holes", "pass", "reason")  # diagnostics that are whole numbers


def empty_columns(names, shape, *, checks=True):
    """Columns by name, of arrays of ``shape``, before anything is estimated: NaN, no samples, reason ``OUTSIDE``.

    For each of the variables ``names`` its estimate and, with ``checks``, its check estimates; then the diagnostics.
    """
    numbers = [full for name in names for full in (name, *(f"{name}_{check}" for check in CHECK_ESTIMATES if checks))]
    columns = {name: np.full(shape, np.nan) for name in numbers}
    for name in DIAGNOSTICS:
        columns[name] = np.zeros(shape, dtype=np.int16) if name in WHOLE else np.full(shape, np.nan)
    columns["reason"][...] = Reason.OUTSIDE
    return columns


def fill_columns(request, columns, *, threads=1, progress=None):
    """Attributes of the estimation, dict; ``columns`` are filled for all targets of a `Request`.

    Parameters
    ----------
    request : Request
    columns : dict of str to array
        As `empty_columns` gives them, of one dimension: all blocks of a Grid in flat order, or all points. Types may differ.
    threads, progress
        As in `scandia.kriging.estimate`.
    """
    merged, block, done = [], np.nan, 0
    for part in neighbourhoods(request):
        plan, layout = make_plan(request, request.points[part.rows]), layout_of(request, part)
        places, onward = _places(request, part, layout), _onward(progress, done, request.layout.count)
        if len(part.rows):
            work = arrange_work(request, part, plan)
            keep = _keeper(request, columns, plan, places)
            run(work, lambda count: _results(request, count), keep, threads=threads, progress=onward)
        else:
            _leave_out(request, columns, part, places, layout.count)
        block, done = plan.block, done + layout.count
        merged += part.groups
    attributes = {"block_variance": np.nan if request.own_blocks else block, "method": request.method}
    if merged:
        attributes["merged_samples"] = "; ".join(dict.fromkeys(" ".join(map(str, group)) for group in merged))
    return attributes


def named(results):
    """Diagnostics of results by name, dict."""
    return dict(zip(NUMBERS, results.number, strict=True)) | dict(zip(CODES, results.code, strict=True))


def own_reasons(results, targets, request):
    """Nothing; targets without a point inside get the reason ``OUTSIDE`` and lose every number; unknown holes count as none."""
    if request.inside is not None:
        outside = ~targets.inside.any(axis=1)
        results.code[REASON, outside], results.number[:, outside] = Reason.OUTSIDE, np.nan
        for checked in (results.nearest, results.inverse_distance):
            checked[:, outside] = np.nan
    if request.holes is None:
        results.code[CODES.index("holes")] = 0


def main_estimates(results, method):
    """Estimates ``(variables, m)`` of the method that was asked for, NaN where there is none."""
    main = {"inverse_distance": results.inverse_distance, "nearest": results.nearest}.get(method, results.estimate)
    return np.where(results.code[REASON] == Reason.ESTIMATED, main, np.nan)


def _results(request, count):
    return empty_results(count, len(request.names), checks=request.checks or not request.kriged, own_blocks=request.own_blocks)


def _places(request, part, layout):
    """Where the targets of a neighbourhood stand in the columns ``(t,)``; None where they are all of them, in order."""
    if layout.grid is None:
        return part.targets
    return None if layout.mask is None else np.flatnonzero(layout.mask)


def _keeper(request, columns, plan, places):
    """Function that `run` hands the results of a piece to."""

    def keep(first, targets, results):
        where = slice(first, first + len(targets.centre))
        where = where if places is None else places[where]
        own_reasons(results, targets, request)
        for k, estimate in enumerate(main_estimates(results, request.method)):
            name = request.names[k]
            columns[name][where] = estimate
            for check in CHECK_ESTIMATES if request.checks else ():
                columns[f"{name}_{check}"][where] = getattr(results, check)[k]
        found = named(results)
        block = results.block if results.block.size and np.isfinite(plan.block) else plan.block
        found["slope"] = slope_of_regression(block, found["variance"], found["lagrange"])
        found["efficiency"] = kriging_efficiency(block, found["variance"])
        for name in DIAGNOSTICS:
            columns[name][where] = found[name]

    return keep


def _leave_out(request, columns, part, places, count):
    """Nothing; the targets of a neighbourhood without samples get their reason."""
    places = np.arange(count) if places is None else places
    columns["reason"][places] = Reason.TOO_FEW_SAMPLES if part.domain is None else Reason.NO_DOMAIN_SAMPLES
    if request.inside is not None:
        inside = request.inside[slice(None) if part.targets is None else part.targets]
        columns["reason"][places[~np.asarray(inside, dtype=bool).any(axis=1)]] = Reason.OUTSIDE


def _onward(progress, done, count):
    """The caller's progress for one domain among ``count`` targets, of which ``done`` are behind us; None if there is none."""
    return None if progress is None else lambda of_domain, _: progress(done + of_domain, count)
