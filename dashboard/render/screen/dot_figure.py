"""Dots in lanes along a time or a scale, on screen."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any, TypeAlias

import plotly.graph_objects as go

from dashboard.content.document import Dot, DotChart
from dashboard.i18n import label
from dashboard.render.dot_layout import ROW, PlacedDot, is_of_days, lay_out
from dashboard.render.screen.figure_parts import (
    LETTERS,
    NARROW,
    OTHER,
    SUBJECT,
    TOOLS,
    bare_figure,
    inside,
)

Drawn: TypeAlias = dict[str, Any]
"""A line or a text, as Plotly takes it."""


def dot_figure(block: DotChart) -> go.Figure:
    """Every dot in its lane, those of the subject in the accent; what lasts has a line.

    Rows are laid out for a telephone; on a wider page they stand looser.
    """
    laid = lay_out(block, NARROW, LETTERS)
    figure = bare_figure(
        round(laid.rows * ROW * LETTERS + (4 if block.axis else 2) * LETTERS + TOOLS + 8)
    )
    shapes: list[Drawn] = []
    texts: list[Drawn] = []
    for lane in laid.lanes:
        shapes.append(
            {
                "type": "line",
                "x0": 0,
                "x1": 1,
                "xref": "x domain",
                "y0": lane.top,
                "y1": lane.top,
                "line": {"color": OTHER, "width": 0.5},
                "opacity": 0.5,
            }
        )
        texts.append(
            {
                "x": 0,
                "xref": "paper",
                "y": lane.top,
                "text": "<br>".join(f"<b>{line}</b>" for line in lane.lines),
                "showarrow": False,
                "align": "left",
                "xanchor": "left",
                "yanchor": "top",
                "font": {"size": LETTERS},
            }
        )
    is_alone = not any(dot.is_subject for dot in block.dots)
    for is_subject in (False, True):
        placed = [one for one in laid.dots if one.dot.is_subject is is_subject]
        colour = SUBJECT if is_subject or is_alone else OTHER
        if placed:
            figure.add_trace(_dots(block, placed, colour))
            shapes += _lines(placed, colour, is_of_days(block))
            texts += _names(placed, is_of_days(block))
    # All at once: Plotly looks through all of them for each that is added.
    figure.update_layout(shapes=shapes, annotations=texts)
    is_days = is_of_days(block)
    figure.update_xaxes(
        side="top",
        type="date" if is_days else "linear",
        title={"text": block.axis, "font": {"size": LETTERS}},
        range=[_place(laid.low, is_days), _place(laid.high, is_days)],
        tickvals=[_place(at, is_days) for at, _text in laid.ticks],
        ticktext=[text for _at, text in laid.ticks],
        tickfont={"size": LETTERS},
        tickangle=0,
        zeroline=False,
    )
    figure.update_yaxes(visible=False, range=[laid.rows, 0])
    return figure


def _lines(placed: Sequence[PlacedDot], colour: str, is_days: bool) -> list[Drawn]:
    """A line for each that lasts, in the order of the dots."""
    return [
        {
            "type": "line",
            "x0": _place(one.start, is_days),
            "x1": _place(one.end, is_days),
            "y0": one.row,
            "y1": one.row,
            "layer": "below",
            "line": {"color": colour, "width": 2},
        }
        for one in placed
        if one.end > one.start
    ]


def _names(placed: Sequence[PlacedDot], is_days: bool) -> list[Drawn]:
    """What is written beside dots."""
    return [
        {
            "x": _place(one.start if one.is_text_left else one.end, is_days),
            "y": one.row,
            "text": escape(one.text),
            "showarrow": False,
            "xanchor": "right" if one.is_text_left else "left",
            "xshift": (-1 if one.is_text_left else 1) * (one.radius + 2),
            "font": {"size": LETTERS},
        }
        for one in placed
        if one.text
    ]


def _dots(block: DotChart, placed: Sequence[PlacedDot], colour: str) -> go.Scatter:
    is_days = is_of_days(block)
    return go.Scatter(
        x=[_place(one.start, is_days) for one in placed],
        y=[one.row for one in placed],
        mode="markers",
        marker={
            "size": [2 * one.radius for one in placed],
            "color": [
                "rgba(0,0,0,0)" if one.dot.is_hollow else inside(one.dot.cell, colour)
                for one in placed
            ],
            "line": {"width": 2, "color": colour},
            "opacity": 1,
        },
        customdata=[[escape(_dot_in_words(one.dot)), block.dots.index(one.dot)] for one in placed],
        hovertemplate="%{customdata[0]}<extra></extra>",
        cliponaxis=False,
    )


def _dot_in_words(dot: Dot) -> str:
    named = f"{dot.name}: {dot.cell.text}" if dot.cell.text else dot.name
    return f"{named} ({label('evidence', dot.cell.evidence)})" if dot.cell.evidence else named


def _place(at: float, is_days: bool) -> float | str:
    """A place on the axis as Plotly takes it."""
    return date.fromordinal(round(at)).isoformat() if is_days else at
