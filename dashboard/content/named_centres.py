"""Promotion centres one by one, as a region's list and a country's page show them."""

from dashboard.content.cells import columns, text_cell
from dashboard.content.document import Cell, Link, Table
from dashboard.content.query_context import Row
from dashboard.i18n import country_text, date_text, label, record_text
from dashboard.i18n import gettext as _
from dashboard.store.answer import Answer


def centres_table(answer: Answer) -> Table:
    """Place, owner, operator, opening, state and last word of each centre.

    Args:
        answer: to `map_centres`.
    """
    names = ("owner_region", "operator", "opened_on", "centre_state", "status_as_of")
    return Table(
        "",
        columns(
            *((name, label("column", name)) for name in ("city", "country", *names)),
            ("counted_2018", label("column", "counted_2018")),
        ),
        tuple(_centre(row) for row in answer.rows),
        answer.question.name,
        tuple(answer.parameters.items()),
        answer=answer,
    )


def opened_text(row: Row) -> str:
    """The date of opening with its precision; of a planned centre, the date it was planned for."""
    return _("{date} ({precision})").format(
        date=date_text(row["opened_on"]), precision=label("precision", row["opened_precision"])
    )


def _centre(row: Row) -> tuple[Cell, ...]:
    country = country_text(row["country"])
    return (
        text_cell(record_text(row["city"]) or _("city not known"), row["source_ids"]),
        Cell(country, country, link=Link("map", (("country", row["country"]),))),
        text_cell(label("region", row["owner_region"])),
        text_cell(record_text(row["operator"]) or label("evidence", "no data")),
        text_cell(opened_text(row)),
        text_cell(label("centre_state", row["centre_state"])),
        text_cell(date_text(row["status_as_of"])),
        text_cell(label("counted_2018", row["counted_2018"])),
    )
