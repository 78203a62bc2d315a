"""Blocks that are no tables as tables: for sheets, the Hangul document, and one flat CSV."""

from dashboard.content.document import (
    Cell,
    ChartBlock,
    Column,
    KeyFigures,
    MapBlock,
    Report,
    Table,
)
from dashboard.i18n import date_text, label
from dashboard.i18n import gettext as _


def table_of_sources(report: Report, *, with_links: bool = True) -> Table:
    """One row a source, in the order of the numbers. An unknown date is an empty cell.

    Args:
        report: whose sources are listed.
        with_links: name the addresses, too; a slide has no use for them, and its notes have them.
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


def table_of_figures(block: KeyFigures, title: str) -> Table:
    """One row a key figure; columns that would be empty are left out."""
    said = {
        "evidence": (_("Evidence"), [label("evidence", f.cell.evidence) for f in block.figures]),
        "change": (_("Change"), [figure.change for figure in block.figures]),
        "target": (_("Target"), [figure.target for figure in block.figures]),
        "note": (_("Note"), [figure.note for figure in block.figures]),
    }
    kept = {name: both for name, both in said.items() if any(both[1])}
    columns = (
        Column("name", _("Indicator")),
        Column("value", _("Value"), is_figure=True),
        *(Column(name, heading) for name, (heading, _texts) in kept.items()),
    )
    rows = tuple(
        (
            Cell(figure.name, figure.name),
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
    return Table(block.title, columns, rows)


def table_of_places(block: MapBlock) -> Table:
    """One row a place with its coordinates in degrees."""
    columns = (
        Column("place", _("Place")),
        Column("lat", label("column", "lat"), is_figure=True),
        Column("lon", label("column", "lon"), is_figure=True),
        Column("certain", _("Confirmed")),
    )
    rows = tuple(
        (
            Cell(place.name, place.name),
            Cell(str(place.lat), place.lat),
            Cell(str(place.lon), place.lon),
            Cell(_("yes") if place.is_certain else _("no")),
        )
        for place in block.places
    )
    return Table(block.title, columns, rows)
