"""The legend of the marks beside figures, in the line of the filters of every page."""

from dashboard.i18n.evidence import COMMON, EVIDENCE_MARKS, mark_meanings
from dashboard.render.screen.html import draw


def legend() -> None:
    """Draw the button; the browser opens what is behind it, by key and touch too."""
    draw("legend.html", marks=EVIDENCE_MARKS, meanings=mark_meanings(), common=COMMON)
