"""Which domain goes before which where two of them claim the same ground."""

from scandia.domains.flag import OUTSIDE

SOURCES = ("lithology", "select", "solid")


def rank(domains, name):
    """Tuple that is larger for the domain that goes first: priority, source, and the lower code; ``outside`` is below all."""
    if name == OUTSIDE:
        return (-(10**6), 0, 0)
    domain = domains.domains[name]
    source = next(number for number, key in enumerate(SOURCES) if getattr(domain, key))
    return (domain.priority, source, -domain.code)
