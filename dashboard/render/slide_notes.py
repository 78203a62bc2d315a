"""The notes page of a slide: evidence and sources of every figure on it."""

from collections.abc import Iterator, Sequence

from dashboard.content.document import Block, ChartBlock, DotChart, KeyFigures, MapBlock, Table
from dashboard.content.mentions import cells_of, source_ids_of
from dashboard.content.report import Report
from dashboard.i18n import gettext as _
from dashboard.i18n import ngettext
from dashboard.i18n.evidence import EVIDENCE_MARKS, sign_and_name
from dashboard.render.footnotes import marked, numbers, source_text
from dashboard.render.slide_choice import on_stage
from dashboard.render.tabulated import counted_sources
from dashboard.text_metrics import clipped, wrapped


def notes(report: Report, title: str, said: Sequence[str], blocks: Sequence[Block]) -> list[str]:
    """Lines of a notes page: title and what else the slide says, uncut; evidence and sources.

    Raises:
        LookupError: the report does not name a source of a block.
    """
    named = dict.fromkeys(source for block in blocks for source in source_ids_of(block))
    known = [source for source in report.sources if source.source_id in named]
    evidence = [line for block in blocks for line in _evidence(report, block)]
    return [
        title,
        *said,
        *([_("Evidence of the figures"), *evidence] if evidence else []),
        *([_("Sources")] if known else []),
        *(f"[{source.number}] {source_text(source)}" for source in known),
    ]


def spoken_of(block: Block | None) -> list[str]:
    """What the notes say of a block first: what its tiles, its picture or its note say, in words.

    Sentences say themselves.
    """
    if isinstance(block, KeyFigures):
        return [
            " · ".join(filter(None, (figure.full_name, figure.change, figure.target, figure.note)))
            for figure in block.figures
        ]
    if isinstance(block, ChartBlock | DotChart):
        return [block.alt]
    if isinstance(block, MapBlock):
        return [block.alt, ", ".join(place.name for place in block.places)]
    return [block.note, *_asides(block)] if isinstance(block, Table) else []


def folded_columns(table: Table) -> str:
    """Which columns of a table stand in the notes alone, counted and named; empty where none."""
    names = [column.label for column in table.columns if column.is_aside]
    return (
        ngettext(
            "{count} more column in the notes: {columns}",
            "{count} more columns in the notes: {columns}",
            len(names),
        ).format(count=len(names), columns=", ".join(names))
        if names
        else ""
    )


def _asides(table: Table) -> list[str]:
    """The columns that a slide leaves out, row by row behind what names the row."""
    named = [at for at, column in enumerate(table.columns) if not column.is_aside][:2]
    lines = []
    for row in table.rows:
        said = [
            f"{column.label} {marked(cell)}"
            for column, cell in zip(table.columns, row, strict=True)
            if column.is_aside and cell.text
        ]
        if said:
            name = " ".join(filter(None, (row[at].text for at in named)))
            lines.append(" ".join(f"{name}: {'; '.join(said)}".split()))
    return [folded_columns(table), *lines] if lines else []


def left_out(report: Report) -> list[str]:
    """What of a deck is not on stage, under a heading; empty where all of it is."""
    names = on_stage(report)[1]
    return [_("Not on the slides"), *names] if names else []


def sources_counted(report: Report) -> str:
    """How many sources a report has of which kind, and where they are listed; empty without any."""
    if not report.sources:
        return ""
    table = counted_sources(report)
    kinds = ", ".join(f"{kind.text} {count.text}" for kind, count in table.rows)
    return f"{table.title} ({kinds}). {table.note}"


def sources_listed(report: Report) -> list[str]:
    """The sources with their numbers and kinds, under a heading."""
    listed = [f"[{one.number}] {source_text(one)} ({one.tier})" for one in report.sources]
    return [counted_sources(report).title, *listed]


def _evidence(report: Report, block: Block) -> Iterator[str]:
    """One line per kind of evidence: `◆ contested: Daegu 2019 31,183 persons [1, 2]; …`."""
    found: dict[str, list[str]] = {}
    for about, cell in cells_of(block):
        if cell.evidence or cell.source_ids:
            parts = (about, cell.text, numbers(report, cell.source_ids))
            found.setdefault(cell.evidence or "", []).append(" ".join(filter(None, parts)))
    for code in (*EVIDENCE_MARKS, ""):
        if code in found:
            name = sign_and_name(code) if code else _("Without evidence of its own")
            yield f"{name}: {'; '.join(found[code])}"


def remarks_below(
    report: Report, said: Sequence[str], block: Block, width: float, size: float
) -> list[str]:
    """What stands under a table, chart or tile, each at most two lines: signs and sources."""
    texts = [text for text in (*said, _sources(report, block, width, size)) if text]
    return [clipped(text, width, size, 2) for text in texts]


def _sources(report: Report, block: Block, width: float, size: float) -> str:
    """The publishers with their numbers if one line holds them, else the numbers alone."""
    named = source_ids_of(block)
    if not named:
        return ""
    publishers = " ".join(
        f"[{source.number}] {source.publisher}"
        for source in report.sources
        if source.source_id in named
    )
    text = _("Sources: {sources}").format(sources=publishers)
    if len(wrapped(text, width, size)) == 1:
        return text
    return _("Sources: {sources}").format(sources=numbers(report, named))
