"""The raw tables of a simulated deposit, written, read and checked as those of any other."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scandia.drillholes.assays import check_all
from scandia.errors import InputError
from scandia.io.deposit import take_in
from scandia.io.witness import noted
from scandia.synthetic.tables import csv_text, generate


def drawn_tables(config, seed, folder):
    """Checked tables by name and the ground of the deposit of a seed; its control samples change no grade and are not read.

    Parameters
    ----------
    config : Config
        Of a simulated deposit; its tables are drawn anew, and read by its own settings.
    seed : int
    folder : path-like
        The raw files stand in a folder in it for as long as they are read.

    Raises
    ------
    InputError
        The tables have a fault that would stop a run.
    """
    synthetic = replace(config.synthetic, seed=seed)
    Path(folder).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".drawn.", suffix=".part") as place, noted():  # no raw files of the run
        for name, table in generate(synthetic).items():
            Path(place, f"{name}.csv").write_text(csv_text(name, table, synthetic), encoding="utf-8", newline="\n")
        drillholes = replace(config.drillholes, root=place)
        ground = config.model.topography
        deposit = take_in(drillholes, config.analytes, topography=ground)
        options = {"surface": deposit.surface, "reading": deposit.findings}
        checked, _ = check_all(deposit.raw, deposit.drillholes, config.analytes, **options)
        surface = deposit.surface
        if ground is not None and ground.source == "collars":
            from scandia.io.ground import read_ground

            surface = read_ground(place, ground, checked.tables["collar"])
    errors = checked.findings[checked.findings["severity"] == "error"]
    if len(errors):
        first = errors.iloc[0]
        message = f"seed {seed}, {first['file']}: {first['message']} Hint: {first['hint']}"
        raise InputError(message)
    return checked.tables, surface
