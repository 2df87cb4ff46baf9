"""The simulated shipments to the laboratory: batches, control samples among the core, and the results, some of them bad."""

import numpy as np
import pandas as pd

from scandia.synthetic.deposit import ELEMENTS, oxide_factors
from scandia.synthetic.field import normals
from scandia.synthetic.laboratory import DETECTION_LIMITS, LABORATORY_ERROR, add_nugget, analyse, report_value
from scandia.vocabulary import CAMPAIGN, FROM, HOLE, TO

BATCH = 40  # core samples a batch
QC_ANALYTES = ("Sc", "Ce")
# Invented reference materials: certified value and standard deviation, ppm, of Sc and of Ce
STANDARDS = {
    "SYN-STD-LOW": ((92.0, 2.6), (640.0, 18.0)),
    "SYN-STD-MID": ((178.0, 4.6), (1180.0, 30.0)),
    "SYN-STD-HIGH": ((262.0, 6.8), (1510.0, 40.0)),
}
BLANK = "SYN-BLANK"
DUPLICATES = ("field_duplicate", "coarse_duplicate", "pulp_duplicate")
PREPARATION_ERROR = {"field_duplicate": 0.03, "coarse_duplicate": 0.03, "pulp_duplicate": 0.0}
POSITIONS = {7: "standard", 17: "blank", 23: "duplicate", 34: "duplicate"}  # after this many core samples of a batch
FIRST_DUPLICATES = "2021"  # the press release of 2020 mentions standards and blanks only
_QC_COLUMNS = [ELEMENTS.index(element) for element in QC_ANALYTES]


def ship(samples, oxide_grades, generator):
    """Assay and control tables as the laboratory returned them, cells as text.

    Parameters
    ----------
    samples : DataFrame
        Output of `laboratory.sample_intervals`.
    oxide_grades : (n, 16) array
        True oxide grades of the samples, g/t.
    generator : numpy.random.Generator
        Source of errors.

    Returns
    -------
    assay, qc : DataFrame
        ``HoleID, From, To, SampleID, Batch, Sc_ppm, ...`` and ``SampleID, Type, Reference, Parent, Batch, Sc_ppm, Ce_ppm``.
    """
    core, controls = _number(samples)
    mishaps = _mishaps(int(core["batch"].max()) + 1)
    found = analyse(oxide_grades, generator)
    found[:, 0] *= np.where(core["batch"] == mishaps["calibration"], 1.09, 1.0)
    found[generator.random(len(found)) < 0.0015] = np.nan  # bags lost on the way
    limits = [DETECTION_LIMITS[element] for element in ELEMENTS]
    texts = [[report_value(value, limit) for value, limit in zip(row, limits, strict=True)] for row in found]
    assay = pd.DataFrame(
        {
            "HoleID": samples[HOLE],
            "From": [f"{value:.2f}" for value in samples[FROM]],
            "To": [f"{value:.2f}" for value in samples[TO]],
            "SampleID": core["name"],
            "Batch": core["label"],
        }
    )
    assay = pd.concat([assay, pd.DataFrame(texts, columns=[f"{element}_ppm" for element in ELEMENTS])], axis=1)
    return assay, _control_table(controls, core, samples["code"].to_numpy(), oxide_grades, mishaps, generator)


def _number(samples):
    """Core samples (name, batch, label), and controls (name, kind, row of the core sample before); numbered as bagged."""
    core, controls, number, batch, place, campaign = [], [], 100_000, -1, BATCH, None
    for row, sample_campaign in enumerate(samples[CAMPAIGN]):
        if place == BATCH or sample_campaign != campaign:
            batch, place, campaign = batch + 1, 0, sample_campaign
        place, number = place + 1, number + 1
        core.append((f"S{number}", batch, f"A{campaign[2:]}-{batch + 1:03d}"))
        kind = POSITIONS.get(place)
        if kind is not None and (kind != "duplicate" or campaign >= FIRST_DUPLICATES):
            number += 1
            controls.append((f"S{number}", kind, row))
    return pd.DataFrame(core, columns=["name", "batch", "label"]), controls


def _mishaps(count):
    """Batches in which something goes wrong, spread over the shipments."""
    drift = int(0.36 * count)
    return {
        "calibration": int(0.17 * count),  # standards and core read 9 % high in Sc
        "carry_over": int(0.25 * count),  # the blank takes 3 % of the sample before it
        "drift": (drift, drift + len(STANDARDS)),  # twice beyond 2 deviations on one reference
        "duplicate": int(0.60 * count),  # one field duplicate is of other core
        "swap": int(0.83 * count),  # two reference materials changed places
    }


def _control_table(controls, core, codes, oxide_grades, mishaps, generator):
    rows, duplicates = [], 0
    for name, kind, before in controls:
        batch, label = int(core["batch"].iloc[before]), core["label"].iloc[before]
        reference = parent = ""
        if kind == "standard":
            reference = list(STANDARDS)[batch % len(STANDARDS)]
            values = _standard(reference, batch, mishaps, generator)
        elif kind == "blank":
            reference = BLANK
            values = np.array([0.12, 0.06]) * np.exp(0.5 * normals(generator, 2))
            values += 0.03 * _elements(oxide_grades[before]) * (batch == mishaps["carry_over"])
        else:
            kind, parent = DUPLICATES[duplicates % 3], core["name"].iloc[before]
            duplicates += 1
            values = _duplicate(kind, oxide_grades[[before]], codes[[before]], generator)
            if batch == mishaps["duplicate"]:
                values = values * (1.9 if kind == "field_duplicate" else 1.0)
        texts = [report_value(v, DETECTION_LIMITS[e]) for v, e in zip(values, QC_ANALYTES, strict=True)]
        rows.append((name, kind, reference, parent, label, *texts))
    columns = ["SampleID", "Type", "Reference", "Parent", "Batch", *(f"{element}_ppm" for element in QC_ANALYTES)]
    return pd.DataFrame(rows, columns=columns)


def _standard(reference, batch, mishaps, generator):
    """Results of one reference material, ppm; in the batch of the swap those of the next material."""
    names = list(STANDARDS)
    shift = int(batch == mishaps["swap"])
    certified = np.array(STANDARDS[names[(names.index(reference) + shift) % len(names)]])
    values = certified[:, 0] * (1.0 + LABORATORY_ERROR * normals(generator, 2))
    if batch == mishaps["calibration"]:
        values[0] = 1.09 * certified[0, 0]
    if batch in mishaps["drift"]:
        values[0] = certified[0, 0] + 2.4 * certified[0, 1]
    return values


def _duplicate(kind, oxide_grades, codes, generator):
    """Results of a second half of the core (its own nugget), a second coarse split or a second pulp, ppm."""
    again = add_nugget(oxide_grades, codes, generator) if kind == "field_duplicate" else oxide_grades
    error = np.hypot(LABORATORY_ERROR, PREPARATION_ERROR[kind])
    return analyse(again, generator, error=error)[0, _QC_COLUMNS]


def _elements(oxide_grades):
    return (oxide_grades / oxide_factors())[_QC_COLUMNS]
