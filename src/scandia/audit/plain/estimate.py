"""Ordinary kriging of one block: search, system, mean; written as the textbook has it."""

from dataclasses import dataclass

import numpy as np

SQUARE_BITS = 27  # squared distances tie where their leading bits agree, and the order of samples decides (docs/methods.md)


@dataclass(frozen=True, eq=False)
class Samples:
    """The composites that the blocks of one domain may use, in the order that breaks ties: hole, x, y, z."""

    places: np.ndarray  # (n, 3)
    holes: np.ndarray  # (n,) names
    values: np.ndarray  # (n,)


@dataclass(frozen=True)
class Block:
    """What is known of one block after its search."""

    number: int  # pass, from 1; 0 where none succeeded
    grade: float = np.nan
    variance: float = np.nan
    holes: int = 0
    mean_distance: float = np.nan


def samples_of(composites, domain, variable):
    """`Samples` of a domain: its own composites with a grade."""
    own = composites[(composites["domain"] == domain) & composites[variable].notna()]
    own = own.sort_values(["hole", "x", "y", "z"], kind="stable")
    return Samples(own[["x", "y", "z"]].to_numpy(float), own["hole"].to_numpy(str), own[variable].to_numpy(float))


def estimate(centre, samples, search, model, size, counts, north):
    """`Block` of one block.

    Parameters
    ----------
    centre : array (3,)
        Mine-grid x, y, z, m.
    samples : Samples
    search : dict
        Angles against grid north and passes, as in the config.
    model : dict
        nugget and structures, angles against grid north.
    size, counts : sequence of 3
        Of the block, m; discretisation points along each axis.
    north : float
        Azimuth of the mine grid's +y, degrees.
    """
    for number, item in enumerate(search["passes"], start=1):
        chosen = choose(centre, samples, search, item, north)
        if chosen is not None:
            return _krige(number, centre, samples, chosen, model, _points(centre, size, counts), north)
    return Block(0)


def choose(centre, samples, search, item, north):
    """Numbers of the samples of one pass, nearest first; None where they are too few, or of too few holes."""
    angles = [search[name] if item["azimuth"] is None else item[name] for name in ("azimuth", "dip", "rake")]
    lags = (samples.places - centre) @ axes(angles[0] - north, angles[1], angles[2]).T / np.array(item["ranges"])
    squares = _leading_bits((lags**2).sum(axis=1))
    chosen, taken = [], {}
    for number in sorted(np.flatnonzero(squares <= 1.0), key=lambda number: (squares[number], number)):
        hole = samples.holes[number]
        if len(chosen) == item["max_samples"] or (item["max_per_hole"] and taken.get(hole, 0) == item["max_per_hole"]):
            continue
        chosen.append(number)
        taken[hole] = taken.get(hole, 0) + 1
    return np.array(chosen) if len(chosen) >= item["min_samples"] and len(taken) >= item["min_holes"] else None


def axes(azimuth, dip, rake):
    """Unit vectors of the major, semi-major and minor axis, rows, ``(3, 3)``; degrees."""
    strike, slope, pitch = np.radians([azimuth, dip, rake])
    along = np.array([np.sin(strike), np.cos(strike), 0.0])
    down = np.array([np.cos(strike) * np.cos(slope), -np.sin(strike) * np.cos(slope), -np.sin(slope)])
    major = np.cos(pitch) * along + np.sin(pitch) * down
    semi = np.cos(pitch) * down - np.sin(pitch) * along
    return np.array([major, semi, np.cross(major, semi)])


def covariance(lags, model, north):
    """Covariance ``(...)`` of lags ``(..., 3)``, m, without the nugget."""
    total = np.zeros(lags.shape[:-1])
    for structure in model["structures"]:
        turn = axes(structure["azimuth"] - north, structure["dip"], structure["rake"])
        h = np.sqrt((((lags @ turn.T) / np.array(structure["ranges"])) ** 2).sum(axis=-1))
        total += structure["contribution"] * (1.0 - _shape(structure["kind"], h))
    return total


def _shape(kind, h):
    """Semivariance as a share of the contribution, at a share of the range."""
    if kind == "exponential":
        return 1.0 - np.exp(-3.0 * h)
    if kind == "gaussian":
        return 1.0 - np.exp(-3.0 * h**2)
    if kind == "cubic":
        return np.where(h < 1.0, 7.0 * h**2 - 8.75 * h**3 + 3.5 * h**5 - 0.75 * h**7, 1.0)
    return np.where(h < 1.0, 1.5 * h - 0.5 * h**3, 1.0)


def _krige(number, centre, samples, chosen, model, points, north):
    places, values, count = samples.places[chosen], samples.values[chosen], len(chosen)
    system = np.zeros((count + 1, count + 1))
    system[:count, :count] = covariance(places[:, None] - places[None], model, north) + model["nugget"] * np.eye(count)
    system[:count, count] = system[count, :count] = 1.0
    beside = covariance(places[:, None] - points[None], model, north)
    within = covariance(points[:, None] - points[None], model, north)
    if len(points) == 1:
        beside = beside + model["nugget"] * (np.linalg.norm(places[:, None] - points[None], axis=-1) < 1e-6)
        within = within + model["nugget"]
    right = np.append(beside.mean(axis=1), 1.0)
    solved = np.linalg.solve(system, right)
    variance = within.mean() - solved @ right
    distance = np.linalg.norm(places - centre, axis=1).mean()
    return Block(number, float(solved[:count] @ values), float(variance), len(set(samples.holes[chosen])), float(distance))


def _points(centre, size, counts):
    """Centres of the regular cells of a block."""
    steps = [((np.arange(n) + 0.5) / n - 0.5) * length for n, length in zip(counts, size, strict=True)]
    return centre + np.array([(x, y, z) for z in steps[2] for y in steps[1] for x in steps[0]])


def _leading_bits(squares):
    mantissa, exponent = np.frexp(squares)
    return np.ldexp(np.floor(np.ldexp(mantissa, SQUARE_BITS) + 0.5), exponent - SQUARE_BITS)
