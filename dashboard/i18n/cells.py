"""Cells of a table as a reader sees them: labels for codes, names for countries and places."""

from dashboard.i18n.language import label, record_text
from dashboard.i18n.places import country_text

_LISTS = {
    "agreement": "agreement",
    "agreement_kind": "agreement_kind",
    "agreement_state": "agreement_state",
    "breakdown": "breakdown",
    "centre_state": "centre_state",
    "centre_status": "centre_status",
    "confidence": "confidence",
    "counted_2018": "counted_2018",
    "date_precision": "precision",
    "department": "department",
    "event_status": "event_status",
    "event_type": "event_type",
    "evidence": "evidence",
    "from_stage": "measure",
    "growth_evidence": "evidence",
    "grant_evidence": "evidence",
    "institution_class": "institution_class",
    "line": "programme",
    "matched_evidence": "evidence",
    "institution_kind": "institution_kind",
    "measure": "measure",
    "ministry": "ministry",
    "money_source": "money_source",
    "opened_precision": "precision",
    "outcome": "outcome",
    "owner_region": "region",
    "part": "part",
    "partners": "region",
    "per": "per",
    "participant_role": "participant_role",
    "period": "period",
    "planned_evidence": "evidence",
    "previous_evidence": "evidence",
    "programme_id": "programme",
    "programme_kind": "programme_kind",
    "reason": "reason",
    "region": "region",
    "regions": "region",
    "reported_evidence": "evidence",
    "role": "route_role",
    "share_evidence": "evidence",
    "stage": "measure",
    "target_evidence": "evidence",
    "tier": "tier",
    "title_ko_origin": "title_origin",
    "to_stage": "measure",
    "total_evidence": "evidence",
    "unit": "unit",
    "value_evidence": "evidence",
}
"""Column → code list."""
_COUNTRIES = frozenset({"counted_in", "countries", "country", "nationality"})
_TEXTS = frozenset(
    {"title", "note", "publisher", "subject", "statement_a", "statement_b", "reading", "item"}
    | {"participant", "text", "given_by", "institution"}
    | {"city", "host", "operator", "planned_note", "reported_note", "share_note", "growth_note"}
    | {"event_title", "parties", "other_parties", "payer", "programme"}
)


def readable(column: str, value: object) -> object:
    """A cell of a table in the reader's language; numbers stay numbers, lists become text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, tuple):
        return ", ".join(str(readable(column, item)) for item in value)
    if column in _LISTS:
        return label(_LISTS[column], value)
    if column in _COUNTRIES:
        return country_text(str(value))
    return record_text(str(value)) if column in _TEXTS else value
