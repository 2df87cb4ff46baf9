"""Duplicates: how well a second half of the core, a second split or a second pulp repeats the first result."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.qaqc.settings import QualityControl
from scandia.qaqc.standards import FAIL, NO_RESULT, NOT_JUDGED, PASS
from scandia.units import convert_grade

NO_PARENT = "parent is not among the assays"
PAIR_COLUMNS = [
    "analyte", "type", "sample", "parent", "batch",
    "original", "duplicate", "mean", "half_difference", "limit", "verdict", "reason",
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
        flowing = parents[name].reindex(pairs["parent"]).to_numpy(dtype=float)
        original = convert_grade(
            flowing,
            from_species=analyte.species,
            from_unit=analyte.unit,
            to_species=analyte.column_species,
            to_unit=analyte.column_unit,
        )
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


def summarise_duplicates(judged, *, pair_share=QualityControl.pair_share):
    """One row for each analyte and type: pairs, not_judged, within, cv_average, bias, limit, verdict.

    ``within`` is the share of pairs that keep the limit; the type passes where it is at least ``pair_share``. ``cv_average`` is
    the mean coefficient of variation of pairs, ``sqrt(2 / N sum((a - b)^2 / (a + b)^2))`` (Stanley and Lawie 2007), and
    ``bias`` the sum of the duplicates over the sum of the originals less one; both shares.
    """
    rows = []
    for (analyte, kind), group in judged.groupby(["analyte", "type"], sort=False):
        used = group[group["verdict"] != NOT_JUDGED]
        within = float((used["half_difference"] <= used["limit"]).mean()) if len(used) else np.nan
        verdict = NOT_JUDGED if not len(used) else PASS if within >= pair_share else FAIL
        original = used["original"].sum()
        rows.append(
            {
                "analyte": analyte,
                "type": kind,
                "pairs": len(used),
                "not_judged": len(group) - len(used),
                "within": within,
                "cv_average": float(np.sqrt(2.0 * np.mean(used["half_difference"] ** 2))) if len(used) else np.nan,
                "bias": used["duplicate"].sum() / original - 1.0 if original > 0 else np.nan,
                "limit": group["limit"].iloc[0],
                "verdict": verdict,
            }
        )
    columns = ["analyte", "type", "pairs", "not_judged", "within", "cv_average", "bias", "limit", "verdict"]
    return pd.DataFrame(rows, columns=columns)


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
