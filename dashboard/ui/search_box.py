"""The search of every page: the words live in the URL, the hits stand below the bar."""

from urllib.parse import urlencode

import streamlit as st

from dashboard.catalogue import read_catalogue
from dashboard.content.asked_words import in_words_of_the_record
from dashboard.content.links import Link, link_to
from dashboard.content.pages import FIRST
from dashboard.content.search_answer import answers
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext, number_text
from dashboard.render.screen.address import write
from dashboard.render.screen.html import draw
from dashboard.render.screen.links import href
from dashboard.search import Hit, find_all
from dashboard.settings import settings
from dashboard.ui.record_in_view import record_in_view

_WORDS, _AT = "q", "found"
"""What the address calls the words, and the number of the first hit that is seen."""
_LONGEST = 80
"""Letters of what is sought; more are cut, as a field with a limit ignores what is pasted."""
_HITS = 20
"""So many are seen at once."""


def search_box() -> None:
    """Draw the field."""
    st.session_state[_WORDS] = st.query_params.get(_WORDS, "")
    st.text_input(
        _("Search"),
        key=_WORDS,
        placeholder=_("Search"),
        label_visibility="collapsed",
        on_change=_to_url,
        width=280,
    )


def search_results(kept: dict[str, str]) -> None:
    """Draw what was found, with links that keep these parameters; nothing while nobody searches.

    A question for a figure is answered first. Of many hits a page is seen; the address says which.
    """
    words = st.query_params.get(_WORDS, "")[:_LONGEST].strip()
    if not words:
        return
    record, catalogue = record_in_view(), read_catalogue(settings().queries)
    answered = answers(record, catalogue, words)
    found = find_all(record, catalogue, in_words_of_the_record(words))
    count = len(found.hits)
    title = ngettext("{count} hit for “{words}”", "{count} hits for “{words}”", count).format(
        count=number_text(count), words=words
    )
    taken = [
        _("“{typed}” was taken for “{taken}”").format(typed=typed, taken=taken)
        for typed, taken in found.corrected
    ]
    first = _first(count)
    seen = found.hits[first - 1 : first - 1 + _HITS]
    draw(
        "search.html",
        title=title,
        cards=[
            (card, card.behind and _to(card.behind, kept), _to(card.page, kept))
            for card in answered.cards
        ],
        notes=list(dict.fromkeys((*answered.notes, *taken))),
        hits=[(label("hit", hit.kind), hit, _address(hit, kept)) for hit in seen],
        first=first,
        last=first + len(seen) - 1,
        count=number_text(count),
        steps=_steps(first, count),
    )


def _first(count: int) -> int:
    """Number of the first hit that the address asks for; 1 where it asks for none there is."""
    written = st.query_params.get(_AT, "")
    at = int(written) if written.isdecimal() and len(written) <= len(str(count)) else 1
    return (at - 1) // _HITS * _HITS + 1 if 1 <= at <= count else 1


def _steps(first: int, count: int) -> list[tuple[str, str]]:
    """Names and addresses of the pages beside."""
    ways = ((first - _HITS, _("Previous page")), (first + _HITS, _("Next page")))
    return [
        (name, href(link_to("", **{_AT: str(at) if at > 1 else ""})))
        for at, name in ways
        if 1 <= at <= count
    ]


def _to(link: Link, kept: dict[str, str]) -> str:
    path = "./" if link.page == FIRST else f"./{link.page}"
    return f"{path}?{urlencode(kept | dict(link.parameters))}"


def _address(hit: Hit, kept: dict[str, str]) -> str:
    if hit.url:
        return hit.url
    if not hit.page:
        return ""
    return f"./{hit.page}?{urlencode(kept | hit.parameters)}"


def _to_url() -> None:
    words = st.session_state[_WORDS][:_LONGEST].strip()
    write({_AT: None, _WORDS: words or None})
