"""Kriging in local neighbourhoods: whole or in chunks, cross-validated, with its weights listed; and the nouns these take."""

from importlib import import_module

# Loaded when first asked for: settings are read by rules that estimate nothing, and need no compiler.
PUBLIC = {
    "estimate": "scandia.kriging.estimation",
    "estimate_chunks": "scandia.kriging.chunks",
    "cross_validate": "scandia.kriging.crossvalidation",
    "spatial_folds": "scandia.kriging.crossvalidation",
    "list_weights": "scandia.kriging.weights",
    "Search": "scandia.kriging.search",
    "Pass": "scandia.kriging.search",
    "HighGrade": "scandia.kriging.high_grade",
    "Boundaries": "scandia.kriging.settings",
}
__all__ = sorted(PUBLIC)


def __getattr__(name):
    """One of the public names, imported now."""
    if name in PUBLIC:
        return getattr(import_module(PUBLIC[name]), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
