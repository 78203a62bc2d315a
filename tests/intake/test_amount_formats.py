"""Number formats that scale: what is shown is asked about or said where no unit says the same."""

import io

import openpyxl
import pytest

from dashboard.intake.layout import Shape

LISTED = ["지표", "연도", "지역", "수치", "단위"]
BUDGET = ["지역", "연도", "사업", "항목", "재원", "예산액", "집행액"]
LINE = ["대구", 2032, "클러스터", "팸투어", "국비"]


@pytest.fixture
def check(door, without_trial):
    """A workbook of these rows and number formats of cells, as checked."""

    def one(table, rows, formats, **choice):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        for cell, code in formats.items():
            book.active[cell].number_format = code
        out = io.BytesIO()
        book.save(out)
        return door.check(door.read(table, "a.xlsx", out.getvalue(), **choice), "Kim")

    return one


def found(findings):
    return [(f.line, f.value, f.rule) for f in findings]


def values(checked, *names):
    return [tuple(row[name] for name in names) for row in checked.rows.to_pylist()]


def test_thousands_of_a_format_are_asked_about_where_no_unit_says_so(check):
    rows = [BUDGET, [*LINE, 120_000_000, 98_000_000]]
    formats = {"F2": "#,##0,", "G2": "#,##0,,"}
    asked = check("funding_lines", rows, formats)
    # 120,000,000 ÷ 1,000 = 120,000 and 98,000,000 ÷ 1,000,000 = 98 are shown.
    assert found(asked.findings) == [
        (2, "120000 (#,##0,)", "unit-format"),
        (2, "98 (#,##0,,)", "unit-format"),
    ]
    assert asked.findings[0].expected == "원, 천원, 백만원, 억원"
    units = {"budgeted_krw": "천원", "executed_krw": "백만원"}
    chosen = check("funding_lines", rows, formats, shape=Shape(units=units))
    assert chosen.findings == ()
    assert values(chosen, "budgeted_krw", "executed_krw") == [("120000000", "98000000")]
    plain = check("funding_lines", rows, formats, shape=Shape(units=dict.fromkeys(units, "원")))
    assert values(plain, "budgeted_krw", "executed_krw") == [("120000", "98")]


def test_thousands_of_a_format_under_a_unit_that_says_so_are_no_question(check):
    rows = [["(단위: 천원)"], BUDGET, [*LINE, 120_000_000, 98_000_000]]
    stated = check("funding_lines", rows, dict.fromkeys(("F3", "G3"), "#,##0,"))
    assert stated.findings == ()
    # 120,000 shown × 1,000
    assert values(stated, "budgeted_krw", "executed_krw") == [("120000000", "98000000")]


def test_a_unit_of_single_persons_does_not_say_thousands(check):
    rows = [LISTED, ["외국인환자 수", 2032, "대구", 31_183, "명"]]
    asked = check("observations", rows, {"D2": "#,##0,"})
    # That 31.183 is no whole number is no fault of its own.
    assert found(asked.findings) == [(2, "31.183 (#,##0,)", "unit-format")]
    chosen = check("observations", rows, {"D2": "#,##0,"}, shape=Shape(units={"value": "천명"}))
    assert values(chosen, "value") == [("31183",)]  # 31.183 shown × 1,000


def test_thousands_of_a_format_are_asked_about_in_a_wide_table(check):
    rows = [["외국인환자 수"], ["지역", 2031, 2032], ["대구", 31_000, 32_000]]
    asked = check("observations", rows, {"B3": "#,##0,"})
    assert [(f.cell, f.value, f.rule) for f in asked.findings] == [
        ("B3", "31 (#,##0,)", "unit-format")
    ]


def test_a_unit_in_a_format_is_said_with_the_stored_number(check):
    rows = [
        LISTED[:4],
        ["외국인환자 수", 2032, "대구", 31_183],
        ["외국인환자 수", 2033, "대구", 32],
    ]
    checked = check("observations", rows, {"D2": '#,##0"천명"', "D3": '0"명"'})
    scaled = [one for one in checked.warnings if one.rule == "scaled-format"]
    assert found(scaled) == [(2, "31183천명", "scaled-format")]
    assert scaled[0].expected == "31,183 → 31,183,000"  # 31,183 × 1,000
    assert values(checked, "value") == [("31183000",), ("32",)]


def test_visits_whose_format_shows_thousands_are_asked_about(check):
    rows = [["방문일", "지역", "진료비"], ["2031-11-28", "대구", 1_500_000]]
    asked = check("patient_visits", rows, {"C2": "#,##0,"})
    assert found(asked.findings) == [(1, "#,##0,", "unit-format")]
    shape = Shape(units={"spending_krw": "천원"})
    chosen = check("patient_visits", rows, {"C2": "#,##0,"}, shape=shape)
    assert chosen.findings == ()
    assert values(chosen, "spending_krw") == [("1500000",)]  # 1,500 shown × 1,000
