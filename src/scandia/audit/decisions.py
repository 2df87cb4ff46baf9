"""The register of decisions: what persons chose against or beside the numbers, with reason, name, date and evidence."""

import json

import pandas as pd

COLUMNS = ("number", "kind", "place", "decision", "reason", "name", "date", "evidence")
NAMES = ("who", "name", "signed_by")  # keys under which a config says who decided
SAID = ("reason", "date", "evidence", *NAMES)
# Beginning of the key of a section to what is decided there; the longest that fits.
KINDS = {
    "drillholes.checks.ignored": "ignored check",
    "drillholes.straight": "permission: holes without survey taken as straight",
    "qaqc.overrides": "override of quality control",
    "model.statistics.caps": "cap",
    "model.estimation.high_grade": "restricted high grades",
    "model.classification": "classification",
    "model.classification.overrides": "class given by a person",
    "model.classification.untrusted": "holes that do not count for higher classes",
    "model.variography": "variogram",
    "model.reporting": "reporting",
}


def decisions(config, corrections=None):
    """Every decision of the resolved config and of the table of corrections, a DataFrame with the columns `COLUMNS`.

    Parameters
    ----------
    config : dict
        Every mapping in it that has a ``reason`` is a decision: what it holds besides is what was decided. Reasons given for soft
        boundaries, variogram models that are given and not fitted, and the cut-off are decisions as well.
    corrections : DataFrame, optional
        What was corrected, as ``corrections.csv`` of a run has it.

    Notes
    -----
    What the config does not say is empty here: an auditor sees which decision nobody signed.
    """
    rows = [*_reasoned(config, ()), *_boundaries(config), *_variograms(config), *_cutoff(config), *_corrected(corrections)]
    table = pd.DataFrame([{"number": number, **row} for number, row in enumerate(rows, start=1)], columns=list(COLUMNS))
    return table.astype(dict.fromkeys(COLUMNS[1:], "str"))


def _reasoned(node, place):
    """Rows of all mappings with a reason, in the order of the config."""
    if isinstance(node, dict):
        if isinstance(node.get("reason"), str):
            yield _row(place, node)
        for key, part in node.items():
            yield from _reasoned(part, (*place, str(key)))
    elif isinstance(node, list | tuple):
        for number, part in enumerate(node):
            yield from _reasoned(part, (*place, str(number)))


def _row(place, section):
    path = ".".join(place)
    kind = max((start for start in KINDS if path.startswith(start)), key=len, default="")
    chosen = {key: value for key, value in section.items() if key not in SAID and value is not None}
    name = next((section[key] for key in NAMES if section.get(key)), "")
    given = {key: section.get(key) or "" for key in ("reason", "date", "evidence")}
    return {"kind": KINDS.get(kind, "decision"), "place": path, "decision": _words(chosen), "name": name, **given}


def _boundaries(config):
    section = (config.get("model") or {}).get("statistics") or {}
    soft = ((config.get("model") or {}).get("estimation") or {}).get("boundaries", {}).get("soft", {})
    for domain, others in (section.get("contacts") or {}).get("soft_reasons", {}).items():
        for other, reason in others.items() if isinstance(others, dict) else [("", others)]:
            place = ".".join(("model.statistics.contacts.soft_reasons", domain, *([other] if other else [])))
            yield _plain("soft boundary", place, _words(soft.get(domain, {})), reason)


def _variograms(config):
    domains = ((config.get("model") or {}).get("variography") or {}).get("domains", {})
    for domain, chosen in domains.items():
        if chosen.get("models") and not chosen.get("reason"):
            place = f"model.variography.domains.{domain}.models"
            yield _plain("variogram that is given, not fitted", place, _words(chosen["models"]), "")


def _cutoff(config):
    reporting = (config.get("model") or {}).get("reporting")
    if reporting:
        what = f"{reporting['variable']} at or above {reporting['base_cutoff']:g}"
        row = _plain("cut-off of the statement", "model.reporting.base_cutoff", what, reporting["cutoff_basis"])
        yield row | {"name": reporting["qualified_person"] or ""}


def _corrected(corrections):
    for row in [] if corrections is None else corrections.fillna("").to_dict("records"):
        what = f"{row['column']} of {row['hole']} from {row['from']}: {row['old']} becomes {row['new']}"
        given = {"name": row["who"], "date": row.get("date", "")}
        yield _plain("correction of a raw table", str(row["table"]), what, row["reason"]) | given


def _plain(kind, place, decision, reason):
    return {"kind": kind, "place": place, "decision": decision, "reason": reason, "name": "", "date": "", "evidence": ""}


def _words(chosen):
    return json.dumps(chosen, ensure_ascii=False, default=str) if chosen else ""
