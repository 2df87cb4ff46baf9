"""The pictures of the studies before kriging: scatter matrix, trends, capping and contacts draw what their tables hold."""

import numpy as np
import pandas as pd
import pytest

from scandia.report.figures import capping, contacts, relations
from scandia.statistics.contacts import contact_table
from scandia.statistics.outliers import cap_curve, outlier_table
from scandia.statistics.settings import Cap, Contacts
from scandia.statistics.trends import trend_table

WORDS = {"label": "Cu", "unit": "%", "synthetic": True}
LABELS = {"a": "Upper zone", "b": "Lower zone"}


@pytest.fixture(scope="module")
def composites():
    random = np.random.default_rng(4)
    frame = pd.DataFrame(random.uniform(0.0, 100.0, (200, 3)), columns=["x", "y", "z"])
    frame = frame.assign(hole=[f"H{k % 10}" for k in range(200)], domain=np.where(np.arange(200) < 120, "a", "b"), length=2.0)
    frame["from"] = 2.0 * (np.arange(200) // 10)
    grade = random.lognormal(0.0, 0.5, 200)
    return frame.assign(to=frame["from"] + 2.0, weight=1.0, cu=grade, au=0.5 * grade + random.uniform(size=200))


def lines(panel, **kind):
    return [line for line in panel.lines if all(getattr(line, f"get_{key}")() == value for key, value in kind.items())]


def test_the_scatter_matrix_pairs_every_variable_with_every_other_by_domain(composites):
    figure = relations.scatter_matrix(composites, ["cu", "au"], names={"cu": "Cu (%)", "au": "Au"}, synthetic=True, labels=LABELS)
    below = figure.axes[2]
    for line, domain in zip(below.lines, ("a", "b"), strict=True):
        rows = composites[composites["domain"] == domain]
        np.testing.assert_array_equal(np.sort(line.get_xdata()), np.sort(rows["cu"]))
        np.testing.assert_array_equal(np.sort(line.get_ydata()), np.sort(rows["au"]))
    counted = sum(bar.get_height() for bar in figure.axes[3].patches)
    assert counted == len(composites)
    assert (below.get_xlabel(), below.get_ylabel()) == ("Cu (%)", "Au")
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["Upper zone", "Lower zone"]


def test_trends_are_drawn_along_three_axes_and_depth(composites):
    table = trend_table(composites, ["cu"])
    figure = relations.trends(table, "cu", labels=LABELS, **WORDS)
    assert [panel.get_xlabel().split(" (")[0] for panel in figure.axes] == [
        "Mine grid x", "Mine grid y", "Elevation", "Depth down the hole",
    ]  # fmt: skip
    for panel, axis in zip(figure.axes, ("x", "y", "z", "depth"), strict=True):
        rows = table[(table["axis"] == axis) & (table["domain"] == "b")]
        np.testing.assert_allclose(panel.lines[1].get_ydata(), rows["mean"])
        np.testing.assert_allclose(panel.lines[1].get_xdata(), (rows["lower"] + rows["upper"]) / 2)


def test_the_curve_of_caps_and_the_place_of_outliers(composites):
    curve = cap_curve(composites, ["cu"])
    figure = capping.cap_curves(curve, "cu", caps={"a": 2.0}, labels=LABELS, **WORDS)
    rows = curve[curve["domain"] == "a"]
    variation, removed = figure.axes[0], figure.axes[1]
    np.testing.assert_allclose(variation.lines[0].get_ydata(), rows["cv"])
    np.testing.assert_allclose(removed.lines[0].get_ydata(), 100.0 * rows["metal_removed"])
    assert set(variation.lines[1].get_xdata()) == {2.0}
    assert len(figure.axes[2].lines) == 1  # no cap in the other domain, no line
    found = outlier_table(composites, ["cu"], {"a": {"cu": Cap(value=2.0, reason="test", who="test")}})
    figure = capping.outliers(found, composites, "cu", **WORDS)
    np.testing.assert_allclose(figure.axes[0].collections[0].get_offsets(), found[["x", "y"]])
    np.testing.assert_allclose(figure.axes[1].collections[0].get_offsets(), found[["y", "z"]])


def test_contacts_show_both_sides_with_the_number_of_samples(composites):
    rows = [(f"H{hole}", k, k + 1.0, "a" if k < 10 else "b", 1.0 + (k >= 10)) for hole in range(5) for k in range(20)]
    samples = pd.DataFrame(rows, columns=["hole", "from", "to", "domain", "cu"]).assign(length=1.0)
    table = contact_table(samples, ["cu"], Contacts(step=2.0, reach=6.0))
    panel = contacts.contacts(table, "cu", labels=LABELS, **WORDS).axes[0]
    left, right = panel.lines[:2]
    assert (left.get_xdata() < 0).all()
    assert (right.get_xdata() > 0).all()
    np.testing.assert_allclose(left.get_ydata(), 1.0)
    np.testing.assert_allclose(right.get_ydata(), 2.0)
    assert [int(text.get_text()) for text in panel.texts] == table.sort_values("distance_from")["n"].tolist()
    assert min(text.get_fontsize() for text in panel.texts) >= 9
