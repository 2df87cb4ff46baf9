"""Pictures of the model: sections, level, classes, validation, grade-tonnage curves and the known truth."""

import numpy as np

from scandia.blockmodel.dataset import grid_of
from scandia.geometry.minegrid import to_local
from scandia.report.albums.classes import class_drawings
from scandia.report.albums.drawing import Drawing, analyte_words, cutoff_words, domain_labels, estimated_domains, safe_name
from scandia.report.albums.pit import pit_album
from scandia.report.albums.validation import validation_album
from scandia.report.figures import classes, plan, projection, sections, truth
from scandia.report.figures.pieces import step_words
from scandia.report.figures.scene import oblique
from scandia.report.figures.tonnage import grade_tonnage, model_and_truth
from scandia.report.scene import scene
from scandia.report.style import section_name, with_unit
from scandia.resource.sides import inside_shell
from scandia.resource.tonnage import reported_variables

MOST_SECTIONS = 8
LEVELS = (0.2, 0.5, 0.8)  # quantiles of the composites' elevations
WIDEST = 25.0  # m; a composite farther from a section says nothing about its blocks


def model_albums(
    config, *, blocks, composites, stations, tonnage, compared=None, totals=None, shell=None, shells=None, **validation
):
    """Name and drawings of each album of the model, one after the other; the truth only where it is known.

    Parameters
    ----------
    config : Config
    blocks : Dataset
    composites, stations, tonnage : DataFrame
    compared, totals : DataFrame, optional
        Blocks and inventory of a simulated deposit beside its truth.
    shell, shells : Dataset and DataFrame, optional
        The pit on its own grid and the table of nested shells, where the config has economics.
    **validation : DataFrame or Dataset
        What `validation_album` takes beside the blocks.
    """
    yield "model", model_album(config, blocks, composites, stations)
    yield "validation", validation_album(config, blocks=blocks, **validation)
    yield "resource", resource_album(config, inside_shell(tonnage))
    if shell is not None:
        at = section_places(blocks, stations, config.mine_grid, config.model.estimation.variables[0])
        yield "pit", pit_album(config, blocks, shell, shells, stations, at)
    if config.synthetic:
        yield "truth", truth_album(config, compared, totals)


def model_album(config, blocks, composites, stations):
    """Drawings of the block model: vertical sections and a level per estimated variable, and the classes."""
    labels, mark = domain_labels(config), config.synthetic is not None
    inside = composites[composites["domain"].isin(estimated_domains(config))]
    lead, most = config.model.estimation.variables[0], config.pictures.most_fences
    at = section_places(blocks, stations, config.mine_grid, lead, config.model.validation.sections, most=most)
    half_width = float(min(WIDEST, np.diff(at).min() / 2)) if len(at) > 1 else WIDEST
    levels = level_places(blocks, inside, config.model.validation.levels)
    size = " × ".join(f"{length:g}" for length in grid_of(blocks).size)
    shown = f"blocks of {size} m with a quarter of their volume or more in the domains; outlines: half"
    drawings, scaled = [], step_words(blocks, "Ends of the colour scale")
    for variable in config.model.estimation.variables:
        words = {**analyte_words(config, variable), "synthetic": mark, "labels": labels}
        geometry = (blocks, inside, stations, config.mine_grid, variable)
        label = words["label"]
        names = ", ".join(map(section_name, at))
        drawings += [
            Drawing(
                safe_name("sections", variable),
                sections.sections(*geometry, at=at, half_width=half_width, **words),
                f"{label}: sections {names}, looking along +y; {shown}; composites within ±{half_width:g} m on the same scale."
                + scaled,
                f"Vertical sections through the block model coloured by {label}, with composites, ground and domain outlines.",
                "estimation", "model.estimation",
            ),
            *(
                Drawing(
                    safe_name("level", variable, f"{elevation:.0f}"),
                    sections.level(*geometry, elevation=elevation, **words),
                    f"{label}: level {elevation:,.0f} m in the mine grid; {shown}; all hole traces are projected."
                    + scaled,
                    f"Horizontal slice through the block model at {elevation:,.0f} m coloured by {label}.",
                    "estimation", "model.estimation",
                )
                for elevation in levels
            ),
            Drawing(
                safe_name("longitudinal", variable),
                projection.longitudinal_grade(*geometry, label=label, unit=words["unit"], synthetic=mark),
                f"{label}: longitudinal projection: mean across strike by tonnage, composites, and the tonnes.",
                f"Mean {label} and tonnage across strike on the y-z plane.",
                "estimation", "model.estimation",
            ),
        ]  # fmt: skip
    return [
        *drawings,
        _longitudinal(config, blocks, stations, mark),
        *class_drawings(config, blocks, stations, mark),
        _view(config, blocks, inside, stations, mark, at),
    ]


def _view(config, blocks, composites, stations, mark, at):
    """The 3-D view and the picture that stands for it."""
    variables = {name: tuple(analyte_words(config, name).values()) for name in config.model.estimation.variables}
    first = next(iter(variables))
    place = float(at[len(at) // 2]) if len(at) else float(blocks["y"].mean())
    data = scene(blocks, stations, composites, variables, labels=domain_labels(config), place=place)
    figure = oblique(blocks, stations, first, **analyte_words(config, first), synthetic=mark)
    size = " × ".join(f"{length:g}" for length in data["grid"]["size"])
    merged = (
        f" ({data['factor']} × {data['factor']} × {data['factor']} blocks of the model drawn as one)"
        if data["factor"] > 1
        else ""
    )
    caption = (
        f"Blocks of {size} m{merged} with a quarter of their volume or more in the domains, {len(data['holes']['names'])} holes, "
        "and composites of the estimated domains; parallel projection without vertical exaggeration. In the still picture the "
        "holes are drawn over the blocks."
    )
    alt = (
        f"Oblique view of the block model coloured by {variables[first][0]}, with all hole traces, a north arrow and a scale bar."
    )
    return Drawing("view", figure, caption, alt, "view", "model.grid", data)


def level_places(blocks, composites, given=()):
    """Elevations of the plans to draw, m, ascending: those given, or the levels of three quantiles of the composites' own."""
    centres = blocks["z"].to_numpy()
    wanted = given or np.quantile(composites["z"], LEVELS)
    return np.unique([centres[np.argmin(np.abs(centres - place))] for place in wanted]).tolist()


def section_places(blocks, stations, mine_grid, variable, given=(), *, most=None):
    """Mine-grid y of the sections to draw, ascending.

    Those given, within the grid; or the fences on which blocks have an estimate of ``variable``, at most the eight that have
    most of them; without fences, or with more than ``most``, places spread evenly over the holes.
    """
    heads = stations[stations["depth"] == 0]
    low, high = float(blocks["y"].min()), float(blocks["y"].max())
    lines = plan.fence_lines(heads, mine_grid, most=most)
    lines = lines[(lines >= low) & (lines <= high)]
    if given:
        return np.unique(np.clip(given, low, high))
    if len(lines):
        shown = blocks[variable].sel(y=lines, method="nearest").notnull().sum(("z", "x")).to_numpy()
        best = np.argsort(-shown, kind="stable")[:MOST_SECTIONS]
        return lines[np.sort(best[shown[best] > 0])] if shown.any() else lines[:MOST_SECTIONS]
    _, y = to_local(mine_grid, heads["easting"], heads["northing"])
    wanted = np.quantile(np.clip(y, low, high), np.linspace(0.1, 0.9, 6))
    return np.unique(blocks["y"].sel(y=wanted, method="nearest").to_numpy())


def _longitudinal(config, blocks, stations, mark):
    figure = classes.longitudinal(blocks, stations, config.mine_grid, synthetic=mark)
    caption = "Resource classes projected along x: each cell shows the class with most tonnes across strike."
    return Drawing("classes_longitudinal", figure, caption, caption, "classification", "model.classification")


def resource_album(config, table):
    """Drawings of the resource: grade-tonnage curves per class of each reported variable, and the tonnes of the classes."""
    reporting, mark, drawings = config.model.reporting, config.synthetic is not None, []
    lead = cutoff_words(config)
    cutoff_label = with_unit(**lead)
    where = "" if config.model.economics is None else " inside the pit shell"
    for variable in reported_variables(reporting):
        words = analyte_words(config, variable)
        figure = grade_tonnage(
            table, variable=variable, cutoff_label=cutoff_label, base_cutoff=reporting.base_cutoff, synthetic=mark, **words
        )
        caption = (
            f"Tonnage and mean {words['label']} above cut-offs in {cutoff_label} by class{where}, all domains; "
            f"dashed: base cut-off {reporting.base_cutoff:g} {lead['unit']}."
        )
        drawings.append(Drawing(safe_name("grade_tonnage", variable), figure, caption, caption, "tonnage", "model.reporting"))
    base = table[(table["cutoff"] == reporting.base_cutoff) & (table["domain"] == "all") & (table["tonnage"] > 0)]
    if len(base):
        text = f"{lead['label']} ≥ {reporting.base_cutoff:g} {lead['unit']}"
        figure = classes.class_tonnes(base, cutoff_text=text, synthetic=mark)
        caption = f"Tonnage of each class{where}, {text}. Classes are never added to Inferred."
        drawings.append(Drawing("class_tonnes", figure, caption, caption, "classification", "model.classification"))
    return drawings


def truth_album(config, blocks, totals):
    """Drawings of the comparison with the known truth of a simulated deposit, per variable."""
    labels, drawings = domain_labels(config), []
    cutoff_label = with_unit(**cutoff_words(config))
    for variable in config.model.estimation.variables:
        words = analyte_words(config, variable)
        label = words["label"]
        curves = model_and_truth(totals, variable=variable, cutoff_label=cutoff_label, synthetic=True, **words)
        scatter = truth.estimate_and_truth(blocks, variable=variable, labels=labels, **words)
        honesty = truth.error_honesty(blocks, variable=variable, label=label)
        for name, figure, caption in (
            ("truth_curves", curves, f"{label}: grade and tonnage above cut-off of model and truth, same blocks."),
            ("truth_scatter", scatter, f"{label}: estimate and truth of blocks that are half or more in the domain."),
            ("truth_honesty", honesty, f"{label}: standardised errors of whole blocks, and coverage of their intervals."),
        ):  # fmt: skip
            drawings.append(Drawing(safe_name(name, variable), figure, caption, caption, "truth", "synthetic"))
    return drawings
