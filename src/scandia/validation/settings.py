"""The config section of validation."""

from typing import Literal

from scandia.errors import SettingError
from scandia.settings import is_file_name, setting, settings
from scandia.validation.limits import Limits

Leave = Literal["sample", "hole", "fold", "campaign"]
Triple = tuple[int, int, int]
Cases = Literal["block_sizes", "max_samples", "max_per_hole", "discretisations", "search_factors"]
CASES = ("block_sizes", "max_samples", "max_per_hole", "discretisations", "search_factors")


@settings
class Direction:
    """A direction of swaths, beside the axes of the mine grid."""

    azimuth: float = setting("World azimuth, degrees clockwise from grid north.")
    dip: float = setting("Degrees; negative is down.", default=0.0, ge=-90, le=90)
    width: float = setting("Width of a slice across the direction, m.", gt=0)


@settings
class Neighbourhood:
    """The study of the kriging neighbourhood (QKNA): cases around the config, each kriged on a spread of blocks."""

    blocks: int = setting("Blocks of a domain that are kriged, spread over it.", default=60, ge=1, le=5000)
    block_sizes: tuple[float, ...] = setting("Sizes of blocks, times that of the grid.", default=(0.5, 1.0, 2.0), each_gt=0)
    max_samples: tuple[int, ...] = setting("Most samples of every pass.", default=(8, 12, 16, 20, 28, 40), each_ge=1, each_le=128)
    max_per_hole: tuple[int, ...] = setting("Most samples of one hole; 0 is no limit.", default=(3, 5, 0), each_ge=0)
    discretisations: tuple[Triple, ...] = setting(
        "Points per block along x, y, z.", default=((2, 2, 2), (3, 3, 3), (4, 4, 4), (6, 6, 6)), each_ge=1, each_le=8
    )
    search_factors: tuple[float, ...] = setting(
        "Radii of every pass, times those of the config.", default=(0.75, 1.0, 1.5), each_gt=0
    )
    crossed: tuple[Cases, ...] = setting(
        "Lists that `snakemake neighbourhood` crosses with each other, a job for each case; the others vary one at a time, as "
        "all do in the run itself.",
        default=("max_samples", "max_per_hole", "search_factors"),
    )
    enough: float = setting(
        "Share of the best slope found over `max_samples` that the recommended number must reach.", default=0.95, gt=0, le=1
    )
    stable: float = setting("Change of the block variance, share, below which a discretisation is enough.", default=0.01, gt=0)

    def __post_init__(self):
        """Refuse lists without a case, and points that the engine does not take."""
        for name in CASES:
            if not getattr(self, name):
                message = f"Neighbourhood.{name} is empty; it must name one value at least, the config's own"
                raise SettingError(message)
        wrong = [points for points in self.discretisations if not all(1 <= number <= 8 for number in points)]
        if wrong:
            message = f"Neighbourhood.discretisations has {list(wrong[0])}; it must be 1 to 8 points along each axis"
            raise SettingError(message)


@settings
class Validation:
    """Limits and slices of the checks of the model."""

    limits: Limits = setting("From where on each check warns and fails.", factory=Limits)
    swaths: tuple[float, float, float] = setting("Swath widths along x, y, z, m.", each_gt=0)
    directions: dict[str, Direction] = setting("Name to a further direction of swaths.", factory=dict)
    swath_composites: int = setting("Slices with fewer composites are drawn, not judged.", default=10, ge=1)
    cross_validation: tuple[Leave, ...] = setting(
        "What is left out with a composite when it is estimated from the others: itself, its whole hole, its part of space, or "
        "all that its campaign and later ones brought. Without campaigns in the collar table the last is passed over.",
        default=("sample", "hole", "fold", "campaign"),
    )
    judged: tuple[Leave, ...] = setting(
        "Ways of leaving out that are judged. Without itself alone a composite has neighbours in its own hole, which flatters; "
        "parts of space and campaigns ask for more than the model promises. They stand among the verdicts as not judged.",
        default=("hole",),
    )
    folds: int = setting(
        "Parts of space, slabs across the direction in which a domain's composites spread most.", default=5, ge=2
    )
    campaigns: tuple[str, ...] = setting(
        "Campaigns in the order of their drilling; empty: by their names, numbers in them as numbers, which is right for years "
        "and ISO dates.",
        default=(),
    )
    campaign_letters: int = setting(
        "How many first letters of a campaign count; 4 makes years of ISO dates. 0: all.", default=0, ge=0
    )
    sections: tuple[float, ...] = setting(
        "Mine-grid y of the sections that are drawn, m; empty: the fences with most estimated blocks, eight at most.", default=()
    )
    levels: tuple[float, ...] = setting(
        "Elevations of the plans that are drawn, m; empty: three, by the quantiles of the composites.", default=()
    )
    neighbourhood: Neighbourhood = setting("Study of the kriging neighbourhood.", factory=Neighbourhood)

    def __post_init__(self):
        """Refuse names given twice, judged ways that are not done, and names of directions that are no file names."""
        for name in ("cross_validation", "judged", "campaigns"):
            given = getattr(self, name)
            if len(set(given)) != len(given) or (name == "cross_validation" and not given):
                least = "one at least of sample, hole, fold and campaign, " if name == "cross_validation" else ""
                message = f"Validation.{name} is {list(given)}; it must name {least}each once"
                raise SettingError(message)
        missing = [leave for leave in self.judged if leave not in self.cross_validation]
        if missing:
            message = f"Validation.judged names {missing[0]!r}; it must be one of cross_validation, {list(self.cross_validation)}"
            raise SettingError(message)
        wrong = [name for name in self.directions if not is_file_name(name) or name in ("x", "y", "z")]
        if wrong:
            message = f"Validation.directions names {wrong[0]!r}; it must be letters, digits, '_' and '-', and none of x, y, z"
            raise SettingError(message)
