"""The page on which the log of access is read, narrowed, checked and taken along."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from dashboard.access import Identity
from dashboard.content.access_lines import (
    actor_text,
    facts_text,
    holds_text,
    log_csv,
    open_access_log,
    stream_text,
)
from dashboard.errors import LedgerBroken
from dashboard.i18n import gettext as _
from dashboard.i18n import in_page_language, label, moment_text, number_text
from dashboard.identity.access_log import AccessLog, Filter, Line, exported
from dashboard.render.screen.paging import paging
from dashboard.render.screen.tables import Heading, StyledCell, draw_pager, draw_table
from dashboard.render.screen.texts import Toned, draw_box, draw_list, draw_text
from dashboard.settings import settings
from dashboard.store.ask import Record
from dashboard.ui.keeping.log_filters import log_filters
from dashboard.ui.reader import Reader, reader, reader_later

_LIST = "log"
_VERIFIED = "access-log-verified"


def page(_record: Record, _asked: dict[str, Any]) -> None:
    """Draw the page."""
    identity = reader().identity
    log = open_access_log(settings())
    st.markdown("# " + _("Log of access"))
    st.caption(
        _(
            "Who signed in, saw exact counts, took files along, handed in, decided, scored and "
            "changed roles. Entries are only added; none holds a figure, a name of a file or what "
            "somebody wrote."
        )
    )
    wanted = log_filters(log, identity)
    count = log.count(identity, wanted)
    _closed_rounds(log, identity)
    if count:
        _lines(log, identity, wanted, count)
        _files(log, wanted)
    else:
        draw_text(_("No entry fits."), "weak")
    _verification()


def _lines(log: AccessLog, identity: Identity, wanted: Filter, count: int) -> None:
    seen = paging(_LIST, count, st.query_params)
    first, size = (seen.first - 1, seen.last - seen.first + 1) if seen else (0, count)
    draw_table(
        [
            Heading(_("Time"), "date"),
            _("Who"),
            _("What"),
            Heading(_("Facts"), "typed"),
            _("Log"),
            Heading(_("No."), "number"),
            _("Digest"),
        ],
        [_row(line) for line in log.lines(identity, wanted, first, size)],
        _("Entries, the newest first ({count})").format(count=number_text(count)),
        key=_LIST,
        label=_("Log of access"),
        head=None,
    )
    if seen:
        draw_pager(seen, _("Log of access"))


def _row(line: Line) -> list[Any]:
    return [
        StyledCell(moment_text(line.written_at), order=line.written_at),
        actor_text(line),
        label("log_kind", line.kind),
        facts_text(line),
        stream_text(line.stream),
        line.number,
        Toned(f"{line.digest[:12]}…", "code"),
    ]


def _closed_rounds(log: AccessLog, identity: Identity) -> None:
    """Say which rounds are not told of yet."""
    closed = log.closed(identity)
    if closed:
        names = ", ".join(map(stream_text, closed))
        draw_text(
            _(
                "Of these rounds it is not told yet who scored, as in their own log: {names}."
            ).format(names=names),
            "weak",
        )


def _files(log: AccessLog, wanted: Filter) -> None:
    """The buttons that save all lines that fit; each says in the log that it was done."""
    now = reader_later()
    kinds: tuple[tuple[str, str, str, Callable[[list[Line]], bytes]], ...] = (
        (_("Save as CSV"), "csv", "text/csv", partial(log_csv, encoding="utf-8")),
        (_("Save as CSV (CP949)"), "csv", "text/csv", partial(log_csv, encoding="cp949")),
        (_("Save as JSON lines"), "jsonl", "application/jsonl", exported),
    )
    with st.container(horizontal=True):
        for number, (title, suffix, mime, made) in enumerate(kinds):
            st.download_button(
                title,
                data=in_page_language(partial(_file, log, now, wanted, suffix, made)),
                file_name=f"access-log.{suffix}",
                mime=mime,
                key=f"access-log-save-{number}",
                on_click="ignore",
            )


def _file(
    log: AccessLog,
    now: Callable[[], Reader],
    wanted: Filter,
    suffix: str,
    made: Callable[[list[Line]], bytes],
) -> bytes:
    """The page may have stood open: who reads, and may, is asked anew."""
    identity = now().identity
    file = made(log.lines(identity, wanted))
    log.note("downloaded", identity, report="access-log", format=suffix)
    return file


def _verification() -> None:
    st.markdown("## " + _("Whether the log holds"))
    st.caption(
        _(
            "Each entry holds the digest of the one before. What was cut off at the end shows only "
            "against a digest that was written down elsewhere."
        )
    )
    st.button(_("Verify the log"), key="access-log-verify", on_click=_verify)
    heads = st.session_state.pop(_VERIFIED, None)
    if isinstance(heads, LedgerBroken):
        draw_box("refused", _(heads.title), heads.message, heads.remedy)
    elif heads is not None:
        draw_box("done", holds_text())
        draw_list(
            [(stream_text(name), Toned(head, "code")) for name, head in heads.items()],
            "log-heads",
            _("Digest of the last entry of each log"),
        )


def _verify() -> None:
    try:
        found = open_access_log(settings()).verify(reader().identity)
    except LedgerBroken as error:
        st.session_state[_VERIFIED] = error
    else:
        st.session_state[_VERIFIED] = found
