"""Hashes of files: of their bytes, or of what they hold where the bytes may differ though the content agrees."""

import hashlib
from pathlib import Path

STAMP = ".snakemake_timestamp"  # Snakemake puts it into folders; no output of ours


def file_hash(path):
    """SHA-256 of a file's bytes, hexadecimal."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def text_hash(text):
    """SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def describe_files(paths, *, below=None, with_bytes=False):
    """Path and hash of each file, and of each file in a folder, sorted by path.

    Tables in Parquet and block models in netCDF are hashed by what they hold: HDF5 and Parquet stamp library versions and
    layouts into their files, so that equal models may differ in bytes.

    Parameters
    ----------
    paths : sequence of path-like
    below : path-like, optional
        Paths are given relative to this folder, so that the results can be moved.
    with_bytes : bool
        Files that are hashed by what they hold have ``bytes_sha256`` too, by which any changed byte is found.
    """
    listed = {file for path in map(Path, paths) for file in ([path] if path.is_file() else path.rglob("*"))}
    files = sorted(file for file in listed if file.is_file() and file.name != STAMP)
    return [_describe(path, below, with_bytes) for path in files]


def _describe(path, below, with_bytes):
    by_content = {".nc": _dataset_hash, ".parquet": _table_hash}.get(path.suffix)
    entry = {"path": (path if below is None else path.relative_to(below)).as_posix()}
    if by_content is None:
        return entry | {"sha256": file_hash(path)}
    return entry | {"content_sha256": by_content(path)} | ({"bytes_sha256": file_hash(path)} if with_bytes else {})


def _dataset_hash(path):
    from scandia.io.netcdf import content_hash, read_dataset  # where no file is netCDF, the job starts sooner

    with read_dataset(path) as dataset:
        return content_hash(dataset)


def _table_hash(path):
    import pyarrow as pa  # as above
    import pyarrow.parquet as pq

    table = pq.read_table(path).combine_chunks().replace_schema_metadata(None)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return hashlib.sha256(sink.getvalue()).hexdigest()
