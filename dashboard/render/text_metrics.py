"""How much room a text takes, without asking a font: for slides that must not overflow."""

import unicodedata
from collections.abc import Iterator

# Advance widths in em of Pretendard GOV Bold, rounded up, so that what stands in where it is not
# installed fits too: Malgun Gothic in office programs, the wider DejaVu Sans in LibreOffice.
_WIDE, _UPPER, _LOWER, _DIGIT, _NARROW, _BROADEST = 1.0, 0.75, 0.62, 0.64, 0.38, 1.0

BOLD = 1.12
"""How much wider a stand-in may set bold than ours, whose bold the widths above are."""


def text_width(text: str, size: float) -> float:
    """Width of one line of text in points, at a font size in points; never too small."""
    return size * sum(_advance(character) for character in text)


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The lines into which a text falls in a box of a width in points.

    Lines break between words; a word wider than the box breaks between its characters.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _words(paragraph):
            if line and text_width((line + word).rstrip(), size) > width:
                lines.append(line.rstrip())
                line = ""
            for piece in _pieces(word, width, size):
                if line and text_width((line + piece).rstrip(), size) > width:
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


def _pieces(word: str, width: float, size: float) -> Iterator[str]:
    if text_width(word.rstrip(), size) <= width:
        yield word
        return
    piece = ""
    for character in word:
        if piece and text_width(piece + character, size) > width:
            yield piece
            piece = ""
        piece += character
    yield piece


def _advance(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    if character in "mwMW%@…—":
        return _BROADEST
    if character in " .,:;'|!()[]ijlI·/-":
        return _NARROW
    if character.isdigit():
        return _DIGIT
    if not character.isascii() and not character.isalpha():
        return _WIDE
    return _UPPER if character.isupper() else _LOWER
