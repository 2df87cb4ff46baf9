"""Block models in netCDF: written in one move, compressed and typed, read back as they were."""

import hashlib
import json
from pathlib import Path

import numpy as np
import xarray as xr

from scandia.blockmodel import accessor  # noqa: F401  whoever reads a block model can ask it for its sections
from scandia.errors import InputError
from scandia.io.plain import whole_file

COMPRESSION = {"zlib": True, "complevel": 4, "shuffle": True}


def write_dataset(dataset, path):
    """Path of the netCDF-4 file of a Dataset; it appears under its name complete or not at all.

    Numbers keep their types. Floats are NaN where missing, and say so; integer codes get an explicit `_FillValue` outside
    their flags, so that other programs see missing codes as missing.

    Parameters
    ----------
    dataset : xarray.Dataset
    path : path-like

    Raises
    ------
    InputError
        A variable of a type that does not survive the file (objects, times, booleans).
    """
    path = Path(path)
    clean = dataset.drop_encoding()
    clean = clean[[*sorted(clean.data_vars)]]
    encoding = {str(name): _encoding(clean[name]) for name in clean.variables}
    with whole_file(path) as temporary:
        clean.to_netcdf(temporary, engine="netcdf4", format="NETCDF4", encoding=encoding)
    return path


def read_dataset(path):
    """Dataset of a netCDF file, in memory, with the types it was written with: codes stay integers.

    Raises
    ------
    InputError
        The file is missing.
    """
    path = Path(path)
    if not path.is_file():
        message = f"{path} is missing; run the rule that writes it"
        raise InputError(message)
    with xr.open_dataset(path, engine="netcdf4", mask_and_scale=False) as stored:
        dataset = stored.load()
    for name in dataset.variables:
        variable = dataset[name].variable
        variable.attrs.pop("_FillValue", None)  # NaN needs no replacing, and codes keep their number
        if variable.dtype.kind in "OT":
            text = variable.copy(data=variable.values.astype(str))
            dataset = dataset.assign_coords({name: text}) if name in dataset.coords else dataset.assign({name: text})
    return dataset.drop_encoding()


def content_hash(dataset):
    """SHA-256, hexadecimal, of what a Dataset holds: names, dimensions, types, values and attributes.

    Equal content gives equal hashes, in memory and after a file: arrays are taken little-endian in C order with one NaN and
    one zero, attributes sorted; the order of variables, encodings, fill values and the file's own stamps do not count.
    """
    digest = hashlib.sha256(_attribute_text(dataset.attrs))
    for name in sorted(map(str, dataset.variables)):
        variable = dataset[name]
        head = {"name": name, "dims": list(variable.dims), "shape": list(variable.shape), "coordinate": name in dataset.coords}
        values, kind = _canonical(variable.values)
        digest.update(json.dumps(head | {"type": kind}, sort_keys=True).encode())
        digest.update(values)
        digest.update(_attribute_text(variable.attrs))
    return digest.hexdigest()


def _encoding(variable):
    if variable.dtype.kind in "UT":
        return {}
    if variable.dtype.kind not in "iuf":
        message = f"{variable.name} has type {variable.dtype}, which a block model does not hold; give floats, integers or text"
        raise InputError(message)
    storage = {"dtype": variable.dtype.newbyteorder("=")}
    if variable.ndim == 0:
        return storage | {"_FillValue": None}
    fill = None if variable.name in variable.coords else fill_value(variable)
    return storage | COMPRESSION | {"_FillValue": fill}


def fill_value(variable):
    """NaN of floats; of codes -1, or the lowest number where -1 is a code of its own; none of packed bits (unsigned)."""
    if variable.dtype.kind == "f":
        return np.array(np.nan, variable.dtype)[()]
    if variable.dtype.kind == "u":
        return None
    flagged = -1 in np.atleast_1d(variable.attrs.get("flag_values", []))
    return np.array(np.iinfo(variable.dtype).min if flagged else -1, variable.dtype)[()]


def _canonical(values):
    if values.dtype.kind in "OTU":
        return json.dumps(values.astype(str).tolist(), ensure_ascii=False).encode(), "text"
    kind = values.dtype.newbyteorder("<")
    values = np.ascontiguousarray(values, dtype=kind)
    if kind.kind == "f":
        values = np.where(np.isnan(values), np.array(np.nan, kind), values + np.array(0.0, kind)).astype(kind)
    return values.tobytes(), kind.str


def _attribute_text(attributes):
    plain = {str(key): _plain(value) for key, value in attributes.items() if key not in ("_FillValue", "coordinates")}
    return json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()


def _plain(value):
    """Attribute as a file gives it back: numbers and lists of numbers without their type, a list of one as its element."""
    if isinstance(value, str):
        return value
    items = np.atleast_1d(value).tolist()
    return items[0] if len(items) == 1 else items
