"""One name for each thing: columns, codes and words used in config, tables, variables and reports."""

from enum import IntEnum

# Keys
HOLE = "hole"
SAMPLE = "sample"
ROW = "row"  # line number in the source file, header = 1: the way back to the raw table
DEPTH = "depth"
FROM = "from"
TO = "to"
LENGTH = "length"

# World and mine-grid coordinates, metres
EASTING, NORTHING, ELEVATION = "easting", "northing", "elevation"
X, Y, Z = "x", "y", "z"
WORLD = (EASTING, NORTHING, ELEVATION)
LOCAL = (X, Y, Z)

# Directions, degrees: azimuth clockwise from grid north, dip negative down (of a plane: positive, to the right of the azimuth)
AZIMUTH = "azimuth"
DIP = "dip"
RAKE = "rake"

# Attributes
CAMPAIGN = "campaign"
LABORATORY = "laboratory"
LITHOLOGY = "lithology"
DOMAIN = "domain"
DENSITY = "density"
WEIGHT = "weight"  # declustering weight, mean 1
FRACTION = "fraction"
OWN_POINTS = "own_points"  # which sub-cells of a block belong to a domain, a bit each
TONNAGE = "tonnage"
CLASS = "class"
NSR = "nsr"  # net smelter return, currency per tonne
PIT = "pit"  # 1 in blocks inside the pit shell of the statement, else 0
PIT_FACTOR = "pit_factor"  # lowest revenue factor whose shell holds the block
SHELL = "shell"  # inside or outside the pit shell

# Columns of a table of findings, in order
FINDING = ("file", "row", "hole", "column", "value", "rule", "severity", "message", "hint")
SEVERITIES = ("error", "warning", "note", "ignored")  # ignored: by a reason and a name in the config

# Types of control samples
UMPIRE = "umpire_duplicate"
DUPLICATES = ("field_duplicate", "coarse_duplicate", "pulp_duplicate", UMPIRE)
CONTROL_TYPES = ("standard", "blank", *DUPLICATES)

SYNTHETIC = "SYNTHETIC"


def row_columns(frame):
    """Columns of a table that lead back to lines of raw assay tables: ``row``, and ``row_<table>`` of merged ones."""
    return [name for name in frame if name == ROW or str(name).startswith(f"{ROW}_")]


class Class(IntEnum):
    """Resource class of a block part, in the CIM order of confidence."""

    UNCLASSIFIED = 0
    MEASURED = 1
    INDICATED = 2
    INFERRED = 3


class Reason(IntEnum):
    """Why a block part has an estimate or has none."""

    ESTIMATED = 0
    OUTSIDE = 1  # no part of the block lies in the domain
    NO_DOMAIN_SAMPLES = 2
    TOO_FEW_SAMPLES = 3
    TOO_FEW_HOLES = 4
    SINGULAR = 5
    TOO_FEW_OCTANTS = 6
    NO_DRIFT = 7  # a variable of its external drift is not known in the block


# Per-block diagnostics of an estimate; the dataset holds them as "<variable>_<name>"
DIAGNOSTICS = {
    "variance": "kriging variance",
    "lagrange": "Lagrange multiplier",
    "slope": "slope of regression of true on estimated grade",
    "efficiency": "kriging efficiency",
    "samples": "samples used",
    "holes": "holes used",
    "nearest_distance": "distance to the nearest sample used",
    "mean_distance": "mean distance to the samples used",
    "pass": "search pass",
    "negative_weights": "sum of negative weights",
    "reason": "reason code",
}
METHODS = {
    "ordinary": "ordinary kriging",
    "simple": "simple kriging",
    "linear_drift": "kriging with a linear drift",
    "external_drift": "kriging with an external drift",
    "inverse_distance": "inverse distance",
    "nearest": "nearest neighbour",
}
CHECK_ESTIMATES = {"nearest": "nearest neighbour", "inverse_distance": "inverse distance"}

# Columns beside a grade, "<analyte><suffix>", in tables, in the block model and in exports
GRADE_SUFFIXES = (
    *(f"_{name}" for name in (*DIAGNOSTICS, *CHECK_ESTIMATES)),
    *("_tonnage", "_metal", "_missing", "_coverage", "_density", "_censored", "_uncapped", "_true", "_polygonal", "_reason_name"),
)
# Columns that stand in one table or dataset with grades, while it is made or when it is done: no analyte may have such a name
RESERVED = frozenset(
    {
        *(HOLE, SAMPLE, ROW, DEPTH, FROM, TO, LENGTH, *WORLD, *LOCAL, AZIMUTH, DIP, RAKE),
        *(CAMPAIGN, LABORATORY, LITHOLOGY, DOMAIN, DENSITY, WEIGHT, FRACTION, OWN_POINTS, TONNAGE, CLASS, NSR, PIT),
        *(PIT_FACTOR, SHELL, "crs", "ground", "domain_code", "main_domain", "class_reason", "class_name"),  # the block model
        *("class_rule", "class_barred", "class_by_rules", "class_smoothed", "drill_spacing"),
        *("batch", "type", "reference", "parent", "date", "sequence", "method"),  # raw tables
        *("composite", "run", "start", "end", "logged_domain", "value"),  # intervals and composites
        *("intercept", "including", "cutoff", "samples", "core_angle", "true_width", "dilution", "dilution_grade"),  # intercepts
        *("smeared", "without_best"),
        *("case", "factor", "floor", "shared", "mean_nsr", "strip_ratio", "unsurveyed", "steep_ground"),  # the pit
        "must_take_tonnage",
        *("ore_tonnage", "waste_tonnage", "rock_tonnage", "overburden_tonnage", "unestimated_tonnage"),
        *("true_fraction", "true_domain", "true_share", "true_tonnage"),  # the known truth
        *("index", "size_x", "size_y", "size_z", "xc", "yc", "zc", "xinc", "yinc", "zinc"),  # exports
        *("hole_number", "domain_number", "main_domain_name", "fid", "geom"),
    }
)
RESERVED_PREFIXES = ("row_", "sample_", "batch_", "laboratory_", "fraction_")  # of further assay tables, and of domains
