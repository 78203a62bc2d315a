"""Which metric of a region and year a figure of a report is, where it is one."""

from typing import Any

from dashboard.catalogue import read_catalogue
from dashboard.content.document import Block, Cell
from dashboard.content.sources import has_claims
from dashboard.errors import UsageError
from dashboard.kpi import Reading, read_metric
from dashboard.settings import settings
from dashboard.store.answer import Answer
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
