"""Every metric once: `queries/metrics.yml` as frozen records, checked against the questions."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dashboard.errors import CatalogueFault
from dashboard.i18n import label, language
from dashboard.store.question import Layer
from dashboard.yaml_file import read_yaml

Unit = Literal[
    "persons",
    "pct",
    "krw",
    "countries",
    "rank",
    "institutions",
    "centres",
    "events",
    "buyers",
    "sessions",
    "cases",
    "contracts",
    "agreements",
    "selections",
    "krw_per_person",
]


class Bilingual(BaseModel):
    """A text in both languages; neither may be empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ko: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __str__(self) -> str:
        """The text in the reader's language."""
        return self.in_language(language())

    def in_language(self, code: str) -> str:
        """The text in a language; English where it has none."""
        return str(getattr(self, code, self.en))


Group = Literal["patients", "activity", "funding"]


class Tile(BaseModel):
    """Where a metric stands among the tiles of the overview."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    group: Group
    place: int
    """Among those of its group: the first that are known stand in front."""


class Metric(BaseModel):
    """One KPI: where its value comes from and what it means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    question: str
    column: str
    params: dict[str, str | int] = Field(default_factory=dict)
    unit: Unit
    direction: Literal["up", "down", "none"]
    """Whether a rise is good news; colour follows this, the arrow follows the change."""
    additive: bool
    """Whether values of regions may be summed within a year."""
    comparable: bool = True
    """Whether a year may be compared with the one before; not where coverage differs by year."""
    overview: int | None = None
    """Place among the metrics of the overview; None keeps it out of its tables."""
    tile: Tile | None = None
    """Its group there; None of what stands in the card at the top."""
    name: Bilingual
    name_as_printed: Bilingual | None = None
    """Of a metric that is computed where it can be: what it is where only a source prints it."""
    definition: Bilingual
    caveat: Bilingual | None = None


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    metrics: tuple[Metric, ...]


class Catalogue:
    """All metrics by id."""

    def __init__(self, metrics: tuple[Metric, ...]) -> None:
        self._metrics = {metric.id: metric for metric in metrics}

    def __getitem__(self, metric_id: str) -> Metric:
        return self._metrics[metric_id]

    def __contains__(self, metric_id: object) -> bool:
        return metric_id in self._metrics

    def all(self) -> tuple[Metric, ...]:
        """Every metric, in the order of the file."""
        return tuple(self._metrics.values())

    def overview(self) -> tuple[Metric, ...]:
        """The metrics of the overview, in their order."""
        metrics = [metric for metric in self._metrics.values() if metric.overview is not None]
        return tuple(sorted(metrics, key=lambda metric: metric.overview or 0))

    def tiles(self) -> tuple[Metric, ...]:
        """The metrics that may stand as tiles, those of the overview first, in their order."""
        stand_ins = [one for one in self._metrics.values() if one.tile and one.overview is None]
        return (*(metric for metric in self.overview() if metric.tile), *stand_ins)


def metric_name(catalogue: Catalogue, code: str) -> str:
    """What a metric of the record is called: as the catalogue, an event or a column calls it."""
    if code in catalogue:
        return str(catalogue[code].name)
    measure = code.removeprefix("event_")
    return label("measure", measure) if measure != code else label("column", code)


@cache
def read_catalogue(queries: Path) -> Catalogue:
    """The catalogue of a queries folder.

    Raises:
        CatalogueFault: the file does not fit its form, an id occurs twice, or a metric names a
            question, column or parameter that does not exist.
    """
    path = queries / "metrics.yml"
    try:
        metrics = _File.model_validate(read_yaml(path)).metrics
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise _fault(str(error)) from error
    ids = [metric.id for metric in metrics]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise _fault(f"these ids occur twice: {', '.join(twice)}")
    questions = Layer(queries / "questions")
    for metric in metrics:
        question = questions.get(metric.question)
        if question is None:
            raise _fault(f"{metric.id} asks '{metric.question}', which does not exist")
        if metric.column not in {column.name for column in question.columns}:
            raise _fault(f"{metric.id}: '{metric.question}' returns no '{metric.column}'")
        unknown = set(metric.params) - {parameter.name for parameter in question.parameters}
        if unknown:
            raise _fault(f"{metric.id}: '{metric.question}' takes no {', '.join(sorted(unknown))}")
    return Catalogue(metrics)


def _fault(message: str) -> CatalogueFault:
    return CatalogueFault(
        "The catalogue of metrics has a fault",
        f"queries/metrics.yml: {message}",
        "Mend the entry; the form is described in dashboard/catalogue.py.",
    )
