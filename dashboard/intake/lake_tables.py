"""What the lake's tables have beside the public record's columns, because cities hand them in."""

from dashboard.contract import city_contracts
from dashboard.store.visit_counts import COUNT_COLUMNS, VISIT_COUNTS, VISITS

PUBLIC = "public-record"
"""Origin of the record's own batch, whose rows nobody else may overwrite."""
WITHDRAWN = "withdrawn"
"""Column that is `true` in a row which says that the row with its id counts no more."""
UNKNOWN = ""
"""Region of visits that could not be told: nobody's own, so that nobody sees them exactly."""


def city_columns() -> dict[str, tuple[str, ...]]:
    """Lake table → the columns that every build names in it, whoever's rows have them.

    A record of an earlier version, or one of somebody's own, need not have them all.
    """
    found: dict[str, dict[str, None]] = {VISIT_COUNTS: dict.fromkeys(COUNT_COLUMNS)}
    found |= {table: dict.fromkeys(columns) for table, columns in RECORD_COLUMNS.items()}
    for contract in city_contracts().values():
        if contract.name == VISITS:
            continue
        columns = found.setdefault(contract.lake_table, {})
        columns |= dict.fromkeys(field.name for field in contract.fields)
        columns |= dict.fromkeys((*contract.constants, *DERIVED.get(contract.name, {}), WITHDRAWN))
    return {table: tuple(columns) for table, columns in found.items()}


RECORD_COLUMNS = {
    "events": ("title_ko_origin", "title_ko_source_id", "date_inferred"),
    "agreements": ("date_inferred",),
    "funding_lines": ("programme_ko", "payer", "year_end", "approximate"),
}
"""Table → columns that the public record alone has beside those of cities, blank in theirs."""
DERIVED = {
    "events": {"date_precision": "start_date"},
    "agreements": {"date_precision": "signed_on"},
    "centres": {"opened_precision": "opened_on"},
}
"""Table → column of the lake that says how exact a date is → the date."""


def precision(partial: str | None) -> str:
    """How exact an ISO date is: `day`, `month`, `year` or `unknown`."""
    return {10: "day", 7: "month", 4: "year"}.get(len(partial or ""), "unknown")
