"""The thin bar of a rank and its range."""

from base64 import b64decode

from dashboard.render.screen.figure_parts import OTHER, SUBJECT
from dashboard.render.screen.span_bar import span_bar


def drawn(*given):
    return b64decode(span_bar(*given).partition("base64,")[2]).decode()


def test_a_range_reaches_from_its_least_to_its_greatest_place():
    """Places stand 7 pixels apart, the first 6 from the edge: 6 + 7 * 5 = 41, 6 + 7 * 6 = 48."""
    svg = drawn((6, 7), (1, 17), False)
    assert 'd="M41 7.0H48.01"' in svg
    assert OTHER in svg
    # A tick for each of 17 places: 2 * 6 + 7 * 16 = 124 pixels.
    assert svg.count("v6") == 17
    assert 'width="124"' in svg


def test_one_place_is_a_dot_and_the_region_in_question_has_the_accent():
    svg = drawn((3, 3), (1, 17), True)
    assert 'd="M20 7.0H20.01"' in svg
    assert f'stroke="{SUBJECT}" stroke-width="9"' in svg
