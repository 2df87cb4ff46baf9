"""Values of declared types from plain ones and back, without loading the whole config."""

from pydantic import TypeAdapter


def typed(kind, plain):
    """The value of a type such as ``Search`` or ``dict[str, Analyte]``, from plain mappings and lists; None stays None."""
    return TypeAdapter(kind | None).validate_python(plain)


def plain(kind, value):
    """Plain mappings, lists, texts and numbers of a value of a declared type; the inverse of `typed`."""
    return TypeAdapter(kind).dump_python(value, mode="json")
