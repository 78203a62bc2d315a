"""How tiles of key figures are set: value and unit apart, and under the headings of groups."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from dashboard.content.document import KeyFigure, KeyFigures


def number_and_unit(text: str) -> tuple[str, str]:
    """A figure's text up to its last digit, a sign or currency (ISO 4217) with it, and the rest."""
    whole = re.sub(r"([A-Z]{3}|No\.|≈) (?=\d)", "\\1\N{NO-BREAK SPACE}", text)
    found = re.fullmatch(r"(.*\d)(\D*)", whole)
    return (found[1], found[2]) if found else (whole, "")


def is_grouped(block: KeyFigures) -> bool:
    """Whether any of the key figures stands under the heading of a group."""
    return any(figure.group for figure in block.figures)


def grouped(figures: Iterable[KeyFigure]) -> list[tuple[str, list[KeyFigure]]]:
    """Key figures under the headings of their groups; those of a group follow each other."""
    return [(name, list(found)) for name, found in groupby(figures, lambda one: one.group)]


def without_figures(shown: Sequence[KeyFigure]) -> list[KeyFigure]:
    """Those of which nothing is known, where something is of others."""
    missing = [
        one for one in shown if one.cell.evidence == "no data" and not (one.note or one.behind)
    ]
    return missing if len(missing) < len(shown) else []
