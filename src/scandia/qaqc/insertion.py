"""How many control samples went to the laboratory among the core."""

import pandas as pd

from scandia.errors import InputError

TYPES = ("standard", "blank", "field_duplicate", "coarse_duplicate", "pulp_duplicate")


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
    counts = {"core": len(assay), **{kind: int((qc["type"] == kind).sum()) for kind in TYPES}, "all_control": len(qc)}
    total = len(assay) + len(qc)
    table = pd.DataFrame({"type": list(counts), "count": list(counts.values())})
    return table.assign(share=table["count"] / total if total else float("nan"))


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
