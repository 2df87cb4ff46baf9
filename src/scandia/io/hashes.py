"""Hashes of files: of their bytes, or of what they hold where the bytes may differ though the content agrees."""

import hashlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from scandia.io.netcdf import content_hash, read_dataset


def file_hash(path):
    """SHA-256 of a file's bytes, hexadecimal."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe_file(path):
    """Path, size in bytes and hash of a file; tables in Parquet and block models in netCDF are hashed by content.

    HDF5 and Parquet stamp library versions and layouts into their files, so that equal models may differ in bytes.
    """
    path = Path(path)
    by_content = {".nc": _dataset_hash, ".parquet": _table_hash}.get(path.suffix)
    entry = {"path": path.as_posix(), "bytes": path.stat().st_size}
    return entry | ({"content_sha256": by_content(path)} if by_content else {"sha256": file_hash(path)})


def _dataset_hash(path):
    with read_dataset(path) as dataset:
        return content_hash(dataset)


def _table_hash(path):
    table = pq.read_table(path).combine_chunks().replace_schema_metadata(None)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return hashlib.sha256(sink.getvalue()).hexdigest()
