"""Promotion centres: what was said against what the record can show."""

from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows, bare_figure
from dashboard.i18n import date_text, label, number_text
from dashboard.i18n import gettext as _

_NEAR = timedelta(days=100)
"""Totals of so few days apart would be written on each other."""


def centre_totals_chart(region: str, rows: Rows) -> Chart:
    """Printed totals as points, the centres the record can name as a rising step.

    Args:
        region: code of the region.
        rows: answer to `centre_totals_named`: date_on (str), stated_count and
            stated_country_count (float or None), is_plan (bool), named_count,
            named_country_count, seen_count (int); in order of dates; at least one.
    """
    figure = bare_figure(380)
    figure.add_trace(
        go.Scatter(
            x=[row["date_on"] for row in rows],
            y=[row["named_count"] for row in rows],
            mode="lines",
            line={"color": OTHER, "width": 2, "shape": "hv"},
            hovertemplate="%{x}: %{y}<extra></extra>",
        )
    )
    stated = [row for row in rows if row["stated_count"] is not None]
    counted = [row for row in stated if not row["is_plan"]]
    figure.add_trace(
        go.Scatter(
            x=[row["date_on"] for row in counted],
            y=[row["stated_count"] for row in counted],
            mode="lines",
            line={"color": SUBJECT, "width": 2, "dash": "dot"},
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[row["date_on"] for row in stated],
            y=[row["stated_count"] for row in stated],
            mode="markers+text",
            marker={
                "size": 11,
                "color": SUBJECT,
                "symbol": ["circle-open" if row["is_plan"] else "circle" for row in stated],
                "line": {"width": 2, "color": SUBJECT},
            },
            text=[number_text(row["stated_count"]) for row in stated],
            textposition=_sides(stated),
            textfont={"color": SUBJECT, "size": 15},
            customdata=[_remark(row) for row in stated],
            hovertemplate="%{x}: %{y} (%{customdata})<extra></extra>",
            cliponaxis=False,
        )
    )
    figure.update_xaxes(type="date", tickformat="%Y", dtick="M12", tickangle=0, showgrid=False)
    figure.update_yaxes(rangemode="tozero", title={"text": label("unit", "centres")}, nticks=6)
    _name_line(figure, rows[0]["date_on"], 0.95, "● " + _("stated total (○ a plan)"), SUBJECT)
    _name_line(
        figure,
        rows[0]["date_on"],
        0.86,
        "— " + _("opened by then, as far as the record can name"),
        OTHER,
    )
    title = _finding(region, rows, counted)
    points = "; ".join(_in_words(row) for row in stated)
    return Chart(title, figure, f"{title}. {points}")


def _name_line(figure: go.Figure, x: str, y: float, text: str, colour: str) -> None:
    figure.add_annotation(
        x=x,
        y=y,
        yref="paper",
        text=text,
        xanchor="left",
        showarrow=False,
        font={"color": colour, "size": 14},
    )


def _sides(stated: Rows) -> list[str]:
    """A total above the named line is written above it, one below it below; neighbours part."""
    days = [date.fromisoformat(row["date_on"]) for row in stated]
    sides = []
    for place, row in enumerate(stated):
        height = "top" if row["stated_count"] >= row["named_count"] else "bottom"
        follows = place > 0 and days[place] - days[place - 1] < _NEAR
        leads = place + 1 < len(days) and days[place + 1] - days[place] < _NEAR
        sides.append(f"{height} {'right' if follows else 'left' if leads else 'center'}")
    return sides


def _remark(row: dict[str, Any]) -> str:
    return _("a plan") if row["is_plan"] else _("stated total")


def _finding(region: str, rows: Rows, counted: Rows) -> str:
    name = label("region", region)
    if not counted:
        return _("{region}: {named} centres can be named, no total was stated").format(
            region=name, named=number_text(rows[-1]["named_count"])
        )
    return _(
        "{region}: {stated} centres were stated; {named} openings can be named by the same dates"
    ).format(
        region=name,
        stated=", ".join(number_text(row["stated_count"]) for row in counted),
        named=", ".join(number_text(row["named_count"]) for row in counted),
    )


def _in_words(row: dict[str, Any]) -> str:
    return _("{date}: stated {stated} ({remark}), named {named}").format(
        date=date_text(row["date_on"]),
        stated=number_text(row["stated_count"]),
        remark=_remark(row),
        named=number_text(row["named_count"]),
    )
