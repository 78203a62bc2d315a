"""Grants, matched funds, selection and money beside patients, by region, programme and ministry."""

from dashboard.ui import funding_sections as sections
from dashboard.ui.evidence import build_note
from dashboard.ui.own_record import funding_lines_section
from dashboard.ui.record_in_view import record_in_view


def page() -> None:
    """Draw the page."""
    record = record_in_view()
    view = sections.funding_filters(record)
    sections.funding_headline(view, record.ask("funding_summary", view.asked))
    sections.awards_section(record, view)
    sections.money_section(record, view)
    sections.selection_section(record, view)
    sections.beside_section(record, view)
    sections.ministries_section(record, view)
    funding_lines_section(record, view.region)
    build_note(record.current())
