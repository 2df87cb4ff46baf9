"""The config sections of the checks: their limits, which of them are ignored and why, and how holes are desurveyed."""

import difflib
from typing import Literal

from scandia.drillholes.rules import NEVER, RULES
from scandia.errors import SettingError
from scandia.settings import DATE_MEANING, check_decision, setting, settings


@settings
class Ignored:
    """Why a check is switched off, and who says so; both stand in the findings and in the report."""

    reason: str = setting("Why its findings do no harm here.")
    who: str = setting("Name of the person who decided.")
    date: str | None = setting(DATE_MEANING, default=None)

    def __post_init__(self):
        check_decision(self, "reason", "who")


@settings
class Checks:
    """Limits of the checks; what lies beyond is a finding. docs/checks.md says of every check what it finds and why."""

    ignored: dict[str, Ignored] = setting(
        "Checks that are switched off, by name, each with a reason and a name. Their findings stay in the table, as ignored; "
        "rows that no step can use are left out all the same (docs/checks.md).",
        factory=dict,
    )
    depth_tolerance: float = setting(
        "Differences of depth up to this are rounding, in every check and every step, m.", default=0.01, ge=0
    )
    dogleg_limit: float = setting("Largest change of direction, degrees per 30 m.", default=15.0, gt=0)
    collar_distance: float = setting("Collars closer than this are near-duplicates, m.", default=1.0, ge=0)
    twin_distance: float = setting("Parallel holes whose collars are closer than this are twins, m.", default=10.0, ge=0)
    topography_tolerance: float = setting("Largest difference of collar and ground elevation, m.", default=5.0, gt=0)
    extent: tuple[float, float, float, float] | None = setting(
        "Smallest and largest easting, smallest and largest northing of the collars, m; unknown where null.", default=None
    )
    survey_spacing: float = setting(
        "A stretch between two survey records is noted where it is longer than this many times the usual spacing of the table.",
        default=1.5,
        gt=1,
    )
    repeated_share: float = setting(
        "Share of the values of an analyte that one number may have before it is a spike.", default=0.05, gt=0, lt=1
    )
    sum_tolerance: float = setting(
        "Largest difference of a reported sum and its parts, and of all parts of a sample above 100 %, as a share.",
        default=0.02,
        gt=0,
    )
    sums: dict[str, tuple[str, ...]] = setting("Reported sums that are checked: analyte to the analytes it sums.", factory=dict)
    lost_core: tuple[str, ...] = setting("Logged codes that mean lost core or a void; gaps there are named so.", default=())
    control_names: tuple[str, ...] = setting(
        "Words that begin the names of control samples; a row of the assay table with such a hole or sample is suspect.",
        default=("OREAS", "CRM", "STD", "STANDARD", "BLK", "BLANK", "DUP"),
    )

    def __post_init__(self):
        for name in self.ignored:
            if name not in RULES:
                near = difflib.get_close_matches(name, list(RULES), n=1)
                hint = f" Did you mean {near[0]!r}?" if near else ""
                message = f"Checks.ignored names {name!r}, which is no check.{hint} docs/checks.md lists all of them"
                raise SettingError(message)
            if RULES[name].ignored == NEVER:
                message = f"Checks.ignored names {name!r}; without what it asks for no step can go on, so it cannot be ignored"
                raise SettingError(message)
        if self.extent is not None and not (self.extent[0] < self.extent[1] and self.extent[2] < self.extent[3]):
            message = f"Checks.extent is {list(self.extent)}; give easting low, high, northing low, high"
            raise SettingError(message)


DEPTH_TOLERANCE = Checks().depth_tolerance  # m; what the stages take where they are called without the config's


@settings
class Desurvey:
    """How positions along the holes are computed from the survey records."""

    method: Literal["minimum_curvature", "balanced_tangential", "tangential"] = setting(
        "minimum_curvature: arcs between the records. balanced_tangential: half of each leg along the record above, half along "
        "the one below. tangential: each leg along the record above it.",
        default="minimum_curvature",
    )
