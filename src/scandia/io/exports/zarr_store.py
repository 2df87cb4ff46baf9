"""Block models as Zarr stores, which xarray reads piece by piece, also over a network; large ones in shards."""

from itertools import product

import numpy as np

from scandia.blockmodel.dataset import BLOCKS, grid_of
from scandia.io.netcdf import encoding_of, fill_value
from scandia.vocabulary import DOMAIN

SHARDED = 2_000_000  # blocks; a larger model is stored in shards
CHUNK = 64  # blocks along each axis that are compressed and read together
SHARD = 4  # chunks along each axis that make one file
COMPRESSION = {"cname": "zstd", "clevel": 3, "shuffle": "shuffle"}


def write_zarr(bundle, folder, *, sharded=SHARDED):
    """Nothing; writes ``blocks.zarr`` with types, fill values and attributes of the netCDF file.

    A model of more than ``sharded`` blocks is in Zarr format 3, its variables in shards of 4 x 4 x 4 chunks of 64 x 64 x 64
    blocks, a file each, without consolidated metadata; it is written shard by shard, and no more is held than one. A smaller
    one is in format 2, consolidated. The store is a folder; the caller moves it into place whole.
    """
    if bundle.blocks is None:
        return
    clean = bundle.blocks.drop_encoding()
    large = int(np.prod(grid_of(clean).count)) > sharded
    # Texts of fixed length, which every reader of format 2 knows; format 3 has names for texts of any length only.
    names = clean[DOMAIN].values.astype(object if large else "U")
    clean = clean.assign_coords({DOMAIN: (DOMAIN, names, clean[DOMAIN].attrs)})
    if large:
        _write_sharded(clean, folder / "blocks.zarr")
        return
    encoding = {str(name): {"_FillValue": fill_value(clean[name])} for name in clean.data_vars if clean[name].ndim}
    clean.to_zarr(folder / "blocks.zarr", mode="w", zarr_format=2, consolidated=True, encoding=encoding)


def _write_sharded(blocks, path):
    """Nothing; makes the whole store first, empty, and then fills each shard of each variable by one write."""
    import dask.array
    import zarr

    names = sorted(str(name) for name in blocks.data_vars if set(BLOCKS) <= set(blocks[name].dims))
    encoding = {name: _encoding(blocks[name]) for name in names}
    empty = {
        name: blocks[name].copy(data=dask.array.zeros(blocks[name].shape, blocks[name].dtype, chunks=encoding[name]["shards"]))
        for name in names
    }
    blocks.assign(empty).to_zarr(path, mode="w", zarr_format=3, consolidated=False, encoding=encoding, compute=False)
    store = zarr.open_group(path, mode="r+", zarr_format=3, use_consolidated=False)
    for name in names:
        variable = blocks[name].variable
        for box in shard_boxes(variable.shape, encoding[name]["shards"]):
            store[name][box] = variable[box].values


def shard_boxes(shape, shards):
    """Boxes, tuples of slices, that cover an array and are a shard each: no two of them touch the same file."""
    runs = [
        [slice(start, min(start + step, size)) for start in range(0, size, step)]
        for size, step in zip(shape, shards, strict=True)
    ]
    return product(*runs)


def _encoding(array):
    """How a variable is stored in shards: chunks of `CHUNK` blocks or the whole axis, shards of `SHARD` chunks or fewer."""
    from zarr.codecs import BloscCodec

    chunks = [min(CHUNK, size) if name in BLOCKS else 1 for name, size in array.sizes.items()]
    counts = [
        min(SHARD, -(-size // step)) if name in BLOCKS else 1
        for (name, size), step in zip(array.sizes.items(), chunks, strict=True)
    ]
    shards = tuple(step * count for step, count in zip(chunks, counts, strict=True))
    kind = encoding_of(array)["dtype"]
    fill = fill_value(array)
    return {
        "dtype": kind,
        "_FillValue": fill,
        "chunks": tuple(chunks),
        "shards": shards,
        "compressors": (BloscCodec(**COMPRESSION),),
    }
