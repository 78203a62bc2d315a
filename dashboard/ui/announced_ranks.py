"""Announced ranks, clearly apart from the computed ones."""

import streamlit as st

from dashboard.charts.announced_ranks import announced_ranks_chart
from dashboard.i18n import gettext as _
from dashboard.render.screen.markdown import heading
from dashboard.store.ask import Record
from dashboard.ui.chart_card import chart_card
from dashboard.ui.ranking_filters import RankingView


def announced_ranks(record: Record, view: RankingView) -> None:
    """The ranks of the ministry's reviews; for patients also those that sources print."""
    st.markdown("## " + _("Announced ranks, not computed here"))
    st.caption(
        _(
            "Facts with a source, never mixed with the computed ranks above. The ministry "
            "published neither weights nor the ranks of the other applicants."
        )
    )
    _announced(record, view, "review_rank", _("In the ministry's cluster reviews"))
    if view.metric.id == "foreign_patients":
        _announced(record, view, "rank", _("By foreign patients, as sources print it"))


def _announced(record: Record, view: RankingView, metric: str, title: str) -> None:
    answer = record.ask("announced_ranks", {"metric": metric, **view.span})
    heading(title, 3)
    if answer.rows:
        chart = announced_ranks_chart(view.region, answer.rows, view.first_year, view.year)
        chart_card(chart, answer, f"announced-{metric}")
    else:
        st.info(
            _("The record has no announced rank from {first} to {last}.").format(
                first=view.first_year, last=view.year
            )
        )
