"""Pictures of the studies behind domains and caps: contacts, caps, outliers, trends and scatter."""

from scandia.report.albums.drawing import Drawing, analyte_words, domain_labels, safe_name
from scandia.report.figures import capping, contacts, relations
from scandia.report.style import with_unit

CHAPTERS = {"contacts": "geology", "cap_curve": "capping", "outliers": "capping", "trends": "composites", "scatter": "composites"}
MOST = 5  # variables of a scatter matrix; more panels would be too small to read


def study_drawings(config, composites, *, contacts, curve, outliers, trends):
    """Drawings of the studies, those of each variable together and the scatter matrix at the end, list.

    Parameters
    ----------
    config : Config
    composites, contacts, curve, outliers, trends : DataFrame
        The tables of the statistics.
    """
    drawings, mark, labels = [], config.synthetic is not None, domain_labels(config)
    for variable in config.model.estimation.variables:
        words = {**analyte_words(config, variable), "synthetic": mark}
        drawings += _of_variable(config, composites, variable, words, labels, (contacts, curve, outliers, trends))
    variables = list(config.model.estimation.variables)[:MOST]
    if len(variables) > 1:
        names = {name: with_unit(**analyte_words(config, name)) for name in variables}
        figure = relations.scatter_matrix(composites, variables, names=names, synthetic=mark, labels=labels)
        caption = f"Scatter of {', '.join(names.values())} in the composites, coloured by domain; histograms on the diagonal."
        drawings.append(Drawing("scatter", figure, caption, caption, CHAPTERS["scatter"], "model.statistics"))
    return drawings


def _of_variable(config, composites, variable, words, labels, tables):
    met, curve, outliers, trends = tables
    label, settings = words["label"], config.model.statistics
    caps = {name: by_analyte[variable].value for name, by_analyte in settings.caps.items() if variable in by_analyte}
    jumps = (
        f"{label} by distance from the contacts of the domains, in bins of {settings.contacts.step:g} m along the hole; negative "
        "distances lie in the first domain. The figures count the samples."
    )
    left = f"Coefficient of variation of {label}, and the metal that is removed, against the cap; composites weighted by length."
    highest = (
        f"Plan and long section of the composites of {label} above their cap, or above the 99 % quantile where there is none."
    )
    means = f"Mean {label} in ten slices along each axis of the mine grid and down the holes, by length and declustering."
    made = {
        "contacts": (contacts.contacts(met, variable, labels=labels, **words), jumps),
        "cap_curve": (capping.cap_curves(curve, variable, caps=caps, labels=labels, **words), left),
        "outliers": (capping.outliers(outliers, composites, variable, **words), highest),
        "trends": (relations.trends(trends, variable, labels=labels, **words), means),
    }
    return [
        Drawing(safe_name(name, variable), figure, caption, caption, CHAPTERS[name], "model.statistics")
        for name, (figure, caption) in made.items()
    ]
