"""What each nationality added to the change of a region's patients between two years."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from dashboard.content.cells import no_data
from dashboard.content.document import Cell, ChartBlock, Series
from dashboard.content.figure_charts import kinds_chart
from dashboard.content.nationality import part_series
from dashboard.content.superlatives import Range, figure_range
from dashboard.i18n import change_text, country_text, figure_text, label, percent_text, points_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import approximated, flagged, is_contested
from dashboard.store.answer import Row, Rows

_MOST_NAMED = 3
"""So many parts are named in the finding; the chart has all."""


@dataclass(frozen=True)
class Contribution:
    """By how many persons a nationality, a group, or all others changed."""

    name: str
    low: float
    high: float
    """The same as the least where the change is known."""
    cell: Cell


def change_chart(
    region: str, year: int, base: int, rows: Rows, mix: Rows = (), rates: Rows = ()
) -> ChartBlock:
    """A waterfall from year to year; without both wholes, or a rest, bars left and right of zero.

    There is a row or more of `patients_change_by_nationality`; `base` is the year compared with.
    `mix` of `patients_by_nationality` and `rates` of `printed_rates`, both of the year, give the
    ranges of nationalities whose figure of the year before is known by a printed growth alone.
    """
    total = next((row for row in rows if row["part"] == "total"), None)
    if total is None or rows[-1]["part"] != "rest" or rows[-1]["change"] is None:
        bars = [(_plain_name(row), _cell(row), part_series(row["part"])) for row in rows]
        title = _plain_finding(region, year, base, rows, total)
        return kinds_chart(title, label("unit", "persons"), bars)
    is_derivable = base == year - 1 and not total["is_approximate"]
    derived = derived_changes(rows, mix, rates) if is_derivable else []
    parts = [_contribution(row) for row in rows if row["part"] in ("nationality", "group")]
    parts = sorted([*parts, *derived], key=lambda part: -max(abs(part.low), abs(part.high)))
    rest = _rest(rows[-1], derived)
    title = _finding(region, year, base, total, parts, rest)
    return _waterfall(title, year, base, total, parts, rest)


def derived_changes(rows: Rows, mix: Rows, rates: Rows) -> list[Contribution]:
    """Ranges of the changes that follow from a figure of the year and its printed growth.

    x - x / (1 + g), with x as its rounding leaves it and g one unit of its last digit on either
    side, since papers cut as often as they round. What is contested, rounded in words or carries a
    remark of its own is left out, and what could be a rise or a fall.
    """
    known = {code for row in rows if row["nationality"] for code in row["nationality"].split(";")}
    growths = {
        row["nationality"]: row
        for row in rates
        if row["breakdown"] == "nationality"
        and row["growth_pct"] is not None
        and row["period"] == "annual"
        and not (row["is_growth_approximate"] or row["growth_note"])
        and not is_contested(row["growth_evidence"])
    }
    found = []
    for row in mix:
        code = row["nationality"]
        if row["part"] != "nationality" or code in known or is_contested(row["evidence"]):
            continue
        if code not in growths or not growths[code]["growth_pct"] > -100:
            continue
        growth = float(growths[code]["growth_pct"])
        change = _change_range(figure_range(float(row["value"]), row["is_approximate"]), growth)
        if change.low * change.high <= 0:
            continue
        said = percent_text(growth, _digits(growth), True)
        sources = dict.fromkeys([*row["source_ids"], *growths[code]["source_ids"]])
        found.append(
            Contribution(
                _("{name} · printed {growth}").format(name=country_text(code), growth=said),
                change.low,
                change.high,
                _range_cell(change.low, change.high, tuple(sources)),
            )
        )
    return found


def _digits(growth: float) -> int:
    return 0 if growth.is_integer() else 1


def _change_range(value: Range, growth: float) -> Range:
    """The whole persons between which the change lies that a value and its growth leave."""
    unit = 10.0 ** -_digits(growth)
    corners = [
        persons - persons / (1 + rate / 100)
        for persons in (value.low, value.high)
        for rate in (max(growth - unit, -99.9), growth + unit)
    ]
    low, high = ceil(min(corners)), floor(max(corners))
    # No whole number between them: the nearest ones around.
    return Range(low, high) if low <= high else Range(high, low)


def _range_cell(low: float, high: float, sources: tuple[str, ...]) -> Cell:
    if low == high:
        return Cell(change_text(low, "persons", is_approximate=False), low, "derived", sources)
    text = _("{low} to {high} persons").format(low=f"{low:+,.0f}", high=f"{high:+,.0f}")
    return Cell(text, None, "derived", sources, span=(low, high))


def _contribution(row: Row) -> Contribution:
    name = _plain_name(row)
    if row["change_pct"] is not None:
        growth = approximated(percent_text(row["change_pct"], 1, True), row["is_approximate"])
        name = f"{name} · {growth}"
    return Contribution(name, float(row["change"]), float(row["change"]), _cell(row))


def _rest(row: Row, derived: Sequence[Contribution]) -> Contribution:
    """All others; where parts of them are ranges, what these leave of the change."""
    name = label("part", "rest")
    change = float(row["change"])
    if not derived:
        return Contribution(name, change, change, _cell(row))
    low = change - sum(part.high for part in derived)
    high = change - sum(part.low for part in derived)
    sources = [*row["source_ids"], *(one for part in derived for one in part.cell.source_ids)]
    return Contribution(name, low, high, _range_cell(low, high, tuple(dict.fromkeys(sources))))


def _waterfall(
    title: str,
    year: int,
    base: int,
    total: Row,
    parts: Sequence[Contribution],
    rest: Contribution,
) -> ChartBlock:
    """The base year, what each part added or took, what others did, the year."""
    wholes = [
        Cell(
            figure_text(total, column, "persons"),
            total[column],
            total["evidence"],
            tuple(total["source_ids"] or ()),
        )
        for column in ("base_value", "value")
    ]
    names = [
        _("{year}").format(year=base),
        *(part.name for part in parts),
        rest.name,
        _("{year}").format(year=year),
    ]
    cells = [wholes[0], *(part.cell for part in parts), rest.cell, wholes[1]]
    gap = Cell("")
    last = len(cells) - 1
    series = tuple(
        Series(
            label("part", kind),
            tuple(cell if place in places else gap for place, cell in enumerate(cells)),
            kind == "nationality",
        )
        for kind, places in (
            ("total", {0, last}),
            ("nationality", set(range(1, last - 1))),
            ("rest", {last - 1}),
        )
        if places
    )
    words = ", ".join(
        f"{name} {flagged(cell.text, cell.evidence)}"
        for name, cell in zip(names, cells, strict=True)
    )
    return ChartBlock(
        "bar",
        title,
        label("unit", "persons"),
        tuple(names),
        series,
        f"{title}. {words}",
        is_waterfall=True,
    )


def _plain_name(row: Row) -> str:
    if row["part"] in ("total", "rest"):
        return label("part", row["part"])
    names = country_text(row["nationality"])
    return _("{names} together").format(names=names) if row["part"] == "group" else names


def _cell(row: Row) -> Cell:
    """In persons and percentage points of the base total: `+3,036 persons (+17.1 pp)`."""
    if row["change"] is None:
        return no_data(row["source_ids"] or ())
    text = _signed_persons(row)
    if row["change_points"] is not None:
        points = approximated(points_text(row["change_points"]), row["is_approximate"])
        text = f"{text} ({points})"
    return Cell(text, row["change"], row["evidence"], tuple(row["source_ids"] or ()))


def _signed_persons(row: Row, change_pct: float | None = None) -> str:
    if row["change"] is None:
        return label("evidence", "no data")
    return change_text(row["change"], "persons", row["is_approximate"], change_pct)


def _flagged_persons(row: Row, change_pct: float | None = None) -> str:
    return flagged(_signed_persons(row, change_pct), row["evidence"])


def _plain_finding(region: str, year: int, base: int, rows: Rows, total: Row | None) -> str:
    said = {"region": label("region", region), "base": base, "year": year}
    if total is None:
        return _(
            "{region}, {base} to {year}: the change as a whole is not known, only that of single "
            "nationalities"
        ).format(**said)
    whole = _flagged_persons(total, total["change_pct"])
    if not any(row["part"] in ("nationality", "group") for row in rows):
        return _(
            "{region}, {base} to {year}: {whole}; no nationality has figures of both years"
        ).format(**said, whole=whole)
    return _(
        "{region}, {base} to {year}: {whole}, which cannot be divided, since the published "
        "nationalities contradict the total or each other"
    ).format(**said, whole=whole)


def _finding(
    region: str,
    year: int,
    base: int,
    total: Row,
    parts: Sequence[Contribution],
    rest: Contribution,
) -> str:
    """The change, its greatest parts of those known, how many more there are, what is left over.

    The parts are in the order of their size.
    """
    said = {
        "region": label("region", region),
        "base": base,
        "year": year,
        "whole": _flagged_persons(total, total["change_pct"]),
    }
    if not parts:
        return _(
            "{region}, {base} to {year}: {whole}; no nationality has figures of both years"
        ).format(**said)
    named = ", ".join(
        f"{part.name.partition(' · ')[0]} {_bare(part.cell)}" for part in parts[:_MOST_NAMED]
    )
    if len(parts) > _MOST_NAMED:
        more = _("{parts} and {count} more")
        named = more.format(parts=named, count=len(parts) - _MOST_NAMED)
    return _(
        "{region}, {base} to {year}: {whole}, of which {parts}; other or unpublished {rest}"
    ).format(**said, parts=named, rest=_bare(rest.cell))


def _bare(cell: Cell) -> str:
    """Persons without percentage points, with what is weak about them in words."""
    return flagged(cell.text.partition(" (")[0], cell.evidence)
