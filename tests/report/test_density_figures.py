"""Pictures of densities draw what the table holds, and survive any name."""

import numpy as np
import pandas as pd

from scandia.blockmodel.density_regression import regress_density
from scandia.blockmodel.settings import DensityRegression, DensitySettings
from scandia.domains.settings import Domain, Domains, Implicit
from scandia.io.figures import png_bytes
from scandia.report.figures import density


def values():
    generator = np.random.default_rng(2)
    grade = generator.uniform(50, 300, 60)
    frame = pd.DataFrame({"domain": np.resize(["a", "b"], 60), "density": 3.0 + 0.001 * grade + 0.05 * generator.normal(size=60)})
    return frame.assign(sc2o3=grade, plausible=1, outlier=(np.arange(60) == 7).astype(int))


def test_densities_are_drawn_by_domain_with_outliers_as_crosses():
    labels = {"a": "Ore $x$", "b": "<b>"}
    figure = density.densities(values(), labels=labels, synthetic=True)
    drawn = sum(len(marks.get_offsets()) for marks in figure.axes[0].collections)
    assert drawn == 60
    assert png_bytes(figure)[:4] == b"\x89PNG"


def test_the_line_of_the_picture_is_that_of_the_table():
    implicit = Implicit(azimuth=0.0, dip=90.0, ratios=(1.0, 1.0, 1.0), reach=10.0)
    domains = Domains(
        domains={"a": Domain(code=1, label="A", lithology=("A",)), "b": Domain(code=2, label="B", lithology=("B",))},
        implicit=implicit,
    )
    settings = DensitySettings(method="mean", regression=DensityRegression(analyte="sc2o3"))
    lines = regress_density(values(), domains, settings)
    figure = density.regression(values(), lines, confidence=0.95, label="Sc₂O₃", unit="g/t", labels={}, synthetic=False)
    for panel, row in zip(figure.axes, lines.to_dict("records"), strict=True):
        grade, shown = panel.lines[0].get_data()
        np.testing.assert_allclose(shown, row["intercept"] + row["slope"] * grade)
    png_bytes(figure)
