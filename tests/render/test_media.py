"""Every block in every medium: what it says is found again in the file, by another library."""

import codecs
import csv
import io
from dataclasses import dataclass, replace
from zipfile import ZipFile

import openpyxl
import pypdfium2
import pytest
from lxml import etree
from pptx import Presentation

from dashboard.content.document import Cell, Column, Section, Table
from dashboard.content.links import Link
from dashboard.content.mentions import cells_of, source_ids_of
from dashboard.content.pages import reports
from dashboard.render.drawing import to_svg
from dashboard.render.footnotes import mark
from dashboard.render.formats import possible_formats, render
from dashboard.render.screen import written
from dashboard.render.screen.figures import plotly_figure
from dashboard.render.screen.html import render as render_template
from dashboard.ui.answer_files import MIMES
from dashboard.ui.presenting.slides import slides_of
from tests.render.sample_blocks import BLOCKS, report_of

pytestmark = pytest.mark.usefixtures("english")

ON_PAPER = {
    "table": ("Table of patients", "Patients", "31,183 persons", "◆", "How the table is read"),
    "shaded": ("From few to many", "2015", "44"),
    "figures": (
        *("Foreign patients", "31,183 persons", "◆ contested · printed by 2", "up by 10.0%"),
        *("103.9%", "since 2018"),
    ),
    "line": ("Daegu rose to its peak", "2018", "2019", "31,183", "17,745", "◆"),
    "bar": ("Seoul comes first", "Seoul", "320,284", "31,183", "◆"),
    "dots": (
        "Two events in two years",
        "Congresses",
        "Fairs",
        "4,210 persons",
        "1,234",
        "◆",
        "how long",
    ),
    "rank": ("Daegu fell", "2018", "2019", "2020", "2", "3", "◆", "Busan", "first place is on top"),
    "negative": ("One grew", "Daegu", "Busan", "420", "1,200", "◆", "Left of the line"),
    "waterfall": (
        *("From one year", "2018", "Vietnam", "600", "150", "110", "140", "1,000"),
        "Striped: what it could be",
    ),
    "places": ("Daegu came third", "2018", "2019", "5–7", "3", "best to the worst"),
    "striped": ("At least a third", "Daegu", "33.4", "16.6", "20.5", "◆", "Striped: what could be"),
    "grouped": (
        "Two years",
        "Daegu",
        "100",
        "200",
        "300",
        "400",
        "50",
        "Striped: with others",
    ),
    "map": ("Two centres abroad", "Almaty", "Hanoi"),
    "paragraph": ("A sentence that must be read.",),
    "points": ("What was asked?", "A second item"),
}
"""What a reader sees of each block. Pictures say it in their text alternative instead."""
IN_WORDS = {
    name: (block.title, block.alt, getattr(block, "note", ""))
    for name, block in BLOCKS.items()
    if hasattr(block, "alt")
}
AS_ROWS = ON_PAPER | {
    "line": ("Daegu rose to its peak", "2018", "2019", "31183", "17745", "contested"),
    "bar": ("Seoul comes first", "Seoul", "320284", "31183", "contested"),
    "table": ("Patients", "31183", "contested"),
    "shaded": ("2015", "44"),
    "figures": ("Foreign patients", "31183", "contested", "10.0%", "103.9%", "printed by 2"),
    "dots": (
        "Congresses",
        "Fairs",
        "Medi Expo",
        "Med Fair",
        "4210",
        "1234",
        "contested",
        "how long",
    ),
    "rank": ("Daegu fell", "2018", "2019", "2020", "2", "3", "contested", "first place is on top"),
    "negative": ("One grew", "Daegu", "-420", "1200", "contested", "Left of the line"),
    "waterfall": (
        *("From one year", "2018", "Vietnam", "600", "150", "+90 to +110", "140", "1000"),
        *("derived", "Striped: what it could be"),
    ),
    "places": ("Daegu came third", "2018", "2019", "5–7", "3", "derived", "best to the worst"),
    "grouped": (
        "Two years",
        "Daegu",
        "100",
        "200",
        "300",
        "400",
        "50",
        "Striped: with others",
    ),
    "striped": (
        *("At least a third", "Daegu", "33.4", "16.6", "20.5", "contested", "What could be"),
        "Striped: what could be",
    ),
    "map": ("Almaty", "Hanoi", "76.9"),
}


def as_pdf(report):
    with pypdfium2.PdfDocument(render(report, ".pdf")) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(texts).split())


def as_slides(report):
    """Texts, notes, alternatives, and the charts' own data and labels."""
    content = render(report, ".pptx")
    Presentation(io.BytesIO(content))
    with ZipFile(io.BytesIO(content)) as file:
        trees = [etree.fromstring(file.read(n)) for n in file.namelist() if n.endswith(".xml")]
    return " ".join(text for tree in trees for text in _texts(tree))


def as_hangul(report):
    with ZipFile(io.BytesIO(render(report, ".hwpx"))) as file:
        tree = etree.fromstring(file.read("Contents/section0.xml"))
    return " ".join(_texts(tree))


def _texts(tree):
    for element in tree.iter():
        yield from filter(None, (element.text, element.get("descr"), element.get("formatCode")))


def as_workbook(report):
    content = render(report, ".xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    return " ".join(cells)


def as_csv(report):
    rows = csv.reader(io.StringIO(render(report, ".csv").removeprefix(codecs.BOM_UTF8).decode()))
    return " ".join(field for row in rows for field in row)


def as_presented(report):
    return " ".join(
        render_template(
            "slide.html",
            slide=slide,
            is_first=False,
            number=1,
            count=1,
            picture="data:," if hasattr(slide.block, "alt") else "",
            stamp="",
            warning="",
            mark=mark,
        )
        for slide in slides_of(report)
    )


MEDIA = {
    "pdf": (as_pdf, ON_PAPER),
    "pptx": (as_slides, ON_PAPER),
    "hwpx": (as_hangul, ON_PAPER | IN_WORDS),
    "xlsx": (as_workbook, AS_ROWS),
    "csv": (as_csv, AS_ROWS),
    "presenter": (as_presented, ON_PAPER | IN_WORDS),
}


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_is_found_again_in_every_medium(name, medium):
    read, expected = MEDIA[medium]
    text = read(report_of(BLOCKS[name]))
    missing = [words for words in expected[name] if words not in text]
    assert not missing, text


def test_every_format_of_paper_is_read_here_and_has_its_media_type():
    written = {suffix for report in reports() for suffix in possible_formats(report)}
    written -= {".svg", ".png"}
    assert sorted(written - {f".{medium}" for medium in MEDIA}) == []
    assert sorted(written - set(MIMES)) == []


def test_a_format_without_a_writer_is_no_workbook():
    with pytest.raises(LookupError):
        render(report_of(BLOCKS["table"]), ".md")


@pytest.mark.parametrize("name", IN_WORDS)
def test_every_drawing_is_saved_as_a_picture_of_its_own(name):
    report = report_of(BLOCKS[name])
    drawn = etree.fromstring(render(report, ".svg"))
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert render(report, ".png").startswith(b"\x89PNG\r\n")


@dataclass(frozen=True)
class Unknown:
    """A block of which no medium knows yet."""

    title: str = "New"
    alt: str = "New"
    has_points: bool = True


@pytest.mark.parametrize(
    "draw",
    [
        *(read for read, _expected in MEDIA.values()),
        lambda report: list(written._pieces(report.sections[0], Unknown(), "key")),
        lambda report: plotly_figure(Unknown()),
        lambda report: to_svg(Unknown(), 100, "en"),
        lambda report: list(cells_of(Unknown())),
        lambda report: source_ids_of(Unknown()),
    ],
)
def test_a_block_that_a_medium_forgets_fails_and_is_not_left_out(draw):
    with pytest.raises(AssertionError, match="Unknown"):
        draw(report_of(Unknown()))


def test_shaded_cells_are_filled_from_least_to_most_on_paper_and_in_office_programs():
    report = report_of(BLOCKS["shaded"])
    # The accent #256ef4 on white: at 38 per cent 255 - 0.38 * (255 - 37) = 172, 200, 251.
    fullest = "ACC8FB"
    book = openpyxl.load_workbook(io.BytesIO(render(report, ".xlsx")))
    fills = [cell.fill.fgColor.rgb for sheet in book for cell in sheet[2] if cell.fill.patternType]
    assert [fill[2:] for fill in fills] == ["FFFFFF", "EEF3FE", "DCE8FD", "C6D9FC", fullest]
    with ZipFile(io.BytesIO(render(report, ".hwpx"))) as file:
        assert f'faceColor="#{fullest}"' in file.read("Contents/header.xml").decode()
    deck = Presentation(io.BytesIO(render(report, ".pptx")))
    assert any(fullest in etree.tostring(slide.element).decode() for slide in deck.slides)
    with pypdfium2.PdfDocument(render(report, ".pdf")) as document:
        picture = document[0].render(scale=1).to_pil().convert("RGB")
    assert (172, 200, 251) in {colour for _count, colour in picture.getcolors(1 << 20)}
    assert "cr-shade-4" in as_presented(report)


@pytest.mark.parametrize("medium", MEDIA)
def test_what_is_folded_or_linked_on_screen_is_printed_whole(medium):
    linked = Cell("Medi Expo", "Medi Expo", link=Link("events", (("event", "e1"),)))
    table = Table("Events", (Column("event", "Event"),), ((linked,),))
    report = report_of()
    section = Section("Definitions", (table, BLOCKS["paragraph"]), is_folded=True)
    text = MEDIA[medium][0](replace(report, sections=(section,)))
    assert "Medi Expo" in text
    assert BLOCKS["paragraph"].text in text
