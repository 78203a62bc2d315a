"""Below the map: stated totals, the nine countries, and the route of the onsite review."""

from urllib.parse import urlencode

import streamlit as st

from dashboard.charts.centre_totals import centre_totals_chart
from dashboard.charts.review_route import review_route_chart
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext, publisher_names, record_text
from dashboard.render.screen.html import draw
from dashboard.store.ask import Record
from dashboard.ui.chart_card import chart_card, data_note
from dashboard.ui.filter_bar import region_name

_OWNER_OF_THE_NINE = "KR-27"
"""The nine countries are those said to have a centre of Daegu."""
_CONFIDENCE_MARKS = {"certain": "●", "likely": "○", "possible": "?"}


def country_href(country: str | None) -> str:
    """The address of a country's page, or of the map, with the rest of the view as it is."""
    kept = {name: value for name, value in st.query_params.to_dict().items() if name != "country"}
    if country is not None:
        kept["country"] = country
    return f"?{urlencode(kept)}"


def totals_section(record: Record, region: str) -> None:
    """What was said of a region's centres against what the record can show."""
    st.markdown("## " + _("What was said against what can be shown"))
    answer = record.ask("centre_totals_named", {"owner_region": region})
    if not answer.rows:
        st.info(
            _("{region}: neither a total nor a centre is in the record. That is no zero.").format(
                region=region_name(region)
            )
        )
        return
    chart_card(centre_totals_chart(region, answer.rows), answer, "centre-totals")
    st.caption(
        _(
            "The stated totals rise and fall without a stated reason. The line of named openings "
            "only rises, because no source reports a closure; a district's own centre is in it."
        )
    )


def countries_section(record: Record, region: str) -> None:
    """The candidates for the nine countries of end 2018, and how sure each is."""
    if region not in (_OWNER_OF_THE_NINE, "KR"):
        return
    answer = record.ask("centre_countries")
    counts = {
        name: sum(row["confidence"] == name for row in answer.rows) for name in _CONFIDENCE_MARKS
    }
    st.markdown(
        "## "
        + _(
            "{count} candidates for the nine countries of end 2018: {certain} certain, {likely} "
            "likely, {possible} possible"
        ).format(**counts, count=len(answer.rows))
    )
    totals = {name: sum(row[f"{name}_count"] for row in answer.rows) for name in _CONFIDENCE_MARKS}
    st.write(
        _(
            "Stated were 20 centres in nine countries. The record can name {certain} that are "
            "certainly among them, {likely} that likely are, and {possible} that may be."
        ).format(**totals)
    )
    draw(
        "centre_countries.html",
        caption=_("Candidates for the nine countries; a name opens the page of the country"),
        rows=[
            {
                **row,
                "href": country_href(row["country"]),
                "mark": _CONFIDENCE_MARKS[row["confidence"]],
                "cities": ", ".join(record_text(city) for city in row["cities"]) or "–",
                "counts": _counts(row),
                "sources": publisher_names(answer.sources, row["source_ids"]),
            }
            for row in answer.rows
        ],
    )
    data_note(answer, "centre-countries")


def _counts(row: dict[str, int]) -> str:
    parts = [
        f"{label('counted_2018', name)} {row[f'{name}_count']}"
        for name in _CONFIDENCE_MARKS
        if row[f"{name}_count"]
    ]
    return ", ".join(parts) or _("none can be named")


def route_section(record: Record, region: str, year: int) -> None:
    """The stops of an onsite review."""
    answer = record.ask("review_route", {"region": region, "year": year})
    st.markdown("## " + _("Route of the onsite review of {year}").format(year=year))
    if not answer.rows:
        st.info(
            _("{region}: the record has no stop of an onsite review in {year}.").format(
                region=region_name(region), year=year
            )
        )
        return
    chart_card(review_route_chart(region, year, answer.rows), answer, "review-route")
    unknown = sum(row["role"] == "stop" and row["lat"] is None for row in answer.rows)
    if unknown:
        st.caption(
            ngettext(
                "Of {count} stop the record has no coordinates: it is drawn by its order only.",
                "Of {count} stops the record has no coordinates: they are drawn by their order "
                "only.",
                unknown,
            ).format(count=unknown)
        )
