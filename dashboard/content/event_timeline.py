"""Events along time: a lane per type, and another for those of it not known to have taken place."""

from collections import Counter

from dashboard.content.document import Cell, Dot, DotChart, link_to
from dashboard.content.query_context import Row, Rows
from dashboard.content.superlatives import figure_range, superlative
from dashboard.i18n import day_text, label, ngettext, place_text, record_text
from dashboard.i18n import gettext as _

_HELD = "held"


def event_timeline(rows: Rows) -> DotChart:
    """Every dated event of `events` as a dot, with the time it took or in which it lies."""
    dated = tuple(
        sorted(
            (row for row in rows if row["earliest_on"]),
            key=lambda row: (row["earliest_on"], row["event_id"]),
        )
    )
    title = _finding(rows, dated)
    names = _lane_names(dated)
    counts = Counter(_lane(row) for row in dated)
    counted = ", ".join(f"{name} {counts[lane]}" for lane, name in names.items())
    lanes = {
        lane: _("{name} ({value})").format(name=name, value=counts[lane])
        for lane, name in names.items()
    }
    return DotChart(
        title,
        "",
        tuple(lanes.values()),
        tuple(_dot(row, lanes[_lane(row)]) for row in dated),
        f"{title}. {counted}" if counted else title,
        _(
            "A line is how long an event took; where only the month or the year is known, it is "
            "the time in which it lies."
        ),
    )


def _lane(row: Row) -> tuple[str, str]:
    return row["event_type"], row["event_status"]


def _lane_names(dated: Rows) -> dict[tuple[str, str], str]:
    """The types with most events first, of each what was held before the rest."""
    types = Counter(row["event_type"] for row in dated)
    places = {name: place for place, (name, _count) in enumerate(types.most_common())}
    ordered = sorted(
        {_lane(row) for row in dated}, key=lambda lane: (places[lane[0]], lane[1] != _HELD, lane[1])
    )
    return {
        (kind, status): label("event_type", kind)
        if status == _HELD
        else f"{label('event_type', kind)}, {label('event_status', status)}"
        for kind, status in ordered
    }


def _dot(row: Row, lane: str) -> Dot:
    said = (
        record_text(row["title"]),
        day_text(row, "start_on", "end_on"),
        place_text(row["city"], row["country"]),
        label("event_status", row["event_status"]),
    )
    return Dot(
        lane,
        row["earliest_on"],
        " · ".join(text for text in said if text),
        Cell("", source_ids=tuple(row["source_ids"]), link=link_to("", event=row["event_id"])),
        row["event_status"] == _HELD,
        row["latest_on"] if row["latest_on"] > row["earliest_on"] else None,
    )


def _finding(rows: Rows, dated: Rows) -> str:
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
