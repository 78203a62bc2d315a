"""Scores of a composite that the reader made."""

import plotly.graph_objects as go

from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows, bare_figure
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text


def composite_chart(subject: str, year: int, rows: Rows, region_count: int) -> Chart:
    """Bars in order of rank, the region in question picked out.

    Args:
        subject: code of the region in question.
        year: the year of the figures.
        rows: region (str), rank (int), score (float, 0 to 100); best first, at least one.
        region_count: how many regions there are, those without a score too.
    """
    figure = bare_figure(60 + 34 * len(rows))
    names = [f"{row['rank']}  {label('region', row['region'])}" for row in rows]
    scores = [number_text(row["score"], 1) for row in rows]
    figure.add_trace(
        go.Bar(
            x=[row["score"] for row in rows],
            y=names,
            orientation="h",
            marker={"color": [SUBJECT if row["region"] == subject else OTHER for row in rows]},
            text=scores,
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    figure.update_xaxes(visible=False, range=[0, 115])
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"size": 14})
    title = _finding(subject, year, rows, region_count)
    bars = ", ".join(f"{name} {score}" for name, score in zip(names, scores, strict=True))
    return Chart(title, figure, f"{title}. {bars}")


def _finding(subject: str, year: int, rows: Rows, region_count: int) -> str:
    """Who is first, and the place of the region in question among those that have a score."""
    first = [row for row in rows if row["rank"] == 1]
    said = _("Sandbox {year}: {regions} first with {score} of 100 points").format(
        year=year,
        regions=", ".join(label("region", row["region"]) for row in first),
        score=number_text(first[0]["score"], 1),
    )
    said += (
        _(", of all {all} regions")
        if len(rows) == region_count
        else _(", of the {count} regions with all figures (no rank among all {all})")
    ).format(count=len(rows), all=region_count)
    mine = next((row for row in rows if row["region"] == subject), None)
    region = label("region", subject)
    if mine is None:
        return said + _("; {region} is left out, since figures are missing").format(region=region)
    if mine["rank"] == 1:
        return said
    return said + _("; {region} rank {rank}").format(region=region, rank=mine["rank"])
