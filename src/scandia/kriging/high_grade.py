"""Restriction of high grades: beyond an ellipsoid of its own a sample above the threshold counts for less, or not at all."""

from typing import Literal

from scandia.errors import SettingError
from scandia.settings import setting, settings


@settings
class HighGrade:
    """What becomes of a variable's samples above a threshold where they lie far from the block."""

    threshold: float = setting("Grades above this are restricted, in grade units.")
    ranges: tuple[float, float, float] = setting(
        "Radii along major, semi-major and minor axis of the search within which such samples count in full, m.", each_gt=0
    )
    action: Literal["clamp", "drop"] = setting("Beyond them a sample counts as the threshold, or is not there.")
    reason: str = setting("Why; it stands in the report.")
    name: str = setting("Who decided it.")

    def __post_init__(self):
        """Refuse a restriction without reason and name."""
        for key in ("reason", "name"):
            if not getattr(self, key).strip():
                message = f"HighGrade.{key} is empty; a restriction is the geologist's choice. Hint: write the {key} down"
                raise SettingError(message)
