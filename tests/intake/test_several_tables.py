"""Tables below or beside one another are held apart, named and chosen."""

import pytest

from dashboard.intake.layout import Shape
from tests.intake.wide_tables import PATIENTS, YEARS, rules


def test_two_tables_in_one_sheet_are_said(read, rows_of):
    below = [["지역", "2031", "2032"], ["대구", 1, 2], [], ["표 2"], ["국적", "2031", "2032"],
             ["미국", 3, 4]]  # fmt: skip
    beside = [["지역", "2031", None, "지역", "2031"], ["대구", 1, None, "부산", 2]]
    for rows, cells, count in ((below, ("A1", "A5"), 2), (beside, ("A1", "D1"), 1)):
        delivery = read(rows, shape=PATIENTS)
        assert delivery.layout.tables == cells
        assert "other-table" in rules(delivery, "warning")
        assert len(rows_of(rows, "value", shape=PATIENTS)) == count


SECOND = PATIENTS.under(Shape(table=2))


def test_the_second_of_two_tables_is_read_where_that_is_chosen(read, rows_of):
    below = [["지역", "2031", "2032"], ["대구", 1, 2], ["주) 실환자"], ["(단위: 천명)"],
             ["국적", "2031", "2032"], ["미국", 3, 4]]  # fmt: skip
    korea = SECOND.under(Shape(fixed={"region": "KR"}))
    assert rows_of(below, "nationality", "year", "value", shape=korea) == [
        ("US", "2031", "3000"),  # 3 and 4 thousand: the unit above the second table is its own
        ("US", "2032", "4000"),
    ]
    layout = read(below, shape=korea).layout
    assert (layout.table, layout.tables, layout.title_lines) == (2, ("A1", "A5"), (4,))
    beside = [["표"], ["지역", "2031", None, "지역", "2031"], ["대구", 1, None, "부산", 2]]
    assert rows_of(beside, "region", "year", "value", shape=SECOND) == [("KR-26", "2031", "2")]
    three = [["지역", "2031", "2032", "지역", "2031", "2032"], ["대구", 1, 2, "부산", 3, 4],
             [], ["지역", "2031", "2032", "지역", "2031", "2032"], ["서울", 5, 6, "인천", 7, 8],
             ]  # fmt: skip
    third = PATIENTS.under(Shape(table=3))
    assert read(three, shape=third).layout.tables == ("A1", "D1", "D4")
    assert rows_of(three, "region", "year", "value", shape=third) == [
        ("KR-28", "2031", "7"), ("KR-28", "2032", "8"),
    ]  # fmt: skip


YEARS_OF_CITIES = [["지역", "2031년", "2032년"], ["대구", 10, 20]]
INCHEON = ["인천", 5, 6]


@pytest.mark.parametrize(
    ("below", "cell"),
    [
        ([["진료비 (백만원)"], INCHEON], "A3"),
        ([[], ["진료비"], [], INCHEON], "A4"),
        ([["진료비"], ["(단위: 백만원)"], INCHEON], "A3"),
        ([["※ 외국인환자 진료수입"], INCHEON], "A3"),
        ([["(단위: 백만원)"], INCHEON], "A3"),
        ([["진료비"], YEARS_OF_CITIES[0], INCHEON], "A4"),
        ([["시도", "2031년", "2032년"], INCHEON], "A3"),
    ],
)
def test_a_table_below_is_no_further_rows_of_the_first(read, rows_of, below, cell):
    rows = [*YEARS_OF_CITIES, *below]
    delivery = read(rows, shape=PATIENTS)
    assert delivery.layout.tables == ("A1", cell)
    assert "other-table" in rules(delivery, "warning")
    assert rows_of(rows, "region", "value", shape=PATIENTS) == [("KR-27", "10"), ("KR-27", "20")]


def test_rows_below_a_heading_alone_are_read_under_the_header_above_where_chosen(rows_of):
    rows = [*YEARS_OF_CITIES, ["진료비 (백만원)"], INCHEON]
    shape = Shape(fixed={"metric": "spending_krw"}, table=2)
    assert rows_of(rows, "region", "year", "value", shape=shape) == [
        ("KR-28", "2031", "5000000"),  # 5 and 6 times a million
        ("KR-28", "2032", "6000000"),
    ]


@pytest.mark.parametrize("group", ["비수도권", "기타 지역", "합계"])
def test_a_group_of_regions_begins_no_table(rows_of, group):
    rows = [*YEARS_OF_CITIES, [group], INCHEON]
    assert [row[0] for row in rows_of(rows, "region", shape=PATIENTS)] == [
        "KR-27", "KR-27", "KR-28", "KR-28",
    ]  # fmt: skip


@pytest.mark.parametrize("again", ["지역", "시도"])
def test_a_header_of_one_value_begins_a_table_below_too(read, again):
    first = [["지역", "연도", "외국인환자 수"], ["대구", 2031, 10]]
    delivery = read([*first, [again, "연도", "진료비(백만원)"], ["인천", 2031, 5]])
    assert [row.cells[-1] for row in delivery.rows] == ["10"]
    assert delivery.layout.unread_lines == (3, 4)
    assert "unread-lines" in rules(delivery, "warning")


def test_a_table_at_the_side_with_another_word_for_its_regions_is_said(read):
    rows = [["지역", "2031", None, "시도", "2031"], ["대구", 1, None, "인천", 2]]
    assert read(rows, shape=PATIENTS).layout.tables == ("A1", "D1")


def test_a_table_or_header_that_is_not_there_is_refused_in_words(read):
    for place in (Shape(table=2), Shape(header_line=9)):
        delivery = read(YEARS, shape=PATIENTS.under(place))
        assert (rules(delivery), delivery.is_readable) == ({"shape-unfit"}, False)
