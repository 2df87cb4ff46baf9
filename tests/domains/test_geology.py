"""Domains by rules, solids and priority: hand-worked intervals, known volumes, and one code for holes and blocks."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from bodies import hull
from scipy.spatial import ConvexHull

from scandia.blockmodel.fractions import domain_fractions
from scandia.blockmodel.grid import Grid
from scandia.blockmodel.stable import stable_cells
from scandia.domains.cut import cut_intervals
from scandia.domains.geology import geology_of
from scandia.domains.select import select_intervals
from scandia.domains.settings import Domain, Domains, Implicit, Selection, SolidFile
from scandia.domains.winner import winner
from scandia.drillholes.desurvey import locate_intervals
from scandia.errors import SettingError
from scandia.geometry.mesh import mesh_of, volume
from scandia.geometry.minegrid import MineGrid
from scandia.geometry.rotation import rotation_matrix
from scandia.geometry.surface import Surface

FLAT = Implicit(azimuth=0.0, dip=0.0, ratios=(1.0, 1.0, 1.0), reach=1000.0)
SOLID = SolidFile(file="any.obj")


def ball(centre, radius, count=48):
    """A closed mesh near a sphere."""
    polar, around = np.linspace(0, np.pi, count + 1)[1:-1], np.linspace(0, 2 * np.pi, 2 * count, endpoint=False)
    points = [(np.sin(a) * np.cos(b), np.sin(a) * np.sin(b), np.cos(a)) for a in polar for b in around]
    points = np.array([*points, (0.0, 0.0, 1.0), (0.0, 0.0, -1.0)]) * radius + np.array(centre)
    return hull(points, "ball")


def of_solids(**priorities):
    return Domains(
        domains={
            name: Domain(code=code, label=name, solid=SOLID, priority=priority)
            for code, (name, priority) in enumerate(priorities.items(), start=1)
        }
    )


def coded(rows):
    frame = pd.DataFrame(rows, columns=["hole", "from", "to", "lithology", "domain", "grade"])
    return frame.assign(length=frame["to"] - frame["from"], row=np.arange(2, len(frame) + 2))


@pytest.mark.parametrize("azimuth", [0.0, 35.0, 77.0])
def test_blocks_count_a_solid_within_half_a_percent_on_rotated_grids(azimuth):
    domains, mesh = of_solids(ore=0), ball((3.7, -1.9, 2.1), 40.0)
    turn = np.deg2rad(azimuth)
    rotation = np.array([[np.cos(turn), np.sin(turn), 0.0], [-np.sin(turn), np.cos(turn), 0.0], [0.0, 0.0, 1.0]])
    mesh = mesh_of(mesh.vertices @ rotation, mesh.triangles, "ball")
    grid = Grid((-80.0, -80.0, -60.0), (10.0, 20.0, 5.0), (16, 8, 24), MineGrid(azimuth=azimuth))
    fraction, ground, _, subcells, table = stable_cells(grid, geology_of(None, {"ore": mesh}, domains), None, domains)
    assert fraction.sum() * grid.volume == pytest.approx(volume(mesh), rel=0.005)
    assert table["used"].sum() == 1
    assert (ground == 1).all()
    assert max(subcells) <= domains.finest


def lens(*angles):
    round_one = ball((0.0, 0.0, 0.0), 1.0, count=24)
    return mesh_of(round_one.vertices * [18.0, 9.0, 0.8] @ rotation_matrix(*angles), round_one.triangles, "lens")


BOX = ConvexHull(np.array([[x, y, z] for x in (0.0, 1.0) for y in (0.0, 1.0) for z in (0.0, 1.0)]))


def slab(size, middle, *angles):
    """A closed box of a size, m, about its middle, turned by azimuth, dip and rake."""
    points, faces = BOX.points - 0.5, BOX.simplices.copy()
    corners = points[faces]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    inward = (normal * corners.mean(axis=1)).sum(axis=1) < 0
    faces[inward] = faces[inward][:, ::-1]
    turn = rotation_matrix(*angles) if angles else np.eye(3)
    return mesh_of(points * size @ turn + middle, faces, "slab")


THIN = {
    "a level seam": slab((40.0, 30.0, 0.3), (0.4, 0.3, 7.13)),
    "a level lens": lens(0.0, 0.0, 0.0),
    "a dipping dyke": slab((30.0, 40.0, 0.5), (0.2, 0.1, 0.3), 30.0, 70.0, 20.0),
    "a dipping lens": lens(30.0, 70.0, 20.0),
    "an upright dyke along the blocks": slab((0.4, 40.0, 30.0), (3.1, 0.0, 0.0)),
    "a body smaller than a sub-cell": slab((1.5, 1.0, 0.5), (1.1, 2.2, 3.4)),
}


@pytest.mark.parametrize("body", THIN, ids=str)
def test_blocks_hold_the_volume_of_thin_and_small_solids(body):
    mesh, domains = THIN[body], of_solids(dyke=0)
    grid = Grid((-30.0, -40.0, -30.0), (10.0, 10.0, 10.0), (6, 8, 6), MineGrid())
    geology = geology_of(None, {"dyke": mesh}, domains)
    fraction, *_, subcells, table = stable_cells(grid, geology, None, domains)
    assert subcells == domains.subcells
    assert fraction.sum() * grid.volume == pytest.approx(volume(mesh), rel=1e-9)
    assert table["stable"].iloc[0]
    assert table["used"].iloc[0]
    *_, fixed, table = stable_cells(grid, geology, None, domains, fixed=True)  # the points that the estimate averages over
    assert fixed == domains.subcells
    assert abs(table["volume"].iloc[0] / volume(mesh) - 1) > 0.005


def test_a_seam_in_a_halo_under_a_dyke_leaves_them_what_is_theirs():
    """Of a block wholly inside the halo the seam takes its exact share, and the halo has the rest."""
    domains = of_solids(halo=0, seam=1, dyke=2)
    solids = {
        "halo": slab((50.0, 70.0, 60.0), (0.0, 0.0, 0.0)),
        "seam": slab((40.0, 40.0, 0.3), (0.0, 0.0, 7.13)),
        "dyke": slab((8.0, 8.0, 60.0), (-5.0, 5.0, 0.0)),
    }
    grid = Grid((-30.0, -40.0, -30.0), (10.0, 10.0, 10.0), (6, 8, 6), MineGrid())
    fraction, _ = domain_fractions(grid, geology_of(None, solids, domains), None, domains)
    volumes = fraction.sum(axis=(1, 2, 3)) * grid.volume
    assert fraction.sum(axis=0).max() <= 1.0 + 1e-12
    assert volumes.sum() == pytest.approx(volume(solids["halo"]), rel=1e-9)
    assert volumes[2] == pytest.approx(volume(solids["dyke"]), rel=1e-9)
    assert volumes[1] == pytest.approx(40.0 * 40.0 * 0.3 - 8.0 * 8.0 * 0.3, rel=1e-9)


NESTED = Grid((-90.0, -96.0, -81.0), (20.0, 24.0, 18.0), (9, 8, 9), MineGrid(azimuth=35.0))


def test_nested_solids_keep_the_volumes_of_rims_thinner_than_sub_cells():
    balls = [ball((1.0, 2.0, 3.0), radius, 16) for radius in (70.0, 69.0, 68.0)]
    domains = replace(of_solids(outer=0, middle=1, core=2), subcells=(2, 2, 2))
    geology = geology_of(None, dict(zip(domains.domains, balls, strict=True)), domains)
    fraction, *_, table = stable_cells(NESTED, geology, None, domains)
    volumes = fraction.sum(axis=(1, 2, 3)) * NESTED.volume
    whole = [volume(one) for one in balls]
    np.testing.assert_allclose(volumes, [whole[0] - whole[1], whole[1] - whole[2], whole[2]], rtol=1e-9)
    assert set(table.loc[table["used"], "verdict"]) == {"exact"}


def test_what_the_ground_cuts_is_counted_and_said_and_so_is_a_volume_that_does_not_settle():
    domains = replace(of_solids(halo=0, seam=1), subcells=(2, 2, 2), finest=3)
    solids = {"halo": slab((100.0, 100.0, 50.0), (0.0, 0.0, 0.0)), "seam": slab((100.0, 100.0, 4.0), (0.0, 0.0, 20.0))}
    nodes = np.array([-300.0, 300.0])
    ground = Surface(nodes, nodes, np.full((2, 2), 22.0))  # through the block of the seam, whose sub-cells are 6 m high
    *_, table = stable_cells(NESTED, geology_of(None, solids, domains), ground, domains)
    used = table[table["used"]].set_index("domain")
    assert used.loc["seam", "counted"] == 1.0
    assert 0.0 < used.loc["halo", "counted"] < 0.5
    assert used.loc["seam", "verdict"].startswith("NOT settled: the last step changed it by")
    *_, fixed = stable_cells(NESTED, geology_of(None, solids, domains), ground, domains, fixed=True)
    assert fixed.set_index("domain").loc["seam", "verdict"].startswith("NOT settled: a finer count changes it by")
    *_, single = stable_cells(NESTED, geology_of(None, solids, domains), ground, replace(domains, stable=0.0))
    assert set(single["verdict"]) == {"not compared with a finer count"}


def test_the_higher_priority_cuts_the_other_out_whichever_lies_inside():
    inner, outer = ball((0.0, 0.0, 0.0), 10.0), ball((0.0, 0.0, 0.0), 20.0)
    points = np.array([[0.0, 0.0, 0.0], [15.0, 0.0, 0.0], [25.0, 0.0, 0.0]])
    solids = {"inner": inner, "outer": outer}
    assert geology_of(None, solids, of_solids(inner=1, outer=0)).domain_codes(points).tolist() == [1, 2, 0]
    assert geology_of(None, solids, of_solids(inner=0, outer=1)).domain_codes(points).tolist() == [2, 2, 0]
    assert geology_of(None, solids, of_solids(inner=0, outer=0)).domain_codes(points).tolist() == [1, 2, 0]  # the lower code


def test_holes_and_blocks_ask_the_same_code():
    mine_grid = MineGrid(azimuth=30.0)
    mesh, domains = ball((0.0, 0.0, -30.0), 20.0), of_solids(ore=0)
    geology = geology_of(None, {"ore": mesh}, domains)
    stations = pd.DataFrame(
        {
            "hole": ["A", "A"],
            "depth": [0.0, 100.0],
            "azimuth": 0.0,
            "dip": -90.0,
            "easting": 0.0,
            "northing": 0.0,
            "elevation": [0.0, -100.0],
        }
    )
    intervals = coded([("A", 0.0, 20.0, "SY", "outside", 1.0), ("A", 20.0, 60.0, "SY", "outside", 2.0)])
    pieces = cut_intervals(intervals, stations, mine_grid, geology, domains)
    ore = pieces[pieces["domain"] == "ore"]
    assert ore["from"].min() == pytest.approx(10.0, abs=2e-3)
    assert ore["to"].max() == pytest.approx(50.0, abs=2e-3)
    assert pieces["length"].sum() == pytest.approx(60.0, abs=1e-12)
    assert (pieces["length"] * pieces["grade"]).sum() == pytest.approx(100.0, abs=1e-9)
    assert set(pieces["logged_domain"]) == {"outside"}
    located = locate_intervals(pieces, stations, mine_grid)
    found = geology.domain_codes(located[["x", "y", "z"]].to_numpy())
    assert ((found == 1) == (pieces["domain"] == "ore")).all()


def test_overburden_and_topography_cut_blocks_and_overburden_cuts_holes():
    domains, mesh = of_solids(ore=0), ball((0.0, 0.0, 0.0), 20.0)
    geology = geology_of(None, {"ore": mesh}, domains)
    grid = Grid((-25.0, -25.0, -25.0), (5.0, 5.0, 5.0), (10, 10, 10), MineGrid())
    nodes = np.array([-100.0, 100.0])
    ground, base = (Surface(nodes, nodes, np.full((2, 2), level)) for level in (10.0, 0.0))
    fraction, below = domain_fractions(grid, geology, ground, replace(domains, subcells=(8, 8, 8)), base)
    assert fraction.sum() * grid.volume == pytest.approx(volume(mesh) / 2, rel=0.005)
    assert below.sum() * grid.volume == pytest.approx(50 * 50 * 35.0)
    stations = pd.DataFrame(
        {
            "hole": ["A", "A"],
            "depth": [0.0, 60.0],
            "azimuth": 0.0,
            "dip": -90.0,
            "easting": 0.0,
            "northing": 0.0,
            "elevation": [30.0, -30.0],
        }
    )
    pieces = cut_intervals(
        coded([("A", 0.0, 60.0, "SY", "outside", 1.0)]), stations, MineGrid(), geology, domains, overburden=base
    )
    ore = pieces[pieces["domain"] == "ore"]
    assert (ore["from"].min(), ore["to"].max()) == (pytest.approx(30.0, abs=2e-3), pytest.approx(50.0, abs=2e-3))


def rule(**keys):
    return Domains(
        domains={
            "waste": Domain(code=2, label="Waste", lithology=("SY",)),
            "shell": Domain(code=1, label="Shell", select=Selection(analyte="grade", cutoff=10.0, **keys)),
        },
        implicit=FLAT,
    )


ROWS = [
    ("A", 0.0, 2.0, "SY", "waste", 1.0),
    ("A", 2.0, 4.0, "SY", "waste", 12.0),
    ("A", 4.0, 5.0, "SY", "waste", 2.0),
    ("A", 5.0, 7.0, "OF", "outside", 30.0),
    ("A", 7.0, 9.0, "OF", "outside", np.nan),
    ("A", 9.0, 10.0, "OF", "outside", 11.0),
]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, ["waste", "shell", "waste", "shell", "outside", "shell"]),
        ({"maximum_dilution": 1.0}, ["waste", "shell", "shell", "shell", "outside", "shell"]),
        ({"maximum_dilution": 2.0}, ["waste", "shell", "shell", "shell", "shell", "shell"]),  # 97 over 8 m
        ({"minimum_length": 1.5}, ["waste", "shell", "waste", "shell", "outside", "outside"]),
        ({"lithology": ("OF",)}, ["waste", "waste", "waste", "shell", "outside", "shell"]),
    ],
)
def test_rules_of_grade_choose_what_a_geologist_would_by_hand(keys, expected):
    assert select_intervals(coded(ROWS), rule(**keys))["domain"].tolist() == expected


def test_a_rule_of_lower_priority_leaves_logged_ground_alone():
    domains = rule()
    weak = {**domains.domains, "waste": Domain(code=2, label="Waste", lithology=("SY",), priority=1)}
    found = select_intervals(coded(ROWS), Domains(domains=weak, implicit=FLAT))["domain"].tolist()
    assert found == ["waste", "waste", "waste", "shell", "outside", "shell"]


def test_fields_of_higher_priority_win_where_they_are_above_zero():
    fields = np.array([[1.0, 5.0, 2.0], [1.0, 5.0, -2.0], [4.0, -1.0, -3.0]])
    codes = np.array([0, 1, 2], dtype=np.int8)
    assert winner(fields, codes)[0].tolist() == [1, 1, 0]
    code, lead = winner(fields, codes, np.array([0, 0, 3]))
    assert code.tolist() == [2, 1, 0]
    np.testing.assert_allclose(lead, [2.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("domain", "words"),
    [
        ({"lithology": ("OF",), "solid": SOLID}, "exactly one of"),
        ({}, "no source"),
    ],
)
def test_a_domain_has_one_source(domain, words):
    with pytest.raises(SettingError, match=words):
        Domains(domains={"ore": Domain(code=1, label="Ore", **domain)}, implicit=FLAT)
    with pytest.raises(SettingError, match=r"Domains\.implicit is missing"):
        Domains(domains={"ore": Domain(code=1, label="Ore", lithology=("OF",))})
