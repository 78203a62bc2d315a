"""Patients from one country: Korea above, its cities and provinces below, each on its own scale."""

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows, bare_figure
from dashboard.i18n import country_text, figure_text, label, ngettext
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import is_doubtful

_NATION = "KR"
_SYMBOLS = (
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "triangle-down",
    "star",
    "hexagon",
    "pentagon",
)
_DASHES = ("solid", "dash", "dot", "dashdot")


def country_patients_chart(country: str, subject: str, rows: Rows) -> Chart:
    """A line per region; gaps in the data are gaps in the line.

    Args:
        country: ISO 3166-1 alpha-2 code of the country of origin.
        subject: code of the region in question, drawn in the product's colour.
        rows: answer to `country_patients`: region, year, value (None where there is none), unit,
            evidence, is_approximate; at least one.
    """
    regions = list(dict.fromkeys(row["region"] for row in rows))
    parts = [
        part
        for part in (
            [name for name in regions if name == _NATION],
            [name for name in regions if name != _NATION],
        )
        if part
    ]
    figure = make_subplots(rows=len(parts), cols=1, shared_xaxes=True, vertical_spacing=0.08)
    figure.update_layout(bare_figure(230 * len(parts) + 40).layout)
    for place, part in enumerate(parts, 1):
        for order, region in enumerate(part):
            trend = [row for row in rows if row["region"] == region]
            is_subject = region in (subject, _NATION)
            _add_line(
                figure,
                place,
                trend,
                SUBJECT if is_subject else OTHER,
                (_SYMBOLS[order % len(_SYMBOLS)], _DASHES[order % len(_DASHES)]),
            )
        figure.update_yaxes(
            rangemode="tozero",
            tickformat=",",
            nticks=5,
            title={"text": label("unit", "persons")},
            row=place,
            col=1,
        )
    years = [row["year"] for row in rows]
    figure.update_xaxes(
        tickformat="d",
        nticks=8,
        tickangle=0,
        showgrid=False,
        fixedrange=True,
        range=[min(years) - 0.5, max(years) + 0.5],
    )
    figure.update_yaxes(fixedrange=True, automargin=True)
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": -0.08, "x": 0})
    for place, part in enumerate(parts, 1):
        figure.add_annotation(
            text=label("region", _NATION) if part == [_NATION] else _("Cities and provinces"),
            x=0,
            y=1.04,
            xref="x domain",
            yref="y domain",
            xanchor="left",
            showarrow=False,
            font={"size": 14},
            row=place,
            col=1,
        )
    title = _finding(country, rows)
    points = "; ".join(
        f"{label('region', region)}: "
        + ", ".join(f"{row['year']} {figure_text(row)}" for row in rows if row["region"] == region)
        for region in regions
    )
    return Chart(title, figure, f"{title}. {points}")


def _add_line(
    figure: go.Figure, place: int, trend: Rows, colour: str, style: tuple[str, str]
) -> None:
    symbol, dash = style
    name = label("region", trend[0]["region"])
    figure.add_trace(
        go.Scatter(
            x=[row["year"] for row in trend],
            y=[row["value"] for row in trend],
            mode="lines+markers",
            connectgaps=False,
            line={"color": colour, "width": 3 if colour == SUBJECT else 2, "dash": dash},
            marker={
                "size": 9,
                "color": colour,
                "symbol": [
                    f"{symbol}-open" if is_doubtful(row["evidence"]) else symbol for row in trend
                ],
                "line": {"width": 2, "color": colour},
            },
            customdata=[(figure_text(row), label("evidence", row["evidence"])) for row in trend],
            name=name,
            showlegend=place > 1 or trend[0]["region"] != _NATION,
            hovertemplate=f"{name} %{{x}}: %{{customdata[0]}} (%{{customdata[1]}})<extra></extra>",
        ),
        row=place,
        col=1,
    )


def _finding(country: str, rows: Rows) -> str:
    """The last figure of Korea, or of the region with the most years where Korea has none."""
    known = [row for row in rows if row["region"] == rows[0]["region"] and row["value"] is not None]
    return ngettext(
        "Patients from {country}: {region} {value} in {year}, {count} year with a figure",
        "Patients from {country}: {region} {value} in {year}, {count} years with figures",
        len(known),
    ).format(
        country=country_text(country),
        region=label("region", known[-1]["region"]),
        value=figure_text(known[-1]),
        year=known[-1]["year"],
        count=len(known),
    )
