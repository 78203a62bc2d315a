"""The line in the card of the overview: where its points stand, and what is written at them."""

from base64 import b64decode

import pytest

from dashboard.content.document import Cell, ChartBlock, Era, Series
from dashboard.render.screen.trend_picture import trend_picture


def cell(value, evidence="settled", ends=None):
    return Cell("no data" if value is None else f"{value} persons", value, evidence, span=ends)


@pytest.fixture
def picture():
    """Five years up to 40, the third a range from 10 to 30, the fourth unknown."""
    cells = (
        cell(20),
        cell(40, "contested"),
        cell(None, "derived", (10.0, 30.0)),
        cell(None, "no data"),
        cell(10),
    )
    years = ("2018", "2019", "2020", "2021", "2022")
    series = (Series("Daegu", cells, True),)
    return trend_picture(
        ChartBlock(
            "line", "t", "persons", years, series, "t", chosen="2019",
            eras=(Era(2020, 2022, "COVID-19"),),
        )
    )  # fmt: skip


def test_points_stand_at_their_years_and_values(picture):
    """4 % free at each side, so a year is 23 % of the width; 40 is 14 % below the top, 0 at 100."""
    assert [(one.left, one.top) for one in picture.points] == [
        (4, 57),  # 100 − 86 · 20/40
        (27, 14),
        (50, 35.5),  # the upper end: 100 − 86 · 30/40
        (96, 78.5),
    ]
    assert picture.points[2].height == 43  # 86 · (30 − 10)/40
    assert [one.kind for one in picture.points] == ["", "on hollow", "range", ""]
    assert picture.points[1].text == "2019: 40 persons ◆"


def test_gaps_and_ranges_are_dashed_and_the_rest_is_whole(picture):
    svg = b64decode(picture.strokes.partition(",")[2]).decode()
    lines = svg.split("<line")[1:]
    assert ["stroke-dasharray" in line for line in lines] == [False, True, True]


def test_first_highest_and_last_are_named_once(picture):
    assert [one.text for one in picture.labels] == ["40 ◆", "10", "20"]
    assert [(one.text, one.kind) for one in picture.years] == [
        ("2018", "minor"),  # beside the chosen year there is no room on a telephone
        ("2019", "on"),
        ("’20", "minor"),
        ("’21", "minor"),
        ("2022", ""),
    ]
    (era,) = picture.eras
    # From half a year before 2020: 4 + 23 · 1.55, and to the right edge: 4 + 23 · 4.45 > 100.
    assert (era.text, era.left, era.width) == ("COVID-19", 39.65, 60.35)
