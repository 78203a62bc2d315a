"""The filters of the comparison: regions, year, and the metric whose years are drawn."""

from typing import Any

import streamlit as st

from dashboard.content.compare import trend_metrics
from dashboard.content.query_context import QueryContext
from dashboard.i18n import gettext as _
from dashboard.kpi import PATIENTS
from dashboard.store.ask import Record
from dashboard.ui.filter_bar import filter_bar, note_default_year, url_choice, years_of_all


def comparison_filters(record: Record) -> dict[str, Any]:
    """Draw region, year, up to two other regions and the metric, and read them from the URL."""
    figures = trend_metrics(QueryContext(record, record.current()))
    with st.container(horizontal=True, vertical_alignment="bottom", key="cr-comparison-filters"):
        view = filter_bar(record, with_third=True)
        metric = url_choice(
            "metric",
            _("Metric over the years"),
            list(figures),
            PATIENTS,
            lambda metric_id: str(figures[metric_id].name),
            width=400,
        )
    if years_of_all(record, [view.year], view.regions):
        note_default_year(view, view.regions)
    else:
        remark = _("No year has patient figures for all of these regions.")
        note_default_year(view, view.regions[:1], remark)
    return {
        "region": view.region,
        "year": view.year,
        "compare": view.compare,
        "third": view.third,
        "metric": metric,
    }
