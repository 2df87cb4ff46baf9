"""Pictures of the control samples: standards, blanks, duplicates and the umpire laboratory, a set per judged analyte."""

from scandia.report.albums.drawing import Drawing, safe_name
from scandia.report.figures import pairs, quality
from scandia.vocabulary import UMPIRE

QUALITY_TABLES = ("standards", "blanks", "duplicates", "duplicate_summary", "thompson_howarth")
CHARTS = 6  # of one picture; a laboratory's many reference materials fill several


def quality_album(config, *, standards, blanks, duplicates, duplicate_summary, thompson_howarth):
    """Drawings of the control samples, a set per judged analyte.

    Parameters
    ----------
    config : Config
    standards : DataFrame
        analyte, reference, laboratory, z, swap, verdict: one row per analysis in order.
    blanks : DataFrame
        analyte, value, limit, preceding, verdict.
    duplicates : DataFrame
        analyte, type, original, duplicate.
    duplicate_summary : DataFrame
        analyte, type, and the reduced major axis.
    thompson_howarth : DataFrame
        analyte, type, mean, deviation: one row per group of pairs.
    """
    drawings = []
    for name in config.qaqc.analytes:
        words = {
            "label": config.analytes[name].column_species or config.analytes[name].label,
            "unit": config.analytes[name].column_unit or config.analytes[name].unit,
        }
        tables = [table[table["analyte"] == name] for table in (standards, blanks, duplicates, thompson_howarth)]
        drawings += [
            *_standards(config, name, tables[0], words["label"]),
            *_blanks(config, name, tables[1], words),
            *_duplicates(config, name, tables[2], tables[3], words),
            *_umpire(config, name, tables[2][tables[2]["type"] == UMPIRE], duplicate_summary, words),
        ]
    return drawings


def _standards(config, name, rows, label):
    """Control charts, at most so many in a picture."""
    references = sorted(rows["reference"].dropna().unique())
    for first in range(0, len(references), CHARTS):
        shown = rows[rows["reference"].isin(references[first : first + CHARTS])]
        picture = quality.standards(shown, label=label, synthetic=config.synthetic is not None)
        part = f"_{first // CHARTS + 1}" if len(references) > CHARTS else ""
        caption = (
            f"{label} in {len(shown):,} analyses of reference materials, as deviations from the certified value; crosses fail, "
            "triangles warn, rings were swapped."
        )
        yield Drawing(safe_name(f"standards{part}", name), picture, caption, caption, "quality", "qaqc")


def _blanks(config, name, rows, words):
    if not len(rows):
        return
    limit = float(rows["limit"].iloc[0])
    picture = quality.blanks(rows, limit=limit, synthetic=config.synthetic is not None, **words)
    caption = (
        f"{words['label']} in {len(rows):,} blanks, in order and against the sample analysed before; a blank fails above "
        f"{config.qaqc.blank_limit:g} detection limits, {limit:g} {words['unit']}. A rise to the right is carry-over."
    )
    yield Drawing(safe_name("blanks", name), picture, caption, caption, "quality", "qaqc")


def _duplicates(config, name, rows, groups, words):
    if not len(rows):
        return
    settings = config.qaqc
    options = {"limits": settings.duplicate_limits, "share": settings.pair_share, "synthetic": config.synthetic is not None}
    picture = pairs.duplicates(rows, groups=groups, **options, **words)
    more = "; below, deviation and precision by groups of 11 pairs" if len(groups) else ""
    caption = f"{words['label']} in {len(rows):,} pairs, and their half absolute relative differences in rank order{more}."
    yield Drawing(safe_name("duplicates", name), picture, caption, caption, "quality", "qaqc")


def _umpire(config, name, rows, summary, words):
    used = rows[rows["original"].notna() & rows["duplicate"].notna()]
    if not len(used):
        return
    line = summary[(summary["analyte"] == name) & (summary["type"] == UMPIRE)].iloc[0]
    picture = pairs.umpire(used, line, synthetic=config.synthetic is not None, **words)
    caption = (
        f"{words['label']} of {len(used):,} pulps in the first and in the umpire laboratory: dashed, equal results; and the "
        "differences as shares of the mean."
    )
    yield Drawing(safe_name("umpire", name), picture, caption, caption, "quality", "qaqc")
