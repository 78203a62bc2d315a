"""The sources page: what the record covers, who disagrees, who says it, and what it means."""

from dashboard.ui import source_sections as sections
from dashboard.ui.evidence import build_note
from dashboard.ui.record_in_view import record_in_view


def page() -> None:
    """Draw the page."""
    record = record_in_view()
    sections.sources_headline(record)
    sections.coverage_section(record)
    sections.disputes_section(record)
    sections.sources_section(record)
    sections.dictionary_section()
    build_note(record.current())
