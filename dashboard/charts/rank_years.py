"""Ranks over the years: where each region stood among those with a figure in that year."""

from collections import defaultdict
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.chart import SUBJECT, Chart, Rows, bare_figure
from dashboard.content.findings import rank_clause
from dashboard.i18n import figure_text, label, ngettext
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import is_doubtful

_OTHER = "#6d7882"
"""Gray 50: white text on it keeps 4.5:1."""
_FEW_YEARS = 10
"""Up to so many years the marks are large, and every unbroken line has its label."""
_LABEL_WIDTH = 88
"""Margin for the labels at the last year, in pixels."""

_Places = dict[tuple[str, int], int]


def rank_years_chart(subject: str, name: str, rows: Rows, is_comparable: bool) -> Chart:
    """One line of rank marks per region; regions with equal ranks stand below each other.

    Args:
        subject: code of the region in question.
        name: name of the metric.
        rows: answer to `ranking_years`.
        is_comparable: whether years may be compared; where not, no lines join them.
    """
    places = _places(rows)
    most = max(places.values(), default=1)
    years = sorted({row["year"] for row in rows})
    figure = bare_figure(120 + 36 * most)
    regions = sorted({row["region"] for row in rows}, key=lambda region: region == subject)
    for region in regions:
        line = [row for row in rows if row["region"] == region]
        _add_region(figure, line, places, region == subject, is_comparable, len(years))
    of_count = {row["year"]: row["of_count"] for row in rows}
    is_roomy = len(years) <= _FEW_YEARS
    figure.update_layout(margin_r=_LABEL_WIDTH)
    figure.update_xaxes(
        tickvals=years,
        ticktext=[
            f"{year}<br>{of_count[year]}" if is_roomy else f"{year} ({of_count[year]})"
            for year in years
        ],
        title={"text": _("Year and regions with a figure")},
        tickangle=0 if is_roomy else None,
        range=[years[0] - 0.4, years[-1] + 0.4] if years else None,
        showgrid=False,
        zeroline=False,
    )
    figure.update_yaxes(visible=False, range=[most + 0.8, 0.2])
    own = [row for row in rows if row["region"] == subject]
    title = _finding(subject, name, own, is_comparable)
    return Chart(title, figure, f"{title}. {_in_words(rows, years)}")


def _places(rows: Rows) -> _Places:
    """Place of a mark from the top: its rank, and one further down for each equal before it."""
    taken: dict[int, int] = defaultdict(int)
    places = {}
    for row in rows:
        if row["rank"] is not None:
            taken[row["year"]] += 1
            places[row["region"], row["year"]] = taken[row["year"]]
    return places


def _add_region(
    figure: go.Figure,
    rows: Rows,
    places: _Places,
    is_subject: bool,
    is_comparable: bool,
    year_count: int,
) -> None:
    colour = SUBJECT if is_subject else _OTHER
    region = rows[0]["region"]
    if is_comparable:
        figure.add_trace(
            go.Scatter(
                x=[row["year"] for row in rows],
                y=[places.get((region, row["year"])) for row in rows],
                mode="lines",
                connectgaps=False,
                line={"color": colour, "width": 4 if is_subject else 1.5},
                hoverinfo="skip",
            )
        )
    known = [row for row in rows if row["rank"] is not None]
    for is_hollow in (False, True):
        marks = [row for row in known if is_doubtful(row["evidence"]) is is_hollow]
        if marks:
            _add_marks(figure, marks, places, colour, is_hollow, year_count)
    for row in _ends_of_runs(rows) if year_count <= _FEW_YEARS else known[-1:]:
        is_at_the_end = row is rows[-1]
        figure.add_annotation(
            x=row["year"],
            y=places[region, row["year"]],
            text=label("region", region),
            xanchor="left",
            xshift=12,
            yshift=0 if is_at_the_end else 9,
            showarrow=False,
            font={"size": 14 if is_at_the_end else 11} | ({"color": SUBJECT} if is_subject else {}),
        )


def _ends_of_runs(rows: Rows) -> list[dict[str, Any]]:
    """The last ranked row of each unbroken run of years."""
    nexts = [*rows[1:], {"rank": None}]
    return [
        row
        for row, following in zip(rows, nexts, strict=True)
        if row["rank"] is not None and following["rank"] is None
    ]


def _add_marks(
    figure: go.Figure, marks: Rows, places: _Places, colour: str, is_hollow: bool, year_count: int
) -> None:
    """Rank marks: filled circles, or open squares where the figure is not firm."""
    is_large = year_count <= _FEW_YEARS
    figure.add_trace(
        go.Scatter(
            x=[row["year"] for row in marks],
            y=[places[row["region"], row["year"]] for row in marks],
            mode="markers+text",
            text=[str(row["rank"]) for row in marks],
            textfont={
                "size": 13 if is_large else 10,
                "color": "#1e2124" if is_hollow else "#ffffff",
            },
            marker={
                "size": 22 if is_large else 16,
                "color": "#ffffff" if is_hollow else colour,
                "symbol": "square" if is_hollow else "circle",
                "line": {"width": 2, "color": colour},
                "opacity": 1,
            },
            customdata=[_hover(row) for row in marks],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )


def _hover(row: dict[str, Any]) -> str:
    return _("{region} {year}: {value}, {rank}, {evidence}").format(
        region=label("region", row["region"]),
        year=row["year"],
        value=figure_text(row),
        rank=rank_clause(row),
        evidence=label("evidence", row["evidence"]),
    )


def _finding(subject: str, name: str, own: Rows, is_comparable: bool) -> str:
    """Last and first rank of the region in question, each with what it means among all."""
    region = label("region", subject)
    known = [row for row in own if row["rank"] is not None]
    if not known:
        return _("{region}: no rank by “{name}” in these years").format(region=region, name=name)
    last, first = known[-1], known[0]
    said = _("{region} {year}: {rank}").format(
        region=region, year=last["year"], rank=rank_clause(last)
    )
    if first is last or not is_comparable:
        return said
    return said + _("; {year}: {rank}").format(year=first["year"], rank=rank_clause(first))


def _in_words(rows: Rows, years: list[int]) -> str:
    lines = []
    for year in years:
        ranked = [row for row in rows if row["year"] == year and row["rank"] is not None]
        if not ranked:
            lines.append(f"{year}: {label('evidence', 'no data')}")
            continue
        sentence = ngettext(
            "{year}, {count} region with a figure: {names}",
            "{year}, {count} regions with figures: {names}",
            len(ranked),
        )
        names = ", ".join(f"{row['rank']} {label('region', row['region'])}" for row in ranked)
        lines.append(sentence.format(year=year, count=len(ranked), names=names))
    return "; ".join(lines)
