"""The verdict of assay quality control: by batch, by check, and over all."""

import pandas as pd

from scandia.errors import InputError
from scandia.qaqc.batches import NO_BATCH, judge_batches
from scandia.qaqc.blanks import judge_blanks, summarise_blanks
from scandia.qaqc.core import core_samples, joined
from scandia.qaqc.duplicates import group_duplicates, judge_duplicates, summarise_duplicates
from scandia.qaqc.hold_out import failed_samples
from scandia.qaqc.insertion import insertion_rates, insertion_table
from scandia.qaqc.order import natural_keys
from scandia.qaqc.preceding import preceding_samples
from scandia.qaqc.settings import ORDER
from scandia.qaqc.standards import judge_standards, summarise_standards
from scandia.qaqc.words import FAIL, NOT_CERTIFIED, NOT_JUDGED, OVERRIDDEN, PASS, WARNING
from scandia.settings import is_date
from scandia.vocabulary import CAMPAIGN, HOLE, ROW, SAMPLE, UMPIRE


def judge(qc, assay, settings, analytes, *, collar=None):
    """Dict of tables: every control result judged, and the verdicts.

    Parameters
    ----------
    qc : DataFrame
        Control samples: sample, type, reference, parent, batch, date and laboratory if known, and the judged analytes in the
        unit of their assay column; in any order.
    assay : DataFrame
        Core samples: sample, batch and laboratory if known, and the analytes as they flow; of merged tables each is judged by
        itself (`core.core_samples`).
    settings : QualityControl
        What is judged, and the limits.
    analytes : dict of str to Analyte
        Species and units of all analytes.
    collar : DataFrame, optional
        hole and campaign, for the insertion rates of campaigns.

    Returns
    -------
    dict of str to DataFrame
        ``insertion`` and ``rates`` (see `insertion`), ``standards``, ``standard_summary``, ``blanks``, ``blank_summary``,
        ``duplicates``, ``duplicate_summary`` and ``thompson_howarth`` (of the modules of these names), ``batches``
        (`judge_batches`), ``failed_samples`` (core of the failed batches) and ``verdict`` (check, judged, failed, warnings,
        verdict, remark, override_reason, override_name with the day where it is given). Its rows count results of standards and
        of blanks, charts with a bias or drift, analytes with carry-over, analytes of each type of duplicate, the bias of the
        umpire laboratory, slopes of duplicates on their parents, groups with too few control samples, and batches; the last row,
        ``overall``, counts the rows above it.

    Notes
    -----
    Control samples are judged in order of date, batch, sample and type (see `order_of_analysis`), never in that of the rows
    given; ``order`` counts along it, and "consecutive" results of a standard follow each other in it.

    A batch fails with one failed standard or blank, and is not judged where it has neither. Duplicates are judged by type
    over all batches. The whole fails where any batch, type of duplicate or bias fails and no person overrides it.

    Raises
    ------
    InputError
        A judged analyte is no analyte with a column, or has no detection limit; a type of control sample is unknown; a date is
        none; an override names a batch or a check that does not exist.
    """
    judged = _judged_analytes(settings, analytes)
    names = list(judged)
    ordered = order_of_analysis(qc, names, table=settings.table, order=settings.order)
    assay = core_samples(assay, analytes)
    tables = {"insertion": insertion_table(ordered, assay)}
    campaigns = None if collar is None or CAMPAIGN not in collar else collar.drop_duplicates(HOLE).set_index(HOLE)[CAMPAIGN]
    tables["rates"] = insertion_rates(ordered, assay, settings.insertion_limits, campaigns=campaigns)
    tables |= _controls(ordered, assay, settings, judged)
    tables |= _pairs(ordered, assay, settings, judged)
    core = assay.get("batch")
    tables["batches"] = judge_batches(ordered["batch"].unique(), tables, settings.overrides.batches, core=core)
    tables["failed_samples"] = failed_samples(assay, tables["batches"], settings)
    tables["verdict"] = _verdict(tables, settings.overrides.checks)
    return tables


def order_of_analysis(qc, analytes, *, table=None, order=ORDER):
    """Control samples in the declared order, of what the table has, then by type; ``no batch`` where missing.

    Dates sort as days, sequences as numbers, batches and samples by the numbers in them (`order.natural_keys`): S9 goes before
    S10.

    Rows that agree in all of these (one sample analysed twice) go by reference, parent and their results of ``analytes``, so
    that the order of the rows given never decides. The caller's table is left alone. Messages name file and column
    of ``table``.

    Raises
    ------
    InputError
        A date is missing, or not written YYYY-MM-DD; or a sequence is missing.
    """
    qc = qc.assign(batch=qc["batch"].astype(object).where(qc["batch"].notna(), NO_BATCH)).reset_index(drop=True)
    names = [name for name in dict.fromkeys((*order, "batch", "sample")) if name in qc]
    names += ["type", "reference", "parent"]
    if "date" in qc:
        _check_dates(qc, table)
    if "sequence" in qc:
        _refuse_control(qc, qc["sequence"].isna(), table, "sequence", "give its number in every row")
    keys = pd.DataFrame({name: qc[name].astype(object).where(qc[name].notna(), "").astype(str) for name in names})
    keys = keys.assign(**{name: natural_keys(keys[name]) for name in ("batch", "sample")})
    keys = keys.assign(**{name: qc[name].astype(float) for name in (*analytes, *({"sequence"} & set(qc)))})
    return qc.loc[keys.sort_values([*names, *analytes], kind="stable").index].reset_index(drop=True)


def overall(tables):
    """The overall verdict, ``pass``, ``warning``, ``fail``, ``overridden`` or ``not judged``, of the tables of `judge`."""
    return str(tables["verdict"]["verdict"].iloc[-1])


def _controls(ordered, assay, settings, judged):
    """Standards and blanks, judged and summarised."""
    names = list(judged)
    tests = {"significance": settings.significance, "minimum_results": settings.minimum_results}
    standards = judge_standards(
        ordered,
        settings.standards,
        names,
        failure_deviations=settings.failure_deviations,
        warning_deviations=settings.warning_deviations,
        rules=settings.rules,
        blank_limits={name: settings.blank_limit * settings.detection_limits[name] for name in names},
    )
    blanks = judge_blanks(
        ordered,
        settings.detection_limits,
        names,
        blank_limit=settings.blank_limit,
        preceding=preceding_samples(ordered, joined(assay, (SAMPLE, "batch")), judged),
        standards=settings.standards,
        failure_deviations=settings.failure_deviations,
    )
    summary = summarise_standards(standards, bias_limit=settings.bias_limit, **tests)
    return {
        "standards": standards,
        "standard_summary": summary,
        "blanks": blanks,
        "blank_summary": summarise_blanks(blanks, **tests),
    }


def _pairs(ordered, assay, settings, judged):
    """Duplicates, judged, summarised and in groups."""
    pairs = judge_duplicates(ordered, joined(assay, (SAMPLE,)), settings.duplicate_limits, judged)
    limits = {"pair_share": settings.pair_share, "significance": settings.significance, "bias_limit": settings.bias_limit}
    summary = summarise_duplicates(pairs, **limits)
    return {"duplicates": pairs, "duplicate_summary": summary, "thompson_howarth": group_duplicates(pairs)}


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


def _check_dates(qc, table):
    known = qc["date"].dropna().unique()
    wrong = ~qc["date"].isin([text for text in known if is_date(str(text))])
    _refuse_control(qc, wrong, table, "date", "dates must be written YYYY-MM-DD in every row")


def _refuse_control(qc, wrong, table, name, asked):
    """None, or InputError that names the first row whose date or sequence is wrong."""
    if not wrong.any():
        return
    first = qc[wrong].iloc[0]
    value = "missing" if pd.isna(first[name]) else repr(first[name])
    line = f"row {first[ROW]}, " if ROW in qc else ""
    place = "" if table is None else f"{table.file}, {line}column {table.columns.get(name, name)}: "
    message = (
        f"{place}control sample {first['sample']}: its {name} is {value}; {asked} (or leave `{name}` out of qaqc.table.columns)"
    )
    raise InputError(message)


def _verdict(tables, overrides):
    """One row for each check, and the overall one."""
    charts, pairs = tables["standard_summary"], tables["duplicate_summary"]
    lifted = tables["batches"].loc[tables["batches"]["verdict"] == OVERRIDDEN, "batch"]
    rows = [_line(name, _without(tables[name], lifted)) for name in ("standards", "blanks")]
    rows += [_line("bias", charts["bias_verdict"]), _line("drift", charts["drift_verdict"])]
    rows.append(_line("carry_over", tables["blank_summary"]["verdict"]))
    rows += [_line(kind, pairs.loc[pairs["type"] == kind, "verdict"]) for kind in pairs["type"].unique()]
    if (pairs["type"] == UMPIRE).any():
        rows.append(_line("umpire_bias", pairs.loc[pairs["type"] == UMPIRE, "bias_verdict"]))
    if len(pairs):
        rows.append(_line("duplicate_slope", pairs["slope_verdict"]))
    rows += [_line("insertion", tables["rates"]["verdict"]), _line("batches", tables["batches"]["verdict"])]
    table = pd.DataFrame(rows)
    table["remark"] = table["check"].map({"standards": _uncertified(tables["standards"])}).fillna("")
    for name in overrides:
        if name not in set(table["check"]):
            message = (
                f"qaqc.overrides.checks names {name!r}, which is no check of this run; allowed are {', '.join(table['check'])}"
            )
            raise InputError(message)
    chosen = table["check"].isin(list(overrides)) & (table["verdict"] == FAIL)
    table.loc[chosen, "verdict"] = OVERRIDDEN
    for key, said in (("reason", "reason"), ("name", "by")):
        table[f"override_{key}"] = [
            getattr(overrides[check], said) if lifted else "" for check, lifted in zip(table["check"], chosen, strict=True)
        ]
    total = _line("overall", table["verdict"]) | {"remark": "", "override_reason": "", "override_name": ""}
    return pd.concat([table, pd.DataFrame([total])], ignore_index=True)


def _uncertified(standards):
    """How many results of standards have no certified value, and of which materials; empty where none."""
    without = standards[standards["reason"] == NOT_CERTIFIED]
    if without.empty:
        return ""
    names = ", ".join(sorted(without["reference"].fillna("no name").astype(str).unique()))
    return f"{len(without)} of {len(standards)} results of standards are not judged, without a certified value: {names}"


def _without(table, lifted):
    """Verdicts with those failures overridden whose batch is."""
    return table["verdict"].mask(table["batch"].isin(lifted) & (table["verdict"] == FAIL), OVERRIDDEN)


def _line(check, verdicts):
    """Counts and verdict of one check: it fails with its first failure; warnings do not fail it."""
    judged, failed, warnings = (
        int(n) for n in ((verdicts != NOT_JUDGED).sum(), (verdicts == FAIL).sum(), (verdicts == WARNING).sum())
    )
    accepted = bool((verdicts == OVERRIDDEN).any())
    verdict = FAIL if failed else OVERRIDDEN if accepted else WARNING if warnings else PASS if judged else NOT_JUDGED
    return {"check": check, "judged": judged, "failed": failed, "warnings": warnings, "verdict": verdict}
