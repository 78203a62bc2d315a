"""Beside the map: the lists of what is on it, and the card of what was chosen."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import streamlit as st

from dashboard.content.cells import date_cell, day_cell, text_cell
from dashboard.content.document import Cell, Paragraph, Section, Table
from dashboard.content.findings import events_counted
from dashboard.content.links import centre_evidence_link, link_to
from dashboard.content.named_centres import centre_facts
from dashboard.content.tables import table_of
from dashboard.i18n import (
    country_text,
    label,
    language,
    ngettext,
    number_text,
    place_text,
    record_text,
)
from dashboard.i18n import gettext as _
from dashboard.render.screen.page import kept_sections, sections_view
from dashboard.render.screen.same_object import Same
from dashboard.render.screen.world_map import MapLook, shown_centres
from dashboard.store.answer import Answer, Row, Rows
from dashboard.store.ask import Record
from dashboard.ui.map_choice import (
    PART,
    MapChoice,
)
from dashboard.ui.year_events import event_cards

_LISTS, _CARD, _FOLDS = 101, 201, 301
"""Numbers of the sections beside the map, beyond those of the page."""
_KEPT = 64
"""The lists of so many maps stay made."""


def draw_lists(look: MapLook, centres: Answer, events: Answer | None) -> None:
    """The same content as the map: a name in a row moves the map and opens the card."""
    rows = None if events is None else Same(events.rows)
    listed, folds = _lists(look, Same(centres.rows), rows, language())
    with st.container(key="cr-map-list"):
        kept_sections(listed, first=_LISTS)
    # On a telephone each row is a card: there they stand folded, by country, instead.
    with st.container(key="cr-map-folds"):
        kept_sections(folds, first=_FOLDS)


@lru_cache(maxsize=_KEPT)
def _lists(
    look: MapLook, centres: Same[Rows], events: Same[Rows] | None, _code: str
) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """The lists as they stand beside the map, and folded; made once of the same answers."""
    shown = shown_centres(look, centres.of)
    if shown:
        listed = [Section(centres_title(shown), (_centres_table(shown),))]
    else:
        none = _("No centre in this year. Choose a later one, or switch on other regions.")
        listed = [Section(centres_title(shown), (Paragraph(none),))]
    if events is not None:
        counted = events_counted(events.of) if events.of else _("no event in the record")
        blocks = (_events_table(events.of),) if events.of else ()
        listed.append(Section(counted, blocks))
    return tuple(listed), tuple(_folds(shown, events.of if events else ()))


def _folds(shown: Sequence[Row], events: Rows) -> list[Section]:
    """The same lists behind a title for each country, and one for the events."""
    places: dict[str, list[Row]] = {}
    for row in shown:
        places.setdefault(row["country"], []).append(row)
    folds = [Section(centres_title(shown), ())]
    folds += [
        Section(country_text(code), (_centres_table(rows),), is_folded=True, anchor=code)
        for code, rows in sorted(places.items(), key=lambda one: -len(one[1]))
    ]
    if events:
        table = _events_table(events)
        folds.append(Section(events_counted(events), (table,), is_folded=True, anchor="events"))
    return folds


def _centres_table(shown: Iterable[Row]) -> Table:
    """A centre a line; its city is chosen as its mark is, its country opens its page."""
    return table_of(
        "",
        shown,
        {
            "city": lambda row: _choosing(
                record_text(row["city"]) or _("city not known"), row["centre_id"]
            ),
            "country": lambda row: text_cell(
                country_text(row["country"]), link=link_to("", country=row["country"], pick="")
            ),
            "centre_state": (_("State"), lambda row: label("centre_state", row["centre_state"])),
            "opened_on": lambda row: date_cell(row["opened_on"]),
            "owner_region": lambda row: label("region", row["owner_region"]),
        },
    )


def _events_table(rows: Iterable[Row]) -> Table:
    return table_of(
        "",
        rows,
        {
            "title": lambda row: _choosing(record_text(row["title"]), row["event_id"]),
            "start_on": (_("Date"), lambda row: day_cell(row, "start_on", "end_on")),
            "city": (_("Place"), lambda row: place_text(row["city"], row["country"])),
            "event_type": lambda row: label("event_type", row["event_type"]),
        },
    )


def _choosing(text: str, id_: str) -> Cell:
    """The name of what is on the map, which opens its card and moves the map there."""
    return text_cell(text, link=link_to("", pick=id_, **{PART: ""}))


def centres_title(shown: Sequence[Row]) -> str:
    """How many centres of `map_centres` there are, by owner if several: the page counts one's."""
    named = [label("region", row["owner_region"]) for row in shown if row["is_named"]]
    planned = sum(not row["is_named"] for row in shown)
    title = ngettext(
        "{count} centre named in the record", "{count} centres named in the record", len(named)
    ).format(count=number_text(len(named)))
    each = [f"{owner}\u00a0{count}" for owner, count in Counter(named).most_common()]
    if len(each) > 1:
        title += f" ({', '.join(each)})"
    if planned:
        title += _(", {count} only planned").format(count=number_text(planned))
    return title


def draw_card(record: Record, choice: MapChoice, centres: Answer, events: Answer | None) -> None:
    """Everything about the centre, or the events at the place, that the reader chose."""
    on_map = () if events is None else events.rows
    centre = next((row for row in centres.rows if row["centre_id"] == choice.pick), None)
    event = next((row for row in on_map if row["event_id"] == choice.pick), None)
    if centre is not None:
        st.markdown("## " + _("Chosen centre"))
        publishers = {
            source["publisher"]
            for source in centres.sources
            if source["source_id"] in centre["source_ids"]
        }
        evidence = ngettext(
            "evidence from {count} publisher", "evidence from {count} publishers", len(publishers)
        ).format(count=len(publishers))
        link = centre_evidence_link(centre["centre_id"])
        table = table_of(
            "",
            [
                *((name, text_cell(text)) for name, text in centre_facts(centre)),
                (_("Evidence"), text_cell(f"{evidence}\u00a0›", link=link)),
            ],
            {
                "fact": (_("Promotion centre"), lambda one: one[0]),
                "value": (_("Content"), lambda one: one[1]),
            },
        )
        place = place_text(centre["city"], centre["country"])
        sections_view([Section(place, (table,))], first=_CARD)
    elif event is not None:
        asked: dict[str, object] = {"region": event["owner_region"], "year": choice.year}
        answer = record.ask("year_events", asked)
        here = {
            row["event_id"]
            for row in on_map
            if (row["lat"], row["lon"]) == (event["lat"], event["lon"])
        }
        st.markdown("## " + _("Chosen events"))
        event_cards(record, answer, [row for row in answer.rows if row["event_id"] in here])
    elif choice.pick is not None:
        st.info(_("What was chosen is not part of this view: another year or layer may show it."))
    else:
        st.caption(
            _("Choose a mark on the map or a name in the table to read all that is known of it.")
        )
