"""The onsite-review summary of a region and year, on one page written for a tablet."""

from dashboard.content.compose import draft
from dashboard.i18n import language
from dashboard.render.screen.page import report_view
from dashboard.ui.evidence import build_note
from dashboard.ui.export_panel import export_panel
from dashboard.ui.filter_bar import filter_bar
from dashboard.ui.record_in_view import record_in_view
from dashboard.ui.reviewed_years import latest_review, reviewed_years


def page() -> None:
    """Draw the page."""
    record = record_in_view()
    view = filter_bar(record, with_compare=False, preferred_year=latest_review(record))
    reviewed_years(record, view)
    asked = {"region": view.region, "year": view.year}
    export_panel(record, "review", asked)
    report_view(draft(record, "review", asked, language()))
    build_note(record.current())
