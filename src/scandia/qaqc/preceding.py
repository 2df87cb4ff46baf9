"""What the laboratory had on its bench before each control sample."""

import pandas as pd

from scandia.qaqc.order import natural_keys
from scandia.units import convert_grade


def preceding_samples(qc, assay, analytes):
    """Table on the index of ``qc``: ``sample`` and the judged analytes (in their column's unit) of the sample before each one.

    Core and control samples are put in order by sample number (`order.natural_keys`: S9 before S10) within the batch (over all
    batches, where the assays carry none): the numbers that the core shed gives along the hole, and that laboratories follow.
    Missing where nothing stands before, or where the assays have no sample numbers.

    Parameters
    ----------
    qc : DataFrame
        Control samples: sample, type, batch, and the judged analytes in the unit of their assay column.
    assay : DataFrame
        Core samples: sample, batch if known, and the analytes as they flow.
    analytes : dict of str to Analyte
        Judged ones.
    """
    names = list(analytes)
    if "sample" not in assay:
        return pd.DataFrame({"sample": None, **dict.fromkeys(names, float("nan"))}, index=qc.index)
    core = pd.DataFrame({"sample": assay["sample"]} | {name: in_column_unit(assay[name], one) for name, one in analytes.items()})
    core["batch"] = assay.get("batch", "")
    control = qc[["sample", *names]].assign(batch=qc["batch"] if "batch" in assay else "", place=qc.index)
    both = pd.concat([core.assign(place=-1), control], ignore_index=True).dropna(subset=["sample"])
    both = both.assign(sample=both["sample"].astype(str), batch=both["batch"].fillna("").astype(str))
    both = both.assign(_turn=natural_keys(both["sample"])).sort_values(["batch", "_turn", "place"], kind="stable")
    before = both.groupby("batch", sort=False)[["sample", *names]].shift()
    return before[both["place"] >= 0].set_index(both.loc[both["place"] >= 0, "place"]).reindex(qc.index)


def in_column_unit(values, analyte):
    """Grades as they flow, converted back into the species and unit of the assay column."""
    return convert_grade(
        values,
        from_species=analyte.species,
        from_unit=analyte.unit,
        to_species=analyte.column_species,
        to_unit=analyte.column_unit,
    )
