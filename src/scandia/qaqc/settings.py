"""The config section of assay quality control."""

from typing import Literal

from scandia.drillholes.settings import Table
from scandia.settings import setting, settings


@settings
class Certified:
    """A certified value of one analyte in one reference material, in the unit of the assay column."""

    value: float = setting("Certified value.", gt=0)
    deviation: float = setting("Certified standard deviation.", gt=0)


@settings
class QualityControl:
    """Control samples and how they are judged, in order of batch, sample and type (as text), whatever the order of the rows."""

    table: Table = setting(
        "Control samples: sample, type (standard, blank, field_duplicate, coarse_duplicate, pulp_duplicate), reference "
        "(name of the standard), parent (sample of a duplicate), batch. Batches and samples sort as text, so pad their numbers "
        "with zeros (A-09 before A-10)."
    )
    standards: dict[str, dict[str, Certified]] = setting("Reference material to analyte to certified value.", factory=dict)
    analytes: tuple[str, ...] = setting("Analytes that are judged.")
    failure_deviations: float = setting(
        "A standard fails beyond this many certified deviations from its certified value.", default=3.0, gt=0
    )
    warning_deviations: float = setting(
        "Two consecutive results of a standard fail beyond this many certified deviations on the same side.",
        default=2.0,
        gt=0,
    )
    blank_limit: float = setting("A blank fails above this many detection limits.", default=5.0, gt=0)
    detection_limits: dict[str, float] = setting("Detection limit of each judged analyte, in the unit of its column.")
    duplicate_limits: dict[str, float] = setting(
        "Largest half absolute relative difference of a pair, by type.",
        factory=lambda: {"field_duplicate": 0.30, "coarse_duplicate": 0.20, "pulp_duplicate": 0.10},
    )
    pair_share: float = setting(
        "Share of the pairs of a type that must keep the limit of that type, between 0 and 1.", default=0.9, gt=0, le=1
    )
    on_failure: Literal["stop", "report"] = setting("A failed verdict stops the run, or is reported.", default="report")
