"""The config section of assay quality control."""

import re
from typing import Literal

from scandia.drillholes.settings import Table
from scandia.errors import SettingError
from scandia.settings import DATE_MEANING, check_decision, decided, setting, settings
from scandia.vocabulary import CONTROL_TYPES

RULES = {"one_two": "1-2s", "one_three": "1-3s", "two_two": "2-2s", "r_four": "R-4s", "four_one": "4-1s", "ten_mean": "10-x"}
ORDER = ("date", "batch", "sequence", "sample")
Consequence = Literal["fail", "warning", "off"]


@settings
class Certified:
    """A certified value of one analyte in one reference material, in the unit of the assay column."""

    value: float = setting("Certified value.", gt=0)
    deviation: float = setting("Certified standard deviation.", gt=0)


@settings
class RunRules:
    """Westgard's rules for the results of one reference material in order of analysis, and what each of them does."""

    one_two: Consequence = setting("1-2s: one beyond the warning deviations.", default="warning")
    one_three: Consequence = setting("1-3s: one beyond the failure deviations.", default="fail")
    two_two: Consequence = setting("2-2s: two in a row beyond the warning deviations on one side.", default="fail")
    r_four: Consequence = setting(
        "R-4s: within one batch, one beyond +2 and one beyond -2 warning deviations, of any reference material.", default="fail"
    )
    four_one: Consequence = setting("4-1s: four in a row beyond 1 deviation on one side.", default="warning")
    ten_mean: Consequence = setting("10-x: ten in a row on one side of the certified value.", default="warning")


@settings
class Override:
    """Why a failure is accepted, and who says so."""

    reason: str = setting("Why the failed result is accepted.")
    name: str = setting("Who decided it.")
    date: str | None = setting(DATE_MEANING, default=None)

    def __post_init__(self):
        check_decision(self, "reason", "name")

    @property
    def by(self):
        """Who decided, and when where that is said."""
        return decided(self.name, self.date)


@settings
class Overrides:
    """Failures that a person accepts: of batches, and of checks over all batches."""

    batches: dict[str, Override] = setting("Batch to reason and name; a batch that does not exist is an error.", factory=dict)
    checks: dict[str, Override] = setting(
        "Check of the table of verdicts, such as field_duplicate, to reason and name; an unknown check is an error.", factory=dict
    )


@settings
class QualityControl:
    """Control samples and how they are judged, in the order of analysis that `order` declares, never in that of the rows."""

    table: Table = setting(
        f"Control samples: sample, type ({', '.join(CONTROL_TYPES)}), "
        "reference (name of the standard), parent (sample of a duplicate), batch; date (YYYY-MM-DD), sequence (a number) and "
        "laboratory if known. "
        "Batches and samples sort by the numbers in them (A-9 before A-10)."
    )
    standards: dict[str, dict[str, Certified]] = setting("Reference material to analyte to certified value.", factory=dict)
    not_certified: dict[str, str] = setting(
        "Reference material without certified values to the reason why; its standards are not judged, and the statement says so. "
        "A standard of any other material that is not among `standards` is an error.",
        factory=dict,
    )
    analytes: tuple[str, ...] = setting("Analytes that are judged.")
    order: tuple[Literal["date", "sequence", "batch", "sample"], ...] = setting(
        "What the order of analysis goes by, the first key first; a key that the table does not map is passed over. Put sequence "
        "before batch where the laboratory counts through the day, after it where each batch is counted anew.",
        default=ORDER,
    )
    failure_deviations: float = setting("Certified deviations of rule 1-3s.", default=3.0, gt=0)
    warning_deviations: float = setting("Certified deviations of rules 1-2s, 2-2s and R-4s.", default=2.0, gt=0)
    rules: RunRules = setting("What each run rule does.", factory=RunRules)
    significance: float = setting(
        "Level of significance of the tests of bias, drift, carry-over and pairs; confidence intervals are of one less it.",
        default=0.05,
        gt=0,
        lt=0.5,
    )
    bias_limit: float = setting(
        "A significant bias of a standard or of the umpire laboratory above this share fails.", default=0.05, gt=0
    )
    minimum_results: int = setting("Fewer results or pairs than this are not tested for drift or carry-over.", default=8, ge=4)
    blank_limit: float = setting("A blank fails above this many detection limits.", default=5.0, gt=0)
    detection_limits: dict[str, float] = setting("Detection limit of each judged analyte, in the unit of its column.")
    duplicate_limits: dict[str, float] = setting(
        "Largest half absolute relative difference of a pair, by type.",
        factory=lambda: {
            "field_duplicate": 0.30, "coarse_duplicate": 0.20, "pulp_duplicate": 0.10, "umpire_duplicate": 0.10,
        },
    )  # fmt: skip
    pair_share: float = setting(
        "Share of the pairs of a type that must keep the limit of that type, between 0 and 1.", default=0.9, gt=0, le=1
    )
    insertion_limits: dict[str, float] = setting(
        "Smallest share of control samples among all samples of every batch, laboratory and campaign: type (or all_control) to "
        "share; what falls below is a warning.",
        factory=dict,
    )
    overrides: Overrides = setting("Failures that a person accepts.", factory=Overrides)
    not_judged: Literal["keep", "hold_out"] = setting(
        "Samples of batches without any judged standard or blank stay in the estimate, or are held out with those of failed ones "
        "(only where on_failure is hold_out).",
        default="keep",
    )
    on_failure: Literal["stop", "hold_out", "keep_with_warning"] = setting(
        "A failed verdict stops the run; or the samples of failed batches are held out of the estimate, which needs the batch of "
        "each core sample; or they are kept, and the statement says so.",
        default="stop",
    )

    def __post_init__(self):
        for name, reason in self.not_certified.items():
            if name in self.standards:
                message = f"qaqc.not_certified names {name!r}, which qaqc.standards certifies; leave it out of one of them"
                raise SettingError(message)
            if not re.search(r"\w", reason):
                message = f"qaqc.not_certified.{name} is {reason!r}; it needs a reason, in words"
                raise SettingError(message)
