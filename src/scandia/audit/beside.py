"""Two runs side by side: what differs of their inputs, configs and code, and the numbers of their tables and blocks."""

import numpy as np
import pandas as pd

from scandia.audit.compare import RANK, TOLERANCE
from scandia.audit.manifest import owner_of, owners

BASELINE, HERE = "baseline", "this run"
NOTHING = "–"
# Tables whose numbers tell what a stage made of the data, in the order of the flow; with the columns by which rows are the same.
KEY_TABLES = {
    "rows.csv": ("table",),
    "drillholes/holes.csv": ("hole",),
    "domains/density.csv": ("domain",),
    "domains/solid.csv": ("domain",),
    "composites/conservation.csv": ("domain", "analyte"),
    "statistics/means.csv": ("domain", "analyte"),
    "statistics/caps.csv": ("domain", "analyte"),
    "variography/fits.csv": ("domain", "variable"),
    "validation/bias.csv": ("domain", "variable"),
    "validation/scores.csv": ("domain", "variable", "left_out"),
    "resource/classification.csv": ("class", "domain", "rule"),
    "resource/grade_tonnage.csv": ("class", "domain", "shell", "cutoff"),
    "resource/statement_unrounded.csv": ("class", "domain"),
}


def beside_facts(baseline, here):
    """Facts of both runs, a DataFrame: what, baseline, this run."""
    names = ("deposit", "title", "scandia", "fingerprint", "config_sha256", "lock_sha256")
    rows = [(name, baseline[name], here[name]) for name in names]
    rows += [(key, baseline["platform"][key], here["platform"][key]) for key in here["platform"]]
    return pd.DataFrame(rows, columns=["what", BASELINE, HERE])


def beside_files(baseline, here, kind):
    """Hashes of ``inputs`` or ``outputs`` of both runs, those that differ or that one has not, a DataFrame."""
    hashes = [
        {entry["path"]: entry.get("content_sha256", entry.get("sha256")) for entry in run[kind]} for run in (baseline, here)
    ]
    return _differing(*hashes, "path")


def beside_config(baseline, here):
    """Keys of the resolved configs whose values differ, a DataFrame: key, baseline, this run."""
    return _differing(*({key: str(value) for key, value in _leaves(config, ())} for config in (baseline, here)), "key")


def beside_code(baseline, here):
    """Rules whose code or parameters differ, a DataFrame: rule, baseline, this run."""
    return _differing(*({rule: own["code"] for rule, own in run["rules"].items()} for run in (baseline, here)), "rule")


def beside_stages(here, differences):
    """Every output with its verdict, in the order of the flow, a DataFrame: rule, path, verdict, where, both values, share."""
    known = owners(here)
    rows = [(*owner_of(path, known), path, one) for path, one in differences.items()]
    rows.sort(key=lambda row: (row[0], row[2]))
    columns = ["rule", "path", "verdict", "where", BASELINE, HERE, "largest share"]
    listed = [(rule, path, one.verdict, one.where, one.before, one.after, one.largest) for _, rule, path, one in rows]
    return pd.DataFrame(listed, columns=columns)


def beside_numbers(before, after, keys):
    """Every number of two tables that differs, a DataFrame: the keys, quantity, both values, difference, share of baseline.

    Numbers within the tolerance of `scandia.audit.compare` do not differ.

    Parameters
    ----------
    before, after : DataFrame
    keys : sequence of str
        Columns by which rows are the same; those that a table has not are left out, and rows that are then alike are numbered.
    """
    keys = [key for key in keys if key in before and key in after]
    old, new = (_long(frame, keys) for frame in (before, after))
    order = [*old.index, *new.index.difference(old.index, sort=False)]
    both = pd.concat([old, new], axis=1, keys=[BASELINE, HERE]).droplevel(1, axis=1).loc[order]
    near = (both[BASELINE] - both[HERE]).abs() <= TOLERANCE * both.abs().max(axis=1)
    both = both[~(near | both.isna().all(axis=1))].reset_index()
    both["difference"] = both[HERE] - both[BASELINE]
    both["share"] = both["difference"] / both[BASELINE].abs().where(both[BASELINE] != 0)
    return both.drop(columns="number") if both["number"].eq(0).all() else both


def beside_blocks(before, after, variables):
    """Differences block by block of two block models, and their summary.

    Parameters
    ----------
    before, after : xarray.Dataset
        ``blockmodel.nc`` of both runs.
    variables : list of str

    Returns
    -------
    differences : dict of str to DataArray
        This run less the baseline, ``(z, y, x)``, NaN where one has no estimate. Empty where the grids are not the same.
    summary : DataFrame
        variable, blocks in both, only in the baseline, only in this run, mean, largest and root mean square difference.
    """
    names = [name for name in variables if name in before and name in after]
    if any(not np.array_equal(before[axis].values, after[axis].values) for axis in "xyz"):
        return {}, pd.DataFrame(columns=["variable"])
    differences, rows = {}, []
    for name in names:
        difference = after[name] - before[name]
        values = difference.values[np.isfinite(difference.values)]
        known = [np.isfinite(model[name].values) for model in (before, after)]
        numbers = (values.mean(), np.abs(values).max(), np.sqrt((values**2).mean())) if values.size else (np.nan,) * 3
        rows.append((name, values.size, int((known[0] & ~known[1]).sum()), int((known[1] & ~known[0]).sum()), *numbers))
        differences[name] = difference
    heads = [
        "variable",
        "blocks in both",
        f"only in {BASELINE}",
        f"only in {HERE}",
        "mean difference",
        "largest",
        "root mean square",
    ]
    return differences, pd.DataFrame(rows, columns=heads)


def gravest(stages):
    """The gravest verdict of a table of stages."""
    return max(stages["verdict"], key=RANK.index, default=RANK[0])


def _differing(before, after, name):
    keys = [*before, *(key for key in after if key not in before)]
    rows = [(key, before.get(key, NOTHING), after.get(key, NOTHING)) for key in keys if before.get(key) != after.get(key)]
    return pd.DataFrame(rows, columns=[name, BASELINE, HERE])


def _leaves(node, place):
    """Dotted key and value of every leaf of a config."""
    if isinstance(node, dict) and node:
        for key, part in node.items():
            yield from _leaves(part, (*place, str(key)))
    else:
        yield ".".join(place), node


def _long(frame, keys):
    """Numbers of a table, indexed by keys, number among alike rows, and quantity."""
    quantities = [name for name in frame if name not in keys and pd.api.types.is_numeric_dtype(frame[name])]
    named = frame[[*keys, *quantities]].astype(dict.fromkeys(keys, "str"))
    named = named.assign(number=named.groupby(keys).cumcount() if keys else np.arange(len(named)))
    long = named.melt([*keys, "number"], quantities, "quantity", "value")
    return long.set_index([*keys, "number", "quantity"]).astype({"value": float})
