"""Kinds of charts on paper and in office programs: ranks, stripes, negative bars, dots."""

import io
import re
from dataclasses import replace
from zipfile import ZipFile

import openpyxl
import pypdfium2
import pytest
from lxml import etree
from pptx import Presentation

from dashboard.content.document import Cell, Dot, Series
from dashboard.render.bar_layout import bars, slots
from dashboard.render.dot_layout import whole_lanes
from dashboard.render.drawing import to_svg
from dashboard.render.formats import render
from dashboard.render.line_drawing import unlabelled
from dashboard.text_metrics import SCREEN, text_width
from dashboard.ui.presenting.slides import slides_of
from tests.render.sample_blocks import BLOCKS, MISSING, persons, report_of

pytestmark = pytest.mark.usefixtures("english")

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def drawn_shapes(name, tag):
    tree = etree.fromstring(to_svg(BLOCKS[name], 400, "en").encode())
    return list(tree.iter(f"{{http://www.w3.org/2000/svg}}{tag}"))


def across(text):
    """Points from the left of a text of a drawing, added up over what it stands in."""
    places = [one.get("transform", "") for one in (text, *text.iterancestors())]
    moves = [re.match(r"translate\(([-\d.]+)", place) for place in places]
    return sum(float(move.group(1)) for move in moves if move)


def text_places(name):
    found = {}
    for text in drawn_shapes(name, "text"):
        found.setdefault(text.text, []).append(text)
    return found


@pytest.mark.parametrize(
    ("most", "words"), [(31183, ("10,000", "40,000")), (9, ("2.5", "7.5")), (0.9, ("0.25", "0.75"))]
)
def test_on_paper_the_axis_names_its_round_numbers(most, words):
    # A quarter of 31,183 is rounded up to 10,000, of 9 to 2.5, of 0.9 to 0.25.
    series = Series("Daegu", (persons(0), persons(most)), True)
    svg = to_svg(replace(BLOCKS["line"], series=(series,)), 400, "en")
    texts = {text.text for text in etree.fromstring(svg.encode()).iter("{*}text")}
    assert texts.issuperset(words)


def test_on_paper_ranks_stand_first_on_top_and_the_chosen_year_is_bold():
    texts = text_places("rank")

    def down(text):
        return float(re.search(r",([-\d.]+)\)", text.get("transform")).group(1))

    axis = [*texts["1"], *texts["2"], *texts["3"]]
    assert [down(text) for text in axis] == sorted(down(text) for text in axis)
    assert texts["2019"][0].get("font-weight") == "bold"
    assert texts["2018"][0].get("font-weight") != "bold"


def _place(element):
    """Where an element of a drawing stands: right and down."""
    places = [one.get("transform", "") for one in (element, *element.iterancestors())]
    found = [re.match(r"translate\(([-\d.]+),([-\d.]+)\)", place) for place in places]
    return [sum(float(one.group(axis)) for one in found if one) for axis in (1, 2)]


def _boxes(tree):
    """Text → its box (left, top, right, bottom) of every line of every text."""
    for text in tree.iter("{*}text"):
        size = float(text.get("font-size").removesuffix("px"))
        left, down = _place(text)
        lines = [one.text for one in text.iter("{*}tspan")] or [text.text]
        for row, line in enumerate(lines):
            width = text_width(line or "", size, SCREEN)
            start = left - width / 2 if text.get("text-anchor") == "middle" else left
            bottom = down + row * size * 1.25
            yield line, (start, bottom - 0.7 * size, start + width, bottom)


def _upon_another(texts):
    return [
        (one, other)
        for place, (one, (left, top, right, bottom)) in enumerate(texts)
        for other, box in texts[:place]
        if not (right <= box[0] or box[2] <= left or bottom <= box[1] or box[3] <= top)
    ]


def test_on_paper_the_texts_of_lines_that_run_close_lie_on_nothing():
    """Two lines as of the centres: 2 centres of 30 on 130 points are 8.7 points apart."""
    stated, named = (16, 15, 16, 20, 22, 24, 25), (15, 18, 19, 22, 24, 24, 24)
    days = ("2017. 2. 9.", "2018. 1. 30.", "2018. 3. 8.", "2018. 11. 28.", "2019. 7. 22.")
    chart = replace(
        BLOCKS["line"],
        categories=(*days, "2019. 10. 8.", "2019. 12. 31. (계획)"),
        series=(
            Series("발표 총수", tuple(map(persons, stated)), True),
            Series("기록에서 이름을 확인할 수 있는 누적 개소", tuple(map(persons, named))),
        ),
        chosen="",
    )
    tree = etree.fromstring(to_svg(chart, 480, "ko").encode())
    texts = [(text, box) for text, box in _boxes(tree) if text]
    names = " ".join(text for text, _box in texts)
    assert "발표 총수" in names
    assert "기록에서 이름을 확인할 수 있는 누적 개소" in names
    assert max(right for _text, (_left, _top, right, _bottom) in texts) <= 480
    assert _upon_another(texts) == []
    points = [
        _place(one) for one in tree.iter("{*}path") if "symbol" in one.getparent().get("class", "")
    ]
    assert len(points) == 14
    for text, (left, top, right, bottom) in texts:
        assert not [at for at in points if left < at[0] < right and top < at[1] < bottom], text


def test_on_paper_a_range_beside_figures_lies_on_none_and_what_finds_no_room_is_said_below():
    """Daegu of the former record, seen from 2023; 27,480 and 60,201 of 3,000,000 are one place."""
    range_text = "14,991–15,021 persons"
    ranged = Cell(range_text, None, "derived", ("moh",), span=(14991, 15021))
    years = tuple(map(str, range(2009, 2025)))
    figures = (2816, 4493, 5379, 7117, 7298, 9871, 12988, 21100, 21876, 17745, 31183, 5280)
    cells = (*map(persons, figures), MISSING, persons(14000), ranged, persons(14646))
    chart = replace(
        BLOCKS["line"], categories=years, series=(Series("Daegu", cells, True),), chosen="2023"
    )
    tree = etree.fromstring(to_svg(chart, 480, "en").encode())
    texts = [(text, box) for text, box in _boxes(tree) if text]
    drawn = {text for text, _box in texts}
    assert _upon_another(texts) == []
    assert range_text in drawn
    below = unlabelled(chart, 480)
    for value in (*figures, 14000, 14646):
        assert (f"{value:,}" in drawn) is not (f" {value:,}" in below), value
    flat = (27480, 60201, 81789, 122297, 159464, 211218, 266501, 296889, 364189, 321574, 378967)
    high = (497464, 117069, 145842, 248110, 605768, 1170467, 2010000)
    chart = replace(
        chart,
        categories=tuple(map(str, range(2008, 2026))),
        series=(Series("Korea", tuple(map(persons, (*flat, *high))), True),),
    )
    tree = etree.fromstring(to_svg(chart, 480, "en").encode())
    texts = [(text, box) for text, box in _boxes(tree) if text]
    assert _upon_another(texts) == []
    missing = [f"{value:,}" for value in (*flat, *high) if f"{value:,}" not in dict(texts)]
    assert "60,201" in missing
    said = [f"{year} {text}" for year, text in ((2009, "60,201"), (2011, "122,297"))]
    assert unlabelled(chart, 480).startswith(f"Also in the chart: {said[0]}; {said[1]}")
    assert unlabelled(chart, 480).count(";") == len(missing) - 1


def test_on_paper_a_negative_bar_has_its_figure_at_its_left_end():
    texts = text_places("negative")
    (left,), (right,) = texts["-420 persons ◆"], texts["1,200 persons"]
    assert (left.get("text-anchor"), right.get("text-anchor")) == ("end", "start")
    assert across(left) < across(right)
    # It ends where it stands, and begins right of the names of the bars.
    (name,) = texts["Daegu"]
    begin = across(left) - text_width("-420 persons ◆", 8, SCREEN)
    assert begin > across(name)


def test_on_paper_stripes_go_on_where_the_known_part_ends():
    (pattern,) = drawn_shapes("striped", "pattern")
    filled = [path for path in drawn_shapes("striped", "path") if "stripes" in path.get("fill", "")]
    assert [path.get("fill") for path in filled] == [f"url(#{pattern.get('id')})"]
    assert "33.4% · 16.6%" in text_places("striped")


def test_bars_lie_in_their_slots_and_stripes_in_that_of_the_series_before():
    assert slots(BLOCKS["striped"]) == [0, 0]
    assert slots(BLOCKS["grouped"]) == [0, 1, 1]
    spans = {(bar.series, bar.category): (bar.start, bar.end) for bar in bars(BLOCKS["grouped"])}
    # Daegu: 300 in 2019, and 50 more jointly.
    assert spans[2, 0] == (300, 350)
    assert spans[1, 0] == (0, 300)


def native_chart(name):
    """XML of the first chart in the slides of a block."""
    with ZipFile(io.BytesIO(render(report_of(BLOCKS[name]), ".pptx"))) as file:
        charts = [member for member in file.namelist() if member.startswith("ppt/charts/chart")]
        return etree.fromstring(file.read(charts[0])) if charts else None


def values_of(tree, tag):
    return [one.get("val") for one in tree.iter(f"{{{CHART}}}{tag}")]


def test_native_ranks_are_turned_round_with_whole_numbers():
    tree = native_chart("rank")
    axis = tree.find(f".//{{{CHART}}}valAx")
    assert values_of(axis, "orientation") == ["maxMin"]
    assert values_of(axis, "majorUnit") == ["1.0"]
    # The year in question has a larger mark in both lines.
    assert values_of(tree, "size").count("16") == 2


def test_native_stripes_are_stacked_and_bars_beside_each_other_that_go_on_are_a_picture():
    tree = native_chart("striped")
    assert values_of(tree, "grouping") == ["stacked"]
    assert (
        len(list(tree.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}pattFill"))) == 1
    )
    # A stacked bar may have no label outside its end: PowerPoint would refuse the file.
    assert "outEnd" not in values_of(tree, "dLblPos")
    assert native_chart("grouped") is None
    book = openpyxl.load_workbook(io.BytesIO(render(report_of(BLOCKS["grouped"]), ".xlsx")))
    assert sum(len(sheet._images) for sheet in book) == 1


def test_names_stand_left_of_negative_bars_in_native_charts():
    tree = native_chart("negative")
    axis = tree.find(f".//{{{CHART}}}catAx")
    assert values_of(axis, "tickLblPos") == ["low"]
    # The plot of a slide is 560 points wide: left of the bar its figure has room.
    low, high = (float(values_of(tree, edge)[0]) for edge in ("min", "max"))
    left, right = (-420 - low) / (high - low) * 560, (high - 1200) / (high - low) * 560
    assert left > text_width("-420 ◆", 14, SCREEN)
    assert right > text_width("1,200", 14, SCREEN)


def test_a_dot_in_doubt_is_hollow_on_paper_and_its_lane_stands_above_it():
    drawn = etree.fromstring(to_svg(BLOCKS["dots"], 400, "en").encode())
    circles = {
        circle.findtext("{*}title"): circle
        for circle in drawn.iter("{http://www.w3.org/2000/svg}circle")
    }
    assert circles["Medi Expo"].get("fill") == circles["Medi Expo"].get("stroke")
    assert circles["Med Fair"].get("fill") == "#ffffff"
    names = {
        text.text: float(text.get("y")) for text in drawn.iter("{http://www.w3.org/2000/svg}text")
    }
    expo, fair = (float(circles[name].get("cy")) for name in ("Medi Expo", "Med Fair"))
    assert names["Congresses"] < expo < names["Fairs"] < fair


def test_a_dot_chart_of_many_lanes_goes_on_on_the_next_slide():
    lanes = tuple(f"Lane {n}" for n in range(12))
    dots = tuple(Dot(lane, "2019-05-02", f"of {lane}", Cell("")) for lane in lanes)
    block = replace(BLOCKS["dots"], lanes=lanes, dots=dots)
    titles = [slide.title for slide in slides_of(report_of(block))[1:]]
    # A lane takes 0.75 rows for its name, one for its dot, 0.25 below: 4 lanes of 9 rows a slide.
    assert titles == [f"Two events in two years ({n}/3)" for n in (1, 2, 3)]
    deck = Presentation(io.BytesIO(render(report_of(block), ".pptx")))
    pictures = [shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == 13]
    assert len(pictures) == 3


def test_a_dot_chart_longer_than_a_page_goes_on_on_the_next():
    """A lane of dots without text has 0.75 + 0.55 + 0.25 rows; 34 / 1.55 = 21 lanes on a sheet."""
    lanes = tuple(f"Lane {n} of forty" for n in range(40))
    dots = tuple(Dot(lane, "2019-05-02", f"of {lane}", Cell("")) for lane in lanes)
    block = replace(BLOCKS["dots"], lanes=lanes, dots=dots)
    parts = whole_lanes(block)
    assert [len(part.lanes) for part in parts] == [21, 19]
    assert [bool(part.note) for part in parts] == [False, bool(block.note)]
    with pypdfium2.PdfDocument(render(report_of(block), ".pdf")) as document:
        words = " ".join(page.get_textpage().get_text_range() for page in document)
    assert [lane for lane in lanes if lane not in words] == []
