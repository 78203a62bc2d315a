"""Reports of the former record, composed once for all who look at them."""

from functools import cache

import pytest

from dashboard.content.compose import draft
from dashboard.content.document import ChartBlock, DotChart, KeyFigures, Table


@pytest.fixture(scope="session")
def report(record):
    """Composes a report of the former record: report("kpi", "en", region="KR-27", year=2019)."""

    @cache
    def composed(kind, language, parameters):
        return draft(record, kind, dict(parameters), language)

    return lambda kind, language, **told: composed(kind, language, tuple(told.items()))


@pytest.fixture(scope="session")
def tables():
    """Rows of all tables of a report: each as column name → cell."""

    def rows(report, question=None):
        return [
            dict(zip((column.name for column in block.columns), row, strict=True))
            for section in report.sections
            for block in section.blocks
            if isinstance(block, Table) and question in (None, block.question)
            for row in block.rows
        ]

    return rows


@pytest.fixture(scope="session")
def cells():
    """Every cell of a report."""

    def found(report):
        for section in report.sections:
            for block in section.blocks:
                if isinstance(block, KeyFigures):
                    yield from (figure.cell for figure in block.figures)
                elif isinstance(block, ChartBlock):
                    yield from (cell for series in block.series for cell in series.cells)
                elif isinstance(block, DotChart):
                    yield from (dot.cell for dot in block.dots)
                elif isinstance(block, Table):
                    yield from (cell for row in block.rows for cell in row)

    return found
