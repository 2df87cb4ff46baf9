"""The config section of significant intercepts."""

from itertools import pairwise
from typing import Literal

from scandia.errors import SettingError
from scandia.settings import setting, settings


@settings
class InterceptColumn:
    """A column of the printed table: a mean in the unit and species wanted, or a share of another analyte."""

    analyte: str = setting("Analyte.")
    label: str | None = setting("Heading without its unit; by default the analyte's label.", default=None)
    species: str | None = setting("Element or oxide, such as Sc; by default the one that flows.", default=None)
    unit: Literal["ppb", "ppm", "g/t", "%"] | None = setting("Unit; by default the one that flows.", default=None)
    share_of: str | None = setting(
        "Analyte that the mean is given as a percentage of, such as magnet oxides of TREO+Y: of means, never a mean of shares.",
        default=None,
    )
    decimals: int = setting("Digits after the point.", default=2, ge=0, le=6)

    def __post_init__(self):
        if self.share_of is not None and (self.species is not None or self.unit is not None):
            message = f"intercept column {self.analyte}: a share is in %; leave species and unit out"
            raise SettingError(message)


@settings
class Plane:
    """A plane: the body that an intercept crosses."""

    azimuth: float = setting("Strike, right-hand rule, degrees clockwise from grid north.", ge=0, le=360)
    dip: float = setting("Dip to the right of the strike, degrees.", ge=0, le=180)


@settings
class Intercepts:
    """Rules of the table of significant intercepts."""

    analyte: str = setting("Analyte of the cut-off.")
    cutoff: float = setting("Cut-off of an intercept, in the analyte's unit.", gt=0)
    including_cutoffs: tuple[float, ...] = setting("Rising cut-offs of the 'including' rows.", default=())
    minimum_length: float = setting("Shortest intercept and including row, m.", default=2.0, gt=0)
    maximum_dilution: float = setting("Longest run below the cut-off inside an intercept, m.", default=5.0, ge=0)
    minimum_dilution_grade: float = setting(
        "Such a run is carried only where its own mean is at least this, in the analyte's unit.", default=0.0, ge=0
    )
    top_cut: float | None = setting("Grades of the analyte of the cut-off above this count as this.", default=None, gt=0)
    weighting: Literal["length", "length_and_density"] = setting("What means are weighted by.", default="length")
    assumed_density: float | None = setting(
        "Density of samples without a measurement, t/m3; needed where density weighs.", default=None, gt=0
    )
    true_width: Literal["none", "domains", "plane"] = setting(
        "No true widths; or across the plane in which the domains are interpolated (model.domains.implicit); or across `plane`.",
        default="none",
    )
    plane: Plane | None = setting("The plane of true_width: plane.", default=None)
    columns: tuple[InterceptColumn, ...] = setting(
        "Columns of the printed table after hole, from, to and length; by default that of the cut-off alone.",
        default=(),
    )

    def __post_init__(self):
        for lower, higher in pairwise((self.cutoff, *self.including_cutoffs)):
            if higher <= lower:
                message = f"including_cutoffs hold {higher:g}; each must be above the cut-off before it, {lower:g}"
                raise SettingError(message)
        if self.top_cut is not None and self.top_cut <= max((self.cutoff, *self.including_cutoffs)):
            message = f"top_cut is {self.top_cut:g}; it must be above every cut-off"
            raise SettingError(message)
        if self.minimum_dilution_grade >= self.cutoff:
            message = f"minimum_dilution_grade is {self.minimum_dilution_grade:g}; it must be below cutoff, {self.cutoff:g}"
            raise SettingError(message)
        if (self.true_width == "plane") != (self.plane is not None):
            message = f"true_width is {self.true_width}; it is plane where a plane is given, and only there"
            raise SettingError(message)
        if (self.weighting == "length_and_density") != (self.assumed_density is not None):
            message = "assumed_density is given where weighting is length_and_density, and only there"
            raise SettingError(message)
