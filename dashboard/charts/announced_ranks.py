"""Ranks as they were announced or printed: facts with a source, apart from computed ones."""

from typing import Any

import plotly.graph_objects as go

from dashboard.charts.chart import SUBJECT, Chart, Rows, bare_figure
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text, quantity_text
from dashboard.i18n.evidence import is_doubtful

_OTHER = "#6d7882"


def announced_ranks_chart(subject: str, rows: Rows, first_year: int, last_year: int) -> Chart:
    """A diamond with its rank for each region and year; no lines, since years are no series.

    Args:
        subject: code of the region in question.
        rows: answer to `announced_ranks`, at least one row.
        first_year: the first year shown.
        last_year: the last year shown.
    """
    regions = sorted(
        {row["region"] for row in rows}, key=lambda region: (region != subject, region)
    )
    names = [label("region", region) for region in regions]
    figure = bare_figure(80 + 40 * len(regions))
    for is_hollow in (False, True):
        marks = [row for row in _by_year(rows) if is_doubtful(row["evidence"]) is is_hollow]
        colours = [SUBJECT if row["region"] == subject else _OTHER for row in marks]
        figure.add_trace(
            go.Scatter(
                x=[row["year"] for row in marks],
                y=[label("region", row["region"]) for row in marks],
                mode="markers+text",
                text=[row["ranks"] for row in marks],
                textfont={"size": 13, "color": "#1e2124" if is_hollow else "#ffffff"},
                marker={
                    "size": 24,
                    "symbol": "diamond",
                    "color": "#ffffff" if is_hollow else colours,
                    "line": {"width": 2, "color": colours},
                    "opacity": 1,
                },
                customdata=[label("evidence", row["evidence"]) for row in marks],
                hovertemplate="%{y} %{x}: %{text} (%{customdata})<extra></extra>",
            )
        )
    years = list(range(first_year, last_year + 1))
    figure.update_xaxes(
        tickvals=years, tickformat="d", range=[first_year - 0.6, last_year + 0.6], showgrid=False
    )
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=names,
        range=[len(regions) - 0.4, -0.6],
        tickfont={"size": 14},
    )
    title = _finding(subject, rows)
    words = ", ".join(
        f"{row['year']} {label('region', row['region'])} "
        f"{quantity_text(row['announced_rank'], 'rank')}"
        for row in rows
    )
    return Chart(title, figure, f"{title}. {words}")


def _by_year(rows: Rows) -> Rows:
    """One mark per region and year: the ranks in several programmes stand in it side by side."""
    marks: dict[tuple[str, int], dict[str, Any]] = {}
    for row in rows:
        place = (row["region"], row["year"])
        rank = number_text(row["announced_rank"])
        before = marks.get(place)
        marks[place] = {**row, "ranks": f"{before['ranks']}·{rank}" if before else rank}
    return tuple(marks.values())


def _finding(subject: str, rows: Rows) -> str:
    region = label("region", subject)
    mine = [row for row in rows if row["region"] == subject]
    if not mine:
        others = dict.fromkeys(label("region", row["region"]) for row in rows)
        return _("{region}: no announced rank in these years (there are some for {others})").format(
            region=region, others=", ".join(others)
        )
    said = ", ".join(
        _("{value} in {year}").format(
            year=row["year"], value=quantity_text(row["announced_rank"], "rank")
        )
        for row in mine
    )
    return _("{region}, as printed by sources: {ranks}").format(region=region, ranks=said)
