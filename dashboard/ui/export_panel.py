"""Save, print and share a view: an edition is frozen first, and every file is made from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from dashboard.content.compose import compose, freeze
from dashboard.i18n import LANGUAGES, in_page_language, label, language, language_name, number_text
from dashboard.i18n import gettext as _
from dashboard.render.formats import Encoding, possible_formats, render
from dashboard.render.screen.html import draw
from dashboard.settings import settings
from dashboard.store.ask import Record
from dashboard.store.editions import Edition, Editions
from dashboard.ui.record_in_view import AS_OF, EDITION

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
MIMES = {
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".hwpx": "application/hwp+zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
}
"""Suffix of a file → its media type."""

View = tuple[str, tuple[tuple[str, Any], ...], str]
"""Report, parameters and build: what a file was made of."""


@dataclass(frozen=True)
class _File:
    """A file that was made, and what for."""

    view: View
    edition: Edition
    suffix: str
    content: bytes

    @property
    def name(self) -> str:
        """Report, place, year and edition, in letters that every file system takes."""
        parameters = self.edition.parameters
        parts = (
            self.edition.report,
            parameters.get("region"),
            parameters.get("year"),
            self.edition.edition_id,
        )
        return "-".join(str(part) for part in parts if part) + self.suffix


def export_panel(record: Record, report: str, parameters: Mapping[str, object]) -> None:
    """Draw the panel of a page. Only it reruns when something in it changes.

    Args:
        record: the record of the view; what it is held at is what is frozen.
        report: kind of the report.
        parameters: its parameters, as the page shows them.
    """
    asked = {name: value for name, value in parameters.items() if value is not None}
    st.fragment(_panel)(record, report, asked)


def _panel(record: Record, report: str, parameters: dict[str, Any]) -> None:
    view = (report, tuple(sorted(parameters.items())), record.current().build_id)
    with st.container(key="cr-export", horizontal=True, vertical_alignment="center"):
        _print_button(record, report, parameters)
        with st.popover(_("Save or share"), icon=":material/ios_share:"):
            wanted = _form(report)
            if wanted is not None:
                st.session_state[_FILE] = _made(record, view, parameters, wanted)
            made = st.session_state.get(_FILE)
            if made is not None and made.view == view:
                _ready(made)


def _print_button(record: Record, report: str, parameters: dict[str, Any]) -> None:
    """The printed sheet in one step, also by the keys with which a browser prints."""
    who = st.session_state.get(_NAME, "").strip()
    values = "-".join(str(value) for value in parameters.values())
    st.download_button(
        _("Print (PDF)"),
        data=in_page_language(partial(_printed, record, report, parameters, who)),
        file_name=f"{report}-{values}{_PRINTED}",
        mime=MIMES[_PRINTED],
        icon=":material/print:",
        key="cr-print",
        on_click="ignore",
        shortcut="Mod+P",
    )


def _printed(record: Record, report: str, parameters: dict[str, Any], who: str) -> bytes:
    """Made when it is asked for."""
    edition = _frozen(record, report, parameters, language(), who)
    return render(compose(record, edition), _PRINTED)


def _frozen(
    record: Record, report: str, parameters: Mapping[str, Any], code: str, who: str
) -> Edition:
    return freeze(record, Editions(settings()), report, parameters, code, who, record.current())


@dataclass(frozen=True)
class _Wanted:
    who: str
    language: str
    suffix: str
    encoding: Encoding


def _form(report: str) -> _Wanted | None:
    """Who, which language, which kind of file: sent together, so that none is forgotten."""
    with st.form("cr-export-form", border=False):
        who = st.text_input(
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
        offered = [suffix for suffix in possible_formats(report) if suffix not in _PICTURES]
        kind = st.radio(
            _("Save as"),
            [*offered, _KOREAN_CSV],
            format_func=lambda suffix: suffix[1:].upper(),
            key=_FORMAT,
            horizontal=True,
        )
        if st.form_submit_button(_("Freeze and make the file"), type="primary"):
            if kind == _KOREAN_CSV:
                return _Wanted(who.strip(), chosen, ".csv", "cp949")
            return _Wanted(who.strip(), chosen, kind, "utf-8")
    return None


def _made(record: Record, view: View, parameters: Mapping[str, Any], wanted: _Wanted) -> _File:
    """Freeze the view and make the file, saying how far it is."""
    report = view[0]
    with st.status(_("Freezing the view …"), expanded=False) as status:
        try:
            edition = _frozen(record, report, parameters, wanted.language, wanted.who)
            status.update(label=_("Composing the report …"))
            composed = compose(record, edition)
            status.update(label=_("Making the file …"))
            content = render(composed, wanted.suffix, encoding=wanted.encoding)
        except Exception:
            # Said here, since the wheel would turn for ever; why is said by the page's boundary.
            status.update(label=_("The file was not made"), state="error")
            raise
        status.update(label=_("The file is ready"), state="complete")
    return _File(view, edition, wanted.suffix, content)


def _ready(made: _File) -> None:
    """The file to take, the edition's id, and the link that opens it."""
    size = number_text(len(made.content) / 1024)
    st.download_button(
        _("Save {name} ({size} KB)").format(name=made.name, size=size),
        data=made.content,
        file_name=made.name,
        mime=MIMES[made.suffix],
        icon=":material/download:",
        key="cr-export-save",
        on_click="ignore",
    )
    edition = made.edition
    draw(
        "edition.html",
        edition=edition,
        report=label("report", edition.report),
        who=edition.made_by or _("not named"),
    )
    st.markdown(_("Link that opens this page with these figures:"))
    st.code(edition_link(edition), language=None, wrap_lines=True)


def edition_link(edition: Edition) -> str:
    """The address of the page as it is, showing the edition's record."""
    here = st.query_params.to_dict() | {
        name: str(value) for name, value in edition.parameters.items()
    }
    here.pop(AS_OF, None)
    here |= {"lang": edition.language, EDITION: edition.edition_id}
    address = urlsplit(st.context.url or "")
    return urlunsplit((address.scheme, address.netloc, address.path, urlencode(here), ""))
