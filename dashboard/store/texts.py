"""The texts that make a build: what is made of the same rows by the same texts is the same."""

import hashlib

import duckdb

from dashboard.settings import PROJECT_ROOT, Settings
from dashboard.store.question import read_relation

LAYERS = ("macros", "staging", "marts", "checks")
"""The layers whose text makes the build; a changed question needs no new one, unless it asks for
other counts of visits."""
PROGRAMME = PROJECT_ROOT / "dashboard" / "bounds"
"""Folder of what is no SQL: the programme that solves bounds."""


def texts_digest(settings: Settings) -> bytes:
    """SHA-256 of what makes a build of rows: the SQL, the part in Python, DuckDB's version."""
    content = hashlib.sha256(duckdb.__version__.encode())
    for layer in LAYERS:
        for path in sorted((settings.queries / layer).glob("*.sql")):
            content.update(f"{layer}/{path.name}\0".encode() + path.read_bytes())
    content.update(";".join(asked_breakdowns(settings)).encode())
    for path in sorted(PROGRAMME.glob("*.py")):
        content.update(path.read_bytes())
    return content.digest()


def asked_breakdowns(settings: Settings) -> list[str]:
    """The breakdowns of counted visits for which questions ask; the lake has the rest."""
    found = {""}
    for path in (settings.queries / "questions").glob("*.sql"):
        if "\n-- breakdowns: " in path.read_text(encoding="utf-8"):  # few have them
            found.update(read_relation(path).breakdowns)
    return sorted(found)
