"""The filters of the funding page: region, year, ministry and programme."""

from functools import partial
from typing import Any

from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.store.ask import Record
from dashboard.ui.event_filters import ALL, or_all, region_or_all
from dashboard.ui.filter_bar import DEFAULT_REGION, filters_row, url_choice


def funding_filters(record: Record) -> dict[str, Any]:
    """Draw region, year, ministry and programme, and read them from the URL."""
    regions = [row["region"] for row in record.ask("regions").rows]
    programmes = record.ask("funding_programmes").rows
    spans = [*record.ask("funding_awards").rows, *record.ask("funding_lines").rows]
    known = {
        year for row in spans for year in range(row["year"], (row["year_end"] or row["year"]) + 1)
    }
    with filters_row():
        region = url_choice("region", _("Region"), regions, DEFAULT_REGION, region_or_all)
        years = [ALL, *map(str, sorted(known, reverse=True))]
        year = url_choice("year", _("Year"), years, ALL, or_all(str), 150)
        ministries = [ALL, *dict.fromkeys(row["ministry"] for row in programmes)]
        ministry = url_choice(
            "ministry", _("Ministry"), ministries, ALL, or_all(partial(label, "ministry")), 300
        )
        ids = [row["programme_id"] for row in programmes if ministry in (ALL, row["ministry"])]
        programme = url_choice(
            "programme",
            _("Programme"),
            [ALL, *ids],
            ALL,
            or_all(partial(label, "programme")),
            360,
        )
    return {
        "region": region,
        "year": None if year == ALL else int(year),
        "ministry": None if ministry == ALL else ministry,
        "programme": None if programme == ALL else programme,
    }
