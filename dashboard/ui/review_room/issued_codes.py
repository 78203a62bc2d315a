"""Codes issued in this sitting: hidden until one asks, and as slips to print."""

from collections.abc import Collection, Sequence

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import label, language
from dashboard.judging.sign_in import APPLICANT, role_of
from dashboard.judging.texts import in_language, practice_warning
from dashboard.judging.views import IssuedCode, RoundView
from dashboard.render.screen.html import render
from dashboard.render.screen.style import STYLE
from dashboard.render.screen.texts import Toned, draw_text
from dashboard.ui.review_room.signed_in import sign_in_address

_ISSUED = "room-issued"
"""The codes issued in this sitting, until they are put away. They are kept nowhere else."""
_SHOWN = "room-issued-shown"
"""Whose code stands open on the page."""


def keep_issued(*issued: IssuedCode) -> None:
    """Keep codes just issued for the next runs; a holder's new code takes the old one's place."""
    kept = {(one.round_id, one.holder): one for one in _kept()}
    kept |= {(one.round_id, one.holder): one for one in issued}
    st.session_state[_ISSUED] = list(kept.values())
    st.session_state[_SHOWN] = ""


def forget_issued(round_id: str | None, holders: Collection[str]) -> None:
    """Take codes off the list that open the round no more."""
    kept = [one for one in _kept() if one.round_id != round_id or one.holder not in holders]
    st.session_state[_ISSUED] = kept


def issued_codes(view: RoundView) -> None:
    """The codes issued in this sitting for this round: each shown where one asks for it."""
    issued = [one for one in _kept() if one.round_id == view.round_id]
    if not issued:
        return
    with st.container(key="cr-issued", border=True):
        title = _("Codes issued in this sitting: {count}").format(count=len(issued))
        draw_text(Toned(title, "strong"), role="status")
        draw_text(
            _(
                "Only a hash of each is kept: once put away, a code is never shown again. If one "
                "is lost, a new one is issued."
            ),
            "weak",
        )
        for one in issued:
            _code(view, one)
        if len(issued) > 1:
            with st.container(horizontal=True):
                st.download_button(
                    _("Save all slips to print, a page each"),
                    data=_slips(view, issued),
                    file_name=f"codes-{view.round_id}.html",
                    mime="text/html",
                    key="room-slips",
                    on_click="ignore",
                )
                st.button(
                    _("All are handed over: put them away"),
                    key="room-put-all-away",
                    on_click=_put_away,
                    args=(issued,),
                )


def _code(view: RoundView, issued: IssuedCode) -> None:
    holder = issued.holder
    is_shown = st.session_state.get(_SHOWN) == holder
    with st.container(horizontal=True, vertical_alignment="center", key=f"cr-issued-{holder}"):
        name = in_language(issued.name, view.is_practice)
        draw_text((Toned(name, "strong"), _role(holder)))
        if is_shown:
            draw_text(Toned(issued.code, "code"), "code")
        st.button(
            _("Hide the code") if is_shown else _("Show the code"),
            key=f"room-show-{holder}",
            on_click=_show,
            args=("" if is_shown else holder,),
        )
        st.download_button(
            _("Save the slip to print"),
            data=_slips(view, [issued]),
            file_name=f"code-{view.round_id}-{holder}.html",
            mime="text/html",
            key=f"room-slip-{holder}",
            on_click="ignore",
        )
        st.button(
            _("It is handed over: put it away"),
            key=f"room-put-away-{holder}",
            on_click=_put_away,
            args=([issued],),
        )


def _kept() -> list[IssuedCode]:
    kept: list[IssuedCode] = st.session_state.get(_ISSUED, [])
    return kept


def _show(holder: str) -> None:
    st.session_state[_SHOWN] = holder


def _put_away(issued: Sequence[IssuedCode]) -> None:
    st.session_state[_ISSUED] = [one for one in _kept() if one not in issued]
    st.session_state[_SHOWN] = ""


def _slips(view: RoundView, issued: Sequence[IssuedCode]) -> str:
    host = st.context.url or ""
    return render(
        "code_slip.html",
        lang=language(),
        style=STYLE,
        title=in_language(view.rules.title, view.is_practice),
        programme=label("programme", view.rules.programme_id),
        year=view.rules.year,
        warning=practice_warning() if view.is_practice else "",
        slips=[
            {
                "name": in_language(one.name, view.is_practice),
                "code": one.code,
                "role": _role(one.holder),
                "note": _note(role_of(one.holder)),
            }
            for one in issued
        ],
        address=f"{host.rpartition('/')[0]}/{sign_in_address(view.round_id)}",
    )


def _role(holder: str) -> str:
    """What somebody is in the round; of a contact, whose."""
    role = label("access_role", role_of(holder))
    region = holder.removeprefix(APPLICANT)
    return role if region == holder else f"{role} · {label('region', region)}"


def _note(role: str) -> str:
    """What whoever holds the slip is to know of the code."""
    return {
        "chair": _(
            "The code is yours alone. Whoever has it runs the round in your name; if it is lost, "
            "both deputies together, or the administrator of the server, let a new one be issued."
        ),
        "deputy": _(
            "The code is yours alone. Whoever has it confirms in your name what the chair "
            "proposes; if it is lost, the administrator of the server issues a new one."
        ),
        "applicant": _(
            "The code is for you as the contact of the applicant. Whoever has it objects in the "
            "applicant's name; if it is lost, tell the chair, who replaces it."
        ),
    }.get(
        role,
        _(
            "The code is yours alone. Whoever has it scores in your name; if it is lost, tell the "
            "chair, who replaces it."
        ),
    )
