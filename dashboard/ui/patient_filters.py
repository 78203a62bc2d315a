"""The filters of the patients page: region, year, and the year its change counts from."""

from typing import Any

import streamlit as st

from dashboard.content.patients import FIRST_BASELINE
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.store.ask import Record
from dashboard.ui.filter_bar import View, filter_bar, note_default_year, url_choice


def patient_filters(record: Record) -> dict[str, Any]:
    """Draw region, year and base year, and read them from the URL."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="cr-patient-filters"):
        view = filter_bar(record, with_compare=False)
        base = _base_choice(record, view)
    note_default_year(view, (view.region,))
    return {"region": view.region, "year": view.year, "base": base}


def _base_choice(record: Record, view: View) -> int | None:
    """An earlier year, the year before unless the URL names another; None where there is none."""
    has_patients = {
        str(row["year"]): row["has_patients"]
        for row in record.ask("region_years", {"region": view.region}).rows
        if FIRST_BASELINE <= row["year"] < view.year
    }
    if not has_patients:
        return None

    def year_name(year: str) -> str:
        """The year, and whether there is anything to count from."""
        return year if has_patients[year] else f"{year} · {label('evidence', 'no data')}"

    years = list(has_patients)
    return int(url_choice("base", _("Change since"), years, years[0], year_name))
