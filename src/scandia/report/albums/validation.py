"""Pictures of the validation: what each verdict leads to."""

from scandia.report.albums.drawing import Drawing, analyte_words, domain_labels, estimated_domains, safe_name
from scandia.report.figures import crossvalidation, deciles, diagnostics, neighbourhood, quantiles
from scandia.report.figures.pieces import step_words
from scandia.report.figures.support import support_curves
from scandia.report.figures.swaths import swath_plots
from scandia.report.style import bearing

CHAPTER, SECTION = "validation", "model.validation"


def validation_album(config, *, blocks, parts, swaths, errors, deciles, scores, variances, curves, neighbourhood):
    """Drawings of the validation, variable by variable: each is named as `validation.checks.picture_file` names it, list.

    Parameters
    ----------
    config : Config
    blocks, parts : Dataset
        The block model, and the parts behind it.
    swaths, errors, deciles, scores, variances, curves, neighbourhood : DataFrame
        The tables of the validation.
    """
    drawings = []
    for variable in config.model.estimation.variables:
        words = {**analyte_words(config, variable), "synthetic": config.synthetic is not None}
        drawings += [
            _quantiles(config, blocks, variable, words),
            *_swaths(config, swaths, variable, words),
            _cross_validation(config, errors, variable, words),
            _deciles(deciles, scores, variable, words),
            _diagnostics(config, parts, variable, words),
            *_support(config, variances, curves, variable, words),
        ]
    return drawings + neighbourhood_album(config, neighbourhood)


def neighbourhood_album(config, table):
    """Drawings of a neighbourhood study, one per variable, list."""
    drawings = []
    for variable in [name for name in config.model.estimation.variables if (table["variable"] == name).any()]:
        words = {**analyte_words(config, variable), "synthetic": config.synthetic is not None}
        caption = (
            f"{words['label']}: neighbourhood study on {config.model.validation.neighbourhood.blocks} blocks of each domain, one "
            "setting at a time; dashed: the config. It does not justify the size of the blocks."
        )
        figure = neighbourhood.neighbourhood(table, variable=variable, labels=domain_labels(config), **words)
        drawings.append(_drawing(("neighbourhood", variable), figure, caption))
    return drawings


def left_out(leaves):
    """What is left out in each panel of the cross-validation, in their order, in words."""
    words = {
        "sample": "themselves",
        "hole": "their whole hole",
        "fold": "their part of space",
        "campaign": "their own and later campaigns",
    }
    named = [words[leave] for leave in crossvalidation.LEAVES if leave in leaves]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and (last) {named[-1]}"


def _drawing(parts, figure, caption, alt=None):
    return Drawing(safe_name(*parts), figure, caption, alt or caption, CHAPTER, SECTION)


def _quantiles(config, blocks, variable, words):
    method = config.model.estimation.methods(variable, estimated_domains(config))
    figure = quantiles.estimate_and_checks(blocks, variable=variable, method=method, **words)
    caption = f"{words['label']}: {method} against nearest neighbour and inverse distance, block by block and by quantiles."
    caption += step_words(blocks, "Quantiles and points")
    return _drawing(("quantiles", variable), figure, caption)


def _swaths(config, table, variable, words):
    labels, settings = domain_labels(config), config.model.validation
    names = table.loc[table["variable"] == variable, "domain"].unique()
    single = len(names) == 2  # "all" would repeat the only domain
    widths = " × ".join(f"{width:g}" for width in settings.swaths)
    others = {name: f"{name}, towards {bearing(one.azimuth)}, dip {one.dip:g}°" for name, one in settings.directions.items()}
    more = "".join(f"; {text}, {settings.directions[name].width:g} m" for name, text in others.items())
    for domain in [name for name in names if not (single and name == "all")]:
        name = labels.get(domain, "all domains")
        method = config.model.estimation.methods(variable, estimated_domains(config) if domain == "all" else [domain])
        figure = swath_plots(table, domain=domain, variable=variable, name=name, method=method, directions=others, **words)
        caption = f"{words['label']} in {name}: swaths along x, y and z, widths {widths} m{more}; numbers: composites."
        yield _drawing(("swaths", domain, variable), figure, caption)


def _cross_validation(config, errors, variable, words):
    figure = crossvalidation.cross_validation(errors, variable=variable, labels=domain_labels(config), **words)
    caption = (
        f"{words['label']}: composites estimated without {left_out(list(dict.fromkeys(errors['leave'])))}. Dashed: equality; "
        "red: regression of the true on the estimated grade, whose slope should be near 1."
    )
    return _drawing(("cross_validation", variable), figure, caption, f"Scatter plots of true against estimated {words['label']}.")


def _deciles(table, scores, variable, words):
    figure = deciles.error_deciles(table, scores, variable=variable, **words)
    caption = (
        f"{words['label']}: mean value against mean estimate, and variance of standardised errors, by decile of estimate; "
        "share of the errors within central intervals. All domains."
    )
    return _drawing(("error_deciles", variable), figure, caption)


def _diagnostics(config, parts, variable, words):
    limits = config.model.validation.limits
    warns = {"slope": limits.slope[0], "efficiency": limits.efficiency[0], "negative_weights": -limits.negative_weights[0]}
    figure = diagnostics.diagnostics(parts, variable=variable, limits=warns, labels=domain_labels(config), **words)
    caption = f"{words['label']}: share of each domain's tonnage up to a slope, an efficiency and a sum of negative weights."
    caption += step_words(parts, "Curves")
    return _drawing(("diagnostics", variable), figure, caption)


def _support(config, variances, curves, variable, words):
    labels = domain_labels(config)
    for row in variances[variances["variable"] == variable].to_dict("records"):
        own = curves[(curves["variable"] == variable) & (curves["domain"] == row["domain"])]
        name = labels.get(row["domain"], row["domain"])
        caption = (
            f"{words['label']} in {name}: tonnage, grade and metal above cut-off of declustered composites, of blocks by the "
            "discrete Gaussian model and by the affine correction, of nearest neighbour and of the estimate; variances. "
            f"Vertical line: {row['cutoff']:.4g} {words['unit']}, where the metal is judged."
        )
        yield _drawing(("change_of_support", row["domain"], variable), support_curves(own, row, name=name, **words), caption)
