"""Two or three regions side by side on every key figure of a year."""

from dashboard.catalogue import read_catalogue
from dashboard.settings import settings
from dashboard.ui.evidence import build_note
from dashboard.ui.filter_bar import filter_bar
from dashboard.ui.record_in_view import record_in_view
from dashboard.ui.region_comparison import (
    comparison_headline,
    comparison_table,
    comparison_trend,
)


def page() -> None:
    """Draw the page."""
    record = record_in_view()
    catalogue = read_catalogue(settings().queries)
    view = filter_bar(record, with_third=True)
    comparison_headline(record, catalogue, view)
    comparison_table(record, catalogue.overview(), view)
    comparison_trend(record, catalogue.overview(), view)
    build_note(record.current())
