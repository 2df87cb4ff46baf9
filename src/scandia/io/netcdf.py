"""Block models in netCDF: written in one move, compressed and typed, read back as they were."""

import hashlib
import json
from pathlib import Path

import netCDF4
import numpy as np
import xarray as xr

from scandia.blockmodel import accessor  # noqa: F401  whoever reads a block model can ask it for its sections
from scandia.errors import InputError
from scandia.io.plain import whole_file

COMPRESSION = {"zlib": True, "complevel": 4, "shuffle": True}
STORED = 1 << 16  # values that are compressed together
PIECE = 1 << 22  # values that are hashed at once
HELD = 1 << 29  # bytes of a model that is read whole: half a gigabyte

# By default the library keeps 64 MB of each of the hundred variables of an open model; eight of our pieces do for a slab.
netCDF4.set_chunk_cache(8 * 8 * STORED, 521, 0.75)


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
    clean = clean[[*sorted(clean.data_vars)]] if clean.data_vars else clean
    encoding = {str(name): encoding_of(clean[name]) for name in clean.variables}
    with whole_file(path) as temporary:
        clean.to_netcdf(temporary, engine="netcdf4", format="NETCDF4", encoding=encoding)
    return path


def read_dataset(path, *, held=HELD):
    """Dataset of a netCDF file with the types it was written with: codes stay integers.

    Parameters
    ----------
    path : path-like
    held : int
        Bytes; a larger model stays on disk, and each variable is read anew whenever its values are asked for, or those of a
        slab of it (`scandia.blockmodel.slabs.slabs`). Coordinates are in memory.

    Raises
    ------
    InputError
        The file is missing.
    """
    path = Path(path)
    if not path.is_file():
        message = f"{path} is missing; run the rule that writes it"
        raise InputError(message)
    dataset = xr.open_dataset(path, engine="netcdf4", mask_and_scale=False, cache=False)
    if dataset.nbytes <= held:
        with dataset as stored:
            dataset = stored.load()
    for name in dataset.variables:
        variable = dataset[name].variable
        variable.attrs.pop("_FillValue", None)  # NaN needs no replacing, and codes keep their number
        if variable.dtype.kind in "OT":
            text = variable.copy(data=variable.values.astype(str))
            dataset = dataset.assign_coords({name: text}) if name in dataset.coords else dataset.assign({name: text})
    return dataset.assign_coords({name: dataset[name].variable.load() for name in dataset.coords}).drop_encoding()


def content_hash(dataset):
    """SHA-256, hexadecimal, of what a Dataset holds: names, dimensions, types, values and attributes.

    Equal content gives equal hashes, in memory and after a file: arrays are taken little-endian in C order with one NaN and
    one zero, attributes sorted; the order of variables, encodings, fill values and the file's own stamps do not count. Of a
    model on disk no more is held than a piece of one variable.
    """
    digest = hashlib.sha256(attribute_text(dataset.attrs))
    for name in sorted(map(str, dataset.variables)):
        variable = dataset[name].variable
        head = {"name": name, "dims": list(variable.dims), "shape": list(variable.shape), "coordinate": name in dataset.coords}
        digest.update(json.dumps(head | {"type": _kind(variable.dtype)}, sort_keys=True).encode())
        for piece in _pieces(variable):
            digest.update(_canonical(piece.values))
        digest.update(attribute_text(variable.attrs))
    return digest.hexdigest()


def _pieces(variable):
    """Pieces of a variable that follow each other in C order, each of at most about `PIECE` values, a generator; text whole."""
    if variable.size <= PIECE or variable.dtype.kind in "OTU":
        yield variable
        return
    dimension, length = variable.dims[0], variable.shape[0]
    step = max(PIECE * length // variable.size, 1)
    for first in range(0, length, step):
        piece = variable.isel({dimension: slice(first, first + step)})
        if step > 1 or variable.ndim == 1:
            yield piece
        else:
            yield from _pieces(piece.squeeze(dimension))


def encoding_of(variable):
    """How a variable is stored: type, compression, fill value; an InputError where it is of no type that survives a file."""
    if variable.dtype.kind in "UT":
        return {}
    if variable.dtype.kind not in "iuf":
        message = f"{variable.name} has type {variable.dtype}, which a block model does not hold; give floats, integers or text"
        raise InputError(message)
    storage = {"dtype": variable.dtype.newbyteorder("=")}
    if variable.ndim == 0:
        return storage | {"_FillValue": None}
    fill = None if variable.name in variable.coords else fill_value(variable)
    return storage | COMPRESSION | {"_FillValue": fill} | ({"chunksizes": stored_sizes(variable.shape)} if variable.size else {})


def stored_sizes(shape):
    """Sizes of the pieces in which a variable of this shape is compressed, a list: about `STORED` values of whole rows."""
    sizes, left = [], STORED
    for size in reversed(shape):
        sizes.append(max(1, min(size, left)))
        left //= sizes[-1]
    return sizes[::-1]


def fill_value(variable):
    """NaN of floats; of codes -1, or the lowest number where -1 is a code of its own; none of packed bits (unsigned)."""
    if variable.dtype.kind == "f":
        return np.array(np.nan, variable.dtype)[()]
    if variable.dtype.kind == "u":
        return None
    flagged = -1 in np.atleast_1d(variable.attrs.get("flag_values", []))
    return np.array(np.iinfo(variable.dtype).min if flagged else -1, variable.dtype)[()]


def _kind(dtype):
    return "text" if dtype.kind in "OTU" else dtype.newbyteorder("<").str


def _canonical(values):
    if values.dtype.kind in "OTU":
        return json.dumps(values.astype(str).tolist(), ensure_ascii=False).encode()
    kind = values.dtype.newbyteorder("<")
    values = np.ascontiguousarray(values, dtype=kind)
    if kind.kind == "f":
        values = np.where(np.isnan(values), np.array(np.nan, kind), values + np.array(0.0, kind)).astype(kind)
    return values.tobytes()


def attribute_text(attributes):
    """Attributes in one canonical form, bytes: equal for equal ones, in memory and after a file."""
    plain = {str(key): _plain(value) for key, value in attributes.items() if key not in ("_FillValue", "coordinates")}
    return json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()


def _plain(value):
    """Attribute as a file gives it back: numbers and lists of numbers without their type, a list of one as its element."""
    if isinstance(value, str):
        return value
    items = np.atleast_1d(value).tolist()
    return items[0] if len(items) == 1 else items
