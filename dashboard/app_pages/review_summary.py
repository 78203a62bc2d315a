"""The onsite-review summary of a region and year, on one page written for a tablet."""

from dashboard.components.evidence import build_note
from dashboard.components.export_panel import export_panel
from dashboard.components.filter_bar import filter_bar
from dashboard.components.record_in_view import record_in_view
from dashboard.components.report_view.report_view import report_view
from dashboard.components.reviewed_years import latest_review, reviewed_years
from dashboard.i18n import language
from dashboard.reports.compose import draft


def page() -> None:
    """Draw the page."""
    record = record_in_view()
    view = filter_bar(record, with_compare=False, preferred_year=latest_review(record))
    reviewed_years(record, view)
    asked = {"region": view.region, "year": view.year}
    export_panel(record, "review", asked)
    report_view(draft(record, "review", asked, language()))
    build_note(record.current())
