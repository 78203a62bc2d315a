"""Which sections of a report stand side by side on a wide screen."""

from dashboard.content.document import Paragraph, Points, Section, Table

Numbered = tuple[int, Section]
"""A section with its number, counted from 1."""


def side_by_side(sections: tuple[Section, ...], first: int = 1) -> list[list[list[Numbered]]]:
    """Rows of one or two columns: halves that follow each other stand side by side.

    Below a half that only says something is room for the next one.
    """
    rows: list[list[list[Numbered]]] = []
    for number, section in enumerate(sections, first):
        columns = rows[-1] if rows and _is_half(rows[-1][0][0][1]) and _is_half(section) else []
        if len(columns) == 1:
            columns.append([(number, section)])
        elif columns and all(_is_said(one) for _number, one in columns[1]):
            columns[1].append((number, section))
        else:
            rows.append([[(number, section)]])
    return rows


def _is_said(section: Section) -> bool:
    """Whether it is sentences only."""
    return all(isinstance(block, Paragraph | Points) for block in section.blocks)


def _is_half(section: Section) -> bool:
    """Whether it needs no more than half a wide page: a ribbon or lines, too."""
    tables = (block for block in section.blocks if isinstance(block, Table))
    return section.is_half or any(table.rows and table.form != "table" for table in tables)
