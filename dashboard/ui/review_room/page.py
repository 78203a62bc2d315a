"""The review room: rounds, score sheets, the chair's desk, results and logs."""

from typing import Any

import streamlit as st

from dashboard.content.round_facts import round_sections
from dashboard.errors import UsageError
from dashboard.judging.practice_names import round_named
from dashboard.render.screen.page import sections_view
from dashboard.store.ask import Record
from dashboard.ui.reader import reader
from dashboard.ui.review_room.chair_desk import chair_desk
from dashboard.ui.review_room.deputy_part import deputy_part
from dashboard.ui.review_room.issued_codes import issued_codes
from dashboard.ui.review_room.log import log_part
from dashboard.ui.review_room.new_round import new_round
from dashboard.ui.review_room.result import result_part
from dashboard.ui.review_room.round_head import round_head, signed_in_note
from dashboard.ui.review_room.rounds_list import rounds_list
from dashboard.ui.review_room.score_sheet import score_sheets
from dashboard.ui.review_room.signed_in import judging, refused, show_message


def page(_record: Record, _asked: dict[str, Any]) -> None:
    """Draw the page: one round where the URL names it, else the list of all."""
    now = reader()
    # What comes and goes keeps a place of its own: else what one has folded open below it closes.
    with st.container(key="room-said"):
        show_message()
    round_id = st.query_params.get("round", "")
    if not round_id:
        signed_in_note(now)
        if st.query_params.get("part") == "new":
            new_round(now.identity)
        else:
            rounds_list(now.identity)
        return
    try:
        view = round_named(judging().rounds.one(round_id))
    except UsageError as error:
        refused(error)
        rounds_list(now.identity)
        return
    with st.container():
        part = round_head(view, now)
    with st.container():
        issued_codes(view)
    if part == "sheets":
        score_sheets(view.round_id)
    elif part == "desk":
        chair_desk(view, now)
    elif part == "deputy":
        deputy_part(view, now)
    elif part == "result":
        result_part(view, now)
    elif part == "log":
        log_part(view, now)
    else:
        sections_view(round_sections(view))
