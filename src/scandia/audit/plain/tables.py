"""Raw CSV files, read anew: text to numbers, limits of detection, elements to oxides."""

import csv
import re
from pathlib import Path

import numpy as np
import pandas as pd

# Abridged standard atomic weights 2021 (IUPAC), of the elements that assays of these deposits report.
MASSES = {
    "O": 15.999, "Mg": 24.305, "Al": 26.982, "Si": 28.085, "P": 30.974, "S": 32.06, "Ca": 40.078, "Sc": 44.956, "Ti": 47.867,
    "V": 50.942, "Cr": 51.996, "Mn": 54.938, "Fe": 55.845, "Co": 58.933, "Ni": 58.693, "Cu": 63.546, "Zn": 65.38, "Y": 88.906,
    "La": 138.91, "Ce": 140.12, "Pr": 140.91, "Nd": 144.24, "Sm": 150.36, "Eu": 151.96, "Gd": 157.25, "Tb": 158.93,
    "Dy": 162.50, "Ho": 164.93, "Er": 167.26, "Tm": 168.93, "Yb": 173.05, "Lu": 174.97, "Au": 196.97, "Ag": 107.87,
}  # fmt: skip
KEYS = ("hole", "from", "to", "depth")
PER_BILLION = {"ppb": 1, "ppm": 1e3, "g/t": 1e3, "kg/t": 1e6, "%": 1e7}


def read_table(config, name):
    """Rows of a raw table as text, columns by their names in the flow; analytes' columns keep those of the file."""
    settings = config["drillholes"][name]
    path = Path(settings["root"] or config["drillholes"]["root"], settings["file"])
    with path.open(encoding=settings["encoding"], newline="") as stream:
        lines = [line for line in stream if not (settings["comment"] and line.startswith(settings["comment"]))]
    rows = [row for row in csv.reader(lines, delimiter=settings["separator"]) if any(cell.strip() for cell in row)]
    header = [cell.strip() for cell in rows[0]]
    frame = pd.DataFrame([[cell.strip() for cell in row] for row in rows[1:]], columns=header)
    texts = [
        text for text in settings["missing"] if not _is_number(text)
    ]  # a number for "missing" is a depth of its own in a key
    keys = [settings["columns"][key] for key in KEYS if key in settings["columns"]]
    missing = {column: texts if column in keys else settings["missing"] for column in header}
    frame = pd.DataFrame({column: frame[column].mask(frame[column].isin(list(missing[column]))) for column in header})
    return frame.rename(columns={column: key for key, column in settings["columns"].items()})


def numbers(column):
    """Floats of a column of text, NaN where it is missing."""
    return np.array([np.nan if pd.isna(text) else float(text) for text in column], dtype=float)


def grades(config, frame, name):
    """Grades ``(n,)`` of an analyte, in the unit and species that flow."""
    analyte = config["analytes"][name]
    if analyte["column"] is None:
        parts = analyte["sum_of"]
        units = [PER_BILLION[config["analytes"][part]["unit"]] / PER_BILLION[analyte["unit"]] for part in parts]
        return sum(grades(config, frame, part) * unit for part, unit in zip(parts, units, strict=True))
    values = np.array([_grade(text, analyte) for text in frame[analyte["column"]]], dtype=float)
    unit = PER_BILLION[analyte["column_unit"]] / PER_BILLION[analyte["unit"]]
    return values * unit * species_factor(analyte["column_species"], analyte["species"])


def _grade(text, analyte):
    """Number of one assay; a share of the limit where it lies below it; missing where its text, or its number, says so."""
    if pd.isna(text) or text in analyte["missing"]:
        return np.nan
    if text.startswith("<"):
        return float(text[1:]) * analyte["below_detection"]
    value = float(text)
    return np.nan if any(_is_number(other) and float(other) == value for other in analyte["missing"]) else value


def _is_number(text):
    return re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", text) is not None


def atoms(formula):
    """Dict of element to number of atoms of a formula such as Sc2O3."""
    return {element: int(number or 1) for element, number in re.findall(r"([A-Z][a-z]?)([0-9]*)", formula)}


def species_factor(given, wanted):
    """Mass of one species that holds the element of a unit mass of another."""
    if given == wanted:
        return 1.0
    before, after = atoms(given), atoms(wanted)
    (element,) = [one for one in before if one in after and one != "O"]
    masses = [sum(MASSES[one] * count for one, count in species.items()) for species in (before, after)]
    return (masses[1] / after[element]) / (masses[0] / before[element])
