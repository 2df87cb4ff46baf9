"""The folders that a config names: there before anything is planned, or refused in plain words."""

from pathlib import Path

from scandia.errors import SettingError


def require_folders(drillholes):
    """None, where the folders of all raw tables are there.

    Parameters
    ----------
    drillholes : dict
        The resolved section of the config.

    Raises
    ------
    SettingError
        Names the key, the folder, where it was looked for, and what to do.
    """
    root = drillholes["root"]
    if not Path(root).is_dir():
        message = (
            f"drillholes.root is {root!r}, and there is no such folder in {Path.cwd()}. Hint: give the folder of the raw tables, "
            "relative to the folder that snakemake runs in, or change it by --config 'drillholes={root: path/to/tables}'"
        )
        raise SettingError(message)
