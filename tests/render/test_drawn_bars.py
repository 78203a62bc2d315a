"""Bars in HTML stand where Plotly draws them: the same figure, computed by hand here."""

import re

import pytest

from dashboard.content.document import ChartBlock, Series
from dashboard.render.screen.drawn_bars import drawn_bars
from dashboard.render.screen.figures import first_picture, made_figure
from tests.render.figure_blocks import bar_chart, cell, lines

pytestmark = pytest.mark.usefixtures("english")


def figure(**changed):
    """Two bars, 30 and 20 of an axis from 0 to 50, each in the middle half of its row."""
    trace = {
        "base": [0, 0],
        "x": [30, 20],
        "y": [0, 1],
        "offset": -0.25,
        "width": 0.5,
        "text": ["30 <b>", "20"],
        "textposition": "outside",
        "marker": {"color": ["#256ef4", "rgba(0,0,0,0)"], "line": {"color": "#256ef4"}},
    }
    return {
        "data": [trace | changed],
        "layout": {
            "height": 120,
            "margin": {"l": 8, "r": 16, "t": 30, "b": 8},
            "xaxis": {"range": [0, 50]},
            "yaxis": {
                "range": [1.5, -0.5],
                "ticktext": ["<b>Daegu</b>", "Busan & Ulsan"],
                "showticklabels": True,
            },
        },
    }


def test_a_bar_takes_its_part_of_the_axis_and_of_its_row():
    html = drawn_bars(figure(), "In words")
    # 30 of 50 and 20 of 50; the rows are 1 of 2 high, of which the bars take from 0.25 to 0.75.
    assert re.findall(r'<i class="(\S+)" style="([^"]*);color', html) == [
        ("cr-drawn-full", "left:0.0%;width:60.0%;top:12.5%;height:25.0%"),
        ("cr-drawn-hollow", "left:0.0%;width:40.0%;top:62.5%;height:25.0%"),
    ]
    assert 'role="img" aria-label="In words"' in html
    assert 'style="height:120px;padding:30px 16px 8px 8px"' in html


def test_its_text_stands_behind_its_end_and_what_is_no_mark_up_of_plotly_is_text():
    html = drawn_bars(figure(), "In words")
    assert re.findall(r'<span style="left:([\d.]+)%;top:([\d.]+)%', html) == [
        ("60.0", "25.0"),
        ("40.0", "75.0"),
    ]
    assert "30 &lt;b&gt;</span>" in html
    assert "<span><b>Daegu</b></span><span>Busan &amp; Ulsan</span>" in html


def test_a_bar_that_goes_left_of_zero_ends_there_with_its_text():
    drawn = figure(x=[-10, 20])
    drawn["layout"]["xaxis"]["range"] = [-50, 50]
    drawn["layout"]["shapes"] = [{"type": "line", "x0": 0, "x1": 0}]
    html = drawn_bars(drawn, "")
    assert "left:40.0%;width:10.0%" in html
    assert "translate(calc(-100% + -4px), calc(-50% + 0px))" in html
    assert '<i class="cr-drawn-zero" style="left:50.0%">' in html


def test_it_has_the_height_and_the_words_of_the_chart_that_takes_its_place():
    block = bar_chart(
        Series("2019", (cell(5), cell(3, "contested")), True), Series("2018", (cell(4), cell(2)))
    )
    made, html = made_figure(block).to_dict(), first_picture(block)
    assert f"height:{made['layout']['height']}px" in html
    for words in ("5 persons", "3 persons", "4 persons", "2 persons", "Daegu", "Busan"):
        assert words in html
    assert html.count("<i ") == 4
    assert html.count("cr-drawn-hollow") == 1
    assert first_picture(block) is html


def test_long_names_stand_above_their_bars_in_the_lines_of_the_chart():
    names = ("A name that has no room beside its bar on any telephone there is", "Busan")
    block = ChartBlock("bar", "", "", names, (Series("", (cell(5), cell(3))),), "")
    notes = made_figure(block).to_dict()["layout"]["annotations"]
    html = first_picture(block)
    assert "cr-drawn-names" not in html
    for line in notes[0]["text"].split("<br>"):
        assert line in html


def test_kinds_that_are_not_drawn_so_wait_for_their_library():
    assert first_picture(lines(Series("Daegu", (cell(1), cell(2), cell(3)), True))) is None
