"""How the volume of each domain was found: exactly, by sub-cells or both, and whether it has settled."""

from dataclasses import dataclass

from scandia.vocabulary import DOMAIN

EXACT = "exact"
COUNTED = "counted"
PARTLY = "partly"  # counted in some blocks, exact in the others
UNSETTLED = "NOT settled"


@dataclass(frozen=True)
class Volume:
    """One domain's volume by the count of sub-cells in use."""

    domain: str
    subcells: str  # such as 4 x 4 x 4
    counted: float  # share of it that sub-cells count, 0 to 1
    verdict: str

    @property
    def kind(self):
        """`EXACT`, `COUNTED` or `PARTLY`."""
        return {0.0: EXACT, 1.0: COUNTED}.get(round(self.counted, 9), PARTLY)


def used_volumes(table):
    """Tuple of `Volume` of a table from `blockmodel.stable.stable_cells`."""
    rows = table[table["used"]].to_dict("records")
    return tuple(Volume(row[DOMAIN], row["subcells"], float(row["counted"]), row["verdict"]) for row in rows)
