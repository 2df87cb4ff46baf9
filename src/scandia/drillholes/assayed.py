"""Published intercepts against the assays between their depths."""

import numpy as np

from scandia import vocabulary
from scandia.drillholes.claims import CANNOT, SC, SC2O3, check_row
from scandia.units import convert_grade, species_factor

# Column of the published table to its species, unit, and half of the last digit that press releases print
PUBLISHED = {SC: ("Sc", "ppm", 0.5), SC2O3: ("Sc2O3", "ppm", 0.5), "treo_y_percent": ("TREO+Y", "%", 0.0005)}
MAGNET = "magnet_reo_percent"
MAGNET_TOLERANCE = 0.05


def check_assayed(nested, assay, analytes, *, source, tolerance):
    """Rows of checks: every published grade beside the mean of the assays between its depths, weighted by length.

    What is not assayed counts as zero, as in `significant_intercepts`; an interval without any assay cannot be checked. A
    published depth that is no end of a sample is said in the note.

    Parameters
    ----------
    nested : DataFrame
        Published intercepts as numbers: hole, from, to, including and the published grades.
    assay : DataFrame
        hole, from, to and the analytes.
    analytes : dict of str to Analyte
    source : str
    tolerance : float
        Differences of depth up to this are rounding, m.
    """
    columns = {name: _analyte_of(species, analytes) for name, (species, _, _) in PUBLISHED.items() if name in nested}
    rows = []
    for row in nested.to_dict("records"):
        hole = assay[assay[vocabulary.HOLE].astype(str) == str(row[vocabulary.HOLE])]
        part = _Part(hole, row[vocabulary.FROM], row[vocabulary.TO], tolerance)
        subject = f"{row[vocabulary.HOLE]} {row[vocabulary.FROM]:.2f}-{row[vocabulary.TO]:.2f} m"
        for name, key in columns.items():
            if key is not None and np.isfinite(row[name]):
                species, unit, digit = PUBLISHED[name]
                mean = part.mean(key, analytes[key], species, unit)
                rows.append(_row(subject, species, row[name], mean, digit, unit, part, source))
        magnet, total = (_analyte_of(species, analytes) for species in ("MREO", "TREO+Y"))
        if magnet and total and np.isfinite(row.get(MAGNET, np.nan)):
            share = (
                100.0 * part.mean(magnet, analytes[magnet], "MREO", "ppm") / part.mean(total, analytes[total], "TREO+Y", "ppm")
            )
            rows.append(_row(subject, "magnet REO", row[MAGNET], share, MAGNET_TOLERANCE, "%", part, source))
    return rows


class _Part:
    """The assays of one hole that share length with an interval."""

    def __init__(self, hole, start, stop, tolerance):
        top, bottom = hole[vocabulary.FROM].to_numpy(dtype=float), hole[vocabulary.TO].to_numpy(dtype=float)
        shared = np.minimum(bottom, stop) - np.maximum(top, start)
        self.frame, self.length = hole[shared > tolerance], shared[shared > tolerance]
        self.span = stop - start
        edges = np.concatenate([top, bottom, [np.inf]])
        self.inside = [depth for depth in (start, stop) if np.abs(edges - depth).min() > tolerance]
        self.note = self._note(tolerance)

    def mean(self, key, analyte, species, unit):
        """Mean over the interval, NaN where nothing of it is assayed."""
        values = self.frame[key].to_numpy(dtype=float)
        known = np.isfinite(values)
        if not known.any():
            return np.nan
        grade = float(self.length[known] @ values[known] / self.span)
        return convert_grade(grade, from_species=analyte.species, from_unit=analyte.unit, to_species=species, to_unit=unit)

    def _note(self, tolerance):
        words = [f"{len(self.frame)} assays"]
        if self.span - self.length.sum() > tolerance:
            words.append(f"{self.span - self.length.sum():.2f} m without any count as zero")
        words += [f"{depth:g} m is no end of a sample" for depth in self.inside]
        return ", ".join(words)


def _row(subject, species, published, mean, digit, unit, part, source):
    verdict = CANNOT if np.isnan(mean) else None
    words = {"unit": unit, "note": part.note, "source": source, "verdict": verdict}
    return check_row("assays", f"{subject} {species}", published, mean, digit, **words)


def _analyte_of(species, analytes):
    """Name of the first analyte that is this species, or that can be converted to it; None where there is none."""
    for name, analyte in analytes.items():
        if analyte.species == species:
            return name
    for name, analyte in analytes.items():
        try:
            species_factor(analyte.species, species)
        except ValueError:
            continue
        return name
    return None
