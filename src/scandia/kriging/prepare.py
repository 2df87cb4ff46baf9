"""What comes in at the door of the engine: samples checked, duplicates refused or merged, canonical order."""

import numpy as np
from scipy.spatial import cKDTree

from scandia.errors import InputError
from scandia.kriging._eight import COINCIDENT

FARTHEST = 1e15  # m: farther out, coordinates cannot tell a metre from the next


def checked_points(points, name):
    """Points as floats ``(n, 3)``, or an InputError that says what is wrong with them."""
    points = np.asarray(points, dtype=float)
    if points.ndim != 2 or points.shape[1] != 3:
        message = f"{name} have shape {points.shape}; they must be (n, 3): x, y, z in metres. Hint: 2-D data take one constant z"
        raise InputError(message)
    bad = np.flatnonzero(~(np.abs(points) <= FARTHEST).all(axis=1))
    if bad.size:
        first = f"{bad.size} of {len(points)} have a missing coordinate, first number {bad[0]}: {points[bad[0]]}"
        message = f"{name}: {first}, or it is beyond {FARTHEST:g} m. Hint: leave such rows out before"
        raise InputError(message)
    return points


def checked_values(values, count):
    """Values ``(n, variables)`` and their names; an array alone is named ``value``."""
    named = dict(values) if hasattr(values, "keys") and np.ndim(values) != 1 else {"value": values}  # a Series has keys
    if not named:
        message = "values is an empty dict; it must name at least one variable"
        raise InputError(message)
    for name, column in named.items():
        named[name] = column = checked_column(column, count, f"values of '{name}'", "samples")
        bad = np.flatnonzero(~np.isfinite(column))
        if bad.size:
            message = (
                f"'{name}': {bad.size} of {count} values are missing or not finite, first sample number {bad[0]}. "
                "Hint: leave such samples out before; variables with different gaps need their own call"
            )
            raise InputError(message)
    return np.column_stack(list(named.values())), tuple(named)


def checked_column(column, count, name, owners):
    """Array of floats ``(count,)``, or an InputError."""
    column = np.asarray(column, dtype=float)
    if column.shape != (count,):
        message = f"{name} have shape {column.shape}; there are {count} {owners}, so it must be ({count},)"
        raise InputError(message)
    return column


def checked_holes(holes, count):
    """Names of the samples' holes as an array of str ``(count,)``, None where they are None, or an InputError."""
    if holes is None:
        return None
    names = np.asarray(holes).astype(str)
    if names.shape != (count,):
        message = f"holes have shape {names.shape}; there are {count} samples, so it must be ({count},)"
        raise InputError(message)
    return names


def checked_domains(domains, boundaries, count, targets):
    """Domains of samples ``(count,)`` and targets, of str; two None where there are none; or an InputError.

    Those of the targets are ``(targets,)``, or ``()`` where one name stands for all.
    """
    if domains is None and boundaries is None:
        return None, None
    if domains is None:
        message = "boundaries are given without domains. Hint: give domains=(of the samples, of the targets)"
        raise InputError(message)
    of_samples, of_targets = (np.asarray(item).astype(str) for item in domains)
    if of_samples.shape != (count,):
        message = f"the domains of the samples have shape {of_samples.shape}; there are {count} samples, so it must be ({count},)"
        raise InputError(message)
    if of_targets.ndim and of_targets.size != targets:
        message = f"the domains of the targets have {of_targets.size} rows; there are {targets} targets"
        raise InputError(message)
    if not targets:
        message = "there is no target; domains must name at least one"
        raise InputError(message)
    return of_samples, of_targets.ravel() if of_targets.ndim else of_targets


def hole_codes(holes, count):
    """Number of each sample's hole ``(n,)``, in the order of the names; all 0 where the holes are None."""
    return np.zeros(count, dtype=np.int64) if holes is None else np.unique(holes, return_inverse=True)[1].astype(np.int64)


def duplicate_groups(points, distance=COINCIDENT):
    """Lists of the numbers of samples that lie within ``distance``, m, of each other, directly or through others."""
    pairs = cKDTree(points).query_pairs(distance, output_type="ndarray") if len(points) > 1 else np.empty((0, 2), dtype=int)
    head = np.arange(len(points))
    for first, second in np.sort(pairs, axis=1):
        first, second = _head(head, first), _head(head, second)
        head[max(first, second)] = min(first, second)
    groups = {}
    for number in np.unique(pairs):
        groups.setdefault(_head(head, number), []).append(int(number))
    return [groups[first] for first in sorted(groups)]


def _head(head, number):
    while head[number] != number:
        number = head[number]
    return int(number)


def refuse_duplicates(points, groups, distance=COINCIDENT):
    """Nothing; raises an InputError that lists the first groups of samples at one place."""
    if groups:
        places = "; ".join(
            f"{' and '.join(map(str, group))} at {tuple(float(c) for c in points[group[0]])}" for group in groups[:3]
        )
        count = sum(len(group) - 1 for group in groups)
        message = (
            f"{count} pairs of samples lie at one place (nearer than {distance} m), which makes the system singular: "
            f"{places}. Hint: keep or average one of each pair before, or ask for duplicates='merge'"
        )
        raise InputError(message)
