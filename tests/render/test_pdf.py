"""The PDF, opened again by pdfium: text, pages, marks, tags, and bytes that never differ."""

import re
import socket
import subprocess
import time
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from dashboard.content.compose import draft
from dashboard.content.document import ChartBlock, MapBlock, Paragraph, Points, Section, Table
from dashboard.content.report import Source
from dashboard.render.drawing import to_png, to_svg
from dashboard.render.pdf import report_to_pdf

MARKUP = '#strong[x] *b* _i_ $x^2$ @ref <tag> \\u{41} // c `raw` "quoted" #sys.version'


@pytest.fixture(scope="module")
def review(record):
    """The summary of Daegu 2019 with an edition's id, by language."""

    def composed(language):
        found = draft(record, "review", {"region": "KR-27", "year": 2019}, language)
        return replace(found, stamp=replace(found.stamp, edition_id="7k2qabcd", made_by="Kim"))

    made = {language: composed(language) for language in ("ko", "en")}
    return {language: (report, report_to_pdf(report)) for language, report in made.items()}


def pages(content):
    """The text of each page, white space as single spaces."""
    with pypdfium2.PdfDocument(content) as document:
        return [
            re.sub(r"\s+", " ", page.get_textpage().get_text_bounded().replace("\ufffe", "-"))
            for page in document
        ]


def tight(text):
    """Without white space: where a line breaks is no part of the text."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_review_is_two_pages_and_its_sources_each_with_edition_day_and_number(review, language):
    report, content = review[language]
    found = pages(content)
    heading = {"ko": "출처", "en": "Sources"}[language]
    assert heading in found[1]  # what is said ends on the second page
    assert len(found) <= 3
    for number, text in enumerate(found, 1):
        assert "7k2qabcd" in text
        assert f"{number} / {len(found)}" in text
        assert report.stamp.as_of[:4] in text


def test_a_letter_that_no_font_has_takes_no_report_with_it(review):
    report = review["ko"][0]
    said = Section("의견", (Paragraph("좋음 🩺👨‍👩 ไทย 𠮷 אבג 끝"),))
    found = tight("".join(pages(report_to_pdf(replace(report, sections=(said,))))))
    assert re.search("좋음�+.*끝", found)
    assert not re.search("[🩺ไ𠮷]", found)


def test_hangul_is_text(review):
    first = tight(pages(review["ko"][1])[0])
    for said in (
        "현장평가요약:대구2019년",
        "의료관광클러스터",
        "17,745명",
        "4억원",
        "현장에서먼저확인할것",
    ):
        assert said in first


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_cell_of_every_table_is_printed(review, language):
    report, content = review[language]
    printed = tight("".join(pages(content)))
    missing = [
        cell.text
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if tight(cell.text) not in printed
    ]
    assert missing == []


def test_kpi_figures_stand_in_their_rows(record):
    report = draft(record, "kpi", {"region": "KR-27", "year": 2019}, "en")
    text = " ".join(pages(report_to_pdf(report)))
    figure = record.ask(
        "figure", {"metric": "foreign_patients", "region": "KR-27", "year": 2019}
    ).first
    assert f"Foreign patients {figure['value']:,} persons" in text
    assert f"▲ {figure['change']:,} persons" in text


def test_sources_are_numbered_and_mentioned(review):
    report, content = review["en"]
    printed = " ".join(pages(content)[1:])
    for source in (report.sources[0], report.sources[-1]):
        assert f"{source.number} {source.publisher}" in printed


def test_marks_are_explained(review):
    assert all(
        "○ single source" in text and "≈ approximate" in text for text in pages(review["en"][1])
    )


def test_document_knows_its_title_language_and_bookmarks(review):
    report, content = review["ko"]
    with pypdfium2.PdfDocument(content) as document:
        assert document.get_metadata_value("Title") == report.title
        assert document.get_metadata_value("Author") == "Kim"
        titles = [entry.get_title() for entry in document.get_toc()]
        assert pdfium.FPDFCatalog_IsTagged(document.raw)
    assert titles[: len(report.sections)] == [section.title for section in report.sections]
    assert titles[-1] == "출처"
    assert b"/Lang(ko-KR)" in content
    assert b"pdfuaid" in content


def test_typeface_is_inside(review):
    assert b"PretendardGOV-Regular" in review["ko"][1]
    assert b"PretendardGOV-Bold" in review["ko"][1]


def test_markup_in_any_text_stays_text(korean):
    report = replace(
        korean,
        title=MARKUP,
        subtitle=MARKUP,
        warning=MARKUP,
        sections=(
            Section(MARKUP, (Paragraph(MARKUP, ("moh",)),)),
            *korean.sections,
        ),
        sources=(
            Source(1, "moh", MARKUP, MARKUP, "2020", "공식", MARKUP),
            *korean.sources[1:],
        ),
    )
    printed = tight("".join(pages(report_to_pdf(report))))
    # Title, subtitle, heading, paragraph, three times in the source, and at least two warnings.
    assert printed.count(tight(MARKUP)) >= 9


def test_awkward_texts_are_printed_and_warning_is_on_every_page(report):
    found = pages(report_to_pdf(report))
    assert len(found) > 2
    for text in found:
        assert "<b>Practice</b> data" in text
    whole = tight("".join(found))
    for awkward in ("=1+1", "@cmd", "<b>굵게</b>", "&amp;", '=HYPERLINK("http://x")'):
        assert tight(awkward) in whole
    for value in range(123456, 123480):  # a table of 24 columns
        assert f"{value:,}" in whole


def test_header_is_repeated_where_a_table_goes_on(korean):
    found = pages(report_to_pdf(replace(korean, kind="kpi")))
    held = [text for text in found if re.search(r"지역 (1|60) ", text)]
    assert len(held) == 2, "the table of 60 rows goes over a page"
    assert all("n 지역 외국인환자" in text for text in held)


def test_same_report_gives_same_bytes_in_every_process(digests):
    assert digests(report_to_pdf, 1) == digests(report_to_pdf, 2)


def test_no_process_and_no_connection_is_opened(review, monkeypatch):
    def refuse(*_arguments, **_named):
        raise AssertionError("an export went outside")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    report, content = review["en"]
    start = time.process_time()
    assert report_to_pdf(report) == content
    assert time.process_time() - start < 2


def test_charts_are_vectors_with_their_letters(review, record):
    report = draft(record, "kpi", {"region": "KR-27", "year": 2019}, "ko")
    charts = [b for s in report.sections for b in s.blocks if isinstance(b, ChartBlock)]
    for chart in charts:
        svg = to_svg(chart, 480, "ko")
        assert "<image" not in svg
        assert "31,183" in svg
        assert to_svg(chart, 480, "ko") == svg
    assert "대구" in to_svg(charts[1], 480, "ko")


def test_gap_in_the_data_is_a_gap_in_the_line(record):
    """Daegu has no figure of 2021 and 2023: the line breaks, the points of 2022 and 2024 stand."""
    report = draft(record, "kpi", {"region": "KR-27", "year": 2024}, "en")
    (line, *_others) = [b for s in report.sections for b in s.blocks if isinstance(b, ChartBlock)]
    assert [c.value is None for c in line.series[0].cells][-5:] == [False, True, False, True, False]
    svg = to_svg(line, 480, "en")
    (path,) = re.findall(r'<path[^>]* d="([^"]+)"[^>]*stroke-width="2"', svg) or re.findall(
        r'd="([^"]+)"[^>]*stroke="#256ef4" stroke-width="2"', svg
    )
    assert path.count("M") == 3


def test_map_names_places_and_escapes_them(review):
    report, _content = review["ko"]
    (drawn,) = [b for s in report.sections for b in s.blocks if isinstance(b, MapBlock)]
    svg = to_svg(drawn, 260, "ko")
    assert "자카르타" in svg
    assert "← 미시소가" in svg, "a place off this part of the world is named at its edge"
    nasty = replace(drawn, places=(replace(drawn.places[0], name='<script>"&'),))
    assert "<script>" not in to_svg(nasty, 260, "ko")
    assert to_png(drawn, 800, "ko").startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", [Paragraph, lambda *said: Points((Paragraph(*said),))])
def test_a_question_has_its_sign_alone_and_in_a_list(record, kind):
    report = draft(record, "review", {"region": "KR-27", "year": 2019}, "en")
    asked = Section("Asked", (kind("Which of the two is meant", (), "question"),))
    content = report_to_pdf(replace(report, sections=(asked,)))
    assert "?Whichofthetwoismeant" in tight("".join(pages(content)))
