"""What stands above every part of a round: practice banner, title, phase, and who is signed in."""

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import label, language
from dashboard.judging.sign_in import role_of
from dashboard.judging.texts import in_language, practice_warning
from dashboard.judging.views import RoundView
from dashboard.render.screen.html import draw
from dashboard.render.screen.markdown import heading
from dashboard.render.screen.texts import Anchor, Toned, draw_text
from dashboard.ui.reader import Reader
from dashboard.ui.review_room.parts import choose_part
from dashboard.ui.review_room.signed_in import judging, page_href, sign_in_address


def round_head(view: RoundView, reader: Reader) -> str:
    """Draw it; returns the part of the round that is chosen."""
    if view.is_practice:
        draw_text(Toned(practice_warning(), "strong"), "box cr-practice", "note")
    heading(in_language(view.rules.title, view.is_practice), 1)
    phase = Toned(label("round_phase", view.phase), f"phase cr-phase-{view.phase}")
    programme = f"{label('programme', view.rules.programme_id)} · {view.rules.year} ·"
    with st.container(
        key="cr-round-row", horizontal=True, vertical_alignment="center", gap="small"
    ):
        part = choose_part(view, reader)
        draw_text((phase, programme, Anchor(_("All rounds"), page_href())), "round-line")
        who(reader, view.round_id, view.is_practice)
    if view.is_practice and not reader.is_of(view.round_id):
        _practice_codes(view)
    return part


def signed_in_note(reader: Reader) -> None:
    """On the list of rounds: who is signed in, if anybody."""
    if reader.identity.round_id is not None:
        who(reader, "")


def who(reader: Reader, round_id: str, is_practice: bool = False) -> None:
    """Who is signed in, and the way in or out."""
    identity = reader.identity
    is_signed_in = identity.round_id is not None
    elsewhere = is_signed_in and not reader.is_of(round_id)
    draw(
        "signed_in.html",
        name=in_language(identity.name, is_practice) if is_signed_in else "",
        role=label("access_role", identity.role),
        elsewhere=page_href(round=identity.round_id) if elsewhere and identity.round_id else "",
        round=round_id,
        lang=language(),
        sign_in=sign_in_address(round_id),
    )


def _practice_codes(view: RoundView) -> None:
    round_id = view.round_id
    practice = judging().practice
    if practice.open().round_id != round_id:
        st.caption(_("A newer practice round has been made since; its codes stand there."))
        return
    rows = [
        {
            "name": in_language(code.name, is_practice=True),
            "code": code.code,
            "role": label("access_role", role_of(code.holder)),
        }
        for code in practice.codes()
    ]
    draw(
        "practice_codes.html",
        rows=rows,
        round=round_id,
        lang=language(),
        is_open=view.closed_at is None,
    )
    ended = [in_language(name, is_practice=True) for name in practice.ended()]
    if ended:
        draw_text(
            _(
                "These codes were replaced or revoked, and open the round no more: {names}. "
                "“Begin another practice round” on the list of rounds makes one with all codes."
            ).format(names=", ".join(ended)),
            "weak",
        )
