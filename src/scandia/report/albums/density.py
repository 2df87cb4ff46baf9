"""Pictures of the densities: by domain, and against a grade."""

from scandia.report.albums.drawing import Drawing, analyte_words, domain_labels
from scandia.report.figures import density


def density_album(config, values, lines=None):
    """Drawings of the densities.

    Parameters
    ----------
    config : Config
    values : DataFrame
        Coded measurements.
    lines : DataFrame, optional
        Lines of density on a grade.
    """
    labels, settings, mark = domain_labels(config), config.model.density, config.synthetic is not None
    inside = values["domain"].isin(list(labels))
    caption = (
        f"Density of {int(inside.sum()):,} pieces of core by domain; {int(values.loc[inside, 'outlier'].sum())} are outliers by "
        f"the rule {settings.outlier_rule} ({settings.outliers})."
    )
    figure = density.densities(values, labels=labels, synthetic=mark)
    drawings = [Drawing("density", figure, caption, caption, "geology", "model.density")]
    if lines is not None and lines["slope"].notna().any():
        chosen = settings.regression
        words = analyte_words(config, chosen.analyte)
        figure = density.regression(values, lines, confidence=chosen.confidence, labels=labels, synthetic=mark, **words)
        use = "the blocks take their density from it" if chosen.apply else "the blocks do not use it"
        caption = f"Density against {words['label']} of the sample around each piece; {use}."
        drawings.append(Drawing("density_regression", figure, caption, caption, "geology", "model.density"))
    return drawings
