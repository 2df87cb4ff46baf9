"""The verdict of each batch: what failed in it, and what a person decided about it."""

import difflib

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.qaqc.words import FAIL, NOT_JUDGED, OVERRIDDEN, PASS, WARNING

NO_BATCH = "no batch"  # control samples without a batch are judged together
NOTHING = "no standard and no blank with a result"
COLUMNS = [
    "batch", "core", "standards", "blanks", "duplicates", "failed_standards", "failed_blanks", "warnings",
    "verdict", "reason", "override_reason", "override_name",
]  # fmt: skip


def batch_names(batch):
    """Batches as text, ``no batch`` where missing."""
    return batch.astype(object).where(batch.notna(), NO_BATCH).astype(str)


def judge_batches(batches, tables, overrides, *, core=None):
    """One row for each batch, sorted as text; a sample with several analytes counts once.

    Parameters
    ----------
    batches : sequence of str
        Batches of the control samples.
    tables : dict of str to DataFrame
        ``standards``, ``blanks`` and ``duplicates``, judged.
    overrides : dict of str to Override
        Batches whose failure a person accepts.
    core : Series, optional
        Batch of each core sample; batches without any control sample are then listed too.

    Raises
    ------
    InputError
        A batch that is overridden does not exist.
    """
    sent = batch_names(core).value_counts() if core is not None else pd.Series(dtype=int)
    names = sorted(set(map(str, batches)) | set(sent.index))
    _check(overrides, names)
    table = pd.DataFrame({"batch": names})
    table["core"] = sent.reindex(names, fill_value=0).to_numpy() if core is not None else np.nan
    for name in ("standards", "blanks", "duplicates"):
        table[name] = _samples(tables[name], names, (PASS, WARNING, FAIL))
    for name in ("standards", "blanks"):
        table[f"failed_{name}"] = _samples(tables[name], names, (FAIL,))
    table["warnings"] = _samples(tables["standards"], names, (WARNING,))
    reasons = _reasons([tables[name] for name in ("standards", "blanks")])
    judged = (table["standards"] + table["blanks"] > 0).to_numpy()
    table["reason"] = [reasons.get(name, "") if known else NOTHING for name, known in zip(names, judged, strict=True)]
    failed = table["batch"].isin(list(reasons)).to_numpy()
    chosen = table["batch"].isin(list(overrides)).to_numpy() & (failed | ~judged)
    table["verdict"] = np.select([chosen, ~judged, failed], [OVERRIDDEN, NOT_JUDGED, FAIL], PASS)
    for key, said in (("reason", "reason"), ("name", "by")):
        table[f"override_{key}"] = [getattr(overrides[name], said) if name in overrides else "" for name in names]
    return table[COLUMNS]


def _samples(table, names, verdicts):
    """Number of samples with one of the verdicts, for each batch."""
    chosen = table.loc[table["verdict"].isin(verdicts), ["batch", "sample"]].astype(str).drop_duplicates()
    return chosen["batch"].value_counts().reindex(names, fill_value=0).to_numpy()


def _reasons(tables):
    """Batch to its failures, in words."""
    failed = pd.concat([table.loc[table["verdict"] == FAIL, ["batch", "sample", "analyte", "reason"]] for table in tables])
    words = failed["sample"].astype(str) + " " + failed["analyte"] + ": " + failed["reason"]
    return words.groupby(failed["batch"].astype(str), sort=False).agg("; ".join).to_dict()


def _check(overrides, names):
    for name in overrides:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=3) or names[:3]
            message = f"qaqc.overrides.batches names {name!r}, but there is no such batch; batches are such as {', '.join(near)}"
            raise InputError(message)
