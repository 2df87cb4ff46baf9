"""The config section of a simulated deposit with known truth."""

from typing import Literal

from scandia.settings import setting, settings


@settings
class Synthetic:
    """Which generator made the tables, and how; enough to make them and the truth again."""

    generator: Literal["tg", "tiny"] = setting("Named deposit of `scandia.synthetic`.")
    seed: int = setting("Seed of field, drilling and laboratory.", ge=0)
