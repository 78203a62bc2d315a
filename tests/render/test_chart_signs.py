"""One rule for signs and hollow points in every picture of a chart."""

import re

import pytest

from dashboard.content.document import Cell, ChartBlock, Series
from dashboard.i18n import speaking
from dashboard.render.chart_design import remarks
from dashboard.render.drawing import to_svg
from dashboard.render.screen.figures import plotly_figure

# A sign for what is not firm, hollow what is in doubt: a sole source has the first alone.
FIGURES = ((380, "single source"), (390, "provisional"), (400, "settled"))
TEXTS = ["380 ○", "390 △", "400"]


def block(kind):
    cells = tuple(Cell(str(value), value, code) for value, code in FIGURES)
    return ChartBlock(kind, "Chart", "", ("2017", "2018", "2019"), (Series("s", cells, True),), "a")


def test_bars_of_the_screen():
    bars = plotly_figure(block("bar")).data[0]
    assert list(bars.text) == TEXTS
    assert [colour == "rgba(0,0,0,0)" for colour in bars.marker.color] == [False, True, False]


def test_lines_of_the_screen():
    line = plotly_figure(block("line")).data[0]
    assert list(line.marker.symbol) == ["circle", "circle-open", "circle"]


@pytest.mark.parametrize("kind", ["bar", "line"])
def test_vectors_of_paper(kind):
    drawn = to_svg(block(kind), 400, "en")
    labels = [text for text in re.findall(r">([^<>]+)</text>", drawn) if text[:3].isdigit()]
    assert [text for text in labels if text in TEXTS][-3:] == TEXTS  # an axis says 400 too


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Hollow: provisional, approximate, contested, self-reported"),
        ("ko", "속이 빈 표시: 잠정, 어림값, 이견 있음, 지자체 제출"),
    ],
)
def test_the_words_name_what_is_hollow_and_no_sole_source(language, said):
    with speaking(language):
        assert said in remarks(block("line"))


def test_the_axis_of_paper_says_its_numbers():
    """400 in four parts or so: steps of 100 from 0."""
    drawn = to_svg(block("line"), 400, "en")
    labels = re.findall(r">([^<>]+)</text>", drawn)
    assert [text for text in labels if text in {"0", "100", "200", "300"}] == [
        "0",
        "100",
        "200",
        "300",
    ]
