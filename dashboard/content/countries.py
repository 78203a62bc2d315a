"""Every country of which the record knows anything, a line each, and the way to its page."""

from collections import Counter
from dataclasses import replace

from dashboard.content.cells import figure_cell, text_cell
from dashboard.content.document import Cell, Paragraph, Section
from dashboard.content.findings import NATION
from dashboard.content.links import Link, link_to
from dashboard.content.query_context import QueryContext, Row
from dashboard.content.tables import Columns, table_of
from dashboard.i18n import country_text, label, ngettext, number_text
from dashboard.i18n import gettext as _


def countries_section(context: QueryContext, region: str) -> Section:
    """Latest patients of Korea and of the region with their years, centres and events."""
    answer = context.answer("latest_by_nationality", region=region)
    latest = {(row["nationality"], row["region"]): row for row in answer.rows}
    centres = Counter(row["country"] for row in context.rows("map_centres") if row["is_named"])
    events = Counter(row["country"] for row in context.rows("events"))
    regions = list(dict.fromkeys((NATION, region)))
    columns: Columns[str] = {
        "country": _country,
        **{name: column for one in regions for name, column in _latest(one, latest).items()},
        "centres": (_("Named centres"), lambda code: _count(centres[code])),
        "events": (_("Events"), lambda code: _count(events[code])),
    }
    countries = [row["country"] for row in context.rows("countries")]
    greatest = [{code: row["value"] for (code, where), row in latest.items() if where == one}
                for one in regions]  # fmt: skip
    countries.sort(key=lambda code: [-found.get(code, 0) for found in greatest])
    with_figures = len({code for code, _region in latest})
    title = ngettext(
        "{count} country in the record, {known} with a figure of patients",
        "{count} countries in the record, {known} with a figure of patients",
        len(countries),
    ).format(count=number_text(len(countries)), known=number_text(with_figures))
    figures = (*regions, "centres", "events")
    note = _("Each figure is of the latest year that has one; years differ and are not compared.")
    table = table_of("", countries, columns, figures=figures, answer=answer, note=note)
    return Section(title, (table,), is_folded=True)


def country_ways(context: QueryContext, region: str) -> list[Paragraph]:
    """The countries with which a region has anything to do, each the way to its page.

    Those with patients come first, from the most on; nothing where there is no such country.
    """
    patients = {
        row["nationality"]: row["value"]
        for row in context.rows("latest_by_nationality", region=region)
        if row["region"] == region
    }
    visited = Counter(
        row["country"]
        for row in (
            *context.rows("map_centres", owner_region=region),
            *context.rows("events", region=region),
        )
    )
    having_pages = [row["country"] for row in context.rows("countries")]
    known = sorted(
        (one for one in having_pages if one in patients or visited[one]),
        key=lambda one: (-patients.get(one, 0), -visited[one]),
    )
    if not known:
        return []
    names = [country_text(code) for code in known]
    sentence = ngettext(
        "Page of {count} country: {names}", "Pages of {count} countries: {names}", len(known)
    ).format(count=number_text(len(known)), names=", ".join(names))
    ways = tuple(zip(names, map(_way, known), strict=True))
    return [Paragraph(sentence, kind="aside", links=ways)]


def _way(code: str) -> Link:
    return link_to("map", country=code, pick="")


def _country(code: str) -> Cell:
    """Its name, which leads to its page."""
    return text_cell(country_text(code), link=_way(code))


def _latest(region: str, latest: dict[tuple[str, str], Row]) -> Columns[str]:
    """The latest figure of a region, and its year."""

    def figure(code: str) -> Cell:
        row = latest.get((code, region))
        return figure_cell(row) if row else text_cell("")

    def year(code: str) -> Cell:
        row = latest.get((code, region))
        return replace(text_cell(str(row["year"])), order=row["year"]) if row else text_cell("")

    name = label("region", region)
    return {
        region: (_("Patients, {region}").format(region=name), figure),
        f"{region}-year": (_("Year of the figure, {region}").format(region=name), year),
    }


def _count(number: int) -> Cell:
    return Cell(number_text(number), number, "counted") if number else text_cell("")
