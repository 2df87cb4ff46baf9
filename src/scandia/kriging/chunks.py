"""Estimation of any number of targets in memory that does not grow with them: one chunk after another."""

import numpy as np

from scandia.errors import InputError
from scandia.kriging.columns import empty_columns, fill_columns
from scandia.kriging.layout import build
from scandia.kriging.request import make_request, some_targets

CHUNK = 1_000_000  # targets whose results are held at once: about 120 MB for one variable


def estimate_chunks(samples, values, targets, *, chunk=CHUNK, threads=1, progress=None, **options):
    """Generator of the estimates of `scandia.kriging.estimate`, a chunk of the targets after another, bit for bit the same.

    Parameters
    ----------
    samples, values, targets, threads, **options
        As in `scandia.kriging.estimate`. What is given per target (orientations, own points, drifts) may be memory-mapped.
    chunk : int
        Targets of one chunk; the numbers do not depend on it. Samples are put in order for each one anew, which takes seconds
        where they are a million.
    progress : callable, optional
        Called as ``progress(done, count)`` with targets behind us and all.

    Yields
    ------
    xarray.Dataset
        Over ``point``, with the coordinates x, y, z of the targets and ``number``, theirs among all targets: for a Grid the
        flat index of the block, layer by layer, row by row.

    Raises
    ------
    InputError
        As in `scandia.kriging.estimate`, before the first chunk; or a chunk of no targets.
    """
    if chunk < 1:
        message = f"chunk is {chunk}; it must be at least 1"
        raise InputError(message)
    return _chunks(make_request(samples, values, targets, **options), chunk, threads, progress)


def _chunks(request, chunk, threads, progress):
    layout = request.layout
    flat = None if layout.mask is None else np.flatnonzero(layout.mask)
    for first in range(0, layout.count, chunk):
        chosen = np.arange(first, min(first + chunk, layout.count))
        some, columns = some_targets(request, chosen), empty_columns(request.names, len(chosen), checks=request.checks)
        onward = None if progress is None else lambda done, _, first=first: progress(first + done, layout.count)
        attributes = fill_columns(some, columns, threads=threads, progress=onward)
        found = build(some.layout, columns, attributes)
        yield found.assign_coords(number=("point", chosen if flat is None else flat[chosen]))
