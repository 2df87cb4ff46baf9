"""Random corruptions of clean databases: each is found by a check meant for it, or changes no number; none crashes."""

import os
from functools import cache

import numpy as np
import pandas as pd
import pytest
from corruptions import CORRUPTIONS, HARMLESS
from databases import generate, run

DATABASES = 24
QUICK, SHARES = 50, 10
ALL = int(os.environ.get("SCANDIA_CORRUPTIONS", "10000"))  # CI asks for fewer
KEYS = ["file", "row", "hole", "column", "value", "rule", "message"]


@cache
def clean(seed):
    """A clean database and its outcome."""
    database = generate(seed)
    return database, run(database)


def fresh_rules(outcome, baseline):
    """Names of the rules of findings that the clean database has not."""
    old = set(map(tuple, baseline.checked.findings[KEYS].astype(str).to_numpy()))
    new = outcome.checked.findings[KEYS].astype(str).to_numpy()
    return {item[5] for item in map(tuple, new) if item not in old}


def numbers(outcome):
    """Every number that flows on, without the line numbers, which a moved row changes."""
    tables = {name: frame.drop(columns="row") for name, frame in outcome.checked.tables.items()}
    samples = outcome.samples.drop(columns="row")
    return {**tables, "stations": outcome.stations, "samples": samples}


def assert_same_numbers(outcome, baseline, name):
    theirs = numbers(baseline)
    for table, frame in numbers(outcome).items():
        columns = [column for column in frame if column in theirs[table]]
        order = [column for column in ("hole", "depth", "from", "sample") if column in columns]
        ours, expected = (part[columns].sort_values(order, ignore_index=True) for part in (frame, theirs[table]))
        pd.testing.assert_frame_equal(ours, expected, check_exact=True, obj=f"{name}: {table}")


def assert_accounted(outcome, name):
    """Rows in = rows used + rows excluded, each excluded row listed with its reason."""
    rows = outcome.checked.rows
    assert (rows["rows_in"] == rows["rows_used"] + rows["rows_excluded"]).all(), name
    listed = outcome.checked.excluded["table"].value_counts().reindex(rows["table"], fill_value=0)
    assert (listed.to_numpy() == rows["rows_excluded"].to_numpy()).all(), name
    assert (outcome.checked.excluded["reason"] != "").all(), name


def corrupt(number):
    """Carry out the corruption of a number, and check what became of it."""
    generator = np.random.default_rng([2026, number])
    names = [*CORRUPTIONS, *HARMLESS]
    name = names[number % len(names)]
    database, baseline = clean(int(generator.integers(DATABASES)))
    label = f"{name} (number {number})"
    if name in HARMLESS:
        outcome = run(HARMLESS[name](database, generator))
        assert not (outcome.checked.findings["severity"] == "error").any(), label
        assert_same_numbers(outcome, baseline, label)
    else:
        function, meant = CORRUPTIONS[name]
        outcome = run(function(database, generator))
        found = fresh_rules(outcome, baseline)
        assert found & set(meant), f"{label} is meant for {meant}, found by {sorted(found) or 'nothing'}"
    assert_accounted(outcome, label)


@pytest.mark.parametrize("seed", range(DATABASES))
def test_the_generated_databases_are_clean(seed):
    _, outcome = clean(seed)
    assert outcome.checked.findings.empty, outcome.checked.findings
    assert outcome.checked.excluded.empty and not outcome.refusal


def test_the_quick_share_of_corruptions():
    for number in range(QUICK):
        corrupt(number)


@pytest.mark.exhaustive
@pytest.mark.parametrize("share", range(SHARES))
def test_all_corruptions(share):
    for number in range(share * ALL // SHARES, (share + 1) * ALL // SHARES):
        corrupt(number)
