"""The config section of prices, recoveries, costs and the pit: every number with its source."""

from typing import Literal

from scandia.errors import SettingError
from scandia.settings import is_date, refuse, setting, settings

ASSUMED = "ASSUMED"  # how a source begins where nobody published the number
UNITS_PER_TONNE = {"t": 1.0, "kg": 1e3, "g": 1e6, "lb": 1e3 / 0.45359237, "oz": 1e6 / 31.1034768}  # ounces are troy


def unsourced(given):
    """Whether a number has no source, and the words of that fault, for `refuse`."""
    return not given.source.strip(), "source: it is empty; name the publication, or write ASSUMED and why"


@settings
class Assumption:
    """A number and where it comes from."""

    value: float = setting("The number.")
    source: str = setting("Who published it, where and when; or ASSUMED, and why this number.")

    def __post_init__(self):
        refuse([unsourced(self)], "Assumption.")


@settings
class Price:
    """A price of a product: what it buys, when it held, and who said so."""

    value: float = setting("Price per unit.", ge=0)
    unit: Literal["t", "kg", "g", "lb", "oz"] = setting("Unit of mass that the price buys; oz is a troy ounce.")
    currency: str = setting("Currency of the price, such as USD.")
    species: str = setting("Element or oxide that is priced, such as Sc2O3; grades are converted to it.")
    date: str = setting("Day of the price, YYYY-MM-DD.")
    basis: str = setting("What kind of price it is: spot, trailing mean, contract, forecast; of which purity and delivery.")
    source: str = setting("Who published it, where and when; or ASSUMED, and why this number.")

    def __post_init__(self):
        if not is_date(self.date):
            message = f"Price.date is {self.date!r}; it must be a day of the calendar as YYYY-MM-DD"
            raise SettingError(message)
        refuse([unsourced(self)], "Price.")


@settings
class Recovery:
    """Share of a product that the plant recovers: a constant, a line or a table of the head grade."""

    value: float | None = setting("Constant recovery, 0 to 1.", default=None, ge=0, le=1)
    line: tuple[float, float] | None = setting(
        "Recovery at grade zero, and its rise per unit of the grade; kept within `limits`.", default=None
    )
    grades: tuple[float, ...] = setting("Grades of a table, ascending, in the variable's unit; straight in between.", default=())
    recoveries: tuple[float, ...] = setting(
        "Recoveries at these grades, 0 to 1; constant beyond.", default=(), each_ge=0, each_le=1
    )
    limits: tuple[float, float] = setting("Lowest and highest recovery of the line.", default=(0.0, 1.0), each_ge=0, each_le=1)
    source: str = setting("Who published it, where and when; or ASSUMED, and why this number.")

    def __post_init__(self):
        given = [self.value is not None, self.line is not None, bool(self.grades)]
        steps = [b > a for a, b in zip(self.grades, self.grades[1:], strict=False)]
        refuse(
            [
                (sum(given) != 1, "give one of value, line, and grades with recoveries"),
                (len(self.grades) != len(self.recoveries), "grades and recoveries must be equally many"),
                (len(self.grades) == 1 or not all(steps), "grades of the table must be two or more, and ascend"),
                (self.limits[0] > self.limits[1], "limits: the lowest recovery stands above the highest"),
                unsourced(self),
            ],
            "Recovery.",
        )


@settings
class SoldProduct:
    """A product that earns money: the grade it comes from and what becomes of it until it is paid."""

    label: str = setting("Name in the formula sheet.")
    variable: str = setting("Estimated variable that holds it.")
    share: Assumption | None = setting(
        "Mass of the priced species per mass of the variable, where the variable is a sum of several.", default=None
    )
    price: Price = setting("Its price.")
    discount: Assumption | None = setting("Share of the price that is taken off, 0 to 1.", default=None)
    recovery: Recovery = setting("Recovery by the plant.")
    domain_recoveries: dict[str, Recovery] = setting("Domain to its own recovery.", factory=dict)
    payable: Assumption = setting("Share of the recovered product that is paid, 0 to 1.")
    selling_cost: Assumption = setting("Transport, refining and selling, per unit of the price in its currency.")

    def __post_init__(self):
        for name in ("share", "discount", "payable"):
            given = getattr(self, name)
            if given is not None and not 0 <= given.value <= 1:
                message = f"SoldProduct.{name}.value is {given.value}; it must be 0 to 1"
                raise SettingError(message)
        if self.selling_cost.value < 0:
            message = f"SoldProduct.selling_cost.value is {self.selling_cost.value}; it must be at least 0"
            raise SettingError(message)


@settings
class Wall:
    """Overall slope of a pit wall that faces the pit from this side."""

    azimuth: float = setting("World azimuth from the pit's floor to the wall, degrees.", ge=0, lt=360)
    angle: float = setting("Overall slope angle, degrees from the horizontal.", gt=0, lt=90)


@settings
class Slopes:
    """Overall slope angles: one all around, or by azimuth, straight in between."""

    angle: float | None = setting("One angle for all azimuths, degrees.", default=None, gt=0, lt=90)
    walls: tuple[Wall, ...] = setting("Angles by azimuth.", default=())
    source: str = setting("Who determined them, where and when; or ASSUMED, and why.")

    def __post_init__(self):
        azimuths = [wall.azimuth for wall in self.walls]
        refuse(
            [
                ((self.angle is None) == (not self.walls), "give either one angle, or walls"),
                (len(set(azimuths)) < len(azimuths), "walls: an azimuth occurs twice"),
                unsourced(self),
            ],
            "Slopes.",
        )

    @property
    def flattest(self):
        """The lowest of the angles, degrees."""
        return min((wall.angle for wall in self.walls), default=self.angle)


@settings
class Pit:
    """The pit shell within which blocks have reasonable prospects for eventual economic extraction."""

    slopes: Slopes = setting("Overall slopes.")
    domain_slopes: dict[str, Slopes] = setting("Domain to its own slopes; the rest has `slopes`.", factory=dict)
    blocks: tuple[int, int, int] = setting(
        "Blocks of the model along x, y, z in a block of the pit.", default=(1, 1, 1), each_ge=1
    )
    waste_density: Assumption = setting("Density of rock outside all domains, t/m3.")
    overburden_density: Assumption | None = setting("Density above the base of the overburden, t/m3.", default=None)
    classes: tuple[Literal["measured", "indicated", "inferred"], ...] = setting(
        "Classes that may pay for the pit; the others are mined as waste.", default=("measured", "indicated", "inferred")
    )
    factors: tuple[float, ...] = setting(
        "Revenue factors of the nested shells, which multiply every price; 1, the shell of the statement, is always among them.",
        default=(0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2), each_gt=0,
    )  # fmt: skip

    def __post_init__(self):
        densities = (self.waste_density, self.overburden_density)
        low = [given.value for given in densities if given is not None and given.value <= 0]
        refuse(
            [(low, f"a density is {low[:1]}; it must be above 0 t/m3"), (not self.classes, "classes: name at least one")], "Pit."
        )


@settings
class Economics:
    """Prices, recoveries, costs and the pit; without this section nothing tests the prospects of the tonnes."""

    currency: str = setting("Currency of all costs and of the net smelter return, such as CAD.")
    exchange_rates: dict[str, Assumption] = setting("Currency of a price to its worth in `currency`.", factory=dict)
    products: dict[str, SoldProduct] = setting("What is sold.")
    processing_cost: Assumption = setting("Processing, per tonne processed.")
    general_cost: Assumption = setting("General and administrative, per tonne processed.")
    ore_mining_cost: Assumption | None = setting("What mining a tonne to the plant costs more than to the dump.", default=None)
    mining_cost: Assumption = setting("Mining, per tonne of any rock, at and above `reference_elevation`.")
    domain_mining_costs: dict[str, Assumption] = setting("Domain to its own mining cost, per tonne.", factory=dict)
    overburden_mining_cost: Assumption | None = setting("Mining above the base of the overburden, per tonne.", default=None)
    depth_cost: Assumption | None = setting(
        "Rise of the mining cost per metre below `reference_elevation`, per tonne.", default=None
    )
    reference_elevation: float | None = setting("Elevation from which depth counts, m.", default=None)
    published_cutoffs: tuple[Assumption, ...] = setting("Published cut-offs per tonne, for comparison.", default=())
    pit: Pit = setting("The pit shell.")

    def __post_init__(self):
        costs = ("processing_cost", "general_cost", "ore_mining_cost", "mining_cost", "overburden_mining_cost", "depth_cost")
        below = [name for name in costs if (given := getattr(self, name)) is not None and given.value < 0]
        foreign = [
            p.price.currency for p in self.products.values() if p.price.currency not in {self.currency, *self.exchange_rates}
        ]
        refuse(
            [
                (below, f"{', '.join(below)}.value: a cost is at least 0"),
                (not self.products, "products: name at least one"),
                (foreign, f"exchange_rates lacks {', '.join(dict.fromkeys(foreign))}, the currency of a price"),
                (
                    self.depth_cost is not None and self.reference_elevation is None,
                    "reference_elevation is missing: say from which elevation depth_cost counts",
                ),
                (any(rate.value <= 0 for rate in self.exchange_rates.values()), "exchange_rates: a rate is above 0"),
            ],
            "Economics.",
        )
