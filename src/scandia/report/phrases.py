"""Sentences with places for settings: ``{model.composites.length}`` becomes what the resolved config says."""

import string

MISSING = "–"


class _Phrases(string.Formatter):
    """Formats dotted names of nested dicts; what is missing or null reads as a dash."""

    def get_field(self, field_name, args, kwargs):
        return look_up(kwargs["config"], field_name), field_name

    def format_field(self, value, format_spec):
        if value is None:
            return MISSING
        if isinstance(value, list | tuple):
            return ", ".join(self.format_field(item, format_spec) for item in value) or "none"
        return format(value, "" if isinstance(value, str) else format_spec)


def phrase(text, config):
    """Text with every ``{dotted.name}`` or ``{dotted.name:g}`` replaced by the value of the resolved config.

    >>> phrase("{model.composites.length:g} m", {"model": {"composites": {"length": 3.0}}})
    '3 m'
    """
    return _Phrases().vformat(text, (), {"config": config})


def look_up(config, name):
    """Value of a dotted name in nested dicts, None where there is none."""
    value = config
    for key in name.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value
