"""Events along time: a lane per type; hollow is what is not known to have taken place."""

from collections import Counter

from dashboard.content.document import Cell, Dot, DotChart
from dashboard.content.links import link_to
from dashboard.content.query_context import Row, Rows
from dashboard.content.superlatives import figure_range, superlative
from dashboard.i18n import day_text, label, ngettext, number_text, place_text, record_text
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
    counts = Counter(row["event_type"] for row in dated)
    held = Counter(row["event_type"] for row in dated if row["event_status"] == _HELD)
    lanes = {
        kind: _("{name} ({value})").format(
            name=label("event_type", kind), value=_counted(count, held[kind])
        )
        for kind, count in counts.most_common()
    }
    counted = ", ".join(lanes.values())
    return DotChart(
        title,
        "",
        tuple(lanes.values()),
        tuple(_dot(row, lanes[row["event_type"]]) for row in dated),
        f"{title}. {counted}" if counted else title,
        " ".join(
            (
                _(
                    "A line is how long an event took; where only the month or the year is known, "
                    "it is the time in which it lies."
                ),
                *([_("Hollow: not known to have been held.")] if held != counts else []),
            )
        ),
    )


def _counted(count: int, held: int) -> str:
    """How many there are, and how many of them were held where that is another number."""
    if held == count:
        return number_text(count)
    return _("{count}, {held} held").format(count=number_text(count), held=number_text(held))


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
        row["event_status"] != _HELD,
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
