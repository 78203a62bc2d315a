"""A frozen deck over the whole window: one slide at a time, by keyboard, by hand, or by the clock.

The slides are those of the edition's build, so that no figure changes in the middle of a talk.
"""

import math
import time
from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from dashboard.content.compose import compose
from dashboard.content.document import Drawing
from dashboard.content.report import Report, Stamp
from dashboard.i18n import gettext as _
from dashboard.i18n import use_language
from dashboard.render.cover_drawing import cover_picture
from dashboard.render.footnotes import mark, stamp_text
from dashboard.render.peers_row import peers_text
from dashboard.render.screen.address import catch_up, write
from dashboard.render.screen.html import draw, own_file
from dashboard.render.screen.html import render as html
from dashboard.render.screen.texts import draw_text
from dashboard.render.slide_notes import left_out
from dashboard.render.slide_pictures import slide_picture
from dashboard.settings import settings
from dashboard.store.ask import open_record
from dashboard.store.editions import Edition, Editions
from dashboard.ui.presenting.slides import Slide, slides_of
from dashboard.ui.record_in_view import EDITION, edition_in_view

SPEAKER = "speaker"
"""Parameter of the address: 1 shows the speaker what comes next, notes and a clock."""
AUTO = "auto"
"""Parameter of the address: seconds after which the next slide comes by itself."""
_SLIDE = "slide"
_PAUSED = "cr-deck-paused"
_DUE = "cr-deck-due"
"""Slide on which the clock runs, and when it ends."""
_FEWEST_SECONDS, _MOST_SECONDS = 2, 600
_KEYS = own_file("deck.js")
"""What only the browser can do: the whole screen, the other window, a clock."""


def deck_in_view() -> Edition | None:
    """The deck that the address names; None where it names none."""
    edition = edition_in_view()
    return edition if edition is not None and edition.report == "deck" else None


def deck(edition: Edition) -> None:
    """Draw the slide that the address names, and what goes on to the others."""
    use_language(edition.language)
    count = len(frozen_deck(settings().workspace, edition.edition_id)[1])
    place = _place(count)
    is_speaker = st.query_params.get(SPEAKER) == "1"
    with st.container(key="cr-deck-speaker" if is_speaker else "cr-deck", gap=None):
        st.html(_slide(edition, place))
        if is_speaker:
            _speaker(edition, place)
        with st.container(key="cr-deck-controls", horizontal=True, vertical_alignment="center"):
            _controls(place, count)
            draw(
                "deck_leave.html",
                href=_composer(edition),
                speaker=deck_address(edition, is_speaker=True, slide=place + 1),
                stage=deck_address(edition, slide=place + 1) if is_speaker else "",
            )
        st.html(f'<script src="{_KEYS}"></script>', unsafe_allow_javascript=True)


def _speaker(edition: Edition, place: int) -> None:
    """Beside the slide on stage: a clock, the next slide, and the notes."""
    report, slides = frozen_deck(settings().workspace, edition.edition_id)
    is_last = place + 1 == len(slides)
    with st.container(key="cr-speaker-next", gap=None):
        draw("speaker_clock.html", is_last=is_last)
        if not is_last:
            st.html(_slide(edition, place + 1))
    with st.container(key="cr-speaker-notes"):
        notes = slides[place].notes if place else slides[place].remarks
        draw("speaker_notes.html", notes=notes, left_out=left_out(report))


def _slide(edition: Edition, place: int) -> str:
    """The HTML of a slide, the first with what the cover says."""
    report, slides = frozen_deck(settings().workspace, edition.edition_id)
    cover = report.cover
    return html(
        "slide.html",
        slide=slides[place],
        is_first=place == 0,
        cover=cover,
        emblem=_address_of(cover.emblem) if cover else "",
        number=place + 1,
        count=len(slides),
        picture=_picture(settings().workspace, edition.edition_id, place),
        stamp=f"{stamp_text(report.stamp)} · {_who(report.stamp)}",
        warning=report.warning,
        mark=mark,
        peers_text=peers_text,
    )


def _controls(place: int, count: int) -> None:
    """Buttons with their keys. Further keys do the same through buttons that are not shown."""
    _clock(place, count)
    _go(_("Back"), "Left", -1, count, "back")
    _go(_("Next"), "Right", 1, count, "next")
    with st.container(key="cr-deck-keys"):
        _go(_("Back"), "PageUp", -1, count, "page-up")
        _go(_("Next"), "PageDown", 1, count, "page-down")
        _go(_("Next"), "Space", 1, count, "space")
        _go(_("First slide"), "Home", -count, count, "home")
        _go(_("Last slide"), "End", count, count, "end")


def _go(title: str, key: str, steps: int, count: int, name: str) -> None:
    """A button that leads some slides on or back; beyond the ends it stays where it is."""
    st.button(title, shortcut=key, on_click=step, args=(steps, count), key=f"cr-deck-{name}")


def step(steps: int, count: int) -> None:
    """Go so many of `count` slides on (or back) from the slide that the address names by then.

    A second key may come before the slide of the first is drawn: it leads on from that one.
    """
    catch_up()
    write({_SLIDE: str(min(max(_place(count) + steps, 0), count - 1) + 1)})
    st.session_state.pop(_DUE, None)


def _clock(place: int, count: int) -> None:
    """Pause and countdown, where the address asks for slides that go on by themselves."""
    asked = st.query_params.get(AUTO, "")
    if not (asked.isascii() and asked.isdigit()):
        return
    seconds = min(max(int(asked), _FEWEST_SECONDS), _MOST_SECONDS)
    is_paused = st.session_state.setdefault(_PAUSED, False)
    st.button(
        _("Go on") if is_paused else _("Pause"),
        icon=":material/play_arrow:" if is_paused else ":material/pause:",
        type="primary",
        on_click=_toggle,
        key="cr-deck-pause",
    )
    if is_paused:
        draw_text(_("Paused"), "deck-clock")
    elif place == count - 1:
        draw_text(_("Last slide"), "deck-clock")
    else:
        st.fragment(_countdown, run_every=1)(place, count, seconds)


def _toggle() -> None:
    st.session_state[_PAUSED] = not st.session_state[_PAUSED]
    st.session_state.pop(_DUE, None)


def _countdown(place: int, count: int, seconds: int) -> None:
    """Counts down on its own."""
    now = time.monotonic()
    on, due = st.session_state.get(_DUE, (None, 0.0))
    if on != place:
        due = now + seconds
        st.session_state[_DUE] = (place, due)
    left = math.ceil(due - now)
    if left <= 0:
        step(1, count)
        st.rerun()
    draw_text(_("Next slide in {seconds} s").format(seconds=left), "deck-clock")


def _place(count: int) -> int:
    """The slide that the address names, counted from 0; the nearest one there is."""
    text = st.query_params.get(_SLIDE, "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1
    return min(max(number, 1), count) - 1


def _composer(edition: Edition) -> str:
    """Back to the composer, with what the deck is made of."""
    query = {name: str(edition.parameters[name]) for name in ("region", "year")}
    return f"?{urlencode(query | {'lang': edition.language})}"


def deck_address(
    edition: Edition, seconds: int | None = None, *, is_speaker: bool = False, slide: int = 1
) -> str:
    """Query of the address that shows the deck from a slide, on stage or to the speaker."""
    query = {EDITION: edition.edition_id, _SLIDE: str(slide), "lang": edition.language}
    if seconds:
        query[AUTO] = str(seconds)
    if is_speaker:
        query[SPEAKER] = "1"
    return f"?{urlencode(query)}"


def _who(stamp: Stamp) -> str:
    return stamp.made_by or _("not named")


@lru_cache(maxsize=16)
def frozen_deck(workspace: Path, edition_id: str) -> tuple[Report, tuple[Slide, ...]]:
    """An edition never changes, so that its slides are laid out once."""
    report = compose(open_record(settings()), Editions(settings()).open(edition_id))
    return report, tuple(slides_of(report))


@lru_cache(maxsize=64)
def _picture(workspace: Path, edition_id: str, place: int) -> str:
    """The chart or map of a slide as an address with the picture in it; empty where there is none.

    Drawn by the program that draws for paper, on white as the slides are.
    """
    report, slides = frozen_deck(workspace, edition_id)
    block = slides[place].block
    if place == 0 and report.cover is not None:
        return _address_of(cover_picture(report.cover))
    if not isinstance(block, Drawing):
        return ""
    return _address_of(slide_picture(block, report.stamp.language))


def _address_of(picture: bytes) -> str:
    """A PNG as an address that holds it; empty where there is none."""
    return f"data:image/png;base64,{b64encode(picture).decode()}" if picture else ""
