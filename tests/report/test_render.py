"""The page: whole in itself, every link resolved, nothing from data is run."""

from html.parser import HTMLParser

import pandas as pd
import pytest

from scandia.errors import InputError
from scandia.io.figures import png_bytes, svg_bytes
from scandia.report.document import Banner, KeyNumber, Notes, Picture, Section, Settings, Table
from scandia.report.render import config_anchor, picture_address, render

HOSTILE = "<script>alert(1)</script>"
ATTACK = '"><img src=x onerror=alert(1)>'
VOID = {"meta", "link", "img", "br", "input", "hr"}


class Page(HTMLParser):
    """Elements, anchors and addresses of a page; fails on a tag that closes another one."""

    def __init__(self, text):
        super().__init__()
        self.open, self.anchors, self.targets, self.sources, self.tags, self.images, self.handlers = [], [], [], [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append(tag)
        self.handlers += [name for name in values if name.startswith("on")]
        if "id" in values:
            self.anchors.append(values["id"])
        if "href" in values:
            self.targets.append(values["href"])
        if "src" in values:
            self.sources.append(values["src"])
        if tag == "img":
            self.images.append(values)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def png(samples):
    figure = samples.figures_of("class_tonnes")
    return png_bytes(figure)


def page(png, **changes):
    frame = pd.DataFrame({"hole": [HOSTILE, ATTACK], "depth": [10.0, float("nan")], ATTACK: [1, 2]})
    table = Table(f"Holes {ATTACK}", frame, f"tables/{ATTACK}.csv", "desurvey_holes", "drillholes", "table-holes", note=HOSTILE)
    picture = Picture(f"Plan {HOSTILE}", png, f"alt {ATTACK}", "figures/plan.png", "draw", "model.grid")
    notes = Notes((HOSTILE, "Second."), numbered=True, heading="Footnotes")
    settings = Settings({"deposit": ATTACK, "drillholes": {"root": HOSTILE}, "model": {"grid": {"size": (1.0, 2.0)}}})
    sections = [
        Section(f"Drilling {HOSTILE}", "drilling", (ATTACK,), (table, picture, notes), "item 10"),
        Section("Provenance", "provenance", (), (settings,)),
    ]
    options = {"title": f"Title {HOSTILE}", "deposit": "tg", "synthetic": "SYNTHETIC: simulated.", "facts": (ATTACK,)} | changes
    return render(Banner(**options, numbers=(KeyNumber("drilled", ATTACK, "table-holes"),)), sections)


def test_the_page_is_well_formed_and_every_anchor_resolves(png):
    parsed = Page(page(png))
    inner = [target[1:] for target in parsed.targets if target.startswith("#")]
    assert set(inner) <= set(parsed.anchors)
    assert len(parsed.anchors) == len(set(parsed.anchors))
    assert {"table-holes", "config-drillholes", "config-model-grid", "figure-1"} <= set(parsed.anchors)
    assert {"config-drillholes", "config-model-grid", "table-holes", "drilling"} <= set(inner)


def test_nothing_is_asked_of_the_network(png):
    text = page(png)
    parsed = Page(text)
    assert "http:" not in text
    assert "https:" not in text
    assert all(source.startswith("data:image/png;base64,") for source in parsed.sources)
    assert all(target.startswith(("#", "./", "data:,")) for target in parsed.targets)
    assert "default-src 'none'" in text


def test_hostile_names_are_shown_and_never_run(png):
    text = page(png)
    parsed = Page(text)
    assert HOSTILE not in text
    assert ATTACK not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert parsed.tags.count("script") == 1  # the sorting of tables
    assert parsed.handlers == []


def test_a_file_name_cannot_become_a_script_address(png):
    table = Table("t", pd.DataFrame({"a": [1]}), "javascript:alert(1)", "", "")
    text = render(Banner("t", "d"), [Section("s", "s", (), (table,))])
    assert all(target.startswith(("#", "./", "data:,")) for target in Page(text).targets)


def test_tables_and_figures_carry_number_caption_and_origin(png):
    text = page(png)
    assert "<strong>Table 1.</strong>" in text
    assert "<strong>Figure 1.</strong>" in text
    assert "rule <code>desurvey_holes</code>" in text
    assert '<a href="#config-drillholes"><code>drillholes</code></a>' in text
    assert '<a href="./figures/plan.png">' in text
    assert all(image["alt"] for image in Page(text).images)


def test_the_banner_says_what_the_report_is(png):
    draft, real = page(png), page(png, synthetic="", qualified_person="A. Person, P.Geo.")
    assert ">SYNTHETIC</span>" in draft
    assert "<title>SYNTHETIC: " in draft
    assert ">DRAFT</span>" in draft
    assert ">REAL</span>" in real
    assert "SYNTHETIC" not in real.replace("mark-synthetic", "")
    assert ">DRAFT</span>" not in real
    assert "A. Person, P.Geo." in real
    for text in (draft, real):
        assert "not NI 43-101 compliant" in text
        assert '<html lang="en">' in text
        assert '<meta charset="utf-8">' in text
        assert 'name="viewport"' in text


def test_the_same_input_gives_the_same_page(png):
    assert page(png) == page(png)


def test_a_long_table_shows_its_head_and_says_so():
    table = Table("Long.", pd.DataFrame({"value": range(1000)}), rows=10)
    text = render(Banner("t", "d"), [Section("s", "s", (), (table,))])
    assert "The first 10 of 1000 rows are shown" in text
    assert Page(text).tags.count("tr") == 11


def test_an_empty_table_says_so():
    text = render(Banner("t", "d"), [Section("s", "s", (), (Table("None.", pd.DataFrame({"value": []})),))])
    assert "The table has no rows." in text


@pytest.mark.parametrize(
    ("banner", "sections", "words"),
    [
        (Banner("t", "d", numbers=(KeyNumber("a", "1", "nowhere"),)), [], "nowhere"),
        (Banner("t", "d"), [Section("a", "same"), Section("b", "same")], "same"),
    ],
)
def test_a_lost_link_or_a_double_anchor_is_refused(banner, sections, words):
    with pytest.raises(InputError, match=words):
        render(banner, sections)


def test_pictures_are_told_by_their_bytes(samples):
    figure = samples.figures_of("class_tonnes")
    assert picture_address(svg_bytes(figure)).startswith("data:image/svg+xml;base64,")
    with pytest.raises(InputError, match="PNG or an SVG"):
        picture_address(b"GIF89a")


@pytest.mark.parametrize(
    ("section", "anchor"),
    [("drillholes.checks", "config-drillholes"), ("model.grid", "config-model-grid"), ("model.grid.size", "config-model-grid")],
)
def test_config_links_lead_to_the_section_that_holds_the_key(section, anchor):
    assert config_anchor(section) == anchor
