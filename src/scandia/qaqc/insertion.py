"""How many control samples went to the laboratory among the core: in all, and by batch, laboratory and campaign."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.qaqc.words import NOT_JUDGED, PASS, WARNING
from scandia.vocabulary import CONTROL_TYPES as TYPES

ALL = "all_control"


def insertion_table(qc, assay):
    """Counts of core and control samples: type, count, share.

    Parameters
    ----------
    qc : DataFrame
        Control samples with their ``type``.
    assay : DataFrame
        Core samples, one a row.

    Returns
    -------
    DataFrame
        One row for ``core``, for each type of control sample (also those never used), and for ``all_control``; ``share`` is
        that of all samples sent, core and control together, between 0 and 1 (NaN where none was sent).
    """
    check_types(qc)
    counts = {"core": len(assay), **{kind: int((qc["type"] == kind).sum()) for kind in TYPES}, ALL: len(qc)}
    total = len(assay) + len(qc)
    table = pd.DataFrame({"type": list(counts), "count": list(counts.values())})
    return table.assign(share=table["count"] / total if total else float("nan"))


def insertion_rates(qc, assay, limits, *, campaigns=None):
    """Counts by batch, laboratory and campaign, against the limits of the config.

    Parameters
    ----------
    qc : DataFrame
        Control samples: type, batch, laboratory if known.
    assay : DataFrame
        Core samples: hole; batch and laboratory if known.
    limits : dict of str to float
        Smallest share of each type, or of ``all_control``.
    campaigns : Series, optional
        Hole to its campaign. A control sample is of the campaign that most of the core of its batch is of.

    Returns
    -------
    DataFrame
        ``by`` (batch, laboratory, campaign), ``group``, ``core``, a count for each type, ``all_control``, ``share`` (of all
        samples of the group), ``verdict`` (warning below a limit; not judged without limits) and ``reason``. Batches only where
        the assays carry them: without, no share can be known.

    Raises
    ------
    InputError
        A limit is of an unknown type, or no share.
    """
    _check_limits(limits)
    keys = {name: (assay[name], qc[name]) for name in ("batch", "laboratory") if name in assay and name in qc}
    if campaigns is not None and "batch" in assay:
        core = assay["hole"].map(campaigns)
        keys["campaign"] = (core, qc["batch"].map(_commonest(core, assay["batch"])))
    parts = [_count(by, core, control, qc["type"]) for by, (core, control) in keys.items()]
    columns = ["by", "group", "core", *TYPES, ALL, "share", "verdict", "reason"]
    if not parts:
        return pd.DataFrame(columns=columns)
    table = pd.concat(parts, ignore_index=True)
    total = table["core"] + table[ALL]
    low = {kind: (table[kind] / total < limit).to_numpy() for kind, limit in limits.items()}
    words = np.full(len(table), "", dtype=object)
    for kind, marks in low.items():
        text = f"{kind.replace('_', ' ')} below {100 * limits[kind]:g} %"
        words[marks] = [f"{word}; {text}" if word else text for word in words[marks]]
    verdict = np.where(words != "", WARNING, PASS if limits else NOT_JUDGED)
    return table.assign(share=table[ALL] / total, verdict=verdict, reason=words)[columns]


def check_types(qc):
    """Nothing; raises InputError where a control sample is of an unknown type."""
    unknown = qc.loc[~qc["type"].isin(TYPES)]
    if len(unknown):
        first = unknown.iloc[0]
        message = (
            f"control sample {first['sample']} has the type {first['type']!r}; allowed are {', '.join(TYPES)} "
            "(rename the types in the table of control samples)"
        )
        raise InputError(message)


def _count(by, core, control, kinds):
    counted = pd.crosstab(control.fillna("unknown").astype(str), kinds).reindex(columns=list(TYPES), fill_value=0)
    sent = core.fillna("unknown").astype(str).value_counts()
    groups = sorted(set(counted.index) | set(sent.index))
    counted = counted.reindex(groups, fill_value=0)
    head = {"by": by, "group": groups, "core": sent.reindex(groups, fill_value=0).to_numpy()}
    return pd.DataFrame(head | {kind: counted[kind].to_numpy() for kind in TYPES} | {ALL: counted.sum(axis=1).to_numpy()})


def _commonest(values, groups):
    """The commonest value of each group, the first by name of several."""
    pairs = pd.DataFrame({"value": values.astype(object), "group": groups}).dropna()
    counts = pairs.groupby(["group", "value"], sort=True).size().reset_index(name="count")
    return counts.sort_values(["group", "count", "value"], ascending=[True, False, True]).groupby("group")["value"].first()


def _check_limits(limits):
    for kind, limit in limits.items():
        if kind not in (*TYPES, ALL) or not 0 <= limit < 1:
            message = (
                f"qaqc.insertion_limits has {kind}: {limit}; allowed are shares from 0 to below 1 of {', '.join((*TYPES, ALL))}"
            )
            raise InputError(message)
