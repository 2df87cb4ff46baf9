"""The capping study, and the caps that the geologist decided on."""

import numpy as np
import pandas as pd

from scandia.errors import SettingError
from scandia.statistics.outliers import tail_table
from scandia.statistics.weighted import weighted_mean, weighted_variance
from scandia.vocabulary import DOMAIN, LENGTH

CANDIDATES = {"q95": 0.95, "q97.5": 0.975, "q99": 0.99, "q99.5": 0.995}
TAIL = ("break", "n_above_break", "metal_above_break", "metal_at_risk", "cap_at_risk")
NO_CAP = "no cap"
TOP_DECILE = 0.40  # of the metal: more than this in the top decile speaks for a cap
DECILE_RATIO = 2.0  # so does more than this times the metal of the decile below
TOP_PERCENTILE = 0.10  # and so does more metal than this in the top hundredth


def decile_table(composites, analytes):
    """Parrish's table: metal by decile of the sorted composites, and by hundredth of the top decile.

    Parameters
    ----------
    composites : DataFrame
        With domain, length and the analytes.
    analytes : list of str
        Columns to study.

    Returns
    -------
    DataFrame
        domain, analyte, lower, upper (percent of the composites), n, mean, minimum, maximum, metal (grade x m), metal_share.
        Classes without a composite (fewer than 10, or than 100 for the hundredths) have n = 0.

    References
    ----------
    Parrish (1997), Geologist's Gordian knot: to cut or not to cut. Mining Engineering 49(4).
    """
    limits = [(low, low + 10) for low in range(0, 100, 10)] + [(low, low + 1) for low in range(90, 100)]
    rows = []
    for domain, analyte, values, lengths in _studied(composites, analytes):
        order = np.argsort(values, kind="stable")
        values, metal = values[order], (values * lengths)[order]
        for lower, upper in limits:
            inside = slice(*(round(len(values) * limit / 100) for limit in (lower, upper)))
            rows.append(
                {DOMAIN: domain, "analyte": analyte, "lower": lower, "upper": upper}
                | _class(values[inside], metal[inside], metal.sum())
            )
    return pd.DataFrame(rows)


def capping_table(composites, analytes, caps):
    """Capping study: what the decile rule says and what was decided, one row per domain and analyte.

    Parameters
    ----------
    composites : DataFrame
        Uncapped composites with domain, length and the analytes.
    analytes : list of str
        Columns to study.
    caps : dict of dict of Cap
        Domain to analyte to cap; empty for none.

    Returns
    -------
    DataFrame
        domain, analyte, n, maximum, mean, cv, top_decile, next_decile, top_percentile (shares of the metal; NaN where composites
        are too few to tell), rule (``cap`` or ``no cap``, by Parrish's decile rule), break, n_above_break, metal_above_break,
        metal_at_risk, cap_at_risk (`outliers.tail_table`), cap (NaN for none), n_capped, metal_removed
        (share), mean_capped, cv_capped, decision (the reason, or ``no cap``), who.

    Raises
    ------
    SettingError
        A cap names a domain or analyte that is not there.
    """
    _check_caps(caps, composites, analytes)
    tails = tail_table(composites, analytes).set_index([DOMAIN, "analyte"]).to_dict("index")
    deciles = decile_table(composites, analytes).set_index([DOMAIN, "analyte", "lower", "upper"]).sort_index()
    rows = []
    for domain, analyte, values, lengths in _studied(composites, analytes):
        cap = caps.get(domain, {}).get(analyte)
        shares = _top_shares(deciles.loc[(domain, analyte)])
        effect = _effect(values, lengths, np.nan if cap is None else cap.value)
        rows.append(
            {DOMAIN: domain, "analyte": analyte, "n": len(values), "maximum": values.max() if len(values) else np.nan}
            | {"mean": effect.pop("mean"), "cv": effect.pop("cv")}
            | shares
            | {"rule": _rule(**shares)}
            | tails.get((domain, analyte), dict.fromkeys(TAIL, np.nan))
            | effect
            | {"decision": NO_CAP if cap is None else cap.reason, "who": "" if cap is None else cap.who}
        )
    return pd.DataFrame(rows)


def candidate_caps(composites, analytes):
    """Effect that caps at high quantiles would have, one row per domain, analyte and candidate.

    The candidates are the 95, 97.5, 99 and 99.5 % quantiles of the composites by count; nothing is applied. Columns: domain,
    analyte, candidate, mean, cv, cap, n_capped, metal_removed (share), mean_capped, cv_capped.
    """
    rows = []
    for domain, analyte, values, lengths in _studied(composites, analytes):
        for name, share in CANDIDATES.items():
            cap = np.quantile(values, share, method="hazen") if len(values) else np.nan
            rows.append({DOMAIN: domain, "analyte": analyte, "candidate": name} | _effect(values, lengths, cap))
    return pd.DataFrame(rows)


def apply_caps(composites, caps, analytes):
    """Composites with capped grades and the table of what that did.

    Parameters
    ----------
    composites : DataFrame
        Uncapped composites.
    caps : dict of dict of Cap
        Domain to analyte to cap.
    analytes : list of str
        Estimated analytes; each gets a column ``<analyte>_uncapped`` with the grades as they were, capped or not.

    Returns
    -------
    capped : DataFrame
        A new table; grades above a cap are set to it.
    table : DataFrame
        As `capping_table`.
    """
    table = capping_table(composites, analytes, caps)
    capped = composites.copy()
    for analyte in analytes:
        limit = composites[DOMAIN].map({domain: named[analyte].value for domain, named in caps.items() if analyte in named})
        capped[f"{analyte}_uncapped"] = composites[analyte]
        # np.minimum carries a missing grade on, and fills a domain without cap with infinity
        capped[analyte] = np.minimum(composites[analyte].to_numpy(dtype=float), limit.to_numpy(dtype=float, na_value=np.inf))
    return capped, table


def _studied(composites, analytes):
    """Domain, analyte, known grades and their lengths, in sorted order of the domains."""
    for domain in sorted(composites[DOMAIN].unique()):
        inside = composites[composites[DOMAIN] == domain]
        for analyte in analytes:
            known = inside[inside[analyte].notna()]
            yield domain, analyte, known[analyte].to_numpy(dtype=float), known[LENGTH].to_numpy(dtype=float)


def _class(values, metal, total):
    return {
        "n": len(values),
        "mean": values.mean() if len(values) else np.nan,
        "minimum": values.min() if len(values) else np.nan,
        "maximum": values.max() if len(values) else np.nan,
        "metal": metal.sum(),
        "metal_share": metal.sum() / total if total > 0.0 else np.nan,
    }


def _top_shares(deciles):
    """Shares of the metal in the top decile, the one below and the top hundredth, NaN where composites are too few to tell."""
    enough = deciles["n"].loc[[(low, low + 10) for low in range(0, 100, 10)]].sum()
    share = deciles["metal_share"]
    return {
        "top_decile": share.loc[(90, 100)] if enough >= 10 else np.nan,
        "next_decile": share.loc[(80, 90)] if enough >= 10 else np.nan,
        "top_percentile": share.loc[(99, 100)] if enough >= 100 else np.nan,
    }


def _rule(*, top_decile, next_decile, top_percentile):
    if np.isnan(top_decile):
        return "too few composites"
    speaks = top_decile > TOP_DECILE or top_decile > DECILE_RATIO * next_decile or top_percentile > TOP_PERCENTILE
    return "cap" if speaks else NO_CAP


def _effect(values, lengths, cap):
    """Cap, number above it, metal it removes, and mean and CV, weighted by length, before and after."""
    after = values if np.isnan(cap) else np.minimum(values, cap)
    metal = np.sum(values * lengths)
    return {
        "mean": weighted_mean(values, lengths),
        "cv": _variation(values, lengths),
        "cap": cap,
        "n_capped": int(np.sum(values > after)),
        "metal_removed": 1.0 - np.sum(after * lengths) / metal if metal > 0.0 else np.nan,
        "mean_capped": weighted_mean(after, lengths),
        "cv_capped": _variation(after, lengths),
    }


def _variation(values, lengths):
    mean = weighted_mean(values, lengths)
    return np.sqrt(weighted_variance(values, lengths)) / mean if mean > 0.0 else np.nan


def _check_caps(caps, composites, analytes):
    domains = sorted(composites[DOMAIN].unique())
    for domain, named in caps.items():
        if domain not in domains:
            message = f"statistics.caps names domain {domain}; composites have {', '.join(domains)}"
            raise SettingError(message)
        for analyte in named:
            if analyte not in analytes:
                message = f"statistics.caps.{domain} names analyte {analyte}; composited are {', '.join(analytes)}"
                raise SettingError(message)
