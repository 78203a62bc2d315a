"""A report as slides of the browser: nothing lost, nothing twice, in the order of the report."""

import io
import re

import pytest
from pptx import Presentation

from dashboard.content.compose import draft
from dashboard.content.document import ChartBlock, KeyFigures, MapBlock, Points, Table
from dashboard.i18n import use_language
from dashboard.render.slide_choice import on_stage
from dashboard.render.slide_pages import filled, slide_parts
from dashboard.render.slides import report_to_pptx
from dashboard.ui.presenting.slides import slides_of

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture(scope="module")
def deck(record):
    """The whole deck of Daegu 2019."""
    return draft(record, "deck", {"region": "KR-27", "year": 2019}, "en")


def test_every_row_of_a_table_stands_on_a_slide_once(deck):
    """Once under each group of columns, where a table is wider than a slide."""
    slides = slides_of(deck)
    tables = [b for section in deck.sections for b in section.blocks if isinstance(b, Table)]
    for table in tables:
        rows: dict[tuple[int, ...], list[int]] = {}
        for slide in slides:
            if isinstance(slide.block, Table) and slide.block.rows is table.rows:
                rows.setdefault(slide.page.columns, []).extend(dict.fromkeys(slide.page.origins))
        shown = {place for columns in rows for place in columns}
        asides = {at for at, column in enumerate(table.columns) if column.is_aside}
        assert shown == set(range(len(table.columns))) - asides
        assert all(found == list(range(len(table.rows))) for found in rows.values())


def test_every_key_figure_stands_on_a_slide_once(deck):
    shown = [
        figure.name
        for slide in slides_of(deck)
        if isinstance(slide.block, KeyFigures)
        for figure in slide.block.figures
    ]
    written = [
        figure.name
        for section in deck.sections
        for block in section.blocks
        if isinstance(block, KeyFigures)
        for figure in block.figures
    ]
    assert shown == written


def test_every_point_stands_on_a_slide_with_its_number(deck):
    texts = [
        item.text
        for slide in slides_of(deck)
        if isinstance(slide.block, Points)
        for item in slide.block.items
    ]
    # The stops of the onsite review of 2019 in their order.
    stops = [text for text in texts if text[0].isdigit()]
    assert stops[0].startswith("1. Daegu Medical Tourism Information Center")
    assert stops[-1].startswith("5. Kimgwangseok-gil")


@pytest.mark.parametrize(
    ("heights", "groups"),
    [
        ([1] * 7, [[1] * 5, [1] * 2]),  # six on a slide, the seventh would stand alone
        ([1] * 8, [[1] * 6, [1] * 2]),
        ([3, 3, 3], [[3, 3], [3]]),  # of two none is given away: it would leave one alone, too
        ([1, 1, 4, 3], [[1, 1, 4], [3]]),  # 4 + 3 are more than a slide holds
    ],
)
def test_no_point_is_left_over_alone_where_another_can_join_it(heights, groups):
    assert filled(heights, lambda height: height, 6) == groups


def test_the_notes_of_a_slide_name_evidence_and_sources(deck):
    trend = next(slide for slide in slides_of(deck) if isinstance(slide.block, ChartBlock))
    assert "Evidence of the figures" in trend.notes
    assert any("31,183" in line and line.startswith("●") for line in trend.notes)
    assert trend.notes.index("Sources") < len(trend.notes) - 1


def test_a_slide_names_publishers_within_a_line(deck):
    remarks = [text for slide in slides_of(deck) for text in slide.remarks]
    sources = [text for text in remarks if text.startswith("Sources: ")]
    assert sources
    assert any(text.endswith(" more") for text in sources)


def test_browser_and_file_divide_charts_and_maps_alike(deck):
    """Tables, text and tiles with notes have other room in a file; charts and maps the same."""

    def titles(section, block):
        return [part.title for part in slide_parts(section, block, lambda table, kicker: [])]

    expected = [
        title
        for section in deck.sections
        for block in section.blocks
        if isinstance(block, ChartBlock | MapBlock)
        for title in titles(section.title, block)
    ]
    drawn = [
        slide.title for slide in slides_of(deck) if isinstance(slide.block, ChartBlock | MapBlock)
    ]
    file = Presentation(io.BytesIO(report_to_pptx(deck)))
    in_file = {slide.shapes.title.text_frame.text for slide in file.slides}
    assert drawn == expected
    assert {title for title in expected if len(title) < 80} <= in_file


def test_sources_take_one_slide(record):
    """Their kinds stand below the coverage, whose figures are bars; none makes a list of slides."""
    asked = {"region": "KR-27", "year": 2019, "pages": ("sources",)}
    deck = draft(record, "deck", asked, "en")
    (slide,) = slides_of(deck)[1:]
    assert deck.sources == ()
    kinds = next(text for text in slide.remarks if "disagreements (official" in text)
    counts = [int(text.replace(",", "")) for text in re.findall(r"[\d,]*\d", kinds)]
    assert counts[0] == sum(counts[3:]) == len(record.ask("sources").rows)
    # What the title counts: "figures for 114 of 306 region-years, 44 of them settled".
    known, every, settled = map(int, re.findall(r"\d+", slide.title)[-3:])
    assert every == 17 * 18
    bars = [sum(cell.value for cell in series.cells) for series in slide.block.series]
    assert bars == [settled, known - settled]


def test_the_trend_of_a_deck_has_the_pandemic_and_the_year_it_is_about(deck):
    """Also behind the native chart of the file, under which it need not be said then."""
    slide = next(slide for slide in slides_of(deck) if isinstance(slide.block, ChartBlock))
    assert slide.block.chosen == "2019"
    assert slide.block.categories[-1] > "2022"
    file = Presentation(io.BytesIO(report_to_pptx(deck)))
    (drawn,) = [
        one
        for one in file.slides
        if any(shape.name == "COVID-19: 2020–2022" for shape in one.shapes)
    ]
    names = [shape.name for shape in drawn.shapes]
    chart = next(shape for shape in drawn.shapes if shape.has_chart)
    assert names.index("COVID-19: 2020–2022") < names.index(chart.name)  # behind it
    shade = drawn.shapes[names.index("COVID-19: 2020–2022")]
    # A plot of 84 hundredths from 8 on; 2020 is the twelfth category from 2009 on.
    step = chart.width * 0.84 / len(slide.block.categories)
    assert abs(shade.left - (chart.left + chart.width * 0.08 + 11 * step)) < 2
    assert abs(shade.width - 3 * step) < 2


def test_columns_that_stand_in_the_notes_are_counted_on_the_slide_and_said_there(shipped_record):
    """Of agreements kind, event and note are for the speaker."""
    asked = {"region": "KR-27", "year": 2019, "pages": ("agreements",)}
    slides = slides_of(draft(shipped_record, "deck", asked, "en"))[1:]
    assert slides
    for slide in slides:
        asides = [column.label for column in slide.block.columns if column.is_aside]
        folded = f"{len(asides)} more columns in the notes: {', '.join(asides)}"
        assert folded in slide.remarks
        assert folded in slide.notes
        for row in (slide.block.rows[at] for at in slide.page.origins):
            for column, cell in zip(slide.block.columns, row, strict=True):
                if column.is_aside and cell.text:
                    said = f"{column.label} {' '.join(cell.text.split())}"
                    assert any(said in line for line in slide.notes)


def test_a_contested_figure_stands_with_who_prints_what(deck):
    """Patients consulted 2019: 380 was settled on, another source prints 300."""
    (slide,) = [one for one in slides_of(deck) if one.kicker == "Contested figures of 2019"]
    assert [row[0].value for row in slide.block.rows] == [380, 300]
    (said,) = [text for text in slide.remarks if text.startswith("? ")]
    assert "≈ 380" in said
    assert said.endswith("≈ 300 persons")


def test_a_first_delivery_is_named_to_the_speaker_and_is_no_slide(deck):
    shown, left_out = on_stage(deck)
    (said,) = [text for text in left_out if text.startswith("One delivery so far")]
    assert said.endswith("There is nothing earlier to compare with.")
    assert all(not section.title.startswith("One delivery") for section in shown.sections)


def test_the_overview_of_six_figures_is_one_slide_in_both_languages(shipped_record):
    """Words below a value give way to the notes, in English sooner than in Korean."""
    asked = {"region": "KR-27", "year": 2019, "pages": ("overview",)}
    for language in ("ko", "en"):
        use_language(language)
        deck = draft(shipped_record, "deck", asked, language)
        (slide,) = slides_of(deck)[1:]
        assert len(slide.block.figures) == 6
        assert len(Presentation(io.BytesIO(report_to_pptx(deck))).slides) == 2


def test_a_region_known_by_ranges_alone_says_nothing_twice(shipped_record):
    """Sejong has no figure of 2019, but at most 19,510 patients and the places 6 to 17."""
    pages = ("overview", "patients", "rankings", "compare")
    deck = draft(shipped_record, "deck", {"region": "KR-50", "year": 2019, "pages": pages}, "en")
    titles = [slide.title for slide in slides_of(deck)[1:]]
    assert titles == [
        "Sejong 2019: at most 19,510 foreign patients, derived from what else is printed, "
        "rank 6–17 of all 17 regions",
        *[title for title in titles if title.startswith("Sejong: foreign patients over the years")],
        "Sejong 2019: rank 6–17 of all 17 regions",
        "Foreign patients 2019: 9 regions with a figure",
    ]
    # Lines of Daegu alone compare nothing: the speaker reads that they are left out.
    assert any("Sejong, Daegu" in name for name in on_stage(deck)[1])
    # The longest proof gives way to the dots below it, and stands in the notes.
    slides = Presentation(io.BytesIO(report_to_pptx(deck))).slides
    rank = next(one for one in slides if one.shapes.title.text_frame.text == titles[2])
    assert "Gyeongnam 2019" in rank.notes_slide.notes_text_frame.text


def test_the_title_of_the_map_is_whole(shipped_record):
    """Four lines of 28 points in English, which are three of 24."""
    asked = {"region": "KR-27", "year": 2019, "pages": ("map",)}
    deck = draft(shipped_record, "deck", asked, "en")
    titles = [
        one.shapes.title.text_frame.text
        for one in Presentation(io.BytesIO(report_to_pptx(deck))).slides
    ]
    assert titles[1] == deck.sections[0].title
    assert titles[1].endswith("3 more planned by then, without word of an opening")
