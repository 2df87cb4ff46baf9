"""The config section of compositing."""

from typing import Literal

from scandia.settings import setting, settings


@settings
class Compositing:
    """Equal lengths inside domains."""

    length: float = setting("Composite length, m.", gt=0)
    residual: Literal["keep", "merge", "distribute", "drop"] = setting(
        "A last piece shorter than minimum_share x length is kept, merged into the composite before, or dropped; "
        "distribute makes all composites of a run equally long."
    )
    minimum_share: float = setting("Share of the length below which a last piece is a residual.", default=0.5, ge=0, le=1)
    minimum_coverage: float = setting("Composites with a smaller assayed share have a missing grade.", default=0.5, ge=0, le=1)
    unsampled: Literal["missing", "zero"] = setting("Grade of drilled but unassayed length inside a domain.")
