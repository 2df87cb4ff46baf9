"""Overlaps of two families of intervals, group by group, without a loop and without cancelling cumulative sums."""

import numpy as np


def overlaps(group, start, end, query_group, query_start, query_end):
    """Index of the interval, index of the query and common length of every overlapping pair, three arrays ``(n,)``.

    Parameters
    ----------
    group, start, end : array (m,)
        Integer group and ends of the intervals, sorted by group and start, without overlaps inside a group.
    query_group, query_start, query_end : array (q,)
        The same of the queries, in any order.

    Notes
    -----
    The pairs come sorted by query, then by interval. A difference of cumulative curves would do too, but carries the rounding
    of all holes before it, so that a grade would depend on which other holes are in the table.
    """
    first = np.maximum(_last_before(group, start, query_group, query_start, inclusive=True), 0)
    last = _last_before(group, start, query_group, query_end, inclusive=False)
    count = np.maximum(last - first + 1, 0)
    query = np.repeat(np.arange(len(query_start)), count)
    interval = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - first, count)
    common = np.minimum(end[interval], query_end[query]) - np.maximum(start[interval], query_start[query])
    keep = (common > 0.0) & (group[interval] == query_group[query])
    return interval[keep], query[keep], common[keep]


def containing(group, start, query_group, position, *, upper=False):
    """Index ``(q,)`` of the interval in which each position lies; at a joint the lower one, or with ``upper`` the one above.

    "Lower" is deeper: the interval that starts there. ``upper`` gives the interval that ends there.
    """
    return _last_before(group, start, query_group, position, inclusive=not upper)


def _last_before(group, start, query_group, position, *, inclusive):
    """Index of the last interval of all whose (group, start) is below, or with ``inclusive`` not above, (group, position)."""
    count, queries = len(start), len(position)
    is_query = np.r_[np.zeros(count, dtype=bool), np.ones(queries, dtype=bool)]
    order = np.lexsort((is_query if inclusive else ~is_query, np.r_[start, position], np.r_[group, query_group]))
    passed = np.cumsum(~is_query[order]) - 1
    found = np.empty(count + queries, dtype=np.int64)
    found[order] = passed
    return found[count:]
