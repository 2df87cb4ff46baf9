"""The search: a rotated ellipsoid and limits on samples and holes, in one or more passes."""

from scandia.settings import setting, settings


@settings
class Pass:
    """One pass. Filters act in this order: ellipsoid, distance with ties broken by sample order, holes, samples."""

    ranges: tuple[float, float, float] = setting("Radii along major, semi-major and minor axis, m.", each_gt=0)
    min_samples: int = setting("Fewer samples leave the block to the next pass.", ge=1)
    max_samples: int = setting("At most this many samples, the nearest first.", ge=1, le=128)
    max_per_hole: int = setting("At most this many samples of one hole; 0 is no limit.", default=0, ge=0)
    min_holes: int = setting("Fewer holes leave the block to the next pass.", default=1, ge=1)


@settings
class Search:
    """Orientation of the ellipsoid and its passes."""

    azimuth: float = setting("Right-hand-rule strike of the major-semi plane, degrees from grid north.", default=0.0)
    dip: float = setting("Dip of that plane to the right of the strike, degrees.", default=0.0)
    rake: float = setting("Rake of the major axis below the strike, degrees.", default=0.0)
    passes: tuple[Pass, ...] = setting("Passes in order; a block keeps the estimate of the first that succeeds.")
