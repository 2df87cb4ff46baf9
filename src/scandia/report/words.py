"""The running text of the chapters, every sentence made from the config and the tables of the run."""

from scandia.config.typed import typed
from scandia.drillholes.findings import count_words
from scandia.qaqc.gate import held_words
from scandia.qaqc.settings import QualityControl
from scandia.report.phrases import look_up, phrase
from scandia.report.study_words import classification_words, reconcile_words, sensitivity_words, trial_words
from scandia.report.truth_words import truth_words
from scandia.report.verdict_words import validation_words
from scandia.settings import decided
from scandia.vocabulary import METHODS

_PATHS = {
    "minimum_curvature": "Survey records are joined by arcs of minimum curvature.",
    "balanced_tangential": "Survey records are joined by balanced tangents: half of each leg runs along the record above, half "
    "along the one below.",
    "tangential": "Survey records are joined by tangents: each leg runs along the record above it.",
}
NO_MODEL = "No estimate: the config of this deposit has no model section, so the run ends after the drillholes."


def paragraphs(chapter, config, tables):
    """Sentences of a chapter by its anchor, as a tuple; empty for a chapter without words.

    Parameters
    ----------
    chapter : str
    config : dict
        The resolved config, with the words of `contents.with_words`.
    tables : dict of str to DataFrame
        File below the results to table.
    """
    return tuple(sentence for sentence in WRITERS.get(chapter, _nothing)(config, tables) if sentence)


def _nothing(config, tables):
    return ()


def _statement(config, tables):
    if look_up(config, "model.economics") is None:
        yield (
            "The table is an inventory above a cut-off grade. It has not passed a test of reasonable prospects for eventual "
            "economic extraction (RPEEE): there is no pit shell or mining shape behind it."
        )
    else:
        yield (
            "Only blocks inside the pit shell and above the cut-off are reported; what lies outside the shell is shown as "
            "excluded. Prices, costs and slopes stand in the chapters on value and pit, each with its source."
        )
    yield phrase("Cut-off: {model.reporting.cutoff_basis}", config)


def _drilling(config, tables):
    holes = tables.get("drillholes/holes.csv")
    if holes is not None and "depth" in holes:
        yield f"{len(holes)} holes, {holes['depth'].sum():,.2f} m."
    if look_up(config, "drillholes.located") is not None:
        kind = look_up(config, "drillholes.located.kind")
        yield f"The {kind} came with their places: nothing was desurveyed here, and holes are lines through their samples."
        return
    yield (
        _PATHS[look_up(config, "drillholes.desurvey.method") or "minimum_curvature"]
        + " Below the last record it runs on straight."
    )
    if holes is not None and {"records", "extrapolated", "uncertain"} <= set(holes):
        below, single = holes["extrapolated"], int((holes["records"] == 1).sum())
        yield f"{below.sum():,.0f} m of {(below > 0).sum()} holes lie below the last record, {below.max():,.1f} m at the longest."
        if single:
            have = "has" if single == 1 else "have"
            yield f"{single} of the holes {have} one survey record: straight by assumption, and uncertain in position at depth."
    if look_up(config, "drillholes.survey") is None:
        yield "The holes have no downhole survey: they run straight from the collar, and their position at depth is uncertain."


def _quality(config, tables):
    if config.get("qaqc") is None:
        yield "No control samples came with the tables, so the quality of the assays was not judged."
        return
    yield phrase(
        "Standards are judged by the run rules of Westgard at {qaqc.warning_deviations:g} and {qaqc.failure_deviations:g} "
        "certified deviations; blanks fail above {qaqc.blank_limit:g} detection limits; a share of {qaqc.pair_share:g} of the "
        "pairs must keep the limits of their type; a significant bias above {qaqc.bias_limit:g} fails. "
        "On a failure: {qaqc.on_failure}.",
        config,
    )
    held = tables.get("qaqc/failed_samples.csv")
    if held is not None and "length" in held:
        words = held_words(held, typed(QualityControl, config["qaqc"])) or "no core sample belongs to a failed batch"
        yield f"{words[0].upper()}{words[1:]}."
    if held is not None and len(held) and look_up(config, "qaqc.on_failure") == "hold_out":
        yield "Significant intercepts still use all samples."


def _verification(config, tables):
    rows = tables.get("rows.csv")
    if rows is not None and {"rows_in", "rows_used", "rows_excluded"} <= set(rows):
        counts = [int(rows[name].sum()) for name in ("rows_in", "rows_used", "rows_excluded")]
        yield "Every row of the raw tables is either used or listed as excluded with its reason; nothing was repaired silently."
        if counts[0] == counts[1] + counts[2]:
            yield f"Rows in {counts[0]:,} = rows used {counts[1]:,} + rows excluded {counts[2]:,}."
    findings = tables.get("findings.csv")
    if findings is not None and "severity" in findings:
        yield f"The checks found {count_words(findings) if len(findings) else 'nothing'}."
        ignored = look_up(config, "drillholes.checks.ignored") or {}
        for name, why in ignored.items():
            yield f"The check {name.replace('_', ' ')} is ignored by {decided(why['who'], why.get('date'))}: {why['reason']}."
    checks = tables.get("published/checks.csv")
    if checks is not None and "verdict" in checks:
        counted = checks["verdict"].value_counts().sort_index()
        yield "Published numbers: " + ", ".join(f"{count} {verdict}" for verdict, count in counted.items()) + "."


def _geology(config, tables):
    domains = look_up(config, "model.domains.domains") or {}
    sources = {"lithology": "logged codes", "select": "rules of grade", "solid": "solids from files"}
    used = [words for key, words in sources.items() if any(domain.get(key) for domain in domains.values())]
    yield f"Domains come from {', '.join(used)}; where they overlap, the one of higher priority cuts the others out."
    if look_up(config, "model.domains.implicit") is not None:
        yield phrase(
            "Between the holes signed distances to the contacts are interpolated by a {model.domains.implicit.kernel} radial "
            "basis function with continuity {model.domains.implicit.ratios:g} along azimuth {model.domains.implicit.azimuth:g}°, "
            "dip {model.domains.implicit.dip:g}°, rake {model.domains.implicit.rake:g}°, smoothing "
            "{model.domains.implicit.smoothing:g}; the largest distance wins. Blocks farther than "
            "{model.domains.implicit.reach:g} m from every logged interval stay unassigned, so that nothing is extrapolated "
            "beyond. A contact is honoured within {model.domains.implicit.tolerance:g} m.",
            config,
        )
        yield (
            "Such a solid is no substitute for a geologist's interpretation: it knows contacts and one direction of continuity, "
            "no fault, fold or intrusion, and breaks thin bodies up where holes are far apart. The interval of its volume tells "
            "what the holes disagree on."
        )
    yield phrase(
        "Volume fractions count {model.domains.subcells} points per block, or more until the volumes stay within "
        "{model.domains.stable:g} of themselves.",
        config,
    )
    if look_up(config, "model.overburden") is not None:
        yield phrase("Ground above {model.overburden.file}, the base of the overburden, is in no domain.", config)
    if look_up(config, "model.topography") is None:
        yield "No ground surface was given: the blocks are not cut by topography."


def _composites(config, tables):
    yield phrase(
        "Samples are composited to {model.composites.length:g} m inside the domains, from each contact down the hole; a "
        "composite never crosses a contact. Statistics are weighted.",
        config,
    )


def _capping(config, tables):
    caps = look_up(config, "model.statistics.caps") or {}
    if not caps:
        yield "No grade is capped. A cap is the geologist's decision and needs a reason in the config."
    for domain, by_analyte in caps.items():
        for analyte, cap in by_analyte.items():
            yield f"{domain}, {analyte}: capped at {cap['value']:g}. Reason: {cap['reason']} ({cap['who']})"


def _declustering(config, tables):
    yield phrase(
        "Cells of {model.statistics.declustering.size:g} m along y, times {model.statistics.declustering.ratios:g} along x,"
        " y, z, from {model.statistics.declustering.origins} origins give the weights, domain by domain; the size stands "
        "for the spacing of the sparse drilling, not for the lowest mean.",
        config,
    )


def _variography(config, tables):
    yield (
        "γ(0) = 0. Ranges are practical. Azimuths are the right-hand-rule strike of the plane of the major and semi-major "
        "axes, clockwise from grid north; the plane dips to the right; the rake of the major axis is measured below the "
        "strike."
    )


def _estimation(config, tables):
    settings = look_up(config, "model.estimation") or {}
    soft = (settings.get("boundaries") or {}).get("soft")
    boundaries = (
        "with soft boundaries: samples of other domains are used to the distances below"
        if soft
        else "with hard boundaries: samples of other domains are never used"
    )
    zero = settings.get("negative_weights") == "zero_and_rescale"
    negative = (
        "set to zero, the others rescaled to the sum of one, and their sum before is stored"
        if zero
        else "kept and their sum is stored"
    )
    method = METHODS[(settings.get("estimator") or {}).get("method", "ordinary")]
    yield phrase(
        f"{method[0].upper()}{method[1:]} of blocks discretised by {{model.estimation.discretisation}} points, {boundaries}. "
        f"Each block keeps the estimate of the first search pass that finds enough. Negative weights are {negative}. "
        "Nearest neighbour and inverse distance "
        "(power {model.estimation.inverse_distance_power:g}) stand beside it as checks. A block without "
        "estimate is missing with a reason code, never filled.",
        config,
    )
    for domain, estimators in (settings.get("estimators") or {}).items():
        for analyte, one in estimators.items():
            yield f"{domain}, {analyte}: {METHODS[one['method']]} instead."
    if settings.get("own_points"):
        yield "The part of a block in a domain is averaged over the discretisation points inside that domain alone."
    for domain, readings in (settings.get("orientations") or {}).items():
        where = f"readings of {readings['file']}" if readings["file"] else "sides of its solid"
        yield f"In {domain} search and variogram turn together, block by block, with the {where}."
    for domain, restricted in (settings.get("high_grade") or {}).items():
        for analyte, one in restricted.items():
            yield f"{domain}, {analyte}: above {one['threshold']:g} restricted. Reason: {one['reason']} ({one['name']})"


def _tonnage(config, tables):
    yield "The statement takes its rows from this table. Cut-offs other than the base case show sensitivity only."


def _value(config, tables):
    sheet = tables.get("value/formula.csv")
    yield (
        "The net smelter return (NSR) of a tonne is what its products earn after recovery, payment, discount and selling, in the "
        "currency of the costs. A tonne goes to the plant if its NSR reaches the marginal cut-off."
    )
    if sheet is not None and "source" in sheet:
        numbers = sheet[~sheet["source"].isin(["computed here", "equation"])]
        count = int(numbers["source"].astype(str).str.contains("ASSUMED").sum())
        yield f"{count} of the {len(numbers)} rows that bring a number in are ASSUMED; each says so, and why, in its source."


def _pit(config, tables):
    yield (
        "The shell is the set of blocks of the highest total undiscounted value that keeps the slopes (maximum closure, solved "
        "by pseudoflow). It tests prospects; it is no mine design: no ramps, no minimum width, no dilution or loss, no schedule."
    )
    yield (
        "A shell that hardly moves with the price is robust; where rock and value still climb at factor 1, the tonnes hang on "
        "the price."
    )
    shells = tables.get("pit/shells.csv")
    if shells is None or "floor" not in shells:
        return
    row = shells[shells["factor"] == 1.0].iloc[0]
    if row["rock_tonnage"] > 0:
        yield (
            f"The shell of the statement holds {row['rock_tonnage'] / 1e6:,.1f} Mt of rock, {row['ore_tonnage'] / 1e6:,.1f} Mt "
            f"of it processed: {row['strip_ratio']:.1f} t of waste for each tonne; it is {row['depth']:,.0f} m deep."
        )
    bottom = (look_up(config, "model.grid.origin") or (None, None, None))[2]
    if bottom is not None and row["floor"] <= bottom:
        yield "The shell reaches the bottom of the block model: the model, and not the economics, ends it there."


WRITERS = {
    "statement": _statement,
    "drilling": _drilling,
    "quality": _quality,
    "verification": _verification,
    "geology": _geology,
    "composites": _composites,
    "capping": _capping,
    "declustering": _declustering,
    "variography": _variography,
    "estimation": _estimation,
    "validation": validation_words,
    "classification": classification_words,
    "value": _value,
    "pit": _pit,
    "tonnage": _tonnage,
    "sensitivity": sensitivity_words,
    "reconcile": reconcile_words,
    "truth": truth_words,
    "trials": trial_words,
}
