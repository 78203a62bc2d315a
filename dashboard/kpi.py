"""A metric of the catalogue for one region and year: its value, and all that is said beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.catalogue import Metric
from dashboard.i18n.evidence import is_doubtful
from dashboard.store.answer import Answer, Build
from dashboard.store.ask import Record
from dashboard.store.question import Column, Relation

PATIENTS = "foreign_patients"
"""The metric whose regions add up to the country, so that printed figures bound each other."""
_NEXT_TO_ALL = 2
"""From this place to the last: every place but the first, or every place."""
_BOUNDED = {
    ("figure", "value"): ("low", "high"),
    ("ranking", "rank"): ("rank_best", "rank_worst"),
}
"""What a metric asks of the patients → in `bounds`: its least and its greatest."""
_KEY_FIGURES = (
    Column("name", "VARCHAR", None),
    Column("metric", "VARCHAR", None),
    Column("region", "VARCHAR", None),
    Column("year", "INTEGER", None),
    Column("value", "DOUBLE", "unit"),
    Column("unit", "VARCHAR", None),
    Column("evidence", "VARCHAR", None),
    Column("low", "DOUBLE", "unit"),
    Column("high", "DOUBLE", "unit"),
    Column("is_approximate", "BOOLEAN", None),
    Column("dissent_count", "BIGINT", "claims"),
    Column("is_lower_bound", "BOOLEAN", None),
    Column("change", "DOUBLE", "unit, percentage points for shares"),
    Column("change_pct", "DOUBLE", "per cent"),
    Column("target", "DOUBLE", "unit"),
    Column("source_ids", "VARCHAR[]", None),
)


@dataclass(frozen=True)
class Reading:
    """What a tile shows of a metric."""

    metric: Metric
    region: str
    year: int
    answer: Answer
    """The answer the value was taken from."""
    value: float | None = None
    evidence: str = "no data"
    is_approximate: bool = False
    is_lower_bound: bool = False
    """A sum of which a part was never published."""
    printed_by: int | None = None
    """Publishers that print exactly this value; None for computed values."""
    previous_year: int | None = None
    change: float | None = None
    """In the metric's unit; percentage points for shares."""
    change_pct: float | None = None
    target: float | None = None
    is_target_approximate: bool = False
    shared: Answer | None = None
    """Answer to `shared_figures`: what the region has with others and cannot be split; None for a
    metric that is computed."""
    row: dict[str, Any] | None = None
    """Its row for the region; None where there is none."""
    bounded: Answer | None = None
    """Of patients and their rank: the row of `bounds`; None where it says nothing of the metric."""

    @property
    def name(self) -> str:
        """The metric's name in the reader's language; a printed value is not called computed."""
        printed = self.metric.name_as_printed if (self.row or {}).get("is_printed") else None
        return str(printed or self.metric.name)

    @property
    def bound(self) -> dict[str, Any] | None:
        """The row of `bounded`."""
        return None if self.bounded is None else self.bounded.first

    @property
    def source_ids(self) -> tuple[str, ...]:
        """What prints the value; without one, what bounds it."""
        row = self.bound if self.value is None and self.bound else self.row
        return tuple((row or {}).get("source_ids") or ())

    @property
    def certain_rank(self) -> int | None:
        """The one place among all regions that a computed rank must be; None where it is open."""
        return (self.row or {}).get("rank_certain") if self.metric.question == "ranking" else None

    @property
    def ends(self) -> tuple[int, int] | None:
        """Between what the metric must lie, in its unit; None where nothing is known of that."""
        if self.bound is None:
            return None
        low, high = _BOUNDED[self.metric.question, self.metric.column]
        return self.bound[low], self.bound[high]


def read_metric(
    record: Record, metric: Metric, region: str, year: int, build: Build | None = None
) -> Reading:
    """Ask a metric's question for a region and year, of the build in force unless told.

    Raises:
        UsageError: the record does not know the region.
    """
    question = record.questions(build)[metric.question]
    taken = {parameter.name for parameter in question.parameters}
    parameters: dict[str, object] = {"region": region, "year": year, **metric.params}
    parameters = {name: value for name, value in parameters.items() if name in taken}
    answer = record.ask(metric.question, parameters, build)
    row = next((row for row in answer.rows if row.get("region", region) == region), None)
    found = row or {}
    value = found.get(metric.column)
    bounded = _bounded(record, metric, region, year, build)
    missing = "no data" if bounded is None else "derived"
    evidence = missing if value is None else found.get("evidence", "counted")
    if metric.question == "ranking" and bounded is not None:
        # A rank that must be so is not in doubt where its figure is; a range of ranks is derived.
        is_certain = bounded.first["rank_best"] == bounded.first["rank_worst"]
        evidence = evidence if is_certain and not is_doubtful(evidence) else "derived"
    target: dict[str, Any] = {}
    shared = None
    if metric.question == "figure":
        asked: dict[str, object] = {"region": region, "year": year}
        asked["metric"] = metric.params["metric"]
        # What the region has jointly with others is no part of its value; a target is no figure.
        beside = {
            row["question"]
            for row in record.ask("beside_figures", {}, build).rows
            if asked.items() <= row.items()
        }
        target = record.ask("target", asked, build).first if "target" in beside else {}
        shared = record.ask("shared_figures", asked, build) if "shared_figures" in beside else None
    return Reading(
        metric=metric,
        region=region,
        year=year,
        value=value,
        evidence=evidence,
        is_approximate=bool(found.get("is_approximate", False)),
        is_lower_bound=bool(found.get("is_lower_bound", False)),
        printed_by=found.get("printed_by"),
        previous_year=year - 1 if _change(metric, found) is not None else None,
        change=_change(metric, found),
        change_pct=found.get("change_pct") if metric.column == "value" else None,
        target=target.get("target"),
        is_target_approximate=target.get("is_target_approximate", False),
        answer=answer,
        shared=shared,
        row=row,
        bounded=bounded,
    )


def key_figures(readings: Sequence[Reading]) -> Answer:
    """Readings, at least one and all of one build, as one answer: shown and saved as a table.

    Returns:
        One row per reading: name, metric, region, year, value, unit, evidence, low,
        high, is_approximate, dissent_count, is_lower_bound, change, change_pct, target, source_ids;
        behind it one row per figure that the region shares with others. Its SQL is that of the
        questions asked, each once.
    """
    shared = [reading.shared for reading in readings if reading.shared and reading.shared.rows]
    bounded = [reading.bounded for reading in readings if reading.bounded]
    asked = dict.fromkeys(reading.answer.question for reading in readings)
    asked |= dict.fromkeys(answer.question for answer in bounded)
    asked |= dict.fromkeys(answer.question for answer in shared)
    sources = {
        source["source_id"]: source
        for reading in readings
        for source in (
            *reading.answer.sources,
            *(reading.bounded.sources if reading.bounded else ()),
        )
        if source["source_id"] in reading.source_ids
    }
    sources |= {source["source_id"]: source for answer in shared for source in answer.sources}
    question = Relation(
        name="key_figures",
        sql="\n\n".join(relation.sql for relation in asked),
        answers="Which key figures do the chosen regions have in the year?",
        grain="one row per metric and region",
        reads=tuple(dict.fromkeys(table for relation in asked for table in relation.reads)),
        parameters=(),
        columns=_KEY_FIGURES,
    )
    parameters: dict[str, object] = {
        "regions": ", ".join(dict.fromkeys(reading.region for reading in readings)),
        "year": readings[0].year,
    }
    rows = tuple(row for reading in readings for row in _key_figure(reading))
    ordered = tuple(sources[source_id] for source_id in sorted(sources))
    return Answer(question, parameters, readings[0].answer.build, rows, ordered)


def _key_figure(reading: Reading) -> Iterator[dict[str, Any]]:
    name = reading.name
    yield {
        "name": name,
        "metric": reading.metric.id,
        "region": reading.region,
        "year": reading.year,
        "value": reading.value,
        "unit": reading.metric.unit,
        "evidence": reading.evidence,
        "low": reading.ends and reading.ends[0],
        "high": reading.ends and reading.ends[1],
        "is_approximate": reading.is_approximate,
        "dissent_count": (reading.row or {}).get("dissent_count", 0),
        "is_lower_bound": reading.is_lower_bound,
        "change": reading.change,
        "change_pct": reading.change_pct,
        "target": reading.target,
        "source_ids": reading.source_ids,
    }
    for row in reading.shared.rows if reading.shared else ():
        empty = dict.fromkeys(("change", "change_pct", "target"))
        kept = {column.name: row.get(column.name) for column in _KEY_FIGURES}
        yield kept | empty | {"name": name, "metric": reading.metric.id}


def _change(metric: Metric, row: dict[str, Any]) -> float | None:
    if not metric.comparable:
        return None
    if metric.column == "value":
        return row.get("change")
    return row.get("change_points") if metric.column == "share_pct" else None


def _bounded(
    record: Record, metric: Metric, region: str, year: int, build: Build | None
) -> Answer | None:
    """The row of `bounds` of a metric of the patients where it says anything of it."""
    asks = (metric.question, metric.column)
    if metric.params.get("metric") != PATIENTS or asks not in _BOUNDED:
        return None
    answer = record.ask("bounds", {"year": year}, build)
    row = next((row for row in answer.rows if row["region"] == region), None)
    says = has_bounded_rank if metric.question == "ranking" else has_greatest
    return replace(answer, rows=(row,)) if row and says(row) else None


def has_greatest(bound: Mapping[str, Any]) -> bool:
    """Whether a row of `bounds` says how many patients there are at most, if not at least."""
    return bound["high"] is not None


def says_little(bound: Mapping[str, Any]) -> bool:
    """Whether a row of `bounds` leaves open everything: from nobody on, every place but the first.

    Such a range is true and tells nothing of the region.
    """
    is_open_above: bool = bound["rank_best"] <= _NEXT_TO_ALL
    is_open_below: bool = bound["rank_worst"] == bound["region_count"]
    is_open_from_zero: bool = bound["low"] == 0
    return is_open_from_zero and is_open_above and is_open_below


def has_bounded_rank(bound: Mapping[str, Any]) -> bool:
    """Whether a row of `bounds` leaves a region fewer places than there are regions."""
    return (bound["rank_best"], bound["rank_worst"]) != (1, bound["region_count"])
