"""The rankings: computed ranks year over year, announced ones apart, and a sandbox of weights."""

import streamlit as st

from dashboard.catalogue import read_catalogue
from dashboard.charts.rank_years import rank_years_chart
from dashboard.i18n import gettext as _
from dashboard.settings import settings
from dashboard.ui.announced_ranks import announced_ranks
from dashboard.ui.chart_card import chart_card
from dashboard.ui.composite_sandbox import composite_sandbox
from dashboard.ui.evidence import build_note
from dashboard.ui.export_panel import export_panel
from dashboard.ui.ranking_filters import ranking_filters
from dashboard.ui.ranking_table import ranking_headline, ranking_table, years_note
from dashboard.ui.record_in_view import record_in_view


def page() -> None:
    """Draw the page."""
    record = record_in_view()
    catalogue = read_catalogue(settings().queries)
    view = ranking_filters(record, catalogue)
    if view is None:
        st.markdown("# " + _("The record has no figure by which regions can be ranked"))
        return
    shown = {"metric": view.metric.id, "year": view.year, "region": view.region, "base": view.base}
    export_panel(record, "ranking", shown)
    movement = record.ask("ranking_movement", view.cell)
    ranking_headline(view, movement)

    st.markdown("## " + _("Computed ranks, year over year"))
    years = record.ask("ranking_years", {"metric": view.metric.id, **view.span})
    chart = rank_years_chart(view.region, view.name, years.rows, view.metric.comparable)
    chart_card(chart, years, "rank-years")
    years_note(view, years)

    ranking_table(record, view, movement)
    announced_ranks(record, view)
    composite_sandbox(record, catalogue, view)
    build_note(record.current())
