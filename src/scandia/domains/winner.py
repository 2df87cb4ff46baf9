"""Which domain wins at a place where several fields of signed distance meet."""

import numpy as np


def winner(fields, codes, priorities=None):
    """Code of the winning field, and how far it is ahead, m, each ``(n,)``.

    Parameters
    ----------
    fields : array (n, f)
        Signed distances, m, inside positive; the first column is the host rock.
    codes, priorities : array (f,)
        Code of each column, and its priority; without priorities, or where all are equal, the largest field wins, and the lower
        column on a tie.

    Notes
    -----
    From the highest priority down, a domain wins where its field is above zero, and the largest of those of one priority; the
    host rock stands with the lowest priority, where the largest field wins. The lead is the distance to the nearest change of
    this answer: to zero of a higher priority, to the second field of the same.
    """
    if priorities is None or len(set(priorities[1:].tolist())) < 2:
        return _largest(fields, codes)
    priorities = np.array(priorities, dtype=float)
    priorities[0] = priorities[1:].min()
    code, lead = _largest(fields[:, priorities == priorities[0]], codes[priorities == priorities[0]])
    for level in np.unique(priorities)[1:]:
        best, ahead = _largest(fields[:, priorities == level], codes[priorities == level])
        top = fields[:, priorities == level].max(axis=1)
        inside = top > 0
        code = np.where(inside, best, code)
        lead = np.minimum(np.abs(top), np.where(inside, ahead, lead))
    return code, lead


def _largest(fields, codes):
    if fields.shape[1] == 1:
        return np.full(len(fields), codes[0]), np.full(len(fields), np.inf)
    second, first = np.partition(fields, -2, axis=1)[:, -2:].T
    return codes[np.argmax(fields, axis=1)], first - second
