"""Grants, matched funds, selection and money beside patients, by region, programme and ministry."""

from dashboard.components import funding_sections as sections
from dashboard.components.evidence import build_note
from dashboard.settings import settings
from dashboard.store.ask import open_record


def page() -> None:
    """Draw the page."""
    record = open_record(settings())
    view = sections.funding_filters(record)
    sections.funding_headline(view, record.ask("funding_summary", view.asked))
    sections.awards_section(record, view)
    sections.money_section(record, view)
    sections.selection_section(record, view)
    sections.beside_section(record, view)
    sections.ministries_section(record, view)
    build_note(record.current())
