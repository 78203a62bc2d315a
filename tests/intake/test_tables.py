"""Wide tables are turned: what is header, label, number, total and note, and what is asked."""

import io

import openpyxl
import pytest

from dashboard.intake.findings_workbook import make_findings_workbook
from dashboard.intake.layout import Shape
from tests.intake.wide_tables import CASES, PATIENTS, YEARS, rules


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
