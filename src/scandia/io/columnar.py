"""Parquet files as raw tables: their columns as text, their rows numbered from 1."""

from contextlib import contextmanager
from itertools import islice

import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.parquet as parquet

from scandia.errors import InputError


@contextmanager
def parquet_records(path, table, wanted):
    """Names of the columns and an iterator over row number and cells, those of the wanted columns alone.

    Parameters
    ----------
    path : path-like
    table : drillholes.sources.Table
    wanted : collection of str
        Columns that are read; the others stay in the file.

    Raises
    ------
    InputError
        The file is no Parquet file, or a column holds no plain values.
    """
    try:
        names = parquet.read_schema(path).names
        read = [name for name in names if name in wanted and names.count(name) == 1]
        columns = [_texts(parquet.read_table(path, columns=[name]).column(0), name, table.decimal) for name in read]
    except (pa.ArrowException, OSError) as error:
        message = f"it is no Parquet file ({type(error).__name__})"
        raise InputError(message) from None
    others = [name for name in names if name not in read]
    blank = [""] * len(others)
    rows = zip(*columns, strict=True) if columns else iter(())
    yield (
        [*read, *others],
        islice(((number, [*cells, *blank]) for number, cells in enumerate(rows, start=1)), table.skip_rows, None),
    )


def _texts(column, name, decimal):
    """List of str of one column."""
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    number = pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        message = f"its column {name} holds {kind}, where texts and numbers belong"
        raise InputError(message)
    texts = compute.cast(column, pa.string())
    if number:
        texts = compute.if_else(compute.equal(texts, "nan"), "", texts)
        texts = compute.replace_substring_regex(texts, r"\.0+$", "")
        texts = compute.replace_substring(texts, ".", decimal) if decimal != "." else texts
    return compute.fill_null(texts, "").to_pylist()
