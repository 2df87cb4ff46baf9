"""The contents of the report, assembled from whatever tables and pictures a run has made."""

import re

import pandas as pd

from scandia.config.typed import typed
from scandia.drillholes.findings import count_words
from scandia.drillholes.intercept_settings import Intercepts
from scandia.drillholes.intercept_table import rule_sentences
from scandia.drillholes.settings import Analyte
from scandia.report.catalogue import CHAPTERS, ENTRIES, Entry
from scandia.report.document import Banner, Criteria, Flow, KeyNumber, Notes, Section, Settings, Table
from scandia.report.phrases import look_up, phrase
from scandia.report.settings_table import settings_table
from scandia.report.study_words import STALE
from scandia.report.table1 import table_1
from scandia.report.verdict_words import verdict_words
from scandia.report.words import NO_MODEL, paragraphs
from scandia.resource.lead import NSR_LABEL
from scandia.validation.verdicts import FAIL, WARN, tally
from scandia.vocabulary import NSR

TOTALS = ("Total", "all")
ALWAYS = ("drilling", "quality", "verification")  # chapters that say so where there is nothing to show
REST = "others"
ANNEX = "table1"


def contents(config, tables, pictures, *, footnotes=(), conclusion="", provenance=None, flow=None, stale=()):
    """Banner and sections of the report, ready for `render.render`.

    Parameters
    ----------
    config : dict
        The resolved config.
    tables : dict of str to DataFrame
        File below the results (such as ``validation/bias.csv``) to table; every one is optional.
    pictures : sequence of (str, Picture)
        Anchor of the chapter and picture, in order.
    footnotes : sequence of str
        Footnotes of the statement.
    conclusion : str
        What the run concluded where it stops before an estimate.
    provenance : dict of str to str, optional
        What made the run, such as ``{"code": digest}``, as the last chapter prints it.
    flow : dict of str to dict, optional
        Rule to its ``inputs`` and ``outputs``, lists of files, so that origins lead to what a rule read.
    stale : sequence of str
        Anchors of studies that do not hold for this run any more; their chapters say so, and show nothing.
    """
    words = with_words(config)
    known = {chapter.anchor for chapter in CHAPTERS}
    sections = []
    if not config.get("model"):
        sections.append(Section("No estimate", "conclusion", tuple(text for text in (conclusion or NO_MODEL,) if text)))
    for chapter in CHAPTERS:
        told = chapter.anchor in stale
        section = (
            Section(chapter.title, chapter.anchor, (STALE,)) if told else _section(chapter, words, tables, pictures, footnotes)
        )
        if section is not None:
            sections.append(section)
    others = [Entry(name, f"Table {name}.", "", "") for name in sorted(tables) if name not in ENTRIES]
    left = tuple(picture for anchor, picture in pictures if anchor not in known)
    if others or left:
        items = left + tuple(_table(entry, words, tables) for entry in others)
        sections.append(Section("Other tables and pictures", REST, (), items))
    sections.append(_annex(words, tables, {section.anchor: section.title for section in sections}))
    sections += _closing(config, provenance or {}, flow)
    return _banner(config, tables, conclusion), sections


def with_words(config):
    """Config with ``words`` that captions use: label and unit of the cut-off's variable, limits of the bias in percent."""
    variable = look_up(config, "model.reporting.variable") or ""
    analyte = config.get("analytes", {}).get(variable, {})
    if variable == NSR:
        analyte = {"label": NSR_LABEL, "unit": f"{look_up(config, 'model.economics.currency')}/t"}
    pair = look_up(config, "model.validation.limits.bias") or (None, None)
    limits = dict(zip(("bias_warning", "bias_failure"), pair, strict=True))
    level = look_up(config, "model.variography.bootstrap.level")
    words = {"interval": "" if level is None else f"{100 * level:g} %"}
    words |= {"cutoff": analyte.get("label", variable), "cutoff_unit": analyte.get("unit", "")}
    confidence = look_up(config, "trials.level")
    words["trials"] = "" if confidence is None else f"{100 * confidence:g} %"
    return {**config, "words": words | {key: f"{100 * limit:g} %" for key, limit in limits.items() if limit is not None}}


def table_anchor(file):
    """Anchor of a table of the run, such as ``table-validation-bias``."""
    return "table-" + re.sub(r"[^a-z0-9]+", "-", file.rsplit(".", 1)[0].lower()).strip("-")


def _section(chapter, config, tables, pictures, footnotes):
    present = [entry for entry in chapter.entries if entry.file in tables]
    shown = tuple(picture for anchor, picture in pictures if anchor == chapter.anchor)
    if not (present or shown or (chapter.anchor in ALWAYS) or (chapter.settings and look_up(config, chapter.settings[0]))):
        return None
    items = tuple(_table(entry, config, tables, known_pictures(pictures)) for entry in present)
    if chapter.anchor == "statement":
        notes = (Notes(tuple(footnotes), numbered=True, heading="Footnotes"),) if footnotes else ()
        items = items[:1] + notes + items[1:]
    settings = tuple(_settings_table(section, config) for section in chapter.settings if look_up(config, section) is not None)
    return Section(
        chapter.title, chapter.anchor, paragraphs(chapter.anchor, config, tables), shown + items + settings, chapter.item
    )


VERDICT = (
    *("verdict", "check", "case", "domain", "variable", "result", "measure", "passes", "warns", "fails", "table", "picture"),
)
AS_IN_FILE = {"corrections.csv": {"from": "from (unit of the file)"}}  # corrections come before all conversions


def known_pictures(pictures):
    """File below the results to anchor of every picture, dict."""
    return {picture.file: picture.anchor for _, picture in pictures if picture.file}


def _verdict_links(frame, tables, pictures):
    """Where each verdict leads: its table and its picture, if they are in the report; column to text to anchor."""
    files = {file: table_anchor(file) for file in frame["table"].unique() if file in tables}
    return {"table": files, "picture": {file: pictures[file] for file in frame["picture"].unique() if file in pictures}}


def _table(entry, config, tables, pictures=None):
    frame = tables[entry.file]
    links = {}
    if entry.file == "validation/verdicts.csv" and {"table", "picture"} <= set(frame):
        links = _verdict_links(frame, tables, pictures or {})
        frame = frame.drop(columns=["value", "limit"], errors="ignore").rename(columns={"words": "result"})
        frame = frame[[name for name in VERDICT if name in frame]]
    if entry.file.startswith("resource/statement") and "resource/grade_tonnage.csv" in tables:
        links = dict.fromkeys(map(str, frame.columns[2:]), table_anchor("resource/grade_tonnage.csv"))
        if "resource/classification.csv" in tables:
            links[str(frame.columns[0])] = table_anchor("resource/classification.csv")
    return Table(
        phrase(entry.caption, config) if entry.file in ENTRIES else entry.caption,
        frame,
        entry.file,
        entry.rule,
        entry.section,
        table_anchor(entry.file),
        note=_note(entry, config),
        formats=entry.formats,
        headers=analyte_headers(frame, config) | AS_IN_FILE.get(entry.file, {}),
        links=links,
        rows=entry.rows,
    )


def _note(entry, config):
    """What stands under a table: the rules of significant intercepts."""
    if entry.file != "drillholes/intercepts_printed.csv" or not config.get("intercepts"):
        return ""
    rules, analytes = typed(Intercepts, config["intercepts"]), typed(dict[str, Analyte], config["analytes"])
    return " ".join(sentence for sentence in rule_sentences(rules, analytes) if sentence)


def _settings_table(section, config):
    caption = f"Settings of {section.replace('model.', '').replace('_', ' ')}."
    frame = settings_table(config, section)
    return Table(caption, frame, "config.yaml", "write_config", section, f"settings-{section.replace('.', '-')}", rows=300)


def analyte_headers(frame, config):
    """Headings of columns that are made from an analyte's name, dict: its label with the unit, and what its suffix means."""
    suffixes = {
        "_metal": "contained {label} (t)", "_missing": "t without {label}", "_coverage": "assayed share of {label}",
        "_uncapped": "{label}, uncapped ({unit})", "": "{label} ({unit})",
    }  # fmt: skip
    headers = {}
    for name, analyte in config.get("analytes", {}).items():
        for suffix, words in suffixes.items():
            if f"{name}{suffix}" in frame.columns:
                headers[f"{name}{suffix}"] = words.format(label=analyte["label"], unit=analyte["unit"])
    money = look_up(config, "model.economics.currency")
    names = [name for name in (NSR, f"mean_{NSR}") if name in frame.columns]
    return headers | dict.fromkeys(names, f"mean {NSR_LABEL} ({money}/t)")


def _banner(config, tables, conclusion):
    synthetic = config.get("synthetic")
    how = f"SYNTHETIC: simulated by scandia (generator {synthetic['generator']}, seed {synthetic['seed']})." if synthetic else ""
    facts = (conclusion,) if conclusion and not config.get("model") else ()
    return Banner(
        config["title"],
        config["deposit"],
        how,
        look_up(config, "model.reporting.qualified_person") or "",
        str(look_up(config, "model.reporting.effective_date") or ""),
        facts,
        tuple(_key_numbers(config, tables)),
        *_verdict(tables),
    )


def _verdict(tables):
    """Gravest verdict on the model, what it says, and the anchor of the table; empty texts where every check passed."""
    verdicts = tables.get("validation/verdicts.csv")
    counted = {} if verdicts is None else tally(verdicts)
    gravest = next((name for name in (FAIL, WARN) if counted.get(name)), "")
    return (
        (gravest, f"Checks of the model: {verdict_words(verdicts)}.", table_anchor("validation/verdicts.csv"))
        if gravest
        else ("",) * 3
    )


def _key_numbers(config, tables):
    statement, holes = tables.get("resource/statement.csv"), tables.get("drillholes/holes.csv")
    if statement is not None and statement.shape[1] >= 4:
        names = [str(name) for name in statement.columns]
        totals = [row for row in statement.itertuples(index=False) if row[1] in TOTALS and pd.notna(row[2]) and row[2] != "–"]
        present = {row[0] for row in totals}
        for row in totals:
            if not set(str(row[0]).split(" + ")) <= present and " + " in str(row[0]):
                continue  # Measured + Indicated without any Measured would only repeat Indicated
            value = f"{_with_unit(row[2], names[2])} at {_with_unit(row[3], names[3])}"
            yield KeyNumber(f"{row[0]}, {_bare(names[3])}", value, table_anchor("resource/statement.csv"))
    if holes is not None and "depth" in holes:
        yield KeyNumber("drilled", f"{len(holes)} holes, {holes['depth'].sum():,.0f} m", table_anchor("drillholes/holes.csv"))
    findings = tables.get("findings.csv")
    if findings is not None and "severity" in findings:
        yield KeyNumber("findings of the checks", count_words(findings), table_anchor("findings.csv"))
    verdicts = tables.get("validation/verdicts.csv")
    if verdicts is not None:
        yield KeyNumber("checks of the model", verdict_words(verdicts), table_anchor("validation/verdicts.csv"))
    for file, column, label in (("published/checks.csv", "verdict", "published numbers"),):
        if file in tables and column in tables[file]:
            counted = tables[file][column].value_counts().sort_index()
            text = ", ".join(f"{count} {value}" for value, count in counted.items()) or "none"
            yield KeyNumber(label, text, table_anchor(file))


def _annex(config, tables, chapters):
    """JORC Table 1 with links to the chapters that hold the evidence."""
    how = (
        "Answered from the run where it knows, and by persons who are named in the config (table1); what neither answers says "
        "why not. The titles are those of the criteria of the JORC Code, 2012 edition; the table makes no report compliant with "
        "it: that takes a Competent Person.",
    )
    items = tuple(Criteria(title, rows, chapters) for title, rows in table_1(config, tables))
    return Section("Annex: JORC Table 1, sections 1 to 3", ANNEX, how, items)


def _with_unit(value, name):
    unit = re.search(r"\(([^()]*)\)\s*$", name)
    return f"{value} {unit.group(1)}" if unit else str(value)


def _bare(name):
    return re.sub(r"\s*\([^()]*\)\s*$", "", name)


def _closing(config, provenance, flow):
    facts = pd.DataFrame([(key, value) for key, value in provenance.items()], columns=["what", "value"])
    made = Table("What made this run.", facts, "manifest.json", "write_manifest", "", "table-provenance")
    how = (
        f"Run snakemake --cores all with the config below (deposit {config['deposit']}) in the environment of envs/: the numbers "
        "depend on the raw tables, the config and the code alone, not on threads, on the order of rows or on the time.",
        "manifest.json beside this page lists the SHA-256 of every input and output, of the resolved config, of the code of each "
        "rule and of the lock file; two runs agree when these agree.",
        "Each table and figure names its file below the results folder, the rule that made it and its section of the config.",
    )
    items = (*((Flow(flow),) if flow else ()), Settings(config))
    return [
        Section(
            "Settings and provenance",
            "provenance",
            ("What made the numbers: the rules with their files, and the resolved config with every default filled in.",),
            ((made,) if len(facts) else ()) + items,
        ),
        Section("How to reproduce this report", "reproducibility", how),
    ]
