"""Domains of the model against true ones: a block worked by hand, and tables that add up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scandia.validation.confusion import domain_confusion

VOLUME = 500.0


def as_dict(table):
    return {(row.domain, row.true_domain): row.volume / VOLUME for row in table.itertuples()}


def test_a_mixed_block_agrees_as_far_as_it_can(make_parts):
    model = make_parts({"ore": {"fraction": [0.6]}, "waste": {"fraction": [0.2]}})
    truth = make_parts({"ore": {"fraction": [0.4]}, "waste": {"fraction": [0.6]}})
    found = as_dict(domain_confusion(model, truth))
    # common: ore 0.4, waste 0.2; left of the model: ore 0.2 and outside 0.2, left of the truth: waste 0.4
    expected = {("ore", "ore"): 0.4, ("waste", "waste"): 0.2, ("ore", "waste"): 0.2, ("outside", "waste"): 0.2}
    assert found == pytest.approx(expected)


def test_a_domain_that_only_the_truth_knows_has_its_column(make_parts):
    model = make_parts({"ore": {"fraction": [1.0, 0.0]}})
    truth = make_parts({"ore": {"fraction": [0.5, 0.0]}, "dyke": {"fraction": [0.5, 1.0]}})
    table = domain_confusion(model, truth)
    assert as_dict(table) == pytest.approx({("ore", "ore"): 0.5, ("ore", "dyke"): 0.5, ("outside", "dyke"): 1.0})
    row = table[(table["domain"] == "ore") & (table["true_domain"] == "dyke")].iloc[0]
    assert row["share"] == pytest.approx(0.5) and row["true_share"] == pytest.approx(1 / 3)


def test_air_is_nobodys(make_parts):
    model = make_parts({"ore": {"fraction": [0.5]}})
    model["ground"] = model["fraction"].sum("domain")
    assert as_dict(domain_confusion(model, model)) == pytest.approx({("ore", "ore"): 0.5})


shares = st.lists(st.tuples(*[st.floats(0, 0.5)] * 4), min_size=1, max_size=6)


@given(blocks=shares)
def test_rows_add_to_the_model_and_columns_to_the_truth(make_parts, blocks):
    ore, waste, true_ore, true_waste = np.array(blocks).T
    model = make_parts({"ore": {"fraction": ore}, "waste": {"fraction": waste}})
    truth = make_parts({"ore": {"fraction": true_ore}, "waste": {"fraction": true_waste}})
    table = domain_confusion(model, truth)
    for dataset, column in ((model, "domain"), (truth, "true_domain")):
        for i, name in enumerate(("ore", "waste")):
            volume = table.loc[table[column] == name, "volume"].sum()
            assert volume == pytest.approx(dataset["fraction"].values[i].sum() * VOLUME, abs=1e-6)
    assert table["volume"].sum() == pytest.approx(len(blocks) * VOLUME)
