"""The order in which a laboratory analysed: identifiers sorted by the numbers in them."""

import re

NUMBER = re.compile("[0-9]+")
DIGITS = 4  # of the length of a number, which goes before it: 9 is 00019, 10 is 000210


def natural_keys(texts):
    """Texts that sort as identifiers do: runs of digits as numbers, all else as text.

    Parameters
    ----------
    texts : Series of str
        Sample or batch identifiers, without missing ones.

    Returns
    -------
    Series of str
        On the same index. Identifiers of the same numbers (S1, S01) follow each other as text, and no two share a key.

    Examples
    --------
    S9 goes before S10, B2-10 after B2-9, S10A after S10.
    """
    return texts.map(_natural_key)


def _natural_key(text):
    return f"{NUMBER.sub(_padded, text)}\0{text}"


def _padded(match):
    digits = match.group().lstrip("0")
    return f"{len(digits):0{DIGITS}d}{digits}"
