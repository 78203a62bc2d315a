"""One metric of several regions over the years, on one scale."""

from collections import Counter
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows, bare_figure
from dashboard.i18n import figure_text, label, ngettext
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import is_doubtful

Row = dict[str, Any]

_HEIGHT = 380
_STYLES = (
    ("circle", "solid", SUBJECT),
    ("square", "dash", OTHER),
    ("diamond", "dot", OTHER),
)
"""Mark, line and colour of the first, second and third region: never told by colour alone."""
_LABEL_HEIGHT = 18


def region_trends_chart(name: str, rows: Rows, year: int) -> Chart:
    """A line per region; gaps in the data are gaps in the line.

    Args:
        name: name of the metric.
        rows: region (str), year (int), value (float or None), unit (str), evidence (str),
            is_approximate, is_lower_bound (bool); a row for every region and year, regions in
            their order, then years; at least one.
        year: the year that the page compares; a line marks it.
    """
    figure = bare_figure(_HEIGHT)
    regions = list(dict.fromkeys(row["region"] for row in rows))
    ends: list[tuple[float, Row]] = []
    for region, style in zip(regions, _STYLES, strict=False):
        trend = [row for row in rows if row["region"] == region]
        _add_line(figure, region, trend, *style)
        known = [row for row in trend if row["value"] is not None]
        if known:
            ends.append((known[-1]["value"], known[-1]))
    _add_labels(figure, ends, max((row["value"] or 0 for row in rows), default=0) or 1)
    first, last = rows[0]["year"], rows[-1]["year"]
    if first <= year <= last:
        figure.add_vline(x=year, line={"color": OTHER, "width": 1, "dash": "dot"})
    figure.update_xaxes(
        nticks=8, tickformat="d", tickangle=0, range=[first - 0.5, last + 2.5], showgrid=False
    )
    units = [row["unit"] for row in rows if row["unit"]]
    unit = label("unit", units[0]) if units else ""
    figure.update_yaxes(rangemode="tozero", title={"text": unit}, nticks=6, tickformat=",")
    title = _finding(name, regions, rows)
    points = "; ".join(
        f"{label('region', region)}: "
        + ", ".join(f"{row['year']} {figure_text(row)}" for row in rows if row["region"] == region)
        for region in regions
    )
    return Chart(title, figure, f"{title}. {points}")


def _add_line(
    figure: go.Figure, region: str, trend: Rows, symbol: str, dash: str, colour: str
) -> None:
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
            hovertext=[
                f"{label('region', region)} {row['year']}: {figure_text(row)} "
                f"({label('evidence', row['evidence'])})"
                for row in trend
            ],
            hoverinfo="text",
            cliponaxis=False,
        )
    )


def _add_labels(figure: go.Figure, ends: list[tuple[float, Row]], greatest: float) -> None:
    """The regions' names at the ends of their lines, pushed apart where they would overlap."""
    pixels = (_HEIGHT - 60) / greatest
    taken = float("-inf")
    for value, row in sorted(ends, key=lambda end: end[0]):
        place = max(value * pixels, taken + _LABEL_HEIGHT)
        taken = place
        figure.add_annotation(
            x=row["year"],
            y=value,
            text=label("region", row["region"]),
            xanchor="left",
            yanchor="middle",
            xshift=9,
            yshift=place - value * pixels,
            showarrow=False,
            font={"size": 14},
        )


def _finding(name: str, regions: list[str], rows: Rows) -> str:
    """In how many of the years with figures for all each region has the greatest value."""
    values: dict[int, dict[str, float]] = {}
    unsure = set()
    for row in rows:
        if row["value"] is not None:
            values.setdefault(row["year"], {})[row["region"]] = row["value"]
            if is_doubtful(row["evidence"]):
                unsure.add(row["year"])
    shared = [year for year, found in values.items() if len(found) == len(regions)]
    common = [values[year] for year in shared]
    names = ", ".join(label("region", region) for region in regions)
    if not common:
        return _("{name}: no year with figures for all of {regions}").format(
            name=name, regions=names
        )
    if len(regions) == 1:
        return ngettext(
            "{name}: {region}, {count} year with a figure",
            "{name}: {region}, {count} years with figures",
            len(common),
        ).format(name=name, region=names, count=len(common))
    greatest = Counter(
        region for found in common for region in found if found[region] == max(found.values())
    )
    counts = ", ".join(
        _("{region} in {count}").format(region=label("region", region), count=greatest[region])
        for region in regions
        if greatest[region]
    )
    sentence = ngettext(
        "{name}: in the {common} year with figures for each of the {regions} compared regions, "
        "greatest: {counts}",
        "{name}: of the {common} years with figures for each of the {regions} compared regions, "
        "greatest: {counts}",
        len(common),
    ).format(name=name, common=len(common), regions=len(regions), counts=counts)
    doubtful = len(unsure.intersection(shared))
    if not doubtful:
        return sentence
    return _(
        "{sentence} ({count} of them with a contested, approximate, provisional or "
        "self-reported figure)"
    ).format(sentence=sentence, count=doubtful)
