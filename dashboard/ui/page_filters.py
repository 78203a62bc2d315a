"""The filters of pages that have few: patients, the comparison, the sources and the changes."""

from typing import Any

from dashboard.catalogue import read_catalogue
from dashboard.content.changes import step_name
from dashboard.content.compare import trend_metrics
from dashboard.content.patients import FIRST_BASELINE, default_base
from dashboard.content.query_context import QueryContext
from dashboard.content.sources import has_claims
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.kpi import PATIENTS
from dashboard.render.screen.tabs import FIND
from dashboard.settings import settings
from dashboard.store.ask import Record
from dashboard.ui.filter_bar import (
    View,
    filter_bar,
    filters_row,
    from_url,
    note_default_year,
    url_choice,
    url_text,
    years_of_all,
)


def patient_filters(record: Record) -> dict[str, Any]:
    """Draw region, year and base year, and read them from the URL."""
    view = filter_bar(record, with_compare=False)
    with filters_row("cr-own-filters"):
        base = _base_choice(record, view)
    note_default_year(view, (view.region,))
    return {"region": view.region, "year": view.year, "base": base}


def _base_choice(record: Record, view: View) -> int | None:
    """An earlier year, the nearest to count from unless the URL names another; None without any."""
    has_patients = {
        str(row["year"]): row["has_patients"]
        for row in record.ask("region_years", {"region": view.region}).rows
        if FIRST_BASELINE <= row["year"] < view.year
    }
    if not has_patients:
        return None

    def year_name(year: str) -> str:
        """The year, and whether there is anything to count from."""
        return year if has_patients[year] else f"{year} · {label('evidence', 'no data')}"

    years = list(has_patients)
    context = QueryContext(record, record.current())
    nearest = str(default_base(context, view.region, view.year))
    default = nearest if nearest in years else years[0]
    return int(url_choice("base", _("Change since"), years, default, year_name))


def comparison_filters(record: Record) -> dict[str, Any]:
    """Draw region, year, up to two other regions and the metric, and read them from the URL."""
    figures = trend_metrics(QueryContext(record, record.current()))
    view = filter_bar(record, with_third=True)
    with filters_row("cr-own-filters"):
        metric = url_choice(
            "metric",
            _("Metric over the years"),
            list(figures),
            PATIENTS,
            lambda metric_id: str(figures[metric_id].name),
            width=400,
        )
    if years_of_all(record, [view.year], view.regions):
        note_default_year(view, view.regions)
    else:
        remark = _("No year has patient figures for all of these regions.")
        note_default_year(view, view.regions[:1], remark)
    return {
        "region": view.region,
        "year": view.year,
        "compare": view.compare,
        "third": view.third,
        "metric": metric,
    }


def search_in_tab(_record: Record, _asked: dict[str, Any]) -> None:
    """Draw the field for words that the seen part of the page is narrowed to."""
    url_text(FIND, _("Search in this part"), 320)


def covered_metric(_record: Record) -> dict[str, object]:
    """Draw the choice among metrics that have claims and read it from the address."""
    names = {
        metric.id: str(metric.name)
        for metric in read_catalogue(settings().queries).all()
        if has_claims(metric)
    }
    with filters_row():
        chosen = url_choice("metric", _("Metric"), list(names), PATIENTS, names.__getitem__)
    return {"metric": chosen}


def snapshot_filters(record: Record) -> dict[str, object]:
    """Draw the two snapshots that are compared and read them from the address."""
    names = {str(step.snapshot): step_name(step) for step in record.steps()}
    numbers = list(reversed(names))
    if len(numbers) < 2:
        return {}
    new = from_url("new", numbers[:-1], numbers[0])
    earlier = numbers[numbers.index(new) + 1 :]
    with filters_row():
        name_of = names.__getitem__
        old = url_choice("old", _("Earlier snapshot"), earlier, earlier[0], name_of, 400)
        new = url_choice("new", _("Later snapshot"), numbers[:-1], numbers[0], name_of, 400)
    return {"old": int(old), "new": int(new)}
