"""The filter of the sources: the metric whose coverage is shown."""

from dashboard.catalogue import read_catalogue
from dashboard.content.sources import has_claims
from dashboard.i18n import gettext as _
from dashboard.kpi import PATIENTS
from dashboard.settings import settings
from dashboard.store.ask import Record
from dashboard.ui.filter_bar import url_choice


def covered_metric(_record: Record) -> dict[str, object]:
    """Draw the choice and read it from the address."""
    names = {
        metric.id: str(metric.name)
        for metric in read_catalogue(settings().queries).all()
        if has_claims(metric)
    }
    chosen = url_choice("metric", _("Metric"), list(names), PATIENTS, names.__getitem__, width=480)
    return {"metric": chosen}
