"""The map of promotion centres, events and patients, and the page of one country."""

from dashboard.ui.country_page import country_page
from dashboard.ui.evidence import build_note
from dashboard.ui.map_choice import map_filter_bar
from dashboard.ui.map_sections import countries_section, route_section, totals_section
from dashboard.ui.record_in_view import record_in_view
from dashboard.ui.world_map import world_map_section

_REVIEW_YEAR = 2019
"""The one onsite review whose stops were printed."""


def page() -> None:
    """Draw the page: one country where the URL names it, else the world."""
    record = record_in_view()
    region, country = map_filter_bar(record)
    if country is not None:
        country_page(record, region, country)
    else:
        world_map_section(record, region)
        totals_section(record, region)
        countries_section(record, region)
        route_section(record, region, _REVIEW_YEAR)
    build_note(record.current())
