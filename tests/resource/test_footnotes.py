"""Title and footnotes: what must be said is said, and every number comes from the config."""

from dataclasses import replace

import pandas as pd
import pytest

from scandia.blockmodel.settings import DensitySettings, GridSettings
from scandia.blockmodel.volumes import Volume, used_volumes
from scandia.composites.settings import Compositing
from scandia.domains.settings import Domain, Domains, Implicit
from scandia.geometry.readings import Readings
from scandia.kriging.high_grade import HighGrade
from scandia.kriging.search import Pass, Search
from scandia.kriging.settings import Boundaries, Estimation, Estimator
from scandia.resource.classify_settings import Classification, ClassRule
from scandia.resource.footnotes import Facts, footnotes, statement_title, totals_law
from scandia.statistics.settings import Cap, Declustering, Statistics
from scandia.synthetic.settings import Synthetic

SEARCH = Search(
    azimuth=35.0, dip=83.0, passes=(Pass(ranges=(80.0, 60.0, 20.0), min_samples=6, max_samples=16, max_per_hole=4, min_holes=2),)
)


@pytest.fixture
def sections(reporting, analytes):
    return {
        "reporting": replace(reporting, risks=("The strike range is weakly known",)),
        "facts": Facts(
            holes=35, metres=6012.4, informing=27, composites=2811, densities={"ore": (3.214, "mean of 118")}, quality="fail"
        ),
        "synthetic": None,
        "analytes": analytes,
        "domains": Domains(
            domains={"ore": Domain(code=1, label="Ore zone", lithology=("OFS",))},
            implicit=Implicit(azimuth=35.0, dip=83.0, ratios=(1.0, 1.0, 0.3), reach=60.0),
        ),
        "compositing": Compositing(length=2.0, residual="merge", unsampled="missing"),
        "statistics": Statistics(declustering=Declustering(size=50.0, smallest=10.0, largest=100.0)),
        "grid": GridSettings(origin=(0.0, 0.0, 0.0), size=(5.0, 10.0, 5.0), count=(2, 2, 2)),
        "density": DensitySettings(method="mean"),
        "estimation": Estimation(variables=("scandium", "copper"), search=SEARCH),
        "classification": Classification(
            rules=(ClassRule(resource_class="inferred", max_pass=2, min_holes=2, max_distance=90.0),),
            reason="Fences are 50 m apart.",
        ),
    }


def notes_of(sections, **changes):
    sections = {**sections, **changes}
    return footnotes(sections.pop("reporting"), **sections)


@pytest.mark.parametrize(
    "said",
    [
        "DRAFT: no Qualified Person is named",
        "Software does not make a statement compliant",
        "Effective date: 2025-01-31.",
        "(RPEEE) are not tested. The tonnage is an inventory above cut-off, not a Mineral Resource under CIM.",
        "CIM Definition Standards for Mineral Resources and Mineral Reserves (2014)",
        "Best Practice Guidelines (2019)",
        "not Mineral Reserves and have no demonstrated economic viability",
        "Cut-off: 100 g/t Sc₂O₃, applied to each block's part in a domain. Basis: Assumed.",
        "35 holes and 6,012 m; 27 of the holes hold the 2,811 composites",
        "Assay quality control: fail.",
        "Composites of 2 m",
        "pieces below 50 % of that are merged into the composite before",
        "drilled length without assay is missing, not zero",
        "Capping: no cap.",
        "Ore zone 3.21 t/m³ (mean of 118)",
        "Blocks of 5 × 10 × 5 m",
        "ordinary kriging of Sc₂O₃, Cu, 4 × 4 × 4 points a block, hard domain boundaries",
        "azimuth 35°, dip 83°, rake 0°; pass 1: radii 80 × 60 × 20 m, 6 to 16 samples, at most 4 a hole, from at least 2 holes",
        "inferred if pass <= 2, holes >= 2, mean distance <= 90 m",
        "Reason for these limits: Fences are 50 m apart.",
        "place of the last of 3 significant figures of their sum, those of Inferred to that of its total; totals",
        "Risk: The strike range is weakly known.",
    ],
)
def test_every_footnote_stands_once(sections, said):
    assert sum(said in note for note in notes_of(sections)) == 1


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((1.0, 1.0), "volume fractions per domain: from 6 × 6 × 4 points a block."),
        ((0.0, 0.0), "volume fractions per domain: exact shares of the solids from files."),
        ((1.0, 0.0), "from 6 × 6 × 4 points a block in Ore zone; exact shares of the solids from files in dyke."),
        (
            (0.123, 0.0),
            "from files in dyke; exact shares of the solids from files but for 12 % of Ore zone, which 6 × 6 × 4 points",
        ),
    ],
)
def test_volumes_are_told_as_they_were_found(sections, shares, said):
    volumes = tuple(
        Volume(name, "6 x 6 x 4", share, "settled within 0.5 %") for name, share in zip(("ore", "dyke"), shares, strict=True)
    )
    notes = notes_of(sections, facts=replace(sections["facts"], volumes=volumes))
    assert sum(said in note for note in notes) == 1
    assert not any("4 × 4 × 4 points" in note for note in notes if note.startswith("Blocks"))


def test_a_volume_that_has_not_settled_is_a_risk(sections):
    table = pd.DataFrame(
        {
            "domain": ["ore", "ore"],
            "subcells": ["4 x 4 x 4", "6 x 6 x 6"],
            "used": [False, True],
            "counted": 1.0,
            "verdict": ["", "NOT settled: the last step changed it by 1.9 %, more than 0.5 %"],
        }
    )
    notes = notes_of(sections, facts=replace(sections["facts"], volumes=used_volumes(table)))
    said = "Risk: the volume of Ore zone is NOT settled: the last step changed it by 1.9 %, more than 0.5 %."
    assert said in notes
    assert sum("6 × 6 × 6 points" in note for note in notes) == 1


def test_every_footnote_is_a_sentence(sections):
    assert all(note == note.strip() and note.endswith(".") for note in notes_of(sections))


def test_a_simulated_deposit_says_so_first(sections):
    notes = notes_of(sections, synthetic=Synthetic(generator="tg", seed=7))
    assert notes[0].startswith("SYNTHETIC") and "seed 7" in notes[0] and "nothing about any real deposit" in notes[0]
    assert not any("SYNTHETIC" in note for note in notes_of(sections))


def test_a_cap_names_value_reason_and_who(sections):
    capped = replace(
        sections["statistics"], caps={"ore": {"scandium": Cap(value=550.0, reason="One outlier", who="A. Geologist")}}
    )
    notes = notes_of(sections, statistics=capped)
    assert "Capping: Sc₂O₃ in Ore zone at 550 g/t, decided by A. Geologist: One outlier." in notes
    assert "Capping: no cap." not in notes


def test_assays_without_control_samples_are_of_unknown_quality(sections):
    notes = notes_of(sections, facts=replace(sections["facts"], quality=None))
    assert any("no control samples" in note and "not known" in note for note in notes)


def test_searches_of_domains_are_told(sections):
    own = replace(SEARCH, azimuth=60.0)
    notes = notes_of(sections, estimation=replace(sections["estimation"], domain_searches={"ore": own}))
    assert any(note.startswith("Search in Ore zone: ellipsoid at azimuth 60°") for note in notes)


def test_octants_and_angles_of_a_pass_are_told(sections):
    one = replace(SEARCH.passes[0], max_per_octant=3, min_octants=2, azimuth=10.0, dip=80.0, rake=5.0)
    notes = notes_of(sections, estimation=replace(sections["estimation"], search=replace(SEARCH, passes=(one,))))
    said = (
        "radii 80 × 60 × 20 m at azimuth 10°, dip 80°, rake 5°, 6 to 16 samples, at most 4 a hole, at most 3 an octant, "
        "from at least 2 holes and 2 octants."
    )
    assert sum(said in note for note in notes) == 1


def test_policies_of_the_estimate_are_told_where_they_are_not_the_usual_ones(sections):
    one = HighGrade(threshold=400.0, ranges=(20.0, 20.0, 5.0), action="drop", reason="One lens", name="A. Geologist")
    policies = {
        "own_points": True,
        "negative_weights": "zero_and_rescale",
        "boundaries": Boundaries(soft={"ore": {"halo": 10.0, "dyke": 2.5}}),
        "high_grade": {"ore": {"scandium": one}},
        "duplicates": "merge",
        "duplicate_distance": 0.5,
        "orientations": {"ore": Readings(file="readings.csv", neighbours=6)},
    }
    notes = notes_of(sections, estimation=replace(sections["estimation"], **policies))
    for said in (
        "4 × 4 × 4 points a block (a part of a block has those inside its domain), soft domain boundaries; negative weights are "
        "set to zero and the others rescaled to the sum of one.",
        "Soft boundary: blocks in Ore zone also use samples of halo within 10 m, of dyke within 2.5 m of the nearest sample of",
        "High grades: samples of Sc₂O₃ above 400 g/t in Ore zone count in full within 20 × 20 × 5 m along the axes of the search "
        "and are left out beyond; decided by A. Geologist: One lens.",
        "Composites within 0.5 m of each other count as one, with their mean.",
        "Search and variogram in Ore zone turn block by block with the structural readings of readings.csv, the nearest 6 by",
    ):
        assert sum(said in note for note in notes) == 1, said
    assert all(note == note.strip() and note.endswith(".") for note in notes)


def test_estimators_are_named_with_what_they_take(sections):
    estimators = {
        "ore": {
            "scandium": Estimator(method="simple", mean=210.0),
            "copper": Estimator(method="external_drift", drift=("scandium",)),
        },
        "halo": {"scandium": Estimator(method="inverse_distance", power=3.0), "copper": Estimator(method="nearest")},
    }
    notes = notes_of(sections, estimation=replace(sections["estimation"], estimators=estimators))
    for said in (
        "Method: ordinary kriging of Sc₂O₃, Cu where no other estimator is named below, 4 × 4 × 4 points a block",
        "Estimator of Sc₂O₃ in Ore zone: simple kriging with the known mean 210 g/t.",
        "Estimator of Cu in Ore zone: kriging with an external drift of Sc₂O₃.",
        "Estimator of Sc₂O₃ in halo: inverse distance to the power 3.",
        "Estimator of Cu in halo: nearest neighbour.",
    ):
        assert sum(said in note for note in notes) == 1, said
    every = replace(sections["estimation"], estimator=Estimator(method="inverse_distance"))
    assert any(
        note.startswith("Method: inverse distance to the power 2 of Sc₂O₃, Cu, 4")
        for note in notes_of(sections, estimation=every)
    )


def test_negative_kriging_efficiency_is_told_in_tonnes(sections):
    told = (("indicated", "ore", 91_500.0, 0.0085), ("inferred", "halo", 1_597_400.0, 0.404))
    notes = notes_of(sections, facts=replace(sections["facts"], inefficient=told))
    said = (
        "Above the cut-off the kriging efficiency of Sc₂O₃ is negative in 92 kt of Indicated in Ore zone (1 % of it); 1,597 kt "
        "of Inferred in halo (40 % of it): there the kriging variance is larger"
    )
    assert sum(said in note for note in notes) == 1
    assert not any("efficiency" in note for note in notes_of(sections))


def test_the_title_never_claims_a_resource_or_compliance(sections):
    reporting = sections["reporting"]
    signed = replace(reporting, qualified_person="A. Geologist, P.Geo.")
    draft, final = (statement_title("TG Zone", one, synthetic=True) for one in (reporting, signed))
    assert draft == "SYNTHETIC: TG Zone: Draft mineral inventory above cut-off (no RPEEE test yet), effective 2025-01-31"
    assert final == "SYNTHETIC: TG Zone: Mineral inventory above cut-off (no RPEEE test yet), effective 2025-01-31"
    assert statement_title("TG Zone", reporting, synthetic=False).startswith("TG Zone: Draft")
    assert statement_title("TG, SYNTHETIC", reporting, synthetic=True).count("SYNTHETIC") == 1


@pytest.mark.parametrize("person", [None, "A. Geologist, P.Geo."])
def test_nothing_claims_compliance(sections, person):
    notes = notes_of(sections, reporting=replace(sections["reporting"], qualified_person=person))
    for note in notes:
        assert "compliant" not in note or "does not make" in note
    assert any("Qualified Person: A. Geologist" in note for note in notes) == (person is not None)


def test_the_law_of_totals_quotes_the_figures():
    assert "place of the last of 2 significant figures of their sum" in totals_law(2)


def test_what_failed_and_what_warns_in_the_validation_is_said(sections):
    assert not any("validation" in note for note in notes_of(sections))
    judged = replace(sections["facts"], failed="swath (Cu in Ore zone 25 %)", warned="slope (2)")
    notes = [note for note in notes_of(sections, facts=judged) if "validation/verdicts.csv" in note]
    assert notes[0].startswith("The model FAILS checks of its own validation: swath (Cu in Ore zone 25 %).")
    assert notes[1].startswith("Checks of the model that warn: slope (2).")


@pytest.mark.parametrize(
    ("short_runs", "short", "said"),
    [
        ("keep", 53, "runs that are shorter as a whole are kept; 53 of the composites remain shorter, down to 0.05 m; drilled"),
        ("drop", 0, "runs that are shorter as a whole are dropped; drilled"),
    ],
)
def test_the_composites_that_remain_short_are_counted(sections, short_runs, short, said):
    facts = replace(sections["facts"], short=short, shortest=0.05)
    chosen = replace(sections["compositing"], residual="distribute", short_runs=short_runs)
    assert said in " ".join(notes_of(sections, facts=facts, compositing=chosen))


@pytest.mark.parametrize("unsampled", ["missing", "zero", "value", "exclude"])
def test_every_policy_of_unsampled_length_has_words(sections, unsampled):
    chosen = replace(sections["compositing"], unsampled=unsampled, values={"grade": 1.0})
    assert any("drilled length without assay" in note for note in notes_of(sections, compositing=chosen))
