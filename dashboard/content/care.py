"""Where patients were treated: departments and classes of institutions, as published."""

from dataclasses import replace

from dashboard.content.cells import figure_cell
from dashboard.content.document import ChartBlock, Series
from dashboard.content.figure_charts import kinds_chart
from dashboard.content.superlatives import Form, GreatestPart, greatest_part
from dashboard.i18n import figure_text, label, ngettext
from dashboard.i18n import gettext as _
from dashboard.store.answer import Row, Rows


def department_chart(region: str, year: int, rows: Rows) -> ChartBlock:
    """Bars of the departments of `department_mix`, of which there is one at least."""
    # A patient may count in several departments, so no rest bounds those that are not published.
    found = greatest_part(rows, is_partition=False)
    patterns = {
        Form.PUBLISHED: _("{region} {year}: of {count} published departments, {name} is greatest"),
        Form.NOTHING: ngettext(
            "{region} {year}: {count} published department",
            "{region} {year}: {count} published departments",
            found.count,
        ),
    }
    return _chart("department", region, year, rows, found, patterns[found.form])


def institution_chart(region: str, year: int, rows: Rows) -> ChartBlock:
    """Bars of the classes of institutions of `institution_mix`, of which there is one at least."""
    found = greatest_part(rows, is_partition=True)
    patterns = {
        Form.PLAIN: _("{region} {year}: of all classes of institutions, {name} is greatest"),
        Form.PUBLISHED: _("{region} {year}: of {count} published classes, {name} is greatest"),
        Form.NOTHING: ngettext(
            "{region} {year}: {count} published class of institutions",
            "{region} {year}: {count} published classes of institutions",
            found.count,
        ),
    }
    return _chart("institution_class", region, year, rows, found, patterns[found.form])


def _chart(
    column: str, region: str, year: int, rows: Rows, found: GreatestPart, pattern: str
) -> ChartBlock:
    """Bars of persons, or of printed shares where not every row was published in persons."""
    has_shares = all(row["share_pct"] is not None for row in rows)
    has_persons = not has_shares and any(row["value"] is not None for row in rows)
    shown, unit = ("value", "persons") if has_persons else ("share_pct", "pct")
    title = pattern.format(
        region=label("region", region),
        year=year,
        name=", ".join(f"{label(column, row[column])} {_text(dict(row))}" for row in found.rows),
        count=found.count,
    )
    if any(row["is_above_whole"] for row in rows):
        title = _(
            "{region} {year}: the published parts are more than the whole; the sources contradict "
            "each other"
        ).format(region=label("region", region), year=year)
    # Those printed together contain others: they are striped, and never added.
    single = Series(label("column", column), (), is_subject=True)
    together = Series(label("column", "is_combined"), (), is_striped=True)
    bars = [
        (
            label(column, row[column]),
            replace(figure_cell(row, shown, unit=unit), text=_text(row)),
            together if row["is_combined"] else single,
        )
        for row in sorted(rows, key=lambda row: (row["is_combined"], -(row[shown] or 0)))
    ]
    return kinds_chart(title, label("unit", unit), bars)


def _text(row: Row) -> str:
    """Persons, and the share as printed; only one of them where the other was not published."""
    persons = figure_text(row, unit="persons")
    if row["share_pct"] is None:
        return persons
    share = _("printed {share}").format(share=figure_text(row, "share_pct", "pct"))
    return share if row["value"] is None else f"{persons} ({share})"
