"""The filters of the funding page: region, ministry and programme."""

from functools import partial
from typing import Any

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.store.ask import Record
from dashboard.ui.filter_bar import DEFAULT_REGION, NATION, url_choice

ALL = "all"
"""What stands in the URL for no choice."""


def funding_filters(record: Record) -> dict[str, Any]:
    """Draw region, ministry and programme, and read them from the URL."""
    regions = [row["region"] for row in record.ask("regions").rows]
    programmes = record.ask("funding_programmes").rows
    ministries = list(dict.fromkeys(row["ministry"] for row in programmes))
    with st.container(horizontal=True, key="cr-filters", vertical_alignment="bottom"):
        region = url_choice("region", _("Region"), regions, DEFAULT_REGION, _region_name)
        ministry = url_choice(
            "ministry",
            _("Ministry"),
            [ALL, *ministries],
            ALL,
            partial(_name_in, "ministry"),
            width=300,
        )
        ids = [row["programme_id"] for row in programmes if ministry in (ALL, row["ministry"])]
        programme = url_choice(
            "programme", _("Programme"), [ALL, *ids], ALL, partial(_name_in, "programme"), width=360
        )
    return {
        "region": region,
        "ministry": None if ministry == ALL else ministry,
        "programme": None if programme == ALL else programme,
    }


def _region_name(code: str) -> str:
    return _("All regions") if code == NATION else label("region", code)


def _name_in(code_list: str, code: str) -> str:
    return _("all") if code == ALL else label(code_list, code)
