"""The run as an RO-Crate of the profile Workflow Run Crate 0.5: one JSON-LD file of the results and how they were made."""

from rocrate.model.contextentity import ContextEntity
from rocrate.rocrate import ROCrate

PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": ("Process Run Crate", "0.5"),
    "https://w3id.org/ro/wfrun/workflow/0.5": ("Workflow Run Crate", "0.5"),
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": ("Workflow RO-Crate", "1.0"),
}
TERMS = {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}
METADATA = "ro-crate-metadata.json"
FORMATS = {
    ".csv": "text/csv", ".html": "text/html", ".json": "application/json", ".nc": "application/x-netcdf", ".png": "image/png",
    ".svg": "image/svg+xml", ".txt": "text/plain", ".yaml": "application/yaml", ".parquet": "application/vnd.apache.parquet",
}  # fmt: skip


def crate(recorded, *, workflow, lock, license_text):
    """JSON-LD of a run, a plain mapping, for ``ro-crate-metadata.json`` in the folder of the results.

    Parameters
    ----------
    recorded : dict
        The manifest.
    workflow, lock : str
        Paths, below the results, of the copies of the Snakefile and of the lock file.
    license_text : str
        Under which licence the results stand; a sentence.

    Notes
    -----
    Raw tables lie outside the results, and may be nobody's to give away: the crate names them with their hashes, as what the run
    was made from, and does not hold them. Nothing is fetched; addresses in the crate are names of terms and profiles.
    """
    made = ROCrate(gen_preview=False, version="1.1")
    made.metadata.extra_terms.update(TERMS)
    ended = max((facts["ended"] for facts in recorded["times"].values()), default="")
    root = made.root_dataset
    made.name = recorded["title"]
    made.description = _description(recorded)
    made.license = license_text
    root["datePublished"] = ended
    for address, (name, version) in PROFILES.items():
        made.add(ContextEntity(made, address, {"@type": "CreativeWork", "name": name, "version": version}))
    root["conformsTo"] = [{"@id": address} for address in PROFILES]
    main = _workflow(made, workflow, recorded)
    files = [_file(made, entry, recorded) for entry in recorded["outputs"]]
    locked = made.add_file(
        dest_path=lock, properties={"name": "Every package of the environment", "encodingFormat": "text/plain"}
    )
    _action(made, recorded, main, [*_inputs(made, recorded), locked], files, ended)
    return made.metadata.generate()


def _description(recorded):
    kind = "Simulated (SYNTHETIC) deposit" if recorded["simulated"] else "Deposit"
    return f"{kind} {recorded['deposit']}: results of scandia {recorded['scandia']}, fingerprint {recorded['fingerprint']}."


def _workflow(made, path, recorded):
    words = {"name": "scandia: from raw drillhole tables to a resource statement", "version": recorded["scandia"]}
    return made.add_workflow(dest_path=path, main=True, lang="snakemake", properties=words)


def _file(made, entry, recorded):
    path = entry["path"]
    suffix = "." + path.rsplit(".", 1)[-1]
    words = {"name": path, "sha256": recorded["bytes"].get(path, entry.get("sha256"))}
    if "content_sha256" in entry:
        words["identifier"] = f"sha256 of the content: {entry['content_sha256']}"
    return made.add_file(dest_path=path, properties=words | {"encodingFormat": FORMATS.get(suffix, "application/octet-stream")})


def _inputs(made, recorded):
    """Raw files, the config and every rule's parameters, as entities that the run's action names."""
    entities = []
    for number, entry in enumerate(recorded["inputs"], start=1):
        digest = recorded["bytes"].get(entry["path"], entry.get("sha256"))
        words = {"@type": "CreativeWork", "name": entry["path"], "sha256": digest}
        entities.append(made.add(ContextEntity(made, f"#input-{number}", words)))
    facts = {"config_sha256": recorded["config_sha256"], "lock_sha256": recorded["lock_sha256"]}
    facts |= {f"platform.{key}": value for key, value in recorded["platform"].items()}
    facts |= {f"code.{rule}": own["code"] for rule, own in recorded["rules"].items()}
    for name, value in facts.items():
        words = {"@type": "PropertyValue", "name": name, "value": value}
        entities.append(made.add(ContextEntity(made, f"#fact-{name}", words)))
    return entities


def _action(made, recorded, main, read, written, ended):
    engine = made.add(ContextEntity(made, "#scandia", {"@type": "SoftwareApplication", "name": "scandia"}))
    engine["softwareVersion"] = recorded["scandia"]
    words = {
        "@type": "CreateAction",
        "name": f"Run of {recorded['deposit']}",
        "description": f"fingerprint {recorded['fingerprint']}",
        "instrument": {"@id": main.id},
        "object": [{"@id": entity.id} for entity in read],
        "result": [{"@id": entity.id} for entity in written],
        "actionStatus": "http://schema.org/CompletedActionStatus",
    }
    words |= {"endTime": ended} if ended else {}
    action = made.add(ContextEntity(made, "#run", words))
    made.root_dataset["mentions"] = {"@id": action.id}
    return action
