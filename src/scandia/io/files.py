"""One way in and one way out: `read` and `write` choose the format by the suffix of the path.

The modules of the formats are imported when they are needed, so that a rule that only moves tables starts quickly.
"""

from pathlib import Path

from scandia.errors import InputError


def read(path):
    """What a file of a run holds: a table (.parquet, .csv), a dataset (.nc), or plain values (.yaml), text (.txt)."""
    suffix = Path(path).suffix
    if suffix in (".parquet", ".csv"):
        from scandia.io.tables import read_table

        return read_table(path)
    if suffix == ".nc":
        from scandia.io.netcdf import read_dataset

        return read_dataset(path)
    if suffix == ".yaml":
        from scandia.io.plain import read_yaml

        return read_yaml(path)
    return Path(path).read_text(encoding="utf-8")


def write(value, path, *, mark=None):
    """Nothing; writes a value whole or not at all, marked where the deposit is simulated.

    Parameters
    ----------
    value : DataFrame, Dataset, Streamed, Figure, mapping or str
        Fits the suffix: .parquet and .csv, .nc (a Dataset, or one that comes in windows), .png and .svg, .xlsx (a dict of
        DataFrames), .yaml and .json, .txt and .html.
    path : path-like
    mark : str, optional
        The word SYNTHETIC and its reason. Tables carry it as a comment or in their metadata, texts in their first line,
        mappings under its own key, pictures in their metadata; datasets and pages carry their own.
    """
    suffix = Path(path).suffix
    if suffix in (".parquet", ".csv"):
        from scandia.io.tables import write_table

        write_table(value, path, comment=mark)
    elif suffix == ".nc":
        _write_model(value, path)
    elif suffix in (".png", ".svg"):
        from scandia.io.figures import write_figure

        write_figure(value, path, comment=mark)
    elif suffix == ".xlsx":
        from scandia.io.sheets import write_sheets

        write_sheets(value, path, comment=mark)
    else:
        _write_plain(value, path, suffix, mark)


def _write_model(value, path):
    from scandia.blockmodel.slabs import Streamed
    from scandia.io.netcdf import write_dataset
    from scandia.io.streamed import write_streamed

    if isinstance(value, Streamed):
        write_streamed(value, path)
    else:
        write_dataset(value, path)


def _write_plain(value, path, suffix, mark):
    from scandia.io import plain

    if suffix == ".yaml":
        plain.write_yaml(value, path, comment=mark)
    elif suffix == ".json":
        plain.write_json({"SYNTHETIC": mark, **value} if mark else value, path)
    elif suffix in (".txt", ".html"):
        plain.write_text(f"{mark}\n{value}" if mark and suffix == ".txt" else value, path)
    else:
        message = f"{Path(path).name}: no way is known to write a file that ends in {suffix or 'nothing'}"
        raise InputError(message)
