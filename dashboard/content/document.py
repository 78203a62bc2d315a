"""The parts of a report. Page, PDF, slides, Hangul document and workbook all print from these.

Texts stand in the report's language already; values are bare, as `ask` gives them.
"""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Scalar: TypeAlias = int | float | str | None


@dataclass(frozen=True)
class Cell:
    """One figure or text with what vouches for it."""

    text: str
    """As printed, with unit; the words for no data where there is none."""
    value: Scalar = None
    """The bare figure or text; None where there is no data."""
    evidence: str | None = None
    """Code of the evidence (settled, contested, single source, approximate, provisional, …)."""
    source_ids: tuple[str, ...] = ()
    is_lower_bound: bool = False
    """A sum of which a part was never published; the text says so."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    """Name in the question, or of the report's own."""
    label: str
    is_figure: bool = False
    """Figures stand to the right."""


@dataclass(frozen=True)
class Table:
    """Rows under headings that are repeated on every page."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    question: str | None = None
    """The question asked, so that the same rows can be asked for again."""
    parameters: tuple[tuple[str, Any], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class KeyFigure:
    """A KPI: name, value, and what is said beside it. Empty texts are left out."""

    name: str
    cell: Cell
    change: str = ""
    target: str = ""
    note: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """The KPIs of a section."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Series:
    """One line or set of bars; a missing value is a gap."""

    name: str
    cells: tuple[Cell, ...]
    is_subject: bool = False
    """The region in question: drawn in the accent colour, others in grey."""


@dataclass(frozen=True)
class ChartBlock:
    """A chart as data: drawn as vectors on paper, as a native chart in slides and sheets."""

    kind: Literal["line", "bar"]
    """line: over years; bar: horizontal, one bar a category, first on top.

    Bars that are picked out are a series of their own, with a gap where the others stand.
    """
    title: str
    """The finding as a sentence, computed from the data."""
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    """The finding and the data in words."""

    @property
    def has_points(self) -> bool:
        """Whether there is anything to draw."""
        return any(cell.value is not None for one in self.series for cell in one.cells)


@dataclass(frozen=True)
class Place:
    """A point on a map."""

    name: str
    lat: float
    lon: float
    is_certain: bool = True


@dataclass(frozen=True)
class MapBlock:
    """Places on the world's outline."""

    title: str
    places: tuple[Place, ...]
    alt: str


@dataclass(frozen=True)
class Paragraph:
    """A sentence or more."""

    text: str
    source_ids: tuple[str, ...] = ()
    kind: Literal["plain", "warning", "question"] = "plain"
    """warning: must not be overlooked; question: to be asked on site."""


@dataclass(frozen=True)
class Points:
    """Items of a list; numbered where their order means something."""

    items: tuple[Paragraph, ...]
    is_numbered: bool = False


Block: TypeAlias = Table | KeyFigures | ChartBlock | MapBlock | Paragraph | Points


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; a deck gives each section a slide or more."""

    title: str
    blocks: tuple[Block, ...]
    is_half: bool = False
    """May stand beside another such section where the sheet is wide enough."""


@dataclass(frozen=True)
class Source:
    """A source as the report's footnotes name it."""

    number: int
    """Counted from 1 in order of first mention."""
    source_id: str
    publisher: str
    title: str
    published_on: str
    tier: str
    url: str


@dataclass(frozen=True)
class Stamp:
    """What is printed on every page, slide and sheet."""

    edition_id: str
    build_id: str
    snapshot: int
    as_of: str
    """Day on which the build was made, ISO 8601."""
    language: str
    made_by: str
    made_at: str
    """When the edition was frozen: ISO 8601, UTC."""


@dataclass(frozen=True)
class Report:
    """A whole report."""

    kind: Literal["kpi", "review", "ranking", "deck", "panel"]
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    stamp: Stamp
    warning: str = ""
    """Printed on every page and slide: practice data, contested figures in a headline."""

    def number_of(self, source_id: str) -> int:
        """The footnote's number of a source.

        Raises:
            LookupError: the report does not name the source.
        """
        for source in self.sources:
            if source.source_id == source_id:
                return source.number
        raise LookupError(source_id)
