"""Widths are measured from the font, and nowhere guessed."""

import re
from pathlib import Path

import pytest

import dashboard
from dashboard.text_metrics import OFFICE, SCREEN, SCREEN_BOLD, text_width, wrapped


def test_a_width_is_the_sum_of_the_advances_of_the_font():
    """Regular: 가 864/1000 em, a 535/1000; 10 · (0.864 + 0.535) = 13.99."""
    assert text_width("가a", 10, SCREEN) == pytest.approx(13.99)
    assert text_width("", 10) == 0


def test_bold_is_wider_and_what_stands_in_for_it_wider_still():
    """A Korean letter of a stand-in may take a whole em: 1.16 · 0.864 = 1.002."""
    regular, bold, office = (
        text_width("환자 Patients", 10, face) for face in (SCREEN, SCREEN_BOLD, OFFICE)
    )
    assert regular < bold < office
    assert text_width("가", 10, OFFICE) >= 10


def test_lines_break_where_the_measured_words_end():
    """Each word of two Korean letters: 2 · 8.64 = 17.28; two with a space of 2.88: 37.44."""
    assert wrapped("가나 다라 마바", 38, 10, SCREEN) == ["가나 다라", "마바"]
    assert wrapped("가나 다라 마바", 37, 10, SCREEN) == ["가나", "다라", "마바"]


def test_no_other_place_guesses_how_wide_a_letter_is():
    guesses = re.compile(r"0x2E80|east_asian_width|[\d.]+ \* len\((?:text|name|label|texts)\b")
    found = {
        path.name
        for path in Path(dashboard.__file__).parent.rglob("*.py")
        if guesses.search(path.read_text(encoding="utf-8"))
    }
    assert not found


def test_a_korean_letter_is_set_apart_from_a_digit_where_office_programs_do():
    """In `2019년 11월` two pairs, 9년 and 1월, are 0.27 em apart; the space parts 년 and 1."""
    bare = sum(text_width(part, 10) for part in ("2019", "년 ", "11", "월"))
    assert text_width("2019년 11월", 10) == pytest.approx(bare + 2 * 2.7)
    bare = sum(text_width(part, 10, SCREEN) for part in ("2019", "년"))
    assert text_width("2019년", 10, SCREEN) == pytest.approx(bare)
