"""Picture and words of the comparison hold what its table holds."""

import pandas as pd
import pytest

from scandia.report.albums.reconciliation import reconciliation_album
from scandia.report.figures.reconciliation import waterfall_figure
from scandia.report.words import paragraphs
from scandia.resource.reconcile import waterfall


@pytest.fixture(scope="module")
def table():
    def tonnage(tonnes, grade):
        rows = [("indicated", "all", 100.0, tonnes, grade, tonnes * grade / 1e6, 0.0)]
        return pd.DataFrame(rows, columns=["class", "domain", "cutoff", "tonnage", "g", "g_metal", "g_missing"])

    given = {"previous": (4e6, 250.0), "drilling": (6e6, 260.0), "domains": (6e6, 260.0), "economics": (5e6, 280.0)}
    named = {name: ("new drilling" if name == "drilling" else name, name) for name in given}
    return waterfall({name: tonnage(*one) for name, one in given.items()}, dict.fromkeys(given, 100.0), named, "g", "g/t")


def test_bars_run_from_the_previous_estimate_to_the_present_one(table):
    figure = waterfall_figure(table, resource="Measured + Indicated", synthetic=True)
    tonnes = figure.axes[0]
    bars = [(bar.get_x(), bar.get_width()) for bar in tonnes.patches]
    assert bars == [(0, 4), (0, 5), (4, 2), (6, 0), (6, -1)]
    assert [label.get_text() for label in tonnes.get_yticklabels()] == [
        "previous",
        "new drilling",
        "domains",
        "economics",
        "present",
    ]
    assert [text.get_text() for text in tonnes.texts] == ["4.00", "5.00", "+2.00", "0", "−1.00"]
    assert figure.axes[1].get_xlim()[0] > 0 and tonnes.get_xlim()[0] == 0


def test_a_resource_without_tonnes_has_no_picture(table):
    drawings = reconciliation_album(table, previous="Then", synthetic=False)
    assert [drawing.name for drawing in drawings] == ["waterfall_measured_indicated"]


def test_causes_are_told_with_their_shares(table):
    config = {"previous": {"title": "Then", "source": "ASSUMED."}}
    said = paragraphs("reconcile", config, {"reconcile/waterfall.csv": table})
    assert said[0] == "The previous estimate: Then. Its settings: ASSUMED."
    assert "Tonnage of Measured + Indicated: +25.0 % (new drilling +50.0 %, economics -25.0 %)." in said
    assert "Tonnage of Inferred: one of the two estimates has none to compare." in said
    assert paragraphs("reconcile", {}, {}) == ()
