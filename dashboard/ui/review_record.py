"""Rank, grant and judges of the ministry's reviews."""

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.render.screen.html import draw
from dashboard.store.answer import Answer
from dashboard.ui.chart_card import data_note


def review_record(answer: Answer, year: int) -> None:
    """Draw an answer to `review_record`."""
    st.markdown("## " + _("Review record up to {year}").format(year=year))
    if not answer.rows:
        st.info(label("evidence", "no data"))
        return
    draw(
        "review_record.html",
        rows=answer.rows,
        sources=answer.sources,
        caption=_("Announced results of the ministry's cluster reviews, the newest first"),
    )
    data_note(answer, "review")
