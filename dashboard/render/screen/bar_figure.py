"""Horizontal bars on screen: names beside them, or above them where both need the room."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import plotly.graph_objects as go

from dashboard.content.document import ChartBlock
from dashboard.render.bar_layout import Bar, axis_of, bars, slots
from dashboard.render.screen.figure_parts import (
    LETTERS,
    NARROW,
    OTHER,
    TOOLS,
    bare_figure,
    in_words,
    inside,
    looks,
)
from dashboard.text_metrics import SCREEN, SCREEN_BOLD, text_width, wrapped

_BAR, _GAP = 22, 12
"""Pixels of a bar, and between categories."""
_LINE = 1.4 * LETTERS
"""Height of a line of a name."""
_LONGEST_TEXT = 0.7 * NARROW
"""Pixels of a line of what stands at the end of a bar."""
_MOST_BESIDE = 0.6
"""Part of a telephone's width that names and values may take while names stand beside bars."""


def bar_figure(block: ChartBlock) -> go.Figure:
    """Bars, the first on top; those of the subject in the accent colour."""
    drawn = list(bars(block))
    names = [" ".join(name.split()) for name in block.categories]
    widest = max((text_width(name, LETTERS, SCREEN_BOLD) for name in names), default=0) + LETTERS
    texts = [_lines(bar.text) for bar in drawn]
    is_noted = block.is_waterfall or any(len(lines) > 1 for lines in texts)
    longest = [max(lines, key=len) for lines in texts]
    drawn = [replace(bar, text="<br>".join(lines)) for bar, lines in zip(drawn, texts, strict=True)]
    values = max((text_width(text, LETTERS, SCREEN) for text in longest), default=0)
    slot = max(_BAR, _LINE * max(map(len, texts), default=1))
    is_above = widest + values > _MOST_BESIDE * NARROW
    lines = [wrapped(name, NARROW, LETTERS, SCREEN_BOLD) if is_above else [name] for name in names]
    slot_count = len(set(slots(block)))
    above = _LINE * max(map(len, lines), default=1) if is_above else 0
    row = above + slot * slot_count + _GAP
    figure = bare_figure(round(TOOLS + row * max(len(names), 1)))
    for at, is_striped, colour in _kinds(block, drawn):
        mine = [bar for bar in drawn if (bar.series, bar.is_striped) == (at, is_striped)]
        figure.add_trace(
            go.Bar(
                x=[bar.end - bar.start for bar in mine],
                base=[bar.start for bar in mine],
                y=[bar.category for bar in mine],
                # Of a row one unit high: below the name, one slot under the other.
                offset=(above + _GAP / 2 + slots(block)[at] * slot + (slot - _BAR) / 2) / row - 0.5,
                width=(_BAR - 2) / row,
                orientation="h",
                name=block.series[at].name,
                marker={
                    "color": [inside(bar.cell, colour) for bar in mine],
                    "line": {"color": colour, "width": 2},
                    "pattern": _stripes(colour) if is_striped else {},
                },
                text=[bar.text for bar in mine],
                # Of a fall within a waterfall the text would stand left of the bar; lines would be
                # centred.
                textposition="none" if is_noted else "outside",
                textfont={"size": LETTERS},
                # Lines of a text are higher than the bar; they would be drawn as small as it.
                constraintext="none",
                cliponaxis=False,
                customdata=[
                    [in_words(bar.cell), bar.series * len(block.categories) + bar.category]
                    for bar in mine
                ],
                hovertemplate="%{customdata[0]}",
            )
        )
    figure.update_layout(barmode="overlay")
    widest_lines = [replace(bar, text=text) for bar, text in zip(drawn, longest, strict=True)]
    low, high = axis_of(widest_lines, NARROW - (0 if is_above else widest), LETTERS)
    if low < 0:
        figure.add_vline(x=0, line={"color": OTHER, "width": 1})
    said = [
        f"<b>{text}</b>" if name == block.chosen else text
        for name, text in zip(block.categories, map("<br>".join, lines), strict=True)
    ]
    figure.update_xaxes(visible=False, range=[low, high])
    figure.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=said,
        tickfont={"size": LETTERS},
        range=[len(names) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        showticklabels=not is_above,
    )
    for bar in drawn if is_noted else ():
        figure.add_annotation(
            x=bar.text_at,
            y=bar.category + (above + _GAP / 2 + (bar.slot + 0.5) * slot) / row - 0.5,
            text=bar.text,
            showarrow=False,
            align="left",
            xanchor="right" if bar.is_text_left else "left",
            xshift=-2 if bar.is_text_left else 2,
        )
    for place, text in enumerate(said if is_above else ()):
        figure.add_annotation(
            x=0,
            xref="paper",
            y=place - 0.5,
            yshift=-_GAP / 4,
            text=text,
            showarrow=False,
            align="left",
            xanchor="left",
            yanchor="top",
        )
    return figure


def _lines(text: str) -> list[str]:
    """What stands at the end of a bar, parted before what is in brackets if it has to be."""
    if text_width(text, LETTERS, SCREEN) <= _LONGEST_TEXT:
        return [text]
    figure, bracket, rest = text.partition("(")
    parts = [figure.rstrip(), bracket + rest]
    if all(text_width(part, LETTERS, SCREEN) <= _LONGEST_TEXT for part in parts):
        return parts
    return wrapped(text, _LONGEST_TEXT, LETTERS, SCREEN)


def _kinds(block: ChartBlock, drawn: Sequence[Bar]) -> Iterator[tuple[int, bool, str]]:
    """Series, whether striped, and colour of the bars that are drawn together."""
    for at, (colour, _dash) in enumerate(looks(block.series)):
        kinds = {bar.is_striped for bar in drawn if bar.series == at}
        for is_striped in sorted(kinds) or [block.series[at].is_striped]:
            yield at, is_striped, colour


def _stripes(colour: str) -> dict[str, object]:
    return {
        "shape": "/",
        "fillmode": "replace",
        "fgcolor": colour,
        "bgcolor": "rgba(0,0,0,0)",
        "size": 7,
    }
