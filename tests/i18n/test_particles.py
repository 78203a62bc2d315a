"""Particles follow the last sound of the word before them."""

import pytest

from dashboard.i18n import particle_after, with_particles


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("대구와(과) 동점", "대구와 동점"),
        ("서울와(과) 동점", "서울과 동점"),
        ("인천이(가) 첫째", "인천이 첫째"),
        ("‘센터’을(를) 연", "‘센터’를 연"),
        ("3을(를)", "3을"),  # 삼
        ("2은(는)", "2는"),  # 이
        ("B2B와(과)", "B2B와"),  # 비
        ("PDF(으)로", "PDF로"),  # 에프
        ("서울(으)로", "서울로"),  # after ㄹ
        ("인천(으)로", "인천으로"),
        ("10(으)로", "10으로"),  # 십; read as 영 by its digit, both closed
        ("KTL이(가)", "KTL이"),  # 엘
    ],
)
def test_the_form_follows_the_last_sound(marked, said):
    assert with_particles(marked) == said


@pytest.mark.parametrize(
    ("word", "particle", "said"),
    [
        ("대구신문", "는", "은"),
        ("쿠키뉴스", "과", "와"),
        ("연합뉴스(wowtv 게재)", "과", "와"),
        ("대구광역일보(dgy.co.kr)", "은", "는"),  # as after 일보, not as after kr
        ("매일신문 (사본)", "로", "으로"),
        ("(익명)", "가", "이"),  # nothing but brackets
    ],
)
def test_a_particle_takes_the_form_that_another_word_needs(word, particle, said):
    assert particle_after(word, particle) == said
