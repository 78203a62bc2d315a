"""The log of a round: what happened, as far as its reader may see it, and whether it holds."""

import json
from functools import partial

import streamlit as st

from dashboard.access import Action, Role, may
from dashboard.content.proposed_changes import reason_text
from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import in_page_language, label, moment_text
from dashboard.judging.code_again import ADMINISTRATOR
from dashboard.judging.practice_names import progress_named
from dashboard.judging.sign_in import APPLICANT
from dashboard.judging.texts import verification_sentences
from dashboard.judging.verification import verify_round
from dashboard.judging.views import LogEntry, RoundView
from dashboard.render.screen.tables import Heading, StyledCell, draw_table
from dashboard.render.screen.texts import Toned, draw_text
from dashboard.ui.review_room.signed_in import Reader, attempt, judging, refused, say

_HEAD = "room-verify-head"
_SHOWN = 50
_LONGEST = 120
_ELSEWHERE = frozenset({"rules", "digest", "result", "head", "number", "checkpoint"})
_ROLES = frozenset({*Role, ADMINISTRATOR})
_PEOPLE = frozenset({"judge_id", "holder", "replaces", "replaced_by", "by"})
"""Parts of an entry that are the id of somebody of the round, or a name."""
_WORDS = frozenset({"reason", "text", "comment", "name", "chair", "note", "waiver"})
"""Parts of an entry that are sentences or names, and need no name of their own."""


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
        export_log = judging().results.export_log
        st.download_button(
            _("Save the log (JSON lines)"),
            data=in_page_language(partial(export_log, now.identity, view.round_id)),
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
                _person(entry.actor, names),
                _content(entry, names),
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


def _names(view: RoundView, now: Reader) -> dict[str, str]:
    """Names of the deputies, and of the judges whom the reader may know."""
    names = dict(zip(("d1", "d2"), view.deputies, strict=False))
    if may(now.identity, Action.READ_PROGRESS):
        progress = progress_named(judging().sheets.progress(now.identity))
        names |= {judge.judge_id: judge.name for judge in progress.judges}
    return names


def _content(entry: LogEntry, names: dict[str, str]) -> str:
    """What an entry says, in short; rules and signatures stand elsewhere in full."""
    if entry.content is None:
        return _("withheld")
    parts = [
        _part(name, value, names)
        for name, value in entry.content.items()
        if name not in _ELSEWHERE and value not in ("", None)
    ]
    return " · ".join(parts)


def _part(name: str, value: object, names: dict[str, str]) -> str:
    if name == "applicant":
        return label("region", value)
    if name in _PEOPLE:
        return _people(name).format(name=_person(str(value), names))
    if name == "deputies" and isinstance(value, list):
        return ", ".join(value)
    if name == "reason" and isinstance(value, str):
        value = reason_text(value)
    if name == "change":
        return label("change_kind", value)
    if name == "content" and isinstance(value, dict):
        return " · ".join(_part(inner, found, names) for inner, found in value.items())
    if name == "contacts_ended" and isinstance(value, list):
        regions = ", ".join(label("region", code) for code in value)
        return _("codes of the contacts ended: {names}").format(names=regions)
    if name == "order" and isinstance(value, list):
        return " → ".join(label("region", code) for code in value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if name not in _WORDS:
        text = f"{name}: {text}"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _people(part: str) -> str:
    """The words around somebody's name, by what he or she is in the entry."""
    words = {
        "replaces": _("in the place of {name}"),
        "replaced_by": _("replaced by {name}"),
        "by": _("let by {name}"),
    }
    return words.get(part, "{name}")


def _person(holder: str, names: dict[str, str]) -> str:
    """Somebody of the round by name or role; other texts as they are."""
    if holder in names:
        return names[holder]
    if holder.startswith(APPLICANT):
        region = label("region", holder.removeprefix(APPLICANT))
        return f"{label('access_role', Role.APPLICANT)} · {region}"
    return label("access_role", holder) if holder in _ROLES else holder


def _verify(round_id: str) -> None:
    with attempt():
        found = verify_round(judging().streams, round_id, st.session_state.get(_HEAD, ""))
        first, *rest, promise = verification_sentences(found)
        say(first, " · ".join(rest), promise)
