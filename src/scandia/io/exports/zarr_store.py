"""Block models as Zarr stores, which xarray reads piece by piece, also over a network."""

from scandia.io.netcdf import fill_value
from scandia.vocabulary import DOMAIN


def write_zarr(bundle, folder):
    """Nothing; writes ``blocks.zarr`` (Zarr format 2, consolidated) with types, fill values and attributes of the netCDF file.

    The store is a folder; the caller moves it into place whole.
    """
    if bundle.blocks is None:
        return
    clean = bundle.blocks.drop_encoding()
    encoding = {str(name): {"_FillValue": fill_value(clean[name])} for name in clean.data_vars if clean[name].ndim}
    names = clean[DOMAIN].values.astype("U")  # of fixed length, which every reader of format 2 knows
    clean = clean.assign_coords({DOMAIN: (DOMAIN, names, clean[DOMAIN].attrs)})
    clean.to_zarr(folder / "blocks.zarr", mode="w", zarr_format=2, consolidated=True, encoding=encoding)
