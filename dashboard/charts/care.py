"""Where patients were treated: departments and classes of institutions, as published."""

from collections.abc import Callable
from typing import Any

from dashboard.charts.bar_rows import Bar, BarRow, bar_rows
from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows
from dashboard.i18n import gettext as _
from dashboard.i18n import label, quantity_text
from dashboard.i18n.evidence import DOUBTFUL


def department_chart(region: str, year: int, rows: Rows) -> Chart:
    """Bars of the departments.

    Args:
        region: code of the region.
        year: the year of the figures.
        rows: answer to `department_mix`, at least one.
    """
    pattern = _("{region} {year}: of {count} published departments, {name} counts the most")
    return _chart("department", region, year, rows, pattern)


def institution_chart(region: str, year: int, rows: Rows) -> Chart:
    """Bars of the classes of institutions.

    Args:
        region: code of the region.
        year: the year of the figures.
        rows: answer to `institution_mix`, at least one.
    """
    pattern = _("{region} {year}: of {count} published classes, {name} counts the most")
    return _chart("institution_class", region, year, rows, pattern)


def _chart(column: str, region: str, year: int, rows: Rows, counted: str) -> Chart:
    """Bars of persons, or of printed shares where no persons at all were published."""
    has_persons = any(row["value"] is not None for row in rows)
    text = _both if has_persons else _share
    names = [label(column, row[column]) for row in rows]
    figure = bar_rows(
        [
            BarRow(name, (_bar(row, "value" if has_persons else "share_pct", text),))
            for name, row in zip(names, rows, strict=True)
        ]
    )
    single = [row for row in rows if not row["is_combined"]] or list(rows)
    title = (
        counted
        if has_persons
        else _("{region} {year}: shares only, {name} the greatest of the {count} published")
    ).format(
        region=label("region", region),
        year=year,
        name=f"{label(column, single[0][column])} {text(single[0])}",
        count=len(single),
    )
    if any(row["is_above_whole"] for row in rows):
        title = _(
            "{region} {year}: the published parts are more than the whole; the sources contradict "
            "each other"
        ).format(region=label("region", region), year=year)
    bars = ", ".join(f"{name} {text(row)}" for name, row in zip(names, rows, strict=True))
    return Chart(title, figure, f"{title}. {bars}")


def _bar(row: dict[str, Any], column: str, text: Callable[[dict[str, Any]], str]) -> Bar:
    evidence = row["evidence" if column == "value" else "share_evidence"]
    return Bar(
        row[column],
        text(row),
        OTHER if row["is_combined"] else SUBJECT,
        is_hollow=evidence in DOUBTFUL,
        is_hatched=row["is_combined"],
    )


def _share(row: dict[str, Any]) -> str:
    return quantity_text(row["share_pct"], "pct", row["share_evidence"] == "approximate")


def _both(row: dict[str, Any]) -> str:
    """Persons, and the share as printed; only one of them where the other was not published."""
    persons = quantity_text(row["value"], "persons", row["is_approximate"])
    if row["share_pct"] is None:
        return persons
    share = _("printed {share}").format(share=_share(row))
    return share if row["value"] is None else f"{persons} ({share})"
