"""What rules read: raw tables, the files that stand for them, and what the first steps leave of them."""

from scandia.drillholes.layouts import RAW_TABLES

QUALITY_TABLES = [
    *("verdict", "insertion", "rates", "standards", "standard_summary", "blanks", "blank_summary"),
    *("duplicates", "duplicate_summary", "thompson_howarth", "batches", "failed_samples"),
]


def raw_tables():
    """Settings of every raw table by name; the control samples stand in the section of quality control."""
    if LOCATED:
        return {"located": LOCATED["table"]}
    tables = {name: CONFIG["drillholes"][name] for name in RAW_TABLES} | CONFIG["drillholes"]["assays"]
    tables["qc"] = CONFIG["qaqc"]["table"] if CONFIG["qaqc"] else None
    return {name: table for name, table in tables.items() if table}


def made_tables():
    """Names of the tables that the first steps leave; further assay tables are merged into the first."""
    if LOCATED:
        return ["collar", "assay", "lithology"]
    made = {*raw_tables(), *(["lithology"] if CONFIG["drillholes"]["lithology_of_all"] else [])}
    return ["collar", "survey", *(name for name in ("assay", "lithology", "density", "qc") if name in made)]


TABLES = made_tables()
IN_DATABASES = [name for name, table in raw_tables().items() if table["format"] in ("sqlite", "postgresql")]


def snapshots():
    """Snapshots of the tables that databases hold."""
    return [f"<results>/snapshots/{name}.parquet" for name in IN_DATABASES]


def gates():
    """Files that say that a run may go on; where failed quality control does not stop it, the estimate does not wait for it."""
    stops = CONFIG["qaqc"] and CONFIG["qaqc"]["on_failure"] == "stop"
    return ["<results>/tables/accepted.txt", *(["<results>/qaqc/accepted.txt"] if stops else [])]


def estimated_assay():
    """The assays that the estimate is made of: without those of failed batches, where the config holds them out."""
    held = CONFIG["qaqc"] and CONFIG["qaqc"]["on_failure"] == "hold_out"
    return "<results>/qaqc/assay.parquet" if held else "<results>/tables/assay.parquet"


def reported_parts():
    """The parts that tonnes are counted in: with net smelter return and pit shell, where the config has economics."""
    return "<results>/pit/parts.nc" if ECONOMICS else "<results>/parts.nc"


def below(root, file):
    """Path of a file in its own root, or in that of the deposit."""
    return Path(root or CONFIG["drillholes"]["root"], file)


def database_files():
    """SQLite files that exist."""
    files = [below(table["root"], table["file"]) for table in raw_tables().values() if table["format"] == "sqlite"]
    return [file.as_posix() for file in dict.fromkeys(files) if file.is_file()]


def raw_files():
    """Raw files that exist; a missing one becomes a finding of `validate_tables`, not a message of Snakemake."""
    files = [below(table["root"], table["file"]) for name, table in raw_tables().items() if name not in IN_DATABASES]
    if CONFIG["drillholes"]["corrections"]:
        files.append(below(CONFIG["drillholes"]["corrections"]["root"], CONFIG["drillholes"]["corrections"]["file"]))
    if (MODEL.get("topography") or {}).get("file"):
        files.append(below(None, MODEL["topography"]["file"]))
    files += [Path(file) for file in geology_files()]
    files += [below(None, readings["file"]) for readings in ORIENTATIONS.values() if readings["file"]]
    return [file.as_posix() for file in dict.fromkeys(files) if file.is_file()]


def solid_files():
    """The solid of each domain that has one."""
    domains = MODEL["domains"]["domains"] if MODEL else {}
    return {name: domain["solid"] for name, domain in domains.items() if domain["solid"]}


def geology_files():
    """Files of solids and of the base of the overburden that exist; a missing one stops the run in words at its own rule."""
    root = Path(CONFIG["drillholes"]["root"])
    names = [solid["file"] for solid in solid_files().values()]
    names += [MODEL["overburden"]["file"]] if MODEL.get("overburden") else []
    return [file.as_posix() for file in map(root.joinpath, dict.fromkeys(names)) if file.is_file()]


def override_files():
    """Files of the solids in which persons gave classes, those that exist; a missing one stops the run at its own rule."""
    given = [one["solid"]["file"] for one in MODEL["classification"]["overrides"] if one["solid"]] if MODEL else []
    files = [Path(CONFIG["drillholes"]["root"], file) for file in dict.fromkeys(given)]
    return [file.as_posix() for file in files if file.is_file()]


def raw_topography():
    """The ground's file, where there is one."""
    name = (MODEL.get("topography") or {}).get("file")
    return [file for file in raw_files() if name and Path(file).name == Path(name).name]


def raw_readings():
    """Files of structural readings that exist."""
    names = [Path(CONFIG["drillholes"]["root"], readings["file"]) for readings in ORIENTATIONS.values() if readings["file"]]
    return [file for file in raw_files() if Path(file) in names]


def solid_sides():
    """The sides of the solids, where a domain's orientations come from its own; nothing else waits for the blocks because of them."""
    return ["<results>/domains/sides.csv"] if any(readings["source"] == "solid" for readings in ORIENTATIONS.values()) else []


def published_files():
    """Files of the published tables that exist."""
    tables = [CONFIG["published"][name] for name in ("intercepts", "claims")] if CONFIG["published"] else []
    files = [below(table["root"], table["file"]) for table in tables]
    return [file.as_posix() for file in files if file.is_file()]


def entered():
    """Files that located samples become, by name."""
    files = {name: f"<results>/tables/{name}.parquet" for name in TABLES}
    files |= {"stations": "<results>/drillholes/stations.parquet", "holes": "<results>/drillholes/holes.csv"}
    return files | ({"intervals": "<results>/domains/intervals.parquet"} if MODEL else {})


def distrusted_samples():
    """Samples of failed batches, where the classification distrusts the holes that have any."""
    untrusted = (MODEL.get("classification") or {}).get("untrusted")
    return "<results>/qaqc/failed_samples.csv" if CONFIG["qaqc"] and untrusted and untrusted["failed_quality"] else []


include: "resources.smk"
