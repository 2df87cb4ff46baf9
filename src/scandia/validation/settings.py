"""The config section of validation."""

from scandia.settings import setting, settings


@settings
class Validation:
    """Limits and slices of the checks of the model."""

    bias_warning: float = setting("Global bias that is questionable, share.", default=0.05, gt=0)
    bias_failure: float = setting("Global bias that is not acceptable, share.", default=0.10, gt=0)
    swaths: tuple[float, float, float] = setting("Swath widths along x, y, z, m.", each_gt=0)
