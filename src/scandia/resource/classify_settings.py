"""The config section of classification."""

from typing import Literal

from scandia.domains.settings import SolidFile
from scandia.errors import SettingError
from scandia.settings import is_date, setting, settings

Named = Literal["measured", "indicated", "inferred"]


@settings
class HolesWithin:
    """So many holes within a distance, which is the distance to the so-manieth nearest hole."""

    count: int = setting("At least this many holes with a composite of the domain; never one.", ge=2)
    distance: float = setting("Within this distance of the centre of the block, m.", gt=0)


@settings
class ProductionError:
    """Largest relative error of the grade of what is produced in a period, by the normal approximation."""

    tonnes: float = setting("Production of the period, t.", gt=0)
    error: float = setting("Relative error, at most, share.", gt=0)
    confidence: float = setting("Two-sided confidence of the error.", default=0.9, gt=0, lt=1)
    independent: float = setting(
        "Parts of the production whose errors are independent of each other; 1, the most careful, takes the errors of all of its "
        "blocks for one.",
        default=1.0,
        ge=1,
    )


@settings
class ClassRule:
    """Conditions that a block part must keep to belong to a class; all that are given must hold."""

    resource_class: Named = setting("The class.")
    max_pass: int | None = setting("Estimated in this search pass or an earlier one.", default=None, ge=1)
    min_holes: int = setting("At least this many holes in the estimate; never one.", default=2, ge=2)
    max_distance: float | None = setting("Mean distance to the samples used, at most, m.", default=None, gt=0)
    holes_within: tuple[HolesWithin, ...] = setting("Holes of the domain within distances of the block.", default=())
    max_spacing: float | None = setting("Drill spacing at the block, at most, m.", default=None, gt=0)
    min_slope: float | None = setting("Slope of regression, at least.", default=None)
    min_efficiency: float | None = setting("Kriging efficiency, at least, share.", default=None, le=1)
    production: ProductionError | None = setting("Relative error over a production volume.", default=None)


@settings
class Untrusted:
    """Holes that count for no condition on holes and spacing of the higher classes; they stay in the estimate."""

    classes: tuple[Named, ...] = setting("Classes for which they do not count.", default=("measured", "indicated"))
    holes: tuple[str, ...] = setting("Names of holes.", default=())
    failed_quality: bool = setting("Holes with core of a batch that failed the quality control, too.", default=False)
    collar_only: bool = setting("Holes whose survey has one record, so that they are straight by assumption, too.", default=False)
    reason: str = setting("Why they do not count.")


@settings
class Smoothing:
    """Isolated blocks take the class of what surrounds them."""

    minimum_blocks: int = setting("Groups of fewer blocks of one class, joined by faces, are isolated.", ge=2)
    raise_classes: bool = setting(
        "Isolated blocks may take a more certain class, too; otherwise a less certain one only.", default=True
    )
    reason: str = setting("Why this size.")


@settings
class ClassOverride:
    """A class given by a person to the blocks whose centres lie in a polygon or a solid."""

    resource_class: Literal["measured", "indicated", "inferred", "unclassified"] = setting("The class.")
    polygon: tuple[tuple[float, float], ...] = setting("Corners on the map, m; closed by itself.", default=())
    coordinates: Literal["world", "local"] = setting(
        "Whose coordinates the corners have: easting, northing, or x, y.", default="world"
    )
    elevation: tuple[float, float] | None = setting("Lowest and highest centre, m; none: all.", default=None)
    solid: SolidFile | None = setting("A closed solid in place of a polygon.", default=None)
    domains: tuple[str, ...] = setting("Domains that it holds for; none: all.", default=())
    reason: str = setting("Why.")
    who: str = setting("Name of the person.")
    date: str = setting("Day of the decision, YYYY-MM-DD.")

    def __post_init__(self):
        """Refuse an override without a place, with two, or without a day."""
        if bool(self.polygon) == (self.solid is not None):
            message = (
                f"override: {'both polygon and solid' if self.polygon else 'neither polygon nor solid'} given; give one of them"
            )
            raise SettingError(message)
        if 0 < len(self.polygon) < 3:
            message = f"override.polygon has {len(self.polygon)} corners; it must have three at least"
            raise SettingError(message)
        if self.elevation is not None and self.elevation[0] > self.elevation[1]:
            message = f"override.elevation is {list(self.elevation)}; give the lowest first"
            raise SettingError(message)
        for name in ("reason", "who"):
            if not getattr(self, name).strip():
                message = f"override.{name} is empty; a class given by a person carries a name and a reason"
                raise SettingError(message)
        if not is_date(self.date):
            message = f"override.date is {self.date!r}; it must be a day of the calendar as YYYY-MM-DD"
            raise SettingError(message)


@settings
class Classification:
    """Rules in order, the first that holds gives the class; then smoothing, then what persons decided."""

    rules: tuple[ClassRule, ...] = setting("Rules from the most to the least certain class.")
    domains: dict[str, tuple[ClassRule, ...]] = setting("Domain to rules of its own, in place of all of `rules`.", factory=dict)
    reason: str = setting("Why these limits, in a sentence or two.")
    spacing_holes: int = setting("Nearest holes whose mean distance gives the drill spacing.", default=3, ge=2, le=20)
    untrusted: Untrusted | None = setting("Holes that do not count for higher classes.", default=None)
    smoothing: Smoothing | None = setting("Isolated blocks; none: they stay.", default=None)
    overrides: tuple[ClassOverride, ...] = setting(
        "Decisions of persons, in order; a later one goes over an earlier one.", default=()
    )

    def __post_init__(self):
        """Refuse rules of barred classes that could not tell which holes count, and more overrides than codes."""
        barred = self.untrusted.classes if self.untrusted is not None else ()
        for rules in (self.rules, *self.domains.values()):
            for rule in rules:
                if rule.resource_class in barred and not rule.holes_within and rule.max_spacing is None:
                    message = (
                        f"Classification.untrusted bars holes from {rule.resource_class}, but a rule of it asks for no "
                        "holes_within and no max_spacing, the conditions in which holes are told apart; give one of them"
                    )
                    raise SettingError(message)
        if len(self.overrides) > 40 or any(len(rules) > 60 for rules in (self.rules, *self.domains.values())):
            message = "Classification: at most 60 rules of a domain and 40 overrides can be told apart by their codes"
            raise SettingError(message)

    def rules_of(self, domain):
        """Rules of a domain."""
        return self.domains.get(domain, self.rules)
