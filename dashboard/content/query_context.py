"""Questions to one build, so that nothing in a report is newer than the rest of it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from dashboard.catalogue import Catalogue, Metric, read_catalogue
from dashboard.errors import UsageError
from dashboard.i18n import PARTICLES, particle_after, record_text
from dashboard.kpi import Reading, read_metric
from dashboard.settings import settings
from dashboard.store.answer import Answer, Build, Row, Rows
from dashboard.store.ask import Record

__all__ = ["QueryContext", "Row", "Rows"]

_EVENT_QUESTIONS = frozenset(
    {"event_conversions", "event_stage_parts", "event_stages", "event_yield", "events"}
)
"""Questions that take only years in which the record has an event."""
_ID = re.compile(rf"(?<![\w.-])([a-z][\w-]*\w)(?:({'|'.join(PARTICLES)})(?![가-힣]))?", re.ASCII)
"""What an id of a source looks like, and the particle that follows it."""
_NOT_A_WORD = re.compile(r"[\d_-]")
_ANY = ""
"""Stands for a metric that needs no code of the record."""


class QueryContext:
    """One build of the record, to be asked."""

    def __init__(self, record: Record, build: Build) -> None:
        self.record = record
        self.build = build
        self._known: dict[str, bool] = {_ANY: True}

    def answer(self, question: str, **parameters: object) -> Answer:
        """Ask one question of this build."""
        return self.record.ask(question, parameters, self.build)

    def rows(self, question: str, **parameters: object) -> Rows:
        """Rows of one question; none where the record has no event of the year or no such metric.

        A report on a young record has gaps where the shipped one has figures; it does not fail.
        """
        if question in _EVENT_QUESTIONS and parameters.get("year") not in {None, *self.event_years}:
            return ()
        if "metric" in parameters and not self._knows(str(parameters["metric"])):
            return ()
        return self.answer(question, **parameters).rows

    def reading(self, metric: Metric, region: str, year: int) -> Reading:
        """What a metric says about a region and year."""
        if self._knows(str(metric.params.get("metric", _ANY))):
            return read_metric(self.record, metric, region, year, self.build)
        question = self.record.questions(self.build)[metric.question]
        return Reading(metric, region, year, Answer(question, {}, self.build, (), ()))

    def _knows(self, metric: str) -> bool:
        """Whether the record has any claim of a metric."""
        if metric not in self._known:
            try:
                self.answer("coverage", metric=metric)
            except UsageError:
                self._known[metric] = False
            else:
                self._known[metric] = True
        return self._known[metric]

    def readings(self, metrics: Iterable[Metric], region: str, year: int) -> list[Reading]:
        """As `reading`, of several metrics."""
        return [self.reading(metric, region, year) for metric in metrics]

    def metric(self, metric_id: str) -> Metric:
        """A metric of the catalogue.

        Raises:
            UsageError: the catalogue has no such metric.
        """
        if metric_id not in self.catalogue:
            known = ", ".join(metric.id for metric in self.catalogue.all())
            raise UsageError(
                "There is no such code",
                f"metric '{metric_id}' is not in the catalogue.",
                f"Known: {known}.",
            )
        return self.catalogue[metric_id]

    @cached_property
    def catalogue(self) -> Catalogue:
        """All metrics."""
        return read_catalogue(settings().queries)

    @cached_property
    def event_years(self) -> frozenset[int]:
        """Years in which the record has an event of any region."""
        return frozenset(row["year"] for row in self.events if row["year"])

    @cached_property
    def events(self) -> Rows:
        """Every event of the record."""
        return self.answer("events").rows

    @cached_property
    def outcomes(self) -> dict[str, list[Row]]:
        """Rows of `event_outcomes` by event, of those that report any: asked once for all."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.answer("event_outcomes").rows:
            found[row["event_id"]].append(row)
        return found

    @cached_property
    def sources(self) -> dict[str, Row]:
        """Every source of the record by its id."""
        return {row["source_id"]: row for row in self.answer("sources").rows}

    def with_publishers(self, text: str) -> str:
        """A note that names sources by their publishers instead of their ids, particles with them.

        Ids of letters alone are words of other texts, too, and stay.
        """
        return _ID.sub(self._publisher, text)

    def _publisher(self, word: re.Match[str]) -> str:
        source_id, particle = word.groups()
        source = self.sources.get(source_id) if _NOT_A_WORD.search(source_id) else None
        if source is None:
            return word[0]
        publisher = record_text(source["publisher"])
        return publisher + (particle_after(publisher, particle) if particle else "")

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """Codes of all regions, the country first."""
        return tuple(row["region"] for row in self.answer("regions").rows)
