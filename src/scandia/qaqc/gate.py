"""The gates of a run: errors of the tables stop it, and failed quality control does where the config says so."""

from scandia.drillholes.findings import count_words, require_no_errors
from scandia.errors import FindingsError

SHOWN = 12  # names in a sentence; the table holds them all


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
        check, judged, failed, verdict, override_reason and override_name, as `verdict.judge` gives it; the last row is the
        overall one.
    batches : DataFrame
        batch, verdict, reason; override_reason and override_name where a person decided.
    on_failure : {"stop", "hold_out", "keep_with_warning"}
        What an overall failure does.

    Raises
    ------
    FindingsError
        Quality control failed and `on_failure` is stop; the message names the checks and the batches.
    """
    words = quality_words(verdict, batches)
    if verdict["verdict"].iloc[-1] == "fail" and on_failure == "stop":
        message = (
            f"quality control failed: {words}. Hint: see qaqc/; re-assay, accept a failure in qaqc.overrides with reason and "
            "name, or set qaqc.on_failure to hold_out or keep_with_warning"
        )
        raise FindingsError(message)
    return f"Quality control: {words}.\n"


def quality_words(verdict, batches):
    """The verdict in words: what passed, or which checks and batches failed, and what a person accepted."""
    checks = verdict.iloc[:-1]
    failed = checks.loc[checks["verdict"] == "fail", "check"].str.replace("_", " ").tolist()
    lifted = batches[batches["verdict"] == "overridden"].to_dict("records")
    accepted = [f"batch {row['batch']} accepted by {row['override_name']}: {row['override_reason']}" for row in lifted]
    if "override_name" in checks:
        given = checks[checks["override_name"].fillna("").astype(str) != ""].to_dict("records")
        named = [(row["check"].replace("_", " "), row) for row in given]
        accepted += [f"{check} accepted by {row['override_name']}: {row['override_reason']}" for check, row in named]
    ending = "".join(f"; {text.rstrip('.')}" for text in accepted)
    unknown = int((batches["verdict"] == "not judged").sum())
    silent = f"; {unknown} of {len(batches)} batches hold nothing to judge them by" if unknown else ""
    if "remark" in checks:
        silent += "".join(f"; {text}" for text in checks["remark"].fillna("").astype(str) if text)
    if not failed:
        return f"{_passed(checks, batches)}{ending}{silent}"
    count, names = _failed_batches(batches)
    of_batches = f"; {count} of {len(batches)} batches: {names}" if count else ""
    return f"failed in {', '.join(failed)}{of_batches}{ending}{silent}"


def held_words(held, settings):
    """What became of the core samples of failed batches, in a sentence; None where there are none.

    Parameters
    ----------
    held : DataFrame
        As `hold_out.failed_samples` gives it.
    settings : QualityControl
    """
    if not len(held):
        return None
    amount = f"{len(held):,} core samples ({held['length'].sum():,.1f} m) of {held['batch'].nunique()} batches"
    unjudged = " or not judged" if (held["verdict"] == "not judged").any() else ""
    if settings.on_failure == "hold_out":
        return f"{amount} that failed{unjudged} are held out of the estimate; their grades are missing, not zero"
    return f"{amount} that failed are in the estimate, because the config keeps them with a warning"


def _failed_batches(batches):
    """Number and names of the failed batches that nobody accepted one by one."""
    named = sorted(batches.loc[batches["verdict"] == "fail", "batch"].astype(str).unique())
    more = f" and {len(named) - SHOWN} more" if len(named) > SHOWN else ""
    return len(named), f"{', '.join(named[:SHOWN])}{more}"


def _passed(checks, batches):
    """How many batches and checks passed, where no check failed that nobody accepted; accepted ones are told apart."""
    counts, lifted = batches["verdict"].value_counts(), int((checks["verdict"] == "overridden").sum())
    passed, (failed, names) = counts.get("pass", 0), _failed_batches(batches)
    if passed == len(batches) and not lifted:
        return f"all {len(batches)} batches and every check of them passed"
    of_batches = f", {failed} failed ({names})" if failed else ""
    of_batches += f", {counts['overridden']} did not and {_is(counts['overridden'])} accepted" if "overridden" in counts else ""
    of_checks = f"{lifted} check{'s' if lifted > 1 else ''} did not pass and {_is(lifted)} accepted"
    return f"{passed} of {len(batches)} batches passed{of_batches}, and {of_checks if lifted else 'no check failed'}"


def _is(count):
    return "is" if count == 1 else "are"
