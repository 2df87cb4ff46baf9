"""Settings of what leaves the house: export formats, and the answers to JORC Table 1 that only a person can give."""

from typing import Literal

from scandia.settings import refuse, setting, settings

Format = Literal["csv", "parquet", "zarr", "vtk", "omf", "geoeas", "geopackage"]


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
