"""The stops of an onsite review, in their order."""

from dashboard.content.document import Paragraph, Points, Section
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.review_briefing import distinctions_of_stops, stop_text
from dashboard.i18n import gettext as _
from dashboard.i18n import label, named, ngettext


def route_section(context: QueryContext, region: str, year: int) -> Section:
    """The stops of the review of a year; a sentence where the record has none."""
    title = _("Route of the onsite review of {year}").format(year=year)
    stops = _stops(context, region, year)
    if not stops:
        sentence = _("{region}: the record has no stop of an onsite review in {year}.").format(
            region=label("region", region), year=year
        )
        return Section(title, (Paragraph(sentence),), True)
    known = distinctions_of_stops(context, region, year)
    items = tuple(Paragraph(stop_text(row, known), tuple(row["source_ids"])) for row in stops)
    return Section(title, (Points(items, True),), True)


def routes(context: QueryContext, region: str) -> list[Section]:
    """The routes of every review of a region of which a stop is known, the last first."""
    sections = []
    for review in context.rows("review_route_years", region=region):
        rows = context.rows("review_route", region=region, year=review["year"])
        section = route_section(context, region, review["year"])
        known = tuple(Paragraph(text) for text in _places(region, review["year"], rows))
        sections.append(Section(section.title, (*section.blocks, *known)))
    if sections:
        return sections
    sentence = _("{region}: the record has no stop of an onsite review.")
    return [
        Section(
            _("Routes of onsite reviews"),
            (Paragraph(sentence.format(region=label("region", region))),),
        )
    ]


def _stops(context: QueryContext, region: str, year: int) -> list[Row]:
    rows = context.rows("review_route", region=region, year=year)
    return [row for row in rows if row["role"] == "stop"]


def _places(region: str, year: int, rows: Rows) -> list[str]:
    """Of how many stops the place is known, and which other sites of the city are."""
    stops = [row for row in rows if row["role"] == "stop"]
    placed = [row for row in stops if row["lat"] is not None]
    sentences = [
        ngettext(
            "{region}, onsite review of {year}: {count} stop, {placed} of them with a known place",
            "{region}, onsite review of {year}: {count} stops, {placed} of them with a known place",
            len(stops),
        ).format(region=label("region", region), year=year, count=len(stops), placed=len(placed))
    ]
    sites = [named(row, "title") for row in rows if row["role"] == "landmark"]
    if sites:
        sentences.append(_("Other sites with a known place: {list}").format(list=", ".join(sites)))
    return sentences
