"""Studies beside the run: whether one that stands there still holds for what the run has now."""

import json
from pathlib import Path

from scandia.io.hashes import describe_files, text_hash


def study_stamp(made_by, sources, files):
    """Digest of what made a study: its code and settings, the content of its sources, and that of its own files; hexadecimal.

    Parameters
    ----------
    made_by : str
        Digest of code and settings.
    sources, files : sequence of path-like
        What the study was made from, and its tables and albums; a missing one gives another digest.
    """
    content = [[_content(path) for path in paths] for paths in (sources, files)]
    return text_hash(json.dumps([made_by, *content]))


def sort_studies(studies):
    """Files of the studies that hold, and the names of those that do not, two lists.

    Parameters
    ----------
    studies : dict of str to dict
        Study to its ``stamp``, a file that `study_stamp` wrote in its last line, and ``made_by``, ``sources`` and ``files``.
    """
    standing, stale = [], []
    for name, study in studies.items():
        written = Path(study["stamp"]).read_text(encoding="utf-8").split()[-1:]
        if written == [study_stamp(study["made_by"], study["sources"], study["files"])]:
            standing += study["files"]
        else:
            stale.append(name)
    return standing, stale


def _content(path):
    """Hashes of a file, or of the files of a folder with their names: its own path may change with the folder of the run."""
    described = describe_files([path], below=Path(path).parent)
    return [sorted(entry.items()) for entry in described]
