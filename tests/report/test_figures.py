"""Every figure runs, says what it must, and draws what the tables hold."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection, QuadMesh

from scandia.geometry.minegrid import MineGrid, to_world
from scandia.geometry.rotation import rotation_matrix, spell_direction
from scandia.io.figures import png_bytes
from scandia.report.figures import (
    classes,
    continuity,
    crossvalidation,
    distributions,
    labels,
    marks,
    pairs,
    plan,
    quality,
    sections,
    truth,
    variograms,
)
from scandia.report.figures.tonnage import grade_tonnage
from scandia.report.style import bearing, canvas, domain_colours, grade_limits, section_name
from scandia.statistics.means import domain_means
from scandia.variography.covariance import localise

TRUTH = {"estimate_and_truth", "error_honesty"}  # made from simulated deposits only


def texts(figure):
    found = [text.get_text() for text in figure.texts] + [figure.get_suptitle()]
    for axes in figure.axes:
        found += [axes.get_title(loc="left"), axes.get_title(), axes.get_xlabel(), axes.get_ylabel()]
        found += [text.get_text() for text in axes.texts]
        found += [text.get_text() for text in axes.get_legend().get_texts()] if axes.get_legend() else []
    return found


def test_every_simulated_figure_says_so(figures):
    assert len(figures) >= 20
    assert [name for name, figure in figures.items() if "SYNTHETIC" not in texts(figure)] == []


def test_no_figure_of_a_real_deposit_says_synthetic(samples):
    marked = [name for name, figure in samples.figures(synthetic=False).items() if "SYNTHETIC" in texts(figure)]
    assert set(marked) == TRUTH


def test_every_axis_that_is_drawn_has_a_label(figures):
    for name, figure in figures.items():
        for axes in figure.axes:
            if axes.get_visible() and any(tick.get_visible() and tick.get_text() for tick in axes.get_xticklabels()):
                assert axes.get_xlabel() or axes.get_ylabel() or axes.get_title(loc="left"), name


def test_no_text_is_smaller_than_nine_points(figures):
    for name, figure in figures.items():
        sizes = [text.get_fontsize() for axes in figure.axes for text in axes.findobj(lambda item: hasattr(item, "get_fontsize"))]
        assert min(sizes) >= 9, name


@pytest.mark.parametrize("name", ["plan", "sections", "histograms", "variograms"])
def test_the_same_tables_give_the_same_picture(samples, figures, name):
    assert png_bytes(samples.figures_of(name), resolution=50) == png_bytes(figures[name], resolution=50)


def test_the_order_of_the_rows_changes_nothing(samples):
    holes = samples.collar()
    traces = samples.stations(holes)
    first = plan.plan(holes, traces, samples.MINE_GRID, synthetic=True)
    second = plan.plan(holes[::-1], traces.sample(frac=1, random_state=1), samples.MINE_GRID, synthetic=True)
    assert png_bytes(first, resolution=50) == png_bytes(second, resolution=50)


def test_a_users_own_settings_change_nothing(samples, figures):
    import matplotlib

    with matplotlib.rc_context({"font.size": 30, "axes.grid": False, "lines.linewidth": 9}):
        own = samples.figures_of("declustering")
        assert matplotlib.rcParams["font.size"] == 30
    assert png_bytes(own, resolution=50) == png_bytes(figures["declustering"], resolution=50)


class TestSections:
    def test_titles_name_the_section_and_the_view(self, figures):
        titles = [axes.get_title(loc="left") for axes in figures["sections"].axes[:4]]
        assert titles == [f"Section {name}, looking N035°E" for name in ("100N", "200N", "300N", "450N")]

    def test_x_runs_to_the_right_and_scales_are_equal(self, figures):
        axes = figures["sections"].axes[0]
        low, high = axes.get_xlim()
        assert low < high
        assert axes.get_aspect() == 1.0

    def test_blocks_stand_where_their_coordinates_say(self, samples):
        model = samples.blocks()
        model["sc2o3"] = model["sc2o3"] * 0 + model["x"] + 10 * model["z"]
        holes = samples.collar()
        traces = samples.stations(holes)
        inside = samples.intervals(traces).query("domain != 'outside'")
        figure = sections.sections(
            model, inside, traces, samples.MINE_GRID, "sc2o3", at=(203.0,), synthetic=True, **samples.WORDS
        )
        mesh = next(item for item in figure.axes[0].collections if isinstance(item, QuadMesh))
        corners, values = mesh.get_coordinates(), mesh.get_array()
        middle = 0.25 * (corners[:-1, :-1] + corners[1:, :-1] + corners[:-1, 1:] + corners[1:, 1:])
        drawn = ~np.ma.getmaskarray(values)
        assert drawn.sum() > 100
        assert np.allclose(values[drawn], middle[..., 0][drawn] + 10 * middle[..., 1][drawn])

    def test_composites_and_blocks_share_one_scale(self, figures):
        meshes = [item for axes in figures["sections"].axes for item in axes.collections if isinstance(item, QuadMesh)]
        lines = [
            item
            for axes in figures["sections"].axes
            for item in axes.collections
            if isinstance(item, LineCollection) and item.get_array() is not None and len(item.get_array())
        ]
        limits = {item.get_clim() for item in (*meshes[:4], *lines)}
        assert len(lines) >= 4
        assert len(limits) == 1

    def test_far_composites_are_not_drawn(self, samples):
        model, holes = samples.blocks(), samples.collar()
        traces = samples.stations(holes)
        inside = samples.intervals(traces).query("domain != 'outside'")
        options = {"synthetic": True, "half_width": 10.0, **samples.WORDS}
        figure = sections.sections(model, inside, traces, samples.MINE_GRID, "sc2o3", at=(125.0,), **options)
        bars = [item for item in figure.axes[0].collections if isinstance(item, LineCollection) and item.get_array() is not None]
        assert sum(len(item.get_array()) for item in bars) == 0


def test_north_points_to_mine_grid_north_west_on_a_grid_turned_east(samples):
    _, axes = canvas(3.0)
    panel = marks.north_arrow(axes[0, 0], rotation=-samples.MINE_GRID.azimuth)
    across, up = panel.texts[-1].xyann
    easting, northing = to_world(samples.MINE_GRID, [0.0, across], [0.0, up])
    assert np.diff(easting)[0] == pytest.approx(0.0, abs=1e-9)
    assert np.diff(northing)[0] > 0


def test_segments_lie_on_the_hole_and_are_as_long_as_the_interval(samples):
    holes = pd.DataFrame({"hole": ["A"], "easting": [10.0], "northing": [20.0], "elevation": [5.0], "depth": [100.0], "row": [2]})
    survey = pd.DataFrame({"hole": ["A"], "depth": [0.0], "azimuth": [90.0], "dip": [-60.0], "row": [2]})
    from scandia.drillholes.desurvey import desurvey

    intervals = pd.DataFrame({"hole": ["A", "A"], "from": [0.0, 50.0], "to": [10.0, 52.0]})
    ends = marks.segments(intervals, desurvey(holes, survey), MineGrid())
    expected = np.array([[10, 20, 5], [15, 20, 5 - 10 * np.sin(np.pi / 3)]])
    assert np.allclose(ends[0], expected)
    assert np.allclose(np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1), [10.0, 2.0])


def test_fences_are_found_from_collars_that_stand_on_them(samples):
    assert list(plan.fence_lines(samples.collar(), samples.MINE_GRID)) == [100, 150, 200, 250, 300, 350, 400, 450]
    spread = pd.DataFrame({"easting": np.arange(10) * 37.0, "northing": np.arange(10) * 53.0})
    assert len(plan.fence_lines(spread, MineGrid())) == 0
    assert len(plan.fence_lines(samples.collar(), samples.MINE_GRID, most=8)) == 8
    assert len(plan.fence_lines(samples.collar(), samples.MINE_GRID, most=7)) == 0


def test_labels_do_not_cover_each_other(samples):
    _, axes = canvas(5.0)
    panel = axes[0, 0]
    points = np.array([[0.5, 0.5], [0.505, 0.5], [0.5, 0.505], [0.51, 0.51]])
    panel.set(xlim=(0, 1), ylim=(0, 1))
    labels.place_labels(panel, ["CL21001", "CL21002", "CL21003", "CL21004"], points)
    panel.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in panel.texts]
    assert len(boxes) == 4
    assert not any(boxes[i].overlaps(boxes[j]) for i in range(4) for j in range(i))


def test_the_dominant_class_has_most_tonnes_across_strike(samples):
    model = samples.blocks()
    heavy = model.assign({"tonnage": model["tonnage"] * 0})
    heavy["tonnage"][{"z": 3, "y": 4, "x": slice(0, 3)}] = [5.0, 4.0, 4.0]
    heavy["class"][{"z": 3, "y": 4, "x": slice(0, 3)}] = [3, 2, 2]
    projected = classes.dominant_class(heavy)
    assert projected[3, 4] == 2
    assert (np.delete(projected.ravel(), 3 * projected.shape[1] + 4) == classes.ABSENT).all()


@pytest.mark.parametrize(("value", "label"), [(2, "Indicated"), ("inferred", "Inferred"), ("Total", "Total")])
def test_classes_are_named_from_codes_and_words(value, label):
    assert classes.class_label(value) == label


def axes_of(structure):
    return rotation_matrix(structure.azimuth, structure.dip, structure.rake)


class TestVariograms:
    @pytest.mark.parametrize(("panel", "distance", "reach"), [(1, 100.0, 160.0), (2, 60.0, 110.0), (3, 20.0, 35.0)])
    def test_the_drawn_model_is_the_model_along_its_axes(self, figures, panel, distance, reach):
        line = next(item for item in figures["variograms"].axes[panel].lines if item.get_color() == variograms.MODEL_COLOUR)
        ratio = distance / reach  # beyond the first structure, so nugget and it are full: 300 + 900
        expected = 1200.0 + 1400.0 * (1.5 * ratio - 0.5 * ratio**3)
        assert np.interp(distance, line.get_xdata(), line.get_ydata()) == pytest.approx(expected, rel=1e-3)

    def test_lags_with_few_pairs_are_hollow(self, samples, figures):
        rows = samples.experimental().query("domain == 'olivine' and direction == 'major'")
        filled, hollow = figures["variograms"].axes[1].collections[:2]
        assert len(filled.get_offsets()) == (rows["pairs"] >= 30).sum()
        assert len(hollow.get_offsets()) == (rows["pairs"] < 30).sum() > 0
        assert len(hollow.get_facecolors()) == 0

    def test_the_bars_are_the_pairs(self, samples, figures):
        rows = samples.experimental().query("domain == 'olivine' and direction == 'major'")
        heights = np.array([bar.get_height() for bar in figures["variograms"].axes[1].patches])
        np.testing.assert_allclose(heights * variograms.COUNTS * rows["pairs"].max(), rows["pairs"])

    def test_the_numbers_on_the_bars_are_the_hole_pairs_and_so_are_the_dots(self, samples):
        table = samples.experimental()
        table["hole_pairs"] = np.where(table["distance"] > 100.0, 4, 16)
        figure = variograms.variograms(
            table, None, domain="olivine", variable="sc2o3", minimum_pairs=30, synthetic=False, **samples.WORDS
        )
        rows = table.query("domain == 'olivine' and direction == 'major'")
        assert [int(text.get_text()) for text in figure.axes[1].texts] == rows["hole_pairs"].tolist()
        sizes = figure.axes[1].collections[0].get_sizes()
        assert (sizes[(rows["hole_pairs"] == 16)[: len(sizes)]] == variograms.LARGEST).all()
        assert sizes.min() < variograms.LARGEST

    def test_panels_and_fans_name_the_directions_of_their_axes(self, samples, figures):
        titles = [panel.get_title(loc="left") for panel in figures["variograms"].axes]
        assert titles[1] == f"major axis {spell_direction(axes_of(samples.MODEL.structures[0])[0])}"
        assert "°" in titles[0] and titles[0].startswith("along the holes ")
        fan = figures["fans_and_maps"].axes[0]
        assert fan.get_xlabel() == f"major: {spell_direction(rotation_matrix(35.0, 85.0, 20.0)[0])} (m)"

    def test_the_model_is_drawn_along_the_axes_of_the_experiment(self, samples):
        turned = axes_of(samples.MODEL.structures[0])[[1, 2, 0]]
        figure = variograms.variograms(
            samples.experimental(), samples.MODEL, turned, domain="olivine", variable="sc2o3", minimum_pairs=30, synthetic=False,
            **samples.WORDS,
        )  # fmt: skip
        line = next(item for item in figure.axes[1].lines if item.get_color() == variograms.MODEL_COLOUR)
        assert np.interp(60.0, line.get_xdata(), line.get_ydata()) == pytest.approx(
            1200.0 + 1400.0 * (1.5 * 60 / 110 - 0.5 * (60 / 110) ** 3), rel=1e-3
        )

    def test_ellipsoids_have_a_legend_and_lie_within_the_frame(self, samples, figures):
        figure = figures["ellipsoids"]
        names = [text.get_text() for text in figure.legends[0].get_texts()]
        assert [name[:12] for name in names] == [f"{k}: spherical"[:12] for k in (1, 2)]
        surface = continuity.ellipsoid_surface(samples.MODEL.structures[-1])
        reach = np.abs(surface.reshape(-1, 3) @ axes_of(samples.MODEL.structures[-1]).T).max(axis=0)
        np.testing.assert_allclose(reach, samples.MODEL.structures[-1].ranges, rtol=1e-9)
        drawn = localise(samples.MODEL.structures[-1], samples.MINE_GRID)
        spans = np.ptp(continuity.ellipsoid_surface(drawn).reshape(-1, 3), axis=0)
        panel = figure.axes[0]
        frame = [high - low for low, high in (panel.get_xlim(), panel.get_ylim(), panel.get_zlim())]
        assert (np.array(frame) >= spans - 1e-9).all()

    def test_a_fan_is_a_full_circle_with_blank_cells_under_the_minimum(self, samples, figures):
        fans, maps = samples.explored()
        fan, chart = figures["fans_and_maps"].axes[0].collections[0], figures["fans_and_maps"].axes[3].collections[0]
        mine = fans[fans["plane"] == "major-semi"]
        assert fan.get_array().shape == (6, 12)
        assert np.ma.count(fan.get_array()) == 2 * (mine["pairs"] >= 30).sum() < 2 * len(mine)
        assert np.ma.count(chart.get_array()) == (maps[maps["plane"] == "major-semi"]["pairs"] >= 30).sum()

    def test_the_line_in_a_plane_is_where_the_last_structure_reaches_its_range(self, samples, figures):
        line = figures["fans_and_maps"].axes[3].lines[0]
        reach = np.hypot(line.get_xdata(), line.get_ydata())
        assert reach.max() == pytest.approx(samples.MODEL.structures[-1].ranges[0], rel=1e-6)
        assert reach.min() == pytest.approx(samples.MODEL.structures[-1].ranges[1], rel=1e-6)

    def test_the_mean_direction_of_parallel_holes_is_theirs(self):
        rows = [(hole, depth, 305.0, -50.0) for hole in "AB" for depth in (0.0, 50.0, 100.0)]
        found = variograms.mean_direction(pd.DataFrame(rows, columns=["hole", "depth", "azimuth", "dip"]))
        from scandia.geometry.rotation import direction

        assert abs(found @ direction(305.0, -50.0)) == pytest.approx(1.0)

    def test_a_model_without_a_sill_has_no_sill_line_and_fits_into_the_panel(self, samples):
        grown = dataclasses.replace(samples.MODEL.structures[1], kind="power", contribution=9000.0, exponent=1.2)
        figure = variograms.variograms(
            samples.experimental(), dataclasses.replace(samples.MODEL, structures=(grown,)), np.eye(3), domain="olivine",
            variable="sc2o3",
            minimum_pairs=30, synthetic=False, **samples.WORDS,
        )  # fmt: skip
        lines = [line for panel in figure.axes for line in panel.lines]
        highest = max(line.get_ydata().max() for line in lines)
        assert {line.get_color() for line in lines} == {variograms.MODEL_COLOUR}
        assert highest < figure.axes[0].get_ylim()[1] < np.inf
        assert "sill" not in [text.get_text() for text in figure.legends[0].get_texts()]

    def test_a_model_with_a_sill_has_its_line(self, figures):
        assert "sill" in [text.get_text() for text in figures["variograms"].legends[0].get_texts()]
        sills = [line.get_ydata()[0] for line in figures["variograms"].axes[0].lines if line.get_linestyle() == "--"]
        assert sills == [2600.0]

    def test_a_wild_lag_is_an_arrow_with_its_number_and_flattens_no_panel(self, samples):
        table = samples.experimental()
        chosen = table.index[(table["domain"] == "olivine") & (table["variable"] == "sc2o3") & (table["direction"] == "major")]
        table.loc[chosen[-1], "gamma"] = 98765.0
        figure = variograms.variograms(
            table, samples.MODEL, domain="olivine", variable="sc2o3", minimum_pairs=30, synthetic=False, **samples.WORDS
        )
        assert figure.axes[0].get_ylim()[1] == pytest.approx(2 * 2600.0)
        assert "9.88e+04" in texts(figure)

    def test_a_domain_without_pairs_is_drawn_empty(self, samples):
        figure = variograms.variograms(
            samples.experimental(), None, domain="nothing", variable="sc2o3", minimum_pairs=30, synthetic=False, **samples.WORDS
        )
        assert "major axis: no pairs" in texts(figure)


class TestDistributions:
    def test_quantiles_with_equal_weights_are_those_of_hazen(self):
        values = np.random.default_rng(1).normal(size=101)
        shares = np.array([0.1, 0.25, 0.5, 0.9])
        found = distributions.weighted_quantiles(values, np.ones(101), shares)
        assert np.allclose(found, np.quantile(values, shares, method="hazen"))

    def test_weights_move_the_median(self):
        assert distributions.weighted_quantiles(np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0, 10.0]), 0.5) > 2.5

    def test_the_mean_of_a_histogram_is_the_declustered_mean_of_the_tables(self, samples):
        rows = {"domain": "olivine", "hole": ["A", "A", "B"], "length": [1.0, 2.0, 4.0], "weight": [2.0, 0.5, 1.0]}
        frame = pd.DataFrame(rows | {"sc2o3": [10.0, 20.0, 40.0]})
        mean = domain_means(frame, ["sc2o3"])["mean"].item()
        assert mean == pytest.approx(200.0 / 7.0)
        words = {"weight": distributions.DECLUSTERED, "synthetic": False, "labels": samples.LABELS, **samples.WORDS}
        assert f"mean = {mean:.4g}," in " ".join(texts(distributions.histograms(frame, "sc2o3", **words)))
        box = distributions.boxes(frame, "sc2o3", **words)
        assert any(np.ravel(line.get_xdata()).tolist() == pytest.approx([mean]) for line in box.axes[0].lines)

    def test_one_single_value_is_drawn(self, samples):
        assay = pd.DataFrame({"from": np.arange(5.0), "to": np.arange(5.0) + 1.0})
        figure = distributions.sample_lengths(assay, synthetic=False)
        assert sum(patch.get_height() for patch in figure.axes[0].patches) == 5

    def test_domains_keep_their_colour_whichever_are_present(self, samples):
        everything = domain_colours(samples.DOMAINS, samples.LABELS)
        assert domain_colours(["pyroxene"], samples.LABELS)["pyroxene"] == everything["pyroxene"]


def test_half_relative_difference_by_hand():
    found = pairs.half_relative_difference(np.array([100.0, 0.0, 50.0]), np.array([80.0, 0.0, 150.0]))
    assert np.allclose(found, [20 / 180, 0.0, 0.5])


def test_coverage_of_normal_errors_is_nominal():
    errors = np.random.default_rng(3).normal(size=200_000)
    assert np.allclose(truth.coverage(errors, truth.NOMINAL), truth.NOMINAL, atol=0.005)


def test_only_whole_blocks_judge_the_variance(samples):
    blocks = samples.truth_blocks(count=10)
    blocks.loc[:3, "fraction"] = 0.6
    assert len(truth.standardised_errors(blocks, "sc2o3")) == 6


def test_classes_are_drawn_apart_and_never_added(samples):
    table = samples.grade_tonnage()
    figure = grade_tonnage(table, variable="sc2o3", cutoff_label="c", base_cutoff=150.0, synthetic=True, **samples.WORDS)
    lines = {line.get_label(): line.get_ydata() for line in figure.axes[0].lines}
    assert set(lines) == {"Indicated", "Inferred", "Unclassified", "base cut-off 150"}
    assert np.allclose(lines["Indicated"] * 1e6, table.query("`class` == 'indicated'")["tonnage"])


@pytest.mark.parametrize(("azimuth", "text"), [(35, "N035°E"), (0, "N000°E"), (90, "N090°E"), (-55, "N305°"), (359.8, "N000°E")])
def test_bearings_read_as_on_a_section(azimuth, text):
    assert bearing(azimuth) == text


def test_section_names_count_north_and_south():
    assert [section_name(y) for y in (450.0, 99.6, -50.0, 0.0)] == ["450N", "100N", "50S", "0N"]


def test_grade_limits_are_never_empty():
    assert grade_limits(np.array([np.nan])) == (0.0, 1.0)
    low, high = grade_limits(np.array([7.0, 7.0]))
    assert low < 7.0 < high


def test_a_standard_far_off_is_drawn_at_the_edge_with_its_value_and_counts_in_the_mean(samples):
    z = np.zeros(20)
    z[4] = -25.0
    table = pd.DataFrame({"reference": "A", "z": z, "verdict": np.where(z < -3, "fail", "pass")})
    figure = quality.standards(table, label="Sc", synthetic=False)
    panel = figure.axes[0]
    assert "mean z = -1.25, failed 1" in panel.get_title(loc="left")
    assert "-25.0" in [text.get_text() for text in panel.texts]
    assert panel.get_ylim()[0] > -9


def test_the_title_of_a_variogram_names_the_domain(samples):
    options = {"variable": "sc2o3", "minimum_pairs": 30, "synthetic": False, **samples.WORDS}
    figure = variograms.variograms(
        samples.experimental(), samples.MODEL, domain="olivine", name="Olivine ferrosyenite", **options
    )
    assert figure.get_suptitle() == "Sc₂O₃, Olivine ferrosyenite: variograms"


HOSTILE = ["$\\frac{1}{$", "a$b", "<script>alert(1)</script>", "_hidden", "x\ny", "{0}" * 60, "%s \\", ""]


def test_names_from_the_data_are_drawn_letter_by_letter_never_read_as_formulas(samples):
    z = np.linspace(-1, 4, 10)
    table = pd.concat([pd.DataFrame({"reference": name, "z": z, "verdict": "pass"}) for name in HOSTILE])
    for label in HOSTILE:
        png_bytes(quality.standards(table, label=label, synthetic=True))
        png_bytes(quality.blanks(samples.blanks(), limit=5.0, label=label, unit="ppm", synthetic=True))
        png_bytes(pairs.umpire(samples.duplicates(), {"slope": 1.0, "intercept": 0.0}, label=label, unit="ppm", synthetic=True))


def test_swapped_standards_stand_in_a_ring_and_verdicts_differ_in_shape(samples):
    table = samples.standards().assign(swap=lambda rows: np.where(rows["z"] > 3, "B", ""))
    words = texts(quality.standards(table, label="Sc", synthetic=False))
    figure = quality.standards(table, label="Sc", synthetic=False)
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["within limits", "warning", "failed", "swapped"]
    assert any("n = 25" in word for word in words)
    signs = {len(path.vertices) for panel in figure.axes for marks in panel.collections for path in marks.get_paths()}
    assert len(signs) >= 3


@pytest.mark.parametrize("leaves", [("hole",), ("sample", "hole"), ("sample", "hole", "fold")])
def test_each_way_of_leaving_out_has_its_panel(samples, leaves):
    one = samples.errors()
    both = pd.concat([one, one[one["leave"] == "hole"].assign(leave="fold")])
    figure = crossvalidation.cross_validation(
        both[both["leave"].isin(leaves)], variable="sc2o3", label="Sc", unit="ppm", synthetic=False
    )
    titles = " ".join(texts(figure))
    assert len(figure.axes) == len(leaves)
    for leave, words in crossvalidation.LEAVES.items():
        assert (f"{words} (n" in titles) == (leave in leaves)


def test_a_direction_has_a_panel_of_its_own_in_the_swaths(samples):
    from scandia.report.figures.swaths import swath_plots

    table = samples.swaths()
    table = pd.concat([table, table[table["axis"] == "y"].assign(axis="shoot")], ignore_index=True)
    figure = swath_plots(
        table, domain="all", variable="sc2o3", synthetic=False, directions={"shoot": "shoot, towards N100°"}, **samples.WORDS
    )
    assert "shoot, towards N100° (m)" in [axis.get_xlabel() for axis in figure.axes]
