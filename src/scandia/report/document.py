"""The nouns of the report: a banner, key numbers, and sections of tables, pictures and settings."""

from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Table:
    """A numbered table. Captions quote parameters; ``file``, ``rule`` and ``section`` say where it came from.

    ``formats`` maps a column to its decimals (int) or to ``"%"``; ``headers`` maps a column to its heading; ``links`` maps a
    column to the anchor that its cells lead to, or to a dict of the text of a cell to its anchor;
    ``rows`` is how many rows are shown, the file holds all of them.
    """

    caption: str
    frame: pd.DataFrame
    file: str = ""
    rule: str = ""
    section: str = ""
    anchor: str = ""
    note: str = ""
    formats: dict = field(default_factory=dict)
    headers: dict = field(default_factory=dict)
    links: dict = field(default_factory=dict)
    rows: int = 200


@dataclass(frozen=True)
class Picture:
    """A numbered figure: PNG or SVG bytes, and a text that stands for it where it cannot be seen."""

    caption: str
    content: bytes
    alt: str
    file: str = ""
    rule: str = ""
    section: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Settings:
    """Resolved config as text, one block per section so that captions can link to it."""

    config: dict


@dataclass(frozen=True)
class Notes:
    """A list of sentences, numbered where they are footnotes."""

    sentences: tuple[str, ...]
    numbered: bool = False
    heading: str = ""


@dataclass(frozen=True)
class Section:
    """A chapter of the report; ``item`` names its place in Form 43-101F1."""

    title: str
    anchor: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Table | Picture | Settings | Notes, ...] = ()
    item: str = ""


@dataclass(frozen=True)
class KeyNumber:
    """A number of the front page, and the anchor of the table it stands in."""

    label: str
    value: str
    anchor: str


@dataclass(frozen=True)
class Banner:
    """The front page: what was estimated, from which data, and what it is not."""

    title: str
    deposit: str
    synthetic: str = ""  # how it was simulated; empty for real data
    qualified_person: str = ""  # empty: the report is a draft
    effective_date: str = ""
    facts: tuple[str, ...] = ()
    numbers: tuple[KeyNumber, ...] = ()
    verdict: str = ""  # the gravest on the checks of the model, fail or warn; empty where all passed
    verdict_words: str = ""
    verdict_anchor: str = ""
