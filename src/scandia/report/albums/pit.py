"""Pictures of the pit: sections, plan and the nested shells."""

from scandia.report.albums.drawing import Drawing
from scandia.report.figures import pit

MOST = 4


def pit_album(config, blocks, shell, shells, stations, at):
    """Drawings of the pit shell; ``at`` are the mine-grid y of the sections, m."""
    mark, economics = config.synthetic is not None, config.model.economics
    unit = f"{economics.currency}/t"
    places = [at[round(k * (len(at) - 1) / (MOST - 1))] for k in range(MOST)] if len(at) > MOST else list(at)
    drawings = []
    if len(places):
        caption = (
            f"Net smelter return of the blocks ({unit}), the ground and the pit shells; the thick one is that of the statement "
            "(revenue factor 1). Steps are the blocks of the pit; there are no ramps."
        )
        figure = pit.pit_sections(blocks, shell, config.mine_grid, at=places, unit=unit, synthetic=mark)
        alt = "Vertical sections through blocks coloured by net smelter return with the outlines of the pit shells."
        drawings.append(Drawing("pit_sections", figure, caption, alt, "pit", "model.economics"))
    figure = pit.pit_plan(blocks, shell, stations, config.mine_grid, synthetic=mark)
    caption = "Plan of the pit shell of the statement: elevation of its floor, outline of the domains projected up, collars."
    drawings.append(Drawing("pit_plan", figure, caption, caption, "pit", "model.economics"))
    figure = pit.nested_curve(shells, currency=economics.currency, synthetic=mark)
    caption = (
        "Nested shells: tonnes of rock and of what would be processed at the config's prices, and the undiscounted value of each "
        "shell at these prices, against the revenue factor that multiplies the prices of its optimisation."
    )
    drawings.append(Drawing("pit_nested", figure, caption, caption, "pit", "model.economics"))
    return drawings
