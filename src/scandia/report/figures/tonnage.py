"""Grade-tonnage curves per class, with the base cut-off."""

from scandia.report.figures.classes import class_label
from scandia.report.style import CLASS_COLOURS, CLASS_LABELS, INK, canvas, drawing, finish, thousands, with_unit
from scandia.vocabulary import CLASS, TONNAGE

MEGATONNE = 1e6
STYLES = {"Measured": "-", "Indicated": "-", "Inferred": "-", "Unclassified": ":"}


@drawing
def grade_tonnage(table, *, variable, cutoff_label, label, unit, base_cutoff, synthetic, domain="all"):
    """Tonnage (left) and mean grade (right) above each cut-off, a line per class; classes are never added up.

    Parameters
    ----------
    table : DataFrame
        class (name or code), cutoff, tonnage (t), the variable and, where there are several, domain; as
        `resource.tonnage.grade_tonnage` makes it.
    variable : str
        Grade of the right panel, ``label`` and ``unit`` name it.
    cutoff_label : str
        Name and unit of the cut-off's variable.
    base_cutoff : float
        Cut-off of the statement, drawn as a line.
    """
    chosen = table[table["domain"] == domain] if "domain" in table else table
    colours = {text: CLASS_COLOURS[code] for code, text in CLASS_LABELS.items()}
    figure, axes = canvas(4.6, columns=2)
    for value, rows in chosen.groupby(CLASS, sort=True):
        rows, name = rows.sort_values("cutoff", kind="stable"), class_label(value)
        line = {
            "color": "#7b8794" if name == "Unclassified" else colours.get(name, INK),
            "linestyle": STYLES.get(name, "-"),
            "marker": "o",
        }
        axes[0, 0].plot(rows["cutoff"], rows[TONNAGE] / MEGATONNE, markersize=4, label=name, **line)
        filled = rows[rows[TONNAGE] > 0]
        axes[0, 1].plot(filled["cutoff"], filled[variable], markersize=4, **line)
    for panel, words in zip(axes[0], ("Tonnage above cut-off (Mt)", f"Mean grade {with_unit(label, unit)}"), strict=True):
        panel.axvline(base_cutoff, color=INK, linestyle="--", linewidth=1.2, label=f"base cut-off {base_cutoff:g}")
        panel.set(xlabel=f"Cut-off {cutoff_label}", ylabel=words)
    axes[0, 0].set_ylim(bottom=0)
    if axes[0, 0].get_ylim()[1] >= 1000:
        thousands(axes[0, 0].yaxis)
    axes[0, 0].legend()
    return finish(figure, synthetic=synthetic, title=f"Grade and tonnage by class: {label}")


@drawing
def model_and_truth(table, *, variable, label, unit, cutoff_label, synthetic, scope="estimated blocks", domain="all"):
    """Tonnage and grade above cut-off of the model beside the known truth.

    Parameters
    ----------
    table : DataFrame
        scope, domain, cutoff, variable, tonnage, true_tonnage (t), grade, true_grade; as `validation.truth` makes it.
    """
    chosen = table[(table["variable"] == variable) & (table["domain"] == domain) & (table["scope"] == scope)]
    chosen = chosen.sort_values("cutoff", kind="stable")
    figure, axes = canvas(4.4, columns=2)
    for panel, name, scale, words in (
        (axes[0, 0], "tonnage", MEGATONNE, "Tonnage above cut-off (Mt)"),
        (axes[0, 1], "grade", 1.0, f"Mean grade {with_unit(label, unit)}"),
    ):
        panel.plot(chosen["cutoff"], chosen[name] / scale, color="#0072B2", marker="o", markersize=4, label="model")
        panel.plot(chosen["cutoff"], chosen[f"true_{name}"] / scale, color="#D55E00", marker="s", markersize=4, label="truth")
        panel.set(xlabel=f"Cut-off {cutoff_label}", ylabel=words)
    axes[0, 0].set_ylim(bottom=0)
    axes[0, 0].legend()
    return finish(figure, synthetic=synthetic, title=f"{label}: model against the known truth, {scope}")
