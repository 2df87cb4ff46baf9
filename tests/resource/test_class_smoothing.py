"""Smoothing of classes: what is isolated, what it becomes, and that doing it twice changes nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.ndimage import label

from scandia.resource.classify import classify
from scandia.resource.classify_settings import Classification, ClassRule, Smoothing
from scandia.resource.classify_smooth import smooth_classes
from scandia.resource.classify_tables import move_table

FIELDS = arrays(np.int8, (3, 5, 6), elements=st.integers(0, 3))


def smooth(ranks, least, *, may_rise=True, chosen=None):
    ranks = np.asarray(ranks)
    chosen = np.ones(ranks.shape, dtype=bool) if chosen is None else chosen
    return smooth_classes(ranks, chosen, Smoothing(minimum_blocks=least, raise_classes=may_rise, reason="r"))


def test_a_spot_takes_the_class_around_it():
    ranks = np.full((1, 5, 5), 2)
    ranks[0, 2, 2] = 1
    assert (smooth(ranks, 2) == 2).all()
    assert (smooth(np.where(ranks == 2, 1, 2), 2) == 1).all()  # and up
    np.testing.assert_array_equal(smooth(np.where(ranks == 2, 1, 2), 2, may_rise=False), np.where(ranks == 2, 1, 2))


def test_of_equal_shares_the_less_certain_class_is_taken():
    assert smooth([[[0, 0, 1, 2, 2]]], 2).tolist() == [[[0, 0, 2, 2, 2]]]


def test_blocks_that_touch_by_an_edge_only_are_apart():
    assert (smooth([[[1, 2], [2, 1]]], 2) == 2).all()


def test_what_takes_no_part_neither_changes_nor_surrounds():
    chosen = np.array([[[True, False, True, True]]])
    assert smooth([[[1, 2, 2, 2]]], 2, chosen=chosen).tolist() == [[[1, 2, 2, 2]]]


@settings(max_examples=60)
@given(FIELDS, arrays(bool, (3, 5, 6), elements=st.sampled_from([True, True, True, False])), st.integers(2, 9), st.booleans())
def test_smoothing_is_idempotent_and_leaves_no_small_group_that_could_change(ranks, chosen, least, may_rise):
    once = smooth(ranks, least, may_rise=may_rise, chosen=chosen)
    np.testing.assert_array_equal(smooth(once, least, may_rise=may_rise, chosen=chosen), once)
    np.testing.assert_array_equal(once[~chosen], ranks[~chosen])
    if may_rise:
        pieces, count = label(chosen)
        for piece in range(1, count + 1):
            groups = [label((pieces == piece) & (once == rank))[0] for rank in range(4)]
            sizes = [size for one in groups for size in np.bincount(one.ravel())[1:]]
            assert len(sizes) == 1 or min(sizes) >= least


def test_the_law_of_one_hole_stands_against_smoothing_and_the_table_tells_what_moved(make_parts):
    columns = {
        "fraction": [1.0] * 6, "grade": [200.0] * 6, "grade_pass": [1] * 6,
        "grade_holes": [3, 3, 1, 2, 3, 3], "grade_mean_distance": [10.0, 10.0, 10.0, 10.0, 60.0, 10.0],
    }  # fmt: skip
    chosen = Classification(
        rules=(ClassRule(resource_class="indicated", min_holes=3, max_distance=50.0), ClassRule(resource_class="inferred")),
        reason="r",
        smoothing=Smoothing(minimum_blocks=2, reason="No spots"),
    )
    parts = classify(make_parts({"ore": columns}), chosen, "grade")
    assert parts["class_by_rules"].values.ravel().tolist() == [2, 2, 0, 3, 3, 2]
    assert parts["class"].values.ravel().tolist() == [2, 2, 0, 3, 3, 3]
    assert parts["class_reason"].values.ravel().tolist() == [1, 1, 127, 2, 2, 126]
    table = move_table(parts, chosen)
    moved = table[table["domain"] == "ore"]
    assert moved[["before", "after", "parts", "tonnage"]].to_numpy().tolist() == [["indicated", "inferred", 1, 1000.0]]
    totals = table[table["domain"] == "total"].set_index("before")
    assert totals["tonnage"].to_dict() == {"indicated": 2000.0, "inferred": 3000.0, "unclassified": 1000.0}
    assert totals.loc["indicated", "reason"] == "3,000 t before"
    with pytest.raises(Exception, match="at least 2"):
        Smoothing(minimum_blocks=1, reason="r")
