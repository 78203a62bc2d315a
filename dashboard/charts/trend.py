"""A metric over the years; a gap in the data is a gap in the line."""

import plotly.graph_objects as go

from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows, bare_figure, label_room
from dashboard.content.findings import trend_finding
from dashboard.i18n import figure_text, label
from dashboard.i18n.evidence import is_doubtful


def trend_chart(name: str, subject: str, rows: Rows) -> Chart:
    """The line of a region, and of others for comparison.

    Args:
        name: name of the metric.
        subject: code of the region in question.
        rows: region (str), year (int), value (float or None), unit (str), evidence (str),
            is_approximate (bool); one row for every region and year, in order of years.
    """
    figure = bare_figure(340)
    others = dict.fromkeys(row["region"] for row in rows if row["region"] != subject)
    for other in others:
        _add_line(figure, other, [row for row in rows if row["region"] == other], OTHER)
    trend = [row for row in rows if row["region"] == subject]
    _add_line(figure, subject, trend, SUBJECT)
    figure.update_xaxes(
        nticks=6,
        tickformat="d",
        tickangle=0,
        range=[trend[0]["year"] - 0.5, trend[-1]["year"] + 0.5],
        showgrid=False,
    )
    names = [label("region", region) for region in (subject, *others)]
    figure.update_layout(margin_r=label_room(names))
    units = [row["unit"] for row in trend if row["unit"]]
    unit = label("unit", units[0]) if units else ""
    figure.update_yaxes(rangemode="tozero", title={"text": unit}, tickformat=",", nticks=6)
    title = trend_finding(name, subject, trend)
    points = ", ".join(f"{row['year']} {figure_text(row, with_sign=True)}" for row in trend)
    return Chart(title, figure, f"{title}. {points}")


def _add_line(figure: go.Figure, region: str, trend: Rows, colour: str) -> None:
    figure.add_trace(
        go.Scatter(
            x=[row["year"] for row in trend],
            y=[row["value"] for row in trend],
            mode="lines+markers",
            connectgaps=False,
            name=label("region", region),
            line={"color": colour, "width": 3 if colour == SUBJECT else 2},
            marker={
                "size": 9,
                "color": colour,
                "symbol": [
                    "circle-open" if is_doubtful(row["evidence"]) else "circle" for row in trend
                ],
                "line": {"width": 2, "color": colour},
            },
            customdata=[(figure_text(row), label("evidence", row["evidence"])) for row in trend],
            hovertemplate="%{x}: %{customdata[0]} (%{customdata[1]})",
        )
    )
    known = [row for row in trend if row["value"] is not None]
    if known:
        figure.add_annotation(
            x=known[-1]["year"],
            y=known[-1]["value"],
            text=label("region", region),
            xanchor="left",
            xshift=8,
            showarrow=False,
            font={"color": colour, "size": 14},
        )
