"""Rankings without a figure, and sparklines."""

from base64 import b64decode

import pytest

from dashboard.content.findings import ranking_finding
from dashboard.render.screen.sparkline import sparkline

pytestmark = pytest.mark.usefixtures("english")


def test_an_empty_ranking_says_why():
    assert (
        ranking_finding("KR-50", 2019, []) == "Sejong 2019: no rank, since the record has no figure"
    )


def test_korea_as_a_whole_is_not_said_to_lack_a_figure():
    """It has one in the former record, 605,768 in 2023; it is no region among regions."""
    assert (
        ranking_finding("KR", 2023, [])
        == "2023: Korea as a whole has no rank among its own regions"
    )


def test_a_sparkline_has_one_line_per_run_of_values_and_a_dot_for_a_year_alone():
    image = sparkline([None, 1, 2, None, 3, None, 4, 5])
    svg = b64decode(image.split(",")[1]).decode()
    assert svg.count("<polyline") == 2
    assert svg.count("<circle") == 1 + 1, "3 stands alone, 5 is the last"


def test_a_fall_stays_inside_the_picture():
    """-50, then 100: from the floor, 32 - 4 pixels, to the top, 4 pixels."""
    svg = b64decode(sparkline([-50, 100]).split(",")[1]).decode()
    assert 'points="4.0,28.0 116.0,4.0"' in svg
