"""The sources page: what the record covers, who disagrees, who says it, and what it means."""

from dashboard.components import source_sections as sections
from dashboard.components.evidence import build_note
from dashboard.settings import settings
from dashboard.store.ask import open_record


def page() -> None:
    """Draw the page."""
    record = open_record(settings())
    sections.sources_headline(record)
    sections.coverage_section(record)
    sections.disputes_section(record)
    sections.sources_section(record)
    sections.dictionary_section()
    build_note(record.current())
