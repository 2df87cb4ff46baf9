"""The row of block parts of tests/validation, with diagnostics of kriging and a config section for reporting."""

import runpy
from pathlib import Path

import pytest

from scandia.drillholes.settings import Analyte
from scandia.resource.settings import Product, Reporting

build_parts = runpy.run_path(str(Path(__file__).parents[1] / "validation" / "conftest.py"))["build_parts"]


@pytest.fixture(scope="session")
def make_parts():
    """The function that builds a row of block parts."""
    return build_parts


@pytest.fixture(scope="session")
def reporting():
    """Reporting of scandium oxide in t and copper in kt at a cut-off of 100 g/t."""
    return Reporting(
        variable="scandium",
        cutoffs=(0.0, 50.0, 150.0, 200.0),
        base_cutoff=100.0,
        cutoff_basis="Assumed",
        products=(
            Product(variable="scandium", metal_unit="t", decimals=0),
            Product(variable="copper", metal_unit="kt", decimals=2),
        ),
        effective_date="2025-01-31",
    )


@pytest.fixture(scope="session")
def analytes():
    """Labels and units of the two products."""
    one = {"column": "a", "column_unit": "ppm"}
    return {
        "scandium": Analyte(label="Sc₂O₃", unit="g/t", species="Sc2O3", column_species="Sc", **one),
        "copper": Analyte(label="Cu", unit="%", species="Cu", column_species="Cu", **one),
    }
