"""The settings of a stage as a table: key, value, and what the key means."""

from dataclasses import fields, is_dataclass
from typing import get_args, get_origin

import pandas as pd

from scandia.config.model import Config
from scandia.drillholes.settings import Table
from scandia.report.phrases import look_up

DEEPEST = 6  # levels of keys; below, a mapping is printed as it is


def settings_table(config, section):
    """Settings of a section such as ``model.composites``: setting, value, meaning; without the descriptions of raw files.

    Parameters
    ----------
    config : dict
        The resolved config.
    section : str
        Dotted name.
    """
    kind = Config
    for key in section.split("."):
        kind = next((item.type for item in fields(_dataclass(kind)) if item.name == key), None)
    rows = list(_rows(section.split(".")[-1], look_up(config, section), kind, ""))
    return pd.DataFrame(rows, columns=["setting", "value", "meaning"])


def _rows(name, value, kind, meaning):
    """Rows of one key: a row for a plain value, else those of what lies below it."""
    owner = _dataclass(kind)
    if owner is Table:  # how a raw file is read fills pages; the resolved config shows it
        return
    if isinstance(value, dict) and owner is not None and not _is_mapping(kind):
        described = {item.name: item for item in fields(owner)}
        for key, inner in value.items():
            item = described.get(key)
            text = item.metadata.get("description", "") if item else ""
            yield from _rows(f"{name}.{key}", inner, item.type if item else None, text)
    elif isinstance(value, dict) and value and name.count(".") < DEEPEST:
        for key, inner in value.items():
            yield from _rows(f"{name}.{key}", inner, _inner(kind), meaning)
    elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        for number, item in enumerate(value, start=1):
            yield from _rows(f"{name}.{number}", item, _inner(kind), meaning)
    elif value is not None or meaning:
        yield name, _text(value), meaning


def _dataclass(kind):
    """The dataclass of a type, also of an optional one; None without any."""
    if kind is None or is_dataclass(kind):
        return kind
    return next((found for found in map(_dataclass, get_args(kind)) if found not in (None, type(None))), None)


def _is_mapping(kind):
    return get_origin(kind) is dict or any(get_origin(inner) is dict for inner in get_args(kind))


def _inner(kind):
    """Type of the values of a mapping or a list, also of an optional one."""
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    if get_origin(kind) is tuple:
        return get_args(kind)[0]
    return next((_inner(inner) for inner in get_args(kind) if get_origin(inner) in (dict, tuple)), None)


def _text(value):
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_text, value)) or "none"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(inner)}" for key, inner in value.items()) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value)
