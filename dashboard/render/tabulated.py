"""Blocks that are no tables as tables: for sheets, the Hangul document, and one flat CSV."""

from collections import Counter
from typing import assert_never

from dashboard.content.document import (
    Cell,
    ChartBlock,
    Column,
    DotChart,
    Drawing,
    KeyFigures,
    MapBlock,
    Table,
)
from dashboard.content.report import Report
from dashboard.content.tables import table_of as rows_table
from dashboard.i18n import date_text, label, number_text
from dashboard.i18n import gettext as _

SHADES = ("#ffffff", "#eef3fe", "#dce8fd", "#c6d9fc", "#acc8fb")
"""Fills of shaded cells on white, from least to most: the accent at 0, 8, 16, 26 and 38 per cent,
as on screen. Letters keep 10:1 on the fullest."""


def shade_of(cell: Cell) -> str | None:
    """The fill of a cell; None where it is not shaded."""
    return None if cell.shade is None else SHADES[cell.shade]


def table_of(block: Table | KeyFigures | Drawing, section: str) -> Table:
    """What a block shows, as rows and columns, titled by its section where it has no title."""
    if isinstance(block, Table):
        return block
    if isinstance(block, KeyFigures):
        return table_of_figures(block, block.title or section)
    if isinstance(block, ChartBlock):
        return table_of_chart(block)
    if isinstance(block, DotChart):
        return table_of_dots(block)
    if isinstance(block, MapBlock):
        return table_of_places(block)
    assert_never(block)


def table_of_sources(report: Report, *, with_links: bool = True) -> Table:
    """One row a source, in the order of the numbers. An unknown date is an empty cell.

    A slide has no use for links, and its notes have them.
    """
    names = ("publisher", "title", "published_on", "tier", *(("url",) if with_links else ()))
    columns = (
        Column("number", _("No."), is_figure=True),
        *(Column(name, label("column", name)) for name in names),
    )
    rows = tuple(
        (
            Cell(str(source.number), source.number),
            Cell(source.publisher, source.publisher),
            Cell(source.title, source.title),
            Cell(date_text(source.published_on), source.published_on or None),
            Cell(source.tier, source.tier),
            *((Cell(source.url, source.url or None),) if with_links else ()),
        )
        for source in report.sources
    )
    return Table(_("Sources"), columns, rows)


def counted_sources(report: Report) -> Table:
    """How many sources there are of each kind, the most first, and where they are listed."""
    counts = Counter(source.tier for source in report.sources)
    return Table(
        _("Sources: {count}").format(count=number_text(len(report.sources))),
        (Column("tier", label("column", "tier")), Column("count", _("Sources"), is_figure=True)),
        tuple(
            (Cell(tier, tier), Cell(number_text(count), count))
            for tier, count in counts.most_common()
        ),
        note=_("Each is named in the notes of the slides that rest on it; all are in those here."),
    )


def table_of_figures(block: KeyFigures, title: str) -> Table:
    """One row a key figure; columns that would be empty are left out."""
    said = {
        "evidence": (_("Evidence"), [label("evidence", f.cell.evidence) for f in block.figures]),
        "change": (_("Change"), [figure.change for figure in block.figures]),
        "target": (_("Target"), [figure.target for figure in block.figures]),
        "note": (_("Note"), [figure.note for figure in block.figures]),
        "behind": (_("Evidence and publishers"), [figure.evidence for figure in block.figures]),
    }
    kept = {name: both for name, both in said.items() if any(both[1])}
    columns = (
        Column("name", _("Indicator")),
        Column("value", _("Value"), is_figure=True),
        *(Column(name, heading) for name, (heading, _texts) in kept.items()),
    )
    rows = tuple(
        (
            Cell(figure.full_name, figure.full_name),
            figure.cell,
            *(Cell(texts[at], texts[at] or None) for _heading, texts in kept.values()),
        )
        for at, figure in enumerate(block.figures)
    )
    return Table(title, columns, rows)


def table_of_chart(block: ChartBlock) -> Table:
    """One row a category, one column a series."""
    columns = (
        Column("category", _("Category")),
        *(
            Column(f"series_{at}", series.name, is_figure=True)
            for at, series in enumerate(block.series, 1)
        ),
    )
    rows = tuple(
        (Cell(category, category), *(series.cells[at] for series in block.series))
        for at, category in enumerate(block.categories)
    )
    return Table(block.title, columns, rows, note=block.note)


def table_of_dots(block: DotChart) -> Table:
    """One row a dot, lane by lane; columns that would be empty are left out."""
    dots = [dot for lane in block.lanes for dot in block.dots if dot.lane == lane]
    return rows_table(
        block.title,
        dots,
        {
            "lane": (_("Category"), lambda dot: Cell(dot.lane, dot.lane)),
            "name": (_("Item"), lambda dot: Cell(dot.name, dot.name)),
            "at": (block.axis or _("Date"), lambda dot: _at(dot.at)),
            "end": (_("Until"), lambda dot: _at(dot.end)),
            "value": (_("Value"), lambda dot: dot.cell),
        },
        figures=("at", "end", "value") if block.axis else ("value",),
        note=block.note,
        is_sparse=True,
    )


def _at(at: float | str | None) -> Cell:
    """A place on the axis; a day is printed as days are."""
    if at is None:
        return Cell("")
    return Cell(date_text(at), at) if isinstance(at, str) else Cell(f"{at:g}", at)


def table_of_places(block: MapBlock) -> Table:
    """One row a place with its coordinates in degrees."""
    return rows_table(
        block.title,
        block.places,
        {
            "place": (_("Place"), lambda place: Cell(place.name, place.name)),
            "lat": lambda place: Cell(str(place.lat), place.lat),
            "lon": lambda place: Cell(str(place.lon), place.lon),
            "certain": (
                _("Confirmed"),
                lambda place: Cell(_("yes") if place.is_certain else _("no")),
            ),
        },
        figures=("lat", "lon"),
    )
