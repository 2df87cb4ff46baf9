"""Three turns about named axes, put together into a rotation and taken apart again, exactly also where two of them coincide."""

import numpy as np

X, Y, Z = 0, 1, 2
ALIGNED = 2e-15  # sine of the middle turn that is none but for rounding: the first and the third turn are then about one line


def turn(axis, angle):
    """Rotation matrix ``(3, 3)`` that turns columns about an axis (0, 1, 2) by an angle in degrees, right-handed.

    Notes
    -----
    Multiples of 90 degrees are exact, so that right angles stay right.
    """
    quarters, rest = divmod(float(angle), 90.0)
    cosine, sine = (1.0, 0.0) if rest == 0.0 else (np.cos(np.deg2rad(rest)), np.sin(np.deg2rad(rest)))
    for _ in range(int(quarters) % 4):
        cosine, sine = -sine, cosine
    matrix = np.eye(3)
    first, second = (axis + 1) % 3, (axis + 2) % 3
    matrix[first, first] = matrix[second, second] = cosine
    matrix[first, second], matrix[second, first] = -sine, sine
    return matrix


def compose(sequence, angles):
    """Rotation matrix ``(3, 3)`` whose columns are the axes x, y, z after three turns, each about an axis already turned.

    Parameters
    ----------
    sequence : tuple of 3 int
        Axes 0, 1, 2 in the order of the turns.
    angles : tuple of 3 float
        Degrees, right-handed.

    Notes
    -----
    ``M = R_i(a) R_j(b) R_k(c)``: read from the left the turns are about axes that move along (intrinsic), from the right about
    axes that stay (extrinsic).

    References
    ----------
    Diebel2006.
    """
    first, second, third = (turn(axis, angle) for axis, angle in zip(sequence, angles, strict=True))
    return first @ second @ third


def decompose(sequence, matrix):
    """Angles of the three turns, degrees, such that ``compose(sequence, angles)`` is the rotation matrix ``(3, 3)``.

    Parameters
    ----------
    sequence : tuple of 3 int
        Axes 0, 1, 2; neighbours differ. The first and third may be one (as in Z X Z) or not (as in Z Y X).
    matrix : array (3, 3)
        A proper rotation.

    Notes
    -----
    The middle angle is within 0 and 180 where the first axis returns, else within -90 and 90. Where it leaves the first and the
    third turn about one line, the first is 0. The third is taken from what the first leaves over, so no precision is lost near
    such a line, where the first is poorly determined.

    References
    ----------
    Diebel2006.
    """
    i, j, k = sequence
    matrix = np.asarray(matrix, dtype=float)
    other = 3 - i - j
    hand = 1.0 if (j - i) % 3 == 1 else -1.0  # of the axes i, j, other
    if k == i:
        across = np.hypot(matrix[j, i], matrix[other, i])
        middle = np.arctan2(across, matrix[i, i])
        first = np.arctan2(matrix[j, i], -hand * matrix[other, i])
    else:
        across = np.hypot(matrix[j, k], matrix[k, k])
        middle = np.arctan2(hand * matrix[i, k], across)
        first = np.arctan2(-hand * matrix[j, k], matrix[k, k])
    first = 0.0 if across < ALIGNED else float(np.rad2deg(first))
    left = turn(i, -first) @ matrix  # R_j(b) R_k(c), whose row j is that of R_k(c)
    sine = -hand * left[j, other] if k == i else hand * left[j, i]
    third = np.arctan2(sine, left[j, j])
    return first + 0.0, float(np.rad2deg(middle)) + 0.0, float(np.rad2deg(third)) + 0.0  # no negative zeros
