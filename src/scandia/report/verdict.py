"""The page of an audit: its verdict first, then every file, rule and number that it rests on."""

import pandas as pd

from scandia.audit.verdict import AS_RECORDED
from scandia.report.document import Banner, Section, Table
from scandia.report.render import render

TAKEN = (
    "The second path shares no code with the engine, and compiles nothing: it reads the raw tables and the resolved config, and "
    "does desurvey, coding, compositing, caps, search, kriging, densities, classes and totals anew, in NumPy and pandas. It "
    "takes from the run the variogram models, the volume fractions of the blocks, the pit shell, and for the totals the "
    "grades of the blocks, of which it recomputes those drawn here. A number agrees within 1e-9 of itself, tonnes within a tonne."
)


def verdict_page(recorded, config, verdict, words, *, files, code, unlisted=(), rerun=None, recomputed=None):
    """HTML text of the page.

    Parameters
    ----------
    recorded : dict
        The manifest.
    config : dict
        The resolved config, for the name of the deposit.
    verdict : str
    words : list of str
        From `scandia.audit.verdict.conclude`.
    files, code, rerun, recomputed : DataFrame
        What the verdict rests on.
    unlisted : sequence of str
        Files beside the results that the manifest does not name.
    """
    how = f"SYNTHETIC: simulated by scandia, generator {config['synthetic']['generator']}." if config["synthetic"] else ""
    person = ((config.get("model") or {}).get("reporting") or {}).get("qualified_person") or ""
    banner = Banner(f"Audit of {config['title']}: {verdict}", config["deposit"], how, person, "", tuple(words))
    sections = [
        Section("Files", "files", _about_files(recorded, unlisted), _file_tables(files, unlisted)),
        Section("Code and environment", "code", _about_code(code), _code_tables(recorded, code)),
    ]
    if rerun is not None:
        about = ("Every table, model and picture of a run from the raw files in a clean folder, in the order of the flow.",)
        sections.append(
            Section("Rerun from raw", "rerun", about, (Table("The rerun beside the recorded run.", rerun, rows=2000),))
        )
    if recomputed is not None:
        about = ("Numbers of the run beside those of the independent path.",)
        table = Table(about[0], recomputed, rows=3000)
        sections.append(Section("Independent recomputation", "recomputed", (TAKEN,), (table,)))
    return render(banner, sections)


def _about_files(recorded, unlisted):
    words = (
        f"Fingerprint of the run: {recorded['fingerprint']}. It covers inputs, config, code, lock file, parameters and the "
        "content of every output, not times, platform or the stamps that libraries write into files. Keep it apart: whoever "
        "changes a file and the manifest with it changes the fingerprint."
    )
    return (words, *((f"{len(unlisted)} files beside the results are not of this run.",) if unlisted else ()))


def _file_tables(files, unlisted):
    bad = files[files["verdict"] != AS_RECORDED]
    tables = [Table("Files that are not as recorded, in the order of the flow.", bad, rows=2000)] if len(bad) else []
    tables.append(Table("Every input and output with the SHA-256 of its bytes.", files, rows=2000))
    if unlisted:
        tables.append(Table("Files that the manifest does not name.", pd.DataFrame({"path": list(unlisted)}), rows=2000))
    return tuple(tables)


def _about_code(code):
    if len(code):
        return ("The code or the lock file here is not that of the run, so a rerun tells of both the data and the code.",)
    return ("Code of every rule and lock file are those of the run.",)


def _code_tables(recorded, code):
    facts = {"scandia": recorded["scandia"]}
    facts |= {f"{name}, SHA-256": recorded[f"{name}_sha256"] for name in ("lock", "config")}
    facts |= {f"{key} of the run": value for key, value in recorded["platform"].items()}
    tables = [Table("What made the run.", pd.DataFrame(facts.items(), columns=["what", "value"]))]
    if len(code):
        tables.append(Table("Code that is not that of the run.", code, rows=200))
    times = pd.DataFrame([{"rule": rule, **own} for rule, own in recorded["times"].items()])
    return (*tables, Table("When each rule ended, and the seconds it took.", times, rows=500))
