"""The parts of a page or report. Screen, PDF, slides, Hangul and workbook are drawn from these.

Texts stand in the reader's language already; values are bare, as `ask` gives them.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from dashboard.content.links import Link
from dashboard.store.answer import Answer

Scalar: TypeAlias = int | float | str | None
SOURCES_TAB = "sources"
"""The tab of a report under which its list of sources stands on screen."""


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
    link: Link | None = None
    shade: int | None = None
    """In a table whose cells are shaded: 0 (least) to 4 (most)."""
    span: tuple[float, float] | None = None
    """Between what the figure must lie, least and greatest, where it is drawn as a range."""
    order: Scalar = None
    """By what its row is sorted where that is not its value, such as a date in ISO 8601."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    """Name in the question, or of the report's own."""
    label: str
    is_figure: bool = False
    """Figures stand to the right."""
    scale: tuple[int, int] | None = None
    """On which a screen draws the span of each cell as a thin bar."""
    is_drawn_in: str = ""
    """The column that says or draws the same, so that a screen leaves this one out."""
    is_aside: bool = False
    """A slide has it in its notes alone, so that the others are read from afar."""


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
    answer: Answer | None = field(default=None, compare=False, repr=False)
    """The rows behind, to be shown and saved as they were asked for."""
    picked: int | None = None
    """The row of the region in question, counted from 0: a screen picks it out."""
    form: Literal["table", "ribbon", "rows", "signing"] = "table"
    """On screen, with the table behind a fold; ribbon: one year beside the other; rows: an event a
    line. On paper, signing: rows as high as a signature."""
    chosen: str = ""
    """The year the view is about, marked on a ribbon."""


@dataclass(frozen=True)
class Peer:
    """A region among which another has its rank."""

    name: str
    """Empty of one that nothing tells from the others without a figure."""
    is_subject: bool = False
    is_known: bool = True
    """Whether it has a figure, and so a place in the row."""


@dataclass(frozen=True)
class KeyFigure:
    """A KPI: name, value, and what is said beside it. Empty texts are left out."""

    name: str
    cell: Cell
    key: str = ""
    """Id of the metric in the catalogue."""
    change: str = ""
    target: str = ""
    note: str = ""
    evidence: str = ""
    """Mark and name of the evidence with the number of publishers."""
    behind: Link | None = None
    """What opens everything that stands behind the value."""
    mood: Literal["good", "bad", "even"] = "even"
    """What the metric calls the change."""
    attainment: float = 0
    """The part of the target that was reached, in per cent up to 100."""
    trend: tuple[float | None, ...] = ()
    """The metric up to the year."""
    trend_alt: str = ""
    trend_ends: tuple[str, str] = ("", "")
    """First and last year of the trend."""
    group: str = ""
    """Under which heading a screen sets it."""
    year: int | None = None
    """Of another year than the view's, which every medium names and a screen shows quieter."""
    printed_by: int = 0
    """Publishers that print the value, beside the mark on a screen; 0 of one that none prints."""
    differing: str = ""
    """The part of the note that says how many claims differ: on a screen it opens them."""
    peers: tuple[Peer, ...] = ()
    """Of a rank: all regions in their order, on slides a row of dots; other media have a chart."""
    driven_by: Link | None = None
    """Where the change is divided into its parts."""

    @property
    def full_name(self) -> str:
        """Its name, with the year where that is another one."""
        return f"{self.name} ({self.year})" if self.year else self.name


@dataclass(frozen=True)
class KeyFigures:
    """The KPIs of a section."""

    figures: tuple[KeyFigure, ...]
    table: Table | None = None
    """The same and more, for media on which a table takes less room: see `on_paper`."""
    answer: Answer | None = field(default=None, compare=False, repr=False)
    title: str = ""
    """What they are, where the section's title does not say it."""
    form: Literal["tiles", "line", "folded"] = "tiles"
    """On screen; line: name and value behind each other; folded: tiles behind the title."""


@dataclass(frozen=True)
class Series:
    """One line or set of bars; a missing value is a gap."""

    name: str
    cells: tuple[Cell, ...]
    is_subject: bool = False
    """The region in question: drawn in the accent colour, others in grey."""
    is_striped: bool = False
    """Bars only: what could be, or cannot be split; drawn striped, beyond the series before it."""


@dataclass(frozen=True)
class Era:
    """Years that everybody knows by a name, such as those of the pandemic."""

    first: int
    last: int
    name: str


@dataclass(frozen=True)
class ChartBlock:
    """A chart as data: drawn as vectors on paper, as a native chart in slides and sheets."""

    kind: Literal["line", "bar", "rank"]
    """line: over years; bar: horizontal, one bar a category, first on top, left of zero where
    its value is negative; rank: as line, with the first place on top.

    Bars that are picked out are a series of their own, with a gap where the others stand.
    """
    title: str
    """The finding as a sentence, computed from the data."""
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    """The finding and the data in words."""
    note: str = ""
    """How to read it."""
    chosen: str = ""
    """The category the view is about, marked where the chart is over years."""
    is_waterfall: bool = False
    """Bars only: from the first, which is a whole as the last is, each bar between begins where
    the one before ended, or may have ended at the least."""
    eras: tuple[Era, ...] = ()
    """Shaded behind lines over years, as far as the chart has any of these years."""
    answer: Answer | None = field(default=None, compare=False, repr=False)

    @property
    def has_points(self) -> bool:
        """Whether there is anything to draw."""
        return self.place_count > 0

    @property
    def place_count(self) -> int:
        """At how many categories (years, bars) there is anything to draw."""
        places = zip(*(one.cells for one in self.series), strict=True)
        return sum(
            any(cell.value is not None or cell.span is not None for cell in cells)
            for cells in places
        )


@dataclass(frozen=True)
class Dot:
    """A point in a lane of a dot chart."""

    lane: str
    at: float | str
    """On the axis: a number, or a day, month or year in ISO 8601."""
    name: str
    """What it is, as one reads it on pointing at it."""
    cell: Cell
    """Its size where the chart has sizes; its evidence says whether it is hollow."""
    is_subject: bool = False
    end: float | str | None = None
    """Where it reaches to, of what lasts or is a range."""
    is_hollow: bool = False
    """Shown, but not counted; what is in doubt is hollow without it."""


@dataclass(frozen=True)
class DotChart:
    """Things in lanes along a time or a scale, each by itself and none added up."""

    title: str
    """The finding as a sentence, computed from the data."""
    axis: str
    """What the axis counts; empty for days."""
    lanes: tuple[str, ...]
    """From top to bottom."""
    dots: tuple[Dot, ...]
    alt: str
    note: str = ""
    answer: Answer | None = field(default=None, compare=False, repr=False)

    @property
    def has_points(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.dots)


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
    kind: Literal["plain", "warning", "question", "aside"] = "plain"
    """warning: must not be overlooked; question: to be asked on site; aside: for those who want
    to know, on a card behind a fold."""
    links: tuple[tuple[str, Link], ...] = ()
    """Words of the text, in their order, that lead elsewhere on screen."""


@dataclass(frozen=True)
class Points:
    """Items of a list; numbered where their order means something."""

    items: tuple[Paragraph, ...]
    is_numbered: bool = False


Drawing: TypeAlias = ChartBlock | DotChart | MapBlock
"""What is a picture where a medium has no charts of its own."""
Block: TypeAlias = Table | KeyFigures | Drawing | Paragraph | Points


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; a deck gives each section a slide or more."""

    title: str
    blocks: tuple[Block, ...]
    is_half: bool = False
    """May stand beside another such section where the sheet is wide enough."""
    is_folded: bool = False
    """On screen behind its title, for those who want to know: definitions, every claim."""
    is_card: bool = False
    """On screen one card: its first figure large, its chart of lines beside it."""
    part: str = ""
    """Name under which a screen may add something interactive: `ranking.sandbox`."""
    tab: str = ""
    """Code of the tab under which it stands on screen; without one it is above all tabs."""
    anchor: str = ""
    """Name by which links lead to it."""


def table_or(title: str, table: Table, none: str, *, is_half: bool = False) -> Section:
    """A table under its heading; one without rows becomes the sentence that there is nothing."""
    return Section(title, (table if table.rows else Paragraph(none),), is_half)
