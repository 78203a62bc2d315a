"""Numbers as a reader writes them."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from dashboard import i18n


@pytest.fixture(params=["ko", "en"])
def speaking(request):
    return i18n.use_language(request.param)


@pytest.mark.parametrize(
    ("value", "unit", "approximate", "korean", "english"),
    [
        (31183, "persons", False, "31,183명", "31,183 persons"),
        (1, "persons", False, "1명", "1 person"),
        (14000, "persons", True, "≈ 14,000명", "≈ 14,000 persons"),
        (2.5, "pct", False, "2.5%", "2.5%"),
        (400_000_000, "krw", False, "4억 원", "KRW 400 million"),
        (1_150_000_000, "krw", False, "11.5억 원", "KRW 1.15 billion"),
        (2_188_000, "krw_per_person", False, "2,188,000원", "KRW 2,188,000"),
        (3, "rank", False, "3위", "No. 3"),
        (None, "persons", False, "자료 없음", "no data"),
    ],
)
def test_a_value_with_its_unit(speaking, value, unit, approximate, korean, english):
    expected = {"ko": korean, "en": english}[speaking]
    assert i18n.quantity_text(value, unit, approximate) == expected


@pytest.mark.parametrize(
    ("partial", "korean", "english"),
    [
        ("2018", "2018년", "2018"),
        ("2018-10", "2018년 10월", "Oct 2018"),
        ("2018-10-08", "2018. 10. 8.", "Oct 8, 2018"),
        (None, "", ""),
    ],
)
def test_a_date_of_any_precision(speaking, partial, korean, english):
    assert i18n.date_text(partial) == {"ko": korean, "en": english}[speaking]


@pytest.mark.parametrize(
    ("printed", "korean", "english"),
    [
        ("8곳; 2014-03-10 발표", "8곳; 2014. 3. 10. 발표", "8곳; Mar 10, 2014 발표"),
        ("2025-12-29~2026-01-23", "2025. 12. 29.~2026. 1. 23.", "Dec 29, 2025~Jan 23, 2026"),
        # Years from and to, and what is no day, stay as they are.
        ("2009-2014; 2019-13-45; 12019-01-01", *["2009-2014; 2019-13-45; 12019-01-01"] * 2),
    ],
)
def test_days_within_a_text_of_the_record(speaking, printed, korean, english):
    assert i18n.record_text(printed) == {"ko": korean, "en": english}[speaking]


def test_signs_and_points(speaking):
    assert i18n.percent_text(75.728, signed=True) == "+75.7%"
    assert i18n.percent_text(-2.4, signed=True) == "-2.4%"
    assert i18n.percent_text(-0.04, signed=True) == "+0.0%"
    assert [i18n.percent_text(one) for one in (0, 0.04, 0.05)] == ["0.0%", "0.04%", "0.1%"]
    assert i18n.number_text(2.5) == "3"
    assert i18n.points_text(-3.14) == {"ko": "-3.1%p", "en": "-3.1 pp"}[speaking]


def test_places(speaking):
    korean = speaking == "ko"
    assert i18n.place_text("Jakarta", "ID") == (
        "인도네시아 자카르타" if korean else "Jakarta, Indonesia"
    )
    assert i18n.country_text("KZ;RU") == ("카자흐스탄·러시아" if korean else "Kazakhstan·Russia")


def test_a_text_that_is_not_of_the_record_stays():
    assert i18n.record_text("대구시가 직접 입력한 글") == "대구시가 직접 입력한 글"
    assert i18n.label("department", "unknown_code") == "unknown_code"


@pytest.mark.parametrize(
    ("change", "is_approximate", "per_cent", "text"),
    [
        # 473,340 - 146,000 = 327,340, which is 224.2 % of 146,000
        (327340, True, 224.2055, "≈ +327,340 persons (≈ +224.2%)"),
        (-5, False, -0.5, "-5 persons (-0.5%)"),
        (-1, False, None, "-1 person"),
        (0, False, 0.0, "±0 persons"),
    ],
)
def test_what_comes_of_a_rounded_figure_is_rounded(change, is_approximate, per_cent, text):
    with i18n.speaking("en"):
        assert i18n.change_text(change, "persons", is_approximate, per_cent) == text


def test_a_language_is_a_folder_of_catalogues():
    """Nothing but files: no sentence, amount or name branches on which language it is."""
    folders = {path.parent.name for path in Path(i18n.__file__).parent.glob("*/codes.po")}
    assert set(i18n.LANGUAGES) == folders
    assert i18n.LANGUAGES[0] == i18n.DEFAULT_LANGUAGE
    layers = ["content", "render", "i18n", "store", "bounds", "review"]
    branch = re.compile(r"language(?:\(\))? [!=]= \"")
    product = Path(i18n.__file__).parent.parent
    files = [path for layer in layers for path in product.glob(f"{layer}/**/*.py")]
    files.append(product / "catalogue.py")
    assert [path.name for path in files if branch.search(path.read_text("utf-8"))] == []


def test_a_language_more_names_itself_and_writes_amounts(monkeypatch):
    monkeypatch.setattr(import_module("dashboard.i18n.language"), "LANGUAGES", ("ko", "en", "ja"))
    assert [i18n.language_name(code) for code in ("ko", "en", "ja")] == [
        "한국어",
        "English",
        "日本語",
    ]
    with i18n.speaking("ja"):
        # 400,000,000 ÷ 億 (100,000,000) = 4
        assert i18n.amount_text(400_000_000, "krw") == "KRW 4億"


def test_the_day_of_a_moment_is_that_of_korea():
    # Korea is nine hours ahead: 16:00 and 14:59 of the 29th in Greenwich.
    assert i18n.day_in_korea("2026-11-29T16:00:00+00:00") == "2026-11-30"
    assert i18n.day_in_korea("2026-11-29T14:59:59+00:00") == "2026-11-29"
