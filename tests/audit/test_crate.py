"""The crate keeps the must-rules of RO-Crate 1.1 and of the profiles Process Run, Workflow Run 0.5 and Workflow RO-Crate 1.0."""

import json

import pytest

from scandia.audit.crate import crate
from scandia.audit.manifest import manifest

OUTPUTS = [
    {"path": "resource/statement.csv", "sha256": "a" * 64},
    {"path": "parts.nc", "content_sha256": "b" * 64, "bytes_sha256": "c" * 64},
]
RULES = {"state": {"code": "1234", "parameters": {"a": 1}, "outputs": ["resource/statement.csv"]}}
TIMES = {"state": {"ended": "2026-11-27T21:00:00+00:00", "seconds": 2.0}}


@pytest.fixture(scope="module")
def made():
    recorded = manifest(
        {"deposit": "d", "title": "D, SYNTHETIC", "synthetic": {"generator": "tg"}},
        inputs=[{"path": "../raw/assay.csv", "sha256": "d" * 64}],
        outputs=OUTPUTS, rules=RULES, times=TIMES, lock="l" * 64, config_hash="e" * 64,
    )  # fmt: skip
    return crate(recorded, workflow="audit/Snakefile", lock="audit/requirements.lock", license_text="Theirs."), recorded


@pytest.fixture(scope="module")
def entities(made):
    return {entity["@id"]: entity for entity in made[0]["@graph"]}


def kinds(entity):
    return set(entity["@type"]) if isinstance(entity["@type"], list) else {entity["@type"]}


def listed(value):
    return [one["@id"] for one in (value if isinstance(value, list) else [value])]


def test_the_metadata_file_describes_the_root_and_conforms_to_ro_crate(made, entities):
    head = entities["ro-crate-metadata.json"]
    assert kinds(head) == {"CreativeWork"}
    assert head["about"] == {"@id": "./"}
    assert "https://w3id.org/ro/crate/1.1" in listed(head["conformsTo"])
    context = made[0]["@context"]
    assert context[0] == "https://w3id.org/ro/crate/1.1/context"
    assert context[1]["sha256"].startswith("https://w3id.org/ro/terms/workflow-run#")


def test_the_root_has_what_ro_crate_and_the_profiles_require(entities):
    root = entities["./"]
    assert kinds(root) == {"Dataset"}
    assert {"name", "description", "datePublished", "license"} <= set(root)
    profiles = ["process/0.5", "workflow/0.5"]
    assert {f"https://w3id.org/ro/wfrun/{name}" for name in profiles} <= set(listed(root["conformsTo"]))
    assert "https://w3id.org/workflowhub/workflow-ro-crate/1.0" in listed(root["conformsTo"])
    for address in listed(root["conformsTo"]):
        assert {"CreativeWork"} == kinds(entities[address])
        assert {"name", "version"} <= set(entities[address])


def test_the_main_entity_is_a_workflow_in_the_crate_with_its_language(entities):
    main = entities[entities["./"]["mainEntity"]["@id"]]
    assert {"File", "SoftwareSourceCode", "ComputationalWorkflow"} <= kinds(main)
    assert main["@id"] == "audit/Snakefile"
    assert "name" in main
    assert {"ComputerLanguage"} == kinds(entities[main["programmingLanguage"]["@id"]])


def test_the_run_is_an_action_of_the_workflow_that_names_what_it_read_and_wrote(made, entities):
    (action,) = [entity for entity in entities.values() if "CreateAction" in kinds(entity)]
    assert action["@id"] in listed(entities["./"]["mentions"])
    assert listed(action["instrument"]) == ["audit/Snakefile"]
    assert action["endTime"] == "2026-11-27T21:00:00+00:00"
    assert set(listed(action["result"])) == {entry["path"] for entry in OUTPUTS}
    named = [entities[one] for one in listed(action["object"])]
    assert any(entity["name"] == "../raw/assay.csv" and entity["sha256"] == "d" * 64 for entity in named)
    assert made[1]["fingerprint"] in action["description"]


def test_files_are_parts_of_the_crate_with_the_hash_of_their_bytes(entities):
    files = {name for name, entity in entities.items() if "File" in kinds(entity)}
    assert files == {"resource/statement.csv", "parts.nc", "audit/Snakefile", "audit/requirements.lock"}
    assert files <= set(listed(entities["./"]["hasPart"]))
    assert entities["parts.nc"]["sha256"] == "c" * 64
    assert "b" * 64 in entities["parts.nc"]["identifier"]
    assert not any(name.startswith(("/", "..")) for name in files)


def test_every_reference_leads_to_an_entity_or_an_address(made, entities):
    def references(node):
        if isinstance(node, dict):
            if set(node) == {"@id"}:
                yield node["@id"]
            for part in node.values():
                yield from references(part)
        elif isinstance(node, list):
            for part in node:
                yield from references(part)

    for entity in entities.values():
        for one in references({key: value for key, value in entity.items() if key != "@id"}):
            assert one in entities or one.startswith(("http://", "https://")), one
    assert len(entities) == len(made[0]["@graph"]), "an entity stands twice"
    assert json.loads(json.dumps(made[0])) == made[0]
