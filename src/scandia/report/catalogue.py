"""What stands in the report and in which order: the chapters and tables of catalogue.yaml."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Entry:
    """A table of a run: its file below the results, a caption with places for settings, the rule and config section behind it.

    ``formats`` is that of `document.Table`; ``rows`` is how many rows are shown; ``text`` says that cells are read as text, so
    that rounded numbers keep their digits.
    """

    file: str
    caption: str
    rule: str
    section: str
    formats: dict = field(default_factory=dict)
    rows: int = 200
    text: bool = False


@dataclass(frozen=True)
class Chapter:
    """A chapter: its anchor, title, place in the form, tables, and the config sections that it prints as settings."""

    anchor: str
    title: str
    item: str = ""
    entries: tuple[Entry, ...] = ()
    settings: tuple[str, ...] = ()


def _load(path):
    chapters = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Chapter(
            chapter["anchor"],
            chapter["title"],
            chapter.get("item", ""),
            tuple(Entry(**entry) for entry in chapter.get("entries", ())),
            tuple(chapter.get("settings", ())),
        )
        for chapter in chapters
    )


CHAPTERS = _load(Path(__file__).with_name("catalogue.yaml"))
ENTRIES = {entry.file: entry for chapter in CHAPTERS for entry in chapter.entries}
