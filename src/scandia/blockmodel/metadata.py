"""CF metadata of the block model: coordinate reference system, units, long names and flags."""

import numpy as np
from pyproj import CRS
from pyproj.exceptions import CRSError

from scandia.errors import InputError
from scandia.vocabulary import CHECK_ESTIMATES, CLASS, DENSITY, DIAGNOSTICS, FRACTION, TONNAGE, Class, Reason

CONVENTIONS = "CF-1.11"
GRID_MAPPING = "crs"

COORDINATES = {
    "x": {"long_name": "mine grid x of the block centre, across", "units": "m", "axis": "X"},
    "y": {"long_name": "mine grid y of the block centre, along strike", "units": "m", "axis": "Y"},
    "z": {"long_name": "mine grid z of the block centre, up", "units": "m", "axis": "Z", "positive": "up"},
    "easting": {"long_name": "easting of the block centre", "units": "m", "standard_name": "projection_x_coordinate"},
    "northing": {"long_name": "northing of the block centre", "units": "m", "standard_name": "projection_y_coordinate"},
    "elevation": {"long_name": "elevation of the block centre", "units": "m", "positive": "up"},
}
VARIABLES = {
    FRACTION: {"long_name": "share of the block's volume in the domain, below ground", "units": "1"},
    "ground": {"long_name": "share of the block's volume below ground", "units": "1"},
    DENSITY: {"long_name": "dry bulk density", "units": "t/m3"},
    TONNAGE: {"long_name": "dry tonnage in the domains", "units": "t"},
}
SQUARED = ("variance", "lagrange")
METRES = ("nearest_distance", "mean_distance")


def crs_attributes(crs):
    """Attributes of the scalar CF grid-mapping variable, as pyproj writes them.

    Raises
    ------
    InputError
        pyproj does not know the coordinate reference system.
    """
    try:
        return {**CRS.from_user_input(crs).to_cf(), "long_name": f"coordinate reference system {crs}"}
    except CRSError as error:
        message = f"{crs!r} is no coordinate reference system that pyproj knows; give a code such as EPSG:26920, or WKT"
        raise InputError(message) from error


def flags(codes):
    """CF flag attributes of a dict of name to code, as int8."""
    return {"flag_values": np.array(list(codes.values()), dtype=np.int8), "flag_meanings": " ".join(map(flag_word, codes))}


def flag_word(name):
    """A name as one word of CF's flag_meanings."""
    return "_".join(str(name).split())


def attributes(dataset, units, *, labels=None):
    """Copy of a block model with units, long names, flags and grid mapping on the variables it knows.

    Parameters
    ----------
    dataset : xarray.Dataset
        Parts, or blocks. Attributes that its variables have already stay, but where this function sets them.
    units : dict of str to str
        Grade variable to its unit.
    labels : dict of str to str, optional
        Grade variable to its name in pictures, such as Sc₂O₃.
    """
    known = dict(VARIABLES)
    known[CLASS] = {"long_name": "resource class", **flags({member.name.lower(): member for member in Class})}
    for variable, unit in units.items():
        known |= grade_attributes(variable, unit, (labels or {}).get(variable, variable), _estimate_words(dataset, variable))
    out = dataset.copy()
    for name, variable in out.data_vars.items():
        if name == GRID_MAPPING:
            continue
        added = dict(known.get(name, {}))
        if "flag_values" in variable.attrs:  # whoever wrote the codes knows best what they mean
            added = {key: value for key, value in added.items() if not key.startswith("flag_")}
        variable.attrs = {**variable.attrs, **added}
        if {"y", "x"} <= set(variable.dims):
            variable.attrs["grid_mapping"] = GRID_MAPPING
    return out


def _estimate_words(dataset, variable):
    """What whoever estimated a variable said that it is, such as "ordinary kriging estimate"."""
    said = dataset[variable].attrs.get("long_name", "") if variable in dataset else ""
    return said.rsplit(", ", 1)[-1] if said.endswith(" estimate") else "estimate"


def grade_attributes(variable, unit, label, words):
    """Dict of each variable that belongs to a grade, to its attributes; ``words`` say what the estimate is."""
    known = {
        variable: {"long_name": f"{label}, {words}", "units": unit},
        f"{variable}_tonnage": {"long_name": f"dry tonnage with an estimate of {label}", "units": "t"},
    }
    known |= {f"{variable}_{name}": {"long_name": f"{label}, {check}", "units": unit} for name, check in CHECK_ESTIMATES.items()}
    for name, words in DIAGNOSTICS.items():
        given = "m" if name in METRES else f"({unit})2" if name in SQUARED else "1"
        known[f"{variable}_{name}"] = {"long_name": f"{label}, {words}", "units": given}
    known[f"{variable}_reason"] = {"long_name": f"{label}, {DIAGNOSTICS['reason']}"}
    known[f"{variable}_reason"] |= flags({member.name.lower(): member for member in Reason})
    return known
