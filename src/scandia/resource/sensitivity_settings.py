"""The config section of the sensitivities of the resource to its choices."""

from scandia.settings import setting, settings
from scandia.statistics.settings import Cap


@settings
class Sensitivity:
    """By how much `snakemake sensitivity` changes each choice, up and down; 0 or none leaves a choice out."""

    variogram_ranges: float = setting("Ranges of the variogram models, share.", default=0.25, ge=0, lt=1)
    variogram_sill: float = setting("Contributions of their structures, the nugget kept, share.", default=0.25, ge=0, lt=1)
    search: float = setting("Ranges of all search passes, share.", default=0.25, ge=0, lt=1)
    density: float = setting("Density of all blocks, share.", default=0.05, ge=0, lt=1)
    domain: float = setting("Contacts of the solid between the holes with the host rock, m.", default=2.0, ge=0, le=50)
    cutoff: float = setting("Base cut-off, share.", default=0.1, ge=0, lt=1)
    fewer_passes: bool = setting("Without the last search pass, where there are several.", default=True)
    no_caps: bool = setting("Without caps, where there are any.", default=True)
    caps: dict[str, dict[str, Cap]] = setting("Other caps, domain to analyte to cap.", factory=dict)
