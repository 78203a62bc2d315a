"""What a figure on screen opens: a view of its own, or the drawer with what vouches for it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.content.document import Block, Cell
from dashboard.content.links import Link
from dashboard.content.mentions import cells_of
from dashboard.render.screen.address import write

EVIDENCE, CELL = "evidence", "cell"
"""Parameters of the address that open the drawer: metric.region.year of a figure; block.number of
any other, counted over the cells of its block."""


def opening(cell: Cell, key: str, number: int) -> Link | None:
    """Where a figure leads; None of a text, and of a figure that names no source.

    Args:
        cell: the figure.
        key: of the block in which it stands.
        number: its place among the cells of the block, from 0.
    """
    if cell.link is not None:
        return cell.link
    if cell.value is None or cell.evidence is None or not cell.source_ids:
        return None
    return Link("", ((EVIDENCE, ""), (CELL, f"{key}.{number}")))


def has_openings(block: Block, key: str) -> bool:
    """Whether a point of a chart leads to something on its page."""
    return any(_on_page(cell, key, 0) for _about, cell in cells_of(block))


def follow_point(block: Block, key: str, chart: str) -> None:
    """Put into the address what the point of a chart opens that was chosen.

    To choose it again takes the choice back, and opens it again.

    Args:
        block: what the chart was drawn from.
        key: of the block.
        chart: key of the chart.
    """
    number = _chosen(st.session_state.get(chart) or {})
    last = f"{chart}-last"
    if number is None:
        number = st.session_state.get(last)
    else:
        st.session_state[last] = number
    cells = list(cells_of(block))
    if number is None or number >= len(cells):
        return
    link = _on_page(cells[number][1], key, number)
    if link is not None:
        write({name: value or None for name, value in link.parameters})


def _on_page(cell: Cell, key: str, number: int) -> Link | None:
    link = opening(cell, key, number)
    return None if link is None or link.page else link


def _chosen(state: Mapping[str, Any]) -> int | None:
    points = state.get("selection", {}).get("points", [])
    said = points[0].get("customdata", []) if points else []
    # A list in one version of the library, an object with numbered names in another.
    parts = [*said.values()] if isinstance(said, dict) else said
    return int(parts[1]) if len(parts) > 1 else None
