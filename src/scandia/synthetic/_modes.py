"""Sums of cosines at many points: the compiled inside of the random fields."""

import numpy as np

from scandia.compiled import cached


@cached(nogil=True)
def sum_modes(points, waves, phases):
    """Sum over modes of ``cos(wave . point + phase)`` at points ``(n, 3)``, shape ``(n,)``; always added in mode order."""
    total = np.empty(points.shape[0])
    for i in range(points.shape[0]):
        value = 0.0
        for j in range(waves.shape[0]):
            angle = points[i, 0] * waves[j, 0] + points[i, 1] * waves[j, 1] + points[i, 2] * waves[j, 2] + phases[j]
            value += np.cos(angle)
        total[i] = value
    return total
