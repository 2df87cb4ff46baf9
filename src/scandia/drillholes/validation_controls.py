"""Checks of the table of control samples: types, sample numbers, and reference materials against those of the config."""

import difflib

from scandia.drillholes.analytes import check_samples
from scandia.drillholes.findings import concat, find
from scandia.vocabulary import CONTROL_TYPES, SAMPLE


def check_controls(controls, quality_control):
    """Findings of the table of control samples.

    Parameters
    ----------
    controls : DataFrame
        Typed control samples: row, sample, type, reference.
    quality_control : qaqc.settings.QualityControl
        Its table, and the reference materials that it certifies (``standards``) or says to be ``not_certified``.
    """
    table = quality_control.table
    unknown = ~controls["type"].isin(CONTROL_TYPES).to_numpy()
    words = {"column": table.columns["type"], "value": controls["type"], "allowed": ", ".join(CONTROL_TYPES)}
    return concat(
        [
            find("type_unknown", table.file, controls, unknown, **words),
            check_samples(controls, table.file, table.columns[SAMPLE]),
            *_check_references(controls, quality_control),
        ]
    )


def _check_references(controls, quality_control):
    """Standards of a material that the config does not know, and materials of the config that no standard is of."""
    file, column = quality_control.table.file, quality_control.table.columns["reference"]
    known = [*quality_control.standards, *quality_control.not_certified]
    standards = controls[controls["type"] == "standard"]
    given = standards["reference"].astype(object).where(standards["reference"].notna(), "")
    near = given.map({name: _near(name, known) for name in given.unique()})
    wrong = ~given.isin(known).to_numpy()
    words = {"column": column, "value": given, "near": near, "known": ", ".join(known) or "none"}
    yield find("reference_unknown", file, standards, wrong, **words)
    for name in known:
        if name not in set(given):
            near = _near(name, [text for text in given[wrong].unique() if text])
            yield find("reference_never_used", file, column=column, value=name, near=near)


def _near(name, others):
    close = difflib.get_close_matches(name, others, n=1)
    return f"did you mean {close[0]}? " if close else ""
