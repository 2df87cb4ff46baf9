"""Blanks: barren material that shows what one sample leaves behind for the next."""

import numpy as np
import pandas as pd

from scandia.qaqc.inference import carry_over
from scandia.qaqc.swaps import recognise_blanks
from scandia.qaqc.words import FAIL, NO_RESULT, NOT_JUDGED, PASS, WARNING

COLUMNS = [
    "analyte", "reference", "order", "sample", "batch", "value", "limit", "multiple",
    "preceding_sample", "preceding", "swap", "verdict", "reason",
]  # fmt: skip


def judge_blanks(qc, detection_limits, analytes, *, blank_limit, preceding=None, standards=None, failure_deviations=3.0):
    """One row for each blank and analyte, in the order of the rows given (`verdict.judge` sorts them).

    Parameters
    ----------
    qc : DataFrame
        Control samples: sample, type, reference, batch, and a column for each analyte, in the unit of its assay column.
    detection_limits : dict of str to float
        Detection limit of each analyte, in the unit of its assay column.
    analytes : sequence of str
        Analytes that are judged.
    blank_limit : float
        A blank fails above this many detection limits.
    preceding : DataFrame, optional
        What was analysed before each control sample, as `preceding.preceding_samples` gives it, on the index of ``qc``.
    standards : dict of str to dict of str to Certified, optional
        So that a standard in place of a blank is recognised, within ``failure_deviations``.

    Returns
    -------
    DataFrame
        ``analyte``, ``reference``, ``order`` (from 1, for each analyte, in the order given), ``sample``, ``batch``, ``value``,
        ``limit``, ``multiple`` (of the detection limit), ``preceding_sample`` and ``preceding`` (its value), ``swap``,
        ``verdict`` (pass, fail, not judged) and ``reason``.
    """
    blanks = qc[qc["type"] == "blank"]
    limits = np.array([blank_limit * detection_limits[name] for name in analytes])
    values = blanks[list(analytes)].to_numpy(dtype=float)
    swap = recognise_blanks(values, standards or {}, analytes, limit=failure_deviations, blank_limits=limits)
    before = pd.DataFrame(index=blanks.index) if preceding is None else preceding.loc[blanks.index]
    parts = []
    for place, analyte in enumerate(analytes):
        value, limit = values[:, place], limits[place]
        missing, failed = np.isnan(value), value > limit
        words = np.where(
            swap != "", f"above {blank_limit:g} detection limits; fits " + swap, f"above {blank_limit:g} detection limits"
        )
        columns = {"sample": blanks["sample"].to_numpy(), "batch": blanks["batch"].to_numpy(), "value": value, "limit": limit}
        columns |= {"multiple": value / detection_limits[analyte]}
        columns |= {"preceding_sample": before["sample"].to_numpy() if "sample" in before else None}
        columns |= {"preceding": before[analyte].to_numpy(dtype=float) if analyte in before else np.nan}
        columns |= {"swap": np.where(failed, swap, "")}
        columns["verdict"] = np.select([missing, failed], [NOT_JUDGED, FAIL], PASS).astype(object)
        columns["reason"] = np.select([missing, failed], [NO_RESULT, words], "").astype(object)
        head = {"analyte": analyte, "reference": blanks["reference"].to_numpy(), "order": np.arange(1, len(blanks) + 1)}
        parts.append(pd.DataFrame(head | columns))
    return pd.concat(parts, ignore_index=True)[COLUMNS] if parts else pd.DataFrame(columns=COLUMNS)


def summarise_blanks(judged, *, significance=0.05, minimum_results=8):
    """One row for each analyte: blanks, not_judged, failed, swaps, median, maximum, limit, pairs, carry_over, p, verdict.

    ``carry_over`` is the share of the sample before that a blank takes over, ``p`` that of a rising rank correlation of the
    two (see `inference.carry_over`), over the ``pairs`` with both; swapped samples do not count. A significant carry-over is a
    warning: the blanks that it lifts above the limit fail by themselves.
    """
    rows = []
    for analyte, group in judged.groupby("analyte", sort=False):
        known = group[group["verdict"] != NOT_JUDGED]
        used = known[known["swap"] == ""]
        before, value = used["preceding"].to_numpy(dtype=float), used["value"].to_numpy(dtype=float)
        share, p = carry_over(before, value, minimum_results)
        carried = share > 0 and p < significance
        rows.append(
            {
                "analyte": analyte,
                "blanks": len(known),
                "not_judged": len(group) - len(known),
                "failed": int((known["verdict"] == FAIL).sum()),
                "swaps": len(known) - len(used),
                "median": used["value"].median(),
                "maximum": used["value"].max(),
                "limit": group["limit"].iloc[0],
                "pairs": int((np.isfinite(before) & np.isfinite(value)).sum()),
                "carry_over": share,
                "p": p,
                "verdict": NOT_JUDGED if np.isnan(p) else WARNING if carried else PASS,
            }
        )
    columns = ["analyte", "blanks", "not_judged", "failed", "swaps", "median", "maximum", "limit", "pairs", "carry_over", "p"]
    return pd.DataFrame(rows, columns=[*columns, "verdict"])
