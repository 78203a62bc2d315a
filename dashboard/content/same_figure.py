"""Which metric of a region and year a figure of a report is, where it is one."""

from typing import Any

from dashboard.catalogue import read_catalogue
from dashboard.content.document import Block, Cell
from dashboard.content.sources import has_claims
from dashboard.errors import UsageError
from dashboard.kpi import PATIENTS, Reading, read_metric
from dashboard.settings import settings
from dashboard.store.answer import Answer, Rows
from dashboard.store.ask import Record


def reading_of_cell(record: Record, block: Block, cell: Cell) -> Reading | None:
    """The figure that a cell shows, with all its claims; None of a cell that shows anything else.

    It is looked for where the rows behind the block have the cell's value, and it is the same if
    value and sources are.
    """
    answer: Answer | None = getattr(block, "answer", None)
    if answer is None:
        return None
    catalogue = read_catalogue(settings().queries)
    asked = answer.parameters
    places: set[tuple[Any, ...]] = {
        tuple(row.get(name) or asked.get(name) for name in ("metric", "region", "year"))
        for row in answer.rows
        if cell.value in row.values()
    }
    for metric, region, year in sorted(places, key=str):
        if metric not in catalogue or not has_claims(catalogue[metric]) or not region or not year:
            continue
        try:
            reading = read_metric(record, catalogue[metric], region, year, answer.build)
        except UsageError:
            continue
        if reading.value == cell.value and set(reading.source_ids) == set(cell.source_ids):
            return reading
    return None


def claims_of_nationality(record: Record, block: Block, cell: Cell) -> Rows:
    """The rows of `claims` about a figure of one nationality; none of a cell that shows another.

    It is the same figure if the settled value and the sources are.
    """
    answer: Answer | None = getattr(block, "answer", None)
    if answer is None:
        return ()
    asked = answer.parameters
    for row in answer.rows:
        if not row.get("nationality") or cell.value not in row.values():
            continue
        named = {name: row.get(name) or asked.get(name) for name in ("region", "year")}
        metric = row.get("metric") or asked.get("metric") or PATIENTS
        if not all(named.values()):
            continue
        found = {"metric": metric, "nationality": row["nationality"], **named}
        try:
            claims = record.ask("claims", found, answer.build).rows
        except UsageError:
            continue
        settled = next((claim for claim in claims if claim["is_settled"]), None)
        printing = {claim["source_id"] for claim in claims}
        if settled and settled["value"] == cell.value and set(cell.source_ids) <= printing:
            return claims
    return ()
