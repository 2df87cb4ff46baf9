"""Typed settings: frozen dataclasses that describe, bound and check their own keys.

Each stage declares its section of the config with these two names. pydantic reads the same classes from outside
(`scandia.config`), where the metadata become descriptions and bounds of the schema; the stages never import it.
"""

import re
from dataclasses import MISSING, dataclass, field, fields
from datetime import date

from scandia.errors import SettingError

BOUNDS = {
    "ge": (lambda value, bound: value >= bound, "at least"),
    "gt": (lambda value, bound: value > bound, "above"),
    "le": (lambda value, bound: value <= bound, "at most"),
    "lt": (lambda value, bound: value < bound, "below"),
}


_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
DATE_MEANING = "Day of the decision, YYYY-MM-DD, where it is known; it stands beside the name."
FILE_NAME_WORDS = "only letters, digits, '_' and '-' are allowed, the first a letter or a digit"


def is_file_name(text):
    """True where a name from the config may name a file or a folder of a run: it cannot lead anywhere else."""
    return _FILE_NAME.fullmatch(text) is not None


def setting(description, *, default=MISSING, factory=MISSING, **bounds):
    """A dataclass field with its description and bounds.

    Parameters
    ----------
    description : str
        One sentence with the unit, as the config manual prints it.
    default, factory : optional
        As in `dataclasses.field`. A key with neither is required.
    **bounds : float
        ``ge``, ``gt``, ``le``, ``lt`` limit a number; ``each_ge`` and so on limit every number of a tuple.
    """
    return field(default=default, default_factory=factory, metadata={"description": description, **bounds})


def settings(cls):
    """Class decorator: a frozen, keyword-only dataclass that refuses unknown keys and checks its bounds when created."""
    own_check = cls.__dict__.get("__post_init__")

    def check(self):
        for item in fields(self):
            _check_bounds(type(self).__name__, item, getattr(self, item.name))
        if own_check is not None:
            own_check(self)

    cls.__post_init__ = check
    cls.__pydantic_config__ = {"extra": "forbid"}
    return dataclass(frozen=True, kw_only=True)(cls)


def _check_bounds(owner, item, value):
    for key, (holds, words) in BOUNDS.items():
        bound = item.metadata.get(key, item.metadata.get(f"each_{key}"))
        if bound is None:
            continue
        for number in value if isinstance(value, tuple) else (value,):
            if isinstance(number, int | float) and not holds(number, bound):
                message = f"{owner}.{item.name} is {number}; it must be {words} {bound}"
                raise SettingError(message)


def check_decision(decision, *words):
    """None, or SettingError: a person's decision says why and who in words, and when, if it does, as YYYY-MM-DD.

    Parameters
    ----------
    decision : settings dataclass
        With ``date``.
    *words : str
        Names of its keys for reason and name.
    """
    owner = type(decision).__name__
    for key in words:
        value = getattr(decision, key)
        if not re.search(r"\w", value):
            message = f"{owner}.{key} is {value!r}; a decision needs a reason and a name, in words"
            raise SettingError(message)
    if decision.date is not None and not is_date(decision.date):
        message = f"{owner}.date is {decision.date!r}; it must be a day, as '2024-05-31'"
        raise SettingError(message)


def is_date(text):
    """True where a text is a day of the calendar, written YYYY-MM-DD."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def decided(who, day):
    """Who decided, and when where that is said."""
    return f"{who}, {day}" if day else who


def refuse(faults, owner):
    """None, or SettingError with the words of the first fault: pairs of whether something is wrong, and what."""
    for wrong, words in faults:
        if wrong:
            message = f"{owner}{words}"
            raise SettingError(message)
