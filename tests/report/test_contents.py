"""What is in the report: chapters in the order of the form, captions with their parameters, nothing lost."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from scandia.config.load import load, resolve
from scandia.errors import InputError
from scandia.io.figures import png_bytes
from scandia.io.files import write
from scandia.io.pictures import small_png
from scandia.io.plain import read_yaml
from scandia.report.albums.data import drilling_album, variogram_album
from scandia.report.albums.drawing import album_files, safe_name
from scandia.report.albums.model import section_places
from scandia.report.catalogue import CHAPTERS, ENTRIES
from scandia.report.contents import contents, table_anchor
from scandia.report.document import Picture, Settings, Table
from scandia.report.gather import gather, read_footnotes
from scandia.report.phrases import look_up, phrase
from scandia.report.render import render
from scandia.report.settings_table import settings_table


def statement():
    return pd.DataFrame(
        {
            "Class": ["Indicated", "Indicated", "Inferred"],
            "Domain": ["Olivine ferrosyenite", "Total", "Total"],
            "Tonnes (Mt)": ["12.0", "16.3", "20.9"],
            "Sc₂O₃ (g/t)": ["270", "278", "272"],
        }
    )


@pytest.fixture
def tables(samples):
    rows = {"file": ["assay.csv", "qc.csv"], "rows_in": [100, 20], "rows_used": [98, 20], "rows_excluded": [2, 0]}
    return {
        "resource/statement.csv": statement(),
        "resource/grade_tonnage.csv": samples.grade_tonnage(),
        "drillholes/holes.csv": samples.collar(),
        "rows.csv": pd.DataFrame(rows),
        "findings.csv": pd.DataFrame({"hole": ["<script>alert(1)</script>"], "severity": ["warning"]}),
        "validation/bias.csv": pd.DataFrame({"domain": ["olivine", "all"], "verdict": ["pass", "warn"]}),
    }


def items(sections, kind):
    return [item for section in sections for item in section.items if isinstance(item, kind)]


def test_chapters_follow_the_form(config, tables):
    _, sections = contents(config, tables, [])
    anchors = [section.anchor for section in sections]
    order = [chapter.anchor for chapter in CHAPTERS if chapter.anchor in anchors]
    assert [anchor for anchor in anchors if anchor in order] == order
    assert order[:4] == ["statement", "drilling", "quality", "verification"]
    numbers = [section.item for section in sections[1:4]]
    assert numbers == ["item 10", "item 11", "item 12"]


def test_the_chapter_of_a_stale_study_says_so_and_shows_nothing(config, tables):
    row = {"resource": "Inferred", "measure": "grade", "rank": 1, "choice": "density", "share": 0.1, "swing": 0.1}
    table = {"sensitivity/tornado.csv": pd.DataFrame([row])}
    chapters = [{s.anchor: s for s in contents(config, tables | table, [], stale=stale)[1]} for stale in ((), ("sensitivity",))]
    assert chapters[0]["sensitivity"].items
    assert chapters[1]["sensitivity"].items == ()
    assert "stale" in chapters[1]["sensitivity"].paragraphs[0]


def test_key_numbers_come_from_the_totals_of_the_statement_and_lead_to_it(config, tables):
    banner, _ = contents(config, tables, [])
    found = {number.label: number for number in banner.numbers}
    assert found["Indicated, Sc₂O₃"].value == "16.3 Mt at 278 g/t"
    assert found["Inferred, Sc₂O₃"].value == "20.9 Mt at 272 g/t"
    assert found["Indicated, Sc₂O₃"].anchor == table_anchor("resource/statement.csv")
    assert banner.synthetic.startswith("SYNTHETIC")
    assert banner.qualified_person == ""


def test_each_number_of_the_statement_leads_to_the_grade_tonnage_table(config, tables):
    banner, sections = contents(config, tables, [])
    text = render(banner, sections)
    assert f'<a href="#{table_anchor("resource/grade_tonnage.csv")}">16.3</a>' in text
    assert f'id="{table_anchor("resource/grade_tonnage.csv")}"' in text
    assert '<a href="#config-model-reporting">' in text


def test_captions_quote_the_parameters(config, tables):
    _, sections = contents(config, tables, [])
    captions = " ".join(table.caption for table in items(sections, Table))
    assert "Sc₂O₃ ≥ 150 g/t" in captions
    assert "a bias of 5 % is questionable, 10 % is not acceptable" in captions


def test_no_caption_of_the_default_deposit_has_a_hole(config):
    absent = [
        entry.file for entry in ENTRIES.values() if not entry.file.startswith("published/") and "–" in phrase_of(entry, config)
    ]
    assert absent == []


def phrase_of(entry, config):
    from scandia.report.contents import with_words

    return phrase(entry.caption, with_words(config)).replace("grade–tonnage", "")


def test_every_rule_and_section_of_the_catalogue_exists(config, project):
    rules = "".join(path.read_text(encoding="utf-8") for path in sorted((project / "workflow" / "rules").glob("*.smk")))
    assert [entry.file for entry in ENTRIES.values() if f"rule {entry.rule}:" not in rules] == []
    top = {field.name for field in dataclasses.fields(load(config))}
    assert [entry.section for entry in ENTRIES.values() if entry.section.split(".")[0] not in top] == []
    assert [entry.file for entry in ENTRIES.values() if f"<results>/{entry.file}" not in rules] == []


def test_rows_in_are_rows_used_and_excluded(config, tables):
    _, sections = contents(config, tables, [])
    text = " ".join(next(section for section in sections if section.anchor == "verification").paragraphs)
    assert "Rows in 120 = rows used 118 + rows excluded 2." in text
    assert "The checks found 1 warning." in text


def test_unknown_tables_and_pictures_are_not_lost(config, samples):
    picture = Picture("c", png_bytes(samples.figures_of("class_tonnes"), resolution=30), "a")
    _, sections = contents(config, {"more/new.csv": pd.DataFrame({"a": [1]})}, [("nowhere", picture)])
    rest = next(section for section in sections if section.anchor == "others")
    assert picture in rest.items
    assert any(isinstance(item, Table) and item.file == "more/new.csv" for item in rest.items)


def test_the_whole_report_renders_and_escapes(config, tables):
    text = render(*contents(config, tables, [], footnotes=("<b>one</b>",), provenance={"code": "abc"}))
    assert "<script>alert(1)</script>" not in text
    assert "<b>one</b>" not in text
    assert "&lt;b&gt;one&lt;/b&gt;" in text


def test_a_deposit_without_model_stops_with_a_plain_sentence(project, samples):
    config = resolve(read_yaml(project / "config" / "deposits" / "crater_lake_2020" / "config.yaml"))
    checks = pd.DataFrame({"check": ["a"], "verdict": ["not supported"]})
    conclusion = "No estimate: one hole has assays."
    banner, sections = contents(config, {"published/checks.csv": checks}, [], conclusion=conclusion)
    text = render(banner, sections)
    assert conclusion in text
    assert [section.anchor for section in sections][:4] == ["conclusion", "drilling", "quality", "verification"]
    assert not {"statement", "tonnage", "validation"} & {section.anchor for section in sections}
    assert ">REAL</span>" in text
    without, _ = contents(config, {}, [])
    assert without.numbers == ()


def test_settings_are_told_with_their_meaning_and_without_raw_files(config):
    table = settings_table(config, "model.estimation").set_index("setting")
    assert table.loc["estimation.search.passes.1.ranges", "value"] == "75, 60, 30"
    assert table.loc["estimation.search.passes.1.max_samples", "meaning"].startswith("At most this many samples")
    files = settings_table(config, "drillholes")["setting"]
    assert "drillholes.dip_sign" in set(files)
    assert not files.str.contains("collar.columns|assay.file").any()


@pytest.mark.parametrize(
    "section", ["qaqc", "drillholes", "model.domains", "model.variography", "model.reporting", "model.statistics"]
)
def test_every_setting_has_a_meaning(config, section):
    table = settings_table(config, section)
    assert len(table) > 2
    assert table.loc[table["meaning"] == "", "setting"].tolist() == []


def test_phrases_fill_places_and_dash_what_is_missing():
    config = {"a": {"b": 3.0, "c": [1.0, 2.5], "d": None, "e": "word"}}
    assert phrase("{a.b:g} {a.c:g} {a.d:g} {a.e:g} {a.x.y}", config) == "3 1, 2.5 – word –"
    assert look_up(config, "a.b") == 3.0
    assert look_up(config, "a.b.c") is None


def test_the_words_of_a_variogram_say_its_sill_or_that_it_has_none(config, samples):
    first, second = samples.MODEL.structures
    power = dataclasses.replace(second, kind="power", exponent=0.5)
    smooth = dataclasses.replace(second, kind="matern", smoothness=2.5)
    models = {
        "olivine": {
            "sc2o3": dataclasses.replace(samples.MODEL, structures=(first, smooth)),
            "treo_y": dataclasses.replace(samples.MODEL, structures=(first, power)),
        }
    }
    stations = samples.stations(samples.collar())
    bounded, unbounded = variogram_album(load(config), samples.experimental(), models, stations)
    assert bounded.alt == "Four variogram panels with the model line, sill 2600."
    assert bounded.caption.endswith(
        "matern (smoothness 2.5) 1,400, ranges 160 × 110 × 35 m at azimuth/dip/rake 35/85/20°; sill 2,600."
    )
    assert unbounded.alt == "Four variogram panels with the model line, which has no sill."
    assert "Nugget 300; spherical 900" in unbounded.caption
    assert "; power (exponent 0.5) 1,400, ranges 160 × 110 × 35 m at azimuth" in unbounded.caption
    assert unbounded.caption.endswith("; no sill: the semivariance grows without bound.")


def test_an_album_comes_back_as_it_was_made(tmp_path, config, samples):
    holes = samples.collar()
    drawings = drilling_album(load(config), holes, samples.stations(holes))
    for name, content in album_files(drawings, rule="draw_drillholes").items():
        write(content, tmp_path / "figures" / "drilling" / name)
    write(samples.scan(), tmp_path / "statistics" / "declustering.csv", mark="SYNTHETIC: made up")
    write(statement(), tmp_path / "resource" / "statement.csv", mark="SYNTHETIC: made up")
    files = [
        tmp_path / "resource" / "statement.csv",
        tmp_path / "figures" / "drilling",
        tmp_path / "statistics" / "declustering.csv",
    ]
    tables, pictures = gather(tmp_path, files)
    assert tables["resource/statement.csv"]["Tonnes (Mt)"].tolist() == ["12.0", "16.3", "20.9"]
    assert np.allclose(tables["statistics/declustering.csv"]["mean"], samples.scan()["mean"])
    ((chapter, picture),) = pictures
    assert chapter == "drilling"
    assert picture.file == "figures/drilling/plan.png"
    assert picture.rule == "draw_drillholes"
    assert "20 drillholes in EPSG:26920" in picture.caption
    assert "8 fences" in picture.caption
    assert small_png(png_bytes(drawings[0].figure)) == picture.content
    render(*contents(config, tables, pictures))


def test_footnotes_are_the_lines_of_their_file(tmp_path):
    write("Title\n\nFirst.\nSecond.\n", tmp_path / "footnotes.txt", mark="SYNTHETIC: made up")
    assert read_footnotes(tmp_path / "footnotes.txt") == ["First.", "Second."]


def test_file_names_of_pictures_are_safe():
    assert safe_name("level", "../sc2o3 <x>") == "level_.._sc2o3__x_"


def test_sections_stand_on_the_fences_with_most_estimated_blocks(samples):
    holes = samples.collar(fences=(0, 100, 150, 200, 250, 300, 350, 400, 450, 480, 900))
    blocks = samples.blocks()
    few, none = (blocks["y"].sel(y=place, method="nearest") for place in (200, 450))
    blocks["sc2o3"] = blocks["sc2o3"].where(blocks["y"] != none)
    blocks["sc2o3"] = blocks["sc2o3"].where((blocks["y"] != few) | (blocks["z"] == blocks["z"][0]))
    found = section_places(blocks, samples.stations(holes), samples.MINE_GRID, "sc2o3")
    assert len(found) == 8
    assert 450 not in found
    assert {100, 200, 480} <= set(found)
    assert list(found) == sorted(found)


def test_settings_are_the_config_of_the_run(config, tables):
    _, sections = contents(config, tables, [])
    (settings,) = items(sections, Settings)
    assert settings.config == config


def test_a_link_that_leads_nowhere_is_refused(config, tables):
    banner, sections = contents(config, tables, [])
    with pytest.raises(InputError, match="lead nowhere"):
        render(banner, sections[1:])


def test_measured_and_indicated_is_a_key_number_only_where_something_is_measured(config):
    frame = statement()
    both = pd.DataFrame([["Measured + Indicated", "Total", "16.3", "278"]], columns=frame.columns)
    measured = pd.DataFrame([["Measured", "Total", "1.0", "290"]], columns=frame.columns)
    without = contents(config, {"resource/statement.csv": pd.concat([frame, both])}, [])[0].numbers
    assert [number.label for number in without] == ["Indicated, Sc₂O₃", "Inferred, Sc₂O₃"]
    with_it = contents(config, {"resource/statement.csv": pd.concat([measured, frame, both])}, [])[0].numbers
    assert "Measured + Indicated, Sc₂O₃" in [number.label for number in with_it]
