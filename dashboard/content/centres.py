"""Promotion centres of a region on the map."""

from dashboard.content.document import MapBlock, Place
from dashboard.content.findings import centres_finding
from dashboard.content.query_context import QueryContext
from dashboard.i18n import country_text, label, record_text


def centres_map(context: QueryContext, region: str, year: int) -> tuple[str, MapBlock | None]:
    """Centres at the end of a year; hollow where no later source says that they are open.

    Returns:
        The finding, which is empty where the record has nothing to count, and the map, which is
        None where no centre has a known place.
    """
    counted = [row for row in context.rows("map_years", owner_region=region) if row["year"] == year]
    if not counted:
        return "", None
    finding = centres_finding(label("region", region), year, counted[0])
    centres = context.rows("map_centres", owner_region=region, year=year)
    places = tuple(
        Place(record_text(row["city"]), row["lat"], row["lon"], row["centre_state"] == "open")
        for row in centres
        if row["lat"] is not None
    )
    named = ", ".join(
        f"{record_text(row['city']) or country_text(row['country'])}"
        f" ({label('centre_state', row['centre_state'])})"
        for row in centres
    )
    return finding, MapBlock(finding, places, f"{finding}. {named}") if places else None
