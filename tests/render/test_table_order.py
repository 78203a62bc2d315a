"""A table as a screen reads it: newest year first, figures to the right, nothing dropped unsaid."""

import pytest

from dashboard.content.cells import date_cell
from dashboard.content.document import Cell, Column, Table
from dashboard.i18n import speaking
from dashboard.render.screen.table_order import as_read, order_of

NONE = Cell("no data", None, "no data")


def figure(value):
    return Cell(f"{value} persons", value, "settled")


def of_years(*cells):
    names = ("region", *(str(2010 + at) for at in range(len(cells))))
    return Table(
        "", tuple(Column(name, name) for name in names), ((Cell("Daegu", "Daegu"), *cells),)
    )


def test_columns_of_years_are_newest_first_and_empty_ends_are_said():
    with speaking("en"):
        read = as_read(of_years(NONE, figure(1), NONE, figure(3), NONE))
    assert [column.name for column in read.columns] == ["region", "2013", "2012", "2011"]
    assert [cell.value for cell in read.rows[0]] == ["Daegu", 3, None, 1]
    assert read.note == "Years without anything, left out: 2010, 2014"
    # What has figures stands to the right, its heading too; a column of gaps and names does not.
    assert [column.is_figure for column in read.columns] == [False, True, False, True]


def test_what_is_newest_first_already_or_has_nothing_at_all_stays():
    read = as_read(of_years(figure(1), NONE, figure(3)))
    assert as_read(read) == read
    empty = of_years(NONE, NONE, NONE)
    assert len(as_read(empty).columns) == len(empty.columns)


def test_rows_over_years_turn_and_those_of_one_year_keep_their_order():
    rows = tuple(
        (Cell(str(y), y), Cell(name, name)) for y, name in ((2018, "a"), (2019, "b"), (2019, "c"))
    )
    table = Table("", (Column("year", "Year"), Column("name", "Name")), rows)
    read = as_read(table)
    assert [row[1].text for row in read.rows] == ["b", "c", "a"]
    # A year is no figure, and stays to the left.
    assert not read.columns[0].is_figure
    assert as_read(Table("", table.columns, rows[::-1])).rows == rows[::-1]


@pytest.mark.parametrize(
    ("cell", "order"),
    [
        (Cell("≈ 1.5억 원", 150_000_000, "approximate"), "150000000"),
        (Cell("31,183명 ◆", 31183, "contested"), "31183"),
        (Cell("1,613–1,617명", None, "derived", span=(1613, 1617)), "1613"),
        (NONE, ""),
        (Cell("Seoul", "Seoul"), "Seoul"),
        (Cell("●", "●", "settled", shade=4), "4"),
    ],
)
def test_rows_are_sorted_by_bare_figures_and_what_is_missing_has_none(cell, order):
    assert order_of(cell) == order


def test_a_date_is_sorted_as_a_date_in_either_language():
    for code in ("ko", "en"):
        with speaking(code):
            assert order_of(date_cell("2016-11-28")) == "2016-11-28"
