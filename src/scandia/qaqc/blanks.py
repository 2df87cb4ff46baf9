"""Blanks: barren material that shows what one sample leaves behind for the next."""

import numpy as np
import pandas as pd

from scandia.qaqc.standards import FAIL, NO_RESULT, NOT_JUDGED, PASS


def judge_blanks(qc, detection_limits, analytes, *, blank_limit):
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

    Returns
    -------
    DataFrame
        ``analyte``, ``reference``, ``order`` (from 1, for each analyte, in the order given), ``sample``, ``batch``, ``value``,
        ``limit``, ``verdict`` (pass, fail, not judged) and ``reason``.
    """
    blanks = qc[qc["type"] == "blank"]
    parts = []
    for analyte in analytes:
        value = blanks[analyte].to_numpy(dtype=float)
        limit = blank_limit * detection_limits[analyte]
        missing, failed = np.isnan(value), value > limit
        words = f"above {blank_limit:g} detection limits"
        columns = {"sample": blanks["sample"].to_numpy(), "batch": blanks["batch"].to_numpy(), "value": value, "limit": limit}
        columns["verdict"] = np.select([missing, failed], [NOT_JUDGED, FAIL], PASS).astype(object)
        columns["reason"] = np.select([missing, failed], [NO_RESULT, words], "").astype(object)
        head = {"analyte": analyte, "reference": blanks["reference"].to_numpy(), "order": np.arange(1, len(blanks) + 1)}
        parts.append(pd.DataFrame(head | columns))
    columns = ["analyte", "reference", "order", "sample", "batch", "value", "limit", "verdict", "reason"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
