"""How far a large file is that goes in by a process of its own."""

import re

import streamlit as st

from dashboard.errors import AccessDenied, UsageError
from dashboard.i18n import gettext as _
from dashboard.render.screen.markdown import literal
from dashboard.render.screen.texts import draw_box
from dashboard.ui.handing_in.intake_now import intake_now
from dashboard.ui.handing_in.receipt import changed_pages, show_done
from dashboard.ui.handing_in.wording import (
    progress_text,
    say_refused,
    share_done,
)

JOB = "job"
"""Parameter of the address: the id of the job to be watched, so that a reload goes on watching."""
_EVERY_SECONDS = 1.0


def job_section() -> None:
    """Draw the job that the address names, while it runs and when it ended."""
    job_id = st.query_params.get(JOB)
    if job_id is None:
        return
    if not re.fullmatch("[A-Za-z0-9_-]{1,80}", job_id):
        del st.query_params[JOB]
        return
    st.markdown("## " + _("Large file in the background"))
    try:
        running = intake_now().job(job_id).is_running
    except (UsageError, AccessDenied) as error:
        say_refused(error)
        return
    every = _EVERY_SECONDS if running else None
    st.fragment(_progress, run_every=every)(job_id)


def _progress(job_id: str) -> None:
    intake = intake_now()
    try:
        state = intake.job(job_id)
    except AccessDenied as error:  # signed out meanwhile
        say_refused(error)
        return
    if state.is_running:
        st.session_state["handing-in-watched"] = job_id
        text = progress_text(state.stage, state.done, state.total)
        st.progress(share_done(state.done, state.total), text=literal(text))
        st.caption(_("You may leave this page; the file goes in all the same."))
        return
    if st.session_state.pop("handing-in-watched", None) == job_id:
        # The history below, and every cached figure, has to be drawn anew.
        st.rerun()
    if state.receipt is not None:
        show_done(state.receipt, changed_pages(state.receipt.table, ()), "ended")
    elif state.is_cut_off:
        draw_box(
            "refused",
            _("The process ended before it was done"),
            _("All of the file is in the record, or nothing of it: the list below says which."),
            _("If it is not there, hand it in again."),
        )
    else:
        draw_box(
            "refused",
            _("The file was not taken in"),
            state.error,
            _("The record is as it was before. Hand the file in again."),
        )
    st.button(_("Close"), on_click=_close, key="handing-in-close-job")


def _close() -> None:
    st.query_params.pop(JOB, None)
