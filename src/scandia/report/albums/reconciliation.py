"""Pictures of the comparison with a previous estimate."""

from scandia.report.albums.drawing import Drawing, safe_name
from scandia.report.figures.reconciliation import waterfall_figure


def reconciliation_album(table, *, previous, synthetic):
    """Drawings of a waterfall table, a list: one of each resource that has any tonnes, then or now.

    Parameters
    ----------
    table : DataFrame
        From `resource.reconcile.waterfall`.
    previous : str
        Title of the previous estimate.
    """
    drawings = []
    for resource in dict.fromkeys(table["resource"]):
        tonnage = table[(table["resource"] == resource) & (table["measure"] == "tonnage")]
        if not (tonnage[["before", "after"]] > 0).any(axis=None):
            continue
        caption = (
            f"{resource} from the previous estimate ({previous}) to the present one, inside the pit where there is one; each "
            "step is a run of its own. The axis of grade does not start at zero."
        )
        figure = waterfall_figure(table, resource=resource, synthetic=synthetic)
        name = safe_name("waterfall", resource.lower().replace(" + ", "_"))
        drawings.append(Drawing(name, figure, caption, caption, "reconcile", "previous"))
    return drawings
