"""Block models that come in windows, written one after another into one netCDF file."""

import shutil
from contextlib import ExitStack
from pathlib import Path

import netCDF4
import numpy as np
import xarray as xr

from scandia.blockmodel.dataset import grid_of, whole_coordinates
from scandia.errors import InputError
from scandia.io.netcdf import attribute_text, encoding_of, stored_sizes, write_dataset
from scandia.io.plain import whole_file


def write_streamed(streamed, path):
    """Path of the netCDF-4 file of a `Streamed` block model; it appears complete or not at all, and holds what one write would.

    Nothing is held but one window. Where the model is added to another, that one's file is copied as it is.

    Raises
    ------
    InputError
        The windows do not hold each block once, or differ in their attributes.
    """
    path = Path(path)
    with whole_file(path) as temporary, ExitStack() as stack:
        if streamed.base is not None:
            shutil.copyfile(streamed.base, temporary)
        file = held = None
        for window in streamed.windows:
            if file is None:
                if streamed.base is None:
                    write_dataset(xr.Dataset({}, whole_coordinates(window), window.attrs), temporary)
                file = stack.enter_context(netCDF4.Dataset(temporary, "a"))
                held = np.zeros([file.dimensions[name].size for name in "zy"], dtype=bool)
                file.delncattr("coordinates") if "coordinates" in file.ncattrs() else None
                _make_variables(file, window)
            _write_window(file, window, held, path.name)
        if held is None or not held.all():
            message = f"{path.name} lacks blocks: {'all' if held is None else int((~held).sum())} rows are in none of its pieces"
            raise InputError(message)
    return path


def _make_variables(file, window):
    """Nothing; makes the variables that the file has not, and gives all of the window their attributes."""
    for name in sorted(map(str, window.data_vars)):
        variable = window[name].variable
        if name not in file.variables:
            for dimension, size in variable.sizes.items():
                if dimension not in file.dimensions:
                    file.createDimension(dimension, size)
            options = encoding_of(window[name])
            kind, fill = options.pop("dtype"), options.pop("_FillValue")
            options |= {"fill_value": False if fill is None else fill}
            if variable.ndim:
                options["chunksizes"] = stored_sizes([file.dimensions[dimension].size for dimension in variable.dims])
            file.createVariable(name, kind, variable.dims, **options)
        stored = file.variables[name]
        for key in stored.ncattrs():
            if key != "_FillValue":
                stored.delncattr(key)
        stored.setncatts({key: value for key, value in variable.attrs.items() if key != "_FillValue"})
        placed = [str(one) for one in window[name].coords if one not in window.dims]
        if placed:
            stored.setncattr("coordinates", " ".join(sorted(placed)))


def _write_window(file, window, held, model):
    """Nothing; writes one window, and marks its layers and rows as held."""
    grid = grid_of(window)
    place = {name: slice(first, first + count) for name, first, count in zip("xyz", grid.first, grid.count, strict=True)}
    if held[place["z"], place["y"]].any():
        message = f"{model} would have blocks twice, in layers {grid.first[2]} and on, rows {grid.first[1]} and on"
        raise InputError(message)
    held[place["z"], place["y"]] = True
    for name in map(str, window.data_vars):
        variable, stored = window[name].variable, file.variables.get(name)
        if stored is None or attribute_text(variable.attrs) != attribute_text(stored.__dict__):
            message = f"the pieces of {model} disagree on what {name} is: {variable.attrs}"
            raise InputError(message)
        stored.set_auto_maskandscale(False)
        stored[tuple(place.get(dimension, slice(None)) for dimension in variable.dims) or ...] = variable.values
