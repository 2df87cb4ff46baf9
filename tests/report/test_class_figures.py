"""Pictures of classes in plan, drill spacing, sensitivities and trials show what their tables hold."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import QuadMesh

from scandia.report.figures.class_maps import class_plan, spacing_field
from scandia.report.figures.sensitivity import tornado
from scandia.report.figures.trials import bias_of_seeds, coverage_of_seeds
from scandia.resource.sensitivity import rank_sensitivities
from scandia.trials.columns import COLUMNS
from scandia.trials.summary import summarise_trials


@pytest.fixture(scope="module")
def place(samples):
    model = samples.blocks()
    spacing = model["tonnage"].where(model["tonnage"] > 0) * 0.0 + 40.0 + model["y"] / 10.0
    return model.assign(drill_spacing=spacing), samples.stations(samples.collar()), samples.MINE_GRID


@pytest.fixture(scope="module")
def ranked():
    def table(factor):
        rows = [(name, "all", 100.0, factor * 100.0, 200.0, factor, 0.0) for name in ("measured", "indicated", "inferred")]
        return pd.DataFrame(rows, columns=["class", "domain", "cutoff", "tonnage", "g", "g_metal", "g_missing"])

    given = {"base": 1.0, "search_down": 0.98, "search_up": 1.01, "domain_down": 0.9, "domain_up": 1.2}
    named = {name: (name.split("_")[0], name) for name in given}
    return rank_sensitivities({name: table(one) for name, one in given.items()}, dict.fromkeys(given, 100.0), named, "g")


@pytest.fixture(scope="module")
def trials():
    rng, rows = np.random.default_rng(3), []
    for seed in range(20):
        for variogram in ("true", "fitted"):
            for level in (50, 80, 90, 95):
                cover = level / 100 - (0.03 if variogram == "fitted" else 0.0) + rng.normal(0, 0.01)
                rows.append((seed, variogram, "estimate", "all", np.nan, f"coverage_{level}", cover, 100))
            rows.append((seed, variogram, "estimate", "all", np.nan, "relative_bias", rng.normal(0, 0.03), 1))
            rows += [(seed, variogram, "estimate", "all", cut, "grade_error", 0.1, 1) for cut in (0.0, 150.0)]
    return pd.DataFrame(rows, columns=COLUMNS)


@pytest.fixture(scope="module")
def drawn(place, ranked, trials):
    summary = summarise_trials(trials, 0.95)
    return {
        "plan": class_plan(*place, synthetic=True),
        "spacing": spacing_field(*place, synthetic=True),
        "tornado": tornado(ranked, resource="Inferred", synthetic=True),
        "coverage": coverage_of_seeds(summary),
        "bias": bias_of_seeds(trials, summary),
    }


@pytest.mark.parametrize("name", ["plan", "spacing", "tornado", "coverage", "bias"])
def test_each_says_synthetic_and_writes_no_small_text(drawn, name):
    drawn[name].draw_without_rendering()
    texts = [text for text in drawn[name].findobj(lambda one: hasattr(one, "get_fontsize")) if text.get_text().strip()]
    assert "SYNTHETIC" in [text.get_text() for text in texts]
    assert min(text.get_fontsize() for text in texts) >= 9


def test_the_plan_shows_the_class_with_most_tonnes_of_each_column(drawn, place):
    mesh = next(item for item in drawn["plan"].axes[0].collections if isinstance(item, QuadMesh))
    model = place[0]
    sums = np.stack([model["tonnage"].where(model["class"] == code, 0.0).sum("z").to_numpy() for code in range(4)])
    shown = np.ma.masked_array(mesh.get_array()).reshape(sums.shape[1:])
    np.testing.assert_array_equal(~np.ma.getmaskarray(shown), sums.max(axis=0) > 0)
    inside = sums.max(axis=0) > 0
    np.testing.assert_array_equal(shown.data[inside], sums.argmax(axis=0)[inside])


def test_the_spacing_stands_where_its_blocks_do(drawn, place):
    plan, section = (next(item for item in axes.collections if isinstance(item, QuadMesh)) for axes in drawn["spacing"].axes[:2])
    y = place[0]["y"].to_numpy()
    expected = 40.0 + y / 10.0
    shown = np.ma.masked_array(plan.get_array()).reshape(y.size, -1)
    known = ~np.ma.getmaskarray(shown)
    np.testing.assert_allclose(shown.data[known], np.broadcast_to(expected[:, None], shown.shape)[known])
    down = np.ma.masked_array(section.get_array()).reshape(-1, y.size)
    known = ~np.ma.getmaskarray(down)
    np.testing.assert_allclose(down.data[known], np.broadcast_to(expected, down.shape)[known])


def test_the_choice_that_moves_most_stands_on_top_and_bars_are_as_long_as_their_shares(drawn):
    panel = drawn["tornado"].axes[0]
    assert [label.get_text() for label in panel.get_yticklabels()] == ["domain", "search"]
    assert panel.yaxis_inverted()
    assert sorted(round(bar.get_width(), 6) for bar in panel.patches) == [-10.0, -2.0, 1.0, 20.0]
