"""Where a region's foreign patients came from, what changed, and where they were treated."""

from dashboard.ui import patient_sections as sections
from dashboard.ui.evidence import build_note
from dashboard.ui.own_record import visits_section
from dashboard.ui.patient_filters import patient_filters
from dashboard.ui.record_in_view import record_in_view


def page() -> None:
    """Draw the page."""
    record = record_in_view()
    chosen = patient_filters(record)
    sections.patient_headline(record, chosen)
    sections.years_section(record, chosen.view.region)
    sections.nationality_section(record, chosen)
    sections.nationality_years_section(record, chosen)
    sections.concentration_section(record, chosen)
    sections.printed_rates_section(record, chosen)
    sections.care_section(record, chosen)
    sections.spending_section(record, chosen.view.region)
    visits_section(record, chosen.view.region)
    build_note(record.current())
