"""Small made-up tables and datasets with the columns and dimensions that flow into the report."""

import numpy as np
import pandas as pd
import xarray as xr

from scandia.drillholes.desurvey import desurvey
from scandia.geometry.minegrid import MineGrid, to_local, to_world
from scandia.geometry.rotation import rotation_matrix
from scandia.variography.model import Structure, Variogram

MINE_GRID = MineGrid(azimuth=35.0, easting=440825.0, northing=6133270.0, x=0.0, y=100.0)
DOMAINS = ("olivine", "pyroxene")
LABELS = {"olivine": "Olivine ferrosyenite", "pyroxene": "Pyroxene ferrosyenite"}
WORDS = {"label": "Sc₂O₃", "unit": "g/t"}
MODEL = Variogram(
    nugget=300.0,
    structures=(
        Structure(kind="spherical", contribution=900.0, ranges=(45.0, 40.0, 12.0), azimuth=35.0, dip=85.0, rake=20.0),
        Structure(kind="spherical", contribution=1400.0, ranges=(160.0, 110.0, 35.0), azimuth=35.0, dip=85.0, rake=20.0),
    ),
)


def collar(fences=(100, 150, 200, 250, 300, 350, 400, 450)):
    rows = []
    for fence in fences:
        for place, x in enumerate((40.0, 110.0, 180.0)[: 3 if fence % 100 == 0 else 2]):
            easting, northing = to_world(MINE_GRID, x, fence + 1.5 * place)
            campaign = "2019" if fence < 200 else "2021" if fence < 350 else "2024"
            rows.append(
                (f"CL{21000 + len(rows)}", float(easting), float(northing), 538.0 + 0.03 * x, 120.0 + 30 * place, campaign)
            )
    frame = pd.DataFrame(rows, columns=["hole", "easting", "northing", "elevation", "depth", "campaign"])
    return frame.assign(row=np.arange(2, len(frame) + 2))


def stations(holes):
    surveys = []
    for number, hole in enumerate(holes.itertuples()):
        for depth in np.arange(0.0, hole.depth + 1, 30.0):
            surveys.append((hole.hole, depth, 305.0 + 0.02 * depth, -50.0 - 4 * (number % 3) + 0.03 * depth))
    survey = pd.DataFrame(surveys, columns=["hole", "depth", "azimuth", "dip"])
    return desurvey(holes, survey.assign(row=np.arange(2, len(survey) + 2)))


def grade(x, y, z, generator):
    smooth = 250 + 60 * np.sin(y / 70) - 0.25 * (z - 450) + 30 * np.cos(x / 25)
    return np.maximum(smooth + generator.normal(0, 35, np.shape(x)), 1.0)


def body(x, y, z):
    """Domain number of a point: 0 olivine, 1 pyroxene in the south and at depth, -1 outside."""
    middle = 30 + 20 * np.sin(y / 120) + 0.1 * (540 - z)
    inside = np.abs(x - middle) < 45 + 0.1 * (540 - z)
    deep = (y < 250) & (z < 480) & (x > middle)
    return np.where(~inside, -1, np.where(deep, 1, 0))


def intervals(traces, length=1.5, seed=1):
    from scandia.drillholes.desurvey import locate

    generator, rows = np.random.default_rng(seed), []
    for hole, trace in traces.groupby("hole", sort=True):
        starts = np.arange(0.0, trace["depth"].max() - length, length)
        rows += [(hole, start, start + length) for start in starts]
    frame = pd.DataFrame(rows, columns=["hole", "from", "to"])
    frame["length"] = frame["to"] - frame["from"]
    world = locate(traces, frame["hole"].to_numpy(), 0.5 * (frame["from"] + frame["to"]).to_numpy())
    frame["x"], frame["y"] = to_local(MINE_GRID, world[:, 0], world[:, 1])
    frame["z"] = world[:, 2]
    codes = body(*frame[["x", "y", "z"]].to_numpy().T)
    frame["domain"] = np.array(["outside", *DOMAINS])[codes + 1]
    frame["sc2o3"] = np.where(codes >= 0, grade(frame["x"], frame["y"], frame["z"], generator), np.nan)
    return frame.assign(row=np.arange(2, len(frame) + 2), weight=generator.uniform(0.5, 1.5, len(frame)))


def blocks(seed=2, size=(10.0, 10.0, 10.0)):
    x, y, z = np.arange(-75.0, 150.0, size[0]), np.arange(65.0, 500.0, size[1]), np.arange(365.0, 555.0, size[2])
    zz, yy, xx = np.meshgrid(z, y, x, indexing="ij")
    codes, generator = body(xx, yy, zz), np.random.default_rng(seed)
    ground = np.clip((541 + 0.03 * xx - (zz - size[2] / 2)) / size[2], 0, 1)
    fraction = np.stack([(codes == number) * ground for number in range(2)])
    inside = fraction.sum(axis=0) > 0
    values = np.where(inside, grade(xx, yy, zz, generator), np.nan)
    classes = np.where(~inside, 0, np.where((yy > 90) & (yy < 460) & (zz > 430), 2, 3))
    tonnage = fraction.sum(axis=0) * 3.2 * np.prod(size)
    data = {"sc2o3": values, "class": classes.astype("int8"), "tonnage": tonnage, "ground": ground, "domain_code": codes + 1}
    dataset = xr.Dataset({name: (("z", "y", "x"), value) for name, value in data.items()}, {"x": x, "y": y, "z": z})
    return dataset.assign(fraction=(("domain", "z", "y", "x"), fraction)).assign_coords(domain=list(DOMAINS))


def experimental(seed=3):
    generator, rows = np.random.default_rng(seed), []
    for domain in DOMAINS:
        for direction, lag, count, reach in (
            ("downhole", 1.5, 20, 15),
            ("major", 25, 8, 140),
            ("semi", 20, 8, 90),
            ("minor", 5, 10, 30),
        ):
            for number in range(1, count + 1):
                distance = lag * number
                level = 300 + 2300 * (1 - np.exp(-2 * distance / reach)) + generator.normal(0, 120)
                pairs = int(max(4, 900 / number - 20 * number + (40 if direction == "downhole" else 0)))
                rows.append((domain, "sc2o3", direction, number, distance, level, pairs, 9, 260.0, 262.0))
    names = ["domain", "variable", "direction", "lag", "distance", "gamma", "pairs", "hole_pairs", "head_mean", "tail_mean"]
    return pd.DataFrame(rows, columns=names)


def explored(seed=6):
    """Fans and maps of one domain and variable."""
    generator, fans, maps = np.random.default_rng(seed), [], []
    for plane in ("major-semi", "major-minor", "semi-minor"):
        for angle in np.arange(0.0, 180.0, 30.0):
            fans += [(plane, angle, k, 25.0 * k, 500.0 * k + generator.normal(0, 50), 90 - 15 * k, 9) for k in range(1, 7)]
        cells = 20.0 * np.arange(-3, 4)
        maps += [(plane, x, y, 20.0 * np.hypot(x, y), int(200 - abs(x) - abs(y))) for x in cells for y in cells]
    names = ["plane", "angle", "lag", "distance", "gamma", "pairs", "hole_pairs"]
    return pd.DataFrame(fans, columns=names), pd.DataFrame(maps, columns=["plane", "first", "second", "gamma", "pairs"])


def swaths(seed=4):
    generator, rows = np.random.default_rng(seed), []
    for axis, centres in (("x", np.arange(-40, 121, 20)), ("y", np.arange(100, 501, 50)), ("z", np.arange(380, 541, 20))):
        for number, centre in enumerate(centres):
            level = 250 + 40 * np.sin(number / 2)
            parts = level + generator.normal(0, [4, 14, 7, 20])
            rows.append(("all", "sc2o3", axis, number, centre, *parts, 2e6 * np.exp(-(((number - 4) / 3) ** 2)), 50, 5 * number))
    names = ["domain", "variable", "axis", "slice", "centre", "estimate", "nearest", "inverse_distance", "declustered"]
    return pd.DataFrame(rows, columns=[*names, "tonnage", "parts", "composites"])


def errors(seed=5, count=300):
    generator, frames = np.random.default_rng(seed), []
    for leave, noise in (("sample", 30), ("hole", 45)):
        value = generator.normal(260, 50, count)
        estimate = 260 + 0.6 * (value - 260) + generator.normal(0, noise, count)
        frame = pd.DataFrame({"value": value, "estimate": estimate, "domain": np.resize(DOMAINS, count)})
        frames.append(frame.assign(leave=leave, variable="sc2o3"))
    return pd.concat(frames, ignore_index=True)


def grade_tonnage():
    rows = []
    for name, total in (("indicated", 16e6), ("inferred", 21e6), ("unclassified", 3e6)):
        for cutoff in np.arange(0, 401, 50.0):
            tonnage = total / (1 + np.exp((cutoff - 265) / 28))
            rows.append((name, "all", cutoff, tonnage, 262 + max(0, cutoff - 180) * 0.55))
    frame = pd.DataFrame(rows, columns=["class", "domain", "cutoff", "tonnage", "sc2o3"])
    return frame.assign(sc2o3_metal=frame["tonnage"] * frame["sc2o3"] * 1e-6)


def truth_blocks(seed=6, count=900):
    generator = np.random.default_rng(seed)
    true = generator.normal(262, 40, count)
    deviation = generator.uniform(15, 30, count)
    estimate = true + deviation * generator.normal(0.1, 1.15, count)
    columns = {"sc2o3": estimate, "sc2o3_true": true, "sc2o3_variance": deviation**2, "domain": np.resize(DOMAINS, count)}
    return pd.DataFrame(columns | {"fraction": 1.0, "true_fraction": 1.0})


def truth_totals():
    cutoff = np.arange(0, 401, 50.0)
    tonnage, grade_ = 40e6 / (1 + np.exp((cutoff - 260) / 30)), 262 + np.maximum(0, cutoff - 180) * 0.5
    frame = pd.DataFrame(
        {"cutoff": cutoff, "tonnage": tonnage, "true_tonnage": 0.96 * tonnage, "grade": grade_, "true_grade": grade_ * 1.03}
    )
    return frame.assign(scope="estimated blocks", domain="all", variable="sc2o3")


def scan():
    sizes = np.linspace(10, 150, 15)
    return pd.concat(
        [
            pd.DataFrame({"domain": d, "size": sizes, "mean": m - 8 * np.exp(-(((sizes - 55) / 40) ** 2))})
            for d, m in zip(DOMAINS, (262, 285), strict=True)
        ]
    )


def standards(seed=7, count=25):
    generator = np.random.default_rng(seed)
    frames = []
    for reference in ("SY-4", "OREAS 464"):
        z = generator.normal(0.3, 1, count)
        z[7] = 3.6
        verdict = np.select([np.abs(z) > 3, np.abs(z) > 2], ["fail", "warning"], "pass")
        frames.append(pd.DataFrame({"reference": reference, "laboratory": "", "z": z, "swap": "", "verdict": verdict}))
    return pd.concat(frames, ignore_index=True)


def blanks(seed=8, count=30):
    values = np.random.default_rng(seed).exponential(0.8, count)
    values[11] = 9.0
    return pd.DataFrame({"value": values, "preceding": 60 * values + 20, "verdict": np.where(values > 5, "fail", "pass")})


def duplicates(seed=9):
    generator, frames = np.random.default_rng(seed), []
    for kind, noise in (("field_duplicate", 0.15), ("coarse_duplicate", 0.07), ("pulp_duplicate", 0.03)):
        original = generator.normal(250, 70, 40).clip(5)
        frames.append(
            pd.DataFrame({"type": kind, "original": original, "duplicate": original * (1 + generator.normal(0, noise, 40))})
        )
    return pd.concat(frames, ignore_index=True)


def groups():
    mean = np.linspace(120, 380, 6)
    rows = [
        pd.DataFrame({"type": kind, "mean": mean, "deviation": 1.0 + share * mean})
        for kind, share in (("field_duplicate", 0.1), ("pulp_duplicate", 0.02))
    ]
    return pd.concat(rows, ignore_index=True)


def deciles():
    rows = [
        ("all", "sc2o3", leave, decile, 30, 200 + 15 * decile, 205 + 14 * decile, 1.0 + 0.1 * decile)
        for leave in ("sample", "hole") for decile in range(1, 11)
    ]  # fmt: skip
    names = ["domain", "variable", "leave", "decile", "n", "estimate", "value", "standardised_variance"]
    return pd.DataFrame(rows, columns=names)


def scores():
    frame = pd.DataFrame({"domain": "all", "variable": "sc2o3", "leave": ["sample", "hole"]})
    return frame.assign(coverage_50=[0.52, 0.47], coverage_80=[0.81, 0.76], coverage_90=[0.91, 0.87])


def checked_blocks(seed=11):
    """The blocks with check estimates and the tonnage behind them; and parts with the diagnostics of kriging."""
    generator, model = np.random.default_rng(seed), blocks()
    grade_, dims = model["sc2o3"], ("z", "y", "x")
    for check, noise in (("nearest", 40), ("inverse_distance", 12)):
        model[f"sc2o3_{check}"] = grade_.copy(data=grade_.to_numpy() + generator.normal(0, noise, grade_.shape))
    parts = model[["fraction"]].assign(sc2o3=grade_.where(model["fraction"] > 0), tonnage=model["fraction"] * 6400.0)
    for name, low, high in (("slope", 0.4, 1.05), ("efficiency", -0.2, 0.8), ("negative_weights", -0.2, 0.0)):
        parts[f"sc2o3_{name}"] = (("domain", *dims), generator.uniform(low, high, parts["fraction"].shape))
    parts = parts.transpose("domain", *dims)
    return model.assign(sc2o3_tonnage=model["tonnage"]), parts


def support():
    """Curves and the row of variances of one domain and variable."""
    cutoffs, rows = np.arange(0, 401, 40.0), []
    for curve, spread in (("composites", 70), ("discrete_gaussian", 58), ("affine", 57), ("estimate", 45), ("nearest", 68)):
        tonnage = 1 / (1 + np.exp((cutoffs - 260) / spread * 1.7))
        rows += [
            (curve, cutoff, share, 260 + spread * (1 - share), share) for cutoff, share in zip(cutoffs, tonnage, strict=True)
        ]
    row = {"variance": 4900.0, "true_block_variance": 3400.0, "expected_variance": 2100.0, "estimate_variance": 2025.0}
    row |= {"cutoff": 150.0, "support_coefficient": 0.84}
    return pd.DataFrame(rows, columns=["curve", "cutoff", "tonnage", "grade", "metal"]), row


def studied():
    """A neighbourhood study of three cases."""
    rows = []
    for domain, shift in zip(DOMAINS, (0.0, 0.05), strict=True):
        for case, most, per_hole in (("config", 20, 5), ("max_samples 8", 8, 5), ("max_per_hole 0", 20, 0)):
            measures = (0.9 - shift - 1 / most, 0.5, -0.002 * most, 0.2 + 1 / most)
            rows.append((domain, "sc2o3", case, 1.0, most, per_hole, "4 x 4 x 4", 1.0, *measures))
    names = ["domain", "variable", "case", "block_size", "max_samples", "max_per_hole", "discretisation", "search_factor"]
    return pd.DataFrame(rows, columns=[*names, "slope", "efficiency", "negative_weights", "weight_of_mean"])


def makers(*, synthetic=True):
    """A call without arguments for every figure function on the samples, by name."""
    from scandia.report.figures import (
        classes,
        continuity,
        crossvalidation,
        declustering,
        diagnostics,
        distributions,
        neighbourhood,
        pairs,
        plan,
        projection,
        quality,
        quantiles,
        sections,
        tonnage,
        truth,
        variograms,
    )
    from scandia.report.figures import (
        deciles as decile_figure,
    )
    from scandia.report.figures import (
        support as support_figure,
    )
    from scandia.report.figures import (
        swaths as swath,
    )

    holes = collar()
    traces = stations(holes)
    samples = intervals(traces)
    composites = samples[samples["domain"] != "outside"]
    model = blocks()
    options = {"synthetic": synthetic}
    section_words = {**options, **WORDS, "labels": LABELS}
    geometry = (model, composites, traces, MINE_GRID, "sc2o3")
    return {
        "plan": lambda: plan.plan(holes, traces, MINE_GRID, **options),
        "sections": lambda: sections.sections(*geometry, at=(100, 200, 300, 450), **section_words),
        "level": lambda: sections.level(*geometry, elevation=485.0, **section_words),
        "longitudinal": lambda: classes.longitudinal(model, traces, MINE_GRID, **options),
        "class_tonnes": lambda: classes.class_tonnes(
            grade_tonnage().query("cutoff == 150"), cutoff_text="Sc₂O₃ ≥ 150 g/t", **options
        ),
        "histograms": lambda: distributions.histograms(
            composites, "sc2o3", weight=distributions.DECLUSTERED, caps={"olivine": 400.0}, **section_words
        ),
        "boxes": lambda: distributions.boxes(composites, "sc2o3", weight=distributions.DECLUSTERED, **section_words),
        "raw_composites": lambda: distributions.raw_composites(samples, composites, "sc2o3", **section_words),
        "sample_lengths": lambda: distributions.sample_lengths(samples, length=3.0, **options),
        "declustering": lambda: declustering.scan(scan(), chosen=50.0, labels=LABELS, **options, **WORDS),
        "variograms": lambda: variograms.variograms(
            experimental(),
            MODEL,
            rotation_matrix(*[getattr(MODEL.structures[0], angle) for angle in ("azimuth", "dip", "rake")]),
            domain="olivine",
            variable="sc2o3",
            minimum_pairs=30,
            downhole=variograms.mean_direction(traces),
            **options,
            **WORDS,
        ),
        "fans_and_maps": lambda: continuity.fans_and_maps(
            *explored(), MODEL, rotation_matrix(35.0, 85.0, 20.0), name="Olivine", minimum_pairs=30, **options, **WORDS
        ),
        "ellipsoids": lambda: continuity.ellipsoids(composites, "sc2o3", MODEL, MINE_GRID, name="Olivine", **options, **WORDS),
        "swaths": lambda: swath.swath_plots(swaths(), domain="all", variable="sc2o3", **options, **WORDS),
        "cross_validation": lambda: crossvalidation.cross_validation(errors(), variable="sc2o3", **section_words),
        "deciles": lambda: decile_figure.error_deciles(deciles(), scores(), variable="sc2o3", **options, **WORDS),
        "quantiles": lambda: quantiles.estimate_and_checks(checked_blocks()[0], variable="sc2o3", **options, **WORDS),
        "diagnostics": lambda: diagnostics.diagnostics(
            checked_blocks()[1], variable="sc2o3", limits={"slope": 0.8}, **section_words
        ),
        "support": lambda: support_figure.support_curves(*support(), name="Olivine", **options, **WORDS),
        "neighbourhood": lambda: neighbourhood.neighbourhood(studied(), variable="sc2o3", **section_words),
        "longitudinal_grade": lambda: projection.longitudinal_grade(
            checked_blocks()[0], composites, traces, MINE_GRID, "sc2o3", **options, **WORDS
        ),
        "grade_tonnage": lambda: tonnage.grade_tonnage(
            grade_tonnage(), variable="sc2o3", cutoff_label="Sc₂O₃ (g/t)", base_cutoff=150.0, **options, **WORDS
        ),
        "standards": lambda: quality.standards(standards(), label="Sc", **options),
        "blanks": lambda: quality.blanks(blanks(), limit=5.0, label="Sc", unit="ppm", **options),
        "umpire": lambda: pairs.umpire(
            duplicates().query("type == 'pulp_duplicate'"), {"slope": 1.02, "intercept": -1.5}, label="Sc", unit="ppm", **options
        ),
        "duplicates": lambda: pairs.duplicates(
            duplicates(),
            groups=groups(),
            limits={"field_duplicate": 0.3, "coarse_duplicate": 0.2, "pulp_duplicate": 0.1},
            label="Sc",
            unit="ppm",
            **options,
        ),
        "model_and_truth": lambda: tonnage.model_and_truth(
            truth_totals(), variable="sc2o3", cutoff_label="Sc₂O₃ (g/t)", synthetic=synthetic, **WORDS
        ),
        "estimate_and_truth": lambda: truth.estimate_and_truth(truth_blocks(), variable="sc2o3", labels=LABELS, **WORDS),
        "error_honesty": lambda: truth.error_honesty(truth_blocks(), variable="sc2o3", label="Sc₂O₃"),
    }


def figures(*, synthetic=True):
    """Every figure of the samples, by name."""
    return {name: make() for name, make in makers(synthetic=synthetic).items()}


def figures_of(name):
    """One figure of the samples, drawn anew."""
    return makers()[name]()
