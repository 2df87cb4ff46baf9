"""What a finished run recorded of its estimate, as plain mappings and arrays for the independent recomputation."""

from pathlib import Path

import numpy as np
import pandas as pd

from scandia.audit.plain.recompute import COLUMNS, NOT_RECOMPUTED, recompute
from scandia.io.audit import UNREADABLE
from scandia.io.files import read

PARTS = ("domain", "z", "y", "x")
READ_AGAIN = ("collar", "survey", "assay", "lithology", "density")  # tables whose rows the recomputation reads from raw


def recompute_recorded(results, config, *, seed, unchanged):
    """`scandia.audit.plain.recompute.recompute` of a run; where its files were changed, one that cannot be read is named instead.

    Parameters
    ----------
    results : path-like
    config : dict
        The resolved config.
    seed : int
    unchanged : bool
        Whether all files are as recorded. Only where they are not is a fault in reading them theirs and not the program's.
    """
    try:
        return recompute(config=config, **recorded_estimate(results), seed=seed)
    except UNREADABLE as error:
        if unchanged:
            raise
        words = f"files of the run that were changed and cannot be read ({type(error).__name__}: {error})"
        return pd.DataFrame([(words, "", "", np.nan, np.nan, NOT_RECOMPUTED)], columns=list(COLUMNS))


def recorded_estimate(results):
    """Options of `scandia.audit.plain.recompute.recompute`: models, parts, domains, stated, excluded; a dict.

    Parameters
    ----------
    results : path-like
        Folder of the run. One without an estimate has empty models, parts and statement.
    """
    folder = Path(results)
    given = {"models": {}, "parts": {}, "domains": [], "stated": pd.DataFrame()}
    shelled = folder / "pit" / "parts.nc"
    if (folder / "parts.nc").is_file():
        model = read(shelled if shelled.is_file() else folder / "parts.nc")
        given |= {
            "models": read(folder / "variography" / "models.yaml"),
            "parts": {str(name): model[name].values for name in model.data_vars if model[name].dims in (PARTS, PARTS[1:])},
            "domains": model["domain"].values.tolist(),
            "stated": read(folder / "resource" / "statement_unrounded.csv"),
        }
    return given | {"excluded": _excluded(folder / "excluded.csv")}


def _excluded(path):
    """Tables of which rows were left out; a density without a value is no measurement for the recomputation either."""
    table = read(path) if path.is_file() else pd.DataFrame({"table": [], "reason": []})
    empty = (table["table"] == "density") & (table["reason"] == "no value")
    return sorted({str(name) for name in table.loc[~empty, "table"]} & set(READ_AGAIN))
