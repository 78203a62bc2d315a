"""A page of the registry on screen: its filters, what it says, and what opens above it."""

from functools import partial

import streamlit as st

from dashboard.content.pages import Page
from dashboard.i18n import gettext as _
from dashboard.render.screen.html import draw
from dashboard.render.screen.page import report_view
from dashboard.ui.address_note import note_unknown
from dashboard.ui.behind import open_what_is_behind
from dashboard.ui.composing import composed, look_ahead
from dashboard.ui.evidence import build_note
from dashboard.ui.export_panel import export_panel
from dashboard.ui.filter_bar import note_other_region, region_and_year
from dashboard.ui.legend import legend
from dashboard.ui.not_open import opened
from dashboard.ui.noting import exact_regions, note_exact
from dashboard.ui.page_header import page_header
from dashboard.ui.presenting.deck import deck, deck_in_view
from dashboard.ui.record_in_view import as_of_note, record_in_view
from dashboard.ui.refusal_note import refusal_note
from dashboard.ui.screens import SCREENS, Screen
from dashboard.ui.standing_notes import standing_notes


def show(page: Page) -> None:
    """Draw a page under its bar. One on which one only acts draws itself."""
    deck_shown = deck_in_view() if page.path == "present" else None
    if deck_shown is not None:
        # A deck fills the whole window: no bar, no notes.
        deck(deck_shown)
        return
    line = page_header(page.path)
    standing_notes()
    if not opened(page):
        return
    refusal_note()
    as_of_note()
    screen = SCREENS.get(page.path, Screen())
    record = record_in_view()
    with line:
        asked = screen.filters(record)
    if asked is None:
        st.markdown("# " + _("The record has no figure by which regions can be ranked"))
        return
    if "region" in asked:
        note_other_region(asked["region"])
    if screen.draw is not None:
        note_unknown(record, asked)
        screen.draw(record, asked)
        return
    parameters = {name: value for name, value in asked.items() if name in page.parameters}
    with line:
        draw("contents.html")
        legend()
        export_panel(record, page.report, parameters)
    report = composed(record, page.report, parameters)
    note_unknown(record, asked, report)
    parts = {name: partial(part, record, asked) for name, part in screen.parts.items()}
    report_view(report, parts)
    note_exact(report, record.current())
    passed_on = report
    if exact_regions(report):
        passed_on = composed(record.protected(), page.report, parameters)
    open_what_is_behind(record, report, passed_on)
    build_note(record.current())
    if screen.filters is region_and_year:
        look_ahead(record, page.report, parameters, frozenset(parts))
