"""The log of a round: what happened, as far as its reader may see it, and whether it holds."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.access import Action, may
from dashboard.content.log_words import entry_text, person
from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import in_page_language, label, moment_text
from dashboard.judging.practice_names import progress_named
from dashboard.judging.texts import verification_sentences
from dashboard.judging.verification import verify_round
from dashboard.judging.views import RoundView
from dashboard.render.screen.tables import Heading, StyledCell, draw_table
from dashboard.render.screen.texts import Toned, draw_text
from dashboard.ui.reader import Reader, reader_later
from dashboard.ui.review_room.signed_in import attempt, judging, refused, say

_HEAD = "room-verify-head"
_SHOWN = 50


def log_part(view: RoundView, now: Reader) -> None:
    """Draw the newest entries, the file of all, and the check of the chain."""
    try:
        entries = judging().results.log(now.identity, view.round_id)
    except ClusterReviewError as error:
        refused(error)
        return
    st.markdown("## " + _("Log of the round"))
    draw_text(
        _(
            "Entries are only added, never changed: each holds the digest of the one before. "
            "What you may not see is withheld; its digest is shown all the same, so that the "
            "chain can be followed."
        ),
        "weak",
    )
    with st.container(horizontal=True):
        st.download_button(
            _("Save the log (JSON lines)"),
            data=in_page_language(partial(_exported, reader_later(), view.round_id)),
            file_name=f"log-{view.round_id}.jsonl",
            mime="application/jsonl",
            key="room-log-file",
            on_click="ignore",
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Digest printed under a result or sheet (64 digits; may stay empty)"), key=_HEAD
        )
        st.button(_("Verify the log"), key="room-verify", on_click=_verify, args=(view.round_id,))
    names = _names(view, now)
    draw_table(
        [
            Heading(_("No."), "number"),
            Heading(_("Time"), "date"),
            _("What"),
            _("Who"),
            Heading(_("Content"), "typed"),
            _("Digest"),
        ],
        [
            [
                entry.number,
                StyledCell(moment_text(entry.written_at), order=entry.written_at),
                StyledCell(label("log_kind", entry.kind), "light"),
                person(entry.actor, names),
                entry_text(entry, names, view.rules),
                Toned(f"{entry.digest[:12]}…", "code"),
            ]
            for entry in reversed(entries[-_SHOWN:])
        ],
        _("The newest {shown} of {count} entries").format(
            shown=min(_SHOWN, len(entries)), count=len(entries)
        ),
        key="log",
        label=_("Log of the round"),
        head=2,
    )


def _exported(now: Callable[[], Reader], round_id: str) -> bytes:
    """The page may have stood open: who reads is asked anew."""
    return judging().results.export_log(now().identity, round_id)


def _names(view: RoundView, now: Reader) -> dict[str, str]:
    """Names of the deputies, and of the judges whom the reader may know."""
    names = dict(zip(("d1", "d2"), view.deputies, strict=False))
    if may(now.identity, Action.READ_PROGRESS):
        progress = progress_named(judging().sheets.progress(now.identity))
        names |= {judge.judge_id: judge.name for judge in progress.judges}
    return names


def _verify(round_id: str) -> None:
    with attempt():
        found = verify_round(judging().streams, round_id, st.session_state.get(_HEAD, ""))
        first, *rest, promise = verification_sentences(found)
        say(first, " · ".join(rest), promise)
