"""The config section of the trials of the whole flow on simulated deposits drawn anew."""

from scandia.settings import setting, settings


@settings
class Trials:
    """How often `snakemake truth` draws field, drilling and laboratory anew and runs the whole flow on them."""

    seeds: int = setting("Deposits that are drawn.", default=100, ge=2, le=10000)
    first_seed: int = setting("Seed of the first; the others follow it one by one.", default=1, ge=0)
    level: float = setting("Confidence of the intervals of the summary.", default=0.95, gt=0, lt=1)
