"""Save, print and share a view. Who may, freezes an edition, from which every file is made.

Whoever is not signed in takes the same file without an edition, and nothing is stored.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from dashboard.access import Action, Identity, may
from dashboard.content.compose import compose, freeze, unfrozen
from dashboard.content.pages import report_title
from dashboard.content.report import Report
from dashboard.i18n import LANGUAGES, language, language_name, moment_text, number_text, speaking
from dashboard.i18n import gettext as _
from dashboard.render.file_names import name_ending, view_name
from dashboard.render.formats import Encoding, possible_formats, render
from dashboard.render.screen.html import draw
from dashboard.render.screen.texts import Toned, draw_text
from dashboard.settings import settings
from dashboard.store.ask import Record
from dashboard.store.editions import Edition, Editions
from dashboard.ui.answer_files import MIMES, save_button
from dashboard.ui.noting import note_download
from dashboard.ui.reader import hold_up, reader, reader_later
from dashboard.ui.record_in_view import AS_OF, EDITION

_PANEL = "cr-export-panel"
_FILE = "cr-export-file"
_NAME = "cr-export-name"
_LANGUAGE = "cr-export-language"
_FORMAT = "cr-export-format"
_LONGEST_NAME = 60
_PRINTED = ".pdf"
_PICTURES = frozenset({".svg", ".png"})
"""Pictures are taken from the charts themselves."""
_KOREAN_CSV = ".csv (CP949)"
"""Offered beside UTF-8, for the spreadsheets that read nothing else."""


@dataclass(frozen=True)
class Savable:
    """What can be saved: a view, and how it is frozen and composed."""

    report: str
    """Name of the report."""
    shows: tuple[Any, ...]
    """What tells this view from others, the record that it shows among it."""
    name: str
    """Of the printed file, without suffix."""
    make: Callable[[str, str], tuple[Edition | None, Report]]
    """Language and who → the edition, None of who may not freeze one, and the report."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """Of the report."""
    title: str = ""
    """By which it is chosen among several."""
    who: str = ""
    """The person who is signed in; empty: whoever makes the file is asked for a name."""
    has_link: bool = True
    """Whether the address of the page shows the edition to whoever has it."""
    pinned: Mapping[str, str] = field(default_factory=dict)
    """What the page's address must name beside what it names to show this very view for ever."""


@dataclass(frozen=True)
class _File:
    """A file that was made, and what for."""

    view: Savable
    report: Report
    edition: Edition | None
    wanted: "_Wanted"
    content: bytes

    @property
    def name(self) -> str:
        """Place, report, year and edition (else snapshot), in the language of the file."""
        stamp = self.report.stamp
        ending = name_ending(self.wanted.suffix, self.wanted.encoding)
        with speaking(stamp.language):
            last = stamp.edition_id or _("snapshot {snapshot}").format(snapshot=stamp.snapshot)
            return view_name(self.view.report, self.view.parameters, ending, last)


def export_panel(record: Record, report: str, parameters: Mapping[str, object]) -> None:
    """Draw the panel of a page; what its record is held at is what is frozen."""
    asked = {name: value for name, value in parameters.items() if value is not None}
    build, now = record.current(), reader_later()

    def make(code: str, who: str) -> tuple[Edition | None, Report]:
        asking = now()
        hold_up(asking, "file")
        identity = asking.identity
        if not may(identity, Action.PUBLISH_EDITION):
            return None, unfrozen(record, report, asked, code, who, build, link)
        edition = freeze(
            record, Editions(settings()), report, asked, code, who, build, identity=identity
        )
        return edition, compose(record, edition)

    shows = (report, tuple(sorted(asked.items())), build.build_id)
    pinned = {name: str(value) for name, value in asked.items()} | {"lang": language()}
    if EDITION not in st.query_params:
        pinned[AS_OF] = str(build.snapshot)
    link = page_address(st.query_params.to_dict() | pinned)
    name = view_name(report, asked, "")
    save_panel([Savable(report, shows, name, make, asked, pinned=pinned)])


def save_panel(savables: Sequence[Savable]) -> None:
    """Draw the panel with which one of several views is saved; the first is what is printed.

    Only it reruns when something in it changes; what is in it is made when it is opened.
    """
    st.fragment(_panel)(savables)


def _panel(savables: Sequence[Savable]) -> None:
    with st.container(key="cr-export", horizontal=True, vertical_alignment="center"):
        if savables[0].pinned:
            draw("copy_link.html", pinned=savables[0].pinned)
        panel = st.popover(
            _("Save or share"), icon=":material/ios_share:", key=_PANEL, on_change="rerun"
        )
    if not panel.open:
        return
    with panel:
        _print_button(savables[0])
        view = savables[0]
        if len(savables) > 1:
            titles = {one.shows: one for one in savables}
            view = titles[
                st.selectbox(
                    _("What to save"),
                    list(titles),
                    format_func=lambda shows: titles[shows].title,
                    key="cr-export-what",
                )
            ]
        wanted = _form(view)
        progress = st.container()
        with st.empty():  # goes at once where another file is made
            if wanted is not None:
                with progress:
                    st.session_state[_FILE] = _made(view, wanted)
            made = st.session_state.get(_FILE)
            if made is not None and made.view.shows == view.shows:
                with st.container():
                    _ready(made)


def _print_button(view: Savable) -> None:
    """The printed sheet; the script of the bar presses it for the keys with which one prints."""
    who = view.who or st.session_state.get(_NAME, "").strip()
    save_button(
        _("Print (PDF)"),
        partial(_printed, view, language(), who, reader().identity),
        f"{view.name}{_PRINTED}",
        "cr-print",
        icon=":material/print:",
    )


def _printed(view: Savable, code: str, who: str, identity: Identity) -> bytes:
    """Made when it is asked for."""
    edition, report = view.make(code, who)
    content = render(report, _PRINTED)
    _note(view, edition, _PRINTED, identity)
    return content


def _note(view: Savable, edition: Edition | None, suffix: str, identity: Identity) -> None:
    edition_id = edition.edition_id if edition else ""
    note_download(suffix, identity, view.report, view.parameters, edition_id)


@dataclass(frozen=True)
class _Wanted:
    who: str
    language: str
    suffix: str
    encoding: Encoding


def _form(view: Savable) -> _Wanted | None:
    """Who, which language, which kind of file: sent together, so that none is forgotten."""
    with st.form("cr-export-form", border=False):
        if view.who:
            draw_text((_("Made by"), Toned(view.who, "strong")))
        who = view.who or st.text_input(
            _("Made by"),
            key=_NAME,
            max_chars=_LONGEST_NAME,
            placeholder=_("Name and office, printed on every page"),
        )
        chosen = st.radio(
            _("Language"),
            LANGUAGES,
            index=LANGUAGES.index(language()),
            format_func=language_name,
            key=_LANGUAGE,
            horizontal=True,
        )
        offered = [one for one in possible_formats(view.report) if one not in _PICTURES]
        kind = st.radio(
            _("Save as"),
            [*offered, *([_KOREAN_CSV] if ".csv" in offered else [])],
            format_func=lambda suffix: suffix[1:].upper(),
            key=f"{_FORMAT}-{view.report}",
            horizontal=True,
        )
        freezes = may(reader().identity, Action.PUBLISH_EDITION)
        said = _("Freeze and make the file") if freezes else _("Make the file")
        if st.form_submit_button(said, type="primary"):
            if kind == _KOREAN_CSV:
                return _Wanted(who.strip(), chosen, ".csv", "cp949")
            return _Wanted(who.strip(), chosen, kind, "utf-8")
    return None


def _made(view: Savable, wanted: _Wanted) -> _File:
    """Freeze the view and make the file, saying how far it is."""
    with st.status(_("Composing the report …"), expanded=False) as status:
        try:
            edition, composed = view.make(wanted.language, wanted.who)
            status.update(label=_("Making the file …"))
            content = render(composed, wanted.suffix, encoding=wanted.encoding)
        except Exception:
            # Said here, since the wheel would turn for ever; why is said by the page's boundary.
            status.update(label=_("The file was not made"), state="error")
            raise
        status.update(label=_("The file is ready"), state="complete")
    _note(view, edition, wanted.suffix, reader().identity)
    return _File(view, composed, edition, wanted, content)


def _ready(made: _File) -> None:
    """The file to take, the edition's id if one was frozen, and the link that opens it."""
    size = number_text(len(made.content) / 1024)
    st.download_button(
        _("Save {name} ({size} KB)").format(name=made.name, size=size),
        data=made.content,
        file_name=made.name,
        mime=MIMES[made.wanted.suffix],
        icon=":material/download:",
        key="cr-export-save",
        on_click="ignore",
    )
    link = made.report.stamp.link
    if made.edition is not None:
        draw_edition(made.edition)
        link = edition_link(made.edition)
    if made.view.has_link and link:
        st.markdown(_("Link that opens this page with these figures:"))
        st.code(link, language=None, wrap_lines=True)


def draw_edition(edition: Edition) -> None:
    """Draw the id of an edition, and what it is of, whose and of when."""
    facts = (report_title(edition.report), edition.made_by or _("not named"))
    words = " · ".join((*facts, moment_text(edition.made_at)))
    draw_text((_("Edition"), Toned(edition.edition_id, "strong"), Toned(words)), "edition")


def edition_link(edition: Edition) -> str:
    """The address of the page as it is, showing the edition's record."""
    here = st.query_params.to_dict() | {
        name: str(value) for name, value in edition.parameters.items()
    }
    here.pop(AS_OF, None)
    here |= {"lang": edition.language, EDITION: edition.edition_id}
    return page_address(here)


def page_address(here: Mapping[str, str]) -> str:
    """The address of this page with other parameters."""
    address = urlsplit(st.context.url or "")
    return urlunsplit((address.scheme, address.netloc, address.path, urlencode(here), ""))
