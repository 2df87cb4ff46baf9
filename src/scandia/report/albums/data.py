"""Pictures of the data: holes, control samples, distributions, declustering and variograms."""

from scandia.config.typed import typed
from scandia.geometry.rotation import rotation_matrix
from scandia.report.albums.density import density_album
from scandia.report.albums.drawing import Drawing, analyte_words, domain_labels, safe_name
from scandia.report.albums.quality import QUALITY_TABLES, quality_album
from scandia.report.albums.studies import study_drawings
from scandia.report.figures import continuity, declustering, distributions, plan, variograms
from scandia.variography.model import Models, spell_kind

DECLUSTERED = "Composites weigh by declustering weight × length, as in the tables of statistics and bias."
DRILLHOLES = "drillholes"


def data_albums(config, *, collar, stations, **tables):
    """Name and drawings of each album of the data, one after the other: those that the config has sections for.

    Parameters
    ----------
    config : Config
    collar, stations : DataFrame
    **tables : DataFrame or dict
        standards, blanks, duplicates, duplicate_summary and thompson_howarth with quality control; density_values and
        density_regression where densities were measured; assay, intervals, composites, scan, contacts, curve, outliers, trends,
        experimental, maps, fans and models (plain mappings) with a model.
    """
    yield "drilling", drilling_album(config, collar, stations)
    if config.qaqc:
        yield "quality", quality_album(config, **{name: tables[name] for name in QUALITY_TABLES})
    if tables.get("density_values") is not None:
        yield "density", density_album(config, tables["density_values"], tables.get("density_regression"))
    if config.model:
        samples = [tables[name] for name in ("assay", "intervals", "composites", "scan")]
        studies = {name: tables[name] for name in ("contacts", "curve", "outliers", "trends")}
        yield "composites", composites_album(config, *samples) + study_drawings(config, tables["composites"], **studies)
        explored = {name: tables[name] for name in ("maps", "fans", "composites")}
        yield "variograms", variogram_album(config, tables["experimental"], typed(Models, tables["models"]), stations, **explored)


def drilling_album(config, collar, stations, *, grid=None):
    """Drawings of the drilling: the plan.

    Parameters
    ----------
    config : Config
    collar, stations : DataFrame
    grid : Grid, optional
        Its outline is drawn.
    """
    lines = plan.fence_lines(collar, config.mine_grid, most=config.pictures.most_fences)
    mark = config.synthetic is not None
    picture = plan.plan(collar, stations, config.mine_grid, grid=grid, fences=lines, synthetic=mark)
    fences = f"; dotted: {len(lines)} fences of the mine grid, +y towards {config.mine_grid.azimuth:g}°" if len(lines) else ""
    caption = f"Plan of {len(collar)} drillholes in {config.crs}, north up: collars (dots) and traces (lines){fences}."
    alt = f"Map of {len(collar)} drillhole collars and their traces with a north arrow and a scale bar."
    return [Drawing("plan", picture, caption, alt, "drilling", DRILLHOLES)]


def composites_album(config, assay, intervals, composites, scan):
    """Drawings of sample lengths, distributions by domain, samples against composites, and the declustering scan."""
    model, mark, labels = config.model, config.synthetic is not None, domain_labels(config)
    length = model.composites.length
    estimated = [name for name, domain in model.domains.domains.items() if domain.estimate]
    inside = composites[composites["domain"].isin(estimated) & composites["weight"].notna()]
    caption = f"Lengths of the assayed samples; the composites are {length:g} m long."
    figure = distributions.sample_lengths(assay, synthetic=mark, length=length)
    drawings = [Drawing("sample_lengths", figure, caption, f"Histogram. {caption}", "composites", "model.composites")]
    for variable in model.estimation.variables:
        words = {**analyte_words(config, variable), "synthetic": mark, "labels": labels}
        caps = {name: caps[variable].value for name, caps in model.statistics.caps.items() if variable in caps}
        label = words["label"]
        drawings += [
            Drawing(
                safe_name("raw_composites", variable),
                distributions.raw_composites(intervals[intervals["domain"].isin(estimated)], inside, variable, **words),
                f"{label}: cumulative distributions of samples and {length:g} m composites in the domains, weighted by length.",
                f"Cumulative curves of {label} in samples and composites, a panel per domain.",
                "composites", "model.composites",
            ),
            Drawing(
                safe_name("histograms", variable),
                distributions.histograms(inside, variable, weight=distributions.DECLUSTERED, caps=caps, **words),
                f"{label} of the composites by domain: histograms, and log-probability plots. {DECLUSTERED}",
                f"Histograms and log-probability plots of {label}, a row per domain.",
                "composites", "model.composites",
            ),
            Drawing(
                safe_name("boxes", variable),
                distributions.boxes(inside, variable, weight=distributions.DECLUSTERED, **words),
                f"{label} of the composites by domain. {DECLUSTERED}",
                f"Box plots of {label} by domain.",
                "composites", "model.composites",
            ),
        ]  # fmt: skip
    return drawings + _scan(config, scan, labels)


def _scan(config, scan, labels):
    if not len(scan):
        return []
    settings, lead = config.model.statistics.declustering, config.model.estimation.variables[0]
    words = analyte_words(config, lead)
    figure = declustering.scan(scan, chosen=settings.size, labels=labels, synthetic=config.synthetic is not None, **words)
    ratios = " : ".join(f"{ratio:g}" for ratio in settings.ratios)
    caption = (
        f"Declustered mean {words['label']} against the cell size along y; cells x : y : z = {ratios}, {settings.origins} "
        f"origins. The weights in use are those of {settings.size:g} m. {DECLUSTERED}"
    )
    return [Drawing("declustering", figure, caption, f"Curves by domain. {caption}", "declustering", "model.statistics")]


def variogram_album(config, experimental, models, stations, *, maps=None, fans=None, composites=None):
    """Drawings of the variograms of every domain and variable that has a model.

    Parameters
    ----------
    experimental : DataFrame
    models : dict of str to dict of str to Variogram
    stations : DataFrame
        For the mean direction of the holes.
    maps, fans, composites : DataFrame, optional
        For the pictures of fitted domains in planes and in space.
    """
    labels, downhole, drawings = domain_labels(config), variograms.mean_direction(stations), []
    settings = config.model.variography
    for domain, by_variable in models.items():
        for variable, model in by_variable.items():
            words = {**analyte_words(config, variable), "name": labels.get(domain, domain)}
            words["synthetic"] = config.synthetic is not None
            figure = variograms.variograms(
                experimental, model, _axes(settings, domain), domain=domain, variable=variable, downhole=downhole,
                minimum_pairs=settings.minimum_pairs, **words,
            )  # fmt: skip
            caption = (
                f"{words['label']} in {words['name']}: experimental variograms (bars: pairs of each lag, numbers: its pairs of "
                f"holes, along the holes its holes) and model "
                f"({_source(settings, domain, variable)}). {_describe(model)}"
            )
            ending = f"sill {model.sill:.4g}" if model.bounded else "which has no sill"
            alt = f"Four variogram panels with the model line, {ending}."
            drawings.append(
                Drawing(safe_name("variogram", domain, variable), figure, caption, alt, "variography", "model.variography")
            )
            if maps is not None and settings.domains[domain].source == "fit":
                tables = [_of(table, domain, variable) for table in (fans, maps)]
                drawings += _continuity(
                    config, tables, composites[composites["domain"] == domain], domain, variable, model, words
                )
    return drawings


def _continuity(config, tables, composites, domain, variable, model, words):
    """Fans and maps of one domain and variable, and its ellipsoids in space."""
    settings = config.model.variography
    lags = settings.exploration.lags(settings.semi)
    figure = continuity.fans_and_maps(*tables, model, _axes(settings, domain), minimum_pairs=settings.minimum_pairs, **words)
    about = f"{words['label']} in {words['name']}"
    caption = (
        f"{about}: fans of {settings.exploration.step:g}° (lag {lags.lag:g} m, angle {lags.angle:g}°, bandwidth "
        f"{lags.bandwidth:g} m) and maps in the planes of the axes; blank under {settings.minimum_pairs} pairs. Line: ranges of "
        f"the last structure. {_describe(model)}"
    )
    alt = "Three fans and three maps of semivariance with the ellipse of the model's ranges."
    place = "variography", "model.variography"
    drawings = [Drawing(safe_name("fans", domain, variable), figure, caption, alt, *place)]
    figure = continuity.ellipsoids(composites, variable, model, config.mine_grid, **words)
    caption = f"{about}: composites in the mine grid, and the ranges of each structure as an ellipsoid. {_describe(model)}"
    alt = "Composites in space, coloured by grade, and ellipsoids of the model's ranges."
    return [*drawings, Drawing(safe_name("ellipsoids", domain, variable), figure, caption, alt, *place)]


def _axes(settings, domain):
    """World unit vectors ``(3, 3)`` along which the experiment of a domain looks."""
    chosen = settings.domains[domain]
    return rotation_matrix(chosen.azimuth, chosen.dip, chosen.rake)


def _of(table, domain, variable):
    return table[(table["domain"] == domain) & (table["variable"] == variable)]


def _source(settings, domain, variable):
    given = settings.domains[domain]
    if variable in given.models:
        return "given in the config"
    words = {"fit": "fitted", "model": "given in the config", "borrow": f"shape borrowed from {given.borrow_from}"}
    return words[given.source]


def _describe(model):
    whole = model.nugget + sum(structure.contribution for structure in model.structures)  # sets the figures of the numbers
    parts = [f"nugget {_sill(model.nugget, whole)}"]
    for structure in model.structures:
        ranges = " × ".join(f"{reach:.0f}" for reach in structure.ranges)
        angles = f"{structure.azimuth:g}/{structure.dip:g}/{structure.rake:g}"
        share = _sill(structure.contribution, whole)
        parts.append(f"{spell_kind(structure)} {share}, ranges {ranges} m at azimuth/dip/rake {angles}°")
    parts.append(f"sill {_sill(whole, whole)}" if model.bounded else "no sill: the semivariance grows without bound")
    return f"{'; '.join(parts)}.".capitalize()


def _sill(value, whole):
    """A partial sill as text; what a fit left as rounding is zero."""
    if value < 1e-9 * whole:
        return "0"
    return f"{value:,.0f}" if whole >= 1000 else f"{value:.4g}"
