"""What the address names and the record does not have, in words, and what is shown instead."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.catalogue import read_catalogue
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.render.screen.texts import draw_text
from dashboard.settings import settings
from dashboard.ui.event_filters import ALL

_NAMING = (
    "event", "agreement", "institution", "country", "metric", "year", "event_type",
    "agreement_kind", "agreement_state", "ministry", "programme",
)  # fmt: skip
"""Parameters of the address that name something of the record; a region has a note of its own."""


def note_unknown(asked: Mapping[str, Any]) -> None:
    """Say which names of the address were not found, each with what is shown in its place."""
    for name, code in unknown_in(st.query_params.to_dict(), asked):
        sentence = _(
            "The address names the {what} “{code}”, of which there is nothing here. Shown: {shown}."
        ).format(what=_names()[name], code=code, shown=_shown(name, asked[name]))
        draw_text(sentence, "box", role="status")


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
    }


def _shown(name: str, value: object) -> str:
    if value is None:
        return _("all")
    if name == "metric":
        return str(read_catalogue(settings().queries)[str(value)].name)
    return str(value)
