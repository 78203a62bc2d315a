"""Visits that a city handed in of its own: by month, and by nationality."""

from dataclasses import replace
from datetime import date

from dashboard.content.cells import text_cell
from dashboard.content.document import Cell, ChartBlock, Paragraph, Section, Series
from dashboard.content.figure_charts import kinds_chart
from dashboard.content.own_counts import exact_note, exact_words
from dashboard.content.query_context import QueryContext
from dashboard.content.superlatives import Form, Range, superlative
from dashboard.i18n import country_text, date_text, label, ngettext, quantity_text
from dashboard.i18n import gettext as _
from dashboard.settings import settings
from dashboard.store.answer import Answer, Row, Rows
from dashboard.store.protection import largest_change


def visits_sections(context: QueryContext, region: str) -> tuple[Section, ...]:
    """Visits by month, and of the latest year by nationality; nothing where none were handed in."""
    months = context.answer("visits_by_month", region=region)
    if not months.rows:
        return ()
    year = months.rows[-1]["year"]
    countries = context.answer("visits_by_nationality", region=region, year=year)
    by_month = replace(visits_chart(region, months.rows), answer=months)
    by_country = replace(visit_countries_chart(region, year, countries.rows), answer=countries)
    title = _("Own record: visits handed in by the city")
    if exact := exact_note(months):
        title = f"{title} ({exact})"
    return (Section(title, (Paragraph(_note(months)), by_month, by_country)),)


def _note(months: Answer) -> str:
    """What visits are, and how near to the true ones the counts are."""
    said = _(
        "Not published statistics. Visits count every visit, patients count once: the two are "
        "not compared."
    )
    if months.is_exact:
        changed = _(
            "These are the exact counts, which only officials of the region see. Whatever is "
            "saved, printed, presented or shown to others has counts that are changed by a fixed "
            "rule."
        )
        return f"{said} {changed}"
    threshold = settings().small_count_threshold
    changed = _(
        "So that nobody can be found in them, counts are changed by a fixed rule, by {most} at "
        "most; none from 1 to {below} appears, and parts need not add up to their total."
    ).format(most=largest_change(threshold), below=threshold - 1)
    return f"{said} {changed}"


def visits_chart(region: str, rows: Rows) -> ChartBlock:
    """Visits by month of `visits_by_month`, a row or more; a month without one is a gap."""
    months = _months(rows[0]["month"], rows[-1]["month"])
    known = {row["month"]: row for row in rows}
    cells = tuple(_count(known[month]) if month in known else text_cell("") for month in months)
    shown = [row for row in rows if row["visit_count"] is not None]
    name = label("region", region)
    title = _("{region}: visits that must be handed in again to be shown").format(region=name)
    if shown:
        title = _months_finding(name, shown)
    notes = [exact_words(region)] if rows[0]["is_exact"] else []
    words = "; ".join(f"{date_text(month)}: {_count(row).text}" for month, row in known.items())
    withheld = ", ".join(date_text(row["month"]) for row in rows if row["is_withheld"])
    if withheld:
        notes.append(f"{label('evidence', 'withheld')}: {withheld}")
    return ChartBlock(
        "line",
        title,
        label("unit", "visits"),
        tuple(map(date_text, months)),
        (Series(name, cells, is_subject=True),),
        f"{title}. {words}",
        " · ".join(notes),
    )


def visit_countries_chart(region: str, year: int, rows: Rows) -> ChartBlock:
    """Visits of a year by nationality, the most first: a row or more of `visits_by_nationality`."""
    unit = label("unit", "visits")
    kind = Series(label("column", "nationality"), (), is_subject=True)
    bars = [
        (
            country_text(row["nationality"]) if row["nationality"] else _("not stated"),
            _count(row),
            kind,
        )
        for row in sorted(rows, key=lambda row: -(row["visit_count"] or 0))
    ]
    chart = kinds_chart(_countries_finding(region, year, rows), unit, bars)
    return replace(chart, note=exact_words(region)) if rows and rows[0]["is_exact"] else chart


def _months_finding(region: str, shown: Rows) -> str:
    """The month of most visits, if whatever the protection changed it is the one."""
    found = superlative([_range(row) for row in shown], None)
    said = {"region": region, "count": len(shown)}
    if found.form is Form.NOTHING:
        return ngettext(
            "{region}: visits of {count} month", "{region}: visits of {count} months", len(shown)
        ).format(**said)
    most = [shown[place] for place in found.places]
    return _("{region}: of {count} months with visits, the most in {month}, {visits}").format(
        **said,
        month=", ".join(date_text(row["month"]) for row in most),
        visits=_count(most[0]).text,
    )


def _countries_finding(region: str, year: int, rows: Rows) -> str:
    """The country of most visits, unless those whose country is not stated could exceed it."""
    stated = [row for row in rows if row["nationality"] and not row["is_withheld"]]
    others = [row for row in rows if not row["nationality"]]
    rest = sum(_range(row).high for row in others if not row["is_withheld"])
    is_known = not any(row["is_withheld"] for row in rows)
    found = superlative([_range(row) for row in stated], rest if is_known else None)
    said = {"region": label("region", region), "year": year, "count": len(stated)}
    if found.form is Form.NOTHING:
        return ngettext(
            "{region} {year}: visits of {count} nationality",
            "{region} {year}: visits of {count} nationalities",
            len(stated),
        ).format(**said)
    most = [stated[place] for place in found.places]
    pattern = (
        _("{region} {year}: most visits from {country}, {visits}")
        if found.form is Form.PLAIN
        else _(
            "{region} {year}: of {count} nationalities shown, most visits from {country}, {visits}"
        )
    )
    return pattern.format(
        **said,
        country=", ".join(country_text(row["nationality"]) for row in most),
        visits=_count(most[0]).text,
    )


def _count(row: Row) -> Cell:
    """An exact count, a protected one, or the words for a withheld one; no source prints it."""
    if row["is_withheld"]:
        return Cell(label("evidence", "withheld"))
    count = row["visit_count"]
    if row["is_exact"]:
        return Cell(quantity_text(count, "visits"), count, "counted")
    return Cell(quantity_text(count, "visits", is_approximate=True), count, "approximate")


def _range(row: Row) -> Range:
    """What a count may stand for: an exact one for itself."""
    if row["is_exact"]:
        return Range(row["visit_count"], row["visit_count"])
    most = largest_change(settings().small_count_threshold)
    return Range(max(0, row["visit_count"] - most), row["visit_count"] + most)


def _months(first: str, last: str) -> list[str]:
    """Every month from one to the other, as YYYY-MM."""
    begin, end = date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")
    count = (end.year - begin.year) * 12 + end.month - begin.month + 1
    return [
        f"{begin.year + (begin.month - 1 + step) // 12}-{(begin.month - 1 + step) % 12 + 1:02}"
        for step in range(count)
    ]
