"""The page in a real browser: quiet, alone, usable on wide and narrow screens, by keyboard, on paper, deaf to hostile names."""

import importlib.util
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scandia.report.document import Banner, Criteria, Flow, KeyNumber, Notes, Picture, Section, Settings, Table, View
from scandia.report.render import render

HOSTILE = "<script>document.title='hit'</script>"
ATTACK = '"><img src=x onerror="document.title=\'hit\'">'
CLOSING = "</script><script>document.title='hit'</script>"
ADDRESS = "javascript:document.title='hit'"
WIDTHS = (1280, 390)
GRID = (15.0, 20.0, 20.0)


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    spec = importlib.util.spec_from_file_location("report_browser", Path(__file__).with_name("browser.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    program = module.find_browser()
    if program is None:
        pytest.skip("no Chromium, Chrome or Edge is on the PATH, nor named by SCANDIA_BROWSER")
    browser = module.Browser(program, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


def view(samples):
    """Data of a view whose holes and domains have hostile names, with a pit."""
    from scandia.report.scene import scene

    holes = samples.collar((100, 200))
    names = dict(zip(holes["hole"], [HOSTILE, ATTACK, CLOSING, ADDRESS, "'; --", "=1+1"], strict=False))
    holes = holes.assign(hole=holes["hole"].map(names))
    traces = samples.stations(holes)
    composites = samples.intervals(traces, length=3.0).query("domain != 'outside'")
    model = samples.blocks(size=GRID)
    placed = {f"mine_grid_{name}": getattr(samples.MINE_GRID, name) for name in ("azimuth", "easting", "northing", "x", "y")}
    corner = [float(model[axis][0]) - size / 2 for axis, size in zip("xyz", GRID, strict=True)]
    model.attrs = {"grid_origin": corner, "grid_size": GRID, "grid_count": [model.sizes[axis] for axis in "xyz"]} | placed
    above = np.broadcast_to((model["z"].values > 480)[:, None, None], model["sc2o3"].shape)
    model["pit"] = (("z", "y", "x"), above.astype("int8"))
    return scene(model, traces, composites, {"sc2o3": ("Sc₂O₃", "g/t")}, labels={"olivine": CLOSING}, place=200.0)


@pytest.fixture(scope="module")
def page(samples, tmp_path_factory):
    """A report of all kinds of items, full of hostile names."""
    from scandia.io.figures import png_bytes
    from scandia.report.table1 import table_1

    png = png_bytes(samples.figures_of("class_tonnes"))
    picture = Picture("Classes.", png, f"alt {ATTACK}", "figures/a.png", "plot_model", "model.grid", "figure-view")
    wide = pd.DataFrame({f"column_{n}": [HOSTILE, ATTACK] for n in range(14)})
    some = pd.DataFrame({"hole": ["b", ATTACK, "a"], "depth": [10.0, 9.0, float("nan")]})
    table = Table(f"Holes {ATTACK}", some, ADDRESS, "desurvey_holes", "drillholes", "table-holes", note=CLOSING)
    said = {"geology": {"text": HOSTILE, "who": ATTACK}}
    config = {"deposit": ATTACK, "drillholes": {"root": HOSTILE}, "model": {"grid": {"size": [1.0, 2.0]}}, "table1": said}
    flow = Flow({"desurvey_holes": {"inputs": ["tables/collar.parquet", f"{ATTACK}.csv"], "outputs": [ADDRESS]}})
    criteria = table_1({"crs": HOSTILE, "mine_grid": {"azimuth": 35.0}, "table1": said}, {})
    drilling = (table, Table("Wide.", wide), Notes((HOSTILE,), numbered=True))
    sections = [
        Section(f"Drilling {HOSTILE}", "drilling", (ATTACK,), drilling, "item 10"),
        Section("View", "view", (), (View(picture, view(samples)), replace(picture, anchor="figure-still"))),
        Section("Annex", "annex", (), tuple(Criteria(title, rows, {"drilling": "Drilling"}) for title, rows in criteria)),
        Section("Provenance", "provenance", (), (flow, Settings(config))),
    ]
    banner = Banner(f"Title {HOSTILE}", ATTACK, "SYNTHETIC: simulated.", numbers=(KeyNumber("drilled", ATTACK, "table-holes"),))
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render(banner, sections), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_quiet_asks_for_nothing_and_fits_the_screen(driver, page, width):
    driver.open(page, width=width)
    assert driver.run("document.querySelector('.scene').dataset.ready") == "true"
    assert driver.complaints() == []
    assert driver.requests() == [page.as_uri()]
    assert driver.run("document.documentElement.scrollWidth") <= width
    whole = "document.querySelectorAll('main p, figcaption, .controls, canvas')"
    assert driver.run(f"[...{whole}].every(one => one.getBoundingClientRect().right <= innerWidth + 1)")


def test_hostile_names_do_nothing(driver, page):
    driver.open(page)
    assert driver.run("document.title").endswith(HOSTILE)  # shown as text, and not "hit"
    assert driver.run("document.querySelectorAll('script:not([type])').length") == 1
    assert driver.run("[...document.images].every(one => one.src.startsWith('data:'))")
    assert driver.run("[...document.querySelectorAll('a')].every(one => new URL(one.href).protocol === 'file:')")
    handlers = "[...document.querySelectorAll('*')].some(one => [...one.attributes].some(a => a.name.startsWith('on')))"
    assert not driver.run(handlers)
    names = driver.run("JSON.parse(document.querySelector('.scene script').textContent).holes.names")
    assert {HOSTILE, ATTACK, CLOSING, ADDRESS} <= set(names)


def test_every_anchor_resolves_once(driver, page):
    driver.open(page)
    targets = "[...document.querySelectorAll('a[href^=\"#\"]')].map(one => one.getAttribute('href').slice(1))"
    assert driver.run(f"{targets}.filter(id => !document.getElementById(id))") == []
    assert driver.run("(ids => ids.length === new Set(ids).size)([...document.querySelectorAll('[id]')].map(one => one.id))")


def test_a_table_sorts_by_a_key_and_keeps_what_is_missing_last(driver, page):
    driver.open(page)
    heading = "document.querySelector('#table-holes th:nth-child(2)')"
    driver.run(f"{heading}.querySelector('button').focus()")
    driver.press("Enter")
    cells = "[...document.querySelectorAll('#table-holes tbody tr')].map(one => one.cells[1].textContent)"
    assert driver.run(cells) == ["9.00", "10.00", "–"]
    assert driver.run(f"{heading}.getAttribute('aria-sort')") == "ascending"


CHANGE = """(name, value) => {
  const one = document.querySelector(`[data-control=${name}]`);
  if (one.type === 'checkbox') one.checked = value; else one.value = value;
  one.dispatchEvent(new Event('input', {bubbles: true}));
  return document.querySelector('canvas').toDataURL();
}"""


def test_the_view_turns_by_keys_and_each_control_changes_it(driver, page):
    driver.open(page, width=600, height=400)  # a small picture: it is drawn by the processor here
    driver.run("document.querySelector('canvas').focus()")
    pixels, seen = "document.querySelector('canvas').toDataURL()", []
    for key, shift in (("ArrowLeft", False), ("ArrowUp", False), ("ArrowRight", True), ("+", False), ("2", False), ("3", False)):
        driver.press(key, shift=shift)
        seen.append(driver.run(pixels))
    assert driver.run("document.querySelector('[data-control=looking]').textContent") == "looking N035°, dip 0°"
    driver.press("1")
    controls = [("cutoff", "60"), ("colour", "'class'"), ("section", "true"), ("composites", "true"), ("blocks", "false")]
    for name, value in [*controls, ("pit", "false"), ("solids", "true")]:
        seen.append(driver.run(f"({CHANGE})('{name}', {value})"))
    assert len(set(seen)) == len(seen)
    assert driver.complaints() == []


def test_north_is_up_in_the_plan_of_a_turned_grid(driver, page):
    driver.open(page)
    driver.run("document.querySelector('[data-look=plan]').click()")
    turned = driver.run("document.querySelector('[data-control=north]').style.transform")
    assert abs(float(re.search(r"rotate\((-?[\d.e-]+)deg", turned).group(1))) < 1e-6
    assert driver.run("document.querySelector('[data-control=looking]').textContent") == "looking down"
    bar = driver.run("document.querySelector('[data-control=bar-text]').textContent")
    assert re.fullmatch(r"[125]0* m, vertical exaggeration 1:1", bar)


def test_a_click_reads_a_block(driver, page):
    driver.open(page)
    driver.run("document.querySelector('canvas').scrollIntoView({block: 'center'})")
    driver.run("document.querySelector('[data-look=section]').click()")
    frame = "document.querySelector('canvas').getBoundingClientRect()"
    driver.click(*driver.run(f"(r => [r.left + r.width / 2, r.top + r.height / 2])({frame})"))
    said = driver.run("document.querySelector('[data-control=said]').textContent")
    assert re.search(r"Block at x -?\d+, y \d+, z \d+ m: Sc₂O₃ [\d.]+ g/t; (Indicated|Inferred), ", said), said


def test_without_scripts_the_picture_stands_in_for_the_view(driver, page):
    driver.open(page, scripts=False)
    driver.call("Emulation.setScriptExecutionDisabled", value=False)
    assert driver.run("getComputedStyle(document.querySelector('.scene .stage')).display") == "none"
    assert driver.run("document.querySelector('.scene img').getBoundingClientRect().width") > 300


def test_it_prints_to_a4_with_the_picture_in_place_of_the_view(driver, page):
    driver.open(page)
    content = driver.pdf()
    boxes = [tuple(map(float, found)) for found in re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", content)]
    assert len(boxes) >= 3
    assert all(abs(width - 595) < 2 and abs(height - 842) < 2 for width, height in boxes)
    driver.call("Emulation.setEmulatedMedia", media="print")
    assert driver.run("getComputedStyle(document.querySelector('.stage')).display") == "none"
    assert driver.run("getComputedStyle(document.querySelector('.scene > .picture')).display") != "none"
    driver.call("Emulation.setEmulatedMedia", media="")


CONTRAST = """(() => {
  const parse = text => { const n = text.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const part = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
  const ground = one => {
    for (; one; one = one.parentElement) { const c = parse(getComputedStyle(one).backgroundColor); if (c[3] > 0.5) return c; }
    return [255, 255, 255, 1];
  };
  const weak = new Set();
  for (const one of document.querySelectorAll('body *')) {
    if (![...one.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !one.getClientRects().length) continue;
    const a = light(parse(getComputedStyle(one).color)), b = light(ground(one));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.add(`${one.tagName}.${one.className} ${ratio.toFixed(2)}`);
  }
  return [...weak];
})()"""  # WCAG 2.1, 1.4.3


def test_text_is_dark_enough_and_everything_has_a_name(driver, page):
    driver.open(page)
    assert driver.run(CONTRAST) == []
    assert driver.run("[...document.images].every(one => one.alt.trim())")
    named = "one.closest('label') || one.getAttribute('aria-label')"
    assert driver.run(f"[...document.querySelectorAll('input, select')].every(one => {named})")
    named = "one.getAttribute('aria-label') || document.getElementById(one.getAttribute('aria-labelledby'))"
    assert driver.run(f"[...document.querySelectorAll('table, nav, section, canvas')].every(one => {named})")
    assert driver.run("document.documentElement.lang") == "en"
    levels = driver.run("[...document.querySelectorAll('h1, h2, h3')].map(one => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
