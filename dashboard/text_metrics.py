"""How wide a text is, measured from the product's font."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from PIL import ImageFont

_FONTS = Path(__file__).parent / "render" / "fonts"
_EM = 1000
"""Size at which letters are measured: what the font counts its widths in."""


class Face(NamedTuple):
    """A font, and how much wider what stands in for it may be."""

    file: str
    factor: float = 1.0
    apart: float = 0.0
    """Em that a program may set a Korean letter apart from a Latin one or a digit beside it."""


SCREEN = Face("PretendardGOV-Regular.otf")
"""Browsers and paper have the font itself."""
SCREEN_BOLD = Face("PretendardGOV-Bold.otf")
OFFICE = Face("PretendardGOV-Bold.otf", 1.16, 0.27)
"""Where the font is not installed, Korean letters may take a whole em: ours take 0.86. LibreOffice
sets a fifth of a line between 2019 and 년, which is 0.27 em."""
BOLD = 1.12
"""How much wider a stand-in may set bold than ours, whose bold `OFFICE` measures."""


def text_width(text: str, size: float, face: Face = OFFICE) -> float:
    """Width of one line of text in units of the font size; never too small, as none is kerned."""
    letters = face.factor * sum(_advance(face.file, character) for character in text)
    return size * (letters + face.apart * _changes_of_script(text) if face.apart else letters)


def _changes_of_script(text: str) -> int:
    """How often a Korean letter stands beside a Latin one or a digit."""
    return sum(
        _is_hangul(one) != _is_hangul(other) and one.isalnum() and other.isalnum()
        for one, other in pairwise(text)
    )


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"


def wrapped(text: str, width: float, size: float, face: Face = OFFICE) -> list[str]:
    """The lines into which a text falls in a box of a width.

    Lines break between words; a word wider than the box breaks between its characters.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _words(paragraph):
            if line and text_width((line + word).rstrip(), size, face) > width:
                lines.append(line.rstrip())
                line = ""
            for piece in _pieces(word, width, size, face):
                if line and text_width((line + piece).rstrip(), size, face) > width:
                    lines.append(line.rstrip())
                    line = ""
                line += piece
        lines.append(line.rstrip())
    return lines


def clipped(text: str, width: float, size: float, most_lines: int) -> str:
    """The text cut to so many lines, with `…` where it was cut. What is cut stands in the notes."""
    lines = wrapped(text, width, size)
    if len(lines) <= most_lines:
        return text
    last = lines[most_lines - 1]
    while last and text_width(last + "…", size) > width:
        last = last[:-1]
    return " ".join([*lines[: most_lines - 1], last.rstrip() + "…"])


def largest_size(text: str, width: float, sizes: tuple[float, ...], most_lines: int) -> float:
    """The first of the sizes at which the text needs no more lines; the last one if none does."""
    for size in sizes:
        if len(wrapped(text, width, size)) <= most_lines:
            return size
    return sizes[-1]


def longest_word(text: str, size: float) -> float:
    """Width in points of the widest word: the least a column can have without breaking it."""
    return max((text_width(word.rstrip(), size) for word in _words(text)), default=0.0)


def _words(paragraph: str) -> Iterator[str]:
    """Words with the spaces behind them."""
    word = ""
    for character in paragraph:
        if word and word[-1] == " " and character != " ":
            yield word
            word = ""
        word += character
    if word:
        yield word


def _pieces(word: str, width: float, size: float, face: Face) -> Iterator[str]:
    if text_width(word.rstrip(), size, face) <= width:
        yield word
        return
    piece = ""
    for character in word:
        if piece and text_width(piece + character, size, face) > width:
            yield piece
            piece = ""
        piece += character
    yield piece


@cache
def _font(file: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / file, _EM, layout_engine=ImageFont.Layout.BASIC)


@cache
def _advance(file: str, character: str) -> float:
    """In em; a character that the font lacks takes a whole one."""
    return _font(file).getlength(character) / _EM
