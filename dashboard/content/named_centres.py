"""Promotion centres one by one, as a region's list and a country's page show them."""

from dashboard.content.cells import date_cell, text_cell
from dashboard.content.document import Cell, Table
from dashboard.content.links import centre_evidence_link, link_to
from dashboard.content.query_context import Row
from dashboard.content.tables import table_of
from dashboard.i18n import country_text, date_text, label, record_text
from dashboard.i18n import gettext as _
from dashboard.store.answer import Answer


def centres_table(answer: Answer, *, of_country: bool = False) -> Table:
    """Place, owner, operator, opening, state and last word of each centre of `map_centres`.

    Those of one country alone do not name it in every row.
    """
    return table_of(
        "",
        answer.rows,
        {
            "city": _city,
            **({} if of_country else {"country": _country}),
            "owner_region": lambda row: label("region", row["owner_region"]),
            "operator": lambda row: record_text(row["operator"]) or label("evidence", "no data"),
            "opened_on": opened_text,
            "centre_state": lambda row: label("centre_state", row["centre_state"]),
            "status_as_of": lambda row: date_cell(row["status_as_of"]),
            "counted_2018": lambda row: label("counted_2018", row["counted_2018"]),
        },
        answer=answer,
    )


def _city(row: Row) -> Cell:
    """Its city, which opens what vouches for the centre."""
    text = record_text(row["city"]) or _("city not known")
    return text_cell(text, row["source_ids"], centre_evidence_link(row["centre_id"]))


def centre_facts(row: Row) -> list[tuple[str, str]]:
    """Names and texts of everything that the record knows of a centre of `map_centres`."""
    facts = [
        (label("column", "region"), label("region", row["owner_region"])),
        *([(label("column", "planned_on"), date_text(row["planned_on"]))] if row["planned_on"]
          else []),
        (label("column", "centre_state"), label("centre_state", row["centre_state"])),
        (label("column", "operator"), record_text(row["operator"]) or label("evidence", "no data")),
        (label("column", "opened_on"), opened_text(row)),
        (label("column", "status_as_of"), date_text(row["status_as_of"])),
        (label("column", "counted_2018"), label("counted_2018", row["counted_2018"])),
        (label("column", "note"), record_text(row["note"])),
    ]  # fmt: skip
    return [fact for fact in facts if fact[1]]


def opened_text(row: Row) -> str:
    """The date of opening, with its precision where the date itself does not show it.

    Of a planned centre it is the date that it was planned for.
    """
    date = date_text(row["opened_on"])
    if row["opened_precision"] in ("day", "month", "year") and date:
        return date
    return _("{date} ({precision})").format(
        date=date, precision=label("precision", row["opened_precision"])
    )


def _country(row: Row) -> Cell:
    """Its name, which leads to the page of the country."""
    return text_cell(country_text(row["country"]), link=link_to("map", country=row["country"]))
