"""Writes config/schema.json and config/README.md of the current folder from the typed sections."""

from pathlib import Path

from scandia.config.manual import manual_text, schema_text

Path("config/schema.json").write_text(schema_text(), encoding="utf-8")
Path("config/README.md").write_text(manual_text(), encoding="utf-8")
