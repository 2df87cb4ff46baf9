"""The committed schema and manual are those that the typed config gives."""

import json

from scandia.config.manual import manual_text, schema_text

MEND = "run `.venv/bin/python -m scandia.config` in the project's folder and commit what changed"


def test_the_committed_schema_is_current(project):
    assert (project / "config" / "schema.json").read_text(encoding="utf-8") == schema_text(), MEND


def test_the_committed_manual_is_current(project):
    assert (project / "config" / "README.md").read_text(encoding="utf-8") == manual_text(), MEND


def test_every_key_is_described_and_no_section_takes_unknown_keys():
    for name, section in json.loads(schema_text())["$defs"].items():
        assert section["additionalProperties"] is False, name
        for key, value in section["properties"].items():
            assert value.get("description"), f"{name}.{key}"
