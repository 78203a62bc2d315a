"""The filters of the agreements page: region, year, kind, state, country, and the institution."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from dashboard.content.links import Link
from dashboard.i18n import country_text, label, named
from dashboard.i18n import gettext as _
from dashboard.render.screen.links import href
from dashboard.render.screen.texts import Anchor, draw_text
from dashboard.store.ask import Record
from dashboard.ui.event_filters import ALL, or_all, region_or_all, values_of
from dashboard.ui.filter_bar import DEFAULT_REGION, filters_row, url_choice


def agreement_filters(record: Record) -> dict[str, Any]:
    """Draw the filters and the box that opens an institution, and read them from the address."""
    known = record.ask("agreements").rows
    regions = [row["region"] for row in record.ask("regions").rows]
    institutions = {row["institution_id"]: row for row in record.ask("institutions").rows}
    countries = {country for row in known for country in row["countries"]}
    choices: tuple[tuple[str, str, list[str], Callable[[str], str], int], ...] = (
        ("year", _("Year"), values_of(known, "year", newest_first=True), str, 150),
        *(
            (name, label("column", name), values_of(known, name), partial(label, name), 190)
            for name in ("agreement_kind", "agreement_state")
        ),
        (
            "country",
            label("column", "country"),
            sorted(countries, key=country_text),
            country_text,
            190,
        ),
        (
            "institution",
            _("Open an institution"),
            sorted(institutions, key=lambda code: named(institutions[code], "institution")),
            lambda code: named(institutions[code], "institution"),
            330,
        ),
    )  # fmt: skip
    with filters_row():
        region = url_choice("region", _("Region"), regions, DEFAULT_REGION, region_or_all)
        chosen = {
            name: url_choice(name, title, [ALL, *codes], ALL, or_all(text), width)
            for name, title, codes, text, width in choices
        }
    asked: dict[str, Any] = {name: None if code == ALL else code for name, code in chosen.items()}
    opened = st.query_params.get("agreement")
    return asked | {
        "region": region,
        "year": None if asked["year"] is None else int(asked["year"]),
        "agreement": opened if opened in {row["agreement_id"] for row in known} else None,
    }


def back_to_list(_record: Record, asked: dict[str, Any]) -> None:
    """The way from an agreement or an institution to the list."""
    if asked["agreement"] or asked["institution"]:
        link = Link("", (("agreement", ""), ("institution", "")))
        draw_text(Anchor(f"← {_('Back to the list')}", href(link)), "back")
