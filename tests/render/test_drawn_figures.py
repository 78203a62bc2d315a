"""Charts stand drawn where Plotly draws them: the same figure, computed by hand here."""

import re
from base64 import b64decode
from datetime import date

import pytest

from dashboard.content.document import ChartBlock, Dot, DotChart, Series
from dashboard.render.screen.drawn_figure import drawn_figure
from dashboard.render.screen.drawn_plot import lines_of
from dashboard.render.screen.figures import first_picture, made_figure
from tests.render.figure_blocks import bar_chart, cell, days, lines
from tests.render.sample_blocks import BLOCKS

CHARTS = (ChartBlock, DotChart)
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
        "data": [{"type": "bar"} | trace | changed],
        "layout": {
            "height": 120,
            "margin": {"l": 8, "r": 16, "t": 30, "b": 8},
            "xaxis": {"range": [0, 50]},
            "yaxis": {
                "range": [1.5, -0.5],
                "tickvals": [0, 1],
                "ticktext": ["<b>Daegu</b>", "Busan & Ulsan"],
                "showticklabels": True,
            },
        },
    }


def image_of(html):
    (data,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]*)"', html)
    return b64decode(data).decode()


def test_a_bar_takes_its_part_of_the_axis_and_of_its_row():
    html = drawn_figure(figure(), "In words")
    # 30 of 50 and 20 of 50; the rows are 1 of 2 high, of which the bars take from 0.25 to 0.75.
    assert re.findall(r'<i class="(\S+)" style="([^"]*);color', html) == [
        ("cr-drawn-full", "left:0.0%;width:60.0%;top:12.5%;height:25.0%"),
        ("cr-drawn-hollow", "left:0.0%;width:40.0%;top:62.5%;height:25.0%"),
    ]
    assert 'role="img" aria-label="In words"' in html
    assert 'style="height:120px;padding:30px 16px 8px 8px"' in html


def test_its_text_stands_behind_its_end_and_what_is_no_mark_up_of_plotly_is_text():
    html = drawn_figure(figure(), "In words")
    assert re.findall(r'<span style="left:([\d.]+)%;top:([\d.]+)%', html) == [
        ("60.0", "25.0"),
        ("40.0", "75.0"),
    ]
    assert "30 &lt;b&gt;</span>" in html
    # The middles of two rows.
    assert '<span style="top:25.0%"><b>Daegu</b></span>' in html
    assert '<span style="top:75.0%">Busan &amp; Ulsan</span>' in html


def test_a_bar_that_goes_left_of_zero_ends_there_with_its_text():
    drawn = figure(x=[-10, 20])
    drawn["layout"]["xaxis"]["range"] = [-50, 50]
    line = {"color": "#8a949e", "width": 1}
    zero = {"type": "line", "x0": 0, "x1": 0, "y0": 1, "y1": 0, "yref": "y domain", "line": line}
    drawn["layout"]["shapes"] = [zero]
    html = drawn_figure(drawn, "")
    assert "left:40.0%;width:10.0%" in html
    assert "translate(calc(-100% + -4px), calc(-50% + 0px))" in html
    # 0 of -50 to 50, from the first row to the last.
    assert 'd="M50.0 0L50.0 100"' in image_of(html)


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
    assert "cr-drawn-side" not in html
    for line in notes[0]["text"].split("<br>"):
        assert line in html


def test_a_line_goes_through_its_points_and_stops_where_a_year_has_none():
    points = (cell(100), cell(None), cell(50, "contested"))
    html = first_picture(lines(Series("Daegu", points, True)))
    image = image_of(html)
    # Three years, each a third of the axis; the greatest value is 100 of 112, so that 100 lies
    # 12/112 = 10.714 % below the top and 50 at 62/112 = 55.357 %.
    assert 'd="M16.667 10.714M83.333 55.357"' in image
    # A full point of 9 pixels with its line of 2, and a hollow one.
    assert 'd="M16.667 10.714h0" stroke="#256ef4" stroke-width="11"' in image
    assert '"cr-drawn-ring" style="left:83.333%;top:55.357%;width:11px;height:11px;' in html
    for text in (">2018</span>", ">2020</span>", ">persons</span>", "In words"):
        assert text in html


def test_the_values_at_the_axis_are_those_of_the_library():
    block = lines(Series("Daegu", (cell(1), cell(2), cell(3)), True))
    axis = made_figure(block).to_dict()["layout"]["yaxis"]
    said = re.findall(r'<span style="top:([\d.]+)%">([^<]+)</span>', first_picture(block))
    # 0 to 3 in steps of 1, of 3.36.
    assert [text for _top, text in said] == list(axis["ticktext"]) == ["0", "1", "2", "3"]
    assert [float(top) for top, _text in said] == pytest.approx(
        [100, 100 * 2.36 / 3.36, 100 * 1.36 / 3.36, 100 * 0.36 / 3.36], abs=0.001
    )


def test_long_names_stand_in_a_key_above_the_plot():
    long = "A metric whose name has no room beside its line"
    block = lines(
        Series(long, (cell(1), cell(2), cell(3)), True),
        Series("Another", (cell(3), cell(2), cell(1))),
    )
    html = first_picture(block)
    said = re.findall(r'<span><i class="cr-drawn-solid" style="color:(\S+)"></i>(.*?)</span>', html)
    assert [colour for colour, _name in said] == ["#256ef4", "#8a949e"]
    assert said[0][1].replace("<br>", " ") == long
    assert said[1][1] == "Another"
    assert html.index("persons<span>") < html.index("cr-drawn-plot")


def test_dots_stand_in_their_lanes_and_what_lasts_has_a_line():
    block = days(
        Dot("Congress", "2019-01-01", "One", cell(5), True, "2019-03-01"),
        Dot("Fair", "2019-06-01", "Tom & Jerry", cell(3), is_hollow=True),
    )
    html = first_picture(block)
    figure = made_figure(block).to_dict()
    low, high = (date.fromisoformat(end).toordinal() for end in figure["layout"]["xaxis"]["range"])
    start = round(100 * (date(2019, 1, 1).toordinal() - low) / (high - low), 3)
    end = round(100 * (date(2019, 3, 1).toordinal() - low) / (high - low), 3)
    image = image_of(html)
    assert re.search(rf'd="M{start} [\d.]+L{end} [\d.]+" stroke="#256ef4"', image)
    assert html.count("cr-drawn-ring") == 1
    assert "<b>Congress</b>" in html


@pytest.mark.parametrize(("text", "said"), [
    ("<b>one</b><br><b>two</b>", [("one", True), ("two", True)]),
    ("<b>one<br>two</b>", [("one", True), ("two", True)]),
    ("one<br><b>two</b>", [("one", False), ("two", True)]),
    ("30 <b>", [("30 <b>", False)]),
    ("Tom &amp; Jerry", [("Tom & Jerry", False)]),
])  # fmt: skip
def test_the_lines_of_a_text_are_bold_where_the_library_has_them_bold(text, said):
    assert lines_of(text) == said


@pytest.mark.parametrize("name", [n for n, one in BLOCKS.items() if isinstance(one, CHARTS)])
def test_every_chart_stands_drawn_in_the_height_of_the_librarys(name):
    made, html = made_figure(BLOCKS[name]).to_dict(), first_picture(BLOCKS[name])
    assert f'style="height:{made["layout"]["height"]}px' in html
