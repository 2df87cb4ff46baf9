"""Measures of the quality of a kriged block, from its variance and Lagrange multiplier."""

import numpy as np


def slope_of_regression(block_variance, variance, lagrange):
    """Slope ``(...)`` of the regression of true on estimated block grades; 1 is conditionally unbiased.

    Parameters
    ----------
    block_variance : float
        Mean covariance within the block, BV, squared grade units; the sill for point support.
    variance, lagrange : array (...)
        Kriging variance KV and Lagrange multiplier mu, squared grade units, with ``KV = BV - sum(w C) - mu``.

    Notes
    -----
    ``Cov(Z, Z*) / Var(Z*) = (BV - KV - mu) / (BV - KV - 2 mu)``, because ``sum(w C) = BV - KV - mu`` is the covariance of true
    and estimated grade and the estimate's variance is that less mu. NaN where the estimate has no variance.

    References
    ----------
    Vann, Jackson & Bertoli (2003), Quantitative kriging neighbourhood analysis for the mining geologist.
    """
    joint = block_variance - np.asarray(variance, dtype=float) - lagrange
    return _ratio(joint, joint - lagrange)


def kriging_efficiency(block_variance, variance):
    """Share ``(...)`` of the block variance that kriging explains, ``(BV - KV) / BV``; 1 is perfect, it may be negative.

    NaN where the block has no variance (a pure nugget averages out over a block).

    References
    ----------
    Krige (1996), A practical analysis of the effects of spatial structure and of data available and accessed.
    """
    variance = np.asarray(variance, dtype=float)
    return _ratio(block_variance - variance, np.full_like(variance, block_variance))


def _ratio(above, below):
    return np.divide(above, below, out=np.full_like(above, np.nan), where=np.abs(below) > 0.0)
