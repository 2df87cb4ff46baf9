"""The search: a rotated ellipsoid and limits on samples, holes and octants, in any number of passes."""

from scandia.errors import SettingError
from scandia.settings import setting, settings


@settings
class Pass:
    """One pass. Filters act in this order: ellipsoid, distance with ties broken by sample order, holes, octants, samples."""

    ranges: tuple[float, float, float] = setting("Radii along major, semi-major and minor axis, m.", each_gt=0)
    min_samples: int = setting("Fewer samples leave the block to the next pass.", ge=1)
    max_samples: int = setting("At most this many samples, the nearest first.", ge=1, le=128)
    max_per_hole: int = setting("At most this many samples of one hole, the nearest first; 0 is no limit.", default=0, ge=0)
    min_holes: int = setting("Fewer holes leave the block to the next pass.", default=1, ge=1)
    max_per_octant: int = setting(
        "At most this many samples in one octant of the ellipsoid's axes, the nearest first; 0 is no limit.",
        default=0,
        ge=0,
        le=128,
    )
    min_octants: int = setting("Fewer octants with a sample leave the block to the next pass.", default=0, ge=0, le=8)
    azimuth: float | None = setting("Orientation of this pass, where it is not the search's: azimuth, degrees.", default=None)
    dip: float | None = setting("Dip of this pass, degrees.", default=None)
    rake: float | None = setting("Rake of this pass, degrees.", default=None)

    def __post_init__(self):
        """Refuse a pass that can never succeed, or whose orientation is half given."""
        if self.min_samples > self.max_samples:
            message = f"Pass.min_samples is {self.min_samples}; it must be at most max_samples, {self.max_samples}"
            raise SettingError(message)
        given = [angle is not None for angle in (self.azimuth, self.dip, self.rake)]
        if any(given) and not all(given):
            message = f"Pass.azimuth, dip, rake are {self.azimuth}, {self.dip}, {self.rake}; give all three of a pass, or none"
            raise SettingError(message)


@settings
class Search:
    """Orientation of the ellipsoid and its passes."""

    azimuth: float = setting("Right-hand-rule strike of the major-semi plane, degrees from grid north.", default=0.0)
    dip: float = setting("Dip of that plane to the right of the strike, degrees.", default=0.0)
    rake: float = setting("Rake of the major axis below the strike, degrees.", default=0.0)
    passes: tuple[Pass, ...] = setting("Passes in order; a block keeps the estimate of the first that succeeds.")

    def angles(self, item):
        """Azimuth, dip and rake, degrees, of one of the passes."""
        if item.azimuth is None:
            return self.azimuth, self.dip, self.rake
        return item.azimuth, item.dip, item.rake
