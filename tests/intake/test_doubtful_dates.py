"""Dates that can be read, and yet cannot be meant, are refused with place, value and example."""

import pytest

from dashboard.intake.doubtful_dates import is_before

HEADER = ["행사명", "추진 지역", "행사 유형", "시작일", "개최 국가", "종료일"]


@pytest.fixture
def found(door, csv_of, xlsx_of, without_trial):
    """(line, column, value, rule, expected) of the errors of events with these days."""

    def one(days, make=csv_of):
        rows = [
            [f"팸투어 {number}", "대구", "팸투어", start, "대한민국", end]
            for number, (start, end) in enumerate(days)
        ]
        content = (
            make({"a": [HEADER, *rows]}) if make is xlsx_of else make([HEADER, *rows]).encode()
        )
        name = "a.xlsx" if make is xlsx_of else "a.csv"
        checked = door.check(door.read("events", name, content), "Kim")
        return [(f.line, f.column, f.value, f.rule, f.expected) for f in checked.findings]

    return one


def test_a_number_that_lost_its_zero_is_january_or_october(found, xlsx_of):
    expected = [(2, "Start", "2031.1", "date-month", "2031-01 / 2031-10")]
    assert found([(2031.10, None)], make=xlsx_of) == expected
    # "2031.2" and "2031.11" can be one month only, and a point behind it makes the month whole.
    assert found([("2031.2", ""), ("2031.11", ""), ("2031.1.", ""), ("2031. 1", "")]) == []


@pytest.mark.parametrize(
    "text", ["99.11.28", "1931-11-28", "2131-01-01", "1931", "1904-01-01", "2041.3"]
)
def test_a_year_far_outside_of_any_range_is_refused(found, text):
    assert found([(text, "")]) == [(2, "Start", text, "date-range", "1990–2040")]


def test_the_first_and_the_last_year_are_taken(found):
    assert found([("1990-01-01", ""), ("2040-12-31", ""), ("24.11.28", "")]) == []


@pytest.mark.parametrize(
    ("start", "end", "last"),
    [
        ("2031-11-28", "2031-11-20", "2031-11-20"),
        ("2031-11-28 ~ 2031-11-20", "", "2031-11-20"),
        ("2031.11.28~2", "", "2031-11-02"),
        ("2031-11", "2031-10-31", "2031-10-31"),
    ],
)
def test_an_end_before_its_start_is_refused(found, start, end, last):
    first = start[:7] if start == "2031-11" else "2031-11-28"
    assert found([(start, end)]) == [(2, "End", last, "date-order", first)]


def test_an_end_less_precise_than_its_start_is_not_before_it(found):
    assert found([("2031-11-28", "2031-11"), ("2031-11-28", "2031"), ("2031", "2031-01-02")]) == []
    assert is_before("2031-10", "2031-11-28")


def test_visits_of_a_far_year_are_refused_too(door, csv_of, without_trial):
    content = csv_of([["방문일", "지역"], ["99.11.28", "대구"], ["2031-11-28", "대구"]]).encode()
    checked = door.check(door.read("patient_visits", "a.csv", content), "Kim")
    assert [(f.line, f.value, f.rule) for f in checked.findings] == [(2, "99.11.28", "date-range")]
