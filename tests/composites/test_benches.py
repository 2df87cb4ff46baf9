"""Benches, policies and density: lengths and metal by hand, and Babbitt's 54,189 composites."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from scandia.composites.density import with_density
from scandia.composites.length import composite, conservation
from scandia.composites.lengths import sample_lengths
from scandia.composites.members import members
from scandia.composites.settings import Compositing
from scandia.domains.flag import code_intervals
from scandia.domains.settings import Domain, Domains, Implicit
from scandia.drillholes.desurvey import desurvey
from scandia.errors import InputError, SettingError
from scandia.geometry.minegrid import MineGrid


def settings(**changes):
    return Compositing(**{"length": 10.0, "residual": "keep", "unsampled": "missing"} | changes)


def stations(dip=-90.0, elevation=103.0, depth=200.0):
    """One straight hole towards the north."""
    collar = pd.DataFrame({"hole": ["A"], "easting": 0.0, "northing": 0.0, "elevation": elevation, "depth": depth})
    return desurvey(collar, pd.DataFrame({"hole": ["A"], "depth": [0.0], "azimuth": [0.0], "dip": [dip]}))


def table(rows):
    frame = pd.DataFrame(rows, columns=["from", "to", "domain", "grade"]).assign(hole="A", other=1.0)
    return frame.assign(length=frame["to"] - frame["from"], row=np.where(frame["grade"].isna(), -1, np.arange(2, len(frame) + 2)))


def run(rows, dip=-90.0, **changes):
    intervals = table(rows)
    found = composite(intervals, settings(**changes), ["grade"], stations(dip), MineGrid())
    return intervals, found


def test_a_vertical_hole_is_parted_at_the_floors_of_the_benches():
    _, found = run([(0.0, 30.0, "ore", 4.0), (30.0, 45.0, "ore", 1.0)], method="bench")
    assert found["from"].tolist() == pytest.approx([0.0, 3.0, 13.0, 23.0, 33.0, 43.0], abs=1e-5)
    assert found["to"].iloc[-1] == 45.0
    assert found["grade"].tolist() == pytest.approx([4.0, 4.0, 4.0, (7 * 4 + 3 * 1) / 10, 1.0, 1.0], abs=1e-5)


def test_an_inclined_hole_has_longer_benches_and_another_level_shifts_them():
    _, found = run([(0.0, 100.0, "ore", 1.0)], dip=-30.0, method="bench", bench_level=3.0)
    assert found["length"].to_numpy() == pytest.approx(20.0, abs=1e-5)  # 10 m over sin 30


@pytest.mark.parametrize(
    ("residual", "lengths"),
    [("keep", [3.0, 10.0, 10.0, 2.0]), ("merge", [13.0, 12.0]), ("drop", [10.0, 10.0])],
)
def test_residuals_of_benches(residual, lengths):
    intervals, found = run([(0.0, 25.0, "ore", 2.0)], method="bench", residual=residual)
    assert found["length"].tolist() == pytest.approx(lengths, abs=1e-5)
    inside = members(intervals, found)
    assert inside.groupby("composite")["length"].sum().tolist() == pytest.approx(lengths, abs=1e-5)
    account = conservation(intervals, found, ["grade"], settings(method="bench", residual=residual)).iloc[0]
    assert account["length_dropped"] == pytest.approx(25.0 - sum(lengths), abs=1e-5)
    assert abs(account["difference"]) < 1e-9


@profile(max_examples=25)
@given(
    st.lists(st.tuples(st.floats(0.3, 9.0), st.sampled_from(["ore", "ore", "rim", "outside"]), st.floats(0.0, 50.0)), min_size=1),
    st.sampled_from(["keep", "merge", "drop"]),
    st.sampled_from(["length", "bench"]),
    st.floats(-90.0, -5.0),
)
def test_length_and_metal_are_conserved(pieces, residual, method, dip):
    depth = np.cumsum([0.0, *(length for length, _, _ in pieces)])
    rows = [(depth[k], depth[k + 1], domain, grade) for k, (_, domain, grade) in enumerate(pieces)] + [
        (depth[-1], depth[-1] + 1, "ore", 1.0)
    ]
    intervals = table(rows)
    chosen = settings(residual=residual, method=method, minimum_share=0.3)
    found = composite(intervals, chosen, ["grade"], stations(dip), MineGrid())
    account = conservation(intervals, found, ["grade"], chosen)
    scale = max((intervals["length"] * intervals["grade"]).sum(), 1.0)
    assert (account["difference"].abs() < 1e-9 * scale).all()
    assert (account["length_difference"].abs() < 1e-9 * depth[-1]).all()


@pytest.mark.parametrize("residual", ["keep", "merge", "drop"])
def test_a_run_that_spans_too_little_height_is_dropped_where_the_config_says_so(residual):
    intervals = table([(0.0, 20.0, "ore", 4.0), (20.0, 21.0, "rim", 9.0), (21.0, 41.0, "ore", 2.0)])
    chosen = settings(method="bench", residual=residual, short_runs="drop")
    found = composite(intervals, chosen, ["grade"], stations(-90.0), MineGrid())
    assert set(found["domain"]) == {"ore"}
    rim = conservation(intervals, found, ["grade"], chosen).set_index("domain").loc["rim"]
    assert (rim["runs_dropped"], rim["length_runs_dropped"], rim["metal_dropped"]) == (1, pytest.approx(1.0), pytest.approx(9.0))


HOLED = [(0.0, 5.0, "ore", 4.0), (5.0, 10.0, "ore", np.nan), (10.0, 20.0, "ore", 2.0)]


@pytest.mark.parametrize(
    ("changes", "grades", "coverage"),
    [
        ({"unsampled": "missing"}, [4.0, 2.0], [0.5, 1.0]),
        ({"unsampled": "zero"}, [2.0, 2.0], [1.0, 1.0]),
        ({"unsampled": "value", "values": {"grade": 1.0}}, [2.5, 2.0], [1.0, 1.0]),
        ({"unsampled": "exclude"}, [4.0, 2.0], [1.0, 1.0]),
    ],
)
def test_what_nobody_assayed_follows_the_policy(changes, grades, coverage):
    intervals, found = run(HOLED, **changes)
    assert found["grade"].tolist() == pytest.approx(grades)
    assert found["grade_coverage"].tolist() == pytest.approx(coverage)
    account = conservation(intervals, found, ["grade"], settings(**changes)).iloc[0]
    assert abs(account["difference"]) < 1e-9
    assert account["length_dropped"] == pytest.approx(5.0 if changes["unsampled"] == "exclude" else 0.0)
    assert members(intervals, found)["length"].sum() == pytest.approx(found["length"].sum())


def test_one_analyte_that_was_not_determined_follows_its_own_policy():
    intervals = table([(0.0, 5.0, "ore", 4.0), (5.0, 10.0, "ore", 8.0)]).assign(other=[np.nan, 6.0])
    grades = {}
    for policy in ("missing", "zero", "value"):
        chosen = settings(undetermined=policy, values={"grade": 9.0, "other": 2.0})
        grades[policy] = composite(intervals, chosen, ["grade", "other"], stations(), MineGrid())["other"].iloc[0]
    assert grades == {"missing": pytest.approx(6.0), "zero": pytest.approx(3.0), "value": pytest.approx(4.0)}
    with pytest.raises(SettingError, match="no grade of other"):
        composite(intervals, settings(undetermined="value", values={"grade": 1.0}), ["grade", "other"], stations(), MineGrid())


def test_density_weighs_by_hand():
    intervals = table([(0.0, 4.0, "ore", 10.0), (4.0, 10.0, "ore", 0.0), (10.0, 20.0, "ore", 5.0)])
    measured = pd.DataFrame({"hole": "A", "from": [1.0, 5.0], "to": [2.0, np.nan], "density": [4.0, 2.0]})
    dense = with_density(intervals, measured)
    assert dense["density"].tolist() == pytest.approx([4.0, 2.0, (4 * 4 + 6 * 2) / 10])
    chosen = settings(weighting="density")
    found = composite(dense, chosen, ["grade"], stations(), MineGrid())
    assert found["grade"].tolist() == pytest.approx([160 / 28, 5.0])
    assert found["grade_density"].tolist() == pytest.approx([2.8, 2.8])
    account = conservation(dense, found, ["grade"], chosen).iloc[0]
    assert account["metal_before"] == pytest.approx(160 + 140)
    assert abs(account["difference"]) < 1e-9
    with pytest.raises(InputError, match="no plausible measurement"):
        with_density(intervals, measured.assign(density=9.9))


def test_the_recommended_length_holds_whole_samples():
    rows = [(2.0 * k, 2.0 * k + 2.0, "ore", 1.0) for k in range(20)] + [(40.0, 44.0, "ore", 1.0)]
    found = sample_lengths(table(rows), 3.0).set_index("domain").loc["all"]
    assert (found["n"], found["mode"], found["recommended"]) == (21, 2.0, 4.0)  # 4 of 44 m lie in the longer sample
    assert found["longer"] == pytest.approx(4 / 44)


def test_babbitt_has_its_54189_composites_of_ten_feet(shared_data):
    folder = shared_data / "babbitt"
    assay = pd.read_csv(folder / "assay_BABBITT.csv", dtype={"BHID": str}).rename(
        columns={"BHID": "hole", "FROM": "from", "TO": "to", "CU": "cu"}
    )
    assay = assay[["hole", "from", "to", "cu"]].assign(row=np.arange(2, len(assay) + 2))
    end = assay.groupby("hole")["to"].max().rename("depth").reset_index()
    logged = end.rename(columns={"depth": "to"}).assign(**{"from": 0.0, "lithology": "ALL"})
    collar = end.assign(easting=0.0, northing=0.0, elevation=0.0)
    domains = Domains(
        domains={"rock": Domain(code=1, label="Rock", lithology=("ALL",))},
        implicit=Implicit(azimuth=0.0, dip=0.0, ratios=(1.0, 1.0, 1.0), reach=1.0),
    )
    coded = code_intervals(assay, logged, collar, domains, ["cu"])
    straight = desurvey(collar, end[["hole"]].assign(depth=0.0, azimuth=0.0, dip=-90.0))
    chosen = settings(residual="drop", minimum_share=0.5, unsampled="zero")
    found = composite(coded, chosen, ["cu"], straight, MineGrid())
    assert len(found) == 54189
    last = found.iloc[-1] if found["hole"].iloc[-1] == "RMC-66313" else found[found["hole"] == "RMC-66313"].iloc[-1]
    assert (last["from"], last["to"], last["length"]) == (1010.0, pytest.approx(1017.0), pytest.approx(7.0))
    assert len(composite(coded, settings(residual="keep", unsampled="zero"), ["cu"], straight, MineGrid())) == 54309
