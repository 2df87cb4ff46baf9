"""Classes that persons give: by polygon with elevations or solid, by name and day, never from one hole."""

import numpy as np
import pytest

from scandia.errors import InputError, SettingError
from scandia.geometry.mesh import mesh_of
from scandia.geometry.minegrid import MineGrid, to_world
from scandia.geometry.polygon import in_polygon
from scandia.resource.classify import classify
from scandia.resource.classify_settings import Classification, ClassOverride, ClassRule
from scandia.resource.classify_tables import class_table, move_table

WHO = {"who": "A. Geologist", "date": "2025-01-31", "reason": "Fault"}
BOX = ((10.0, 0.0), (30.0, 0.0), (30.0, 10.0), (10.0, 10.0))


@pytest.fixture
def parts(make_parts):
    columns = {"fraction": [1.0] * 4, "grade": [200.0, 200.0, 200.0, 200.0], "grade_holes": [3, 3, 1, 3]}
    return make_parts({"ore": columns})


def overridden(parts, *overrides, **options):
    chosen = Classification(rules=(ClassRule(resource_class="inferred"),), reason="r", overrides=overrides)
    return classify(parts, chosen, "grade", **options), chosen


def test_a_polygon_takes_the_centres_inside_but_never_gives_a_class_from_one_hole(parts):
    one = ClassOverride(resource_class="indicated", polygon=BOX, coordinates="local", **WHO)
    result, chosen = overridden(parts, one)
    assert result["class"].values.ravel().tolist() == [3, 2, 0, 3]  # centres at 5, 15, 25, 35; the third has one hole
    assert result["class_reason"].values.ravel().tolist() == [1, 80, 127, 1]
    words = "override 1 by A. Geologist, 2025-01-31: Fault"
    assert words in class_table(result, chosen, "grade")["rule"].tolist()
    moved = move_table(result, chosen)
    assert moved[moved["domain"] == "ore"][["step", "before", "after", "reason"]].to_numpy().tolist() == [
        ["overrides", "inferred", "indicated", words]
    ]


def test_a_later_override_goes_over_an_earlier_one_and_may_take_a_class_away(parts):
    given = {"polygon": BOX, "coordinates": "local", **WHO}
    result, _ = overridden(
        parts, ClassOverride(resource_class="measured", **given), ClassOverride(resource_class="unclassified", **given)
    )
    assert result["class"].values.ravel().tolist() == [3, 0, 0, 3]
    assert result["class_reason"].values.ravel()[1] == 81


def test_world_corners_are_turned_and_elevations_limit(parts):
    grid = MineGrid(azimuth=35.0, easting=1000.0, northing=2000.0)
    corners = tuple(zip(*(one.tolist() for one in to_world(grid, *np.transpose(BOX))), strict=True))
    result, _ = overridden(parts, ClassOverride(resource_class="indicated", polygon=corners, **WHO), mine_grid=grid)
    assert result["class"].values.ravel().tolist() == [3, 2, 0, 3]
    low = ClassOverride(resource_class="indicated", polygon=BOX, coordinates="local", elevation=(2.5, 2.5), **WHO)
    assert overridden(parts, low)[0]["class"].values.ravel().tolist() == [3, 2, 0, 3]  # centres at 2.5 m
    high = ClassOverride(resource_class="indicated", polygon=BOX, coordinates="local", elevation=(2.6, 9.0), **WHO)
    with pytest.raises(InputError, match="takes in no block"):
        overridden(parts, high)


def test_a_solid_takes_the_centres_inside_it(parts):
    corners = np.array([[x, y, z] for x in (28.0, 42.0) for y in (-1.0, 11.0) for z in (-1.0, 6.0)])
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    triangles = [t for a, b, c, d in faces for t in ((a, b, c), (a, c, d))]
    one = ClassOverride(resource_class="measured", solid={"file": "box.obj"}, **WHO)
    result, _ = overridden(parts, one, solids={0: mesh_of(corners, np.array(triangles), "box")})
    assert result["class"].values.ravel().tolist() == [3, 3, 0, 1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "neither polygon nor solid"),
        ({"polygon": BOX[:2]}, "2 corners"),
        ({"polygon": BOX, "date": "soon"}, "YYYY-MM-DD"),
        ({"polygon": BOX, "who": " "}, "who is empty"),
        ({"polygon": BOX, "elevation": (5.0, 1.0)}, "lowest first"),
    ],
)
def test_an_override_without_place_name_or_day_is_refused(change, words):
    with pytest.raises(SettingError, match=words):
        ClassOverride(**{"resource_class": "indicated", **WHO, **change})


def test_of_two_polygons_with_a_common_side_exactly_one_holds_a_point_on_it():
    left, right = ((0, 0), (10, 3), (10, 20), (0, 20)), ((10, 3), (20, 0), (20, 20), (10, 20))
    x, y = np.full(50, 10.0), np.linspace(3.0, 19.9, 50)
    assert (in_polygon(left, x, y) ^ in_polygon(right, x, y)).all()
    assert in_polygon(((0, 0), (4, 4), (4, 0), (0, 4)), [1.0, 2.0], [2.0, 3.5]).tolist() == [True, False]  # a bow tie
