"""When the rules of a run ended, and how long they took, from their logs and benchmarks."""

from datetime import UTC, datetime
from pathlib import Path


def rule_times(results):
    """Rule to ``ended`` (UTC, ISO 8601) and ``seconds`` (where it was measured), a dict; of rules that have a log.

    Parameters
    ----------
    results : path-like
        Folder with ``logs`` and ``benchmarks``. What stands below a folder of logs counts by its path, such as ``chunks/0001``.
    """
    logs, times = Path(results, "logs"), {}
    for log in sorted(logs.rglob("*.log")):
        rule = log.relative_to(logs).with_suffix("")
        ended = datetime.fromtimestamp(int(log.stat().st_mtime), UTC)
        times[rule.as_posix()] = {"ended": ended.isoformat()} | _seconds(Path(results, "benchmarks", rule).with_suffix(".tsv"))
    return times


def _seconds(benchmark):
    """``seconds`` of a benchmark of Snakemake: its column ``s``."""
    if not benchmark.is_file():
        return {}
    header, row, *_ = benchmark.read_text(encoding="utf-8").splitlines()
    return {"seconds": float(dict(zip(header.split("\t"), row.split("\t"), strict=False))["s"])}
