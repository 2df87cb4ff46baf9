"""The config section of reporting; that of classification stands in `classify_settings`."""

from typing import Literal

from scandia.errors import SettingError
from scandia.settings import is_date, setting, settings
from scandia.vocabulary import NSR


@settings
class Product:
    """A grade that the statement reports."""

    variable: str = setting("Estimated variable.")
    metal_unit: Literal["t", "kt", "Mt", "kg", "koz"] = setting("Unit of contained metal or oxide.")
    decimals: int = setting("Decimals of the grade in the statement.", default=0, ge=0)


@settings
class Reporting:
    """Grade-tonnage table and statement."""

    variable: str = setting("Variable of the cut-off: an estimated one, or nsr, the net smelter return of `economics`.")
    cutoffs: tuple[float, ...] = setting("Cut-offs of the grade-tonnage table, in the variable's unit.", each_ge=0)
    base_cutoff: float = setting("Cut-off of the statement; of nsr not below the marginal cut-off.", ge=0)
    cutoff_basis: str = setting("Where the cut-off comes from, and what is assumed.")
    products: tuple[Product, ...] = setting("Grades of the statement.")
    tonnage_unit: Literal["t", "kt", "Mt"] = setting("Unit of tonnes in the statement.", default="kt")
    tonnage_digits: int = setting("Significant figures of tonnes and metal.", default=3, ge=1, le=6)
    effective_date: str = setting("Effective date, YYYY-MM-DD.")
    qualified_person: str | None = setting("Name and title; without one the statement is a draft.", default=None)
    risks: tuple[str, ...] = setting("Known risks, one sentence each.", default=())

    def __post_init__(self):
        if not is_date(self.effective_date):
            message = f"effective_date is {self.effective_date!r}; it must be a day of the calendar as YYYY-MM-DD"
            raise SettingError(message)

    @property
    def main_variable(self):
        """The grade that the statement is about: that of the cut-off, or the first product where the cut-off is on nsr."""
        return self.products[0].variable if self.variable == NSR else self.variable
