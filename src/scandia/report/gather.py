"""The results of a run, read for the report: tables, pictures with their words, footnotes."""

import json
from pathlib import Path

import pandas as pd

from scandia.io.escape import unescape
from scandia.io.pictures import small_png
from scandia.io.tables import comment_lines, read_table
from scandia.report.albums.drawing import ALBUM
from scandia.report.catalogue import ENTRIES
from scandia.report.document import Picture, View


def gather(root, files):
    """Tables and pictures of a run, for `contents.contents`.

    Parameters
    ----------
    root : path-like
        Folder of the results.
    files : sequence of path-like
        Tables (.csv, .parquet) and folders of albums below it, in any order.

    Returns
    -------
    tables : dict of str to DataFrame
        By file below the root.
    pictures : list of (str, Picture)
        Chapter and picture, by folder, in the order of each album.
    """
    paths = sorted({Path(file) for file in files})
    tables = {_below(root, path): _read(path, _below(root, path)) for path in paths if path.suffix in (".csv", ".parquet")}
    albums = sorted({path.parent if path.name == ALBUM else path for path in paths if (path.name == ALBUM or path.is_dir())})
    return tables, [picture for album in albums for picture in read_album(root, album)]


def read_album(root, folder):
    """Chapter and `Picture` (or `View`) of each figure of an album, in its order, a list."""
    folder, pictures = Path(folder), []
    for words in json.loads((folder / ALBUM).read_text(encoding="utf-8"))["pictures"]:
        path = folder / words["file"]
        picture = Picture(
            words["caption"],
            small_png(path.read_bytes()),  # the file keeps all colours
            words["alt"],
            _below(root, path),
            words["rule"],
            words["section"],
            f"figure-{folder.name}-{path.stem}".lower(),
        )
        data = json.loads((folder / words["data"]).read_text(encoding="utf-8")) if "data" in words else None
        pictures.append((words["chapter"], View(picture, data) if data else picture))
    return pictures


def read_footnotes(path):
    """Footnotes of a statement as lines of text: what follows the empty line below its title."""
    _, _, notes = Path(path).read_text(encoding="utf-8").partition("\n\n")
    return [line for line in notes.splitlines() if line.strip()]


def _read(path, name):
    entry = ENTRIES.get(name)
    if entry is None or not entry.text:
        return read_table(path)
    return unescape(pd.read_csv(path, skiprows=comment_lines(path), dtype=str, keep_default_na=False))


def _below(root, path):
    return Path(path).relative_to(root).as_posix()
