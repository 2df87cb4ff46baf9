"""Samples cut at logged contacts, and composites inside domains, hole by hole."""

from itertools import pairwise

import numpy as np
import pandas as pd

from scandia.audit.plain.holes import locate, read_holes, to_mine_grid
from scandia.audit.plain.tables import grades, numbers, read_table

NONE = "outside"
BIT = 1e-9  # share of a composite that is rounding
JOINT = 1e-6  # m


def make_composites(config, coded):
    """Composites of all holes, a DataFrame: hole, domain, from, to, x, y, z and the estimated variables, capped.

    Parameters
    ----------
    config : dict
    coded : dict
        From `coded_holes`.
    """
    variables = config["model"]["estimation"]["variables"]
    rows = []
    for hole, (legs, pieces) in coded.items():
        for domain, run in _runs(pieces):
            for start, stop, values in _composites(run, config["model"]["composites"], len(variables)):
                place = to_mine_grid(config, locate(legs, (start + stop) / 2.0))
                rows.append((hole, domain, start, stop, *place, *values))
    frame = pd.DataFrame(rows, columns=["hole", "domain", "from", "to", "x", "y", "z", *variables])
    for domain, caps in config["model"]["statistics"]["caps"].items():
        for variable, cap in caps.items():
            chosen = (frame["domain"] == domain) & (frame[variable] > cap["value"])
            frame.loc[chosen, variable] = cap["value"]
    return frame


def coded_holes(config):
    """Hole to its legs and to its pieces: from, to, domain, grades; every metre of ground is in one piece."""
    assay, logged, tolerance = read_table(config, "assay"), read_logs(config), config["drillholes"]["checks"]["depth_tolerance"]
    variables = config["model"]["estimation"]["variables"]
    values = np.column_stack([grades(config, assay, name) for name in variables])
    samples = {}
    for hole, start, stop, row in zip(assay["hole"], numbers(assay["from"]), numbers(assay["to"]), values, strict=True):
        samples.setdefault(hole, []).append((start, stop, row))
    domains = {code: name for name, own in config["model"]["domains"]["domains"].items() for code in own["lithology"]}
    coded = {}
    for hole, (end, legs) in read_holes(config).items():
        own, log = samples.get(hole, []), logged.get(hole, [])
        end = 0.0 if np.isnan(end) else end
        deepest = max([end, *(span[1] for span in (*own, *log))])
        end = deepest if not deepest <= end + tolerance else end
        own = _closed(own, end, tolerance)
        log = _snapped(_closed(log, end, tolerance), [0.0, end, *(depth for span in own for depth in span[:2])], tolerance)
        coded[hole] = legs, _pieces(own, log, end, domains, len(variables))
    return coded


def read_logs(config):
    """Hole to its logged intervals: from, to, code."""
    table, logs = read_table(config, "lithology"), {}
    for hole, start, stop, code in zip(
        table["hole"], numbers(table["from"]), numbers(table["to"]), table["lithology"], strict=True
    ):
        logs.setdefault(hole, []).append((start, stop, code))
    return logs


def _closed(spans, end, tolerance):
    """Intervals by depth; one that starts within tolerance of where those above end starts there, the last ends with the hole."""
    closed, deepest = [], 0.0
    for start, stop, value in sorted(spans, key=lambda span: span[:2]):
        closed.append([min(deepest if abs(start - deepest) <= tolerance else start, end), stop, value])
        deepest = max(deepest, stop)
    for span in closed:
        span[1] = min(max(span[1], span[0]), end)
    if closed and end - deepest <= tolerance:
        closed[-1][1] = end
    return closed


def _snapped(spans, marks, tolerance):
    """Intervals whose ends are those of the nearest mark, where it is within tolerance; of two as near, the one above."""
    marks = np.unique(marks)
    for span in spans:
        for place in (0, 1):
            nearest = marks[np.argmin(np.abs(marks - span[place]))]
            span[place] = nearest if abs(nearest - span[place]) <= tolerance else span[place]
    return spans


def _pieces(samples, logs, end, domains, count):
    """Pieces between all depths at which sample or code changes."""
    edges = np.unique([0.0, end, *(depth for span in (*samples, *logs) for depth in span[:2])])
    pieces, blank = [], np.full(count, np.nan)
    for top, bottom in pairwise(edges):
        sample = next((span for span in samples if span[0] <= top and bottom <= span[1]), None)
        log = next((span for span in logs if span[0] <= top and bottom <= span[1]), None)
        code = None if log is None or pd.isna(log[2]) else log[2]
        key = (id(sample) if sample is not None else None, code)
        if pieces and pieces[-1][4] == key:
            pieces[-1][1] = bottom
        else:
            pieces.append([top, bottom, domains.get(code, NONE), blank if sample is None else sample[2], key])
    return pieces


def _runs(pieces):
    """Domain and pieces of every stretch of one domain, the ground outside left out."""
    run = []
    for piece in [*pieces, None]:
        joined = run and piece is not None and piece[2] == run[-1][2] and abs(piece[0] - run[-1][1]) <= JOINT
        if run and not joined:
            if run[0][2] != NONE:
                yield run[0][2], run
            run = []
        run = [*run, piece]


def _composites(run, settings, count):
    """From, to and mean grades of the composites of one run."""
    lengths = np.array([piece[1] - piece[0] for piece in run])
    tops = np.concatenate([[0.0], np.cumsum(lengths)])
    for start, stop in _divide(tops[-1], settings):
        shared = np.minimum(tops[1:], stop) - np.maximum(tops[:-1], start)
        held = shared > 0.0
        known = np.array([piece[3] for piece in run])[held]
        means = [_mean(known[:, k], shared[held], stop - start, settings["minimum_coverage"]) for k in range(count)]
        yield _depth(run, tops, start, upper=False), _depth(run, tops, stop, upper=True), means


def _mean(values, lengths, whole, least):
    has = ~np.isnan(values)
    covered = min(lengths[has].sum() / whole, 1.0)
    if covered <= 1e-6 or covered < least:
        return np.nan
    return (values[has] * lengths[has]).sum() / lengths[has].sum()


def _depth(run, tops, position, *, upper):
    """Depth of a position along the run; on a joint the end of the piece above, or the start of the one below."""
    inside = tops[:-1] < position if upper else tops[:-1] <= position
    number = int(np.flatnonzero(inside)[-1])
    piece = run[number]
    return round(piece[0] + min(position - tops[number], piece[1] - piece[0]), 9)


def _divide(length, settings):
    """Starts and stops of the composites of a run of this length."""
    size = settings["length"]
    if settings["residual"] == "distribute":
        count = max(int(np.floor(length / size + 0.5)), 1)
        stops = [(number + 1) * (length / count) for number in range(count - 1)]
        return list(zip([0.0, *stops], [*stops, length], strict=True))
    full = int(np.floor(length / size + BIT))
    share = length / size - full
    rest = share > BIT
    short = rest and share < settings["minimum_share"] - BIT
    stops = [size * (number + 1) for number in range(full)]
    if rest and (not short or settings["residual"] == "keep" or (settings["residual"] == "merge" and not stops)):
        stops.append(length)
    elif (stops and settings["residual"] != "drop") or (stops and not short):
        stops[-1] = length
    return list(zip([0.0, *stops], stops, strict=False))
