"""Agreements counted by year and by country of the other side."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from dashboard.content.cells import sources_of, text_cell
from dashboard.content.document import Cell, ChartBlock, Series
from dashboard.content.query_context import Row
from dashboard.i18n import country_text, label, ngettext, number_text, with_particles
from dashboard.i18n import gettext as _
from dashboard.store.answer import Answer

T = TypeVar("T", int, str)
_MOST_BARS = 12


def agreements_by_year(answer: Answer, chosen: int | None) -> ChartBlock:
    """A bar a year that has any, the chosen one picked out; `answer` is of all years."""
    counted: dict[int, list[Row]] = {}
    for row in answer.rows:
        if row["year"] is not None:
            counted.setdefault(row["year"], []).append(row)
    years = sorted(counted)
    cells = [_counted(counted[year]) for year in years]
    gap = text_cell("")
    mine = tuple(cell if year == chosen else gap for year, cell in zip(years, cells, strict=True))
    others = tuple(gap if year == chosen else cell for year, cell in zip(years, cells, strict=True))
    series = (
        (Series(_("Chosen year"), mine, True), Series(_("Other years"), others))
        if chosen in counted
        else (Series(_("Agreements"), tuple(cells), chosen is None),)
    )
    numbers = {year: len(rows) for year, rows in counted.items()}
    undated = len(answer.rows) - sum(numbers.values())
    note = ngettext(
        "{count} of unknown date is in no bar", "{count} of unknown date are in no bar", undated
    ).format(count=number_text(undated))
    years_text = [_("{year}").format(year=year) for year in _greatest(numbers)]
    title = _most(_("Most in {which}: {count} of {all} in the record"), years_text, numbers, answer)
    return _bars(title, list(map(str, years)), series, note if undated else "", answer)


def agreements_by_country(answer: Answer) -> ChartBlock:
    """A bar a country, the most first; an agreement with two countries stands at both."""
    counted: dict[str, list[Row]] = {}
    for row in answer.rows:
        for country in row["countries"]:
            counted.setdefault(country, []).append(row)
    numbers = {country: len(rows) for country, rows in counted.items()}
    order = sorted(counted, key=lambda one: (-numbers[one], country_text(one)))
    shown, rest = order[:_MOST_BARS], order[_MOST_BARS:]
    without = sum(not row["countries"] for row in answer.rows)
    notes = []
    if rest:
        others = ", ".join(f"{country_text(one)} {number_text(numbers[one])}" for one in rest)
        notes.append(_("Further: {list}").format(list=others))
    if without:
        text = ngettext(
            "{count} within Korea or with a country that is not named is in no bar",
            "{count} within Korea or with a country that is not named are in no bar",
            without,
        )
        notes.append(text.format(count=number_text(without)))
    names = list(map(country_text, _greatest(numbers)))
    pattern = _("Most with {which}: {count} of {all} in the record")
    title = _most(pattern, names, numbers, answer)
    series = (Series(_("Agreements"), tuple(_counted(counted[one]) for one in shown), True),)
    return _bars(title, list(map(country_text, shown)), series, ". ".join(notes), answer)


def countries_counted(rows: Iterable[Row]) -> str:
    """How many agreements there are with each country, the most first; empty without any."""
    numbers = Counter(country for row in rows for country in row["countries"])
    order = sorted(numbers, key=lambda one: (-numbers[one], country_text(one)))
    return ", ".join(f"{country_text(one)} {number_text(numbers[one])}" for one in order)


def _counted(rows: Sequence[Row]) -> Cell:
    return Cell(number_text(len(rows)), len(rows), "counted", sources_of(rows))


def _greatest(numbers: Mapping[T, int]) -> list[T]:
    """All that have the greatest number."""
    return sorted(one for one in numbers if numbers[one] == max(numbers.values()))


def _most(pattern: str, names: Sequence[str], numbers: Mapping[T, int], answer: Answer) -> str:
    """Which has the most of those in the record; empty where nothing is counted."""
    if not numbers:
        return ""
    return with_particles(
        pattern.format(
            which=", ".join(names),
            count=number_text(max(numbers.values())),
            all=number_text(len(answer.rows)),
        )
    )


def _bars(
    title: str, names: list[str], series: tuple[Series, ...], note: str, answer: Answer
) -> ChartBlock:
    words = ", ".join(
        f"{name} {cell.text}"
        for place, name in enumerate(names)
        for one in series
        if (cell := one.cells[place]).text
    )
    unit = label("unit", "agreements")
    return ChartBlock(
        "bar", title, unit, tuple(names), series, f"{title}. {words}", note, answer=answer
    )
