"""The config section of validation."""

from typing import Literal

from scandia.errors import SettingError
from scandia.settings import setting, settings


@settings
class Validation:
    """Limits and slices of the checks of the model."""

    bias_warning: float = setting("Global bias that is questionable, share.", default=0.05, gt=0)
    bias_failure: float = setting("Global bias that is not acceptable, share.", default=0.10, gt=0)
    swaths: tuple[float, float, float] = setting("Swath widths along x, y, z, m.", each_gt=0)
    cross_validation: tuple[Literal["sample", "hole", "fold"], ...] = setting(
        "What is left out with a composite when it is estimated from the others: itself, its whole hole, or its part of space.",
        default=("sample", "hole"),
    )
    folds: int = setting(
        "Parts of space, slabs across the direction in which a domain's composites spread most.", default=5, ge=2
    )

    def __post_init__(self):
        """Refuse a way of leaving out that is named twice, or none at all."""
        if len(set(self.cross_validation)) != len(self.cross_validation) or not self.cross_validation:
            message = (
                f"Validation.cross_validation is {list(self.cross_validation)}; it must name one at least of sample, hole and "
                "fold, each once"
            )
            raise SettingError(message)
