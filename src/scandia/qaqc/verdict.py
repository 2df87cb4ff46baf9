"""The verdict of assay quality control: by batch, by check, and over all."""

import pandas as pd

from scandia.errors import InputError
from scandia.qaqc.blanks import judge_blanks
from scandia.qaqc.duplicates import judge_duplicates, summarise_duplicates
from scandia.qaqc.insertion import insertion_table
from scandia.qaqc.standards import FAIL, NOT_JUDGED, PASS, judge_standards, summarise_standards

NO_BATCH = "no batch"  # control samples without a batch are judged together


def judge(qc, assay, settings, analytes):
    """Dict of tables: every control result judged, and the verdicts.

    Parameters
    ----------
    qc : DataFrame
        Control samples: sample, type, reference, parent, batch, and the judged analytes in the unit of their assay column; in
        any order.
    assay : DataFrame
        Core samples: sample, and the analytes as they flow.
    settings : QualityControl
        What is judged, and the limits.
    analytes : dict of str to Analyte
        Species and units of all analytes.

    Returns
    -------
    dict of str to DataFrame
        ``insertion`` (see `insertion_table`), ``standards`` and ``standard_summary`` (`judge_standards`,
        `summarise_standards`), ``blanks`` (`judge_blanks`), ``duplicates`` and ``duplicate_summary`` (`judge_duplicates`,
        `summarise_duplicates`), ``batches`` (batch, standards, blanks, duplicates: samples judged; failed_standards,
        failed_blanks: samples failed; verdict, reason) and ``verdict`` (check, judged, failed, verdict). Its rows count
        results of standards and of blanks, analytes of each type of duplicate, and batches; the last row, ``overall``, counts
        the rows above it.

    Notes
    -----
    Control samples are judged in the order of batch, sample and type (see `order_of_analysis`), never in that of the rows
    given; ``order`` counts along it, and "consecutive" results of a standard follow each other in it.

    A batch fails with one failed standard or blank, and is not judged where it has neither. Duplicates are judged by type
    over all batches. The whole fails where any batch or any type of duplicate fails.

    Raises
    ------
    InputError
        A judged analyte is no analyte with a column, or has no detection limit, or a type of control sample is unknown.
    """
    judged = _judged_analytes(settings, analytes)
    ordered = order_of_analysis(qc, list(judged))
    deviations = {"failure_deviations": settings.failure_deviations, "warning_deviations": settings.warning_deviations}
    tables = {"insertion": insertion_table(ordered, assay)}
    tables["standards"] = judge_standards(ordered, settings.standards, list(judged), **deviations)
    tables["standard_summary"] = summarise_standards(tables["standards"])
    tables["blanks"] = judge_blanks(ordered, settings.detection_limits, list(judged), blank_limit=settings.blank_limit)
    tables["duplicates"] = judge_duplicates(ordered, assay, settings.duplicate_limits, judged)
    tables["duplicate_summary"] = summarise_duplicates(tables["duplicates"], pair_share=settings.pair_share)
    tables["batches"] = _batches(ordered, tables)
    tables["verdict"] = _verdict(tables)
    return tables


def order_of_analysis(qc, analytes):
    """Control samples sorted by batch, then sample, then type, all as text; ``no batch`` stands for a missing batch.

    Rows that agree in all three (one sample analysed twice) go by reference, parent and their results of ``analytes``, so that
    the order of the rows given never decides. The caller's table is left alone.
    """
    qc = qc.assign(batch=qc["batch"].astype(object).where(qc["batch"].notna(), NO_BATCH)).reset_index(drop=True)
    names = ["batch", "sample", "type", "reference", "parent"]
    keys = pd.DataFrame({name: qc[name].astype(object).where(qc[name].notna(), "").astype(str) for name in names})
    keys = keys.assign(**{name: qc[name].astype(float) for name in analytes})
    return qc.loc[keys.sort_values([*names, *analytes], kind="stable").index].reset_index(drop=True)


def overall(tables):
    """The overall verdict, ``pass``, ``fail`` or ``not judged``, of the tables of `judge`."""
    return str(tables["verdict"]["verdict"].iloc[-1])


def _judged_analytes(settings, analytes):
    judged = {}
    for name in settings.analytes:
        if name not in analytes or analytes[name].column is None:
            allowed = ", ".join(key for key, analyte in analytes.items() if analyte.column is not None)
            message = f"qaqc.analytes names {name!r}, which has no assay column; allowed are {allowed}"
            raise InputError(message)
        if name not in settings.detection_limits:
            message = f"qaqc.detection_limits has no limit for {name!r}; blanks are judged by it"
            raise InputError(message)
        judged[name] = analytes[name]
    return judged


def _batches(qc, tables):
    """One row for each batch, sorted as text; a sample with several analytes counts once."""
    rows = []
    for batch in qc["batch"].unique():
        part = {name: tables[name][tables[name]["batch"] == batch] for name in ("standards", "blanks", "duplicates")}
        counts = {name: _samples(table, (PASS, FAIL)) for name, table in part.items()}
        failed = {f"failed_{name}": _samples(part[name], (FAIL,)) for name in ("standards", "blanks")}
        reasons = [
            f"{row.sample} {row.analyte}: {row.reason}" for name in failed for row in _failed(part[name.removeprefix("failed_")])
        ]
        if counts["standards"] + counts["blanks"] == 0:
            verdict, reasons = NOT_JUDGED, ["no standard and no blank with a result"]
        else:
            verdict = FAIL if reasons else PASS
        rows.append({"batch": batch, **counts, **failed, "verdict": verdict, "reason": "; ".join(reasons)})
    columns = ["batch", "standards", "blanks", "duplicates", "failed_standards", "failed_blanks", "verdict", "reason"]
    return pd.DataFrame(rows, columns=columns)


def _verdict(tables):
    rows = [_line(name, tables[name]["verdict"]) for name in ("standards", "blanks")]
    summary = tables["duplicate_summary"]
    for kind in summary["type"].unique():
        rows.append(_line(kind, summary.loc[summary["type"] == kind, "verdict"]))
    rows.append(_line("batches", tables["batches"]["verdict"]))
    return pd.DataFrame([*rows, _line("overall", pd.Series([row["verdict"] for row in rows]))])


def _line(check, verdicts):
    """Counts and verdict of one check: it fails with its first failure."""
    judged, failed = int((verdicts != NOT_JUDGED).sum()), int((verdicts == FAIL).sum())
    return {"check": check, "judged": judged, "failed": failed, "verdict": FAIL if failed else PASS if judged else NOT_JUDGED}


def _samples(table, verdicts):
    return int(table.loc[table["verdict"].isin(verdicts), "sample"].nunique())


def _failed(table):
    return table[table["verdict"] == FAIL].itertuples(index=False)
