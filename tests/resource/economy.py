"""A small economy for tests: one product, three costs, one slope."""

from scandia.resource.economic_settings import Assumption, Economics, Pit, Price, Recovery, Slopes, SoldProduct


def assumption(value, source="ASSUMED: for a test"):
    return Assumption(value=value, source=source)


def price(value, unit, species, currency="USD"):
    return Price(value=value, unit=unit, currency=currency, species=species, date="2021-04-28", basis="spot", source="a release")


def product(variable, *, price=None, recovery=0.773, payable=1.0, selling=0.0, discount=None, share=None):
    return SoldProduct(
        label=variable,
        variable=variable,
        share=None if share is None else assumption(share),
        price=price
        or Price(value=1250.0, unit="kg", currency="USD", species="Sc2O3", date="2021-04-28", basis="spot", source="a release"),
        discount=None if discount is None else assumption(discount),
        recovery=Recovery(value=recovery, source="a pilot test"),
        payable=assumption(payable),
        selling_cost=assumption(selling),
    )


def slopes(angle=45.0, walls=()):
    return Slopes(angle=None if walls else angle, walls=walls, source="ASSUMED")


def an_economy(*, payable=1.0, selling=0.0, mining=8.0, processing=175.0, general=30.0, pit=None, **changes):
    return Economics(
        currency="CAD",
        exchange_rates={"USD": assumption(1.35)},
        products={"scandium": product("scandium", payable=payable, selling=selling)},
        processing_cost=assumption(processing),
        general_cost=assumption(general),
        mining_cost=assumption(mining),
        depth_cost=assumption(0.01),
        reference_elevation=500.0,
        pit=pit or Pit(slopes=slopes(), waste_density=assumption(2.7), factors=(0.8, 1.0, 1.2)),
        **changes,
    )
