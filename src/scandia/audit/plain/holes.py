"""Positions down the holes, by minimum curvature, one leg after the other."""

from itertools import pairwise

import numpy as np

from scandia.audit.plain.tables import numbers, read_table


def read_holes(config):
    """Hole to its end of hole, m, and its legs: depth, position and tangent at the top of each, and the tangent at its bottom."""
    collar, survey = read_table(config, "collar"), read_table(config, "survey")
    sign = config["drillholes"]["survey"]["dip_sign"] or config["drillholes"]["dip_sign"]
    turn = -1.0 if sign == "positive_down" else 1.0
    records = {}
    for hole, *values in zip(survey["hole"], *(numbers(survey[name]) for name in ("depth", "azimuth", "dip")), strict=True):
        records.setdefault(hole, []).append((values[0], unit_vector(values[1], turn * values[2])))
    names = ("easting", "northing", "elevation", "depth")
    holes = {}
    for hole, *values in zip(collar["hole"], *(numbers(collar[name]) for name in names), strict=True):
        holes[hole] = (values[3], _legs(np.array(values[:3]), sorted(records[hole], key=lambda record: record[0]), values[3]))
    return holes


def unit_vector(azimuth, dip):
    """East, north, up of a direction; degrees, dip negative down."""
    bearing, incline = np.radians(azimuth), np.radians(dip)
    return np.array([np.sin(bearing) * np.cos(incline), np.cos(bearing) * np.cos(incline), np.sin(incline)])


def locate(legs, depth):
    """Easting, northing and elevation at a depth of one hole."""
    top, position, first, second, length = max((leg for leg in legs if leg[0] <= depth), key=lambda leg: leg[0])
    travelled = depth - top
    if length is None:  # below the last record the hole is straight
        return position + travelled * first
    beta = _angle(first, second)
    if beta == 0.0:
        return position + travelled * first
    # On the arc: the tangent turns evenly in the plane of both tangents.
    radius, theta = length / beta, beta * travelled / length
    across = (second - np.cos(beta) * first) / np.sin(beta)
    return position + radius * (np.sin(theta) * first + (1.0 - np.cos(theta)) * across)


def to_mine_grid(config, world):
    """Local x, y, z of a world position."""
    grid = config["mine_grid"]
    angle = np.radians(grid["azimuth"])
    east, north = world[0] - grid["easting"], world[1] - grid["northing"]
    x = grid["x"] + np.cos(angle) * east - np.sin(angle) * north
    y = grid["y"] + np.sin(angle) * east + np.cos(angle) * north
    return np.array([x, y, world[2]])


def _legs(start, records, end):
    """Legs as tuples: depth and position of the top, tangent there, tangent at the bottom, length (None of the last)."""
    if records[0][0] > 0:
        records = [(0.0, records[0][1]), *records]
    legs, position = [], start
    for (top, first), (bottom, second) in pairwise(records):
        legs.append((top, position, first, second, bottom - top))
        position = _bottom(legs[-1])
    return [*legs, (records[-1][0], position, records[-1][1], records[-1][1], None)]


def _bottom(leg):
    """Position at the end of a leg: the ratio factor of minimum curvature."""
    _, position, first, second, length = leg
    beta = _angle(first, second)
    factor = 1.0 if beta == 0.0 else 2.0 / beta * np.tan(beta / 2.0)
    return position + length / 2.0 * (first + second) * factor


def _angle(first, second):
    """Angle of two unit vectors, by the half-angle, which keeps its digits where they nearly agree."""
    return 2.0 * np.arctan2(np.linalg.norm(second - first), np.linalg.norm(second + first))
