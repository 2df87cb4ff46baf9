"""What one file of two runs holds: identical, identical within a tolerance, or different, where first and by how much."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

TOLERANCE = 1e-9  # share of the largest number of a column or array: another processor may round the last digits otherwise
IDENTICAL, WITHIN, DIFFERENT = "identical", "identical within tolerance", "different"
RANK = (IDENTICAL, WITHIN, DIFFERENT)


@dataclass(frozen=True)
class Difference:
    """A verdict and, where it is not `IDENTICAL`, the first place, both values there, and the largest share."""

    verdict: str
    where: str = ""
    before: str = ""
    after: str = ""
    largest: float = 0.0  # largest difference, as a share of the largest number of its column or array


SAME = Difference(IDENTICAL)


def worst(differences):
    """The first of the gravest differences; `SAME` where there is none. Its ``largest`` is that of all."""
    found = [difference for difference in differences if difference.verdict != IDENTICAL]
    if not found:
        return SAME
    gravest = max(found, key=lambda difference: RANK.index(difference.verdict))
    return Difference(gravest.verdict, gravest.where, gravest.before, gravest.after, max(one.largest for one in found))


def compare_tables(before, after):
    """`Difference` of two DataFrames: their columns, rows, and every cell."""
    if list(before.columns) != list(after.columns):
        return Difference(DIFFERENT, "the columns", ", ".join(map(str, before)), ", ".join(map(str, after)), np.inf)
    if len(before) != len(after):
        return Difference(DIFFERENT, "the number of rows", str(len(before)), str(len(after)), np.inf)
    names = list(before.columns)
    return worst([_column(f"column {name}", before.iloc[:, i], after.iloc[:, i], "row") for i, name in enumerate(names)])


def compare_datasets(before, after):
    """`Difference` of two xarray Datasets: attributes, variables, shapes, and every number."""
    if sorted(map(str, before.variables)) != sorted(map(str, after.variables)):
        lost = sorted({*map(str, before.variables)} ^ {*map(str, after.variables)})
        return Difference(DIFFERENT, f"the variables {', '.join(lost)}", "", "", np.inf)
    found = [compare_values(dict(before.attrs), dict(after.attrs), "attribute ")]
    for name in sorted(map(str, before.variables)):
        one, other = before[name], after[name]
        if one.dims != other.dims or one.shape != other.shape:
            found.append(Difference(DIFFERENT, f"the shape of {name}", str(one.shape), str(other.shape), np.inf))
            continue
        found.append(compare_values(dict(one.attrs), dict(other.attrs), f"attribute of {name}, "))
        found.append(_array(name, one.values, other.values))
    return worst(found)


def compare_values(before, after, place=""):
    """`Difference` of two plain values: mappings and lists to their leaves, numbers within the tolerance."""
    if isinstance(before, dict) and isinstance(after, dict):
        if list(before) != list(after):
            return Difference(DIFFERENT, f"{place}keys", ", ".join(map(str, before)), ", ".join(map(str, after)), np.inf)
        return worst([compare_values(before[key], after[key], f"{place}{key} ") for key in before])
    lists = (list, tuple, np.ndarray)
    if isinstance(before, lists) and isinstance(after, lists) and len(before) == len(after):
        return worst(
            [compare_values(one, other, f"{place}{i} ") for i, (one, other) in enumerate(zip(before, after, strict=True))]
        )
    if _is_number(before) and _is_number(after):
        return _array(place.strip(), np.array([before], dtype=float), np.array([after], dtype=float))
    return SAME if before == after else Difference(DIFFERENT, place.strip(), str(before), str(after), np.inf)


def compare_texts(before, after):
    """`Difference` of two texts: the first line that is not the same."""
    if before == after:
        return SAME
    lines, others = before.splitlines(), after.splitlines()
    place = next(
        (i for i, (one, other) in enumerate(zip(lines, others, strict=False)) if one != other), min(len(lines), len(others))
    )
    old, new = (texts[place] if place < len(texts) else "" for texts in (lines, others))
    return Difference(DIFFERENT, f"line {place + 1}", old[:200], new[:200], np.inf)


def _column(name, before, after, unit):
    if pd.api.types.is_numeric_dtype(before) and pd.api.types.is_numeric_dtype(after):
        numbers = (column.to_numpy(dtype=float, na_value=np.nan) for column in (before, after))
        return _array(name, *numbers, unit=unit)
    old, new = (column.astype(object).where(column.notna(), None).astype(str).to_numpy() for column in (before, after))
    return _words(name, old, new, unit)


def _array(name, before, after, *, unit="index"):
    if before.dtype.kind not in "iufb" or after.dtype.kind not in "iufb":
        return _words(name, before.astype(str), after.astype(str), unit)
    old, new = before.astype(float), after.astype(float)
    same = (old == new) | (np.isnan(old) & np.isnan(new))
    if same.all():
        return SAME
    finite = np.abs(old[np.isfinite(old)])
    scale = float(finite.max()) if finite.size and finite.max() > 0 else 1.0
    share = np.where(same, 0.0, np.abs(old - new) / scale)
    share = np.where(np.isnan(share), np.inf, share)
    wrong = share > TOLERANCE
    first = np.unravel_index(int(np.argmax(wrong if wrong.any() else ~same)), old.shape)
    verdict = DIFFERENT if wrong.any() else WITHIN
    return Difference(verdict, _place(name, first, unit), repr(old[first].item()), repr(new[first].item()), float(share.max()))


def _words(name, before, after, unit):
    wrong = before != after
    if not wrong.any():
        return SAME
    first = np.unravel_index(int(np.argmax(wrong)), before.shape)
    return Difference(DIFFERENT, _place(name, first, unit), str(before[first])[:200], str(after[first])[:200], np.inf)


def _place(name, first, unit):
    numbers = ", ".join(str(int(i) + (unit == "row")) for i in first)
    return f"{name}, {unit} {numbers}" if numbers else name


def _is_number(value):
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)
