"""The config section of compositing."""

from typing import Literal

from scandia.errors import SettingError
from scandia.settings import setting, settings


@settings
class Compositing:
    """Equal lengths, or the length in each bench, inside domains."""

    method: Literal["length", "bench"] = setting("Equal lengths along the hole, or what lies in each bench.", default="length")
    length: float = setting("Composite length, m; with `bench` the height of a bench.", gt=0)
    bench_level: float = setting("Elevation of the floor of any one bench, m.", default=0.0)
    residual: Literal["keep", "merge", "distribute", "drop"] = setting(
        "A last piece shorter than minimum_share x length is kept, merged into the composite before, or dropped; "
        "distribute makes all composites of a run equally long. With `bench` any piece whose height is less than that share, "
        "merged into the one before or, at the head of a run, after it; distribute is not for benches."
    )
    minimum_share: float = setting("Share of the length below which a last piece is a residual.", default=0.5, ge=0, le=1)
    short_runs: Literal["keep", "drop"] = setting(
        "A run (a hole in a domain between contacts and gaps of the logging) that is as a whole shorter than minimum_share x "
        "length has nothing to join: it stays a short composite, or is dropped and told in conservation.csv. The residual policy "
        "drop drops it anyway. With `bench` the height that the run spans counts.",
        default="keep",
    )
    minimum_coverage: float = setting("Composites with a smaller assayed share have a missing grade.", default=0.5, ge=0, le=1)
    unsampled: Literal["missing", "zero", "value", "exclude"] = setting(
        "Grade of drilled but unassayed length inside a domain: missing, zero, the one in `values`, or the length is excluded, "
        "and composites start anew below it."
    )
    undetermined: Literal["missing", "zero", "value"] = setting(
        "Grade of sampled length on which one analyte alone was not determined.", default="missing"
    )
    values: dict[str, float] = setting("Analyte to the grade of `value`, in its unit.", factory=dict)
    weighting: Literal["length", "density"] = setting(
        "Grades are weighted by length, or by length x density: the measurement at the interval, else the mean of its domain.",
        default="length",
    )

    def __post_init__(self):
        if self.method == "bench" and self.residual == "distribute":
            message = "Compositing.residual is distribute; with method bench it must be keep, merge or drop"
            raise SettingError(message)
        if "value" in (self.unsampled, self.undetermined) and not self.values:
            message = (
                "Compositing.values is empty; where unsampled or undetermined is value it must hold a grade of each variable"
            )
            raise SettingError(message)
