"""Awards over the years, one mark each: with its amount, or as one without published amount."""

from collections import defaultdict
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.bar_rows import name_lines
from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows, bare_figure
from dashboard.content.superlatives import Form, figure_range, superlative
from dashboard.i18n import (
    figure_text,
    label,
    ngettext,
    record_text,
    short_amount_text,
)
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import is_doubtful
from dashboard.i18n.figures import is_rounded

Row = dict[str, Any]

_LEVEL, _LINE, _LEAD, _GAP = 40, 20, 8, 6
"""Heights in pixels: a level of marks with their amounts, a line of a name, the space after the
name, the space after a row."""
_SHAPES = {"MCST": "circle", "MOHW": "square"}
_OTHER_SHAPE = "diamond"


def money_text(row: Row, column: str = "grant_krw", of: str | None = None) -> str:
    """Won of a row without rounding up, with their marks as `figure_text` sets them."""
    return figure_text(row, column, "krw", of=of, digits=4)


def awards_chart(rows: Rows, subject: str | None) -> Chart:
    """Marks in rows of programmes, or of regions where all regions are shown.

    Args:
        rows: year, year_end (int or None), region (str or None, `;`-joined for joint awards),
            area (str or None), programme_id, ministry, outcome (str or None), grant_krw (float or
            None), evidence (str), is_settled, is_joint (bool); at least one.
        subject: the region in question; None for all.
    """
    lanes: dict[str, list[Row]] = defaultdict(list)
    # An amount that is not counted stands below the one that is.
    for row in sorted(rows, key=lambda row: (row["year"], _state(row) == "other amount")):
        lanes[_lane(row, subject)].append(row)
    ordered = sorted(lanes, key=lambda name: (min(row["year"] for row in lanes[name]), name))
    if subject is None:
        ordered = sorted(lanes, key=lambda name: (-len(lanes[name]), name))
    levels = {name: _levels(lanes[name]) for name in ordered}
    names = {name: name_lines(name) for name in ordered}
    heights = {
        name: _LINE * len(names[name]) + _LEAD + _LEVEL * (max(levels[name].values()) + 1) + _GAP
        for name in ordered
    }
    total = sum(heights.values())
    figure = bare_figure(total + 110)
    marks: dict[str, list[tuple[float, Row]]] = defaultdict(list)
    top = 0
    for name in ordered:
        figure.add_annotation(
            x=0,
            xref="paper",
            y=top,
            text="<br>".join(names[name]),
            showarrow=False,
            align="left",
            xanchor="left",
            yanchor="top",
            font={"size": 14},
        )
        figure.add_hline(y=top - _GAP / 2, line={"color": OTHER, "width": 1}, opacity=0.25)
        first = top + _LINE * len(names[name]) + _LEAD + _LEVEL / 2
        for place, row in enumerate(lanes[name]):
            y = first + _LEVEL * levels[name][place]
            marks[_state(row)].append((y, row))
            if _last_year(row) > row["year"]:
                _add_term(figure, row, y)
        top += heights[name]
    for state in _STATES:
        if state in marks:
            _add_marks(figure, state, marks[state])
    first_year = min(row["year"] for row in rows)
    last_year = max(_last_year(row) for row in rows)
    figure.update_xaxes(
        side="top",
        tickformat="d",
        tickangle=0,
        tickmode="auto",
        nticks=9,
        range=[first_year - 0.8, last_year + 0.8],
        showgrid=True,
    )
    figure.update_yaxes(visible=False, range=[total, -_GAP])
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "y": 0, "yanchor": "top", "x": 0, "itemclick": False},
    )
    title = _finding(rows)
    return Chart(title, figure, f"{title}. {'; '.join(map(describe, rows))}")


def _last_year(row: Row) -> int:
    """The last year of the term that was won."""
    year: int = row["year"]
    return max(year, row["year_end"] or year) if row["outcome"] == "selected" else year


def _lane(row: Row, subject: str | None) -> str:
    region = label("region", row["region"]) if row["region"] else _("regions not known")
    if subject is None:
        return region
    programme = label("programme", row["programme_id"])
    if row["is_joint"]:
        return _("{programme} (joint: {regions})").format(programme=programme, regions=region)
    return programme


def _levels(rows: list[Row]) -> dict[int, int]:
    """Place of each row among those of its year, by place in the list."""
    seen: dict[int, int] = defaultdict(int)
    found = {}
    for place, row in enumerate(rows):
        found[place] = seen[row["year"]]
        seen[row["year"]] += 1
    return found


_STATES = ("firm", "unsure", "other amount", "not published", "not selected", "call")


def _state(row: Row) -> str:
    if row["outcome"] is None or row["region"] is None:
        return "call"
    if row["outcome"] != "selected":
        return "not selected"
    if row["grant_krw"] is None:
        return "not published"
    if not row["is_settled"]:
        return "other amount"
    return "unsure" if is_doubtful(row["evidence"]) else "firm"


def _state_name(state: str) -> str:
    return {
        "firm": _("with an amount"),
        "unsure": _("amount contested or approximate, counted"),
        "other amount": _("another amount printed, not counted"),
        "not published": _("amount not published"),
        "not selected": _("not selected"),
        "call": _("winners not named"),
    }[state]


def _add_marks(figure: go.Figure, state: str, marks: list[tuple[float, Row]]) -> None:
    colour = OTHER if state in ("not selected", "call", "other amount") else SUBJECT
    symbols, texts, places = [], [], []
    for _y, row in marks:
        shape = _SHAPES.get(row["ministry"], _OTHER_SHAPE)
        symbols.append(
            {
                "firm": shape,
                "unsure": f"{shape}-open-dot",
                "other amount": f"{shape}-x-open",
                "not published": f"{shape}-open",
                "not selected": "x-thin-open",
                "call": "line-ew-open",
            }[state]
        )
        has_amount = state in ("firm", "unsure", "other amount")
        sign = "?" if state == "not published" else ""
        texts.append(short_amount_text(row["grant_krw"]) if has_amount else sign)
        side = "top" if row["year"] % 2 else "bottom"
        places.append(f"{side} center" if has_amount else "middle center")
    figure.add_trace(
        go.Scatter(
            x=[row["year"] for _y, row in marks],
            y=[y for y, _row in marks],
            mode="markers+text",
            name=_state_name(state),
            marker={
                "symbol": symbols,
                "size": 15 if state == "not published" else 12,
                "color": colour,
                "line": {"width": 2, "color": colour},
            },
            text=texts,
            textposition=places,
            textfont={"size": 12},
            hovertext=[describe(row) for _y, row in marks],
            hoverinfo="text",
            cliponaxis=False,
        )
    )


def _add_term(figure: go.Figure, row: Row, y: float) -> None:
    """The announced years of a term: a dotted line without amount, since they are not counted."""
    figure.add_shape(
        type="line",
        x0=row["year"],
        x1=row["year_end"],
        y0=y,
        y1=y,
        layer="below",
        line={"color": OTHER, "width": 2, "dash": "dot"},
    )


def describe(row: Row) -> str:
    """An award in words: year, region, programme, result and amount."""
    region = label("region", row["region"]) if row["region"] else _("regions not known")
    if row["area"]:
        region = f"{region} {record_text(row['area'])}"
    parts = [f"{row['year']} {region}", label("programme", row["programme_id"])]
    if row["is_joint"]:
        parts.append(_("joint"))
    state = _state(row)
    if state in ("firm", "unsure", "other amount"):
        parts.append(money_text(row))
        if state != "firm":
            parts.append(label("evidence", row["evidence"]))
    if state != "firm":
        parts.append(_state_name(state))
    if row["year_end"]:
        parts.append(_("term to {year}, amount per year").format(year=row["year_end"]))
    return ", ".join(parts)


def _finding(rows: Rows) -> str:
    """The greatest published amount, as far as rounded ones allow; or that none is published."""
    known = [row for row in rows if _state(row) in ("firm", "unsure")]
    if not known:
        return _("No amount of these results was published")
    found = superlative([figure_range(row["grant_krw"], is_rounded(row)) for row in known], None)
    if found.form is Form.NOTHING and len(known) > 1:
        return ngettext(
            "{count} award with a published amount",
            "{count} awards with a published amount",
            len(known),
        ).format(count=len(known))
    greatest = known[found.places[0]] if found.places else known[0]
    same = len(found.places)
    amount = money_text(greatest)
    if same > 1:
        return _(
            "The greatest published amount is {amount} a year, printed for {count} awards"
        ).format(amount=amount, count=same)
    pattern = (
        _("The published amount is {amount} a year: {year}, {region}, {programme}")
        if len(known) == 1
        else _("The greatest published amount is {amount} a year: {year}, {region}, {programme}")
    )
    return pattern.format(
        amount=amount,
        year=greatest["year"],
        region=label("region", greatest["region"]),
        programme=label("programme", greatest["programme_id"]),
    )
