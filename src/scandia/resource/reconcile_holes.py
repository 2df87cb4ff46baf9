"""The holes of a previous estimate: those of the campaigns up to its date."""

import pandas as pd

from scandia.errors import InputError
from scandia.vocabulary import CAMPAIGN, DEPTH, HOLE

COLUMNS = ["campaign", "holes", "metres", "previous"]


def previous_holes(collar, campaigns):
    """Holes of the campaigns, a set; all holes where no campaign is named. A hole without a campaign is new drilling.

    Raises
    ------
    InputError
        Where a campaign has no hole: the table's campaigns stand beside it.
    """
    if not campaigns:
        return set(collar[HOLE])
    named = _campaigns(collar)
    for campaign in campaigns:
        if not (named == campaign).any():
            held = ", ".join(sorted(set(named) - {""})) or "none"
            message = f"previous.campaigns names {campaign!r}, but no hole of the collar table has it; its campaigns are {held}"
            raise InputError(message)
    return set(collar.loc[named.isin(list(campaigns)), HOLE])


def tables_of_holes(tables, holes):
    """The same tables with the rows of the holes only, a dict; rows keep their order."""
    return {name: table[table[HOLE].isin(list(holes))].reset_index(drop=True) for name, table in tables.items()}


def campaign_table(collar, campaigns):
    """Holes and metres by campaign, and whether the previous estimate had them (yes or no), a DataFrame of `COLUMNS`."""
    held = collar[HOLE].isin(list(previous_holes(collar, campaigns))).map({True: "yes", False: "no"})
    frame = pd.DataFrame({"campaign": _campaigns(collar), "metres": collar[DEPTH], "previous": held})
    grouped = frame.groupby(["campaign", "previous"], sort=True)["metres"].agg(["size", "sum"]).reset_index()
    grouped = grouped.rename(columns={"size": "holes", "sum": "metres"})
    return grouped.assign(campaign=grouped["campaign"].replace("", "not given"))[COLUMNS]


def _campaigns(collar):
    """Campaign of each hole as text, empty where it has none."""
    if CAMPAIGN not in collar:
        return pd.Series("", index=collar.index)
    return collar[CAMPAIGN].map(lambda value: "" if pd.isna(value) else str(value))
