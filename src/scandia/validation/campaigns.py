"""Campaigns: what each of them found, estimated from what was known before it."""

import numpy as np
import pandas as pd

from scandia.errors import InputError
from scandia.kriging.choices import local_orientations, make_domain_request
from scandia.kriging.columns import empty_columns, fill_columns
from scandia.qaqc.order import natural_keys
from scandia.vocabulary import CAMPAIGN, DOMAIN, LOCAL

FOUND = ("variance", "samples", "holes", "pass", "reason")


def campaign_ranks(composites, settings):
    """Place of each composite's campaign in time ``(n,)``, from 0; None without two campaigns, or where they are not asked for.

    Parameters
    ----------
    composites : DataFrame
        With campaign, if the collars have one.
    settings : Validation
        ``cross_validation``; ``campaigns``: their order; ``campaign_letters``.

    Raises
    ------
    InputError
        A composite has no campaign though others have, or one that the order does not name.
    """
    if "campaign" not in settings.cross_validation or CAMPAIGN not in composites or composites[CAMPAIGN].isna().all():
        return None
    names = composites[CAMPAIGN].astype("string").str.strip()
    if names.isna().any():
        holes = sorted(composites.loc[names.isna().to_numpy(), "hole"].unique())
        message = (
            f"cross-validation by campaign: hole {holes[0]} has no campaign ({len(holes)} have none). Hint: fill in the column "
            "of the collar table, or leave 'campaign' out of validation.cross_validation"
        )
        raise InputError(message)
    names = names.str[: settings.campaign_letters] if settings.campaign_letters else names
    found = names.drop_duplicates()
    order = list(settings.campaigns) or list(found.loc[natural_keys(found).sort_values(kind="stable").index])
    unknown = sorted(set(found) - set(order))
    if unknown:
        message = f"campaign {unknown[0]!r} is not in validation.campaigns, {order}; name all of them in order, or none"
        raise InputError(message)
    present = [name for name in order if name in set(found)]
    if len(present) < 2:
        return None
    place = {name: rank for rank, name in enumerate(present)}
    return names.map(place).to_numpy(dtype=int)


def predict_campaigns(used, ranks, estimation, models, key, mine_grid, readings, *, threads=1, progress=None):
    """Table of the composites of a domain, each estimated from the campaigns before its own; as `kriging.validate` gives it.

    Parameters
    ----------
    used : DataFrame
        Composites that may inform the variable.
    ranks : array (n,)
        Place of each one's campaign in time.
    estimation, models, mine_grid, readings
        As in `cross_validate_domains`.
    key : (str, str)
        Domain and variable.

    Notes
    -----
    The first campaign that met the domain has nothing before it, and no rows. Point support, by the domain's own search.
    """
    own, tables = (used[DOMAIN] == key[0]).to_numpy(), []
    for rank in sorted(set(ranks[own])):
        before, later = used[ranks < rank], own & (ranks == rank)
        if not (before[DOMAIN] == key[0]).any():
            continue
        tables.append(_predict(before, used[later], np.flatnonzero(later), estimation, models, key, mine_grid, readings, threads))
        if progress is not None:
            progress(int((own & (ranks <= rank)).sum()), int(own.sum()))
    nothing = pd.DataFrame(columns=["value", "estimate", *FOUND], index=np.empty(0, dtype=int), dtype=float)
    return pd.concat(tables) if tables else nothing


def _predict(before, later, rows, estimation, models, key, mine_grid, readings, threads):
    domain, variable = key
    places = later[list(LOCAL)].to_numpy(dtype=float)
    drift = {name: later[name].to_numpy(dtype=float) for name in estimation.estimator_of(domain, variable).drift}
    request = make_domain_request(
        *(before, estimation, models, domain, variable, mine_grid, places),
        drift=drift,
        orientations=local_orientations(readings, estimation, domain, mine_grid, places),
        checks=False,
    )
    columns = empty_columns((variable,), len(later), checks=False)
    fill_columns(request, columns, threads=threads)
    found = {name: columns[name] for name in FOUND}
    return pd.DataFrame({"value": later[variable].to_numpy(dtype=float), "estimate": columns[variable], **found}, index=rows)
