"""Corruptions of a clean database, each a small named function, with the checks that are meant for it.

Each takes a `Database` and a random generator and returns the corrupted one. A corruption that is `harmless` must leave every
number as it was. What no program could tell from a true value (a grade of 150 that was 151, a collar 20 m off on flat ground) is
not in the catalogue.
"""

# In this order the corruptions have their numbers.
from corruptions import keys, collars, texts, surveys, intervals, values, harmless  # noqa: F401  isort: skip
from corruptions.catalogue import CORRUPTIONS, HARMLESS

__all__ = ["CORRUPTIONS", "HARMLESS"]
