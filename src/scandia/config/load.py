"""Reading of the config: once, typed, with every fault named."""

import difflib
import re
from datetime import date
from functools import cache

from pydantic import TypeAdapter, ValidationError

from scandia.config.model import Config
from scandia.config.references import check_references
from scandia.errors import SettingError


def load(raw):
    """The typed config of a plain mapping.

    Raises
    ------
    SettingError
        Names each faulty key with its value, what is allowed, and a hint.
    """
    try:
        config = _adapter().validate_python(_days_as_texts(raw))
    except ValidationError as error:
        faults = [_describe(fault, raw) for fault in error.errors()]
        hint = "Hint: config/README.md says of every key what it means, which values it takes and what its default is."
        message = "\n".join(["the config cannot be used:", *(f"  - {fault}" for fault in faults), hint])
        raise SettingError(message) from None
    check_references(config)
    return config


def resolve(raw):
    """The same config as plain lists, numbers and texts, with every default filled in."""
    return _adapter().dump_python(load(raw), mode="json")


@cache
def _adapter():
    """The reader of the config, which takes longer to build than a config to read."""
    return TypeAdapter(Config)


def _days_as_texts(value):
    """The same mapping; what YAML reads as a day, because it is not quoted, is its text again."""
    if isinstance(value, dict):
        return {key: _days_as_texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_days_as_texts(item) for item in value]
    return value.isoformat() if type(value) is date else value


def _describe(fault, raw):
    place = [part for part in fault["loc"] if not _is_type_name(part)]
    key = ".".join(map(str, place))
    if fault["type"] == "unexpected_keyword_argument":
        return f"{key}: unknown key (value {fault['input']!r}).{_similar_key(place)}"
    if fault["type"] in ("missing", "missing_argument"):
        return f"{key}: this key is required and missing."
    if fault["type"] == "value_error":  # of a dataclass's own check, which names key and value itself
        own = re.sub(r"^[A-Z]\w*\.", f"{key}.", fault["msg"].removeprefix("Value error, "))
        return f"{own}." if own.startswith(f"{key}.") else f"{key}: {own}."
    words = fault["msg"].removeprefix("Value error, ").replace("Input should be", "it must be").replace("a valid tuple", "a list")
    return f"{key} is {_short(fault['input'])}: {words}."


def _is_type_name(part):
    """Pydantic puts the name of the tried type into the place of a union's fault."""
    return isinstance(part, str) and (part.startswith(("literal[", "function-", "nullable")) or part in ("float", "int", "str"))


def _similar_key(place):
    allowed = _keys_at(place[:-1])
    near = difflib.get_close_matches(str(place[-1]), allowed, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"{hint} Allowed here: {', '.join(sorted(allowed))}." if allowed else hint


def _keys_at(place):
    schema = _adapter().json_schema()
    node = schema
    for part in place:
        node = _child(_deref(node, schema), part)
    return list(_deref(node, schema).get("properties", {}))


def _deref(node, schema):
    for choice in (node, *node.get("anyOf", ())):
        if "$ref" in choice:
            return schema["$defs"][choice["$ref"].rsplit("/", 1)[-1]]
    return next((choice for choice in node.get("anyOf", ()) if choice.get("type") in ("object", "array")), node)


def _child(node, part):
    if isinstance(part, int):
        return node.get("items") or node.get("prefixItems", [{}])[part]
    return node.get("properties", {}).get(part) or node.get("additionalProperties") or {}


def _short(value):
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
