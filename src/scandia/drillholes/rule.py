"""One check: what it is about, how grave a fault is, what is said of it, why it matters, and what ignoring it means."""

from dataclasses import dataclass

E, W, N = "error", "warning", "note"
USED, EXCLUDED, NEVER = "used", "excluded", "never"

EXPORT = "correct the row in the source database and export again"
MISSING_TOKEN = "correct it, or list the text among the missing texts of the table or analyte"


@dataclass(frozen=True)
class Rule:
    """One check of the drillhole database.

    Attributes
    ----------
    about : str
        What it looks at: file, cell, collar, survey, interval or value.
    severity : str
        An error stops the run, a warning does not, a note only states what was met.
    message, hint : str
        What is said and how it is mended; words in braces are filled in.
    why : str
        Why it matters to an estimate, for the page of all checks.
    ignored : str
        What becomes of the row of an error that the config ignores: it is used as it stands, excluded all the same because no
        step can use it, or the check can never be ignored.
    """

    about: str
    severity: str
    message: str
    hint: str
    why: str = ""
    ignored: str = USED
