"""What rules take of the config: no more than changes their outputs, so that a changed key reruns only what depends on it."""

import math

from scandia.blockmodel.chunks import cut_grid
from scandia.config.typed import typed
from scandia.kriging.settings import Estimation
from scandia.resource.settings import Reporting
from scandia.validation.cases import study_cases
from scandia.validation.settings import Neighbourhood


def logged_codes():
    """Config key to the logged codes that it gives to a domain; the rest of a domain changes no table."""
    domains = MODEL["domains"]["domains"] if MODEL else {}
    codes = {f"model.domains.domains.{name}.lithology": domain["lithology"] for name, domain in domains.items()}
    chosen = {name: domain["select"]["lithology"] for name, domain in domains.items() if domain["select"]}
    return codes | {f"model.domains.domains.{name}.select.lithology": names for name, names in chosen.items() if names}


def quality_reading():
    """What reading needs of the quality control: table, analytes, names of materials; limits judge, and change no table."""
    given = CONFIG["qaqc"]
    named = given and {"standards": {name: {} for name in given["standards"]}, "not_certified": given["not_certified"]}
    return given and {"table": given["table"], "analytes": given["analytes"], "detection_limits": {}, **named}


def weighs_density(model=MODEL):
    """Whether composites are weighted by measured densities, which then go into them."""
    return bool(model) and model["composites"]["weighting"] == "density" and "density" in TABLES


def plausible_densities(model=MODEL):
    """Bounds of the densities that weigh composites, where any do."""
    return {name: model["density"][name] for name in ("minimum", "maximum")} if weighs_density(model) else {}


def table_settings():
    """The settings of the raw tables without the way that holes are desurveyed, or waited for, which changes no table."""
    return {key: value for key, value in CONFIG["drillholes"].items() if key not in ("desurvey", "connect_timeout")}


def patience(wildcards, input):
    """Seconds to wait for a database, as a function of the input: no rule runs again because of it."""
    return CONFIG["drillholes"]["connect_timeout"]


def analyte_settings():
    """The analytes named by their keys: their labels are only printed, and change no table."""
    return {name: analyte | {"label": name} for name, analyte in CONFIG["analytes"].items()}


def analyte_names():
    """How analytes are printed: label, unit, species; how they are read from the tables changes no page that takes these."""
    return {
        name: {key: one[key] for key in ("label", "unit", "species")} | {"sum_of": [name]}
        for name, one in CONFIG["analytes"].items()
    }


def sold_analytes():
    """What a value needs of the analytes that are sold: unit and species."""
    sold = {product["variable"] for product in (ECONOMICS or {"products": {}})["products"].values()}
    return {name: one | {"label": name} for name, one in analyte_names().items() if name in sold}


def economic_settings(model=MODEL):
    """The economics without their words, which change no pit: sources, dates and names are those of `write_formula`."""
    words = {"source": "-", "basis": "-", "date": "1970-01-01"}

    def bare(value):
        if isinstance(value, dict):
            return {key: words[key] if key in words and isinstance(one, str) else bare(one) for key, one in value.items()}
        return [bare(one) for one in value] if isinstance(value, (list, tuple)) else value

    section = bare(model.get("economics"))
    named = {name: one | {"label": name} for name, one in section["products"].items()} if section else {}
    return section and section | {"products": named, "published_cutoffs": []}


def cutoff_settings(model=MODEL):
    """What tables of tonnes need of the reporting: cut-offs, their variable, products; units, names and risks are only printed."""
    section = model.get("reporting")
    kept = section and {key: section[key] for key in ("variable", "cutoffs", "base_cutoff")}
    products = [{"variable": one["variable"], "metal_unit": "t"} for one in section["products"]] if section else []
    return section and kept | {"products": products, "cutoff_basis": "-", "effective_date": "1970-01-01"}


def classification_settings():
    """The classification without the reasons that only the report prints; those of overrides stand in a table."""
    section = MODEL.get("classification")
    silent = {name: section[name] | {"reason": "-"} for name in ("untrusted", "smoothing") if section[name]} if section else {}
    return section and section | silent | {"reason": "-"}


def domain_settings(model=MODEL):
    """The domains named by their keys, for the steps in which their labels are not printed."""
    section = model.get("domains")
    named = {name: domain | {"label": name} for name, domain in section["domains"].items()} if section else {}
    return section and section | {"domains": named}


def intercepts_are_dense():
    """Whether the means of significant intercepts are weighted by density too."""
    return bool(CONFIG["intercepts"]) and CONFIG["intercepts"]["weighting"] == "length_and_density"


def intercept_plane():
    """Azimuth and dip of the plane across which intercepts have a true width, or nothing."""
    rules = CONFIG["intercepts"] or {"true_width": "none"}
    given = {"plane": rules.get("plane"), "domains": MODEL.get("domains", {}).get("implicit")}.get(rules["true_width"])
    return [given["azimuth"], given["dip"]] if given else []


def regresses_density(model=MODEL, applied=False):
    """Whether density is regressed on a grade, and (applied) whether the blocks take theirs from it."""
    chosen = model["density"]["regression"] if model and "density" in TABLES else None
    return bool(chosen) and (chosen["apply"] or not applied)


def experiment_settings(model=MODEL):
    """What experimental variograms need of their section: how a model is fitted to them changes none."""
    section, angles = model.get("variography") or {}, ("source", "borrow_from", "azimuth", "dip", "rake")
    domains = {name: {key: chosen[key] for key in angles} for name, chosen in section.get("domains", {}).items()}
    keys = ("downhole", "major", "semi", "minor", "estimator", "weigh_pairs")
    return {**{key: section[key] for key in keys if key in section}, "domains": domains}


def fit_settings(model=MODEL):
    """What a fit needs of its section: maps, fans and intervals change no model."""
    section = model.get("variography") or {}
    return {key: value for key, value in section.items() if key not in ("exploration", "bootstrap")}


def validation_section(*keys):
    """The named settings of the validation, and the swaths' widths, without which there are none; others rerun other rules."""
    section = MODEL.get("validation") or {}
    taken = [key for key in ("swaths", *keys) if key != "folds" or "fold" in section.get("cross_validation", ())]
    return {key: section[key] for key in taken if key in section}


def kriging_threads():
    """Cores for the estimate: a model of few blocks is done before a second core could help, and would wait for all to be free."""
    blocks = math.prod(MODEL["grid"]["count"]) if MODEL else 0
    return 8 if blocks > 5000 else 1


def chunk_names(model=MODEL):
    """Numbers of the chunks of the grid, the jobs of the estimate, as texts of one length."""
    chunks = cut_grid(model["grid"]["count"], model["chunks"]["blocks"]) if model else []
    return [f"{number:0{len(str(len(chunks) - 1))}d}" for number in range(len(chunks))]


def neighbourhood_cases():
    """Names of the jobs of the neighbourhood study's matrix."""
    if not MODEL:
        return []
    settings, estimation = typed(Neighbourhood, MODEL["validation"]["neighbourhood"]), typed(Estimation, MODEL["estimation"])
    return [f"case{number}" for number in range(len(study_cases(settings, estimation, crossed=True)))]


def main_variable():
    """The grade that the statement is about, of which studies compare tonnes, grade and metal."""
    return typed(Reporting, MODEL["reporting"]).main_variable
