"""Domains of the model against the true ones, by volume."""

from math import fsum

import numpy as np
import pandas as pd

from scandia.blockmodel.dataset import grid_of

OUTSIDE = "outside"  # rock below ground in no domain


def domain_confusion(parts, truth):
    """Volume that the model gives to a domain and that truly lies in another, a DataFrame over all pairs with any volume.

    Returns
    -------
    DataFrame
        domain (of the model, or "outside"), true_domain, volume (m3), share (of the model domain's volume),
        true_share (of the true domain's volume).

    Notes
    -----
    Fractions say how much of a block lies in a domain, not where. So each block agrees as far as it can: the smaller of the two
    fractions of one domain is taken as held in common, and what is left of the model is spread over what is left of the truth
    in proportion: the composite operator of Pontius & Cheuk (2006), Int. J. Geogr. Inf. Sci. 20, 1-30. Rows add to the model's
    domain volumes and columns to the true ones exactly up to rounding; true confusion inside mixed blocks can only be larger.
    """
    model_names, true_names = ([str(name) for name in dataset["domain"].values] for dataset in (parts, truth))
    names = [*model_names, *(name for name in true_names if name not in model_names)]
    model, true = _fractions(parts, model_names, names), _fractions(truth, true_names, names)
    below = parts["ground"].values.ravel() if "ground" in parts else np.ones(model.shape[1])
    total = np.maximum(below, np.maximum(model.sum(axis=0), true.sum(axis=0)))
    model, true = (np.vstack([given, total - given.sum(axis=0)]) for given in (model, true))
    return _table(model, true, [*names, OUTSIDE], grid_of(parts).volume)


def _fractions(dataset, own, names):
    values = dataset["fraction"].values
    empty = np.zeros(values.shape[1:]).ravel()
    return np.array([values[own.index(name)].ravel() if name in own else empty for name in names])


def _table(model, true, names, volume):
    common = np.minimum(model, true)
    left, true_left = model - common, true - common
    rest = left.sum(axis=0)
    scale = np.divide(1.0, rest, out=np.zeros_like(rest), where=rest > 0)
    rows = []
    for i, name in enumerate(names):
        for j, true_name in enumerate(names):
            shared = fsum(common[i]) if i == j else fsum(left[i] * true_left[j] * scale)
            if shared > 0:
                shares = shared / fsum(model[i]), shared / fsum(true[j])
                rows.append((name, true_name, shared * volume, *shares))
    return pd.DataFrame(rows, columns=["domain", "true_domain", "volume", "share", "true_share"])
