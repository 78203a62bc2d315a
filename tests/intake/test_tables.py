"""Wide tables are turned: what is header, label, number, total and note, and what is asked."""

import io
import json
from pathlib import Path

import openpyxl
import pytest

from dashboard.commands.intake import intake as intake_command
from dashboard.errors import UsageError
from dashboard.intake.findings_workbook import make_findings_workbook
from dashboard.intake.layout import Shape, shape_of_json

CASES = Path(__file__).parent / "cases"
PATIENTS = Shape(fixed={"metric": "foreign_patients"})


@pytest.fixture
def read(door):
    """A file as read: by name from the cases, or rows of cells as a workbook."""

    def one(rows, table="observations", shape=None, merges=(), name="표.xlsx"):
        if isinstance(rows, str):
            return door.read(table, rows, (CASES / rows).read_bytes(), shape=shape)
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        for merge in merges:
            book.active.merge_cells(merge)
        out = io.BytesIO()
        book.save(out)
        return door.read(table, name, out.getvalue(), shape=shape)

    return one


@pytest.fixture
def rows_of(read, door, without_trial):
    """Rows of the record that a file gives, as the named columns; it must have no errors."""

    def rows(content, *columns, **options):
        checked = door.check(read(content, **options), "Kim")
        assert checked.findings == ()
        return [tuple(row[name] for name in columns) for row in checked.rows.to_pylist()]

    return rows


def rules(delivery, severity="error"):
    return {finding.rule for finding in delivery.findings if finding.severity == severity}


def test_a_kosis_export_with_two_header_rows_is_read_as_it_is(rows_of, read):
    name = "01-kosis-two-headers.xlsx"
    # Of 계 and 여자 the record takes 계; 소계 below 시도별(2) is the whole of its 시도.
    assert rows_of(name, "region", "metric", "year", "value") == [
        ("KR", "foreign_patients", "2031", "51696"),
        ("KR", "foreign_patients", "2032", "52000"),
        ("KR", "foreign_patients_visits", "2031", "99000"),
        ("KR", "foreign_patients_visits", "2032", "98000"),
        ("KR-27", "foreign_patients", "2031", "9930"),
        ("KR-27", "foreign_patients", "2032", "9800"),
        ("KR-27", "foreign_patients_visits", "2031", "19930"),
        ("KR-27", "foreign_patients_visits", "2032", "19800"),
    ]
    delivery = read(name)
    assert {"turned", "unread-values", "filled-down"} <= rules(delivery, "warning")
    kinds = [[delivery.layout.kind_of(line, place) for place in range(5)] for line in (1, 2, 3)]
    assert kinds[0] == kinds[1] == ["header"] * 5
    assert kinds[2] == ["label", "label", "label", "number", "unread"]


def test_rows_know_the_cells_they_come_from(read):
    row = read("01-kosis-two-headers.xlsx").rows[-1]
    assert (row.line, row.origins) == (6, {"year": "F1", "region": "A6", "metric": "C6",
                                           "value": "F6"})  # fmt: skip


@pytest.mark.parametrize("name", ["01-kosis-two-headers.xlsx", "04-bom-quoted-wide-years.csv"])
def test_a_wide_table_handed_in_for_a_list_is_refused_in_words(door, name):
    for table in ("events", "centres", "institutions", "funding_lines", "sources"):
        checked = door.check(door.read(table, name, CASES / name), "Kim")
        assert checked.findings, table
        assert all(finding.sentence() for finding in checked.findings)
        checked.discard()


def test_a_metric_that_the_file_does_not_name_is_asked_for(read, rows_of):
    name = "04-bom-quoted-wide-years.csv"
    delivery = read(name)
    assert (rules(delivery), delivery.layout.missing, delivery.is_readable) == (
        {"not-said"}, ("metric",), False,
    )  # fmt: skip
    # 소계 and "2021 and before" are no years.
    assert {"total-columns", "unread-values"} <= rules(delivery, "warning")
    assert rows_of(name, "region", "year", "value", shape=PATIENTS) == [
        ("KR-27", "2032", "430"),
        ("KR-27", "2033", "584"),
        ("KR-30", "2032", "99"),
        ("KR-30", "2033", "155"),
    ]


def test_a_table_of_which_nothing_is_known_is_asked_about(read):
    delivery = read("02-seoul-portal-three-headers.xls")
    assert delivery.layout.header_lines == (1, 2, 3)
    assert {"across-unknown", "not-said"} <= rules(delivery)
    assert not delivery.is_readable


YEARS = [
    ["외국인환자 유치 현황"],
    ["(단위: 천명)"],
    ["시도", "2031", "2032(잠정)"],
    ["대구", 1.5, 2],
    ["부산", 3, "-"],
    ["합계", 4.5, 2],
    ["주) 실환자 기준"],
    ["자료: 보건복지부"],
]


def test_years_across_with_title_unit_total_and_notes(read, rows_of):
    # 1.5, 2 and 3 thousand persons; "-" is no value, 합계 no region.
    assert rows_of(YEARS, "metric", "region", "year", "status", "value") == [
        ("foreign_patients", "KR-27", "2031", "final", "1500"),
        ("foreign_patients", "KR-27", "2032", "provisional", "2000"),
        ("foreign_patients", "KR-26", "2031", "final", "3000"),
    ]
    layout = read(YEARS).layout
    assert (layout.title_lines, layout.header_lines, layout.data_lines) == ((1, 2), (3,), (4, 5))
    assert (layout.total_lines, layout.note_lines) == ((6,), (7, 8))
    assert dict(layout.from_title) == {"metric": "foreign_patients"}
    assert {"from-title", "totals-apart", "notes", "scaled"} <= rules(read(YEARS), "warning")


@pytest.mark.parametrize("merged", [True, False])
def test_nationality_by_year_under_two_headers(rows_of, merged):
    rows = [
        ["국적", "2031", None, "2032", None],
        [None, "실환자수(명)", "진료수입(백만원)", "실환자수(명)", "진료수입(백만원)"],
        ["미국", 10, 20, 30, 40],
        ["중국", 50, 60, 70, 80],
    ]
    merges = ("A1:A2", "B1:C1", "D1:E1") if merged else ()
    shape = Shape(fixed={"region": "대구"})
    found = rows_of(rows, "nationality", "year", "metric", "value", shape=shape, merges=merges)
    assert found[:4] == [
        ("US", "2031", "foreign_patients", "10"),
        ("US", "2031", "spending_krw", "20000000"),  # 20 times 1,000,000
        ("US", "2032", "foreign_patients", "30"),
        ("US", "2032", "spending_krw", "40000000"),
    ]
    assert len(found) == 8


def test_three_header_rows(rows_of):
    rows = [
        ["지역", "2031", None, None, None],
        [None, "미국", None, "중국", None],
        [None, "실환자수", "연환자수", "실환자수", "연환자수"],
        ["대구", 1, 2, 3, 4],
    ]
    assert rows_of(rows, "year", "nationality", "metric", "value") == [
        ("2031", "US", "foreign_patients", "1"),
        ("2031", "US", "foreign_patients_visits", "2"),
        ("2031", "CN", "foreign_patients", "3"),
        ("2031", "CN", "foreign_patients_visits", "4"),
    ]


def test_regions_across_and_a_column_of_totals(rows_of, read):
    rows = [["연도", "서울", "대구", "계"], [2031, 1, 2, 3], [2032, 4, 5, 9]]
    assert rows_of(rows, "year", "region", "value", shape=PATIENTS) == [
        ("2031", "KR-11", "1"),
        ("2031", "KR-27", "2"),
        ("2032", "KR-11", "4"),
        ("2032", "KR-27", "5"),
    ]
    assert "total-columns" in rules(read(rows, shape=PATIENTS), "warning")


def test_nationalities_across_and_others_that_have_no_code(rows_of, read):
    rows = [["", "미국", "중국", "기타", "합계"], ["대구", 1, 2, 3, 6], ["부산", 4, 5, 6, 15]]
    shape = Shape(fixed={"metric": "foreign_patients", "year": "2031"})
    assert rows_of(rows, "region", "nationality", "value", shape=shape) == [
        ("KR-27", "US", "1"),
        ("KR-27", "CN", "2"),
        ("KR-26", "US", "4"),
        ("KR-26", "CN", "5"),
    ]
    assert {"unread-values", "total-columns"} <= rules(read(rows, shape=shape), "warning")


def test_a_header_that_nobody_knows_is_asked_for_and_not_dropped(read, rows_of):
    rows = [["지역", "미국", "중국", "우즈벡스탄"], ["대구", 1, 2, 3]]
    shape = Shape(fixed={"metric": "foreign_patients", "year": "2031"})
    delivery = read(rows, shape=shape)
    assert rules(delivery) == {"words-unknown"}
    assert delivery.layout.unknown_words == {"nationality": ("우즈벡스탄",)}
    for code, count in (("UZ", 3), ("", 2)):  # chosen, and left out
        found = rows_of(rows, "nationality", shape=shape.under(Shape(words={"우즈벡스탄": code})))
        assert len(found) == count


def test_months_have_no_place_and_their_total_is_the_year(rows_of, read):
    months = [f"{month}월" for month in range(1, 13)]
    # 1 + 2 + … + 12 = 78.
    rows = [["지역", *months, "계"], ["대구", *range(1, 13), 78]]
    shape = Shape(fixed={"metric": "foreign_patients", "year": "2031"})
    assert rows_of(rows, "year", "region", "value", shape=shape) == [("2031", "KR-27", "78")]
    assert "unread-values" in rules(read(rows, shape=shape), "warning")
    quarters = [
        ["지역", "1/4분기", "2/4분기", "3/4분기", "4/4분기", "계"],
        ["대구", 1, 2, 3, 4, 10],
    ]
    assert rows_of(quarters, "value", shape=shape) == [("10",)]


ACROSS_MONTHS = [["지역", "2031.01", "2031.02"], ["대구", 1, 2]]
ACROSS_QUARTERS = [["지역", "1/4분기", "2/4분기"], ["대구", 1, 2]]
MONTHS_DOWN = [["월", "서울", "대구"], ["1월", 1, 2], ["2월", 3, 4]]


@pytest.mark.parametrize(
    ("rows", "months"),
    [(ACROSS_MONTHS, "2031.01, 2031.02"), (ACROSS_QUARTERS, "1/4분기, 2/4분기"),
     (MONTHS_DOWN, "1월, 2월")],
)  # fmt: skip
def test_months_without_a_total_of_the_year_are_told_what_to_do(read, rows, months):
    for fixed in ({}, {"metric": "foreign_patients", "year": "2031"}):
        delivery = read(rows, shape=Shape(fixed=fixed))
        (finding,) = [one for one in delivery.findings if one.rule == "only-months"]
        assert finding.value == months
        for way_out in (
            "add one in a column or row of its own, such as “Total”",
            "“Patient visits”",
        ):
            assert way_out in finding.sentence()


def test_the_sum_of_a_part_of_the_year_is_no_figure_of_the_year(read, rows_of):
    """January and February of 2032 make 40 + 50 = 90, which is not the year's figure."""
    months = [f"{month}월" for month in range(1, 13)]
    rows = [
        ["지역", *["2031"] * 13, *["2032"] * 3],
        ["", *months, "계", "1월", "2월", "계"],
        ["대구", *range(1, 13), 78, 40, 50, 90],
    ]
    assert rows_of(rows, "year", "value", shape=PATIENTS) == [("2031", "78")]
    down = [["연도", "월", "대구"], ["2031", "1월", 40], ["2031", "2월", 50], ["2031", "계", 90]]
    assert read(down, shape=PATIENTS).rows == ()
    chosen = Shape(fixed=PATIENTS.fixed, words={"계": "*"})
    assert rows_of(down, "year", "value", shape=chosen) == [("2031", "90")]


@pytest.mark.parametrize(
    "heading",
    ["여자", "남자(명)", "목표", "증가율", "구성비", "입원", "1~6월", "잠정", "신규", "군인"],
)
def test_one_heading_above_all_values_that_limits_them_is_asked_about(read, heading):
    for rows in (
        [["지역", "2031", "2032"], ["", heading, heading], ["대구", 1, 2]],
        [["지역", heading, heading], ["", "2031", "2032"], ["대구", 1, 2]],
    ):
        assert rules(read(rows, shape=PATIENTS)) == {"across-unknown"}


def test_one_heading_above_all_values_that_says_nothing_is_passed_over(rows_of):
    for heading in ("연도별", "유치 실적", "외국인환자 수", "명", "현황"):
        rows = [["지역", heading, heading], ["", "2031", "2032"], ["대구", 1, 2]]
        assert rows_of(rows, "value", shape=PATIENTS) == [("1",), ("2",)]


@pytest.mark.parametrize(
    ("title", "limit"),
    [
        ("2031년 외국인환자 수 목표", "목표"),
        ("외국인환자 수 증가율", "증가율"),
        ("여성 외국인환자 수", "여성"),
        ("1~6월 외국인환자 수", "1~6월"),
        ("외국인환자 수 (6월말 현재)", "6월말"),
    ],
)
def test_a_title_that_limits_the_figures_is_said_and_its_metric_asked_for(read, title, limit):
    rows = [[title], ["지역", "2031", "2032"], ["대구", 1, 2]]
    delivery = read(rows)
    assert rules(delivery) == {"not-said"}
    (told,) = [one.expected for one in delivery.findings if one.rule == "title-limits"]
    assert told == limit
    assert "title-limits" in rules(read(rows, shape=PATIENTS), "warning")


@pytest.mark.parametrize(
    ("title", "period", "status"),
    [
        ("상반기 외국인환자 수", "half1", "final"),
        ("외국인환자 수(잠정)", "annual", "provisional"),
        ("외국인환자 수 전망", "annual", "expected"),
        ("외국인환자 수 (2032년 12월 기준)", "annual", "final"),
    ],
)
def test_a_title_says_the_period_and_the_state_of_the_figures(rows_of, title, period, status):
    rows = [[title], ["지역", "2031"], ["대구", 1], ["부산", 2]]
    assert rows_of(rows, "metric", "period", "status") == [("foreign_patients", period, status)] * 2


def test_parts_without_a_total_are_asked_about(read):
    shape = Shape(fixed={"metric": "foreign_patients", "year": "2031"})
    delivery = read([["지역", "남", "여"], ["대구", 1, 2]], shape=shape)
    assert rules(delivery) == {"across-unknown"}
    labels = read([["지역", "구분2", "2031", "2032"], ["대구", "남", 1, 2], ["대구", "여", 3, 4]],
                  shape=PATIENTS)  # fmt: skip
    assert rules(labels) == {"label-unknown"}


@pytest.mark.parametrize("merges", [("A2:A3", "A4:A5"), ()])
def test_labels_are_filled_down_merged_or_blank(rows_of, read, merges):
    rows = [
        ["지역", "지표", "2031"],
        ["대구", "실환자수", 1],
        [None, "연환자수", 2],
        ["부산", "실환자수", 3],
        [None, "연환자수", 4],
    ]
    assert rows_of(rows, "region", "value", merges=merges) == [
        ("KR-27", "1"), ("KR-27", "2"), ("KR-26", "3"), ("KR-26", "4"),
    ]  # fmt: skip
    # What a workbook merges needs no word; what is only blank does.
    assert ("filled-down" in rules(read(rows, merges=merges), "warning")) == (not merges)


def test_a_unit_of_each_row_and_one_of_each_column(rows_of):
    column = [
        ["지역", "지표", "단위", "2031"],
        ["대구", "외국인환자 수", "천명", 1.5],
        ["대구", "진료수입", "백만원", 100],
    ]
    row = [
        ["지역", "연도", "실환자수", "진료수입"],
        ["", "", "천명", "백만원"],
        ["대구", 2031, 1.5, 100],
    ]
    for table in (column, row):
        assert rows_of(table, "metric", "value", "unit") == [
            ("foreign_patients", "1500", "persons"),
            ("spending_krw", "100000000", "krw"),
        ]


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


def test_the_header_is_where_somebody_says(rows_of, read):
    rows = [["지역", "2021", "2022"], ["대구", 2030, 5], ["지역", "2031", "2032"], ["대구", 1, 2]]
    shape = PATIENTS.under(Shape(header_line=3, header_rows=1))
    assert rows_of(rows, "year", "value", shape=shape) == [("2031", "1"), ("2032", "2")]
    assert read(rows, shape=shape).layout.header_block == (3, 1)
    assert read("01-kosis-two-headers.xlsx").layout.header_block == (1, 2)


def test_a_word_can_stand_for_the_whole(read, rows_of):
    shape = Shape(fixed={"metric": "foreign_patients", "year": "2031"}, across={"1": ""})
    rows = [["지역", "남", "여", "모두"], ["대구", 1, 2, 3]]
    asked = read(rows, shape=shape)
    assert rules(asked) == {"whole-unknown"}
    assert asked.layout.unknown_words == {"": ("남", "여", "모두")}
    whole = shape.under(Shape(words={"모두": "*"}))
    assert rows_of(rows, "region", "value", shape=whole) == [("KR-27", "3")]
    down = [["지역", "구분2", "2031", "2032"], ["대구", "남", 1, 2], ["대구", "모두", 3, 4]]
    parts = PATIENTS.under(Shape(labels={"구분2": ""}, words={"모두": "*"}))
    assert rows_of(down, "year", "value", shape=parts) == [("2031", "3"), ("2032", "4")]


def test_a_total_can_be_given_its_place(read, rows_of):
    rows = [["지역", "2031"], ["대구", 1], ["합계", 5]]
    assert read(rows, shape=PATIENTS).layout.total_words == {"region": ("합계",)}
    korea = PATIENTS.under(Shape(words={"합계": "KR"}))
    assert rows_of(rows, "region", "value", shape=korea) == [("KR-27", "1"), ("KR", "5")]
    across = [["지역", "미국", "계"], ["대구", 1, 5]]
    shape = Shape(fixed={"metric": "foreign_patients", "year": "2031"}, words={"계": "*"})
    assert rows_of(across, "nationality", "value", shape=shape) == [("US", "1"), (None, "5")]


def test_a_title_that_says_more_than_a_metric_is_no_answer(read, rows_of):
    def titled(title):
        return [[title], ["지역", "2031"], ["대구", 1]]

    sure = read(titled("표 3. 2031년 대구 외국인환자 유치 현황"))
    assert (dict(sure.layout.from_title), sure.is_readable) == (
        {"metric": "foreign_patients"}, True,
    )  # fmt: skip
    assert "“표 3. 2031년 대구 외국인환자 유치 현황”" in " ".join(
        finding.sentence() for finding in sure.findings if finding.rule == "from-title"
    )
    # The number of hospitals that attract foreign patients is not that of foreign patients.
    unsure = read(titled("외국인환자 유치 의료기관 현황"))
    assert (rules(unsure), unsure.is_readable) == ({"title-unsure"}, False)
    assert "--set metric=" in "".join(
        finding.sentence() for finding in unsure.findings if finding.severity == "error"
    )
    two = read(titled("외국인환자 수와 연환자 수"))
    assert (rules(two), two.layout.missing) == ({"not-said"}, ("metric",))
    assert rows_of(titled("외국인환자 유치 의료기관 현황"), "value", shape=PATIENTS) == [("1",)]


def test_of_two_sheets_the_fuller_list_is_read_and_the_wide_one_is_named(door, xlsx_of):
    whole = [["지표", "연도", "지역", "수치", "비고"], ["외국인환자 수", 2031, "대구", 1, ""]]
    wide = [["외국인환자 수"], ["지역", "2031", "2032"], ["대구", 1, 2]]
    for sheets in ({"제출": whole, "참고": wide}, {"참고": wide, "제출": whole}):
        delivery = door.read("observations", "a.xlsx", xlsx_of(sheets))
        assert (delivery.sheet, delivery.layout) == ("제출", None)
        assert "other-sheets" in rules(delivery, "warning")


def test_years_within_the_words_of_headers(rows_of):
    rows = [
        ["지역", "2031년 외국인환자 수", "2032년 외국인환자 수", "증감률(%)"],
        ["대구", 1, 2, 100],
    ]
    assert rows_of(rows, "metric", "year", "value") == [
        ("foreign_patients", "2031", "1"), ("foreign_patients", "2032", "2"),
    ]  # fmt: skip


def test_budget_and_spending_of_several_years(rows_of):
    rows = [
        ["(단위: 백만원)"],
        ["지역", "사업", "항목", "재원", "2031", None, "2032", None],
        [None, None, None, None, "예산액", "집행액", "예산액", "집행액"],
        ["대구", "클러스터", "팸투어", "국비", 120, 98, 130, 99],
    ]
    assert rows_of(rows, "year", "budgeted_krw", "executed_krw", table="funding_lines") == [
        ("2031", "120000000", "98000000"),
        ("2032", "130000000", "99000000"),
    ]


def test_findings_point_to_the_cell_of_the_sheet(read, door, without_trial):
    rows = [["지역", "2031", "2032"], ["대구", 1, "many"], ["한양", 2, 3]]
    checked = door.check(read(rows, shape=PATIENTS), "Kim")
    assert [(f.line, f.cell, f.column, f.rule) for f in checked.findings] == [
        (2, "C2", "Value", "number"),
        (3, "A3", "Region", "code"),
        (3, "A3", "Region", "code"),
    ]
    assert "표.xlsx [Sheet]:2 (C2) Value" in checked.findings[0].sentence()
    sheet = openpyxl.load_workbook(io.BytesIO(make_findings_workbook(checked)))["Rows"]
    bad = [cell.value for row in sheet.iter_rows(min_row=2) for cell in row if cell.comment]
    assert bad == ["many", "한양", "한양"]


def test_a_choice_is_remembered_for_the_next_table_of_the_kind(read, door, without_builds):
    rows = [["지역", "2031", "2032"], ["대구", 100, 200]]
    later = [["지역", "2032", "2033", "2034"], ["대구", 210, 300, 400], ["부산", 1, 2, 3]]
    assert read(rows).layout.missing == ("metric",)
    checked = door.check(read(rows, shape=PATIENTS), "Kim")
    assert door.accept(checked, "Kim").status == "accepted"
    again = read(later)
    assert (again.layout.remembered, again.is_readable, len(again.rows)) == (True, True, 6)
    other = [["국적", "2031", "2032"], ["미국", 100, 200]]
    assert not read(other).layout.remembered


def test_what_a_header_row_means_is_remembered_too(read, door, without_builds):
    rows = [["지역", "가나", "다라"], ["대구", 1, 2]]
    shape = Shape(fixed={"metric": "foreign_patients", "year": "2031"}, across={"1": "nationality"},
                  words={"가나": "GH", "다라": ""})  # fmt: skip
    assert read(rows).layout.across[0].column is None
    assert door.accept(door.check(read(rows, shape=shape), "Kim"), "Kim").status == "accepted"
    assert read([*rows, ["부산", 3, 4]]).layout.remembered


def test_a_waiting_table_is_approved_as_it_was_chosen(door_settings, door, xlsx_of, without_builds):
    content = xlsx_of({"S": [["지역", "2031"], ["대구", 100]]})
    strict = type(door)(door_settings.model_copy(update={"approval": "on"}))
    _, receipt = strict.receive("observations", "a.xlsx", content, "Kim", shape=PATIENTS)
    assert receipt.status == "waiting"
    assert strict.approve(receipt.receipt_id, "Lee").status == "accepted"


def test_a_list_can_be_given_the_metric_that_all_its_rows_have(rows_of):
    rows = [["지역", "연도", "수치"], ["대구", 2031, 100]]
    assert rows_of(rows, "metric", "region", "value", shape=PATIENTS) == [
        ("foreign_patients", "KR-27", "100")
    ]


def test_the_command_line_writes_a_shape_and_takes_it(
    tmp_path, door_settings, process_settings, without_builds, capsys
):
    process_settings(door_settings)
    written = tmp_path / "shape.json"
    case = str(CASES / "04-bom-quoted-wide-years.csv")
    common = {"by": "Kim", "dry_run": True, "format": "json"}
    assert intake_command("observations", case, write_shape=written, **common) == 1
    (asked, *_) = json.loads(capsys.readouterr().out)["findings"]
    assert (asked["rule"], asked["column"]) == ("not-said", "Metric")
    shape = json.loads(written.read_text("utf-8"))
    assert (shape["labels"], shape["across"]) == ({"시도명": "region"}, {"1": "year"})
    assert intake_command(
        "observations", case, shape=written, set_values=["지표=외국인환자 수"], **common
    ) == 0  # fmt: skip
    answer = json.loads(capsys.readouterr().out)
    assert (answer["rows"], answer["shape"]["fixed"]) == (4, {"metric": "외국인환자 수"})


@pytest.mark.parametrize("text", ["[]", "{", '{"labels": 3}', '{"colour": "red"}',
                                  '{"labels": {"a": 1}}', '{"header_rows": "two"}',
                                  '{"table": 0}', '{"header_line": true}'])  # fmt: skip
def test_a_shape_that_is_none_is_refused(text):
    with pytest.raises(UsageError):
        shape_of_json(text)


def test_a_shape_with_an_unknown_column_is_refused(read):
    with pytest.raises(UsageError, match="city"):
        read("04-bom-quoted-wide-years.csv", shape=Shape(labels={"시도명": "city"}))
