"""Short texts of what is being worked on, each in one element: a line, a list, a box."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from dashboard.render.screen.html import draw

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


def words_html(words: Words) -> str:
    """The HTML of a text, of which everything that is said is escaped."""
    if isinstance(words, Toned):
        text = words_html(words.text)
        if not text:
            return ""
        if words.tone in _ELEMENTS:
            return f"<{words.tone}>{text}</{words.tone}>"
        current = ' aria-current="step"' if words.tone == "step-here" else ""
        return f'<span class="cr-{escape(words.tone)}"{current}>{text}</span>'
    if isinstance(words, Anchor):
        # What lies outside opens beside the page.
        outside = ' target="_blank" rel="noopener noreferrer"' if "://" in words.href else ""
        return f'<a href="{escape(words.href)}"{outside}>{escape(words.text)}</a>'
    if isinstance(words, tuple | list):
        joint = "<br>" if isinstance(words, list) else " "
        return joint.join(html for html in map(words_html, words) if html)
    return "" if words is None else escape(str(words))


def draw_text(words: Words, kind: str = "", role: str = "") -> None:
    """Draw one line in a class (`cr-…`) of its own; `role` as in ARIA."""
    draw("text.html", words=words_html(words), kind=kind, role=role)


def draw_list(items: Iterable[Words], kind: str, label: str = "") -> None:
    """Draw a list in a class (`cr-…`) of its own; `label` is what screen readers call it."""
    draw("list.html", items=[words_html(item) for item in items], kind=kind, label=label)


def draw_box(kind: str, title: str, message: str = "", remedy: str = "") -> None:
    """Draw what was done (`done`) or refused (`refused`), and what to do next."""
    draw("box.html", kind=kind, title=title, message=message, remedy=remedy)
