"""Synthetic laboratories with planted faults: what is found, how often, and how often a sound one is accused."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from scandia.drillholes.settings import Analyte, Table
from scandia.qaqc.settings import Certified, QualityControl
from scandia.qaqc.verdict import judge

NAMES = ("LOW", "MID", "HIGH")
CERTIFIED = {"LOW": (90.0, 2.5), "MID": (180.0, 4.5), "HIGH": (260.0, 6.5)}
SC = {"sc": Analyte(label="Sc", unit="ppm", species="Sc", column="Sc", column_unit="ppm", column_species="Sc")}
SETTINGS = QualityControl(
    table=Table(file="qc.csv", columns={}),
    standards={name: {"sc": Certified(value=value, deviation=spread)} for name, (value, spread) in CERTIFIED.items()},
    analytes=("sc",),
    detection_limits={"sc": 0.5},
)
BATCHES = 30


def laboratory(seed, *, bias=0.0, drift=0.0, swap=False, carried=0.0, pulp=0.03):
    """Control samples and core of 30 batches: three standards, a blank after rich core, and a pulp duplicate in each."""
    generator, rows, core = np.random.default_rng(seed), [], []
    for batch in range(BATCHES):
        label, place = f"B{batch:02d}", 0
        grades = generator.lognormal(4.8, 0.5, 6)
        numbers = iter(range(100 * batch, 100 * batch + 99))
        for grade in grades:
            core.append((f"S{next(numbers):05d}", label, grade))
        rows.append(
            (f"S{next(numbers):05d}", "blank", "SAND", None, label, abs(generator.normal(0.3, 0.1)) + carried * grades[-1])
        )
        for name in NAMES:
            value, spread = CERTIFIED[name]
            moved = bias * value + drift * spread * (batch / (BATCHES - 1) - 0.5)
            rows.append((f"S{next(numbers):05d}", "standard", name, None, label, value + moved + spread * generator.normal()))
        rows.append(
            (f"S{next(numbers):05d}", "pulp_duplicate", None, core[-1][0], label, grades[-1] * (1 + pulp * generator.normal()))
        )
    qc = pd.DataFrame(rows, columns=["sample", "type", "reference", "parent", "batch", "sc"])
    if swap:
        place = qc.index[(qc["type"] == "standard") & (qc["reference"] == "LOW")][7]
        qc.loc[place, "sc"] = CERTIFIED["HIGH"][0] + 2.0
    assay = pd.DataFrame(core, columns=["sample", "batch", "sc"])
    depth = np.arange(len(assay), dtype=float)
    return qc, assay.assign(row=np.arange(len(assay)) + 2, hole="H", **{"from": depth, "to": depth + 1})


@cache
def judged(seed, **faults):
    return judge(*laboratory(seed, **faults), SETTINGS, SC)


def found(seeds, look, **faults):
    """Share of laboratories in which ``look`` says yes."""
    return np.mean([look(judged(seed, **faults)) for seed in seeds])


def biased(tables):
    return (tables["standard_summary"]["bias_verdict"] == "fail").any()


def drifting(tables):
    return (tables["standard_summary"]["drift_verdict"] == "warning").any()


def swapped(tables):
    return (tables["standards"]["swap"] == "HIGH").any()


def carried(tables):
    return tables["blank_summary"]["verdict"].item() == "warning"


@pytest.mark.parametrize(
    ("look", "fault", "least", "false_alarms"),
    [
        (biased, {"bias": 0.07}, 0.95, 0.0),  # a sound chart's bias stays far below the limit of 5 %
        (drifting, {"drift": 3.0}, 0.95, 0.30),  # three charts at a level of 5 %: 1 - 0.95**3 = 14 % is expected
        (swapped, {"swap": True}, 0.95, 0.02),
        (carried, {"carried": 0.004}, 0.95, 0.20),  # one analyte at a level of 5 %
    ],
)
@pytest.mark.exhaustive
def test_planted_faults_are_found_and_sound_laboratories_are_not_accused(look, fault, least, false_alarms):
    seeds = range(20)
    assert found(seeds, look, **fault) >= least
    assert found(seeds, look) <= false_alarms


def test_a_swap_fails_its_batch_and_no_other():
    tables = judged(1, swap=True)
    sound = judged(1)
    failed = set(tables["batches"].query("verdict == 'fail'")["batch"])
    assert failed - set(sound["batches"].query("verdict == 'fail'")["batch"]) == {"B07"}
    assert tables["standards"].query("swap != ''")["reason"].tolist() == ["1-3s; fits HIGH"]


def test_contaminated_blanks_fail_and_name_what_went_before():
    tables = judged(2, carried=0.03)
    blanks = tables["blanks"]
    failed = blanks[blanks["verdict"] == "fail"]
    assert len(failed) > 10
    assert (failed["preceding_sample"] == "S" + (failed["sample"].str[1:].astype(int) - 1).map("{:05d}".format)).all()
    assert failed["preceding"].median() > blanks["preceding"].median()


def test_the_share_of_sound_batches_that_fail_is_stated():
    """Three standards a batch: 1-3s alone accuses 0.8 %, 2-2s on three charts 0.6 %, R-4s 0.3 % of sound batches: below 3 %."""
    shares = [(judged(seed)["batches"]["verdict"] == "fail").mean() for seed in range(20)]
    assert 0.002 < np.mean(shares) < 0.03
