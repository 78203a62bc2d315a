"""Tables that a screen shows otherwise first: years as a ribbon, events as lines."""

from collections import Counter
from dataclasses import dataclass, replace

from dashboard.content.document import Cell, Table
from dashboard.i18n import label

_OPEN_LINES = 4
"""Events in sight; the others stand behind "more"."""


@dataclass(frozen=True)
class Span:
    """A year of a ribbon, or several without an entry."""

    years: str
    entries: tuple[tuple[Cell, tuple[Cell, ...]], ...] = ()
    """What counts most of each entry, and what is said below it."""
    is_chosen: bool = False


@dataclass(frozen=True)
class EventLine:
    """An event in a line."""

    day: Cell
    place: Cell
    title: Cell
    figure: tuple[str, Cell] | None
    """The furthest step from attendance to contract that it reports, by its name."""
    dissent: Cell


def ribbon(table: Table) -> list[Span]:
    """Years in their order, those between them without an entry as one span.

    The table has the columns year, programme_id, outcome, rank, grant_krw and judges.
    """
    years: dict[int, list[dict[str, Cell]]] = {}
    for cells in _named(table):
        years.setdefault(int(cells["year"].value or 0), []).append(cells)
    programmes = Counter(cells["programme_id"].text for cells in _named(table))
    usual = programmes.most_common(1)[0][0] if programmes else ""
    spans: list[Span] = []
    before: int | None = None
    for year in sorted(years):
        if before is not None and year > before + 1:
            first, last = before + 1, year - 1
            spans.append(Span(str(first) if first == last else f"{first}–{last % 100:02}"))
        entries = tuple(_entry(cells, usual) for cells in years[year])
        spans.append(Span(str(year), entries, str(year) == table.chosen))
        before = year
    return spans


def _entry(cells: dict[str, Cell], usual: str) -> tuple[Cell, tuple[Cell, ...]]:
    """Its rank, else its outcome; below it the programme where it is another one, and the money."""
    below = [cells["programme_id"]] if cells["programme_id"].text != usual else []
    below.append(cells["grant_krw"])
    if _says(cells["judges"]):
        text = f"{label('column', 'judges')} {cells['judges'].text}"
        below.append(replace(cells["judges"], text=text))
    head = cells["rank"] if _says(cells["rank"]) else cells["outcome"]
    return head, tuple(below)


def event_lines(table: Table) -> tuple[list[EventLine], list[EventLine]]:
    """The events in sight, and those behind "more".

    The table has the columns start_on, title, city and dissent_count; figures stand between them.
    """
    names = {column.name: column.label for column in table.columns}
    steps = [column.name for column in table.columns if column.is_figure]
    steps = [name for name in steps if name not in ("dissent_count", "inquiries")]
    lines = [
        EventLine(
            cells["start_on"],
            cells["city"],
            cells["title"],
            next(((names[one], cells[one]) for one in reversed(steps) if cells[one].text), None),
            cells["dissent_count"],
        )
        for cells in _named(table)
    ]
    return lines[:_OPEN_LINES], lines[_OPEN_LINES:]


def _named(table: Table) -> list[dict[str, Cell]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def _says(cell: Cell) -> bool:
    return cell.text not in ("", label("evidence", "no data"))
