"""What is wrong with a solid: open and doubled edges, triangles that face different ways or cut each other, inside out."""

from dataclasses import dataclass

import numpy as np

from scandia.errors import InputError
from scandia.geometry.crossing import self_crossings
from scandia.geometry.mesh import Mesh, volume

# Rule of a finding to its words and its hint; `check_solid` says the same.
WORDS = {
    "solid_open": (
        "the solid is not closed: {count} edges belong to one triangle only, the first {place}, of triangle {triangles}",
        "close the holes and export it again",
    ),
    "solid_edge_shared": (
        "{count} edges of the solid belong to more than two triangles, the first {place}, of triangles {triangles}",
        "leave out doubled triangles and inner walls; export bodies that share an edge as solids of their own",
    ),
    "solid_faces_turned": (
        "the triangles of the solid face different ways at {count} edges, the first {place}, between triangles {triangles}",
        "make all triangles face outwards and export it again",
    ),
    "solid_inside_out": (
        "all triangles of the solid face the other way than the config says: {place}",
        "export it facing outwards; `inward: true` is for a solid whose triangles face inwards, and for no other",
    ),
    "solid_crosses_itself": (
        "{count} pairs of triangles of the solid pass through each other, the first {place}, triangles {triangles}",
        "unite the bodies in the program that made them, or export each as a solid of its own",
    ),
}


@dataclass(frozen=True)
class Fault:
    """One kind of fault of a solid: its rule, how often it is there, the first place, and the triangles at fault there."""

    rule: str
    count: int
    place: str
    triangles: str


def solid_faults(mesh, *, inward=False, crossing=True):
    """Faults of a solid, a list of `Fault`; empty where it is closed, faces outwards and does not cut itself.

    Parameters
    ----------
    mesh : Mesh
    inward : bool
        Its triangles are known to face inwards.
    crossing : bool
        Whether triangles that cut each other are looked for.

    Notes
    -----
    Triangles are named by their numbers from 1 in the order of the file, polygons counted as the triangles that they are
    parted into. Which way an open solid faces is not asked.
    """
    edges = mesh.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    owner = np.repeat(np.arange(len(mesh.triangles)), 3)
    low, high = edges.min(axis=1), edges.max(axis=1)
    names, number, count = np.unique(low * len(mesh.vertices) + high, return_inverse=True, return_counts=True)
    number = number.reshape(-1)
    balance = np.bincount(number, weights=np.where(edges[:, 0] < edges[:, 1], 1.0, -1.0))
    faults = []
    for rule, wrong in (
        ("solid_open", count == 1),
        ("solid_edge_shared", count > 2),
        ("solid_faces_turned", (count == 2) & (balance != 0)),
    ):
        if wrong.any():
            first = int(np.argmax(wrong))
            ends = mesh.vertices[list(divmod(int(names[first]), len(mesh.vertices)))]
            place = "from " + " to ".join(spell_place(end) for end in ends)
            faults.append(Fault(rule, int(wrong.sum()), place, _numbers(mesh, owner[number == first])))
    if not faults and (volume(mesh) <= 0) != inward:
        faults.append(Fault("solid_inside_out", len(mesh.triangles), f"its volume is {volume(mesh):,.1f} m3", "all"))
    if crossing:
        pairs, points = self_crossings(mesh)
        if len(pairs):
            faults.append(Fault("solid_crosses_itself", len(pairs), f"at {spell_place(points[0])}", _numbers(mesh, pairs[0])))
    return faults


def check_solid(mesh, label, *, inward=False):
    """The mesh, closed and facing outwards; triangles that cut each other were looked for when the tables were checked.

    Parameters
    ----------
    mesh : Mesh
    label : str
        What the message calls it.
    inward : bool
        The file's triangles are known to face inwards and are turned.

    Raises
    ------
    InputError
        Names the first fault, with its place and the triangles.
    """
    for fault in solid_faults(mesh, inward=inward, crossing=False):
        words, hint = WORDS[fault.rule]
        told = words.format(count=fault.count, place=fault.place, triangles=fault.triangles)
        message = f"{label}: {told}. Hint: {hint}"
        raise InputError(message)
    return Mesh(mesh.vertices, mesh.triangles[:, ::-1], mesh.numbers) if inward else mesh


def spell_place(point):
    """Text of a point."""
    return "(" + ", ".join(f"{value:.10g}" for value in point) + ")"


def _numbers(mesh, triangles):
    """Text of the numbers of triangles in the file, from 1."""
    numbers = triangles if mesh.numbers is None else mesh.numbers[triangles]
    return ", ".join(str(number + 1) for number in sorted(np.asarray(numbers).tolist()))
