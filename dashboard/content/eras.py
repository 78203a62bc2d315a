"""Years that charts of patients shade, since whoever reads them asks why."""

from dashboard.content.document import Era
from dashboard.i18n import gettext as _


def pandemic() -> Era:
    """The years of the COVID-19 pandemic, in which Korea's borders were shut or half open."""
    return Era(2020, 2022, _("COVID-19"))
