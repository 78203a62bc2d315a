"""Composing a deck: region, years and pages become an edition, to be shown or taken along.

Whoever may not freeze one takes the slides along as they are.
"""

from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import DeletedFile

from dashboard.access import Action, may
from dashboard.content.compose import freeze, unfrozen
from dashboard.content.pages import PAGES, deck_pages
from dashboard.content.report import Report
from dashboard.i18n import LANGUAGES, label, language, language_name, moment_text
from dashboard.i18n import gettext as _
from dashboard.render.file_names import view_name
from dashboard.render.formats import render
from dashboard.render.screen.tables import draw_table
from dashboard.render.screen.texts import Anchor, Toned, draw_text
from dashboard.render.slide_notes import left_out
from dashboard.settings import settings
from dashboard.store.ask import Record
from dashboard.store.editions import Edition, Editions
from dashboard.store.emblems import MOST_BYTES, Emblems
from dashboard.ui.answer_files import save_button
from dashboard.ui.chosen_file import chosen_file
from dashboard.ui.export_panel import draw_edition, page_address
from dashboard.ui.noting import downloads
from dashboard.ui.presenting.deck import deck_address, frozen_deck
from dashboard.ui.reader import hold_up, reader
from dashboard.ui.record_in_view import AS_OF

_NEW = "cr-deck-new"
"""Id of the deck that was composed in this session."""
_TAKEN = "cr-deck-taken"
"""The deck without edition that was composed in this session: view, slides."""
_LISTED = 12
_SECONDS = (0, 10, 20, 30, 60, 120)
_LONGEST_NAME = 60


@dataclass(frozen=True)
class _Choice:
    first_year: int | None
    pages: tuple[str, ...]
    language: str
    who: str
    cover: dict[str, str]
    """Texts and day of the cover, by their parameters."""
    emblem: bytes


def composer(record: Record, region: str, year: int) -> None:
    """Draw the form, the deck that was composed, and earlier decks."""
    st.markdown("# " + _("Compose a deck"))
    st.caption(
        _(
            "Slides are made from the figures as they are now and do not change afterwards: what "
            "comes in later needs a new deck."
        )
    )
    freezes = may(reader().identity, Action.PUBLISH_EDITION)
    choice = _form(record, region, year, freezes)
    here = (region, year, record.current().build_id)
    if choice is not None and choice.pages and not freezes:
        hold_up(reader(), "file")
        with st.spinner(_("Composing the deck …")):
            st.session_state[_TAKEN] = here, _unfrozen(record, choice, region, year)
    elif choice is not None and choice.pages:
        with st.spinner(_("Composing the deck …")):
            emblem = Emblems(settings()).keep(choice.emblem) if choice.emblem else None
            edition = freeze(
                record,
                Editions(settings()),
                "deck",
                {**_parameters(choice, region, year), "emblem": emblem},
                choice.language,
                choice.who,
                record.current(),
                identity=reader().identity,
            )
            # Composed once here, a fault shows itself before the talk.
            frozen_deck(settings().workspace, edition.edition_id)
        st.session_state[_NEW] = edition.edition_id
    elif choice is not None:
        st.warning(_("Choose at least one page."))
    decks = [edition for edition in Editions(settings()).all() if edition.report == "deck"]
    made = next((one for one in decks if one.edition_id == st.session_state.get(_NEW)), None)
    if made is not None:
        _ready(made)
    shown, taken = st.session_state.get(_TAKEN, (None, None))
    if taken is not None and shown == here:
        _taken(taken, {"region": region, "year": year})
    if freezes:  # who made which is nobody else's business
        _earlier(record, decks)


def _parameters(choice: _Choice, region: str, year: int) -> dict[str, object]:
    """What the deck shows, and what its cover says."""
    of = {"region": region, "year": year, "first_year": choice.first_year, "pages": choice.pages}
    return {**of, **choice.cover}


def _unfrozen(record: Record, choice: _Choice, region: str, year: int) -> Report:
    """The slides without an edition; nothing is stored."""
    build = record.current()
    pinned = {"region": region, "year": year, "lang": choice.language, AS_OF: build.snapshot}
    link = page_address({name: str(value) for name, value in pinned.items()})
    asked = _parameters(choice, region, year)
    return unfrozen(record, "deck", asked, choice.language, choice.who, build, link)


def _taken(report: Report, asked: dict[str, object]) -> None:
    """The slides as a file."""
    with st.container(key="cr-deck-taken", border=True):
        snapshot = _("snapshot {snapshot}").format(snapshot=report.stamp.snapshot)
        name = view_name("deck", asked, ".pptx", snapshot)
        made = partial(render, report, ".pptx")
        save_button(_("Save as PPTX"), made, name, "cr-deck-pptx-taken")
        draw_text(
            _("To present a deck here, and to open it again later, it is frozen by signing in."),
            "weak",
        )


def _form(record: Record, region: str, year: int, freezes: bool) -> _Choice | None:
    rows = record.ask("region_years", {"region": region}).rows
    years = sorted(row["year"] for row in rows if row["year"] <= year)
    possible = deck_pages()
    with st.form("cr-compose"):
        pages = st.multiselect(
            _("Pages, in the order of this list"),
            [page.path for page in possible],
            default=[page.path for page in possible],
            format_func=lambda path: PAGES[path].title(),
            key="cr-compose-pages",
            placeholder=_("Choose pages"),
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            first = st.selectbox(
                _("Trend from"),
                [None, *years],
                format_func=lambda year: (
                    _("first year with a figure") if year is None else str(year)
                ),
                key="cr-compose-first",
                width=280,
            )
            chosen = st.radio(
                _("Language"),
                LANGUAGES,
                index=LANGUAGES.index(language()),
                format_func=language_name,
                horizontal=True,
                key="cr-compose-language",
                width="content",
            )
            who = st.text_input(
                _("Made by"), max_chars=_LONGEST_NAME, key="cr-compose-who", width=320
            )
        cover, emblem = _cover(freezes)
        is_asked = st.form_submit_button(_("Compose the deck"), type="primary")
        if is_asked and emblem is not None:  # no deck is frozen without an emblem that was chosen
            return _Choice(first, tuple(pages), chosen, who.strip(), cover, emblem)
    return None


def _cover(keeps_emblem: bool) -> tuple[dict[str, str], bytes | None]:
    """The fields of the cover; what is left empty does not stand on it.

    An emblem is kept in the workspace, so that it is asked for only where a deck is frozen; it is
    None where it was chosen and is gone.
    """
    st.markdown("## " + _("Cover"))
    texts = {"title": _("Title"), "organiser": _("Organiser"), "place": _("Venue")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        said = {
            name: st.text_input(title, max_chars=_LONGEST_NAME, key=f"cr-compose-{name}", width=320)
            for name, title in texts.items()
        }
        # Streamlit's calendar speaks English only.
        said["date"] = st.text_input(
            _("Date, as 2026-11-28"), max_chars=10, key="cr-compose-date", width=200
        )
    cover = {name: text.strip() for name, text in said.items()}
    if not keeps_emblem:
        return cover, b""
    file = chosen_file(
        _("Emblem (PNG or JPEG, at most 2 MB)"),
        "cr-compose-emblem",
        MOST_BYTES,
        Action.PUBLISH_EDITION,
        type=["png", "jpg", "jpeg"],
        max_upload_size=MOST_BYTES // 2**20,
        width=520,
    )
    if isinstance(file, DeletedFile):
        return cover, None
    return cover, file.getvalue() if file else b""


def _ready(edition: Edition) -> None:
    """How to show it, and the same slides as a file."""
    report, _slides = frozen_deck(settings().workspace, edition.edition_id)
    with st.container(key="cr-deck-ready", border=True):
        draw_edition(edition)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            seconds = st.selectbox(
                _("Next slide"),
                _SECONDS,
                format_func=lambda count: (
                    _("every {seconds} s").format(seconds=count) if count else _("by hand")
                ),
                key="cr-deck-seconds",
                width=200,
            )
            draw_text(Anchor(_("Start presenting"), deck_address(edition, seconds)), "start")
            speaker = deck_address(edition, is_speaker=True)
            draw_text(Anchor(_("Speaker's view"), speaker), "start")
            name = view_name(edition.report, edition.parameters, ".pptx", edition.edition_id)
            made = downloads(
                partial(render, report, ".pptx"),
                ".pptx",
                reader().identity,
                edition.report,
                edition.parameters,
                edition.edition_id,
            )
            save_button(_("Save as PPTX"), made, name, "cr-deck-pptx")
        draw_text(
            _(
                "Keys: → PgDn Space next · ← PgUp back · Home first · End last · F full screen · "
                "Esc leave"
            ),
            "weak",
        )
        draw_text(
            _(
                "Open the speaker's view in a second window: both show the same slide, whichever "
                "of them is moved."
            ),
            "weak",
        )
        for text in left_out(report):
            draw_text(text, "weak")


def _earlier(record: Record, decks: list[Edition]) -> None:
    """Decks of the workspace, the newest first; those of an older record say so."""
    if not decks:
        return
    st.markdown("## " + _("Decks that were composed"))
    current = record.current().build_id
    draw_table(
        [
            _("Edition"),
            label("column", "region"),
            label("column", "year"),
            _("Pages"),
            _("Made by"),
            _("Record"),
        ],
        [
            [
                Anchor(edition.edition_id, deck_address(edition)),
                label("region", edition.parameters["region"]),
                edition.parameters["year"],
                ", ".join(page.title() for page in deck_pages(edition.parameters.get("pages"))),
                [edition.made_by or _("not named"), Toned(moment_text(edition.made_at))],
                [
                    Toned(Toned(_("a newer record exists"), "strong"), "bad")
                    if edition.build.build_id != current
                    else _("the newest"),
                    Toned(_("snapshot {snapshot}").format(snapshot=edition.build.snapshot)),
                ],
            ]
            for edition in reversed(decks[-_LISTED:])
        ],
        "",
        key="decks",
        label=_("Decks that were composed"),
    )
