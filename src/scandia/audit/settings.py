"""Settings of what leaves the house: export formats, and the answers to JORC Table 1 that only a person can give."""

from typing import Literal

from scandia.settings import refuse, setting, settings

Format = Literal["csv", "parquet", "zarr", "vtk", "omf", "geoeas", "geopackage"]

Criterion = Literal[
    "sampling_techniques",
    "drilling_techniques",
    "drill_sample_recovery",
    "logging",
    "sub_sampling",
    "assay_quality",
    "verification_of_sampling",
    "location_of_data",
    "data_spacing",
    "orientation_of_data",
    "sample_security",
    "audits_of_sampling",
    "tenure",
    "other_parties",
    "geology",
    "hole_information",
    "data_aggregation",
    "widths",
    "diagrams",
    "balanced_reporting",
    "other_data",
    "further_work",
    "database_integrity",
    "site_visits",
    "interpretation",
    "dimensions",
    "estimation",
    "moisture",
    "cutoff",
    "mining",
    "metallurgy",
    "environment",
    "bulk_density",
    "classification",
    "audits_of_estimate",
    "accuracy",
]  # of JORC Table 1; report/table1.yaml says of each what it asks for


@settings
class Exports:
    """Formats that every run writes into ``exports/``; ``snakemake exports`` writes all of them."""

    formats: tuple[Format, ...] = setting(
        "Formats of the default run, each a folder of `exports/` (docs/exports.md).", default=("csv", "vtk", "geopackage")
    )


@settings
class Answer:
    """What a person says about one criterion of JORC Table 1."""

    text: str = setting("The answer, in full sentences.")
    who: str = setting("Who gives it.")

    def __post_init__(self):
        refuse(((not self.text.strip(), "text is empty"), (not self.who.strip(), "who is empty")), "Answer.")
