"""The stops of an onsite review, in order, against a schematic of the city at its own scale."""

import math
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows, bare_figure
from dashboard.i18n import gettext as _
from dashboard.i18n import label, language, ngettext, record_text
from dashboard.text_metrics import SCREEN, wrapped

_KM_PER_DEGREE = 111.2
"""Kilometres of a degree of latitude (mean Earth radius 6,371 km)."""
_HALF_HEIGHT = 8.0
"""Kilometres shown above and below the middle of the known sites."""
_ROUTE_LEFT, _ROUTE_RIGHT = 12.0, 30.0
_LETTERS, _NAME_PIXELS = 13, 160
"""Of a site, in pixels: after so many its name goes on in the next line."""

Row = dict[str, Any]


def review_route_chart(region: str, year: int, rows: Rows) -> Chart:
    """Left the known sites of the city to scale, right the stops in order.

    A stop with a known site is drawn there too. All others only have an order.

    Args:
        region: code of the region.
        year: year of the review.
        rows: answer to `review_route`: role (`stop` or `landmark`), seq, item, title, title_ko,
            lat, lon (None where not known); at least one stop.
    """
    stops = [row for row in rows if row["role"] == "stop"]
    sites = [row for row in rows if row["lat"] is not None]
    figure = bare_figure(120 + 56 * max(len(stops), 5))
    _draw_city(figure, region, sites)
    _draw_stops(figure, stops)
    figure.update_xaxes(visible=False, range=[-9.5, _ROUTE_RIGHT])
    figure.update_yaxes(visible=False, range=[-_HALF_HEIGHT - 1, _HALF_HEIGHT + 1.5])
    placed = sum(row["lat"] is not None for row in stops)
    title = ngettext(
        "{region}, onsite review of {year}: {count} stop, {placed} of them with a known place",
        "{region}, onsite review of {year}: {count} stops, {placed} of them with a known place",
        len(stops),
    ).format(region=label("region", region), year=year, count=len(stops), placed=placed)
    order = ", ".join(f"{row['seq']}. {record_text(row['item'])}" for row in stops)
    return Chart(title, figure, f"{title}. {order}")


def _draw_city(figure: go.Figure, region: str, sites: Rows) -> None:
    """Known sites in kilometres east and north of their middle (equirectangular), and a scale."""
    figure.add_shape(
        type="rect",
        x0=-9,
        x1=9,
        y0=-_HALF_HEIGHT,
        y1=_HALF_HEIGHT,
        line={"color": OTHER, "width": 1},
    )
    _text(figure, -8.6, _HALF_HEIGHT - 0.8, label("region", region), "left", 15)
    if sites:
        middle_lat = (min(row["lat"] for row in sites) + max(row["lat"] for row in sites)) / 2
        middle_lon = (min(row["lon"] for row in sites) + max(row["lon"] for row in sites)) / 2
        shrink = math.cos(math.radians(middle_lat))
        for row in sorted(sites, key=lambda row: row["lon"]):
            x = (row["lon"] - middle_lon) * _KM_PER_DEGREE * shrink
            y = (row["lat"] - middle_lat) * _KM_PER_DEGREE
            is_stop = row["role"] == "stop"
            figure.add_trace(
                go.Scatter(
                    x=[x],
                    y=[y],
                    mode="markers",
                    marker={
                        "size": 12,
                        "color": SUBJECT if is_stop else OTHER,
                        "symbol": "circle" if is_stop else "square-open",
                        "line": {"width": 2},
                    },
                    hovertemplate=f"{_name(row)}<extra></extra>",
                )
            )
            # Sites to the east are named above, those to the west below: neighbours keep apart.
            is_above = x > 0
            figure.add_annotation(
                x=x,
                y=y,
                text="<br>".join(wrapped(_name(row), _NAME_PIXELS, _LETTERS, SCREEN)),
                yanchor="bottom" if is_above else "top",
                yshift=10 if is_above else -10,
                showarrow=False,
                font={"size": _LETTERS},
            )
    figure.add_shape(
        type="line",
        x0=-8.4,
        x1=-3.4,
        y0=-_HALF_HEIGHT + 0.7,
        y1=-_HALF_HEIGHT + 0.7,
        line={"color": OTHER, "width": 3},
    )
    _text(figure, -3, -_HALF_HEIGHT + 0.7, _("5 km"), "left", 13)
    _text(figure, -9, _HALF_HEIGHT + 0.8, _("Known sites, to scale"), "left", 14)


def _draw_stops(figure: go.Figure, stops: Rows) -> None:
    step = 2 * _HALF_HEIGHT / len(stops)
    heights = [_HALF_HEIGHT - step * (place + 0.5) for place in range(len(stops))]
    figure.add_trace(
        go.Scatter(
            x=[_ROUTE_LEFT] * len(stops),
            y=heights,
            mode="lines+markers+text",
            line={"color": SUBJECT, "width": 2, "dash": "dot"},
            marker={"size": 30, "color": SUBJECT, "symbol": "circle"},
            text=[str(row["seq"]) for row in stops],
            textfont={"color": "#ffffff", "size": 15},
            hovertext=[_name(row) for row in stops],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    for row, height in zip(stops, heights, strict=True):
        remark = "" if row["lat"] is not None else "<br>" + _("place not in the record")
        _text(figure, _ROUTE_LEFT + 1.6, height, f"<b>{_name(row)}</b>{remark}", "left", 14)
    _text(
        figure,
        _ROUTE_LEFT - 1,
        _HALF_HEIGHT + 0.8,
        _("Order of the stops, not to scale"),
        "left",
        14,
    )


def _text(figure: go.Figure, x: float, y: float, text: str, anchor: str, size: int) -> None:
    figure.add_annotation(
        x=x, y=y, text=text, xanchor=anchor, align=anchor, showarrow=False, font={"size": size}
    )


def _name(row: Row) -> str:
    """A stop as its source names it, a site by its own name."""
    if row["role"] == "stop":
        return record_text(row["item"])
    return str(row["title_ko"] if language() == "ko" and row["title_ko"] else row["title"])
