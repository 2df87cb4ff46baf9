"""What the plain path knows of a config; whatever else a config uses is named."""

from scandia.audit.plain.tables import MASSES, atoms

ANY = object()
EMPTY = (None, False, "", [], {}, ())

TABLE = {
    "file": ANY, "columns": ANY, "root": ANY, "format": {"text"}, "separator": ANY, "decimal": {"."}, "encoding": ANY,
    "comment": ANY, "missing": ANY, "depth_unit": {"m"}, "coordinate_unit": {"m"}, "azimuth_reference": {"grid"},
    "dip_sign": ANY, "database": ANY, "skip_rows": {0},
}  # fmt: skip
SEARCH = {
    "azimuth": ANY,
    "dip": ANY,
    "rake": ANY,
    "passes": {
        "*": {
            "ranges": ANY, "min_samples": ANY, "max_samples": ANY, "max_per_hole": ANY, "min_holes": ANY, "azimuth": ANY,
            "dip": ANY, "rake": ANY, "max_per_octant": {0}, "min_octants": {0},
        }
    },
}  # fmt: skip
KNOWN = {
    "mine_grid": ANY,
    "drillholes": {
        "root": ANY, "collar": TABLE, "survey": TABLE, "assay": TABLE, "lithology": TABLE, "density": TABLE, "dip_sign": ANY,
        "connect_timeout": ANY, "checks": ANY, "desurvey": {"method": {"minimum_curvature"}},
    },
    "analytes": {
        "*": {
            "label": ANY, "unit": ANY, "species": ANY, "column": ANY, "column_unit": ANY, "column_species": ANY, "sum_of": ANY,
            "missing": ANY,
            "below_detection": ANY, "above_detection": ANY, "minimum": ANY, "maximum": ANY, "typical": ANY,
        }
    },
    "qaqc": {"on_failure": {"stop", "keep_with_warning"}, "*": ANY},
    "model": {
        "domains": {
            "domains": {"*": {"code": ANY, "label": ANY, "lithology": ANY, "priority": ANY, "estimate": ANY}},
            "*": ANY,  # the solid between the holes gives the volume fractions, which are taken as recorded
        },
        "composites": {
            "method": {"length"}, "length": ANY, "bench_level": ANY, "residual": ANY, "minimum_share": ANY,
            "short_runs": {"keep"}, "minimum_coverage": ANY,
            "unsampled": {"missing"}, "undetermined": {"missing"}, "weighting": {"length"},
        },
        "density": {
            "method": {"mean", "assigned"}, "assigned": ANY, "minimum_measurements": ANY, "minimum": ANY, "maximum": ANY,
            "outlier_rule": ANY, "outliers": {"keep"}, "factor": ANY,
            "regression": {"analyte": ANY, "minimum_pairs": ANY, "confidence": ANY},
        },
        "estimation": {
            "variables": ANY, "search": SEARCH, "domain_searches": {"*": SEARCH}, "estimator": {"method": {"ordinary"}},
            "discretisation": ANY, "inverse_distance_power": ANY, "negative_weights": {"keep"}, "boundaries": {},
            "duplicates": {"error"}, "duplicate_distance": ANY,
        },
        "classification": {
            "reason": ANY,
            "spacing_holes": ANY,
            "rules": {
                "*": {"resource_class": ANY, "max_pass": ANY, "min_holes": ANY, "max_distance": ANY, "min_slope": ANY}
            },
        },
        "grid": ANY, "chunks": ANY, "statistics": ANY, "variography": ANY, "topography": ANY, "audit": ANY, "validation": ANY,
        "reporting": ANY,
        "economics": ANY,  # the pit shell is taken as recorded
    },
}  # fmt: skip
UNREAD = (
    "deposit",
    "title",
    "crs",
    "synthetic",
    "intercepts",
    "published",
    "pictures",
    "exports",
    "sensitivity",
    "trials",
    "previous",
    "table1",
)  # no number of a block depends on them
KINDS = ("spherical", "exponential", "gaussian", "cubic")
SUMS = ("TREO", "TREO+Y", "MREO")


def unknown(config, models):
    """Names of everything in a resolved config, and in its variogram models, that the plain path does not know, a list of str.

    Parameters
    ----------
    config : dict
    models : dict of str to dict of str to dict
        Domain to variable to model, as ``variography/models.yaml`` holds them.
    """
    if not config.get("model"):
        return ["a config without a model"]
    sections = {key: value for key, value in config.items() if key not in UNREAD}
    found = list(_unknown(sections, KNOWN, ()))
    for domain, variables in models.items():
        for variable, model in variables.items():
            kinds = [structure["kind"] for structure in model["structures"] if structure["kind"] not in KINDS]
            found += [f"the {kind} variogram of {variable} in {domain}" for kind in kinds]
    if config["model"]["reporting"]["variable"] not in config["model"]["estimation"]["variables"]:
        found.append(f"a cut-off on {config['model']['reporting']['variable']}")
    for name in config["model"]["estimation"]["variables"]:
        found += _unknown_analyte(name, config["analytes"])
    return found


def _unknown(node, spec, place):
    """Names of the keys of a node that a specification does not allow."""
    if spec is ANY:
        return
    if isinstance(spec, set):
        if not (isinstance(node, str | int | float) and node in spec) and node not in EMPTY:
            yield f"{'.'.join(place)}: {node}"
        return
    entries = enumerate(node) if isinstance(node, list | tuple) else node.items() if isinstance(node, dict) else ()
    if not isinstance(node, dict | list | tuple):
        if node not in EMPTY:
            yield f"{'.'.join(place)}: {node}"
        return
    for key, value in entries:
        own = spec.get(key, spec.get("*"))
        if own is not None:
            yield from _unknown(value, own, (*place, str(key)))
        elif isinstance(value, dict) and value and all(part in EMPTY for part in value.values()):
            continue
        elif value not in EMPTY:
            yield f"{'.'.join((*place, str(key)))}: {value}"


def _unknown_analyte(name, analytes):
    """What is not known of how an estimated analyte is read."""
    analyte, found = analytes[name], []
    if analyte["column"] is None:
        if analyte["species"] not in SUMS or not analyte["sum_of"]:
            return [f"analytes.{name}: a sum of the species {analyte['species']} or without a list of its parts"]
        return [words for part in analyte["sum_of"] for words in _unknown_analyte(part, analytes)]
    if analyte["species"] != analyte["column_species"]:
        elements = {*atoms(analyte["species"]), *atoms(analyte["column_species"])}
        found += [f"analytes.{name}: the atomic mass of {element}" for element in sorted(elements - set(MASSES))]
    return found
