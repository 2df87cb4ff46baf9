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
class View:
    """A numbered figure that can be turned: the data of `scene.scene`, and the picture that stands for it on paper."""

    picture: Picture
    data: dict

    @property
    def anchor(self):
        """Anchor of the picture."""
        return self.picture.anchor

    @property
    def file(self):
        """File of the picture below the results."""
        return self.picture.file


@dataclass(frozen=True)
class Settings:
    """Resolved config as text, one block per section so that captions can link to it."""

    config: dict


@dataclass(frozen=True)
class Flow:
    """Rules of the run, each with the files it reads and makes: where every number comes from."""

    rules: dict[str, dict[str, list[str]]]
    anchor: str = "rules"

    def maker(self, file):
        """Name of the rule that makes a file, or the folder that holds it; empty for raw files."""
        for rule, files in self.rules.items():
            if any(file == made or file.startswith(f"{made}/") for made in files["outputs"]):
                return rule
        return ""


@dataclass(frozen=True)
class Criteria:
    """A section of JORC Table 1: its title, `table1.Criterion` rows, and the chapters of this report, title by anchor."""

    title: str
    rows: tuple
    chapters: dict[str, str]


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
    items: tuple[Table | Picture | View | Settings | Notes | Flow | Criteria, ...] = ()
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
