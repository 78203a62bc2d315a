"""The page's first sentence, computed from the data."""

import streamlit as st

from dashboard.content.findings import patients_finding
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.render.screen.markdown import heading
from dashboard.store.answer import Answer
from dashboard.ui.filter_bar import View


def headline(view: View, figure: Answer, ranking: Answer) -> None:
    """Patients of the year, change on the year, and rank; or that there is no figure.

    Args:
        view: what the reader looks at.
        figure: answer to `figure` of the foreign patients of that region and year.
        ranking: answer to `ranking` of that year.
    """
    sentence = patients_finding(view.region, view.year, figure.first, ranking.rows)
    heading(sentence, 1)
    region = label("region", view.region)
    if not view.has_figures:
        st.caption(
            _("The record has no patient figures for {region} in any year.").format(region=region)
        )
    elif view.is_default_year:
        st.caption(
            _("{year} is the latest year with patient figures for {region}.").format(
                year=view.year, region=region
            )
        )
