"""The neighbourhood study: slope, efficiency, negative weights and weight of the mean along each setting."""

import numpy as np

from scandia.report.style import FAINT, canvas, domain_colours, drawing, finish, plain
from scandia.validation.cases import FIELDS

MEASURES = {
    "slope": "Slope",
    "efficiency": "Efficiency",
    "negative_weights": "Negative weights",
    "weight_of_mean": "Weight of mean",
}
WORDS = {
    "block_size": "Block size (times)",
    "max_samples": "Most samples",
    "max_per_hole": "Most per hole",
    "discretisation": "Points per block",
    "search_factor": "Radii (times)",
}


@drawing
def neighbourhood(table, *, variable, label, unit, synthetic, labels=None):
    """A row for each measure and a column for each setting, where the other settings are the config's; dashed: the config.

    Parameters
    ----------
    table : DataFrame
        From `validation.neighbourhood.study_case`, all cases of one deposit.
    """
    chosen = table[table["variable"] == variable]
    colours = domain_colours(list(dict.fromkeys(chosen["domain"])), labels)
    fields = [name for name in FIELDS.values() if chosen[name].nunique() > 1] or list(FIELDS.values())[:1]
    figure, axes = canvas(8.6, rows=len(MEASURES), columns=len(fields), sharey="row")
    for column, name in enumerate(fields):
        order, ticks = _order(chosen[name].unique(), name)
        for domain, colour in colours.items():
            rows = chosen[chosen["domain"] == domain]
            own = rows[rows["case"] == "config"].iloc[0]
            others = [other for other in FIELDS.values() if other != name]
            alone = rows[(rows[others] == own[others]).all(axis=1)].drop_duplicates(name)
            alone = alone.iloc[np.argsort([order[value] for value in alone[name]], kind="stable")]
            for panel, measure in zip(axes[:, column], MEASURES, strict=True):
                style = {"color": colour, "marker": "o", "markersize": 3.5, "linewidth": 1.2}
                panel.plot(
                    [order[value] for value in alone[name]],
                    alone[measure],
                    label=plain((labels or {}).get(domain, domain)),
                    **style,
                )
                panel.axvline(order[own[name]], color=FAINT, linestyle="--", linewidth=1.0, zorder=0)
        for panel in axes[:, column]:
            panel.set_xticks(range(len(ticks)), ticks)
            panel.set_xlabel(WORDS[name])
    for panel, words in zip(axes[:, 0], MEASURES.values(), strict=True):
        panel.set_ylabel(words)
    for panel in axes.ravel():
        panel.label_outer()
    handles, texts = axes[0, 0].get_legend_handles_labels()
    if handles:
        figure.legend(handles, texts, loc="outside lower center", ncols=4)
    return finish(figure, synthetic=synthetic, title=f"{plain(label)}: neighbourhood study, means of a spread of blocks")


def _order(values, name):
    """Place of each value along the axis, dict, and the texts of the ticks."""
    if name == "discretisation":
        ordered = sorted(values, key=_points)
        return {value: place for place, value in enumerate(ordered)}, [str(_points(value)) for value in ordered]
    unlimited = name == "max_per_hole"
    ordered = sorted(values, key=lambda value: np.inf if unlimited and value == 0 else value)
    return {value: place for place, value in enumerate(ordered)}, [
        "all" if unlimited and value == 0 else f"{value:g}" for value in ordered
    ]


def _points(text):
    return int(np.prod([int(number) for number in str(text).split(" x ")]))
