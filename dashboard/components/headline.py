"""The page's first sentence, computed from the data."""

import streamlit as st

from dashboard.components.filter_bar import View
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text, percent_text
from dashboard.store.answer import Answer


def headline(view: View, figure: Answer, ranking: Answer) -> None:
    """Patients of the year, change on the year, and rank; or that there is no figure.

    Args:
        view: what the reader looks at.
        figure: answer to `figure` of the foreign patients of that region and year.
        ranking: answer to `ranking` of that year.
    """
    st.markdown(f"# {_sentence(view, figure, ranking)}")
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


def _sentence(view: View, figure: Answer, ranking: Answer) -> str:
    row = figure.first
    region = label("region", view.region)
    if row["value"] is None:
        return _("{region} {year}: no figure of foreign patients could be settled on").format(
            region=region, year=view.year
        )
    patients = ("≈ " if row["is_approximate"] else "") + number_text(row["value"])
    parts = [
        _("{region} {year}: {patients} foreign patients").format(
            region=region, year=view.year, patients=patients
        )
    ]
    if row["change_pct"] is not None:
        parts.append(
            _("{change} on {previous} the year before").format(
                change=percent_text(row["change_pct"], signed=True),
                previous=number_text(row["previous_value"]),
            )
        )
    mine = next((found for found in ranking.rows if found["region"] == view.region), None)
    if mine is not None:
        parts.append(
            _("rank {rank} of the {of_count} regions with figures").format(
                rank=mine["rank"], of_count=mine["of_count"]
            )
        )
    return ", ".join(parts)
