"""What drawn charts of all kinds have alike: inks, and the parts of Vega-Lite in common."""

import json
from functools import cache
from pathlib import Path

from dashboard.content.document import ChartBlock, Series
from dashboard.render.line_labels import (
    SIZE,
    Spec,
)

_PARTS = Path(__file__).parent / "templates" / "chart.json"
"""Parts of Vega-Lite that no chart changes."""

SUBJECT, OTHER, INK, WEAK = "#256ef4", "#8a949e", "#1e2124", "#58616a"
_OTHERS = (OTHER, "#58616a", "#b1b8be", "#464c53")


@cache
def parts() -> Spec:
    """What charts of all reports have alike, in the words of Vega-Lite."""
    found: Spec = json.loads(_PARTS.read_text(encoding="utf-8"))
    letters = {"FontSize": SIZE, "Color": WEAK}
    found["config"]["axis"] |= {
        part + name: value for part in ("label", "title") for name, value in letters.items()
    }
    found["config"]["text"]["fontSize"] = SIZE
    found["name axis"]["labelColor"] = INK
    found["rule"]["stroke"] = OTHER
    return found


def colour_of(block: ChartBlock, series: Series) -> str:
    """The accent for the subject, and for a series that stands alone."""
    if series.is_subject or len(block.series) == 1:
        return SUBJECT
    others = [one for one in block.series if not one.is_subject]
    return _OTHERS[others.index(series) % len(_OTHERS)]
