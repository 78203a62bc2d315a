"""Numbers, dates and codes as offices write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.codes import folded, names
from dashboard.intake.korean_numerals import meanings
from dashboard.intake.units import scaled
from dashboard.intake.values import in_calendar, number, partial_date

NUMBERS = {
    "31,183": "31183", "3만 1,183": "31183", "4억 원": "400000000", "1억 2,000만원": "120000000",
    "1.5억": "150000000", "1억2천만원": "120000000", "2조 3,000억": "2300000000000",
    "△1,200": "-1200", "(300)": "-300", "12.5%": "12.5", "35,000명": "35000", "₩1,000": "1000",
    "6.30": "6.30", "31183.0": "31183",
    # 1억 2천 5백만 = 10⁸ + 2,500 × 10⁴; 5천억 = 5,000 × 10⁸; 2백 = 2 × 100
    "1억2천5백만원": "125000000", "5천억": "500000000000", "2백명": "200", "3천2백만": "32000000",
    "10만5천": "105000",
}  # fmt: skip
NO_NUMBERS = [
    "",
    "many",
    "=1+1",
    "1,2,3",
    "12,34",
    "만",
    "3만4억",
    "1.2.3",
    "<b>5</b>",
    "--5",
    "1 2 3x",
]
DATES = {
    "2016.11.28": "2016-11-28", "2016. 11. 28.": "2016-11-28", "2016년 11월 28일": "2016-11-28",
    "2016년 11월": "2016-11", "2016. 11.": "2016-11", "16.11.28": "2016-11-28",
    "2016/1/2": "2016-01-02", "20161128": "2016-11-28", "201611": "2016-11", "2016년": "2016",
    "42702": "2016-11-28",  # days since 1899-12-30, a date cell without its format
    "2016.11.28(월)": "2016-11-28",
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NUMBERS.items())
def test_numbers(text, expected):
    assert number(text) == expected


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number(text):
    assert number(text) is None or text == ""


@given(st.integers(1, 9999), st.integers(0, 9999), st.integers(0, 9999))
def test_amounts_in_eok_and_man_add_up(eok, man, rest):
    text = f"{eok:,}억" + (f" {man:,}만" if man else "") + (f" {rest:,}" if rest else "") + "원"
    assert number(text) == str(eok * 10**8 + man * 10**4 + rest)


@given(st.decimals(0, 10**9, places=3), st.sampled_from([1000, 10**6, 10**8]))
def test_scales_multiply_exactly(value, scale):
    assert int(scaled(str(value), scale)) == value * scale


@pytest.mark.parametrize(("text", "expected"), DATES.items())
def test_dates(text, expected):
    assert partial_date(text) == expected


@pytest.mark.parametrize(
    ("text", "probable", "literal"),
    [
        ("4억5천", 4 * 10**8 + 5000 * 10**4, 4 * 10**8 + 5000),
        ("12억3천", 12 * 10**8 + 3000 * 10**4, 12 * 10**8 + 3000),
        ("1억 2천원", 10**8 + 2000 * 10**4, 10**8 + 2000),
        ("12조5천", 12 * 10**12 + 5000 * 10**8, 12 * 10**12 + 5000),
        ("5조 300", 5 * 10**12 + 300 * 10**8, 5 * 10**12 + 300),
        ("4억 5,000만원", None, None),
        ("4억5", 4 * 10**8 + 5000 * 10**4, 4 * 10**8 + 5),
        ("3만5", 35_000, 30_005),
        ("3천2백", 3200 * 10**4, 3200),
        ("△4억5천", -(4 * 10**8 + 5000 * 10**4), -(4 * 10**8 + 5000)),
        *((clear, None, None) for clear in ("3만5천", "3만 1,183", "4억 5천만", "5천억 300만",
                                            "1억 20000", "3천2백원", "1.5억", "31,183", "억5천")),
    ],
)  # fmt: skip
def test_an_amount_that_leaves_a_unit_out_has_two_meanings(text, probable, literal):
    expected = [] if probable is None else [str(probable), str(literal)]
    assert [one.digits for one in meanings(text, is_money=True)] == expected


def test_of_persons_hundreds_after_thousands_are_first_what_they_say():
    shown = [one.shown for one in meanings("3천2백", is_money=False)]
    assert shown == ["3천 2백 = 3,200", "3천 2백만 = 32,000,000"]


@given(st.dates())
def test_every_day_of_the_calendar_is_read(day):
    if day.year >= 1000:
        assert partial_date(f"{day.year}. {day.month}. {day.day}.") == day.isoformat()
        assert in_calendar(day.isoformat())


def test_days_that_are_not_there():
    assert not in_calendar("2025-02-29")
    assert not in_calendar("2025-13")
    assert in_calendar("2024-02-29")


def test_codes_by_any_name():
    region = names("observations", "region")
    assert {region[folded(name)] for name in ("대구", "대구광역시", "KR-27", "Daegu")} == {"KR-27"}
    country = names("observations", "nationality")
    assert {country[folded(name)] for name in ("카자흐스탄", "Kazakhstan", "KZ")} == {"KZ"}
    assert {country[folded(name)] for name in ("호주", "오스트레일리아", "Australia")} == {"AU"}
    assert folded("합계") not in region
