"""Pictures of the classes in plan, and of the drill spacing."""

from scandia.report.albums.drawing import Drawing
from scandia.report.figures.class_maps import SPACING, class_plan, spacing_field
from scandia.report.figures.pieces import pieces


def class_drawings(config, blocks, stations, mark):
    """Drawings of the classes in plan and of the drill spacing, a list; the spacing only where the model has it."""
    place = (blocks, stations, config.mine_grid)
    caption = "Resource classes in plan: each column of blocks shows the class with most tonnes in it."
    section = "model.classification"
    drawings = [Drawing("classes_plan", class_plan(*place, synthetic=mark), caption, caption, "classification", section)]
    if SPACING in blocks and any(bool(window[SPACING].notnull().any()) for window in pieces(blocks, [SPACING])):
        count = config.model.classification.spacing_holes
        caption = (
            f"Drill spacing: √2 times the mean distance to the {count} nearest holes of the domain; mean weighted by tonnes."
        )
        drawings.append(
            Drawing("drill_spacing", spacing_field(*place, synthetic=mark), caption, caption, "classification", section)
        )
    return drawings
