"""Writes config/schema.json, config/README.md and docs/checks.md of the current folder from the typed sections and the checks."""

from pathlib import Path

from scandia.config.manual import manual_text, schema_text
from scandia.drillholes.checks_page import checks_page

Path("config/schema.json").write_text(schema_text(), encoding="utf-8")
Path("config/README.md").write_text(manual_text(), encoding="utf-8")
Path("docs/checks.md").write_text(checks_page(), encoding="utf-8")
