"""Where a region stands among those with a figure."""

import plotly.graph_objects as go

from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows, bare_figure
from dashboard.content.findings import place_of, ranking_finding
from dashboard.i18n import figure_text, label


def ranking_chart(subject: str, year: int, ranking: Rows) -> Chart:
    """Bars in order of rank, the region in question picked out.

    Args:
        subject: code of the region in question.
        year: the year of the figures.
        ranking: region (str), value (float), unit (str), evidence (str), rank, of_count,
            rank_best, rank_worst, region_count (int); best first; may be empty.
    """
    figure = bare_figure(70 + 34 * max(len(ranking), 1))
    names = [f"{place_of(row)}  {label('region', row['region'])}" for row in ranking]
    values = [figure_text(row, with_sign=True) for row in ranking]
    figure.add_trace(
        go.Bar(
            x=[row["value"] for row in ranking],
            y=names,
            orientation="h",
            marker={"color": [SUBJECT if row["region"] == subject else OTHER for row in ranking]},
            text=values,
            textposition="outside",
            cliponaxis=False,
            customdata=[label("evidence", row["evidence"]) for row in ranking],
            hovertemplate="%{y}: %{text} (%{customdata})<extra></extra>",
        )
    )
    greatest = max((row["value"] for row in ranking), default=1)
    figure.update_xaxes(visible=False, range=[0, greatest * 1.35])
    figure.update_yaxes(autorange="reversed", showgrid=False)
    title = ranking_finding(subject, year, ranking)
    bars = ", ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))
    return Chart(title, figure, f"{title}. {bars}")
