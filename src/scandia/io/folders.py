"""The folders and files that a config names: where they may be, and there before anything is planned."""

from pathlib import Path

from scandia.errors import InputError, SettingError
from scandia.io.witness import note

_SERVED = "postgresql"  # the format of a table whose `file` is only a name


def inside(root, file):
    """Path of a file in the deposit's folder, which a job is about to read; a name that leads out of it is refused."""
    path = Path(root) / file
    if "\0" in str(file) or not path.resolve().is_relative_to(Path(root).resolve()):
        message = f"{file!r} leads out of the deposit's folder {root}; name a file inside it, or change drillholes.root"
        raise InputError(message)
    return note(path)


def require_folders(config):
    """None, where every folder that the config declares is there, and every file that it names lies below its own.

    Parameters
    ----------
    config : dict
        The resolved config.

    Raises
    ------
    SettingError
        Names the key, the folder or file, where it was looked for, and what to do.
    """
    own = config["drillholes"]["root"]
    _require_folder("drillholes.root", own, "change it by --config 'drillholes={root: path/to/tables}'")
    for key, section in _with_files(config, ()):
        root = section.get("root") or own
        if root != own:
            _require_folder(f"{key}.root", root, "leave it out where the file is below drillholes.root")
        try:
            inside(root, section["file"])
        except InputError as error:
            message = f"{key}.file: {error}"
            raise SettingError(message) from None


def declared_roots(config):
    """Folders, without repeats, that a config declares for the files it names."""
    own = config["drillholes"]["root"]
    return list(dict.fromkeys([own, *(section.get("root") or own for _, section in _with_files(config, ()))]))


def _with_files(node, place):
    """Key and section of everything in a config that names a file."""
    if isinstance(node, dict):
        if isinstance(node.get("file"), str) and node.get("format") != _SERVED:
            yield ".".join(place), node
        for key, part in node.items():
            yield from _with_files(part, (*place, str(key)))
    elif isinstance(node, list):
        for number, part in enumerate(node):
            yield from _with_files(part, (*place, str(number)))


def _require_folder(key, root, hint):
    if not Path(root).is_dir():
        message = (
            f"{key} is {root!r}, and there is no such folder in {Path.cwd()}. Hint: give the folder of the raw tables, "
            f"relative to the folder that snakemake runs in, or {hint}"
        )
        raise SettingError(message)
