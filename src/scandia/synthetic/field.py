"""Stationary Gaussian random fields with known variograms, defined at every point of space.

A field is a sum of cosines whose wave vectors are drawn from the spectrum of its spherical covariance (Mantoglou and
Wilson 1982, the randomization method). Being a function of position, it has the same value at a sample, a block point
and a node of any grid. GSTools draws the same spectra, but for the spherical model it has no closed form in three
dimensions and falls back on a numerical transform; the spherical correlation is the overlap of two balls, so its
spectrum is the squared transform of one ball and can be drawn exactly.
"""

from dataclasses import dataclass

import numpy as np
from scipy.integrate import cumulative_trapezoid
from scipy.special import ndtri

from scandia.synthetic._modes import sum_modes

MODES = 500  # per structure: the realised spectrum then follows the spherical model within about 2 % of the sill


@dataclass(frozen=True)
class Field:
    """Random field of mean 0 and variance 1: wave vectors ``(m, 3)`` in 1/m, phases and amplitudes of each structure."""

    waves: tuple[np.ndarray, ...]
    phases: tuple[np.ndarray, ...]
    amplitudes: tuple[float, ...]


def draw_field(generator, structures):
    """A `Field` whose variogram is a sum of spherical structures.

    Parameters
    ----------
    generator : numpy.random.Generator
        Source of random numbers; only its uniform doubles are used (see `normals`).
    structures : sequence of (share, ranges)
        Share of the variance and ranges along local x, y, z, m, of each structure; the shares add up to one.
    """
    waves, phases, amplitudes = [], [], []
    for share, ranges in structures:
        radial = _spherical_wave_numbers((np.arange(MODES) + 0.5) / MODES)
        waves.append(radial[:, None] * _directions(generator, MODES) / np.asarray(ranges, dtype=float))
        phases.append(2.0 * np.pi * generator.random(MODES))
        amplitudes.append(float(np.sqrt(2.0 * share / MODES)))
    return Field(tuple(waves), tuple(phases), tuple(amplitudes))


def evaluate(field, points):
    """Values of a field at local points ``(n, 3)``, m; shape ``(n,)``, mean 0 and variance 1 over space."""
    points = np.ascontiguousarray(points, dtype=float)
    total = np.zeros(len(points))
    for waves, phases, amplitude in zip(field.waves, field.phases, field.amplitudes, strict=True):
        total += amplitude * sum_modes(points, waves, phases)
    return total


def normals(generator, count):
    """Standard normal numbers, shape ``(count,)``.

    NumPy promises that the bits of a generator stay the same from release to release, but not what its methods for
    normal numbers make of them; inverting uniform doubles keeps the shipped tables reproducible.
    """
    return ndtri(np.maximum(generator.random(count), 1e-12))


def _directions(generator, count):
    """Unit vectors ``(count, 3)``, uniform on the sphere."""
    height = 2.0 * generator.random(count) - 1.0
    angle = 2.0 * np.pi * generator.random(count)
    radius = np.sqrt(1.0 - height**2)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle), height])


def _spherical_wave_numbers(quantiles):
    """Wave numbers (range 1) at quantiles of the radial spectrum of the spherical model.

    With u = wave number x half the range, the radial density is proportional to ``((sin u - u cos u) / u^2)^2``.
    """
    u = np.linspace(0.0, 3000.0, 600_001)[1:]
    density = ((np.sin(u) - u * np.cos(u)) / u**2) ** 2
    cumulative = cumulative_trapezoid(density, u, initial=0.0)
    return 2.0 * np.interp(quantiles, cumulative / cumulative[-1], u)
