"""Who hands in, which file, and what is to be known about it."""

from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.access import NATION, Action
from dashboard.contract import Contract
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text
from dashboard.render.screen.markdown import literal
from dashboard.render.screen.texts import Toned, draw_text
from dashboard.store.visit_counts import VISITS
from dashboard.ui.chosen_file import chosen_file
from dashboard.ui.handing_in.staged import Upload, forget
from dashboard.ui.handing_in.wording import Hand
from dashboard.ui.reader import reader
from dashboard.ui.signing_in import who_text

_COMPLETE = "handing-in-complete"
_GENERATION = "handing-in-generation"
"""Counts the files that were dealt with; each gets an uploader of its own, empty at first."""
_NAME, _OFFICE = "handing-in-name", "handing-in-office"


@dataclass(frozen=True)
class Form:
    """What was filled in."""

    upload: Upload | None
    remark: str
    complete: bool
    """The file holds everything of its regions and years."""


def who_form() -> Hand:
    """Draw name and office, which stay from page to page. The name of an account is not asked."""
    identity = reader().identity
    with st.container(horizontal=True, key="cr-handing-in-who"):
        if identity.account:
            who = (Toned(identity.name, "strong"), Toned(who_text(identity)))
            draw_text([Toned(_("Handed in by")), who], "plain")
        name = identity.name if identity.account else _name_field()
        office = st.text_input(
            _("Your office (named as publisher)"),
            key=_OFFICE,
            max_chars=120,
            persist_state="session",
            autocomplete="organization",
            placeholder=label("region", identity.region or NATION)
            if identity.account
            else _("such as: Daegu Metropolitan City"),
            width=360,
        )
    return Hand(name.strip(), (office or "").strip(), bool(identity.account))


def _name_field() -> str:
    name = st.text_input(
        _("Your name"),
        key=_NAME,
        max_chars=80,
        persist_state="session",
        autocomplete="name",
        width=280,
    )
    return name or ""


def file_form(contract: Contract) -> Form:
    """Draw the uploader and what goes with it. Nothing is stored by it."""
    limit = int(st.get_option("server.maxUploadSize"))
    generation = st.session_state.setdefault(_GENERATION, 0)
    with st.container(key="cr-handing-in-file"):
        chosen = chosen_file(
            _("Your file"),
            f"handing-in-file-{generation}",
            limit * 2**20,
            Action.HAND_IN,
            on_change=_forget_receipt,
        )
        st.caption(
            _(
                "CSV and other text (UTF-8, UTF-16 or CP949, any separator), XLSX, XLSB, XLS, ODS, "
                "HWPX, HTML or Parquet, up to {limit} MB. "
                "No names of patients, no identity, passport or phone numbers."
            ).format(limit=number_text(limit))
        )
    remark = st.text_input(
        _("Remark (optional)"),
        key=f"handing-in-remark-{generation}",
        max_chars=300,
        placeholder=_("such as: corrected figures of October"),
    )
    complete = False
    if contract.complete_by or contract.name == VISITS:
        is_visits = contract.name == VISITS
        complete = st.checkbox(
            _("The file holds all visits of its regions and months (also to correct earlier ones)")
            if is_visits
            else _("The file holds everything of its regions and years"),
            key=f"{_COMPLETE}-{generation}",
            help=literal(
                _(
                    "All visits that were handed in before for the same regions and months are "
                    "replaced by those of this file, in one step."
                )
                if is_visits
                else _(
                    "Rows that were handed in before for the same regions and years and are "
                    "missing in this file are then taken out. The public record stays."
                )
            ),
        )
    upload = None
    if isinstance(chosen, UploadedFile):
        upload = Upload(chosen.file_id, chosen.name, chosen.getvalue())
    return Form(upload, (remark or "").strip(), complete)


def clear_form(file_id: str) -> None:
    """Let go of a file, in the uploader too: it is dealt with or was thrown away."""
    forget(file_id)
    st.session_state[_GENERATION] += 1


def tick_complete() -> None:
    """Say for the chosen file that it takes the place of what was handed in before."""
    st.session_state[f"{_COMPLETE}-{st.session_state[_GENERATION]}"] = True


def _forget_receipt() -> None:
    st.session_state.pop("handing-in-done", None)
    st.session_state.pop("handing-in-personal", None)
