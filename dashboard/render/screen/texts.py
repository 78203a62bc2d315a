"""Short texts of what is being worked on, each in one element: a line, a list, a box."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup, escape

from dashboard.render.screen.html import draw

_BELOW, _BESIDE = Markup("<br>"), Markup(" ")
_ELEMENTS = frozenset({"strong", "code"})


@dataclass(frozen=True)
class Toned:
    """A part of a text in a tone of its own: `strong`, `code`, or a class such as `weak`."""

    text: "Words"
    tone: str = "weak"


@dataclass(frozen=True)
class Anchor:
    """A text that leads to an address."""

    text: str
    href: str


Words: TypeAlias = str | int | Toned | Anchor | Sequence["Words"] | None
"""A text; a tuple's parts stand one after the other, a list's below each other, empty ones not."""


def words_html(words: Words) -> Markup:
    """The HTML of a text; what it says is escaped."""
    if isinstance(words, Toned):
        text = words_html(words.text)
        if not text:
            return text
        if words.tone in _ELEMENTS:
            return Markup("<{0}>{1}</{0}>").format(words.tone, text)
        return Markup('<span class="cr-{}">{}</span>').format(words.tone, text)
    if isinstance(words, Anchor):
        return Markup('<a href="{}">{}</a>').format(words.href, words.text)
    if isinstance(words, tuple | list):
        joint = _BELOW if isinstance(words, list) else _BESIDE
        return joint.join(html for html in map(words_html, words) if html)
    return escape("" if words is None else words)


def draw_text(words: Words, kind: str = "", role: str = "") -> None:
    """Draw one line in a class (`cr-…`) of its own; `role` as in ARIA."""
    draw("text.html", words=words_html(words), kind=kind, role=role)


def draw_list(items: Iterable[Words], kind: str) -> None:
    """Draw a list in a class (`cr-…`) of its own."""
    draw("list.html", items=[words_html(item) for item in items], kind=kind)


def draw_box(kind: str, title: str, message: str = "", remedy: str = "") -> None:
    """Draw what was done (`done`) or refused (`refused`), and what to do next."""
    draw("box.html", kind=kind, title=title, message=message, remedy=remedy)
