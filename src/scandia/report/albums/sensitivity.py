"""Pictures of the sensitivities of the resource to its choices."""

from scandia.report.albums.drawing import Drawing, safe_name
from scandia.report.figures.sensitivity import tornado


def sensitivity_album(table, *, synthetic):
    """Drawings of a ranked table of sensitivities, a list: a tornado of each resource that has any tonnes."""
    drawings = []
    for resource in dict.fromkeys(table["resource"]):
        if not table.loc[table["resource"] == resource, "share"].notna().any():
            continue
        caption = f"{resource} with one choice changed at a time, each a run of its own; ranked by the largest difference."
        figure = tornado(table, resource=resource, synthetic=synthetic)
        name = safe_name("tornado", resource.lower().replace(" + ", "_"))
        drawings.append(Drawing(name, figure, caption, caption, "sensitivity", "sensitivity"))
    return drawings
