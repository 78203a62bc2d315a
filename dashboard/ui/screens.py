"""What pages have on screen beyond what they say: filters, interactive parts, or all of a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.store.ask import Record
from dashboard.ui.agreement_filters import agreement_filters, back_to_list
from dashboard.ui.composite_sandbox import sandbox
from dashboard.ui.event_filters import back_to_all, event_filters, narrow_events
from dashboard.ui.filter_bar import nothing_to_choose, region_and_year
from dashboard.ui.funding_filters import funding_filters
from dashboard.ui.handing_in.page import page as handing_in
from dashboard.ui.help_page import help_page
from dashboard.ui.keeping.accounts_page import page as accounts_page
from dashboard.ui.keeping.log_page import page as log_page
from dashboard.ui.map_choice import map_filters
from dashboard.ui.page_filters import (
    comparison_filters,
    covered_metric,
    patient_filters,
    search_in_tab,
    snapshot_filters,
)
from dashboard.ui.presenting.page import deck_filters
from dashboard.ui.presenting.page import page as presenting
from dashboard.ui.ranking_filters import ranking_asked
from dashboard.ui.review_room.page import page as review_room
from dashboard.ui.reviewed_years import review_filters
from dashboard.ui.world_map import world_map_part

Asked = dict[str, Any]
"""Names and values of what the reader chose; among them the parameters of the page."""


@dataclass(frozen=True)
class Screen:
    """A page's own on screen."""

    filters: Callable[[Record], Asked | None] = region_and_year
    """Draws the filters and reads them from the address; None where there is nothing to choose."""
    parts: Mapping[str, Callable[[Record, Asked], None]] = field(default_factory=dict)
    """What is interactive, by the names of the sections' parts."""
    draw: Callable[[Record, Asked], None] | None = None
    """All of a page on which one only acts, below its filters."""


SCREENS: dict[str, Screen] = {
    "patients": Screen(patient_filters),
    "events": Screen(event_filters, {"events.back": back_to_all, "events.choice": narrow_events}),
    "agreements": Screen(agreement_filters, {"agreements.back": back_to_list}),
    "funding": Screen(funding_filters),
    "rankings": Screen(ranking_asked, {"ranking.composite": sandbox}),
    "compare": Screen(comparison_filters),
    "map": Screen(map_filters, {"map.world": world_map_part}),
    "review-summary": Screen(review_filters),
    "review-room": Screen(nothing_to_choose, draw=review_room),
    "sources": Screen(covered_metric, {"sources.search": search_in_tab}),
    "handing-in": Screen(nothing_to_choose, draw=handing_in),
    "changes": Screen(snapshot_filters),
    "present": Screen(deck_filters, draw=presenting),
    "accounts": Screen(nothing_to_choose, draw=accounts_page),
    "access-log": Screen(nothing_to_choose, draw=log_page),
    "help": Screen(nothing_to_choose, draw=help_page),
}
"""Path of a page → what it has; a page that is not here has region, year and comparison."""
