"""The made-up tables of `samples.py`, and the figures drawn from them once."""

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def samples():
    spec = importlib.util.spec_from_file_location("report_samples", Path(__file__).with_name("samples.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def figures(samples):
    return samples.figures()


@pytest.fixture(scope="session")
def config(project):
    """The resolved config of the simulated default deposit, as the rules read it."""
    from scandia.config.load import resolve
    from scandia.io.plain import read_yaml

    return resolve(read_yaml(project / "config" / "config.yaml"))
