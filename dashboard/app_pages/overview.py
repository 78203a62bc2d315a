"""The overview of a region and year."""

import streamlit as st

from dashboard.catalogue import read_catalogue
from dashboard.charts.ranking import ranking_chart
from dashboard.charts.trend import trend_chart
from dashboard.i18n import gettext as _
from dashboard.i18n import language
from dashboard.settings import settings
from dashboard.ui.chart_card import chart_card
from dashboard.ui.evidence import build_note
from dashboard.ui.export_panel import export_panel
from dashboard.ui.filter_bar import filter_bar
from dashboard.ui.headline import headline
from dashboard.ui.known_instead import known_box
from dashboard.ui.kpi_tile import kpi_tiles
from dashboard.ui.part_year import part_year_box
from dashboard.ui.record_in_view import record_in_view
from dashboard.ui.review_record import review_record
from dashboard.ui.year_events import year_events

_METRIC = "foreign_patients"


def page() -> None:
    """Draw the page."""
    record = record_in_view()
    catalogue = read_catalogue(settings().queries)
    view = filter_bar(record)
    here: dict[str, object] = {"region": view.region, "year": view.year}
    ranking = record.ask("ranking", {"metric": _METRIC, "year": view.year})
    export_panel(record, "kpi", here)
    headline(view, record.ask("figure", {"metric": _METRIC, **here}), ranking)
    known_box(record.ask("known_instead", here))

    st.markdown("## " + _("Key figures of {year}").format(year=view.year))
    kpi_tiles(record, catalogue.overview(), view)
    part_year_box(record.ask("part_year", here), catalogue, view.year)

    trend = record.ask("trend", {"metric": _METRIC, "region": view.region, "compare": view.compare})
    name = catalogue[_METRIC].name.in_language(language())
    left, right = st.columns(2, gap="large")
    with left:
        chart_card(trend_chart(name, view.region, trend.rows), trend, "trend")
    with right:
        chart_card(ranking_chart(view.region, view.year, ranking.rows), ranking, "standing")
        st.caption(
            _(
                "Equal values share a rank (1, 2, 2, 4). Regions without a figure could stand "
                "anywhere, hence the interval."
            )
        )

    review_record(record.ask("review_record", here), view.year)
    year_events(record, record.ask("year_events", here), view.region, view.year)
    build_note(record.current())
