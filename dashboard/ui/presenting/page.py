"""Presenting: a deck is composed, and fills the window where the address names it."""

from dashboard.ui.evidence import build_note
from dashboard.ui.filter_bar import filter_bar
from dashboard.ui.presenting.composer import composer
from dashboard.ui.presenting.deck import deck, deck_in_view
from dashboard.ui.record_in_view import record_in_view


def page() -> None:
    """Draw the page."""
    edition = deck_in_view()
    if edition is not None:
        deck(edition)
        return
    record = record_in_view()
    composer(record, filter_bar(record, with_compare=False))
    build_note(record.current())
