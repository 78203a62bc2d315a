"""What of a deck stands on stage: nothing of which no figure is known, and the list of that."""

from dataclasses import replace

from dashboard.content.document import (
    Block,
    ChartBlock,
    DotChart,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
)
from dashboard.content.report import Report
from dashboard.i18n import label, speaking


def on_stage(report: Report) -> tuple[Report, tuple[str, ...]]:
    """A deck without slides, tiles, charts and tables that have no figure; others stay as they are.

    Returns:
        The deck, and for the speaker what was left out, each in words.
    """
    if report.cover is None:
        return report, ()
    shown: list[Section] = []
    left_out: list[str] = []
    for section in report.sections:
        blocks = tuple(block for one in section.blocks for block in _known(one, left_out))
        if any(not isinstance(block, Paragraph) or block.source_ids for block in blocks):
            shown.append(replace(section, blocks=blocks))
        else:
            left_out.append(_sentence_of(section, report.stamp.language))
    return replace(report, sections=tuple(shown)), tuple(left_out)


def _known(block: Block, left_out: list[str]) -> tuple[Block, ...]:
    """A block as far as it has figures; tiles that are left out are added to the list."""
    if isinstance(block, KeyFigures):
        left_out += [_words(one) for one in block.figures if _is_empty(one)]
        known = tuple(one for one in block.figures if not _is_empty(one))
        return (replace(block, figures=known),) if known else ()
    if isinstance(block, ChartBlock):
        return (block,) if block.has_points and not _lacks_subject(block) else ()
    if isinstance(block, DotChart):
        return (block,) if block.has_points else ()
    if isinstance(block, Table):
        figures = [at for at, column in enumerate(block.columns) if column.is_figure]
        is_empty = figures and all(row[at].value is None for row in block.rows for at in figures)
        # That a region was selected, or an amount not published, is something that a source says.
        is_sourced = any(cell.source_ids for row in block.rows for cell in row)
        return (block,) if block.rows and (is_sourced or not is_empty) else ()
    return (block,)


def _lacks_subject(chart: ChartBlock) -> bool:
    """Whether lines are those of others alone."""
    subjects = (cell for one in chart.series if one.is_subject for cell in one.cells)
    return chart.kind == "line" and not any(
        cell.value is not None or cell.span is not None for cell in subjects
    )


def _is_empty(figure: KeyFigure) -> bool:
    """Whether a tile has no figure; a range is one."""
    return figure.cell.value is None and figure.cell.evidence == "no data"


def _words(figure: KeyFigure) -> str:
    """A tile that is left out, with what is known otherwise."""
    said = f"{figure.name} {figure.cell.text}"
    return f"{said}: {figure.note}" if figure.note else said


def _sentence_of(section: Section, language: str) -> str:
    """What a slide without a figure says: its title, and the sentence under a mere heading."""
    with speaking(language):
        nothing = label("evidence", "no data")
    texts = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    return ": ".join([section.title, *(text for text in texts if text != nothing)])
