"""Reference materials: each result against its certified value, and each two in a row."""

import numpy as np
import pandas as pd

from scandia.qaqc.settings import QualityControl

NOT_CERTIFIED = "no certified value in the config"
NO_RESULT = "no result"
BEYOND = "beyond {:g} standard deviations"
TWICE_BEYOND = "two consecutive beyond {:g} standard deviations on the same side"
BEYOND_ACTION = BEYOND.format(QualityControl.failure_deviations)  # the words under the default limits
TWICE_BEYOND_WARNING = TWICE_BEYOND.format(QualityControl.warning_deviations)
PASS, FAIL, NOT_JUDGED = "pass", "fail", "not judged"


def judge_standards(
    qc,
    standards,
    analytes,
    *,
    failure_deviations=QualityControl.failure_deviations,
    warning_deviations=QualityControl.warning_deviations,
):
    """One row for each reference material's result and analyte, by analyte, by reference, then in the order given.

    Parameters
    ----------
    qc : DataFrame
        Control samples, sorted by batch, sample and type as `verdict.judge` does, since that order decides what is
        consecutive: sample, type, reference, batch, and a column for each analyte, in the unit of its assay column.
    standards : dict of str to dict of str to Certified
        Reference material to analyte to certified value.
    analytes : sequence of str
        Analytes that are judged.
    failure_deviations, warning_deviations : float
        Certified deviations beyond which one result fails, and beyond which two consecutive results on one side fail.

    Returns
    -------
    DataFrame
        ``analyte``, ``reference``, ``order`` (from 1, for each analyte and reference), ``sample``, ``batch``, ``value``,
        ``certified``, ``deviation``, ``z``, ``verdict`` (pass, fail, not judged) and ``reason``.

    Notes
    -----
    ``z = (value - certified) / deviation``. A result fails with ``|z| > failure_deviations``; two consecutive results of one
    reference and analyte fail, both of them, with ``z > warning_deviations`` or with ``z < -warning_deviations``. Missing
    results are passed over in that order.
    """
    results = qc[qc["type"] == "standard"]
    limits = {"failure_deviations": failure_deviations, "warning_deviations": warning_deviations}
    parts = []
    for analyte in analytes:
        for reference, group in results.groupby("reference", sort=True, dropna=False):
            parts.append(_chart(group, analyte, reference, standards.get(reference, {}).get(analyte), limits))
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


def failures(z, *, failure_deviations=QualityControl.failure_deviations, warning_deviations=QualityControl.warning_deviations):
    """Reasons of failure, ``""`` where there is none, of consecutive z scores; object array ``(n,)``."""
    z = np.asarray(z, dtype=float)
    reason = np.full(len(z), "", dtype=object)
    present = np.flatnonzero(np.isfinite(z))
    seen = z[present]
    high, low = seen > warning_deviations, seen < -warning_deviations
    twice = (high[1:] & high[:-1]) | (low[1:] & low[:-1])
    pair = np.zeros(len(seen), dtype=bool)
    pair[1:] |= twice
    pair[:-1] |= twice
    reason[present[pair]] = TWICE_BEYOND.format(warning_deviations)
    reason[present[np.abs(seen) > failure_deviations]] = BEYOND.format(failure_deviations)
    return reason


def _chart(group, analyte, reference, certified, limits):
    value = group[analyte].to_numpy(dtype=float)
    middle, deviation = (np.nan, np.nan) if certified is None else (certified.value, certified.deviation)
    z = (value - middle) / deviation
    reason = failures(z, **limits)
    verdict = np.where(reason != "", FAIL, PASS).astype(object)
    verdict[~np.isfinite(z)] = NOT_JUDGED
    reason[~np.isfinite(z)] = NO_RESULT if certified is not None else NOT_CERTIFIED
    columns = {"sample": group["sample"].to_numpy(), "batch": group["batch"].to_numpy(), "value": value}
    columns |= {"certified": middle, "deviation": deviation, "z": z, "verdict": verdict, "reason": reason}
    return pd.DataFrame({"analyte": analyte, "reference": reference, "order": np.arange(1, len(group) + 1), **columns})
