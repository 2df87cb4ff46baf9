"""One picture on its way into the report: the figure, its caption, and where it belongs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scandia.resource.lead import lead_words

if TYPE_CHECKING:  # whoever only reads an album needs no Matplotlib
    from matplotlib.figure import Figure

ALBUM = "album.json"


@dataclass(frozen=True)
class Drawing:
    """A figure with its words: caption, text for who cannot see it, chapter of the report and section of the config."""

    name: str
    figure: "Figure"
    caption: str
    alt: str
    chapter: str
    section: str
    data: dict | None = None  # of a 3-D view, which stands in the picture's place where it can run


def album_files(drawings, *, rule):
    """Files of an album, dict of name to content: figures as PNG, data of views as JSON, and ``album.json`` with their words."""
    files = {f"{drawing.name}.png": drawing.figure for drawing in drawings}
    files |= {f"{drawing.name}.json": drawing.data for drawing in drawings if drawing.data}
    words = [
        {
            "file": f"{drawing.name}.png",
            "caption": drawing.caption,
            "alt": drawing.alt,
            "chapter": drawing.chapter,
            "section": drawing.section,
            "rule": rule,
            **({"data": f"{drawing.name}.json"} if drawing.data else {}),
        }
        for drawing in drawings
    ]
    return {**files, ALBUM: {"pictures": words}}


def safe_name(*parts):
    """File name of letters, digits, dots and underscores only, made from words of the config."""
    text = "_".join(parts)
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_" for sign in text)


def domain_labels(config):
    """Domain name to label, in the order of the codes, dict; empty without a model."""
    if config.model is None:
        return {}
    domains = config.model.domains.domains
    return {name: domains[name].label for name in sorted(domains, key=lambda name: domains[name].code)}


def analyte_words(config, variable):
    """Keyword arguments ``label`` and ``unit`` of an analyte, dict."""
    return {"label": config.analytes[variable].label, "unit": config.analytes[variable].unit}


def estimated_domains(config):
    """Names of the domains that are estimated."""
    return [name for name, domain in config.model.domains.domains.items() if domain.estimate]


def cutoff_words(config):
    """Keyword arguments ``label`` and ``unit`` of the variable of the cut-off, dict."""
    model = config.model
    label, unit = lead_words(model.reporting.variable, config.analytes, model.economics)
    return {"label": label, "unit": unit}
