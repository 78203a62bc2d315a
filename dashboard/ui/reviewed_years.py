"""Years for which the record has a cluster review of a region."""

from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st

from dashboard.content.funding import LAST_YEAR
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.render.screen.texts import Anchor, draw_text
from dashboard.store.ask import Record
from dashboard.ui.filter_bar import View, filter_bar


def latest_review(record: Record) -> Callable[[str], int | None]:
    """Region → year of its last review in the record; None where it has none."""

    def year_of(region: str) -> int | None:
        return max(_years(record, region), default=None)

    return year_of


def review_filters(record: Record) -> dict[str, object]:
    """Region and year of a review, the region's last unless chosen, and the way to its others."""
    view = filter_bar(record, with_compare=False, preferred_year=latest_review(record))
    reviewed_years(record, view)
    return {"region": view.region, "year": view.year}


def reviewed_years(record: Record, view: View) -> None:
    """Links to the region's other reviews; nothing where there is none."""
    here = st.query_params.to_dict() | {"region": view.region}
    others = [year for year in _years(record, view.region) if year != view.year]
    if others:
        title = _("Other reviews of {region} in the record:").format(
            region=label("region", view.region)
        )
        years = [Anchor(str(year), f"?{urlencode(here | {'year': str(year)})}") for year in others]
        draw_text((title, *years), "weak cr-reviewed")


def _years(record: Record, region: str) -> list[int]:
    """The newest first."""
    rows = record.ask("review_record", {"region": region, "year": LAST_YEAR}).rows
    return sorted({row["year"] for row in rows}, reverse=True)
