"""Presenting: a deck is composed here; one that the address names fills the window instead."""

from typing import Any

from dashboard.store.ask import Record
from dashboard.ui.evidence import build_note
from dashboard.ui.filter_bar import filter_bar
from dashboard.ui.presenting.composer import composer


def deck_filters(record: Record) -> dict[str, Any]:
    """Draw region and year of a deck, and read them from the address."""
    view = filter_bar(record, with_compare=False)
    return {"region": view.region, "year": view.year}


def page(record: Record, asked: dict[str, Any]) -> None:
    """Draw the page."""
    composer(record, asked["region"], asked["year"])
    build_note(record.current())
