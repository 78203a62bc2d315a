"""The filters of the rankings: KPI, years, year to compare with, highlighted region."""

from dataclasses import dataclass
from typing import Any

from dashboard.catalogue import Catalogue, Metric, read_catalogue
from dashboard.content.ranking import YEARS_SHOWN
from dashboard.content.well_covered import well_covered_year
from dashboard.i18n import gettext as _
from dashboard.kpi import PATIENTS
from dashboard.settings import settings
from dashboard.store.ask import Record
from dashboard.ui.filter_bar import (
    DEFAULT_REGION,
    filters_row,
    from_url,
    region_name,
    url_choice,
)

YearsOfRegions = dict[int, tuple[str, ...]]
"""Year → codes of the regions with a figure."""


@dataclass(frozen=True)
class RankingView:
    """What the reader chose to rank."""

    metric: Metric
    region: str
    first_year: int
    year: int
    """The last year, which the table is about."""
    base: int | None
    """Year to compare with; None where nothing may be compared."""


def ranking_asked(record: Record) -> dict[str, Any] | None:
    """The filters drawn, and what was chosen as parameters of the report."""
    view = ranking_filters(record, read_catalogue(settings().queries))
    if view is None:
        return None
    return {
        "metric": view.metric.id,
        "year": view.year,
        "region": view.region,
        "base": view.base,
        "first_year": view.first_year,
        "view": view,
    }


def ranking_filters(record: Record, catalogue: Catalogue) -> RankingView | None:
    """Draw the filters and read them from the URL; None where the record has nothing to rank."""
    kpis = _ranked_kpis(record, catalogue)
    if not kpis:
        return None
    names = {metric: str(catalogue[metric].name) for metric in kpis}
    regions = [row["region"] for row in record.ask("regions").rows if not row["is_nation"]]
    with filters_row():
        default = PATIENTS if PATIENTS in kpis else next(iter(kpis))
        metric = url_choice("metric", _("KPI"), list(kpis), default, names.__getitem__, width=320)
        region = from_url("region", regions, DEFAULT_REGION)
        opening = well_covered_year(record.ask("region_years", {"region": region}).rows)
        year, first, base = _year_choices(
            kpis[metric], region, opening, catalogue[metric].comparable
        )
        url_choice("region", _("Highlighted region"), regions, DEFAULT_REGION, region_name)
    return RankingView(catalogue[metric], region, first, year, base)


def _year_choices(
    known: YearsOfRegions, region: str, opening: int | None, comparable: bool
) -> tuple[int, int, int | None]:
    """Draw the years. By default the last is the one with which the region opens, or its latest.

    Where it has no figure in the first nor any, it is the latest of all regions.

    Returns:
        The last and the first year, and the year to compare with.
    """
    mine = [year for year, regions in known.items() if region in regions]
    calendar = range(min(known), max(known) + 1)
    years = [str(year) for year in reversed(calendar)]
    latest = str(opening if opening in mine else max(mine or known))
    chosen = int(from_url("year", years, latest))
    firsts = [str(year) for year in calendar if year <= chosen]
    first = int(url_choice("first", _("From"), firsts, firsts[-YEARS_SHOWN:][0], width=110))
    url_choice("year", _("To"), years, latest, width=110)
    bases = [str(year) for year in reversed(known) if first <= year < chosen]
    if not comparable or not bases:
        return chosen, first, None
    base = url_choice("base", _("Compare with year"), bases, bases[0], width=150)
    return chosen, first, int(base)


def _ranked_kpis(record: Record, catalogue: Catalogue) -> dict[str, YearsOfRegions]:
    """Additive figures of the catalogue that regions have, in the catalogue's order."""
    found: dict[str, YearsOfRegions] = {}
    for row in record.ask("ranked_metrics").rows:
        found.setdefault(row["metric"], {})[row["year"]] = row["regions"]
    return {
        metric.id: found[metric.id]
        for metric in catalogue.all()
        if metric.additive
        and metric.question == "figure"
        and metric.params.get("metric") == metric.id
        and metric.id in found
    }
