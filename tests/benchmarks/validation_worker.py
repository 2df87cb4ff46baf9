"""A million assay rows as files, read, checked, desurveyed and located in one process; what it took as JSON."""

import json
import os
import resource
import sys
import tempfile
from pathlib import Path

import numpy as np
from clock import measured

from scandia.drillholes.desurvey import desurvey, locate_intervals
from scandia.drillholes.settings import Analyte, Drillholes, Table
from scandia.drillholes.validation import check_database
from scandia.geometry.minegrid import MineGrid
from scandia.io.tables import read_raw

HOLES, LENGTH, STEP = 5000, 400.0, 2.0
COLUMNS = {
    "collar": ("hole", "easting", "northing", "elevation", "depth"),
    "survey": ("hole", "depth", "azimuth", "dip"),
    "assay": ("hole", "from", "to", "sample"),
    "lithology": ("hole", "from", "to", "lithology"),
}
GRADES = ("Cu", "Au", "Ag", "Zn")


def write(folder):
    """Nothing; writes the tables as CSV, hole by hole."""
    generator = np.random.default_rng(1)
    with (folder / "collar.csv").open("w") as stream:
        stream.write(",".join(COLUMNS["collar"]) + "\n")
        for hole in range(HOLES):
            east, north = 400_000 + 40 * (hole % 71), 6_000_000 + 40 * (hole // 71)
            stream.write(f"DH{hole:05d},{east},{north},{300 + hole % 7},{LENGTH:g}\n")
    with (folder / "survey.csv").open("w") as stream:
        stream.write(",".join(COLUMNS["survey"]) + "\n")
        for hole in range(HOLES):
            bends = generator.normal(0, 1, (14, 2)).round(2)
            for place, (azimuth, dip) in enumerate(bends):
                stream.write(f"DH{hole:05d},{30 * place},{90 + azimuth:.2f},{-60 + dip:.2f}\n")
    with (folder / "assay.csv").open("w") as stream:
        stream.write(",".join((*COLUMNS["assay"], *GRADES)) + "\n")
        for hole in range(HOLES):
            grades = generator.lognormal(0, 1, (int(LENGTH / STEP), len(GRADES))).round(3)
            for place, row in enumerate(grades):
                cells = ",".join(f"{value:.3f}" for value in row)
                stream.write(f"DH{hole:05d},{place * STEP:g},{place * STEP + STEP:g},S{hole:05d}{place:04d},{cells}\n")
    with (folder / "lithology.csv").open("w") as stream:
        stream.write(",".join(COLUMNS["lithology"]) + "\n")
        for hole in range(HOLES):
            stream.writelines(f"DH{hole:05d},{top},{top + 20},{'AB'[top // 20 % 2]}\n" for top in range(0, 400, 20))


def measure(folder):
    """Seconds of each step and peak memory, MB."""
    before = peak()
    tables = {
        name: Table(file=f"{name}.csv", columns={column: column for column in columns}) for name, columns in COLUMNS.items()
    }
    settings = Drillholes(root=str(folder), dip_sign="negative_down", **tables)
    analytes = {
        name: Analyte(label=name, unit="ppm", species=name, column=name, column_unit="ppm", column_species=name)
        for name in GRADES
    }
    raw, seconds = {}, {}
    with measured() as seconds["read"]:
        for name, table in tables.items():
            raw[name], _ = read_raw(folder / table.file, table, table.file, extra=GRADES if name == "assay" else ())
    with measured() as seconds["check"]:
        checked = check_database(raw, settings, analytes)
    with measured() as seconds["desurvey"]:
        stations = desurvey(checked.tables["collar"], checked.tables["survey"])
        located = locate_intervals(checked.tables["assay"], stations, MineGrid())
    told = {"rows": len(located), "holes": HOLES, "surveys": len(checked.tables["survey"]), "analytes": len(GRADES)}
    return told | {
        "seconds": {name: (clock.cpu, clock.wall) for name, clock in seconds.items()},
        "peak": peak(),
        "before": before,
    }


def peak():
    """Peak memory of this process, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024.0 if sys.platform == "linux" else 1024.0**2)


if __name__ == "__main__":
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        sys.stdout.write(json.dumps(measure(Path(folder))))
