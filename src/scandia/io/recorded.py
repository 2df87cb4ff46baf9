"""What a finished run recorded of its estimate, as plain mappings and arrays for the independent recomputation."""

from pathlib import Path

import pandas as pd

from scandia.io.files import read

PARTS = ("domain", "z", "y", "x")
READ_AGAIN = ("collar", "survey", "assay", "lithology", "density")  # tables whose rows the recomputation reads from raw


def recorded_estimate(results):
    """Options of `scandia.audit.plain.recompute.recompute`: config, models, parts, domains, stated, excluded; a dict.

    Parameters
    ----------
    results : path-like
        Folder of the run. One without an estimate has empty models, parts and statement.
    """
    folder = Path(results)
    given = {"config": read(folder / "config.yaml"), "models": {}, "parts": {}, "domains": [], "stated": pd.DataFrame()}
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
