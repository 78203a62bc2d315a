"""What the record holds, as far as rows that are handed in have to fit it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.contract import Contract
from dashboard.intake.codes import folded
from dashboard.intake.lake_tables import PUBLIC, WITHDRAWN
from dashboard.intake.validation import Tables
from dashboard.store.batches import Batch
from dashboard.store.lake import Lake
from dashboard.store.lake_rows import expose_rows, lake_columns


@dataclass(frozen=True)
class Known:
    """What the record holds now, as far as a delivery has to fit it."""

    current: Mapping[str, Mapping[str, str | None]]
    """Id → row of the delivery's table, rows of the public record included."""
    public_ids: frozenset[str]
    sources: frozenset[str]
    events: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Folded title, or id → ids of the events that have it."""
    metrics: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    event_regions: Mapping[str, str] = field(default_factory=dict)
    """Id of an event → the region whose it is."""
    batch_of_source: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    """Id of a row that counts no more → the batch that took it out."""


def read_known(lake: Lake, batches: Sequence[Batch], contract: Contract) -> Known:
    """What a delivery of a table is compared with.

    Args:
        lake: of the workspace.
        batches: those in force.
        contract: of the delivery's table.
    """
    names_events = any(column.codes == "event" for column in contract.fields)
    wanted = {contract.lake_table, "sources"}
    wanted |= {"events", "institutions"} if names_events else set()
    key = contract.primary_key[0]
    tables: dict[str, list[dict[str, str | None]]] = {}
    withdrawn: dict[str, str] = {}
    with lake.attached() as connection:
        for table in wanted & lake_columns(connection).keys():
            expose_rows(connection, table, batches, "found")
            rows = connection.execute("FROM found").to_arrow_table().to_pylist()
            tables[table] = [row for row in rows if not row.get(WITHDRAWN)]
            if table == contract.lake_table:
                withdrawn = {row[key]: row["batch_id"] for row in rows if row.get(WITHDRAWN)}
    rows = tables.get(contract.lake_table, [])
    by_id = {row.get(key) or f"{row['batch_id']}:{row['line']}": row for row in rows}
    public = {batch.batch_id for batch in batches if batch.origin == PUBLIC}
    events: dict[str, tuple[str, ...]] = {}
    for event in tables.get("events", []) if names_events else []:
        for name in {event["event_id"], event["title_en"], event["title_ko"]} - {None}:
            events[folded(str(name))] = (
                *events.get(folded(str(name)), ()),
                str(event["event_id"]),
            )
    return Known(
        by_id,
        frozenset(row_id for row_id, row in by_id.items() if row["batch_id"] in public),
        frozenset(str(row["source_id"]) for row in tables.get("sources", [])),
        events,
        frozenset(str(row["metric"]) for row in rows if row.get("metric")),
        frozenset(str(row["institution_id"]) for row in tables.get("institutions", [])),
        {str(row["event_id"]): row["owner_region"] or "" for row in tables.get("events", [])},
        {str(row["source_id"]): str(row["batch_id"]) for row in tables.get("sources", [])},
        withdrawn,
    )


def known_of(tables: Tables, metrics: Collection[str]) -> Known:
    """What rows of a whole record are held to: its own sources, events and institutions.

    Args:
        tables: of the record.
        metrics: that the record had before; empty where there was none, when all are known.
    """

    def ids(table: str, column: str) -> frozenset[str]:
        return frozenset(str(row.cells[column]) for row in tables.get(table, ()))

    return Known(
        {},
        frozenset(),
        ids("sources", "source_id"),
        {folded(event): (event,) for event in ids("events", "event_id")},
        frozenset(metrics) or ids("observations", "metric"),
        ids("institutions", "institution_id"),
    )
