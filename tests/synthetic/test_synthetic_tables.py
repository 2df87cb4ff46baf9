"""The shipped raw tables: reproduced from their seed, and within the published ranges."""

import numpy as np
import pandas as pd
import pytest

from scandia.drillholes.desurvey import desurvey, locate
from scandia.synthetic.deposit import MAGNET, RARE_EARTHS
from scandia.synthetic.settings import Synthetic
from scandia.synthetic.tables import NAMES, csv_text, generate
from scandia.units import oxide_factor

SEED = 2039  # of the shipped deposits


@pytest.fixture(scope="module")
def samples(raw):
    """Assays with the logged rock at their middle and oxides in g/t."""
    assay, logged = raw["assay"], raw["lithology"]
    joined = assay.assign(middle=(assay["From"] + assay["To"]) / 2).merge(logged, on="HoleID", suffixes=("", "_logged"))
    joined = joined[(joined["middle"] > joined["From_logged"]) & (joined["middle"] < joined["To_logged"])]
    oxides = pd.DataFrame(
        {e: pd.to_numeric(joined[f"{e}_ppm"], errors="coerce") * oxide_factor(e, f"{e}2O3") for e in ("Sc", *RARE_EARTHS)}
    )
    frame = oxides.assign(
        code=joined["Code"], length=joined["To"] - joined["From"], middle=joined["middle"], hole=joined["HoleID"]
    )
    return frame.assign(treo=oxides.drop(columns="Sc").sum(axis=1))


@pytest.fixture(scope="module")
def inside(samples):
    """Samples of the two estimated ferrosyenites, internal waste left out."""
    return samples[samples["code"].isin(["OLFESYN", "PXFESYN"])].dropna(subset="Sc")


@pytest.mark.parametrize("deposit", ["tg", "tiny"])
def test_the_generator_reproduces_every_shipped_file_byte_for_byte(project, deposit):
    settings = Synthetic(generator=deposit, seed=SEED)
    folder = project / "config" / "deposits" / deposit
    tables = generate(settings)
    assert sorted(path.stem for path in folder.glob("*.csv")) == sorted(NAMES) == sorted(tables)
    for name, table in tables.items():
        assert csv_text(name, table, settings).encode() == (folder / f"{name}.csv").read_bytes(), name


def test_the_shipped_files_stay_below_one_mebibyte(project):
    folder = project / "config" / "deposits" / "tg"
    assert sum(path.stat().st_size for path in folder.iterdir()) < 2**20


@pytest.mark.parametrize("name", NAMES)
def test_every_file_says_synthetic_in_its_first_line(tg, name):
    first = csv_text(name, generate(tg)[name], tg).splitlines()[0]
    assert first.startswith("# SYNTHETIC")
    assert f"seed {SEED}" in first


def test_another_seed_gives_other_assays_on_the_same_plan(tg):
    other = generate(Synthetic(generator="tg", seed=SEED + 1))
    assert len(other["collar"]) == len(generate(tg)["collar"])
    assert not other["assay"].equals(generate(tg)["assay"])


def test_the_caller_cannot_change_what_the_next_one_gets(tg):
    first = generate(tg)["collar"]
    first.loc[:, "Depth"] = "0"
    assert (generate(tg)["collar"]["Depth"] != "0").all()


def test_35_holes_and_about_6_km_in_the_published_campaigns(raw):
    collar = raw["collar"]
    assert len(collar) == 35
    assert 5800.0 <= collar["Depth"].sum() <= 6400.0
    assert collar["Campaign"].value_counts().to_dict() == {"2021": 14, "2022": 7, "2024": 7, "2019": 5, "2020": 2}


def test_published_holes_keep_their_published_collars(raw, shared_data):
    path = shared_data.parent / "crater_lake" / "collars.csv"
    if not path.is_file():
        pytest.skip("the published collars (../shared/crater_lake) are not on this machine")
    published = pd.read_csv(path)
    published = published[published["zone"].str.startswith("TG")].set_index("hole_id").sort_index()
    drawn = raw["collar"][raw["collar"]["HoleID"].str.startswith("CL")].sort_values("HoleID")
    assert drawn["HoleID"].tolist() == [f"{name}-SYN" for name in published.index]
    columns = ["easting_m", "northing_m", "elevation_m", "depth_m"]
    np.testing.assert_allclose(drawn[["Easting", "Northing", "Elevation", "Depth"]], published[columns], atol=0.005)


def test_holes_deviate_but_start_as_planned(raw):
    survey = raw["survey"]
    first = survey.groupby("HoleID").first()
    last = survey.groupby("HoleID").last()
    assert first["Depth"].eq(0.0).all()
    assert first["Azimuth"].isin([304.0, 305.0]).all()
    assert first["Dip"].between(-60.0, -45.0).all()
    assert (survey["Dip"] < 0.0).all()
    turned = (last["Azimuth"] - first["Azimuth"]).abs() + (last["Dip"] - first["Dip"]).abs()
    assert (turned > 0.3).mean() > 0.9
    assert turned.max() < 15.0


@pytest.mark.parametrize("name", ["assay", "lithology", "density"])
def test_intervals_stand_upright_within_the_hole_and_never_overlap(raw, name):
    table = raw[name].merge(raw["collar"][["HoleID", "Depth"]], on="HoleID", validate="many_to_one")
    assert (table["From"] < table["To"]).all()
    assert (table["To"] <= table["Depth"] + 1e-9).all()
    for _, hole in table.groupby("HoleID"):
        assert (hole["From"].to_numpy()[1:] >= hole["To"].to_numpy()[:-1] - 1e-9).all()


def test_the_log_has_no_gap_from_collar_to_end(raw):
    for name, hole in raw["lithology"].groupby("HoleID"):
        assert hole["From"].iloc[0] == 0.0
        assert (hole["From"].to_numpy()[1:] == hole["To"].to_numpy()[:-1]).all()
        assert hole["To"].iloc[-1] == raw["collar"].set_index("HoleID").loc[name, "Depth"]


def test_samples_are_1_to_1_and_a_half_metres_long(raw):
    length = raw["assay"]["To"] - raw["assay"]["From"]
    assert ((length > 0.95) & (length < 1.55)).mean() > 0.9
    assert 1.2 < length.mean() < 1.5
    assert length.between(0.5, 1.7).all()


def test_grades_inside_are_the_published_ones(inside):
    """Length-weighted over olivine and pyroxene ferrosyenite; published resources have 264 to 282 g/t, one sample 602."""
    assert 260.0 <= np.average(inside["Sc"], weights=inside["length"]) <= 285.0
    assert 550.0 <= inside["Sc"].max() <= 620.0
    assert 0.25 <= inside["Sc"].std() / inside["Sc"].mean() <= 0.35


def test_rare_earths_inside_are_the_published_ones(inside):
    """Published 2021: La2O3 569 to 606, Nd2O3 573 to 596, Pr2O3 154 to 160, Dy2O3 62 to 66 g/t; TREO+Y 0.30 to 0.45 %."""
    mean = {name: np.average(inside[name], weights=inside["length"]) for name in ("La", "Nd", "Pr", "Dy", "treo")}
    assert mean == pytest.approx({"La": 590.0, "Nd": 585.0, "Pr": 157.0, "Dy": 64.0, "treo": 3400.0}, rel=0.04)
    share = inside[list(MAGNET)].sum(axis=1) / inside["treo"]
    assert 0.239 <= share.mean() <= 0.244


def test_rare_earths_correlate_with_each_other_and_with_scandium(inside):
    table = inside[["Sc", "La", "Dy"]].corr()
    assert table.loc["La", "Dy"] > 0.85
    assert 0.4 < table.loc["Sc", "La"] < 0.7


def test_pyroxene_is_richer_and_everything_outside_poor(samples):
    mean = samples.groupby("code")["Sc"].mean()
    assert mean["PXFESYN"] > mean["OLFESYN"] + 50.0
    assert mean["SYENI"] < 110.0
    assert mean["AMFESYN"] < 90.0
    assert mean["SYEN"] < 10.0


@pytest.mark.parametrize("grade", ["Sc", "treo"])
def test_grade_rises_with_depth_below_the_ground(raw, inside, grade):
    """By more than a twentieth of the mean over 100 m, in olivine ferrosyenite alone."""
    survey = raw["survey"].rename(columns={"HoleID": "hole", "Depth": "depth", "Azimuth": "azimuth", "Dip": "dip"})
    collar = raw["collar"].rename(columns={"HoleID": "hole"}).rename(columns=str.lower)
    olivine = inside[inside["code"] == "OLFESYN"]
    elevation = locate(desurvey(collar, survey), olivine["hole"], olivine["middle"])[:, 2]
    assert -100.0 * np.polyfit(elevation, olivine[grade], 1)[0] > 0.05 * olivine[grade].mean()


def test_cl20037_meets_the_body_near_its_published_depths(raw):
    """Published: 127.81 to 156.95, 173.05 to 190.70 and 207.82 to 247.66 m."""
    log = raw["lithology"][raw["lithology"]["HoleID"] == "CL20037-SYN"]
    ferrosyenite = log[log["Code"] == "OLFESYN"]
    assert ferrosyenite["From"].tolist() == pytest.approx([127.81, 173.05, 207.82], abs=5.0)
    assert ferrosyenite["To"].tolist() == pytest.approx([156.95, 190.70, 247.66], abs=5.0)


def test_control_samples_are_a_few_percent_and_of_all_types(raw):
    share = len(raw["qc"]) / (len(raw["qc"]) + len(raw["assay"]))
    assert 0.05 <= share <= 0.10
    assert sorted(raw["qc"]["Type"].unique()) == ["blank", "coarse_duplicate", "field_duplicate", "pulp_duplicate", "standard"]


def test_duplicates_have_parents_of_their_own_batch_and_sample_names_are_unique(raw):
    assay, qc = raw["assay"].set_index("SampleID"), raw["qc"]
    duplicates = qc[qc["Type"].str.endswith("duplicate")]
    assert (assay.loc[duplicates["Parent"], "Batch"].to_numpy() == duplicates["Batch"].to_numpy()).all()
    assert pd.concat([assay.index.to_series(), qc["SampleID"]]).is_unique


def test_there_are_values_below_detection_missing_values_and_gaps(raw, tg):
    scandium = generate(tg)["assay"]["Sc_ppm"]
    assert (scandium == "<0.5").sum() >= 5
    assert 1 <= (scandium == "").sum() <= 20
    gaps = sum(
        (hole["From"].to_numpy()[1:] - hole["To"].to_numpy()[:-1] > 0.5).sum() for _, hole in raw["assay"].groupby("HoleID")
    )
    assert gaps >= 10


def test_the_ground_covers_every_collar_and_agrees_with_it(raw):
    ground, collar = raw["topography"], raw["collar"]
    nearest = [
        ground.loc[((ground["Easting"] - e) ** 2 + (ground["Northing"] - n) ** 2).idxmin(), "Elevation"]
        for e, n in zip(collar["Easting"], collar["Northing"], strict=True)
    ]
    assert np.abs(collar["Elevation"] - nearest).max() < 4.0  # nodes are 25 m apart
    assert len(ground) == ground["Easting"].nunique() * ground["Northing"].nunique()


def test_densities_are_measured_on_part_of_the_core_of_every_rock(raw):
    density = raw["density"].merge(raw["lithology"], on="HoleID", suffixes=("", "_logged"))
    density = density[(density["From"] >= density["From_logged"]) & (density["To"] <= density["To_logged"])]
    assert len(density) == len(raw["density"])
    mean = density.groupby("Code")["Density"].agg(["mean", "size"])
    assert mean.loc["OLFESYN", "mean"] == pytest.approx(3.24, abs=0.02)
    assert mean.loc["SYENI", "mean"] == pytest.approx(2.84, abs=0.03)
    assert (mean.loc[["OLFESYN", "PXFESYN", "SYENI", "SYEN"], "size"] >= 20).all()
