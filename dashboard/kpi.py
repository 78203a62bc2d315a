"""A metric of the catalogue for one region and year: its value, and all that is said beside it."""

from dataclasses import dataclass
from typing import Any

from dashboard.catalogue import Metric
from dashboard.store.answer import Answer
from dashboard.store.ask import Record


@dataclass(frozen=True)
class Reading:
    """What a tile shows of a metric."""

    metric: Metric
    region: str
    year: int
    value: float | None
    evidence: str
    is_approximate: bool
    printed_by: int | None
    """Publishers that print exactly this value; None for computed values."""
    previous_year: int | None
    change: float | None
    """In the metric's unit; percentage points for shares."""
    change_pct: float | None
    target: float | None
    answer: Answer
    """The answer the value was taken from."""
    row: dict[str, Any] | None
    """Its row for the region; None where there is none."""


def read_metric(record: Record, metric: Metric, region: str, year: int) -> Reading:
    """Ask a metric's question for a region and year.

    Raises:
        UsageError: the record does not know the region.
    """
    question = record.questions()[metric.question]
    taken = {parameter.name for parameter in question.parameters}
    parameters: dict[str, object] = {"region": region, "year": year, **metric.params}
    parameters = {name: value for name, value in parameters.items() if name in taken}
    answer = record.ask(metric.question, parameters)
    row = next((row for row in answer.rows if row.get("region", region) == region), None)
    found = row or {}
    value = found.get(metric.column)
    return Reading(
        metric=metric,
        region=region,
        year=year,
        value=value,
        evidence="no data" if value is None else found.get("evidence", "counted"),
        is_approximate=bool(found.get("is_approximate", False)),
        printed_by=found.get("printed_by"),
        previous_year=year - 1 if _change(metric, found) is not None else None,
        change=_change(metric, found),
        change_pct=found.get("change_pct") if metric.column == "value" else None,
        target=_target(record, metric, region, year),
        answer=answer,
        row=row,
    )


def _change(metric: Metric, row: dict[str, Any]) -> float | None:
    if not metric.comparable:
        return None
    if metric.column == "value":
        return row.get("change")
    return row.get("change_points") if metric.column == "share_pct" else None


def _target(record: Record, metric: Metric, region: str, year: int) -> float | None:
    """The target of a metric that has one; a target is never a figure."""
    if metric.question != "figure":
        return None
    asked: dict[str, object] = {"metric": metric.params["metric"], "region": region, "year": year}
    target: float | None = record.ask("target", asked).first["target"]
    return target
