"""The solid between the holes: interpolated signed distances to the logged contacts, the largest of which names the domain."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.interpolate import RBFInterpolator
from scipy.spatial import cKDTree

from scandia.domains.cut import LOGGED
from scandia.domains.distance import contact_points, domain_names, known_ground, logged_runs, signed_distances
from scandia.domains.winner import winner
from scandia.drillholes.desurvey import locate
from scandia.errors import InputError
from scandia.geometry.minegrid import local_azimuth, to_local
from scandia.geometry.rotation import rotation_matrix
from scandia.vocabulary import DEPTH, DOMAIN, FROM, HOLE, LENGTH, TO

MERGE = 0.01  # m; contact points closer than this would make the system singular and are merged into their mean
DECIMALS = 6  # of the fields, m: rounding errors of different libraries must not decide a tie, so ties go to the lower code
FLAT = 1e-3  # of the longest extent: a thinner cloud of points is a line or plane
CHUNK = 20_000  # points at once; the neighbourhoods of a chunk are held in memory
DEGREE = {"linear": 0, "cubic": 1, "thin_plate_spline": 1}  # lowest polynomial that makes each kernel solvable


@dataclass(frozen=True, eq=False)
class Solid:
    """A field of signed distance per domain, in local mine-grid coordinates."""

    names: tuple[str, ...]  # columns of the fields, host rock first
    codes: np.ndarray  # (fields,) int8, code of each column, 0 for the host
    priorities: np.ndarray  # (fields,) int, which goes before which
    points: np.ndarray  # (n, 3) contact points, local m
    values: np.ndarray  # (n, fields) signed distances, m
    reach: float
    interpolator: RBFInterpolator
    tree: cKDTree
    centre: np.ndarray
    matrix: np.ndarray  # (3, 3) local offsets to the isotropic frame
    stations: pd.DataFrame
    mine_grid: object
    offset: float = 0.0  # m by which the domains are dilated against the host rock

    def fields(self, points):
        """Signed distance to every domain, m, shape ``(n, fields)``, at local points ``(n, 3)``; beyond reach as well.

        Where the solid is dilated, the domains' are larger by the offset and the host's smaller, which moves their contact by it
        and leaves contacts among domains where they are.
        """
        isotropic = (np.asarray(points, dtype=float) - self.centre) @ self.matrix.T
        out = np.empty((len(isotropic), len(self.names)))
        for start in range(0, len(isotropic), CHUNK):
            out[start : start + CHUNK] = self.interpolator(isotropic[start : start + CHUNK])
        out = np.round(out, DECIMALS)
        if self.offset:
            out += np.where(np.arange(len(self.names)) == 0, -self.offset, self.offset)
        return out

    def distance(self, points):
        """Distance, m, of local points ``(n, 3)`` to the nearest logged contact point."""
        return self.tree.query(np.asarray(points, dtype=float))[0]

    def domain_codes(self, points):
        """Domain code of local points ``(n, 3)``, int8 ``(n,)``: 0 is the host rock, -1 lies beyond reach of the drilling."""
        points = np.asarray(points, dtype=float)
        codes = np.full(len(points), -1, dtype=np.int8)
        near = self.distance(points) <= self.reach
        codes[near] = winner(self.fields(points[near]), self.codes, self.priorities)[0]
        return codes


def fit_solid(intervals, stations, domains, mine_grid):
    """`Solid` of the coded intervals: one interpolator with a column of signed distance per domain and for the host rock.

    Signed distances are measured along the holes (`signed_distances`), at points every ``spacing`` along logged ground and at
    both sides of each contact, and interpolated by radial basis functions in a frame that is rotated and shrunk along the
    axes of the structure. Up to ``all_points`` of them every value uses all points, and the fields are smooth; beyond, only
    its ``neighbours``: the fields jump a little where the neighbourhood changes, and thin bodies between holes break up sooner.

    Parameters
    ----------
    intervals : pandas.DataFrame
        Coded intervals (hole, from, to, lithology, domain), in any row order.
    stations : pandas.DataFrame
        Desurveyed stations.
    domains : Domains
    mine_grid : MineGrid

    Raises
    ------
    InputError
        No logged interval, or contact points on which the kernel cannot be solved.
    """
    settings = domains.implicit
    names = domain_names(domains)
    runs, logged, position = _logged_places(intervals, stations, settings, mine_grid)
    points, values = _merged(position, signed_distances(logged, runs, names, settings.clip))
    azimuth = float(local_azimuth(mine_grid, settings.azimuth))
    matrix = rotation_matrix(azimuth, settings.dip, settings.rake) / np.asarray(settings.ratios)[:, None]
    centre = points.mean(axis=0)
    codes = np.array([0, *(domains.domains[name].code for name in names[1:])], dtype=np.int8)
    priorities = np.array([0, *(domains.domains[name].priority for name in names[1:])])
    interpolator = _interpolator((points - centre) @ matrix.T, values, settings)
    search = cKDTree(points)
    reach = settings.reach
    return Solid(
        *(tuple(names), codes, priorities, points, values, reach, interpolator, search, centre, matrix, stations, mine_grid),
        offset=settings.offset,
    )


def reached(points, intervals, stations, domains, mine_grid):
    """Which local points ``(n, 3)`` lie within reach of the drilling, bool ``(n,)``, as the solid between the holes has it."""
    position = _logged_places(intervals, stations, domains.implicit, mine_grid)[2]
    return cKDTree(_merged(position, position[:, :0])[0]).query(np.asarray(points, dtype=float))[0] <= domains.implicit.reach


def _logged_places(intervals, stations, settings, mine_grid):
    """Logged runs, the points along them, and where these are, local m ``(n, 3)``."""
    runs = logged_runs(as_logged(intervals))
    logged = contact_points(runs, settings.spacing)
    return runs, logged, _local(stations, mine_grid, logged[HOLE], logged[DEPTH])


def as_logged(intervals):
    """Coded intervals with the domain that the log or a rule gives them, before solids from files and overburden cut it."""
    return intervals.assign(**{DOMAIN: intervals[LOGGED]}) if LOGGED in intervals else intervals


def contacts_honoured(solid, intervals, tolerance):
    """Table of the logged contacts by the domain below each: domain, contacts, honoured.

    A contact is honoured where the solid has the upper domain that far above it and the lower one that far below: `tolerance`,
    m, or half the length of a thinner run.
    """
    runs = logged_runs(as_logged(intervals))
    below = np.flatnonzero(runs["above"].to_numpy())
    length, hole, domain = (
        (runs[TO] - runs[FROM]).to_numpy(),
        runs[HOLE].to_numpy(dtype=object),
        runs[DOMAIN].to_numpy(dtype=object),
    )
    code = pd.Series(solid.codes, index=solid.names)
    honoured = np.ones(below.size, dtype=bool)
    for run, sign in ((below - 1, -1.0), (below, 1.0)):
        depth = runs[FROM].to_numpy()[below] + sign * np.minimum(tolerance, length[run] / 2)
        found = solid.domain_codes(_local(solid.stations, solid.mine_grid, hole[run], depth))
        honoured &= found == code[domain[run]].to_numpy()
    table = pd.DataFrame({DOMAIN: domain[below], "contacts": 1, "honoured": honoured.astype(int)})
    table = table.groupby(DOMAIN, sort=False).sum().reindex(list(solid.names)).fillna(0).astype(int)
    table.loc["all"] = table.sum()
    return table.rename_axis(DOMAIN).reset_index()


def contact_misfit(solid, intervals, *, step=1.0):
    """Table of the share of logged length whose domain the solid reproduces: domain, length, reproduced, share.

    Parameters
    ----------
    solid : Solid
    intervals : pandas.DataFrame
        Coded intervals; those without a logged code are not counted.
    step : float
        Logged ground is looked up in the middle of pieces no longer than this, m.
    """
    intervals = as_logged(intervals)
    logged = intervals[known_ground(intervals)].sort_values([HOLE, FROM], kind="stable")
    length = (logged[TO] - logged[FROM]).to_numpy(float)
    pieces = np.maximum(np.ceil(length / step).astype(int), 1)
    row = np.repeat(np.arange(len(logged)), pieces)
    number = np.arange(row.size) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    piece = (length / pieces)[row]
    depth = logged[FROM].to_numpy(float)[row] + (number + 0.5) * piece
    found = solid.domain_codes(_local(solid.stations, solid.mine_grid, logged[HOLE].iloc[row], depth))
    expected = pd.Series(solid.codes, index=solid.names)[logged[DOMAIN].iloc[row]].to_numpy()
    table = pd.DataFrame(
        {DOMAIN: logged[DOMAIN].to_numpy()[row], LENGTH: piece, "reproduced": np.where(found == expected, piece, 0.0)}
    )
    table = table.groupby(DOMAIN, sort=False).sum().reindex(list(solid.names)).fillna(0.0)
    table.loc["all"] = table.sum()
    table["share"] = table["reproduced"] / table[LENGTH].where(table[LENGTH] > 0)
    return table.rename_axis(DOMAIN).reset_index()


def _local(stations, mine_grid, holes, depths):
    world = locate(stations, np.asarray(holes), np.asarray(depths, dtype=float))
    return np.column_stack([*to_local(mine_grid, world[:, 0], world[:, 1]), world[:, 2]])


def _merged(points, values):
    """Points in the order of their rounded coordinates, those that round to one place as their mean."""
    _, inverse, count = np.unique(np.round(points / MERGE), axis=0, return_inverse=True, return_counts=True)
    inverse = inverse.reshape(-1)
    both = np.column_stack([points, values])
    merged = np.column_stack([np.bincount(inverse, weights=column) for column in both.T]) / count[:, None]
    return merged[:, :3], merged[:, 3:]


def _interpolator(points, values, settings):
    degree = DEGREE[settings.kernel]
    everything = len(points) <= max(settings.all_points, settings.neighbours)
    if degree > 0:
        # the plane in these systems is not determined by points in one line or plane, and the solver does not notice; the
        # nearest points of a place often lie on one straight hole
        spread = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
        if not everything or len(points) < 4 or spread[-1] < FLAT * spread[0]:
            where = "all in one line or plane" if everything else f"used {settings.neighbours} at a time, often along one hole"
            message = (
                f"the {settings.kernel} kernel cannot be solved on {len(points)} contact points, {where}; "
                "take the linear kernel, or raise all_points"
            )
            raise InputError(message)
    neighbours = None if everything else settings.neighbours
    return RBFInterpolator(
        points, values, neighbors=neighbours, smoothing=settings.smoothing, kernel=settings.kernel, degree=degree
    )
