"""What is asked of the engine: samples, targets and options, checked once and passed on whole."""

from dataclasses import dataclass, replace

import numpy as np

from scandia.kriging import prepare
from scandia.kriging.high_grade import HighGrade
from scandia.kriging.layout import Layout, block_indices, centres_at, lay_out
from scandia.kriging.options import UNKRIGED, block_offsets, check_request
from scandia.kriging.search import Search
from scandia.kriging.settings import Boundaries
from scandia.variography.model import Variogram


@dataclass(frozen=True, eq=False, kw_only=True)
class Request:
    """Samples, targets and options of one call of the engine; `make_request` makes it and checks it."""

    points: np.ndarray  # (n, 3) m, samples
    values: np.ndarray  # (n, variables)
    names: tuple[str, ...]  # variables
    layout: Layout  # the m targets
    search: Search
    variogram: Variogram | None = None
    holes: np.ndarray | None = None  # (n,) of str
    discretisation: tuple[int, int, int] = (1, 1, 1)
    block_size: tuple[float, float, float] | None = None
    inside: object | None = None  # (m, points) of bool, or anything that gives such rows by their numbers
    method: str = "ordinary"
    mean: float | dict | None = None
    drift: dict | None = None  # name to (array (n,), array (m,))
    orientations: np.ndarray | None = None  # (m, 3) degrees
    high_grade: dict[str, HighGrade] | None = None
    of_samples: np.ndarray | None = None  # (n,) of str, domains; None: all samples and targets are of one
    of_targets: np.ndarray | None = None  # (m,) of str, or () where all are of one domain
    boundaries: Boundaries | None = None
    duplicates: str = "error"
    duplicate_distance: float = prepare.COINCIDENT
    negative_weights: str = "keep"
    power: float = 2.0
    checks: bool = True
    left_out: tuple | None = None  # numbers of groups (n,), (m,): a target does not use the samples of its own

    @property
    def kriged(self):
        """Whether a system is solved at all."""
        return self.method not in UNKRIGED

    @property
    def offsets(self):
        """Discretisation points ``(points, 3)`` of a block against its centre, m."""
        return block_offsets(self.layout.grid, self.discretisation, self.block_size)

    @property
    def own_blocks(self):
        """Whether blocks have covariances of their own, because of their points or their axes."""
        return self.kriged and len(self.offsets) > 1 and (self.inside is not None or self.orientations is not None)


def make_request(samples, values, targets, *, domains=None, **options):
    """`Request` of the arguments of `scandia.kriging.estimate`, or an InputError that says what cannot be.

    Parameters
    ----------
    samples, values, targets, domains
        As in `scandia.kriging.estimate`.
    **options
        The other fields of `Request`.
    """
    points = prepare.checked_points(samples, "samples")
    table, names = prepare.checked_values(values, len(points))
    layout = lay_out(targets)
    options["holes"] = prepare.checked_holes(options.get("holes"), len(points))
    of_samples, of_targets = prepare.checked_domains(domains, options.get("boundaries"), len(points), layout.count)
    options |= {"of_samples": of_samples, "of_targets": of_targets}
    request = Request(points=points, values=table, names=names, layout=layout, **options)
    check_request(request)
    return request


def some_targets(request, chosen):
    """The same request for some of its targets, by their numbers ``(k,)``; blocks become points with a size."""
    layout, size = request.layout, request.block_size
    if layout.grid is None:
        points = layout.points[chosen]
    else:
        flat = chosen if layout.mask is None else np.flatnonzero(layout.mask)[chosen]
        points, size = centres_at(layout.grid, *block_indices(layout.grid, flat)), layout.grid.size
    domains = request.of_targets
    return replace(
        request,
        layout=Layout(None, None, points),
        block_size=size,
        inside=None if request.inside is None else request.inside[chosen],
        orientations=None if request.orientations is None else np.asarray(request.orientations)[chosen],
        of_targets=domains if domains is None or domains.ndim == 0 else domains[chosen],
        drift=None if request.drift is None else {k: (a, np.asarray(at)[chosen]) for k, (a, at) in request.drift.items()},
        left_out=request.left_out if request.left_out is None else (request.left_out[0], np.asarray(request.left_out[1])[chosen]),
    )
