"""In which words a count of a city's own patients says whether it is exact, and for whom."""

from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.store.answer import Answer, Row


def exact_words(region: str) -> str:
    """For whom the exact counts of a region stand on a page."""
    return _("exact counts, for officials of {region} only").format(region=label("region", region))


def counts_words(row: Row) -> str:
    """What the counts of a row of a protected question are: as they are, or changed."""
    return exact_words(row["region"]) if row["is_exact"] else _("changed by a fixed rule")


def exact_note(answer: Answer) -> str:
    """That an answer holds exact counts, and of which regions; empty where it holds none."""
    return " · ".join(exact_words(region) for region in answer.exact_regions)
