"""The sides of the pit shell, as tables of tonnes name them."""

from scandia.vocabulary import SHELL

INSIDE, OUTSIDE = "inside", "outside"


def inside_shell(table):
    """Rows of a grade-tonnage table that may be reported: those inside the shell, or all where there is no pit."""
    return table[table[SHELL] == INSIDE].drop(columns=SHELL) if SHELL in table else table
