"""Triangulated surfaces from Wavefront OBJ files."""

from itertools import pairwise

import numpy as np

from scandia.errors import InputError


def read_obj(path, file):
    """Vertices ``(v, 3)`` and triangles ``(t, 3)``, numbers of vertices from 0, of an OBJ file.

    Polygons become fans of triangles about their first corner; textures, normals, groups and names are passed over.

    Parameters
    ----------
    path : path
    file : str
        Its name in messages.

    Raises
    ------
    InputError
        A line is no vertex or face, a face names a vertex that is not there, or there is no face; the line is named.
    """
    vertices, faces = [], []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        message = f"{file} is no text: {error}"
        raise InputError(message) from None
    for number, line in enumerate(lines, start=1):
        word, *rest = line.partition("#")[0].split() or [""]
        try:
            if word == "v":
                vertices.append([float(value) for value in (rest[0], rest[1], rest[2])])
            elif word == "f":
                corners = [int(item.partition("/")[0]) for item in rest]
                corners = [corner - 1 if corner > 0 else len(vertices) + corner for corner in corners]
                if len(corners) < 3 or not all(0 <= corner < len(vertices) for corner in corners):
                    raise IndexError
                faces += [(corners[0], one, other) for one, other in pairwise(corners[1:])]
        except (ValueError, IndexError):
            message = (
                f"{file}, line {number}: {line.strip()[:60]!r} is no vertex (v x y z) and no face (f with three "
                "corners at least, each the number of a vertex above it)"
            )
            raise InputError(message) from None
    if not faces:
        message = f"{file} holds no face; it must be an OBJ file of triangles or polygons in easting, northing, elevation"
        raise InputError(message)
    return np.array(vertices), np.array(faces, dtype=np.int64)
