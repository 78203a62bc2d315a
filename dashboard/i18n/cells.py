"""Cells of a table as a reader sees them: labels for codes, names for countries and places."""

from dashboard.i18n.language import label, record_text
from dashboard.i18n.places import country_text

_OF_THEIR_NAME = frozenset(
    {"agreement", "agreement_kind", "agreement_state", "breakdown", "centre_state"}
    | {"centre_status", "confidence", "counted_2018", "department", "event_status"}
    | {"event_type", "institution_class", "institution_kind", "lost_at", "measure", "ministry"}
    | {"language", "money_source", "outcome", "part", "participant_role", "per", "period"}
    | {"programme_kind", "reason", "region", "status", "tier", "unit"}
)
"""Columns whose code list has their name."""
_LISTS = {
    "against_kind": "statement_kind",
    "date_precision": "precision",
    "from_stage": "measure",
    "kind": "statement_kind",
    "line": "programme",
    "opened_precision": "precision",
    "owner_region": "region",
    "partners": "region",
    "programme_id": "programme",
    "regions": "region",
    "role": "route_role",
    "stage": "measure",
    "title_ko_origin": "title_origin",
    "to_stage": "measure",
}
"""Column → code list."""
_COUNTRIES = frozenset({"counted_in", "countries", "country", "nationality"})
_TEXTS = frozenset(
    {"title", "note", "publisher", "subject", "statement_a", "statement_b", "reading", "item"}
    | {"participant", "text", "given_by", "institution", "cities"}
    | {"city", "host", "operator", "planned_note", "reported_note", "share_note", "growth_note"}
    | {"event_title", "parties", "other_parties", "payer", "programme"}
)


def has_codes(column: str) -> bool:
    """Whether a column of a question holds codes, which a reader sees by their names."""
    return column in {*_LISTS, *_OF_THEIR_NAME, *_COUNTRIES} or column.endswith("evidence")


def readable(column: str, value: object) -> object:
    """A cell of a table in the reader's language; numbers stay numbers, lists become text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, tuple):
        return ", ".join(str(readable(column, item)) for item in value)
    code_list = "evidence" if column.endswith("evidence") else _LISTS.get(column, column)
    if column in _LISTS or column in _OF_THEIR_NAME or code_list == "evidence":
        return label(code_list, value)
    if column in _COUNTRIES:
        return country_text(str(value))
    return record_text(str(value)) if column in _TEXTS else value
