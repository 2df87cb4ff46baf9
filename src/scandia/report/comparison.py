"""The page of a comparison: two runs side by side, from their inputs to their statements."""

from scandia.audit.beside import (
    BASELINE,
    HERE,
    KEY_TABLES,
    beside_blocks,
    beside_code,
    beside_config,
    beside_facts,
    beside_files,
    beside_numbers,
    beside_stages,
    gravest,
)
from scandia.io.figures import png_bytes
from scandia.report.document import Banner, Picture, Section, Table
from scandia.report.figures.differences import difference_maps
from scandia.report.render import render


def comparison_page(config, runs, differences, tables, models):
    """HTML text of the page, and its verdict, two texts.

    Parameters
    ----------
    config : tuple of dict
        Resolved configs of the baseline and of this run.
    runs : tuple of dict
        Their manifests.
    differences : dict of str to Difference
        From `scandia.io.audit.compare_runs`.
    tables : dict of str to (DataFrame, DataFrame)
        File of `KEY_TABLES` that both runs have to the two tables.
    models : tuple of Dataset, optional
        Both block models; None without.
    """
    here = config[1]
    mark = f"SYNTHETIC: simulated by scandia, generator {here['synthetic']['generator']}." if here["synthetic"] else ""
    stages = beside_stages(runs[1], differences)
    verdict = gravest(stages)
    counted = ", ".join(f"{count} {name}" for name, count in stages["verdict"].value_counts().items())
    sections = [
        Section("The two runs", "runs", (), (Table("What made them.", beside_facts(*runs)),)),
        _listed("Inputs", "inputs", "Raw files that are not the same.", beside_files(*runs, "inputs")),
        _listed("Config", "config-differences", "Keys of the resolved config that differ.", beside_config(*config)),
        _listed("Code", "code", "Rules whose code differs.", beside_code(*runs)),
        Section("Stages", "stages", (f"{counted}.",), (Table("Every output, in the order of the flow.", stages, rows=2000),)),
        Section("Numbers of the stages", "numbers", (), tuple(_numbers(tables))),
    ]
    if models is not None:
        sections.append(_blocks(here, models, mark))
    banner = Banner(f"{here['title']} beside its baseline: {verdict}", here["deposit"], mark, facts=(f"{counted}.",))
    return render(banner, sections), f"Compared: {verdict}. {counted}."


def _listed(title, anchor, caption, frame):
    if len(frame):
        return Section(title, anchor, (), (Table(caption, frame, rows=2000),))
    return Section(title, anchor, ("No difference.",))


def _numbers(tables):
    """A table of the numbers that differ for each file that has any."""
    for file, (before, after) in tables.items():
        frame = beside_numbers(before, after, KEY_TABLES[file])
        frame = frame.assign(**{name: frame[name].map("{:.8g}".format).astype("str") for name in (BASELINE, HERE, "difference")})
        words = "numbers that differ" if len(frame) else "no number differs"
        yield Table(f"{file}: {words}.", frame, file, rows=400, formats={"share": "%"})


def _blocks(config, models, mark):
    variables = config["model"]["estimation"]["variables"]
    differences, summary = beside_blocks(*models, variables)
    if not differences:
        return Section("Blocks", "blocks", ("The grids are not the same, so no block has its fellow.",))
    pictures = []
    for name, difference in differences.items():
        words = {key: config["analytes"][name][key] for key in ("label", "unit")}
        picture = png_bytes(difference_maps(difference, **words, synthetic=mark or None))
        alt = f"Plan and longitudinal section of the mean difference in {words['label']} between the two runs."
        pictures.append(Picture(f"Difference in {words['label']}, block by block.", picture, alt))
    return Section("Blocks", "blocks", (), (Table("Differences block by block.", summary), *pictures))
