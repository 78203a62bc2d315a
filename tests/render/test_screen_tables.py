"""A table of the review room or of a delivery: what is typed is text, and rows have their names."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.content.document import Cell, Column, KeyFigure, KeyFigures, Section, Table
from dashboard.render.screen import page
from dashboard.render.screen.tables import Heading, StyledCell, StyledRow, table_html
from dashboard.render.screen.texts import Anchor, Toned, words_html


def test_what_is_said_is_escaped_wherever_it_stands():
    said = ["<b>", (Toned("&", "strong"), Toned("<i>", "good"))]
    assert words_html(Anchor("<a>", '?q="')) == '<a href="?q=&quot;">&lt;a&gt;</a>'
    assert words_html(said) == (
        '&lt;b&gt;<br><strong>&amp;</strong> <span class="cr-good">&lt;i&gt;</span>'
    )


@pytest.mark.parametrize("empty", [None, "", Toned(""), [], ("", Toned(None))])
def test_what_is_empty_leaves_neither_a_line_nor_a_mark(empty):
    assert words_html(empty) == ""
    assert words_html(["a", empty, "b"]) == "a<br>b"
    assert words_html(("a", empty, "b")) == "a b"


def test_a_zero_is_not_empty():
    assert words_html(["n", 0]) == "n<br>0"


def test_a_table_names_its_columns_its_rows_and_the_part_that_scrolls():
    html = table_html(
        ["Who", Heading("Points", "number", "of 40")],
        [
            StyledRow(["Stage", Toned("30", "strong")], "stage-row"),
            ["Kim", StyledCell("<7>", "good", "as is")],
        ],
        "Sheets",
        "result",
    )
    lines = [line.strip() for line in html.splitlines() if line.strip()]
    assert lines == [
        '<div class="cr-scroll" tabindex="0" role="region" aria-label="Sheets" '
        'data-hint="옆으로 밀면 열이 더 있음">',
        '<table class="cr-table cr-result">',
        "<caption>Sheets</caption>",
        '<thead><tr><th scope="col">Who</th><th scope="col" class="cr-number">Points<br>'
        '<span class="cr-weak">of 40</span></th></tr></thead>',
        "<tbody>",
        '<tr class="cr-stage-row">',
        '<th scope="row">Stage</th>',
        '<td class="cr-number"><strong>30</strong></td>',
        "</tr>",
        "<tr>",
        '<th scope="row">Kim</th>',
        '<td class="cr-number cr-good" title="as is">&lt;7&gt;</td>',
        "</tr>",
        "</tbody>",
        "</table>",
        "</div>",
    ]


@pytest.mark.parametrize(("count", "has_filter"), [(3, False), (12, False), (13, True)])
def test_a_table_with_a_key_is_sorted_by_bare_figures_and_filtered_when_long(count, has_filter):
    html = table_html(
        ["Who", Heading("Points", "number"), "When"],
        [["Kim", "1,500", StyledCell("9 Nov", order="2026-11-09")]] * count,
        "Sheets",
        key="sheets",
    )
    assert html.count('<button type="button">') == 3
    assert html.count('data-label="Points" class="cr-number" data-order="1500"') == count
    assert html.count('data-order="2026-11-09"') == count
    assert ('<input type="search" autocomplete="off" data-table="sheets">' in html) == has_filter


def _long_table() -> None:
    from dashboard.content.document import Cell, Column, Section, Table
    from dashboard.render.screen.page import draw_sections

    rows = tuple((Cell(str(number), number),) for number in range(41))
    draw_sections(Section("All regions", (Table("", (Column("n", "N"),), rows),)))


def test_a_long_table_outside_a_report_comes_in_pages_named_after_its_section():
    app = AppTest.from_function(_long_table).run(timeout=30)
    assert not app.exception
    (drawn,) = app.get("html")
    assert "All regions" in drawn.proto.body


@pytest.mark.parametrize(
    ("text", "large"),
    [
        ("KRW 12,828", "KRW\N{NO-BREAK SPACE}12,828"),
        ("at least KRW 1 billion", "at least KRW\N{NO-BREAK SPACE}1<small> billion</small>"),
        ("≈ 330명", "≈\N{NO-BREAK SPACE}330<small>명</small>"),
        ("No. 3 in 2019", "No.\N{NO-BREAK SPACE}3 in 2019"),
    ],
)
def test_an_amount_and_its_currency_stay_on_one_line(monkeypatch, text, large):
    drawn = []
    monkeypatch.setattr(page.st, "html", drawn.append)
    figure = KeyFigure("Grant", Cell(text, 1), evidence="settled")
    page.draw_sections(Section("", (KeyFigures((figure,)),)))
    assert f">{large}<" in drawn[0]


def test_a_figure_stays_on_one_line_and_what_is_said_of_it_does_not(monkeypatch):
    drawn = []
    monkeypatch.setattr(page.st, "html", drawn.append)
    said = Cell("▲ 1 (4 → 3 of 9 in both years)", 1)
    row = (Cell("Daegu", "Daegu"), Cell("31,183 persons", 31183), said)
    columns = (Column("region", "Region"), *(Column(one, one, True) for one in ("value", "moved")))
    page.draw_sections(Section("", (Table("", columns, (row,)),)))
    (html,) = drawn
    assert re.findall(r'<td class="(cr-figure[^"]*)"', html) == ["cr-figure", "cr-figure cr-wordy"]
