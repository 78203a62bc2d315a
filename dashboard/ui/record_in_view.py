"""The record a page reads: the newest, or a former one where the address names it.

The address names it by an edition or by a snapshot; an edition goes before a snapshot.
"""

import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import streamlit as st

from dashboard.content.compose import note_of_change
from dashboard.content.pages import report_title
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import moment_text
from dashboard.render.screen.address import write
from dashboard.render.screen.texts import draw_text
from dashboard.settings import settings
from dashboard.store.ask import Record, open_record
from dashboard.store.editions import Edition, Editions
from dashboard.store.lake import Lake
from dashboard.ui.reader import hold_up, reader

AS_OF = "as_of"
"""Parameter of the address: number of the snapshot to look at."""
EDITION = "edition"
"""Parameter of the address: id of the edition whose record is looked at."""
_OF_THE_VIEW = ("region", "year", "metric")
"""Parameters of an edition that are parameters of a page too."""


def record_in_view() -> Record:
    """The record of this view, as its reader may read it; an edition as everybody may.

    An edition or snapshot that does not exist shows the newest record.

    Raises:
        RecordMissing: the build of the edition is gone; nothing newer is shown in its place.
        AccessDenied: a viewer asked for too many former records in a minute.
    """
    edition = edition_in_view()
    if edition is not None:
        return open_record(settings()).at(edition.build)
    now = reader()
    record = open_record(settings()).read_by(now.identity)
    snapshot = _snapshot_asked()
    if snapshot is None:
        return record
    if not record.has_former(snapshot):
        hold_up(now, "former-build")
    try:
        # Making a former build takes a second or two; one that is on disk, none.
        with st.spinner(
            _("The record of snapshot {snapshot} is being made …").format(snapshot=snapshot)
        ):
            return record.at(record.as_of(snapshot))
    except UsageError:
        return record


def edition_in_view() -> Edition | None:
    """The edition that the address names; None where it names none that exists.

    Raises:
        RecordMissing: its build is gone.
    """
    named = st.query_params.get(EDITION, "").strip()
    if not named:
        return None
    try:
        return _edition(settings().workspace, named)
    except UsageError:
        return None


def follow_edition() -> None:
    """Where the address names an edition but no view, show what the edition shows."""
    edition = edition_in_view()
    if edition is None or any(name in st.query_params for name in _OF_THE_VIEW):
        return
    for name in _OF_THE_VIEW:
        value = edition.parameters.get(name)
        if value is not None:
            st.query_params[name] = str(value)


def as_of_note() -> None:
    """Say on every page that a former record is shown, since when it stood, and the way back."""
    if EDITION in st.query_params:
        _edition_note()
        return
    if AS_OF not in st.query_params:
        return
    snapshot = _snapshot_asked()
    try:
        if snapshot is None:
            raise UsageError("There is no such snapshot", "", "")
        made_at = _made_at(settings().workspace, snapshot)
    except UsageError:
        sentence = _(
            "The address names snapshot “{snapshot}”, which does not exist. Shown: newest."
        )
        draw_text(sentence.format(snapshot=st.query_params[AS_OF]), "box", role="status")
        return
    sentence = (
        _("This link holds the record of {time} (snapshot {snapshot}), still the newest.")
        if snapshot == open_record(settings()).current().snapshot
        else _("You see the record as it was on {time} (snapshot {snapshot}), not as it is now.")
    )
    _former(sentence.format(time=moment_text(made_at), snapshot=snapshot))


def _edition_note() -> None:
    """Which edition is shown, who froze it and when; or that there is none of this id."""
    edition = edition_in_view()
    if edition is None:
        sentence = _("The address names edition “{edition}”, which does not exist. Shown: newest.")
        draw_text(sentence.format(edition=st.query_params[EDITION]), "box", role="status")
        return
    text = _(
        "Frozen figures: edition {edition} ({report}), made by {who} on {time} from "
        "snapshot {snapshot}. Figures that came in later are not shown."
    ).format(
        edition=edition.edition_id,
        report=report_title(edition.report),
        who=edition.made_by or _("not named"),
        time=moment_text(edition.made_at),
        snapshot=edition.build.snapshot,
    )
    _former(f"{text} {note_of_change(edition)}".strip())


def _former(note: str) -> None:
    """Draw that a former record is shown, and the way back."""
    with st.container(key="cr-as-of", horizontal=True, vertical_alignment="center"):
        draw_text(note, "box", role="status")
        st.button(_("Back to the newest record"), on_click=_leave, key="cr-newest")


def _snapshot_asked() -> int | None:
    text = st.query_params.get(AS_OF, "")
    return int(text) if re.fullmatch("[1-9][0-9]{0,8}", text) else None


@lru_cache(maxsize=256)
def _made_at(workspace: Path, snapshot: int) -> datetime:
    """A snapshot never changes, so that its time is asked for once."""
    return Lake(settings()).made_at(snapshot)


@lru_cache(maxsize=256)
def _edition(workspace: Path, edition_id: str) -> Edition:
    """An edition never changes, so that it is looked up once; one that is missing, every time."""
    return Editions(settings()).open(edition_id)


def _leave() -> None:
    write({EDITION: None, AS_OF: None})
