"""Handing in figures: a city's own file, checked, compared, taken in, and taken back."""

from typing import Any

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.intake.handed_in import waiting
from dashboard.settings import settings
from dashboard.store.ask import Record, open_record
from dashboard.ui.evidence import build_note
from dashboard.ui.handing_in.decision import found_section
from dashboard.ui.handing_in.file_form import file_form, who_form
from dashboard.ui.handing_in.history import history_section
from dashboard.ui.handing_in.intake_now import intake_now
from dashboard.ui.handing_in.job import job_section
from dashboard.ui.handing_in.table_choice import table_choice
from dashboard.ui.handing_in.waiting import waiting_section


def page(_record: Record, _asked: dict[str, Any]) -> None:
    """Draw the page."""
    intake = intake_now()
    st.markdown("# " + _("Hand in figures"))
    st.caption(
        _(
            "Choose what you have, choose your file, see what was found and what would change. "
            "Nothing is stored before you take it in, and whatever went in can be taken back."
        )
    )
    st.markdown("## 1. " + _("What you have"))
    contract = table_choice()
    st.markdown("## 2. " + _("Your file"))
    hand = who_form()
    form = file_form(contract)
    found_section(intake, contract, hand, form)
    job_section()
    receipts = intake.history()
    waiting_section(intake, hand, waiting(receipts))
    history_section(intake, hand, receipts)
    build_note(open_record(settings()).current())
