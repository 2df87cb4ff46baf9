"""Reference materials: each result against its certified value, the run rules, and bias and drift of each chart."""

import numpy as np
import pandas as pd

from scandia.qaqc.inference import drift, mean_interval
from scandia.qaqc.run_rules import broken_rules, opposite_sides, verdicts
from scandia.qaqc.settings import QualityControl, RunRules
from scandia.qaqc.swaps import recognise_swaps
from scandia.qaqc.words import FAIL, NO_RESULT, NOT_CERTIFIED, NOT_JUDGED, PASS, WARNING

LABORATORY = "laboratory"
COLUMNS = [
    "analyte", "reference", LABORATORY, "order", "sample", "batch",
    "value", "certified", "deviation", "z", "rules", "swap", "verdict", "reason",
]  # fmt: skip


def judge_standards(
    qc,
    standards,
    analytes,
    *,
    failure_deviations=QualityControl.failure_deviations,
    warning_deviations=QualityControl.warning_deviations,
    rules=None,
    blank_limits=None,
):
    """One row for each reference material's result and analyte, by analyte, reference and laboratory, then in the order given.

    Parameters
    ----------
    qc : DataFrame
        Control samples in order of analysis, as `verdict.judge` sorts them, since that order decides what is consecutive:
        sample, type, reference, batch, laboratory if known, and a column for each analyte, in the unit of its assay column.
    standards : dict of str to dict of str to Certified
        Reference material to analyte to certified value.
    analytes : sequence of str
        Analytes that are judged.
    failure_deviations, warning_deviations : float
        Certified deviations that stand for 3s and 2s in the run rules.
    rules : RunRules, optional
        What each rule does; by default those of the config.
    blank_limits : dict of str to float, optional
        Largest value of a blank by analyte, so that a blank in place of a standard is recognised.

    Returns
    -------
    DataFrame
        ``analyte``, ``reference``, ``laboratory``, ``order`` (from 1, in each chart), ``sample``, ``batch``, ``value``,
        ``certified``, ``deviation``, ``z``, ``rules`` (names of the broken ones), ``swap`` (the material that the sample really
        is, where it was swapped), ``verdict`` (pass, warning, fail, not judged) and ``reason``.

    Notes
    -----
    ``z = (value - certified) / deviation``. Missing results and swapped samples are passed over in rows of consecutive results;
    a swapped sample fails by 1-3s alone.
    """
    results = qc[qc["type"] == "standard"].reset_index(drop=True)
    results = results.assign(**{LABORATORY: results[LABORATORY].fillna("") if LABORATORY in results else ""})
    limits = None if blank_limits is None else np.array([blank_limits[name] for name in analytes])
    values = results[list(analytes)].to_numpy(dtype=float)
    swap = recognise_swaps(values, results["reference"], standards, analytes, limit=failure_deviations, blank_limits=limits)
    deviations = {"failure_deviations": failure_deviations, "warning_deviations": warning_deviations}
    charts = [places for _, places in results.groupby(["reference", LABORATORY], sort=True, dropna=False).indices.items()]
    parts = []
    for analyte in analytes:
        judged = _judge(results, analyte, standards, swap, charts, deviations, RunRules() if rules is None else rules)
        parts.append(judged.iloc[np.concatenate(charts)] if charts else judged)
    return pd.concat(parts, ignore_index=True)[COLUMNS] if parts else pd.DataFrame(columns=COLUMNS)


def summarise_standards(judged, *, significance=0.05, bias_limit=0.05, minimum_results=8):
    """One row for each analyte, reference and laboratory: counts, bias with its confidence limits, spread, and drift.

    ``bias`` is mean over certified value less one, between ``bias_low`` and ``bias_high`` with confidence 1 - significance
    (Student's t); ``relative_deviation`` is the standard deviation (n - 1) over the mean; all as shares. ``drift`` is the change
    of the line fitted to z from first to last, in certified deviations, and ``drift_p`` its p value. Failed results count,
    swapped samples do not. A bias whose limits leave out zero is a warning, and fails beyond ``bias_limit``; a significant drift
    is a warning.
    """
    rows = []
    for (analyte, reference, laboratory), group in judged.groupby(["analyte", "reference", LABORATORY], sort=False, dropna=False):
        known = group[group["verdict"] != NOT_JUDGED]
        used = known[known["swap"] == ""]
        certified, mean = group["certified"].iloc[0], used["value"].mean()
        low, high = (limit / certified - 1.0 for limit in mean_interval(used["value"], significance))
        bias = mean / certified - 1.0
        moved, p = drift(used["z"], minimum_results)
        rows.append(
            {
                "analyte": analyte,
                "reference": reference,
                LABORATORY: laboratory,
                "results": len(known),
                "not_judged": len(group) - len(known),
                "failed": int((known["verdict"] == FAIL).sum()),
                "warnings": int((known["verdict"] == WARNING).sum()),
                "swaps": len(known) - len(used),
                "mean": mean,
                "certified": certified,
                "bias": bias,
                "bias_low": low,
                "bias_high": high,
                "bias_verdict": bias_verdict(bias, low, high, bias_limit),
                "relative_deviation": used["value"].std(ddof=1) / mean,
                "drift": moved,
                "drift_p": p,
                "drift_verdict": NOT_JUDGED if np.isnan(p) else WARNING if p < significance else PASS,
            }
        )
    columns = ["analyte", "reference", LABORATORY, "results", "not_judged", "failed", "warnings", "swaps", "mean", "certified"]
    columns += ["bias", "bias_low", "bias_high", "bias_verdict", "relative_deviation", "drift", "drift_p", "drift_verdict"]
    return pd.DataFrame(rows, columns=columns)


def bias_verdict(bias, low, high, limit):
    """Verdict on a bias by its confidence limits, shares: significant and beyond the limit fails, significant alone warns."""
    if np.isnan(low) or np.isnan(high):
        return NOT_JUDGED
    if low <= 0.0 <= high:
        return PASS
    return FAIL if abs(bias) > limit else WARNING


def _judge(results, analyte, standards, swap, charts, deviations, rules):
    """The results of one analyte, judged, in the order of the rows."""
    certified = [standards.get(name, {}).get(analyte) for name in results["reference"]]
    value = results[analyte].to_numpy(dtype=float)
    middle = np.array([np.nan if one is None else one.value for one in certified], dtype=float)
    deviation = np.array([np.nan if one is None else one.deviation for one in certified], dtype=float)
    z = (value - middle) / deviation
    swapped, order = swap != "", np.zeros(len(z), dtype=int)
    straight = np.where(swapped, np.nan, z)
    broken = {"r_four": opposite_sides(straight, _numbers(results["batch"]), warning_deviations=deviations["warning_deviations"])}
    for places in charts:
        order[places] = np.arange(1, len(places) + 1)
        for name, marks in broken_rules(straight[places], **deviations).items():
            broken.setdefault(name, np.zeros(len(z), dtype=bool))[places] = marks
    for name in () if not charts else ("one_three", "one_two"):
        broken[name] |= swapped & (np.abs(z) > deviations["failure_deviations" if name == "one_three" else "warning_deviations"])
    names, failed, warned = verdicts(broken, rules) if charts else (np.array([], dtype=object), swapped, swapped)
    judged = np.isfinite(z)
    reason = np.where(swapped & (failed | warned), names + "; fits " + swap, names).astype(object)
    reason[~judged] = np.where(np.isfinite(middle[~judged]), NO_RESULT, NOT_CERTIFIED)
    verdict = np.select([~judged, failed, warned], [NOT_JUDGED, FAIL, WARNING], PASS).astype(object)
    columns = {"analyte": analyte, "order": order, "value": value, "certified": middle, "deviation": deviation, "z": z}
    columns |= {"rules": np.where(judged, names, ""), "swap": np.where(judged, swap, ""), "verdict": verdict, "reason": reason}
    return results[["reference", LABORATORY, "sample", "batch"]].assign(**columns)


def _numbers(batch):
    """A number for each batch, -1 where it is not known."""
    codes, names = pd.factorize(batch)
    unknown = np.flatnonzero(names == "no batch")
    return np.where(np.isin(codes, unknown), -1, codes)
