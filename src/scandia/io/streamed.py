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
from scandia.vocabulary import DOMAIN

FIXED = (DOMAIN, "domain_code")  # coordinates that all windows share


def write_streamed(streamed, path):
    """Path of the netCDF-4 file of a `Streamed` block model; it appears complete or not at all, and holds what one write would.

    Nothing is held but one window. Where the model is added to another, that one's file is copied as it is.

    Raises
    ------
    InputError
        The windows do not hold each block once, in whole rows; or differ in what they hold, and what it is, or from the other
        model in grid and domains.
    """
    path = Path(path)
    with whole_file(path) as temporary, ExitStack() as stack:
        if streamed.base is not None:
            shutil.copyfile(streamed.base, temporary)
        file = held = form = None
        for window in streamed.windows:
            if file is None:
                form = _form_of(window)
                if streamed.base is None:
                    write_dataset(xr.Dataset({}, whole_coordinates(window), window.attrs), temporary)
                file = stack.enter_context(netCDF4.Dataset(temporary, "a"))
                held = np.zeros([file.dimensions[name].size for name in "zy"], dtype=bool)
                if "coordinates" in file.ncattrs():  # each variable tells its own
                    file.delncattr("coordinates")
                _require_same_grid(file, window, path.name)
                _make_variables(file, window)
            _require_form(form, window, path.name)
            _write_window(file, window, held, path.name)
        if held is None or not held.all():
            message = f"{path.name} lacks blocks: {'all' if held is None else int((~held).sum())} rows are in none of its pieces"
            raise InputError(message)
    return path


def _form_of(window):
    """What all windows of a model share, by what it is called, dict."""
    form = {"attributes": attribute_text(window.attrs)} | {f"{name} along the model": _fixed(window, name) for name in FIXED}
    for name, variable in window.data_vars.items():
        form[str(name)] = (variable.dims, str(variable.dtype), attribute_text(variable.attrs))
    return form


def _fixed(window, name):
    return window[name].values.tolist() if name in window.coords else None


def _require_form(form, window, model):
    """Nothing; an InputError where a window holds other variables than the first, or of another kind, or other domains."""
    own = _form_of(window)
    differing = sorted(name for name in {*form, *own} if form.get(name) != own.get(name))
    if differing:
        first = differing[0]
        message = (
            f"the pieces of {model} disagree on what {first} is: {form.get(first)} in the first, {own.get(first)} in another"
        )
        raise InputError(message)


def _require_same_grid(file, window, model):
    """Nothing; an InputError where the model that is added to has another grid or other domains."""
    told = {key: file.getncattr(key) for key in file.ncattrs() if key.startswith(("grid_", "mine_grid_"))}
    asked = {key: value for key, value in window.attrs.items() if key.startswith(("grid_", "mine_grid_"))}
    domains = file.variables[DOMAIN][:].tolist() if DOMAIN in file.variables else None
    if attribute_text(told) != attribute_text(asked) or _fixed(window, DOMAIN) not in (None, domains):
        message = f"{model} cannot be added to the model of another grid or of other domains: {domains}, {told}"
        raise InputError(message)


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
    if grid.count[0] != file.dimensions["x"].size:
        message = (
            f"a piece of {model} holds {grid.count[0]} of the {file.dimensions['x'].size} blocks of a row; rows must be whole"
        )
        raise InputError(message)
    held[place["z"], place["y"]] = True
    for name in map(str, window.data_vars):
        variable, stored = window[name].variable, file.variables[name]
        if stored.dimensions != variable.dims or stored.dtype != variable.dtype:
            message = f"{model} cannot replace {name} of {stored.dimensions} by one of {variable.dims}, or {stored.dtype}"
            raise InputError(message)
        stored.set_auto_maskandscale(False)
        stored[tuple(place.get(dimension, slice(None)) for dimension in variable.dims) or ...] = variable.values
