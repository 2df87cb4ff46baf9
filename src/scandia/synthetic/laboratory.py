"""The simulated core shed and laboratory: which core is sampled, what the assays say, and in which digits."""

import numpy as np
import pandas as pd

from scandia.synthetic.deposit import (
    ELEMENTS,
    NUGGET,
    PROPERTIES,
    RARE_EARTH_NUGGET,
    draw_deposit,
    oxide_factors,
    point_density,
    point_grades,
)
from scandia.synthetic.drilling import local_positions
from scandia.synthetic.field import normals
from scandia.synthetic.geometry import OVERBURDEN, ROCKS, SYENITE
from scandia.vocabulary import CAMPAIGN, FROM, HOLE, TO

NOMINAL_LENGTH = {"2019": 1.5, "2020": 1.2, "2021": 1.5, "2022": 1.3, "2024": 1.4}  # m, by campaign
LABORATORY_ERROR = 0.02  # relative standard deviation of one analysis
DETECTION_LIMITS = {element: 0.5 if element == "Sc" else 0.1 for element in ELEMENTS}  # ppm
_POINTS = 4  # along a sample


def sample_intervals(holes, lithology, generator):
    """Sampled core: hole, from, to, code, campaign, in drilling order; 1.0 to 1.5 m, broken at every logged contact.

    Ferrosyenite and the waste inside it are sampled, with shoulders of 5 to 10 m into the syenite. Core is lost or left
    out here and there, and leaves a gap.
    """
    rows = []
    for hole in holes:
        units = lithology[lithology[HOLE] == hole.name]
        wanted = units[~units["code"].isin([SYENITE, OVERBURDEN])]
        shoulder = 5.0 + 5.0 * generator.random(2)
        for unit in units.itertuples(index=False):
            for start, end in _sampled_part(tuple(unit)[1:], wanted, shoulder):
                pieces = _split(start, end, NOMINAL_LENGTH[hole.campaign])
                rows += [(hole.name, *piece, unit.code, hole.campaign) for piece in pieces]
    frame = pd.DataFrame(rows, columns=[HOLE, FROM, TO, "code", CAMPAIGN])
    lost = generator.random(len(frame)) < 0.012
    return frame[~lost].reset_index(drop=True)


def true_sample_grades(settings, samples, stations):
    """Oxide grades of the sampled core before the laboratory, g/t, shape ``(n, 16)``: field along the core plus nugget."""
    generator = np.random.Generator(np.random.PCG64([settings.seed, 4]))
    share = (np.arange(_POINTS) + 0.5) / _POINTS
    depths = samples[FROM].to_numpy()[:, None] + (samples[TO] - samples[FROM]).to_numpy()[:, None] * share
    codes = np.repeat(samples["code"].to_numpy(), _POINTS)
    points = local_positions(stations, np.repeat(samples[HOLE].to_numpy(dtype=object), _POINTS), depths.ravel())
    grades = point_grades(draw_deposit(settings.seed), points, codes)
    return add_nugget(grades.reshape(len(samples), _POINTS, -1).mean(axis=1), samples["code"].to_numpy(), generator)


def add_nugget(grades, codes, generator):
    """Grades with the white variation from one piece of core to the next; shape as given."""
    spread = np.array([PROPERTIES[name].spread for name in ROCKS])[codes]
    noise = normals(generator, len(grades))
    scandium = np.where(codes == SYENITE, grades[:, 0] * np.exp(0.25 * noise), grades[:, 0] + np.sqrt(NUGGET) * spread * noise)
    common = 1.0 + RARE_EARTH_NUGGET * normals(generator, len(grades))
    own = 1.0 + 0.02 * normals(generator, grades[:, 1:].size).reshape(len(grades), -1)
    return np.maximum(np.column_stack([scandium, grades[:, 1:] * common[:, None] * own]), 0.0)


def analyse(oxide_grades, generator, *, error=LABORATORY_ERROR):
    """Element grades, ppm, as one analysis of pulps with these oxide grades (g/t) finds them; shape ``(n, 16)``."""
    noise = normals(generator, oxide_grades.size).reshape(oxide_grades.shape)
    return oxide_grades / oxide_factors() * (1.0 + error * noise)


def report_value(value, limit):
    """Text of one result, ppm: three significant figures, ``<limit`` below detection, empty where there is none."""
    if np.isnan(value):
        return ""
    if value < limit:
        return f"<{limit:g}"
    if value >= 1000.0:
        return str(int(round(value, -1)))
    return f"{value:.0f}" if value >= 100.0 else f"{value:.1f}" if value >= 10.0 else f"{value:.2f}"


def density_frame(settings, holes, lithology, stations):
    """Density measurements on pieces of core: hole, from, to, density (t/m3); about every 9 m in ferrosyenite, 30 m outside."""
    generator = np.random.Generator(np.random.PCG64([settings.seed, 6]))
    rows = []
    for unit in lithology[lithology["code"] != OVERBURDEN].itertuples(index=False):
        name, start, end, code = tuple(unit)
        spacing = 30.0 if code == SYENITE else 9.0
        depth = start + spacing * generator.random()
        while depth + 0.2 < end:
            rows.append((name, round(depth, 2), round(depth + 0.15, 2), code))
            depth += spacing * (0.7 + 0.6 * generator.random())
    frame = pd.DataFrame(rows, columns=[HOLE, FROM, TO, "code"])
    codes = frame["code"].to_numpy()
    points = local_positions(stations, frame[HOLE].to_numpy(dtype=object), (frame[FROM] + frame[TO]).to_numpy() / 2)
    true = point_density(codes, point_grades(draw_deposit(settings.seed), points, codes))
    return frame.assign(density=true + 0.03 * normals(generator, len(frame)))


def _sampled_part(unit, wanted, shoulder):
    """Parts of one logged unit that are sampled: all of a ferrosyenite, the shoulders of a syenite, none of the overburden."""
    start, end, code = unit
    if code not in (SYENITE, OVERBURDEN):
        return [(start, end)]
    if code == OVERBURDEN:
        return []
    above = np.isclose(wanted[TO], start).any()  # ferrosyenite ends where this syenite begins
    below = np.isclose(wanted[FROM], end).any()
    head = round(min(end, start + shoulder[0]), 1) if above else start
    tail = round(max(start, end - shoulder[1]), 1) if below else end
    if head >= tail:
        return [(start, end)]
    return [part for part in ((start, head), (tail, end)) if part[1] - part[0] >= 0.5]


def _split(start, end, nominal):
    """Samples of about the nominal length between two depths, on decimetres."""
    count = max(1, int(np.ceil((end - start) / nominal - 0.1)))
    edges = np.round(np.linspace(start, end, count + 1), 1)
    edges[0], edges[-1] = start, end
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
