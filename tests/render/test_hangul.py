"""The Hangul document, checked by the package's validator and read by zipfile and lxml alone."""

import io
from dataclasses import replace
from zipfile import ZIP_STORED, ZipFile

import pytest
from hwpx import HwpxDocument
from hwpx.tools.package_validator import validate_package
from lxml import etree

from dashboard.content.document import Paragraph, Points, Section
from dashboard.render.hangul import report_to_hwpx

HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
HH = "{http://www.hancom.co.kr/hwpml/2011/head}"


@pytest.fixture(scope="module")
def written():
    """Bytes of a report's document; made once a language."""
    made = {}

    def write(report):
        key = report.stamp.language
        if key not in made:
            made[key] = report_to_hwpx(report)
        return made[key]

    return write


@pytest.fixture
def document(report, written):
    """Section and header of the report's document as trees."""
    with ZipFile(io.BytesIO(written(report))) as file:
        return (
            etree.fromstring(file.read("Contents/section0.xml")),
            etree.fromstring(file.read("Contents/header.xml")),
        )


def text_of(element):
    return "".join("".join(text.itertext()) for text in element.iter(f"{HP}t"))


def first_run(cell):
    return "".join(cell.find(f".//{HP}run/{HP}t").itertext())


def tables(section):
    return [
        [list(row.iter(f"{HP}tc")) for row in table.iter(f"{HP}tr")]
        for table in section.iter(f"{HP}tbl")
    ]


def test_the_validators_find_no_fault(report, written):
    content = written(report)
    assert [i for i in validate_package(content).issues if i.level != "warning"] == []
    assert HwpxDocument.open(io.BytesIO(content)).validate().ok


def test_the_package_begins_with_its_type_unpacked(report, written):
    with ZipFile(io.BytesIO(written(report))) as file:
        first = file.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert file.read(first) == b"application/hwp+zip"
        assert file.testzip() is None


def test_sections_are_headings_of_the_outline(report, document):
    section, header = document
    outline = next(s.get("id") for s in header.iter(f"{HH}style") if s.get("name") == "개요 1")
    found = [text_of(p) for p in section.findall(f"{HP}p") if p.get("styleIDRef") == outline]
    assert found[: len(report.sections)] == [each.title for each in report.sections]
    assert len(found) == len(report.sections) + 2  # sources and origin


def test_cells_of_tables_are_those_of_the_report(report, document):
    section, _header = document
    table = report.sections[1].blocks[0]
    heading = [column.label for column in table.columns]
    rows = next(t for t in tables(section) if [first_run(cell) for cell in t[0]] == heading)
    assert [[first_run(cell) for cell in row] for row in rows[1:]] == [
        [cell.text.replace("a\x07b\x1fc", "a�b�c") for cell in row] for row in table.rows
    ]
    # Contested in 2019, printed by two sources, which the list at the end numbers 1 and 2.
    assert text_of(rows[4][1]) == f"{table.rows[3][1].text} ◆ [1, 2]"


def test_a_wide_table_continues_below_with_its_first_column(report, document):
    section, _header = document
    labels = [column.label for column in report.sections[1].blocks[2].columns]
    mine = [t for t in tables(section) if first_run(t[0][0]) == labels[0] and len(t) == 2]
    assert [first_run(cell) for table in mine for cell in table[0][1:]] == labels[1:]


def test_tables_flow_with_their_heading_repeated(document):
    section, _header = document
    for table in section.iter(f"{HP}tbl"):
        assert table.get("repeatHeader") == "1"
        assert table.find(f"{HP}pos").get("treatAsChar") == "0"
        rows = table.findall(f"{HP}tr")
        assert {cell.get("header") for cell in rows[0].findall(f"{HP}tc")} == {"1"}
        assert {cell.get("header") for row in rows[1:] for cell in row.findall(f"{HP}tc")} <= {"0"}


def test_figures_stand_to_the_right_and_texts_to_the_left(report, document):
    section, header = document
    align = {
        each.get("id"): each.find(f"{HH}align").get("horizontal")
        for each in header.iter(f"{HH}paraPr")
    }
    heading = [column.label for column in report.sections[1].blocks[0].columns]
    rows = next(t for t in tables(section) if [first_run(cell) for cell in t[0]] == heading)
    for row in rows:
        found = [align[cell.find(f".//{HP}p").get("paraPrIDRef")] for cell in row]
        assert found == ["LEFT", "RIGHT", "LEFT"]


def test_letters_are_in_fonts_that_hangul_has(document):
    section, header = document
    faces = {
        font.get("id"): font.get("face")
        for group in header.iter(f"{HH}fontface")
        if group.get("lang") == "HANGUL"
        for font in group.iter(f"{HH}font")
    }
    used = {run.get("charPrIDRef") for run in section.iter(f"{HP}run")}
    fonts = {
        faces[each.find(f"{HH}fontRef").get("hangul")]
        for each in header.iter(f"{HH}charPr")
        if each.get("id") in used
    }
    assert fonts <= {"함초롬바탕", "함초롬돋움", "맑은 고딕"}


def test_every_page_has_edition_day_number_and_warning(report, document):
    section, _header = document
    footer = next(section.iter(f"{HP}footer"))
    assert "ED-7K2Q" in text_of(footer)
    assert {"ko": "2026. 11. 20.", "en": "Nov 20, 2026"}[report.stamp.language] in text_of(footer)
    assert next(footer.iter(f"{HP}autoNum")).get("numType") == "PAGE"
    head = text_of(next(section.iter(f"{HP}header")))
    assert report.title in head
    assert report.warning in head


def test_charts_and_maps_are_pictures_with_their_text(report, document, written):
    section, _header = document
    pictures = list(section.iter(f"{HP}pic"))
    blocks = [*report.sections[0].blocks[1:], *report.sections[3].blocks]
    assert [p.findtext(f"{HP}shapeComment") for p in pictures] == [b.alt for b in blocks]
    with ZipFile(io.BytesIO(written(report))) as file:
        stored = [name for name in file.namelist() if name.startswith("BinData/")]
        assert len(stored) == len(blocks)
        assert all(file.read(name).startswith(b"\x89PNG\r\n") for name in stored)


def test_sources_are_listed_by_number(report, document):
    lines = [text_of(paragraph) for paragraph in document[0].findall(f"{HP}p")]
    assert any(line.startswith("[1] 보건복지부. 외국인환자 통계") for line in lines)
    assert any(line.startswith("[2] =대구일보. <b>환자</b> & 통계") for line in lines)


def test_ids_are_not_shared(document):
    section, _header = document
    body = [p.get("id") for p in section.findall(f"{HP}p")]
    objects = [each.get("id") for name in ("tbl", "pic") for each in section.iter(f"{HP}{name}")]
    assert len(set(body + objects)) == len(body + objects)


def test_properties_are_those_of_the_edition_and_of_nobody_else(report, written):
    with ZipFile(io.BytesIO(written(report))) as file:
        package = etree.fromstring(file.read("Contents/content.hpf"))
    said = {each.get("name"): each.text for each in package.iter("{*}meta")}
    assert said["creator"] == "김주무관"
    assert said["CreatedDate"] == said["ModifiedDate"] == "2026-11-21T03:04:05Z"
    assert not said["lastsaveby"]


def test_a_source_that_the_report_does_not_list_is_an_error(korean):
    section = Section("x", (Paragraph("x", ("unknown",)),))
    with pytest.raises(LookupError, match="unknown"):
        report_to_hwpx(replace(korean, sections=(section,)))


def test_the_same_report_gives_the_same_bytes_in_any_process(digests):
    assert digests(report_to_hwpx, 1) == digests(report_to_hwpx, 2)


def test_a_question_has_its_sign_alone_and_in_a_list(korean):
    """Alone it begins the line; in a list it is the bullet."""
    item = Paragraph("어느 쪽인가", (), "question")
    asked = replace(korean, sections=(Section("질문", (item, Points((item, item)))),))
    with ZipFile(io.BytesIO(report_to_hwpx(asked))) as file:
        section = etree.fromstring(file.read("Contents/section0.xml"))
        header = etree.fromstring(file.read("Contents/header.xml"))
    lines = [text for line in section.iter(f"{HP}p") if "어느" in (text := text_of(line))]
    assert lines == ["? 어느 쪽인가", "어느 쪽인가", "어느 쪽인가"]
    assert "?" in [bullet.get("char") for bullet in header.iter(f"{HH}bullet")]


def test_the_tables_of_the_header_stand_in_the_order_of_the_schema(document):
    """OWPML (KS X 6101): bullets stand between numberings and paragraphs, whenever they came."""
    _section, header = document
    names = [etree.QName(table).localname for table in header.find(f"{HH}refList")]
    order = [
        "fontfaces", "borderFills", "charProperties", "tabProperties", "numberings", "bullets",
        "paraProperties", "styles",
    ]  # fmt: skip
    assert [name for name in names if name in order] == order
    assert names[: len(order)] == order
