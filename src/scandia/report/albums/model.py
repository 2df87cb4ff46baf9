"""Pictures of the model: sections, level, classes, validation, grade-tonnage curves and the known truth."""

import numpy as np

from scandia.blockmodel.dataset import grid_of
from scandia.geometry.minegrid import to_local
from scandia.report.albums.drawing import Drawing, analyte_words, domain_labels, safe_name
from scandia.report.figures import classes, crossvalidation, plan, sections, truth
from scandia.report.figures.scene import oblique
from scandia.report.figures.swaths import swath_plots
from scandia.report.figures.tonnage import grade_tonnage, model_and_truth
from scandia.report.scene import scene
from scandia.report.style import section_name, with_unit

MOST_SECTIONS = 8
WIDEST = 25.0  # m; a composite farther from a section says nothing about its blocks


def model_albums(config, *, blocks, composites, stations, swaths, errors, tonnage, compared=None, totals=None):
    """Name and drawings of each album of the model, one after the other; the truth only where it is known.

    Parameters
    ----------
    config : Config
    blocks : Dataset
    composites, stations, swaths, errors, tonnage : DataFrame
    compared, totals : DataFrame, optional
        Blocks and inventory of a simulated deposit beside its truth.
    """
    yield "model", model_album(config, blocks, composites, stations)
    yield "validation", validation_album(config, swaths, errors)
    yield "resource", resource_album(config, tonnage)
    if config.synthetic:
        yield "truth", truth_album(config, compared, totals)


def model_album(config, blocks, composites, stations):
    """Drawings of the block model: vertical sections and a level per estimated variable, and the classes."""
    labels, mark = domain_labels(config), config.synthetic is not None
    inside = composites[composites["domain"].isin(estimated_domains(config))]
    lead, most = config.model.estimation.variables[0], config.pictures.most_fences
    at = section_places(blocks, stations, config.mine_grid, lead, most=most)
    half_width = float(min(WIDEST, np.diff(at).min() / 2)) if len(at) > 1 else WIDEST
    elevation = float(blocks["z"].sel(z=float(inside["z"].median()), method="nearest"))
    size = " × ".join(f"{length:g}" for length in grid_of(blocks).size)
    shown = f"blocks of {size} m with a quarter of their volume or more in the domains; outlines: half"
    drawings = []
    for variable in config.model.estimation.variables:
        words = {**analyte_words(config, variable), "synthetic": mark, "labels": labels}
        geometry = (blocks, inside, stations, config.mine_grid, variable)
        label = words["label"]
        names = ", ".join(map(section_name, at))
        drawings += [
            Drawing(
                safe_name("sections", variable),
                sections.sections(*geometry, at=at, half_width=half_width, **words),
                f"{label}: sections {names}, looking along +y; {shown}; composites within ±{half_width:g} m on the same scale.",
                f"Vertical sections through the block model coloured by {label}, with composites, ground and domain outlines.",
                "estimation", "model.estimation",
            ),
            Drawing(
                safe_name("level", variable),
                sections.level(*geometry, elevation=elevation, **words),
                f"{label}: level {elevation:,.0f} m in the mine grid; {shown}; all hole traces are projected.",
                f"Horizontal slice through the block model at {elevation:,.0f} m coloured by {label}.",
                "estimation", "model.estimation",
            ),
        ]  # fmt: skip
    return [*drawings, _longitudinal(config, blocks, stations, mark), _view(config, blocks, inside, stations, mark, at)]


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


def estimated_domains(config):
    """Names of the domains that are estimated."""
    return [name for name, domain in config.model.domains.domains.items() if domain.estimate]


def section_places(blocks, stations, mine_grid, variable, *, most=None):
    """Mine-grid y of the sections to draw, ascending.

    The fences on which blocks have an estimate of ``variable``, at most the eight that have most of them; without fences, or
    with more than ``most``, places spread evenly over the holes.
    """
    heads = stations[stations["depth"] == 0]
    low, high = float(blocks["y"].min()), float(blocks["y"].max())
    lines = plan.fence_lines(heads, mine_grid, most=most)
    lines = lines[(lines >= low) & (lines <= high)]
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


def validation_album(config, swath_table, errors):
    """Drawings of the validation: swaths of all domains together and of each, and cross-validation, per variable."""
    labels, mark, drawings = domain_labels(config), config.synthetic is not None, []
    widths = " × ".join(f"{width:g}" for width in config.model.validation.swaths)
    for variable in config.model.estimation.variables:
        words = {**analyte_words(config, variable), "synthetic": mark}
        label, names = words["label"], swath_table.loc[swath_table["variable"] == variable, "domain"].unique()
        single = len(names) == 2  # "all" would repeat the only domain
        for domain in [name for name in names if not (single and name == "all")]:
            name = labels.get(domain, "all domains")
            method = config.model.estimation.methods(variable, estimated_domains(config) if domain == "all" else [domain])
            figure = swath_plots(swath_table, domain=domain, variable=variable, name=name, method=method, **words)
            caption = f"{label} in {name}: swaths along x, y and z, widths {widths} m; numbers count the composites of a slice."
            drawings.append(
                Drawing(safe_name("swaths", domain, variable), figure, caption, caption, "validation", "model.validation")
            )
        figure = crossvalidation.cross_validation(errors, variable=variable, labels=labels, **words)
        caption = (
            f"{label}: composites estimated without {left_out(config.model.validation.cross_validation)}. Dashed: equality; "
            "red: regression of the true on the estimated grade, whose slope should be near 1."
        )
        alt = f"Scatter plots of true against estimated {label}."
        drawings.append(Drawing(safe_name("cross_validation", variable), figure, caption, alt, "validation", "model.validation"))
    return drawings


def left_out(leaves):
    """What is left out in each panel of the cross-validation, from left to right, in words."""
    words = {"sample": "themselves", "hole": "their whole hole", "fold": "their part of space"}
    named = [words[leave] for leave in crossvalidation.LEAVES if leave in leaves]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and (right) {named[-1]}"


def resource_album(config, table):
    """Drawings of the resource: grade-tonnage curves per class of each reported variable, and the tonnes of the classes."""
    reporting, mark, drawings = config.model.reporting, config.synthetic is not None, []
    lead = analyte_words(config, reporting.variable)
    cutoff_label = with_unit(**lead)
    for variable in dict.fromkeys([reporting.variable, *(product.variable for product in reporting.products)]):
        words = analyte_words(config, variable)
        figure = grade_tonnage(
            table, variable=variable, cutoff_label=cutoff_label, base_cutoff=reporting.base_cutoff, synthetic=mark, **words
        )
        caption = (
            f"Tonnage and mean {words['label']} above cut-offs in {cutoff_label} by class, all domains; "
            f"dashed: base cut-off {reporting.base_cutoff:g} {lead['unit']}."
        )
        drawings.append(Drawing(safe_name("grade_tonnage", variable), figure, caption, caption, "tonnage", "model.reporting"))
    base = table[(table["cutoff"] == reporting.base_cutoff) & (table["domain"] == "all") & (table["tonnage"] > 0)]
    if len(base):
        text = f"{lead['label']} ≥ {reporting.base_cutoff:g} {lead['unit']}"
        figure = classes.class_tonnes(base, cutoff_text=text, synthetic=mark)
        caption = f"Tonnage of each class, {text}. Classes are never added to Inferred."
        drawings.append(Drawing("class_tonnes", figure, caption, caption, "classification", "model.classification"))
    return drawings


def truth_album(config, blocks, totals):
    """Drawings of the comparison with the known truth of a simulated deposit, per variable."""
    labels, drawings = domain_labels(config), []
    reporting = config.model.reporting
    cutoff_label = with_unit(**analyte_words(config, reporting.variable))
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
