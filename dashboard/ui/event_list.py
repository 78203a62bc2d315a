"""All events that fit the filters: the finding, the timeline, and those without a date."""

import streamlit as st

from dashboard.charts.event_timeline import event_timeline
from dashboard.content.findings import events_counted
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext, place_text
from dashboard.render.screen.html import draw
from dashboard.store.answer import Answer
from dashboard.store.ask import Record
from dashboard.ui.chart_card import chart_card
from dashboard.ui.event_filters import EventView, where_and_when
from dashboard.ui.event_links import event_href


def event_headline(view: EventView, stages: Answer) -> None:
    """How many events, how many of them held, and how many say what came of them.

    Args:
        view: what the reader looks at.
        stages: answer to `event_stages` of the same filters.
    """
    where = where_and_when(view)
    if not view.matching.rows:
        st.markdown("# " + _("{where}: the record has no event").format(where=where))
        st.info(
            _(
                "That is no zero: events come from press and city pages, and most regions have "
                "none there. Choose another region, year, type or country."
            )
        )
        return
    consulted = next(row for row in stages.rows if row["stage"] == "patients_consulted")
    st.markdown(
        "# "
        + _("{where}: {counts}, {reporting} with the number of patients consulted").format(
            where=where,
            counts=events_counted(view.matching.rows),
            reporting=consulted["reporting_count"],
        )
    )
    st.caption(
        _(
            "Held events leave out those only announced, those not known to have taken place, and "
            "the ministry's onsite reviews."
        )
    )


def event_timeline_section(record: Record, view: EventView) -> None:
    """The timeline; a click opens an event. Events without a date stand below it, as links."""
    if view.matching.rows:
        st.markdown("## " + _("Timeline"))
    if any(row["start_on"] for row in view.matching.rows):
        chart_card(event_timeline(view.matching.rows), view.matching, "timeline", _open_chosen)
        st.caption(
            _(
                "A line is how long an event took; where only the month or the year is known, it "
                "is the time in which it lies. Choose a point, or an event in the box above."
            )
        )
    _undated(record, view)


def _open_chosen() -> None:
    """Put the event of the clicked point into the URL."""
    state = st.session_state.get("timeline-chart") or {}
    points = state.get("selection", {}).get("points", [])
    if points and points[0].get("customdata"):
        data = points[0]["customdata"]
        # A list in one version of the library, an object with numbered names in another.
        st.query_params["event"] = str(data[0] if isinstance(data, list) else data["0"])


def _undated(record: Record, view: EventView) -> None:
    """Events whose date is not known; beside a chosen year, those that may belong to it."""
    answer = record.ask("events", view.filters | {"year": None})
    rows = [row for row in answer.rows if not row["start_on"]]
    if not rows:
        return
    title = ngettext(
        "{count} event of unknown date", "{count} events of unknown date", len(rows)
    ).format(count=len(rows))
    draw(
        "event_links.html",
        title=title,
        remark=_("Not counted in the chosen year; they may belong to it.")
        if view.filters["year"]
        else "",
        events=[
            {
                **row,
                "place": place_text(row["city"], row["country"]),
                "type": label("event_type", row["event_type"]),
                "href": event_href(row["event_id"]),
            }
            for row in rows
        ],
    )
