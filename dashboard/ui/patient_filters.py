"""The filters of the patients page: region, year, and the year its change counts from."""

from dataclasses import dataclass

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.store.ask import Record
from dashboard.ui.filter_bar import View, filter_bar, url_choice

FIRST_BASELINE = 2009
"""Registration began in 2009: the year before is no baseline."""


@dataclass(frozen=True)
class PatientView:
    """What the reader chose to look at."""

    view: View
    base: int | None
    """The year the change counts from; None where no earlier year is a baseline."""

    @property
    def here(self) -> dict[str, object]:
        """Region and year, as most questions take them."""
        return {"region": self.view.region, "year": self.view.year}


def patient_filters(record: Record) -> PatientView:
    """Draw region, year and base year, and read them from the URL."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="cr-patient-filters"):
        view = filter_bar(record, with_compare=False)
        return PatientView(view, _base_choice(record, view))


def _base_choice(record: Record, view: View) -> int | None:
    """An earlier year; the year before unless the URL names another."""
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
