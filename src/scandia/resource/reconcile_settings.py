"""The config section of the comparison with a previous estimate."""

from typing import Any, Literal

from scandia.errors import SettingError
from scandia.settings import is_date, setting, settings


@settings
class PublishedEstimate:
    """One row of a published statement, which stands beside the comparison as context."""

    estimate: str = setting("Which statement, such as its year and firm.")
    effective_date: str | None = setting("Its effective date, YYYY-MM-DD; null where none was published.", default=None)
    resource_class: Literal["measured", "indicated", "inferred"] = setting("Class.")
    tonnage: float = setting("Tonnes, Mt.", gt=0)
    grade: float = setting("Its grade of the variable that the statement is about, in that analyte's unit.", gt=0)
    source: str = setting("Where it was published.")

    def __post_init__(self):
        if self.effective_date is not None and not is_date(self.effective_date):
            message = f"PublishedEstimate.effective_date is {self.effective_date!r}; it must be a day, as '2024-05-31'"
            raise SettingError(message)
        _check_words(self, "estimate", "source")


@settings
class Previous:
    """The previous estimate, with which `snakemake reconcile` compares: its holes, and the keys of the model that were others."""

    title: str = setting("Name of the previous estimate in the report.")
    source: str = setting("Where its settings stand, or ASSUMED and why.")
    campaigns: tuple[str, ...] = setting(
        "Campaigns of the collar table whose holes it was made from; other holes are new drilling. None: the same holes.",
        default=(),
    )
    model: dict[str, dict[str, Any] | None] = setting(
        "Sections of `model` with the keys that had another value then, each value whole; null where a section stood away. "
        "What is not named was as it is now.",
        factory=dict,
    )
    published: tuple[PublishedEstimate, ...] = setting(
        "Published statements, oldest first, set beside the comparison as context; no number of a run depends on them.",
        default=(),
    )

    def __post_init__(self):
        _check_words(self, "title", "source")


def _check_words(owner, *keys):
    for key in keys:
        if not getattr(owner, key).strip():
            message = f"{type(owner).__name__}.{key} is empty; it must be said in words"
            raise SettingError(message)
