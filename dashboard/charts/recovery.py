"""How far a region and Korea came back to a former year, which is 100."""

from typing import Any

import plotly.graph_objects as go

from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows, bare_figure, label_room
from dashboard.i18n import figure_text, label, number_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import approximated, is_doubtful


def recovery_chart(subject: str, base: int, rows: Rows) -> Chart:
    """Lines of the region and of Korea; a gap in the data is a gap in the line.

    Args:
        subject: code of the region in question.
        base: the former year.
        rows: answer to `recovery`.
    """
    figure = bare_figure(340)
    figure.add_hline(y=100, line={"color": OTHER, "width": 1, "dash": "dot"})
    for region in dict.fromkeys(row["region"] for row in reversed(rows)):
        found = [row for row in rows if row["region"] == region]
        _add_line(figure, region, found, SUBJECT if region == subject else OTHER)
    names = [label("region", region) for region in {row["region"] for row in rows}]
    figure.update_layout(margin_r=label_room(names))
    figure.update_xaxes(
        tickformat="d",
        tick0=base,
        dtick=2,
        tickangle=0,
        range=[base - 0.4, rows[-1]["year"] + 0.4],
        showgrid=False,
    )
    figure.update_yaxes(
        rangemode="tozero",
        title={"text": _("{year} = 100").format(year=base)},
        tickformat=",",
        nticks=6,
    )
    title = _finding(subject, base, rows)
    points = ", ".join(
        f"{label('region', row['region'])} {row['year']} {_index(row)}" for row in rows
    )
    return Chart(title, figure, f"{title}. {points}")


def _add_line(figure: go.Figure, region: str, rows: Rows, colour: str) -> None:
    name = label("region", region)
    figure.add_trace(
        go.Scatter(
            x=[row["year"] for row in rows],
            y=[row["index_pct"] for row in rows],
            mode="lines+markers",
            connectgaps=False,
            name=name,
            line={"color": colour, "width": 3 if colour == SUBJECT else 2},
            marker={
                "size": 9,
                "color": colour,
                "symbol": [
                    "circle-open" if is_doubtful(row["evidence"]) else "circle" for row in rows
                ],
                "line": {"width": 2, "color": colour},
            },
            customdata=[
                (
                    _index(row),
                    figure_text(row, unit="persons"),
                    label("evidence", row["evidence"]),
                )
                for row in rows
            ],
            hovertemplate="%{x}: %{customdata[0]} · %{customdata[1]} (%{customdata[2]})",
        )
    )
    known = [row for row in rows if row["index_pct"] is not None]
    if known:
        figure.add_annotation(
            x=known[-1]["year"],
            y=known[-1]["index_pct"],
            text=name,
            xanchor="left",
            xshift=8,
            showarrow=False,
            font={"color": colour, "size": 14},
        )


def _index(row: dict[str, Any]) -> str:
    if row["index_pct"] is None:
        return label("evidence", "no data")
    return approximated(number_text(row["index_pct"]), row["is_approximate"])


def _finding(subject: str, base: int, rows: Rows) -> str:
    """The latest index of the region, and Korea's of the same year."""
    region = label("region", subject)
    mine = [row for row in rows if row["region"] == subject and row["index_pct"] is not None]
    if not mine:
        return _("{region}: no index, since the record has no figure of {base}").format(
            region=region, base=base
        )
    last = mine[-1]
    said = {
        "region": region,
        "year": last["year"],
        "base": base,
        "index": _index(last),
        "value": figure_text(last, unit="persons"),
    }
    if last["year"] == base:
        return _("{region}: the record has no figure after {base} to measure recovery by").format(
            region=region, base=base
        )
    korea = next(
        (
            row
            for row in rows
            if row["region"] == "KR" and row["year"] == last["year"] and subject != "KR"
        ),
        None,
    )
    if korea is None or korea["index_pct"] is None:
        return _("{region} {year}: {index} against {base} = 100 ({value})").format(**said)
    return _(
        "{region} {year}: {index} against {base} = 100 ({value}), Korea {korea} in the same year"
    ).format(**said, korea=_index(korea))
