"""Settings describe, bound and check their own keys."""

import dataclasses

import pytest

from scandia.errors import SettingError
from scandia.settings import setting, settings


@settings
class Example:
    """An example."""

    lag: float = setting("Lag, m.", gt=0)
    ranges: tuple[float, float] = setting("Ranges, m.", default=(1.0, 2.0), each_ge=1)

    def __post_init__(self):
        if self.ranges[0] > self.ranges[1]:
            raise SettingError("ranges must not fall")


def test_settings_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Example(lag=1.0).lag = 2.0


def test_settings_take_keywords_only():
    with pytest.raises(TypeError):
        Example(1.0)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"lag": 0}, "Example.lag is 0; it must be above 0"),
        ({"lag": 1, "ranges": (1.0, 0.5)}, "Example.ranges is 0.5; it must be at least 1"),
        ({"lag": 1, "ranges": (3.0, 2.0)}, "ranges must not fall"),
    ],
)
def test_values_out_of_bounds_are_refused_by_name(values, words):
    with pytest.raises(SettingError, match=words):
        Example(**values)
