"""How a chart of a page is taken along as a picture: by the browser itself, without any request."""

import re

from dashboard.content.document import ChartBlock, DotChart

_MOST_LETTERS = 80


def picture_config(block: ChartBlock | DotChart) -> dict[str, object]:
    """Plotly's settings: one button, seen on hover and focus, that saves the chart as SVG.

    The finding becomes the file's name, since the picture has no room for it. A chart of exact
    counts, which are not passed on, has no button.
    """
    if block.answer is not None and block.answer.is_exact:
        return {"displayModeBar": False}
    return {
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "svg", "filename": file_stem(block.title)},
    }


def file_stem(text: str) -> str:
    """A name that every file system takes: without its separators, wildcards and final dots."""
    words = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", text).split()
    return " ".join(words)[:_MOST_LETTERS].strip(" .") or "chart"
