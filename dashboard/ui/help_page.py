"""The help page: tours that open the very views, and a glossary."""

from collections.abc import Mapping
from typing import Any

from dashboard.catalogue import read_catalogue
from dashboard.content.help import read_help
from dashboard.i18n.evidence import EVIDENCE_MARKS, mark_meanings
from dashboard.render.screen.html import draw
from dashboard.render.screen.links import href
from dashboard.settings import settings
from dashboard.store.ask import Record


def help_page(_record: Record, _asked: Mapping[str, Any]) -> None:
    """Draw the page."""
    found = read_help()
    meanings = mark_meanings()
    draw(
        "help.html",
        tours=found.tours,
        href=href,
        marks=[(code, sign, meanings[code]) for code, sign in EVIDENCE_MARKS.items()],
        terms=found.terms,
        metrics=read_catalogue(settings().queries).all(),
    )
