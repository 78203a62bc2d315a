"""What the address names and the record does not have, in words, and what is shown instead."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.catalogue import read_catalogue
from dashboard.content.document import Block, Table
from dashboard.content.report import Report
from dashboard.i18n import DEFAULT_LANGUAGE, LANGUAGES, label, language_name
from dashboard.i18n import gettext as _
from dashboard.render.screen.openings import EVIDENCE
from dashboard.render.screen.paging import SIZE, SIZES
from dashboard.render.screen.table_order import SORT
from dashboard.render.screen.texts import draw_text
from dashboard.render.screen.written import blocks_by_key
from dashboard.settings import settings
from dashboard.store.ask import Record
from dashboard.ui.behind import opens_evidence
from dashboard.ui.event_filters import ALL

_NAMING = (
    "event", "agreement", "institution", "country", "metric", "year", "event_type",
    "agreement_kind", "agreement_state", "ministry", "programme", "reporting",
)  # fmt: skip
"""Parameters of the address that name something of the record; a region has a note of its own."""


def note_unknown(record: Record, asked: Mapping[str, Any], report: Report | None = None) -> None:
    """Say which names of the address were not found, each with what is shown in its place.

    Of a page that composes a report its evidence and the order of its tables are looked at too.
    """
    written = st.query_params.to_dict()
    found = [
        (_names()[name], code, _shown(name, asked[name]))
        for name, code in unknown_in(written, asked)
    ]
    found += unknown_ways(written)
    if report is not None:
        found += unknown_orders(written, blocks_by_key(report))
        evidence = written.get(EVIDENCE)
        if evidence and opens_evidence(record, evidence) is None:
            found.append((_("Evidence"), evidence, _("the page alone")))
    for what, code, shown in found:
        sentence = _(
            "The address names the {what} “{code}”, of which there is nothing here. Shown: {shown}."
        ).format(what=what, code=code, shown=shown)
        draw_text(sentence, "box", role="status")


def unknown_ways(written: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Language and rows a page that there are not: what it is, its code, and what is shown."""
    known = {
        "lang": (LANGUAGES, _("Language"), language_name(DEFAULT_LANGUAGE)),
        SIZE: (tuple(map(str, SIZES)), _("Rows a page"), str(SIZES[0])),
    }
    return [
        (what, written[name], shown)
        for name, (codes, what, shown) in known.items()
        if written.get(name) and written[name] not in codes
    ]


def unknown_orders(
    written: Mapping[str, str], blocks: Mapping[str, Block]
) -> list[tuple[str, str, str]]:
    """Orders by a column or in a direction that a table does not have, as `unknown_ways`."""
    found = []
    for name, code in written.items():
        block = blocks.get(name.removeprefix(SORT)) if name.startswith(SORT) else None
        column, _dot, way = code.partition(".")
        if isinstance(block, Table) and (
            way not in ("asc", "desc") or all(one.name != column for one in block.columns)
        ):
            found.append((_("Order of the rows"), code, _("the usual order")))
    return found


def unknown_in(written: Mapping[str, str], asked: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Parameters and codes that the address has and the view has not: `(event, DG-2016-X)`."""
    return [
        (name, code)
        for name in _NAMING
        if name in written and name in asked
        for code in written[name].split(",")
        if code not in (ALL, "") and code not in str(asked[name]).split(",")
    ]


def _names() -> dict[str, str]:
    return {
        "event": _("Event"),
        "agreement": _("Agreement"),
        "institution": label("column", "institution"),
        "country": label("column", "country"),
        "metric": _("Metric"),
        "year": _("Year"),
        "event_type": _("Event type"),
        "agreement_kind": label("column", "agreement_kind"),
        "agreement_state": label("column", "agreement_state"),
        "ministry": _("Ministry"),
        "programme": _("Programme"),
        "reporting": _("Reported figure"),
    }


def _shown(name: str, value: object) -> str:
    if value is None:
        return _("all")
    if name == "metric":
        return str(read_catalogue(settings().queries)[str(value)].name)
    return str(value)
