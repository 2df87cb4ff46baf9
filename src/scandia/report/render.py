"""The report as one HTML text that needs nothing from outside: no script from elsewhere, no font, no picture, no network."""

import base64
import hashlib
import json
from pathlib import Path
from urllib.parse import quote

import jinja2
import yaml
from markupsafe import Markup

from scandia.errors import InputError
from scandia.report import tables
from scandia.report.document import Criteria, Flow, Notes, Picture, Settings, Table, View

TEMPLATES = Path(__file__).parent / "templates"
KINDS = {
    Table: "table",
    Picture: "figure",
    View: "view",
    Settings: "settings",
    Notes: "notes",
    Flow: "flow",
    Criteria: "criteria",
}
VIEWER = ("gl.js", "scene.js")
COUNTED = {"view": "figure", "criteria": "table"}  # what is numbered as something else


def render(banner, sections):
    """Report as HTML text.

    Parameters
    ----------
    banner : document.Banner
    sections : sequence of document.Section
        In reading order. Tables and pictures are numbered through.

    Raises
    ------
    InputError
        Two things have one anchor, or a link leads nowhere.

    Notes
    -----
    All text from data is escaped. A content security policy forbids any request and any script but the sorting of tables,
    so that even a fault in the escaping could not run.
    """
    config = next((item.config for section in sections for item in section.items if isinstance(item, Settings)), {})
    blocks = config_blocks(config)
    chapters = number_items(sections)
    _check_links(banner, chapters, blocks)
    turned = any(entry["kind"] == "view" for chapter in chapters for entry in chapter["items"])
    script = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("sort.js", *(VIEWER if turned else ())))
    return (
        _environment(blocks, next((item for section in sections for item in section.items if isinstance(item, Flow)), Flow({})))
        .get_template("report.html.j2")
        .render(
            banner=banner,
            chapters=chapters,
            blocks=blocks,
            style=(TEMPLATES / "report.css").read_text(encoding="utf-8"),
            script=script,
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )


def number_items(sections):
    """Sections as dicts whose items are dicts of kind, number, anchor and the item; tables and figures are counted apart."""
    counts, chapters = dict.fromkeys(KINDS.values(), 0), []
    for place, section in enumerate(sections, start=1):
        items = []
        for item in section.items:
            kind = KINDS[type(item)]
            counted = COUNTED.get(kind, kind)
            counts[counted] += 1
            anchor = getattr(item, "anchor", "") or f"{counted}-{counts[counted]}"
            items.append({"kind": kind, "number": counts[counted], "anchor": anchor, "item": item})
        chapters.append({"number": place, "section": section, "items": items})
    return chapters


def config_blocks(config):
    """Resolved config as ``(anchor, name, text)`` blocks: a block per section, those of ``model`` one level deeper."""
    scalars = {key: value for key, value in config.items() if not isinstance(value, dict)}
    blocks = [("config-general", "general", _yaml(scalars))] if scalars else []
    for key, value in config.items():
        if not isinstance(value, dict):
            continue
        if key != "model":
            blocks.append((config_anchor(key), key, _yaml(value)))
            continue
        blocks += [(config_anchor(f"model.{name}"), f"model.{name}", _yaml(part)) for name, part in value.items()]
    return blocks


def config_anchor(section):
    """Anchor of a config section such as ``model.grid``: its first two names under ``model``, else the first."""
    names = section.split(".")
    return "-".join(["config", *names[: 2 if names[0] == "model" else 1]])


def picture_address(content):
    """Data address of PNG or SVG bytes; an SVG in an image element cannot run scripts.

    Raises
    ------
    InputError
        The bytes are neither.
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        kind = "image/png"
    elif content.lstrip().startswith((b"<?xml", b"<svg")):
        kind = "image/svg+xml"
    else:
        message = f"a picture begins with {content[:8]!r}; it must be a PNG or an SVG"
        raise InputError(message)
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def rule_anchor(rule):
    """Anchor of a rule of the run, such as ``rule-estimate_grades``."""
    return f"rule-{rule}"


def _environment(blocks, flow):
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    anchors = {anchor for anchor, _, _ in blocks}
    environment.filters |= {"picture": picture_address, "address": _file_address, "data": _data}
    environment.globals |= {
        "cells": tables.cells,
        "heading": tables.heading,
        "numeric_columns": tables.numeric_columns,
        "rule_link": lambda rule: rule_anchor(rule) if rule in flow.rules else "",
        "maker": flow.maker,
        "config_link": lambda section: config_anchor(section) if config_anchor(section) in anchors else "",
    }
    return environment


def _file_address(path):
    """Relative address of a result file; ``./`` keeps any name from being read as a scheme."""
    return "./" + quote(path)


def _data(value):
    """JSON that ends no script element, whatever its texts hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}))


def _check_links(banner, chapters, blocks):
    """Every anchor once, every link to one of them."""
    anchors = [anchor for anchor, _, _ in blocks]
    links = [number.anchor for number in banner.numbers] + ([banner.verdict_anchor] if banner.verdict else [])
    for chapter in chapters:
        anchors += [rule_anchor(rule) for entry in chapter["items"] for rule in getattr(entry["item"], "rules", {})]
        anchors += [chapter["section"].anchor, *(entry["anchor"] for entry in chapter["items"])]
        links += [anchor for entry in chapter["items"] for anchor in getattr(entry["item"], "chapters", {})]
        for entry in chapter["items"]:
            for target in getattr(entry["item"], "links", {}).values():
                links += target.values() if isinstance(target, dict) else [target]
    double = sorted({anchor for anchor in anchors if anchors.count(anchor) > 1})
    lost = sorted(set(links) - set(anchors))
    if double or lost:
        message = f"the report has anchors twice: {double}, and links that lead nowhere: {lost}"
        raise InputError(message)


def _yaml(value):
    return yaml.safe_dump(_plain(value), sort_keys=False, allow_unicode=True, width=100, default_flow_style=None).rstrip()


def _plain(value):
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
