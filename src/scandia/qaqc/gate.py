"""The gate of a run: errors of the tables stop it, and failed quality control does where the config says so."""

from scandia.drillholes.findings import require_no_errors, summarise
from scandia.errors import FindingsError


def accept(findings, batches=None):
    """A sentence that says what was accepted.

    Parameters
    ----------
    findings : DataFrame
        Columns `vocabulary.FINDING`.
    batches : DataFrame, optional
        Verdict per batch of the quality control (batch, verdict), where a failed batch stops the run.

    Raises
    ------
    FindingsError
        The tables hold errors, or a batch failed.
    """
    require_no_errors(findings)
    counts = summarise(findings).groupby("severity", sort=False)["count"].sum().to_dict()
    words = ", ".join(f"{count} {severity}s" for severity, count in counts.items()) or "no findings"
    if batches is None:
        return f"The tables are accepted: no errors, {words}. Quality control does not gate this run.\n"
    failed = batches.loc[batches["verdict"] == "fail", "batch"].tolist()
    if failed:
        message = (
            f"quality control failed in {len(failed)} of {len(batches)} batches: {', '.join(map(str, failed))}. "
            "Hint: see qaqc/batches.csv; re-assay, or set qaqc.on_failure to report"
        )
        raise FindingsError(message)
    return f"The tables are accepted: no errors, {words}. All {len(batches)} batches passed quality control.\n"
