"""Cells of a table as a reader sees them: labels for codes, names for countries and places."""

from dashboard.i18n.language import label, record_text
from dashboard.i18n.places import country_text

_LISTS = {
    "agreement": "agreement",
    "centre_status": "centre_status",
    "department": "department",
    "event_type": "event_type",
    "evidence": "evidence",
    "institution_class": "institution_class",
    "measure": "measure",
    "ministry": "ministry",
    "outcome": "outcome",
    "owner_region": "region",
    "period": "period",
    "previous_evidence": "evidence",
    "programme_id": "programme",
    "region": "region",
    "target_evidence": "evidence",
    "tier": "tier",
    "unit": "unit",
}
"""Column → code list."""
_COUNTRIES = frozenset({"country", "nationality"})
_TEXTS = frozenset(
    {"title", "note", "publisher", "subject", "statement_a", "statement_b", "reading", "item"}
)


def readable(column: str, value: object) -> object:
    """A cell of a table in the reader's language; numbers stay numbers, lists become text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    if column in _LISTS:
        return label(_LISTS[column], value)
    if column in _COUNTRIES:
        return country_text(str(value))
    return record_text(str(value)) if column in _TEXTS else value
