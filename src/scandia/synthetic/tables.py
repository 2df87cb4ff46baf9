"""The raw tables of a simulated deposit, cell for cell as they are shipped."""

from functools import cache

import numpy as np
import pandas as pd

from scandia.drillholes.desurvey import desurvey
from scandia.geometry.minegrid import to_local, to_world
from scandia.synthetic import control, drilling, laboratory
from scandia.synthetic.geometry import ROCKS
from scandia.synthetic.ground import MINE_GRID, ground
from scandia.synthetic.plan import planned_holes
from scandia.vocabulary import CAMPAIGN, EASTING, ELEVATION, HOLE, NORTHING, SYNTHETIC

NAMES = ("collar", "survey", "assay", "lithology", "density", "qc", "topography")
TOPOGRAPHY_STEP = 25.0
_DIGITS = {"Azimuth": 1, "Dip": 1}
_CONTENT = {
    "collar": "drillhole collars; holes at published collars are named after them, all others are invented",
    "survey": "downhole surveys, dip negative down",
    "assay": "assays in ppm of the element",
    "lithology": "logged rocks",
    "density": "densities of core in t/m3, drawn from ASSUMED means",
    "qc": "control samples in ppm of the element; the reference materials are invented",
    "topography": "elevations of the ground on a regular grid",
}


def generate(settings):
    """Dict of table name (see `NAMES`) to the raw table, every cell as text, headers as in the file.

    Parameters
    ----------
    settings : Synthetic
        Generator (``tg`` or ``tiny``) and seed.
    """
    return {name: table.copy() for name, table in _generate(settings).items()}


def csv_text(name, frame, settings):
    """The shipped file, byte for byte: one comment line that says SYNTHETIC, the header, the rows.

    Parameters
    ----------
    name : str
        One of `NAMES`.
    frame : DataFrame
        A table of `generate`.
    settings : Synthetic
        Named in the comment.
    """
    comment = (
        f"# {SYNTHETIC}: {_CONTENT[name]}. Simulated by scandia.synthetic (generator {settings.generator}, seed {settings.seed}) "
        "from published facts about the TG Zone; not real data."
    )
    rows = [",".join(frame.columns), *(",".join(row) for row in frame.itertuples(index=False, name=None))]
    return "\n".join([comment, *rows]) + "\n"


@cache
def _generate(settings):
    drill_generator = np.random.Generator(np.random.PCG64([settings.seed, 2]))
    holes = planned_holes(settings, drill_generator)
    collar = drilling.collar_frame(holes)
    survey = drilling.survey_frame(holes, drill_generator)
    # The surveys are taken as true: the pipeline finds every sample where the truth was read
    stations = desurvey(collar, survey)
    lithology = drilling.lithology_frame(holes, stations)
    samples = laboratory.sample_intervals(holes, lithology, np.random.Generator(np.random.PCG64([settings.seed, 3])))
    grades = laboratory.true_sample_grades(settings, samples, stations)
    assay, qc = control.ship(samples, grades, np.random.Generator(np.random.PCG64([settings.seed, 5])))
    density = laboratory.density_frame(settings, holes, lithology, stations)
    rocks = [ROCKS[code] for code in lithology["code"]]
    return {
        "collar": _collar_text(collar),
        "survey": _text(survey, {"HoleID": "hole", "Depth": "depth", "Azimuth": "azimuth", "Dip": "dip"}),
        "assay": assay,
        "lithology": _text(lithology, {"HoleID": "hole", "From": "from", "To": "to"}).assign(Code=rocks),
        "density": _text(density, {"HoleID": "hole", "From": "from", "To": "to", "Density": "density"}),
        "qc": qc,
        "topography": _topography(),
    }


def _text(frame, columns):
    """Columns renamed to their names in the file, numbers with two decimals (angles with one)."""
    table = {}
    for name, column in columns.items():
        values = frame[column]
        table[name] = values.astype(str) if column == HOLE else [f"{value:.{_DIGITS.get(name, 2)}f}" for value in values]
    return pd.DataFrame(table)


def _collar_text(collar):
    columns = {"HoleID": HOLE, "Easting": EASTING, "Northing": NORTHING, "Elevation": ELEVATION, "Depth": "depth"}
    return _text(collar, columns).assign(Campaign=collar[CAMPAIGN])


def _topography():
    """The ground on a regular world grid that covers all holes and the block model with a margin."""
    corners = to_world(MINE_GRID, np.array([220.0, 220.0, 720.0, 720.0]), np.array([60.0, 640.0, 60.0, 640.0]))
    steps = [(int(np.floor(c.min() / TOPOGRAPHY_STEP)), int(np.ceil(c.max() / TOPOGRAPHY_STEP))) for c in corners]
    easting, northing = (TOPOGRAPHY_STEP * np.arange(first, last + 1) for first, last in steps)
    north, east = (part.ravel() for part in np.meshgrid(northing, easting, indexing="ij"))
    height = ground(*to_local(MINE_GRID, east, north))
    columns = {"Easting": (east, 0), "Northing": (north, 0), "Elevation": (height, 2)}
    return pd.DataFrame({name: [f"{value:.{digits}f}" for value in values] for name, (values, digits) in columns.items()})
