"""What a judge who has three minutes on site reads first: rank, vision, centres."""

from dashboard.content.document import Paragraph, Points, Section
from dashboard.content.proofs import bound_of, places_text
from dashboard.content.query_context import QueryContext, Row
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text, record_text, with_particles
from dashboard.kpi import has_bounded_rank

_VISION = "Vision: "
"""How the record begins the vision among what a city said of its plans at an onsite review."""


def briefing_section(context: QueryContext, region: str, year: int) -> Section | None:
    """The certain ranks, the vision, and how many centres were announced and found.

    Args:
        context: asks the record.
        region: ISO 3166-2:KR code.
        year: of the review; what it judges is of the year before.

    Returns:
        None where the record has none of it.
    """
    ranks = (_rank(context, region, one) for one in (year - 1, year))
    lines = [
        *(Paragraph(text, sources) for text, sources in ranks if text),
        *_visions(context, region, year),
        *_centres(context, region, year - 1),
    ]
    if not lines:
        return None
    return Section(_("On site in three minutes"), (Points(tuple(lines)),))


def distinctions_of_stops(context: QueryContext, region: str, year: int) -> dict[str, Row]:
    """Stop of the onsite review, as the record names it → the row of what it was distinguished as.

    Rows are those of `event_programme`; a text begins with the stop's name and a colon.
    """
    rows = _programme(context, region, year)
    found = {row["institution"]: row for row in rows if row["programme_kind"] == "distinction"}
    return {name: row for name, row in found.items() if name and ": " in row["text"]}


def _programme(context: QueryContext, region: str, year: int) -> list[Row]:
    """What was seen and said at the onsite reviews of a region and year."""
    events = context.rows("events", region=region, year=year, event_type="onsite_review")
    return [
        row for one in events for row in context.rows("event_programme", event_id=one["event_id"])
    ]


def _rank(context: QueryContext, region: str, year: int) -> tuple[str, tuple[str, ...]]:
    row = bound_of(context.record, region, year, context.build)
    if row is None or not has_bounded_rank(row):
        return "", ()
    is_certain = row["rank_best"] == row["rank_worst"]
    sentence = (
        _("Foreign patients in {year}: certainly rank {places} of all {all} regions")
        if is_certain
        else _("Foreign patients in {year}: somewhere in rank {places} of all {all} regions")
    )
    said = sentence.format(year=year, places=places_text(row), all=row["region_count"])
    return said, tuple(row["source_ids"] or ())


def _visions(context: QueryContext, region: str, year: int) -> list[Paragraph]:
    return [
        Paragraph(record_text(row["text"]), tuple(row["source_ids"]))
        for row in _programme(context, region, year)
        if row["programme_kind"] == "plan" and row["text"].startswith(_VISION)
    ]


def _centres(context: QueryContext, region: str, year: int) -> list[Paragraph]:
    """How the number announced and the number named go together, where both are known."""
    counted = context.rows("map_years", owner_region=region)
    row = next((one for one in counted if one["year"] == year), None)
    if row is None or row["stated_count"] is None or not row["named_count"]:
        return []
    more = row["named_count"] - int(row["stated_count"])
    if more > 0:
        sentence = _(
            "Promotion centres at the end of {year}: {stated} were announced and the record "
            "names {named}, {more} more; no source prints the list, so that which of them were "
            "not counted is open. {open} of the named were seen open that year or later."
        )
    elif more < 0:
        sentence = _(
            "Promotion centres at the end of {year}: {stated} were announced and the record "
            "names {named}, {fewer} fewer; no source prints the list. {open} of the named were "
            "seen open that year or later."
        )
    else:
        sentence = _(
            "Promotion centres at the end of {year}: {stated} were announced and the record "
            "names as many; no source prints the list, so that they need not be the same. {open} "
            "of the named were seen open that year or later."
        )
    said = sentence.format(
        year=year,
        stated=number_text(row["stated_count"]),
        named=number_text(row["named_count"]),
        more=more,
        fewer=-more,
        open=number_text(row["open_count"]),
    )
    return [Paragraph(with_particles(said))]


def stop_text(row: Row, distinctions: dict[str, Row]) -> str:
    """A stop of `review_route` with its kind, or with what it was distinguished as."""
    name = record_text(row["item"])
    known = distinctions.get(row["title"] or row["item"])
    if known is not None:
        return f"{name} ({record_text(known['text']).split(': ', 1)[1]})"
    kind = row["institution_kind"]
    return f"{name} ({label('institution_kind', kind)})" if kind else name
