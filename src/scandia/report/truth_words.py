"""The running text on the known truth of a simulated deposit."""

from scandia.report.phrases import look_up
from scandia.vocabulary import NSR


def truth_words(config, tables):
    """How far the model of a simulated deposit lies from its known truth, sentences."""
    yield (
        "This deposit is simulated, so the true grade of every block is known and the model can be marked. Nothing here was"
        " used for the estimate."
    )
    totals, uncertainty = tables.get("truth/totals.csv"), tables.get("truth/uncertainty.csv")
    if totals is not None:
        yield from _global_errors(config, totals)
    if uncertainty is not None:
        yield from _honesty(config, uncertainty)


def _global_errors(config, totals):
    whole = totals[(totals["scope"] == "everywhere") & (totals["domain"] == "all") & (totals["cutoff"] == 0)]
    for row in whole.to_dict("records"):
        label = look_up(config, f"analytes.{row['variable']}.label") or row["variable"]
        yield (
            f"{label} without a cut-off, everywhere in the grid and also beyond the reach of the drilling: tonnes "
            f"{100 * row['tonnage_error']:+.1f} %, grade {100 * row['grade_error']:+.1f} %, "
            f"metal {100 * row['metal_error']:+.1f} % against the truth."
        )
    base, variable = (look_up(config, f"model.reporting.{key}") for key in ("base_cutoff", "variable"))
    main = variable if variable != NSR else totals["variable"].iloc[0] if len(totals) else ""
    stated = totals[(totals["scope"] == "everywhere") & (totals["cutoff"] == base) & (totals["variable"] == main)]
    if len(stated):
        yield _stated_errors(config, stated, base, variable)


def _stated_errors(config, rows, base, variable):
    """Errors at the base-case cut-off, the whole first and then each domain, whose errors may cancel out in the whole."""
    own = (look_up(config, f"analytes.{variable}.{key}") for key in ("label", "unit"))
    label, unit = (look_up(config, f"words.{key}") or given for key, given in zip(("cutoff", "cutoff_unit"), own, strict=True))
    known = rows[rows["tonnage_error"].notna()].to_dict("records")
    told = [
        f"{_domain_label(config, row['domain'])}: tonnes {100 * row['tonnage_error']:+.1f} %, "
        f"grade {100 * row['grade_error']:+.1f} %, metal {100 * row['metal_error']:+.1f} %"
        for row in sorted(known, key=lambda row: row["domain"] != "all")
    ]
    case = f"At the base case's {base:g} {unit} {label or variable}"
    return f"{case}: {'; '.join(told)}. Errors of domains can cancel out in the whole."


def _domain_label(config, domain):
    return look_up(config, f"model.domains.domains.{domain}.label") or domain


def _honesty(config, uncertainty):
    for row in uncertainty[uncertainty["by"] == "all"].to_dict("records"):
        label = look_up(config, f"analytes.{row['variable']}.label") or row["variable"]
        variance = row["standardised_variance"]
        told = "too small" if variance > 1.1 else "too large" if variance < 0.9 else "about right"
        yield (
            f"The kriging variance of {label} was {told}: squared errors are {variance:.2f} times as large as it says, and the "
            f"90 % intervals hold {100 * row['coverage_90']:.0f} % of {row['n']:,} whole blocks. It is right only where the "
            "fitted variogram and stationarity are."
        )
