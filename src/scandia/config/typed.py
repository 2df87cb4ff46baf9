"""One section of a resolved config as its dataclass, without loading the other sections."""

from pydantic import TypeAdapter


def typed(kind, plain):
    """The value of a type such as ``Search`` or ``dict[str, Analyte]``; None stays None."""
    return TypeAdapter(kind | None).validate_python(plain)
