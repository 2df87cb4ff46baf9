"""Block values, the pit shell of the statement, the shells around it, and what each of them holds."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scandia.blockmodel.slabs import place_of, slabs
from scandia.exact import exact_sum, exact_sums, merge, ratio
from scandia.resource.classify_rules import CODES
from scandia.resource.pit_grid import pit_grid
from scandia.resource.prices import depth_costs, marginal_cutoff, mining_costs
from scandia.resource.shell import nested_shells
from scandia.resource.value import with_nsr
from scandia.vocabulary import DOMAIN, NSR, PIT, PIT_FACTOR, TONNAGE

BASE = 1.0
ADDED = (NSR, PIT, PIT_FACTOR)  # what `optimise` adds to the parts
LAYERS = 4_000_000  # fine blocks of the pit's grid whose rock is found at one time
PROCESSED = ("fraction", "class", TONNAGE, NSR)


@dataclass(frozen=True, eq=False)
class Shells:
    """Parts with NSR and pit, the tables of nested shells and of the benches of the statement's, the pit's own grid and rock."""

    parts: object
    shells: pd.DataFrame
    benches: pd.DataFrame
    grid: object
    rock: object
    number: np.ndarray  # smallest shell (from 1) that holds each block of the pit, 0 where none does
    factors: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Rock:
    """What each fine block of the pit's grid holds: costs and tonnes that do not depend on prices, t and currency."""

    mining: np.ndarray  # cost of mining everything in the block
    total: np.ndarray
    overburden: np.ndarray


def optimise(parts, economics, analytes, *, surface, base=None):
    """`Shells` of a block model.

    Parameters
    ----------
    parts : Dataset
        Parts with grades, tonnage and, where it was classified, class.
    economics : Economics
    analytes : dict of str to Analyte
    surface, base : surface or None
        The ground, and the base of the overburden.

    Notes
    -----
    A part goes to the plant if its net smelter return reaches the marginal cut-off and its class may pay for the pit, whole and
    without dilution or loss; everything else in the shell is mined as waste, also mineralised rock below the cut-off (what must
    be taken). The shell at revenue factor 1 is that of the statement.
    """
    grid, rock = mined_blocks(parts, economics, surface=surface, base=base)
    factors = shell_factors(economics.pit)
    values = [grid.add_up(block_values(parts, economics, analytes, grid, rock, factor=factor)) for factor in factors]
    names, slopes = zip(*{"": economics.pit.slopes, **economics.pit.domain_slopes}.items(), strict=True)
    domains = _slope_domains(parts, grid, names) if len(slopes) > 1 else None
    number = nested_shells(values, grid.coarse, slopes, domains=domains)
    parts = with_pit(with_nsr(parts, economics, analytes), grid, number, factors)
    shells = shell_table(parts, economics, grid, rock, number, factors, values)
    inside = grid.spread((number > 0) & (number <= factors.index(BASE) + 1))
    return Shells(parts, shells, bench_table(parts, economics, grid, rock, inside), grid, rock, number, factors)


def mined_blocks(parts, economics, *, surface, base=None):
    """The pit's grid around a block model and the `Rock` in it, which no price changes."""
    grid = pit_grid(parts, economics.pit, surface, base)
    return grid, _rock(parts, economics, grid)


def shell_factors(pit):
    """Revenue factors of the shells, ascending, 1 among them."""
    return tuple(sorted({BASE, *map(float, pit.factors)}))


def block_values(parts, economics, analytes, grid, rock, *, factor=BASE):
    """Value of each fine block of the pit's grid (z, y, x) at a revenue factor, currency."""
    profit = np.zeros(parts["ground"].shape)
    sold = [product.variable for product in economics.products.values()]
    for slab in slabs(parts, ["fraction", "class", TONNAGE, *sold]):
        priced = with_nsr(slab, economics, analytes, factor=factor)
        margin = priced[NSR].values - marginal_cutoff(economics)
        profit[place_of(slab, parts)] += np.where(processed(priced, economics), slab[TONNAGE].values * margin, 0.0).sum(axis=0)
    values = np.subtract(0.0, rock.mining)
    values[grid.inner] = profit - rock.mining[grid.inner]
    return values


def processed(parts, economics):
    """Which parts of a slab go to the plant once they are mined, bool (domain, z, y, x)."""
    chosen = np.nan_to_num(parts[NSR].values, nan=-np.inf) >= marginal_cutoff(economics)
    if "class" in parts:
        chosen &= np.isin(parts["class"].values, [int(CODES[name]) for name in economics.pit.classes])
    return chosen & (parts["fraction"].values > 0)


def with_pit(parts, grid, number, factors):
    """Parts with ``pit`` (1 inside the shell of the statement) and ``pit_factor`` (lowest that mines it), both (z, y, x)."""
    own = grid.spread(number)[grid.inner]
    inside = ((own > 0) & (own <= factors.index(BASE) + 1)).astype(np.int8)
    factor = np.append(np.nan, factors)[own]
    dims = ("z", "y", "x")
    words = {"long_name": "inside the pit shell of the statement", "flag_values": np.array([0, 1], dtype=np.int8)}
    return parts.assign(
        {
            PIT: (dims, inside, words | {"flag_meanings": "outside inside"}),
            PIT_FACTOR: (dims, factor, {"long_name": "lowest revenue factor whose pit shell holds the block", "units": "1"}),
        }
    )


def shell_table(parts, economics, grid, rock, number, factors, values):
    """One row per revenue factor: value, rock, ore, waste, strip ratio, depth and what the ore holds, a DataFrame.

    Ore is what goes to the plant at the prices of the config, whatever the factor; values are in currency, undiscounted.
    """
    base = values[factors.index(BASE)]
    return pd.DataFrame([
        {
            "factor": factor,
            "value": float(exact_sum(values[k][(number > 0) & (number <= k + 1)])),
            "value_at_base_prices": float(exact_sum(base[(number > 0) & (number <= k + 1)])),
            **shell_row(parts, economics, grid, rock, grid.spread((number > 0) & (number <= k + 1))),
        }
        for k, factor in enumerate(factors)
    ])  # fmt: skip


def shell_row(parts, economics, grid, rock, inside):
    """What a set of fine blocks holds, a dict.

    Tonnages, t; strip ratio; elevation of the lowest floor and depth, m; shares of its area where the ground is not surveyed, and
    where it is steeper than the flattest wall; mean net smelter return of the ore.
    """
    sums = {}
    for slab in slabs(parts, PROCESSED):
        held = inside[grid.inner][place_of(slab, parts)]
        ore, tonnage = processed(slab, economics) & held, slab[TONNAGE].values
        waste, nsr = (slab["fraction"].values > 0) & held & ~ore, slab[NSR].values[ore]
        added = {"ore": tonnage[ore], "must_take": tonnage[waste], "value": nsr * tonnage[ore]}
        merge(sums, {name: exact_sum(values) for name, values in added.items()})
    row = {
        "rock_tonnage": float(exact_sum(rock.total[inside])),
        "ore_tonnage": float(sums["ore"]),
        "must_take_tonnage": float(sums["must_take"]),
        "overburden_tonnage": float(exact_sum(rock.overburden[inside])),
    }
    row["waste_tonnage"] = row["rock_tonnage"] - row["ore_tonnage"]
    row["strip_ratio"] = row["waste_tonnage"] / row["ore_tonnage"] if row["ore_tonnage"] > 0 else np.nan
    mined = inside & (grid.rock > 0)
    layers = np.flatnonzero(mined.any(axis=(1, 2)))
    row["floor"] = grid.fine.origin[2] + grid.fine.size[2] * layers[0] if layers.size else np.nan
    row["depth"] = _depth(grid, mined)
    columns = mined.any(axis=0)
    row["unsurveyed"] = float(grid.beyond[columns].mean()) if columns.any() else np.nan
    row["steep_ground"] = float(grid.steep[columns].mean()) if columns.any() else np.nan
    row[f"mean_{NSR}"] = ratio(sums, "value", "ore")
    return row


def bench_table(parts, economics, grid, rock, inside):
    """Benches of a shell from the top: elevation of the bench's floor (m), t of rock, ore and waste, mean NSR of the ore."""
    step, layers, rows, found = grid.blocks[2], grid.fine.count[2], [], {}
    for slab in slabs(parts, PROCESSED):
        place = place_of(slab, parts)
        ore = processed(slab, economics) & inside[grid.inner][place]
        bench = np.broadcast_to(np.arange(place[1].start, place[1].stop)[:, None, None] // step, ore.shape)[ore]
        tonnage = slab[TONNAGE].values[ore]
        sums = [exact_sums(values, bench, -(-layers // step)) for values in (tonnage, slab[NSR].values[ore] * tonnage)]
        for number, pair in enumerate(zip(*sums, strict=True)):  # the model starts at the lowest layer of the pit's grid
            merge(found.setdefault(number, {}), dict(zip(("ore", "value"), pair, strict=True)))
    for number, sums in sorted(found.items()):
        k = number * step
        piece = slice(k, k + step)
        total, ore = float(exact_sum(rock.total[piece][inside[piece]])), float(sums["ore"])
        if total > 0:
            row = {"elevation": grid.fine.origin[2] + grid.fine.size[2] * k, "rock_tonnage": total, "ore_tonnage": ore}
            rows.append(row | {"waste_tonnage": total - ore, f"mean_{NSR}": ratio(sums, "value", "ore")})
    columns = ["elevation", "rock_tonnage", "ore_tonnage", "waste_tonnage", f"mean_{NSR}"]
    return pd.DataFrame(rows[::-1], columns=columns)


def _rock(parts, economics, grid):
    """`Rock` of the pit's grid, some layers at a time."""
    rock = Rock(*(np.zeros(grid.fine.shape) for _ in range(3)))
    columns, rows, count = grid.fine.count
    step = max(LAYERS // (columns * rows), 1)
    for layers in (slice(first, first + step) for first in range(0, count, step)):
        rock.mining[layers], rock.total[layers], rock.overburden[layers] = _rock_in(parts, economics, grid, layers)
    return rock


def _rock_in(parts, economics, grid, layers):
    """Cost of mining, t of everything and t of overburden, of some layers of the pit's grid, each ``(z, y, x)``."""
    elevation, solid = grid.fine.axis(2)[layers, None, None], grid.rock[layers]
    total, mining, filled = (np.zeros(solid.shape) for _ in range(3))
    model = parts.isel(z=layers)  # the model starts at the lowest layer of the pit's grid
    inner = (slice(model.sizes["z"]), *grid.inner[1:])
    for number, domain in enumerate(map(str, parts[DOMAIN].values)):
        tonnes = np.nan_to_num(model[TONNAGE][number].values, nan=0.0)
        total[inner] += tonnes
        mining[inner] += tonnes * mining_costs(economics, domain, elevation[inner[0]])
        filled[inner] += model["fraction"][number].values
    pit, volume = economics.pit, grid.fine.volume
    covered = np.clip(np.minimum(grid.overburden[layers], solid - filled), 0.0, None)
    waste = np.clip(solid - filled - covered, 0.0, None) * volume * pit.waste_density.value
    density = (pit.overburden_density or pit.waste_density).value
    cover = covered * volume * density
    loose = (economics.overburden_mining_cost or economics.mining_cost).value
    mining += waste * mining_costs(economics, None, elevation) + cover * (loose + depth_costs(economics, elevation))
    return mining, total + waste + cover, cover


def _slope_domains(parts, grid, names):
    """Entry of each block of the pit among the slopes, that of the domain with the largest share of it, (z, y, x)."""
    shares = [np.zeros(grid.coarse.shape)]
    known = [str(name) for name in parts[DOMAIN].values]
    for name in names[1:]:
        shares.append(grid.add_up(grid.embed(parts["fraction"][known.index(name)].values)))
    shares[0] = np.maximum(grid.add_up(grid.rock) - np.sum(shares[1:], axis=0), 0.0)
    return np.argmax(shares, axis=0)


def _depth(grid, mined):
    """Largest height of a column that is mined, from the ground to the floor, m."""
    if not mined.any():
        return np.nan
    first = np.argmax(mined, axis=0)
    floor = grid.fine.origin[2] + grid.fine.size[2] * first
    return float((grid.level - floor)[mined.any(axis=0)].max())
