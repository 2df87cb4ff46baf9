"""Duplicates: how well a second half of the core, split or pulp, or a second laboratory, repeats the first result."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.qaqc.inference import mean_interval, paired_tests
from scandia.qaqc.preceding import in_column_unit
from scandia.qaqc.precision import precision_line, reduced_major_axis, thompson_howarth
from scandia.qaqc.settings import QualityControl
from scandia.qaqc.standards import bias_verdict
from scandia.qaqc.words import FAIL, NO_PARENT, NO_RESULT, NOT_JUDGED, PASS, WARNING

PAIR_COLUMNS = [
    "analyte", "type", "sample", "parent", "batch",
    "original", "duplicate", "mean", "half_difference", "limit", "verdict", "reason",
]  # fmt: skip
ROUNDING = 1e-9  # of a slope: pairs that agree but for their last bits have limits without a width
SUMMARY_COLUMNS = [
    "analyte", "type", "pairs", "not_judged", "within", "cv_average", "limit", "verdict",
    "bias", "bias_low", "bias_high", "bias_verdict", "student_p", "wilcoxon_p",
    "slope", "slope_low", "slope_high", "intercept", "intercept_low", "intercept_high", "r", "slope_verdict",
    "deviation_intercept", "deviation_slope",
]  # fmt: skip


def judge_duplicates(qc, assay, limits, analytes):
    """One row for each pair of parent and duplicate and analyte, in the order of the rows given (`verdict.judge` sorts).

    Parameters
    ----------
    qc : DataFrame
        Control samples: sample, type, parent, batch, and a column for each analyte, in the unit of its assay column.
    assay : DataFrame
        Core samples: sample, and the analytes as they flow.
    limits : dict of str to float
        Largest half absolute relative difference by type.
    analytes : dict of str to Analyte
        Analytes that are judged; parents are converted back into the species and unit of the assay column.

    Returns
    -------
    DataFrame
        ``analyte``, ``type``, ``sample``, ``parent``, ``batch``, ``original``, ``duplicate``, ``mean``, ``half_difference``,
        ``limit``, ``verdict`` (pass, fail, not judged) and ``reason``.

    Notes
    -----
    Half absolute relative difference: ``|a - b| / (a + b)``, 0 where both are 0.

    Raises
    ------
    InputError
        A sample name of the assays is not unique, or a type of duplicate has no limit.
    """
    pairs = qc[qc["type"].str.endswith("_duplicate")]
    _check(pairs, assay, limits)
    parents = assay[assay["sample"].isin(pairs["parent"].dropna())].set_index("sample") if len(pairs) else None
    parts = []
    for name, analyte in analytes.items():
        if parents is None:
            continue
        original = in_column_unit(parents[name].reindex(pairs["parent"]).to_numpy(dtype=float), analyte)
        duplicate = pairs[name].to_numpy(dtype=float)
        total = original + duplicate
        half = np.divide(np.abs(original - duplicate), total, out=np.where(np.isnan(total), np.nan, 0.0), where=total > 0)
        limit = pairs["type"].map(limits).to_numpy(dtype=float)
        absent = ~pairs["parent"].isin(parents.index).to_numpy()
        cases = [absent, np.isnan(half), half > limit]
        columns = {"original": original, "duplicate": duplicate, "mean": total / 2.0, "half_difference": half, "limit": limit}
        columns["verdict"] = np.select(cases, [NOT_JUDGED, NOT_JUDGED, FAIL], PASS).astype(object)
        columns["reason"] = np.select(cases, [NO_PARENT, NO_RESULT, "beyond the limit of its type"], "").astype(object)
        parts.append(pairs[["type", "sample", "parent", "batch"]].reset_index(drop=True).assign(analyte=name, **columns))
    return pd.concat(parts, ignore_index=True)[PAIR_COLUMNS] if parts else pd.DataFrame(columns=PAIR_COLUMNS)


def summarise_duplicates(
    judged,
    *,
    pair_share=QualityControl.pair_share,
    significance=QualityControl.significance,
    bias_limit=QualityControl.bias_limit,
):
    """One row for each analyte and type of pair: precision, bias, reduced major axis and the tests of the differences.

    ``within`` is the share of pairs that keep the limit; the type passes (``verdict``) where it is at least ``pair_share``.
    ``cv_average`` is the root mean square coefficient of variation of the pairs, ``sqrt(2 / N sum((a - b)^2 / (a + b)^2))``
    [1]_. ``bias`` is the sum of the duplicates over that of the originals less one, between ``bias_low`` and ``bias_high`` (mean
    difference by Student's t); a bias whose limits leave out zero is a warning, and fails beyond ``bias_limit``
    (``bias_verdict``). ``student_p`` and ``wilcoxon_p`` are of the paired differences. ``slope``, ``intercept`` and their limits
    are of the reduced major axis; limits of the slope that leave out 1 are a warning (``slope_verdict``). ``deviation_intercept``
    and ``deviation_slope`` are Thompson and Howarth's line.

    References
    ----------
    .. [1] Stanley, C. R. & Lawie, D. (2007). Average relative error in geochemical determinations. Exploration and Mining
       Geology 16(3-4).
    """
    rows = []
    for (analyte, kind), group in judged.groupby(["analyte", "type"], sort=False):
        used = group[group["verdict"] != NOT_JUDGED]
        within = float((used["half_difference"] <= used["limit"]).mean()) if len(used) else np.nan
        verdict = NOT_JUDGED if not len(used) else PASS if within >= pair_share else FAIL
        first, second = used["original"].to_numpy(dtype=float), used["duplicate"].to_numpy(dtype=float)
        total = first.sum()
        low, high = (limit * len(used) / total if total > 0 else np.nan for limit in mean_interval(second - first, significance))
        bias = second.sum() / total - 1.0 if total > 0 else np.nan
        student, wilcoxon = paired_tests(first, second)
        axis = reduced_major_axis(first, second, significance=significance)
        intercept, slope = precision_line(thompson_howarth(first, second))
        rows.append(
            {
                "analyte": analyte,
                "type": kind,
                "pairs": len(used),
                "not_judged": len(group) - len(used),
                "within": within,
                "cv_average": float(np.sqrt(2.0 * np.mean(used["half_difference"] ** 2))) if len(used) else np.nan,
                "limit": group["limit"].iloc[0],
                "verdict": verdict,
                "bias": bias,
                "bias_low": low,
                "bias_high": high,
                "bias_verdict": bias_verdict(bias, low, high, bias_limit),
                "student_p": student,
                "wilcoxon_p": wilcoxon,
                **axis,
                "slope_verdict": _slope_verdict(axis),
                "deviation_intercept": intercept,
                "deviation_slope": slope,
            }
        )
    return pd.DataFrame(rows, columns=SUMMARY_COLUMNS)


def group_duplicates(judged):
    """Thompson and Howarth's groups of every analyte and type of pair: analyte, type, and the columns of `thompson_howarth`."""
    parts = []
    for (analyte, kind), group in judged.groupby(["analyte", "type"], sort=False):
        used = group[group["verdict"] != NOT_JUDGED]
        groups = thompson_howarth(used["original"], used["duplicate"])
        if len(groups):
            groups.insert(0, "type", kind)
            groups.insert(0, "analyte", analyte)
            parts.append(groups)
    columns = ["analyte", "type", "group", "pairs", "mean", "median_difference", "deviation"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _slope_verdict(axis):
    """Warning where the limits of the slope leave out 1, by more than rounding: one side grows faster than the other."""
    if np.isnan(axis["slope"]):
        return NOT_JUDGED
    return PASS if axis["slope_low"] <= 1.0 + ROUNDING and axis["slope_high"] >= 1.0 - ROUNDING else WARNING


def _check(pairs, assay, limits):
    """Nothing; raises InputError where parents or limits are ambiguous or missing."""
    if not len(pairs):
        return
    if "sample" not in assay:
        message = "duplicates need the sample names of their parents; map `sample` in the columns of the assay table"
        raise InputError(message)
    twice = assay["sample"][assay["sample"].isin(pairs["parent"].dropna()) & assay["sample"].duplicated()]
    if len(twice):
        message = f"sample {min(twice, key=str)} stands more than once among the assays, so its duplicate has no single parent"
        raise InputError(message)
    without = [kind for kind in pairs["type"].unique() if kind not in limits]
    if without:
        message = f"duplicates of type {without[0]} have no limit; give one in qaqc.duplicate_limits"
        raise InputError(message)
