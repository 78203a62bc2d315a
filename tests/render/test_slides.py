"""Slides, read by zipfile and lxml: what PowerPoint would find in the package."""

import io
import re
from dataclasses import replace
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation

from dashboard.content.compose import draft
from dashboard.content.document import Cell, ChartBlock, KeyFigure, KeyFigures, Paragraph, Section
from dashboard.content.report import Cover
from dashboard.render.slides import report_to_pptx
from dashboard.text_metrics import BOLD, text_width

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
RANKED = {"metric": "foreign_patients", "year": 2019}
FOOTER_TOP = 504 * 12700  # points to EMU


@pytest.fixture(scope="module")
def package():
    """Members of the package of a report: name → bytes; made once a report."""
    made = {}

    def read(report):
        key = (report.stamp.language, report.warning)
        if key not in made:
            with ZipFile(io.BytesIO(report_to_pptx(report))) as file:
                made[key] = {name: file.read(name) for name in file.namelist()}
        return made[key]

    return read


def parts(members, pattern):
    """XML trees of the members of a name, in the order of their numbers."""
    names = [name for name in members if re.fullmatch(pattern, name)]
    names.sort(key=lambda name: int(re.search(r"(\d+)\.xml", name).group(1)))
    return [etree.fromstring(members[name]) for name in names]


def slides(members):
    return parts(members, r"ppt/slides/slide\d+\.xml")


def text_of(element):
    return "".join(element.xpath(".//a:t/text()", namespaces=NS))


def points_of(series, kind):
    return {
        int(point.get("idx")): point.findtext("c:v", namespaces=NS)
        for point in series.xpath(f"c:{kind}//c:pt", namespaces=NS)
    }


def test_the_chart_of_a_line_holds_the_reports_figures_and_leaves_its_gap(report, package):
    chart = parts(package(report), r"ppt/charts/chart\d+\.xml")[0]
    daegu, busan = chart.xpath("//c:ser", namespaces=NS)
    # 2018 has no figure; 0 in 2020 is a figure.
    assert points_of(daegu, "val") == {0: "27574", 1: "21867", 3: "31183", 4: "0"}
    assert points_of(busan, "val") == {0: "15000", 1: "16000", 3: "19748", 4: "9000"}
    years = {at: str(2016 + at) for at in range(5)}
    assert points_of(daegu, "cat") == points_of(busan, "cat") == years
    assert chart.xpath("//c:dispBlanksAs/@val", namespaces=NS) == ["gap"]


def test_points_that_are_not_settled_are_hollow_and_signed(report, package):
    chart = parts(package(report), r"ppt/charts/chart\d+\.xml")[0]
    daegu = chart.xpath("//c:ser", namespaces=NS)[0]
    hollow = {
        int(point.find("c:idx", NS).get("val")): point.xpath(
            "c:marker/c:spPr/a:solidFill/a:srgbClr/@val", namespaces=NS
        )
        for point in daegu.findall("c:dPt", NS)
    }
    # 2017 is approximate, 2019 contested; 2020 has a single source and is drawn full.
    assert hollow == {1: ["FFFFFF"], 3: ["FFFFFF"]}
    formats = {
        int(each.find("c:idx", NS).get("val")): each.xpath("c:numFmt/@formatCode", namespaces=NS)
        for each in daegu.xpath("c:dLbls/c:dLbl", namespaces=NS)
    }
    assert formats[0] == ["#,##0"]
    assert formats[1] == ['"≈ "#,##0']
    assert formats[3] == ['#,##0" ◆"']


def test_a_rounded_figure_that_is_provisional_too_keeps_both_signs(report, package):
    """`≈ 21,867 △`: the number format says what the report's text and evidence say."""
    section, chart = next(
        (section, block)
        for section in report.sections
        for block in section.blocks
        if isinstance(block, ChartBlock) and block.kind == "line"
    )
    daegu = chart.series[0]
    cells = (daegu.cells[0], replace(daegu.cells[1], evidence="provisional"), *daegu.cells[2:])
    chart = replace(chart, series=(replace(daegu, cells=cells), *chart.series[1:]))
    told = replace(report, warning="rounded", sections=(replace(section, blocks=(chart,)),))
    drawn = parts(package(told), r"ppt/charts/chart\d+\.xml")[0]
    formats = drawn.xpath("//c:ser[1]//c:dLbl[c:idx/@val=1]/c:numFmt/@formatCode", namespaces=NS)
    assert formats == ['"≈ "#,##0" △"']


def test_every_chart_can_be_edited_in_a_workbook_without_formulas(report, package):
    members = package(report)
    charts = parts(members, r"ppt/charts/chart\d+\.xml")
    books = sorted(name for name in members if name.startswith("ppt/embeddings/"))
    assert len(charts) == len(books) == 3
    for number, chart in enumerate(charts, 1):
        relation = chart.find("c:externalData", NS).get(f"{{{NS['r']}}}id")
        rels = etree.fromstring(members[f"ppt/charts/_rels/chart{number}.xml.rels"])
        target = next(rel.get("Target") for rel in rels if rel.get("Id") == relation)
        book = openpyxl.load_workbook(io.BytesIO(members["ppt/" + target.removeprefix("../")]))
        cells = {cell.coordinate: cell for row in book["Sheet1"] for cell in row}
        assert all(cell.data_type != "f" for cell in cells.values())
        for column, series in zip("BCD", chart.xpath("//c:ser", namespaces=NS), strict=False):
            name = series.findtext("c:tx//c:v", namespaces=NS)
            assert cells[f"{column}1"].value == name
            for at, value in points_of(series, "val").items():
                assert cells[f"{column}{at + 2}"].value == float(value)


def test_amounts_that_no_number_format_prints_are_labelled_with_the_reports_text(report, package):
    money = parts(package(report), r"ppt/charts/chart\d+\.xml")[2]
    assert money.xpath("//c:dLbl//a:t/text()", namespaces=NS) == ["3.5억 원", "12억 원"]
    assert points_of(money.xpath("//c:ser", namespaces=NS)[0], "val") == {
        0: "350000000",
        1: "1200000000",
    }


def test_hangul_has_its_typeface_in_the_theme_and_in_every_run(report, package):
    members = package(report)
    for theme in parts(members, r"ppt/theme/theme\d+\.xml"):
        for fonts in ("a:majorFont", "a:minorFont"):
            found = theme.xpath(
                f"//{fonts}/a:latin/@typeface | //{fonts}/a:ea/@typeface", namespaces=NS
            )
            assert found == ["Pretendard GOV", "Pretendard GOV"]
    for tree in slides(members) + parts(members, r"ppt/notesSlides/notesSlide\d+\.xml"):
        for run in tree.xpath("//a:r", namespaces=NS):
            assert run.xpath("a:rPr/a:latin/@typeface", namespaces=NS) == ["Pretendard GOV"]
            assert run.xpath("a:rPr/a:ea/@typeface", namespaces=NS) == ["Pretendard GOV"]
            language = "ko-KR" if report.stamp.language == "ko" else "en-US"
            assert run.xpath("a:rPr/@lang", namespaces=NS) == [language]


def test_every_slide_says_edition_day_number_and_warning(report, package):
    day = {"ko": "2026. 11. 20.", "en": "Nov 20, 2026"}[report.stamp.language]
    for number, slide in enumerate(slides(package(report)), 1):
        footer = text_of(slide.xpath("//p:sp[.//p:ph[@type='ftr']]", namespaces=NS)[0])
        assert "ED-7K2Q" in footer
        assert day in footer
        field = slide.xpath("//a:fld[@type='slidenum']/a:t/text()", namespaces=NS)
        assert field == [str(number)]
        assert report.warning in text_of(slide)


@pytest.mark.parametrize("cover", [None, Cover(organiser="Daegu")])
def test_a_cover_names_who_made_it_or_nobody(korean, cover):
    for made_by, said in (("Kim", True), ("", False)):
        made = replace(korean, cover=cover, stamp=replace(korean.stamp, made_by=made_by))
        first = Presentation(io.BytesIO(report_to_pptx(made))).slides[0]
        text = "\n".join(shape.text_frame.text for shape in first.shapes if shape.has_text_frame)
        assert ("작성자" in text) is said


def test_no_warning_no_banner(korean):
    deck = Presentation(io.BytesIO(report_to_pptx(korean)))
    assert not any(shape.name == "주의" for slide in deck.slides for shape in slide.shapes)


def rows_of(slide):
    """Rows of the first table of a slide: for each cell its first run."""
    return [
        [
            "".join(cell.xpath("(.//a:r)[1]/a:t/text()", namespaces=NS))
            for cell in row.findall("a:tc", NS)
        ]
        for row in slide.xpath("(//a:tbl)[1]/a:tr", namespaces=NS)
    ]


def test_a_long_table_goes_on_with_its_heading_repeated(report, package):
    table = report.sections[1].blocks[1]
    heading = [column.label for column in table.columns]
    found = [rows_of(slide) for slide in slides(package(report))]
    mine = [rows for rows in found if rows and rows[0] == heading]
    assert len(mine) > 1
    assert [row for rows in mine for row in rows[1:]] == [
        [cell.text for cell in row] for row in table.rows
    ]


def test_columns_that_do_not_fit_go_on_with_the_first_one_repeated(report, package):
    table = report.sections[1].blocks[2]
    labels = [column.label for column in table.columns]
    mine = [
        rows
        for slide in slides(package(report))
        if (rows := rows_of(slide)) and rows[0][0] == labels[0]
    ]
    assert all(rows[0][0] == labels[0] and rows[1][0] == table.rows[0][0].text for rows in mine)
    assert [name for rows in mine for name in rows[0][1:]] == labels[1:]
    assert [text for rows in mine for text in rows[1][1:]] == [c.text for c in table.rows[0][1:]]


def test_texts_stay_texts_and_signs_are_runs_of_their_own(report, package):
    table = report.sections[1].blocks[0]
    heading = [column.label for column in table.columns]
    rows = next(rows for s in slides(package(report)) if (rows := rows_of(s))[:1] == [heading])
    expected = [[cell.text.replace("a\x07b\x1fc", "a�b�c") for cell in row] for row in table.rows]
    assert rows[1:] == expected
    contested = next(
        cell
        for slide in slides(package(report))
        for cell in slide.xpath("//a:tc", namespaces=NS)
        if text_of(cell).startswith(table.rows[3][1].text) and "◆" in text_of(cell)
    )
    assert [run.findtext("a:t", namespaces=NS) for run in contested.iter(f"{{{NS['a']}}}r")] == [
        table.rows[3][1].text,
        " ◆",
    ]


def assert_within_edges(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            kind = shape.element.ph.get("type") if shape.is_placeholder else None
            bottom = shape.top + shape.height
            if getattr(shape, "has_table", False):
                bottom = shape.top + sum(row.height for row in shape.table.rows)
            if shape.height == deck.slide_height:  # the bar along the edge of a cover
                continue
            assert bottom <= FOOTER_TOP or kind in ("ftr", "sldNum")


def test_nothing_lies_over_the_edge_or_the_footer(report):
    assert_within_edges(Presentation(io.BytesIO(report_to_pptx(report))))


def test_six_figures_share_a_slide_and_a_long_note_stands_in_its_notes(korean):
    """Six of these tiles leave a note of seven lines three: the slide says where it is."""
    note = "이름이 확인된 곳 9개국 24개소, 그중 그해 이후 운영이 확인된 곳 0개소. " * 3
    figures = tuple(
        KeyFigure(f"지표 {n}", Cell(f"{n}건", n, "counted"), note=note if n == 4 else "짧은 말")
        for n in range(1, 7)
    )
    sections = (Section("지표", (KeyFigures(figures),)),)
    deck = Presentation(io.BytesIO(report_to_pptx(replace(korean, sections=sections))))
    assert_within_edges(deck)
    slide = deck.slides[1]
    tiles = [
        shape.text_frame.text.splitlines() for shape in slide.shapes if shape.name[:2] == "지표"
    ]
    assert [lines[:2] for lines in tiles] == [[f"지표 {n}", f"{n}건"] for n in range(1, 7)]
    assert [lines[-1] == "짧은 말" for lines in tiles] == [n != 4 for n in range(1, 7)]
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert any("발표자 노트에 설명 있음: 지표 4" in text for text in said)
    assert note.strip() in slide.notes_slide.notes_text_frame.text


def test_values_beside_each_other_are_set_alike(korean):
    """`31,183명` would stand smaller than `3위` on a tile of its own."""
    figures = tuple(
        KeyFigure(f"지표 {text}", Cell(text, 1, "counted")) for text in ("31,183명", "3위", "6.3%")
    )
    sections = (Section("지표", (KeyFigures(figures),)),)
    deck = Presentation(io.BytesIO(report_to_pptx(replace(korean, sections=sections))))
    sizes = {
        shape.text_frame.paragraphs[1].runs[0].font.size
        for shape in deck.slides[1].shapes
        if shape.name[:2] == "지표"
    }
    assert len(sizes) == 1


def test_a_rank_among_all_regions_is_a_row_of_dots(record):
    """Of 17 regions nine have a figure of 2019; Daegu is the third of them."""
    report = draft(record, "deck", {"region": "KR-27", "year": 2019, "pages": "rankings"}, "en")
    deck = Presentation(io.BytesIO(report_to_pptx(report)))
    assert_within_edges(deck)
    (row,) = [shape for shape in deck.slides[1].shapes if hasattr(shape, "shapes")]
    dots = list(row.shapes)
    known = [row["region"] for row in record.ask("ranking", RANKED).rows]
    assert len(dots) == 17
    assert dots[known.index("KR-27")].name == "Daegu"
    full = [dot.fill.fore_color.rgb for dot in dots]
    assert [str(colour) for colour in full].count("256EF4") == 1
    assert [str(colour) for colour in full].count("FFFFFF") == 17 - len(known)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_charts_of_a_real_deck_are_what_ask_answers(record, language):
    report = draft(record, "deck", {"region": "KR-27", "year": 2019}, language)
    content = report_to_pptx(report)
    assert_within_edges(Presentation(io.BytesIO(content)))
    with ZipFile(io.BytesIO(content)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    charts = parts(members, r"ppt/charts/chart\d+\.xml")
    answer = record.ask("trend", {"metric": "foreign_patients", "region": "KR-27"})
    known = {str(r["year"]): r["value"] for r in answer.rows if r["year"] <= 2019}
    drawn = []
    for chart in charts:
        series = chart.xpath("//c:ser", namespaces=NS)[0]
        years, values = points_of(series, "cat"), points_of(series, "val")
        drawn.append({years[at]: float(value) for at, value in values.items()})
    assert {year: value for year, value in known.items() if value is not None} in drawn


def test_lines_are_as_high_in_a_font_that_stands_in_for_ours(report, package):
    members = package(report)
    for slide in slides(members):
        for paragraph in slide.xpath(".//a:p[a:r]", namespaces=NS):
            spacing = paragraph.xpath("a:pPr/a:lnSpc/a:spcPts/@val", namespaces=NS)
            sizes = paragraph.xpath("a:r/a:rPr/@sz", namespaces=NS)
            if paragraph.xpath("a:fld", namespaces=NS) or not sizes:
                continue  # the footer, of one line
            assert len(spacing) == 1, text_of(paragraph)
            assert int(spacing[0]) >= 1.2 * int(sizes[0])


def test_widths_hold_for_the_wider_font_that_stands_in_for_ours():
    # DejaVu Sans, 2048 units per em: A 1401, u 1298, g 1300, space and comma 651, digits 1303:
    # 1401 + 1298 + 1300 + 651 + 2 × 1303 + 2 × 651 + 4 × 1303 = 13,770; at 14 points 94.1 points.
    assert text_width("Aug 19, 2019", 14) >= 94.1
    # Its bold: N 1714, o 1407, period 778: 3,899; at 14 points 26.7 points.
    assert text_width("No.", 14) * BOLD >= 26.6


def test_letters_can_be_read_at_ten_metres(report):
    deck = Presentation(io.BytesIO(report_to_pptx(report)))
    for slide in deck.slides:
        title = slide.shapes.title.text_frame.paragraphs[0].runs
        assert all(run.font.size.pt >= 28 for run in title)
        for shape in slide.shapes:
            if getattr(shape, "has_table", False):
                sizes = [
                    run.font.size.pt
                    for row in shape.table.rows
                    for cell in row.cells
                    for paragraph in cell.text_frame.paragraphs
                    for run in paragraph.runs
                ]
                assert min(sizes) >= 14


def test_a_cell_without_text_is_as_high_as_one_with(report, package):
    """Its end mark says so: without it, 18 * 1.2 + 8 points and not 14 * 1.34 + 8 in LibreOffice,
    which drops a run without text."""
    empty = 0
    for tree in slides(package(report)):
        for table in tree.xpath("//a:tbl", namespaces=NS):
            (size,) = set(table.xpath(".//a:r/a:rPr/@sz", namespaces=NS))
            for paragraph in table.xpath(".//a:p", namespaces=NS):
                if not text_of(paragraph):
                    empty += 1
                    assert not paragraph.xpath("a:r", namespaces=NS)
                    assert paragraph.xpath("a:endParaRPr/@sz", namespaces=NS) == [size]
    assert empty > 0


def test_charts_maps_and_tables_have_a_text_alternative(report, package):
    trees = slides(package(report))
    frames = [f for t in trees for f in t.xpath("//p:graphicFrame | //p:pic", namespaces=NS)]
    assert len(frames) > 8
    assert all(frame.xpath(".//p:cNvPr/@descr", namespaces=NS)[0] for frame in frames)
    alts = {frame.xpath(".//p:cNvPr/@descr", namespaces=NS)[0] for frame in frames}
    assert report.sections[0].blocks[1].alt in alts
    assert report.sections[3].blocks[0].alt in alts


def test_notes_name_evidence_and_sources_of_the_figures(report, package):
    notes = parts(package(report), r"ppt/notesSlides/notesSlide\d+\.xml")
    finding = report.sections[0].blocks[1].title
    text = next(text for tree in notes if (text := text_of(tree)).startswith(finding))
    contested = report.sections[0].blocks[1].series[0].cells[3].text
    place = report.sections[0].blocks[1].series[0].name
    label = {"ko": "이견 있음", "en": "contested"}[report.stamp.language]
    assert f"◆ {label}: {place} 2019 {contested} [1, 2]" in text
    assert "[1] 보건복지부" in text
    assert "https://example.kr/b" in text
    assert len(notes) == len(slides(package(report)))


def test_a_source_that_the_report_does_not_list_is_an_error(korean):
    section = Section("x", (Paragraph("x", ("unknown",)),))
    with pytest.raises(LookupError, match="unknown"):
        report_to_pptx(replace(korean, sections=(section,)))


def test_the_same_report_gives_the_same_bytes_in_any_process(digests):
    assert digests(report_to_pptx, 1) == digests(report_to_pptx, 2)


def test_many_sources_are_counted_and_listed_in_the_notes(korean):
    """Sixty rows are no reading for a hall, nor is their count a slide: the first slide has it."""
    sources = tuple(
        replace(korean.sources[0], number=n, source_id=f"s{n}", title=f"기사 {n}", tier=tier)
        for n, tier in enumerate(["공식", *["언론"] * 59], 1)
    )
    told = replace(korean, sources=(*korean.sources, *sources)[-60:], sections=())
    (first,) = Presentation(io.BytesIO(report_to_pptx(told))).slides
    said = " ".join(shape.text_frame.text for shape in first.shapes if shape.has_text_frame)
    assert "출처 60건 (언론 59, 공식 1)" in said
    lines = first.notes_slide.notes_text_frame.text.splitlines()
    listed = lines[lines.index("출처 60건") + 1 :]
    assert len(listed) == 60
    assert listed[0].startswith("[1] ")
    assert listed[0].endswith("(공식)")
