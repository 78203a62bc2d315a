"""Events along time: a lane per type, a shape per status."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows, bare_figure
from dashboard.content.superlatives import figure_range, superlative
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext, place_text, record_text, span_text

Row = dict[str, Any]

_STATUSES = {
    "held": ("circle", SUBJECT),
    "planned": ("diamond-open", OTHER),
    "unknown": ("square-open", OTHER),
}
"""Status → sign and colour; what did not surely happen is hollow."""
_ROW_HEIGHT = 20
_LABEL_ROWS = 1.3
"""Room for the name of a lane, in rows."""
_CLOSEST = 0.016
"""Events nearer than this part of the whole span are drawn in two rows of their lane."""


def event_timeline(rows: Rows) -> Chart:
    """Every dated event as a point in the lane of its type, with its span where it is long.

    A date known to the month or year only stands in the middle of it, with a line over all of it.

    Args:
        rows: event_id, event_type, title, event_status (str), start_on, end_on, earliest_on,
            latest_on, city, country (str or None), year (int or None); may be empty.
    """
    dated = sorted(
        (row for row in rows if row["earliest_on"]),
        key=lambda row: (row["earliest_on"], row["event_id"]),
    )
    title = _finding(rows, dated)
    if not dated:
        return Chart(title, bare_figure(80), title)
    lanes = _lanes(dated)
    heights, names = _placed(lanes, _days(dated))
    depth = max(heights.values()) + 1
    figure = bare_figure(round(90 + _ROW_HEIGHT * depth))
    _add_lines(figure, dated, heights)
    for status in dict.fromkeys([*_STATUSES, *(str(row["event_status"]) for row in dated)]):
        found = [row for row in dated if row["event_status"] == status]
        if found:
            _add_points(figure, status, found, heights)
    for name, height in names.items():
        figure.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            y=height,
            text=f"<b>{label('event_type', name)}</b> {len(lanes[name])}",
            showarrow=False,
            font={"size": 13},
        )
        figure.add_hline(y=height - 0.65, line={"color": OTHER, "width": 0.5}, opacity=0.5)
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1, "x": 0, "xanchor": "left"},
        margin={"l": 4, "r": 8, "t": 40, "b": 8},
        clickmode="event+select",
    )
    figure.update_yaxes(visible=False, range=[depth, -0.7])
    figure.update_xaxes(showgrid=True, zeroline=False, **_axis(dated))
    counts = ", ".join(f"{label('event_type', name)} {len(found)}" for name, found in lanes.items())
    return Chart(title, figure, f"{title}. {counts}")


def _lanes(dated: Rows) -> dict[str, list[Row]]:
    """Type → its events; the types with most events first."""
    counts = Counter(str(row["event_type"]) for row in dated)
    return {
        name: [row for row in dated if row["event_type"] == name]
        for name, _n in counts.most_common()
    }


def _placed(
    lanes: dict[str, list[Row]], span_days: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Height of every event, in rows from the top, and of the name of every lane."""
    heights: dict[str, float] = {}
    names: dict[str, float] = {}
    gap = timedelta(days=max(span_days * _CLOSEST, 1))
    top = 0.0
    for name, found in lanes.items():
        names[name] = top
        ends: list[date] = []
        for row in found:
            first, last = _middle(row) - gap / 2, _middle(row) + gap / 2
            first = min(first, date.fromisoformat(row["earliest_on"]))
            last = max(last, date.fromisoformat(row["latest_on"]))
            place = next((n for n, end in enumerate(ends) if end <= first), len(ends))
            ends[place:] = [last, *ends[place + 1 :]]
            heights[row["event_id"]] = top + _LABEL_ROWS + place
        top += _LABEL_ROWS + len(ends)
    return heights, names


def _middle(row: Row) -> date:
    first, last = date.fromisoformat(row["earliest_on"]), date.fromisoformat(row["latest_on"])
    return first + (last - first) / 2


def _days(dated: Rows) -> int:
    first = date.fromisoformat(min(row["earliest_on"] for row in dated))
    last = date.fromisoformat(max(row["latest_on"] for row in dated))
    return max((last - first).days, 120)


def _axis(dated: Rows) -> dict[str, Any]:
    """Range and ticks: years as whole years, months within a single one."""
    first = date.fromisoformat(min(row["earliest_on"] for row in dated))
    last = date.fromisoformat(max(row["latest_on"] for row in dated))
    years = last.year - first.year + 1
    edge = timedelta(days=max(_days(dated) // 60, 6))
    shown = {"range": [(first - edge).isoformat(), (last + edge).isoformat()]}
    if years == 1:
        return shown | {"dtick": "M2", "tick0": f"{first.year}-01-01", "tickformat": "%Y-%m"}
    step = 1 if years <= 7 else 3
    ticks = [year for year in range(first.year + 1, last.year + 1) if year % step == 0]
    return shown | {
        "tickvals": [f"{year}-01-01" for year in ticks],
        "ticktext": [_("{year}").format(year=year) for year in ticks],
    }


def _add_lines(figure: go.Figure, dated: Rows, heights: dict[str, float]) -> None:
    """The time an event took, or within which it must lie."""
    days: list[str | None] = []
    places: list[float | None] = []
    for row in dated:
        days += [row["earliest_on"], row["latest_on"], None]
        places += [heights[row["event_id"]]] * 2 + [None]
    figure.add_trace(
        go.Scatter(
            x=days,
            y=places,
            mode="lines",
            line={"color": OTHER, "width": 3},
            opacity=0.6,
            hoverinfo="skip",
            showlegend=False,
        )
    )


def _add_points(
    figure: go.Figure, status: str, found: list[Row], heights: dict[str, float]
) -> None:
    symbol, colour = _STATUSES.get(status, _STATUSES["unknown"])
    figure.add_trace(
        go.Scatter(
            x=[_middle(row).isoformat() for row in found],
            y=[heights[row["event_id"]] for row in found],
            mode="markers",
            name=_status_counted(status, found),
            marker={
                "symbol": symbol,
                "size": 12,
                "color": colour,
                "line": {"width": 2, "color": colour},
            },
            customdata=[
                (
                    row["event_id"],
                    record_text(row["title"]),
                    span_text(row["start_on"], row["end_on"]),
                    place_text(row["city"], row["country"]),
                    label("event_status", status),
                )
                for row in found
            ],
            hovertemplate=(
                "<b>%{customdata[1]}</b><br>%{customdata[2]}<br>%{customdata[3]} · %{customdata[4]}"
                "<extra></extra>"
            ),
        )
    )


def _status_counted(status: str, found: list[Row]) -> str:
    """How many events have a status; a review of the ministry is no held event of a project."""
    reviews = sum(row["event_type"] == "onsite_review" for row in found)
    counted = f"{label('event_status', status)} {len(found) - reviews}"
    if not reviews:
        return counted
    return f"{counted}, {label('event_type', 'onsite_review')} {reviews}"


def _finding(rows: Rows, dated: list[Row]) -> str:
    """How many events, in which years, in which year most, and how many cannot be placed."""
    if not rows:
        return _("The record has no such event")
    undated = len(rows) - len(dated)
    if not dated:
        return ngettext(
            "{count} event, its date unknown", "{count} events, all of unknown date", undated
        ).format(count=undated)
    years = Counter(int(row["year"]) for row in dated)
    first, last = min(years), max(years)
    if first == last:
        parts = [
            ngettext("{year}: {count} event", "{year}: {count} events", len(dated)).format(
                year=first, count=len(dated)
            )
        ]
    else:
        ordered = sorted(years)
        found = superlative([figure_range(years[year]) for year in ordered], None)
        busiest = ", ".join(str(ordered[place]) for place in found.places)
        most = max(years.values())
        # Of years that are all alike, none is the busiest.
        pattern = (
            _("{count} recorded events from {first} to {last}, the most in {busiest} ({most})")
            if len(found.places) < len(years)
            else _("{count} recorded events from {first} to {last}")
        )
        parts = [
            pattern.format(count=len(dated), first=first, last=last, busiest=busiest, most=most)
        ]
    if undated:
        parts.append(
            ngettext(
                "{count} more of unknown date", "{count} more of unknown date", undated
            ).format(count=undated)
        )
    return "; ".join(parts)
