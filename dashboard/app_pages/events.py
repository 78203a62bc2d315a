"""The events of a region's projects and what came of them."""

from dashboard.ui.event_filters import event_filter_bar
from dashboard.ui.event_list import event_headline, event_timeline_section
from dashboard.ui.event_page import event_page
from dashboard.ui.event_stages import (
    stage_parts_section,
    stages_section,
    yield_section,
)
from dashboard.ui.evidence import build_note
from dashboard.ui.record_in_view import record_in_view


def page() -> None:
    """Draw the page: one event where the URL names it, else all that fit the filters."""
    record = record_in_view()
    view = event_filter_bar(record)
    if view.event_id is not None:
        event_page(record, view.event_id)
        build_note(record.current())
        return
    stages = record.ask("event_stages", view.filters)
    event_headline(view, stages)
    event_timeline_section(record, view)
    if view.matching.rows:
        stages_section(record, view, stages)
        stage_parts_section(record, view)
        yield_section(record, view)
    build_note(record.current())
