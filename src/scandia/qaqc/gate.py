"""The gates of a run: errors of the tables stop it, and failed quality control does where the config says so."""

from scandia.drillholes.findings import count_words, require_no_errors
from scandia.errors import FindingsError


def accept_tables(findings, *, table=""):
    """A sentence that says what was accepted.

    Parameters
    ----------
    findings : DataFrame
        Columns `vocabulary.FINDING`.
    table : str
        Where they stand; the message names it.

    Raises
    ------
    FindingsError
        The tables hold errors; the message names the first of them.
    """
    require_no_errors(findings, table=table)
    return f"The tables are accepted: no errors, {count_words(findings)}.\n"


def accept_quality(verdict, batches, *, on_failure):
    """A sentence that says how quality control ended.

    Parameters
    ----------
    verdict : DataFrame
        check, judged, failed, verdict, as `verdict.judge` gives it; the last row is the overall one.
    batches : DataFrame
        batch, verdict, reason.
    on_failure : {"stop", "report"}
        What an overall failure does.

    Raises
    ------
    FindingsError
        Quality control failed and `on_failure` is stop; the message names the checks and the batches.
    """
    words = quality_words(verdict, batches)
    if verdict["verdict"].iloc[-1] == "fail" and on_failure == "stop":
        message = f"quality control failed: {words}. Hint: see qaqc/; re-assay, or set qaqc.on_failure to report"
        raise FindingsError(message)
    return f"Quality control: {words}.\n"


def quality_words(verdict, batches):
    """The verdict in words: what passed, or which checks and batches failed."""
    checks = verdict.iloc[:-1]
    failed = checks.loc[checks["verdict"] == "fail", "check"].str.replace("_", " ").tolist()
    if not failed:
        return f"all {len(batches)} batches and every check of them passed"
    named = sorted(batches.loc[batches["verdict"] == "fail", "batch"].astype(str).unique())
    of_batches = f"; {len(named)} of {len(batches)} batches: {', '.join(named)}" if named else ""
    return f"failed in {', '.join(failed)}{of_batches}"
