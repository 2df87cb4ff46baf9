"""Core samples of batches that failed: which they are, and the assays without them."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.qaqc.batches import batch_names
from scandia.qaqc.core import FIRST
from scandia.qaqc.words import FAIL, NOT_JUDGED
from scandia.vocabulary import FROM, HOLE, LENGTH, ROW, SAMPLE, TO

COLUMNS = [ROW, HOLE, FROM, TO, LENGTH, SAMPLE, "table", "batch", "verdict", "reason"]


def failed_samples(assay, batches, settings):
    """Core samples whose batch failed (or was not judged, where the config holds these out too), sorted as the assays are.

    Parameters
    ----------
    assay : DataFrame
        row, hole, from, to; sample, batch and table if known (see `core.core_samples`).
    batches : DataFrame
        As `batches.judge_batches` gives them.
    settings : QualityControl

    Returns
    -------
    DataFrame
        row, hole, from, to, length (m), sample, table, batch, verdict and reason (of the batch).

    Raises
    ------
    InputError
        Samples are to be held out, and the assays do not say to which batch they belong.
    """
    holds = settings.on_failure == "hold_out"
    if "batch" not in assay:
        if holds:
            message = (
                "qaqc.on_failure is hold_out, but the assays carry no batch; map `batch` in drillholes.assay.columns, or set "
                "qaqc.on_failure to stop or keep_with_warning"
            )
            raise InputError(message)
        return pd.DataFrame(columns=COLUMNS)
    wanted = (FAIL, NOT_JUDGED) if holds and settings.not_judged == "hold_out" else (FAIL,)
    chosen = batches[batches["verdict"].isin(wanted)].set_index("batch")
    batch = batch_names(assay["batch"])
    held = assay[batch.isin(chosen.index)]
    columns = {name: held[name].to_numpy() if name in held else None for name in (ROW, HOLE, FROM, TO, SAMPLE)}
    columns["table"] = held["table"].to_numpy() if "table" in held else FIRST
    own = batch[held.index]
    columns |= {LENGTH: held[TO].to_numpy() - held[FROM].to_numpy(), "batch": own.to_numpy()}
    columns |= {name: own.map(chosen[name]).to_numpy() for name in ("verdict", "reason")}
    return pd.DataFrame(columns)[COLUMNS]


def hold_out(assay, held, tables):
    """The assays with missing grades where a sample is held out; rows, depths and names stay, so that nothing is lost unseen.

    Parameters
    ----------
    assay : DataFrame
    held : DataFrame
        As `failed_samples` gives it.
    tables : dict of str to sequence of str
        Analyte to the assay tables that it comes from (`core.tables_of`): it loses its value, with its ``<analyte>_censored``,
        where the sample of one of them is held out.
    """
    out = assay.copy()
    for name, origins in tables.items():
        chosen = np.zeros(len(out), dtype=bool)
        for table in origins:
            row = ROW if table == FIRST else f"{ROW}_{table}"
            chosen |= out[row].isin(held.loc[held["table"] == table, ROW]).to_numpy()
        if name in out:
            out[name] = np.where(chosen, np.nan, out[name].to_numpy(dtype=float))
        if f"{name}_censored" in out:
            out[f"{name}_censored"] = out[f"{name}_censored"].to_numpy(dtype=bool) & ~chosen
    return out
