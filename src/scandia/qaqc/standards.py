"""Reference materials: each result against its certified value, in the order of analysis."""

import numpy as np
import pandas as pd

ACTION = 3.0  # standard deviations beyond which one result fails
WARNING = 2.0  # two consecutive results beyond this on one side fail

NOT_CERTIFIED = "no certified value in the config"
NO_RESULT = "no result"
BEYOND_ACTION = "beyond 3 standard deviations"
TWICE_BEYOND_WARNING = "two consecutive beyond 2 standard deviations on the same side"
PASS, FAIL, NOT_JUDGED = "pass", "fail", "not judged"


def judge_standards(qc, standards, analytes):
    """One row for each reference material's result and analyte, in the order of analysis.

    Parameters
    ----------
    qc : DataFrame
        Control samples in the order of analysis: sample, type, reference, batch, and a column for each analyte, in the unit
        of its assay column.
    standards : dict of str to dict of str to Certified
        Reference material to analyte to certified value.
    analytes : sequence of str
        Analytes that are judged.

    Returns
    -------
    DataFrame
        ``analyte``, ``reference``, ``order`` (from 1, for each analyte and reference), ``sample``, ``batch``, ``value``,
        ``certified``, ``deviation``, ``z``, ``verdict`` (pass, fail, not judged) and ``reason``.

    Notes
    -----
    ``z = (value - certified) / deviation``. A result fails with ``|z| > 3``; two consecutive results of one reference and
    analyte fail, both of them, with ``z > 2`` or with ``z < -2``. Missing results are passed over in that order.
    """
    results = qc[qc["type"] == "standard"]
    parts = []
    for analyte in analytes:
        for reference, group in results.groupby("reference", sort=True, dropna=False):
            parts.append(_chart(group, analyte, reference, standards.get(reference, {}).get(analyte)))
    columns = ["analyte", "reference", "order", "sample", "batch", "value", "certified", "deviation", "z", "verdict", "reason"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def summarise_standards(judged):
    """One row for each analyte and reference: results, failed, mean, certified, bias, relative_deviation.

    ``bias`` is mean over certified value less one, ``relative_deviation`` the standard deviation (n - 1) over the mean; both
    as shares, of all judged results, failed ones included.
    """
    rows = []
    for (analyte, reference), group in judged.groupby(["analyte", "reference"], sort=False, dropna=False):
        used = group[group["verdict"] != NOT_JUDGED]
        mean = used["value"].mean()
        rows.append(
            {
                "analyte": analyte,
                "reference": reference,
                "results": len(used),
                "not_judged": len(group) - len(used),
                "failed": int((used["verdict"] == FAIL).sum()),
                "mean": mean,
                "certified": group["certified"].iloc[0],
                "bias": mean / group["certified"].iloc[0] - 1.0,
                "relative_deviation": used["value"].std(ddof=1) / mean,
            }
        )
    columns = ["analyte", "reference", "results", "not_judged", "failed", "mean", "certified", "bias", "relative_deviation"]
    return pd.DataFrame(rows, columns=columns)


def failures(z):
    """Reasons of failure, ``""`` where there is none, of z scores in the order of analysis; object array ``(n,)``."""
    z = np.asarray(z, dtype=float)
    reason = np.full(len(z), "", dtype=object)
    present = np.flatnonzero(np.isfinite(z))
    seen = z[present]
    twice = ((seen[1:] > WARNING) & (seen[:-1] > WARNING)) | ((seen[1:] < -WARNING) & (seen[:-1] < -WARNING))
    pair = np.zeros(len(seen), dtype=bool)
    pair[1:] |= twice
    pair[:-1] |= twice
    reason[present[pair]] = TWICE_BEYOND_WARNING
    reason[present[np.abs(seen) > ACTION]] = BEYOND_ACTION
    return reason


def _chart(group, analyte, reference, certified):
    value = group[analyte].to_numpy(dtype=float)
    middle, deviation = (np.nan, np.nan) if certified is None else (certified.value, certified.deviation)
    z = (value - middle) / deviation
    reason = failures(z)
    verdict = np.where(reason != "", FAIL, PASS).astype(object)
    verdict[~np.isfinite(z)] = NOT_JUDGED
    reason[~np.isfinite(z)] = NO_RESULT if certified is not None else NOT_CERTIFIED
    columns = {"sample": group["sample"].to_numpy(), "batch": group["batch"].to_numpy(), "value": value}
    columns |= {"certified": middle, "deviation": deviation, "z": z, "verdict": verdict, "reason": reason}
    return pd.DataFrame({"analyte": analyte, "reference": reference, "order": np.arange(1, len(group) + 1), **columns})
