"""Generated clean databases, as raw text tables in memory, and the whole way from them to located samples."""

from dataclasses import dataclass, replace
from types import SimpleNamespace

import numpy as np
import pandas as pd

from scandia.drillholes.desurvey import desurvey, locate_intervals
from scandia.drillholes.settings import Analyte, Checks, Drillholes, Table
from scandia.drillholes.validation import check_database
from scandia.errors import InputError
from scandia.geometry.minegrid import MineGrid
from scandia.geometry.surface import Surface
from scandia.units import species_factor

COLUMNS = {
    "collar": ("hole", "easting", "northing", "elevation", "depth"),
    "survey": ("hole", "depth", "azimuth", "dip"),
    "assay": ("hole", "from", "to", "sample", "Ni_ppm", "NiO_pct", "Fe_pct", "Cu_ppm", "S_pct"),
    "lithology": ("hole", "from", "to", "lithology"),
    "density": ("hole", "from", "to", "density"),
    "qc": ("sample", "type", "reference", "parent", "batch", "Ni_ppm"),
}
GRADES = COLUMNS["assay"][4:]
MAPPED = {name: [column for column in columns if column not in GRADES] for name, columns in COLUMNS.items()}


def _analyte(column, species, unit, maximum, typical):
    return Analyte(
        label=species,
        unit=unit,
        species=species,
        column=column,
        column_unit=unit,
        column_species=species,
        maximum=maximum,
        typical=typical,
    )


ANALYTES = {
    "ni": _analyte("Ni_ppm", "Ni", "ppm", 40_000.0, (500.0, 20_000.0)),
    "nio": _analyte("NiO_pct", "NiO", "%", 5.0, (0.05, 2.0)),
    "fe": _analyte("Fe_pct", "Fe", "%", 60.0, (2.0, 40.0)),
    "cu": _analyte("Cu_ppm", "Cu", "ppm", 50_000.0, (20.0, 2000.0)),
    "s": _analyte("S_pct", "S", "%", 40.0, (0.1, 10.0)),
}
TABLES = {name: Table(file=f"{name}.csv", columns={column: column for column in columns}) for name, columns in MAPPED.items()}
SETTINGS = Drillholes(
    root=".", dip_sign="negative_down", checks=Checks(), **{name: table for name, table in TABLES.items() if name != "qc"}
)
CONTROL = SimpleNamespace(table=TABLES["qc"], analytes=("ni",), standards={"S1": {}}, not_certified={})


@dataclass(frozen=True, eq=False)
class Database:
    """Raw text tables by name, and the ground."""

    raw: dict
    ground: Surface

    def changed(self, name, frame):
        """The same database with one table replaced; rows get the line numbers they would have in a file."""
        frame = frame.reset_index(drop=True)
        return replace(self, raw={**self.raw, name: frame.assign(row=np.arange(len(frame)) + 2)})


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of a database: `Checked`, stations, located samples, and the plain refusal where there was one."""

    checked: object
    stations: pd.DataFrame | None
    samples: pd.DataFrame | None
    refusal: str = ""


def run(database):
    """The whole way: checks, desurvey, located samples."""
    checked = check_database(
        database.raw, SETTINGS, ANALYTES, surface=database.ground, quality_control=CONTROL, codes={"model.domains.ore": ["ORE"]}
    )
    tables = checked.tables
    try:
        stations = desurvey(tables["collar"], tables["survey"])
        samples = locate_intervals(tables["assay"], stations, MineGrid())
    except InputError as error:  # a plain refusal, never a traceback
        return Outcome(checked, None, None, str(error))
    return Outcome(checked, stations, samples)


def generate(seed):
    """A clean database: 9 to 12 holes on two fences, surveyed every 30 m, sampled, logged and measured from top to end."""
    generator = np.random.default_rng(seed)
    count = int(generator.integers(9, 13))
    depths = generator.integers(45, 60, count) * 2
    names = [f"DH{seed:02d}-{number:03d}" for number in range(1, count + 1)]
    east = 450_000.0 + 55.0 * (np.arange(count) % 6) + generator.uniform(-5, 5, count)
    north = 6_200_000.0 + 60.0 * (np.arange(count) // 6) + generator.uniform(-5, 5, count)
    height = 350.0 + 0.05 * (east - 450_000.0) + 0.02 * (north - 6_200_000.0)
    raw = {
        "collar": {"hole": names, "easting": east, "northing": north, "elevation": height, "depth": depths.astype(float)},
        "survey": _survey(generator, names, depths),
        "assay": _assay(generator, names, depths),
        "lithology": _lithology(generator, names, depths),
        "density": _density(generator, names, depths),
        "qc": _controls(generator, seed),
    }
    frames = {name: _text(pd.DataFrame(columns)[list(COLUMNS[name])]) for name, columns in raw.items()}
    sides = np.array([449_000.0, 452_000.0]), np.array([6_199_000.0, 6_202_000.0])
    level = 350.0 + 0.05 * (sides[0] - 450_000.0)[None, :] + 0.02 * (sides[1] - 6_200_000.0)[:, None]
    return Database(frames, Surface(*sides, level))


def _survey(generator, names, depths):
    parts = []
    for name, depth in zip(names, depths, strict=True):
        at = np.arange(0, depth, 30)
        azimuth = (generator.choice([2.0, 88.0, 271.0]) + np.cumsum(generator.normal(0, 0.8, len(at)))) % 360
        dip = -60 + np.cumsum(generator.normal(0, 0.6, len(at)))
        parts.append(
            pd.DataFrame({"hole": name, "depth": at.astype(float), "azimuth": azimuth.round(2) % 360, "dip": dip.round(2)})
        )
    return pd.concat(parts)


def _assay(generator, names, depths):
    parts = []
    for name, depth in zip(names, depths, strict=True):
        top = np.arange(0, depth, 2.0)
        nickel = generator.lognormal(np.log(3000), 0.4, len(top)).round(1)
        parts.append(
            pd.DataFrame(
                {
                    "hole": name,
                    "from": top,
                    "to": top + 2.0,
                    "sample": [f"{name}-{number:04d}" for number in range(len(top))],
                    "Ni_ppm": nickel,
                    "NiO_pct": (nickel * species_factor("Ni", "NiO") / 10_000).round(5),
                    "Fe_pct": generator.lognormal(np.log(12), 0.2, len(top)).round(3),
                    "Cu_ppm": generator.lognormal(np.log(200), 0.5, len(top)).round(2),
                    "S_pct": generator.lognormal(np.log(1.5), 0.4, len(top)).round(4),
                }
            )
        )
    return pd.concat(parts)


def _lithology(generator, names, depths):
    parts = []
    for name, depth in zip(names, depths, strict=True):
        cuts = np.unique(np.concatenate([[0, depth], generator.integers(1, depth, 4)])).astype(float)
        codes = np.array(["OVB", "ORE", "WASTE", "DYKE"])[np.arange(len(cuts) - 1) % 4]
        parts.append(pd.DataFrame({"hole": name, "from": cuts[:-1], "to": cuts[1:], "lithology": codes}))
    return pd.concat(parts)


def _density(generator, names, depths):
    parts = []
    for name, depth in zip(names, depths, strict=True):
        top = np.arange(5.0, depth - 1, 17.0)
        values = generator.normal(2.9, 0.1, len(top)).round(3)
        parts.append(pd.DataFrame({"hole": name, "from": top, "to": top + 0.2, "density": values}))
    return pd.concat(parts)


def _controls(generator, seed):
    number = np.arange(12)
    values = np.where(number % 2, 2500.0, 5.0) + generator.normal(0, 0.5, 12).round(2)
    return {
        "sample": [f"Q{seed:02d}-{item:03d}" for item in number],
        "type": np.where(number % 2, "standard", "blank"),
        "reference": np.where(number % 2, "S1", ""),
        "parent": "",
        "batch": "B1",
        "Ni_ppm": values,
    }


def _text(frame):
    """The table as a reader of files gives it: text, missing cells missing, line numbers."""
    texts = {
        name: [f"{value:.10g}" if isinstance(value, float) else str(value) for value in frame[name].tolist()] for name in frame
    }
    table = pd.DataFrame({name: pd.array([item or None for item in items], dtype="str") for name, items in texts.items()})
    return table.assign(row=np.arange(len(table)) + 2)
