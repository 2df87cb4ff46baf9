"""Fixtures and profiles that all tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parents[1]
SHARED_DATA = PROJECT.parent / "shared" / "data"

settings.register_profile("scandia", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("scandia")


@pytest.fixture(scope="session")
def project():
    """The project's folder."""
    return PROJECT


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real databases and benchmark sets."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real databases and benchmark sets (../shared/data) are not on this machine")
    return SHARED_DATA


def pytest_collection_modifyitems(items):
    """Whole runs first: they take longest, and the other tests fill the time of the other worker."""
    items.sort(key=lambda item: item.get_closest_marker("endtoend") is None)
