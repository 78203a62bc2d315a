"""A rounded figure that is provisional too: both marks go with it wherever it is printed."""

import csv
import io
import re
from collections import defaultdict
from dataclasses import replace
from types import SimpleNamespace
from zipfile import ZipFile

import openpyxl
import pypdfium2
import pytest
from lxml import etree

from dashboard.catalogue import read_catalogue
from dashboard.content.care import department_chart, institution_chart
from dashboard.content.compose import draft
from dashboard.content.document import ChartBlock
from dashboard.content.doubts import weak_points
from dashboard.content.event_stages import conversion_chart
from dashboard.content.figure_charts import standing_chart
from dashboard.content.findings import patients_finding
from dashboard.content.mentions import cells_of
from dashboard.content.nationality import mix_chart
from dashboard.content.query_context import QueryContext
from dashboard.content.readings import change_words
from dashboard.i18n import figure_text, speaking
from dashboard.i18n.evidence import DOUBTFUL, sign
from dashboard.kpi import read_metric
from dashboard.render.footnotes import marked
from dashboard.render.formats import render

SEOUL, BUSAN = "KR-11", "KR-26"
ROUGH = {"approximate": "true", "status": "provisional"}


@pytest.fixture(scope="module")
def rough(small_record):
    rows = [
        (SEOUL, 2018, 146000, {"approximate": "true"}),
        (SEOUL, 2019, 473340, {}),
        (BUSAN, 2018, 11111, {}),
        (BUSAN, 2019, 12345, ROUGH),
    ]
    return small_record(
        {
            "sources": [{"source_id": "paper"}],
            "observations": [
                {"source_id": "paper", "region": region, "year": str(year), "value": str(value)}
                | others
                for region, year, value, others in rows
            ],
        }
    )


@pytest.fixture
def asked(rough):
    def ask(question, **given):
        return rough.ask(question, {"metric": "foreign_patients", "year": 2019} | given)

    return SimpleNamespace(ask=ask, record=rough)


def test_the_former_figure_of_the_headline_keeps_its_mark(asked):
    # 473,340 / 146,000 = 3.2421, which is +224.2 %
    row = asked.ask("figure", region=SEOUL).first
    sentence = patients_finding(SEOUL, 2019, row, ())
    assert "≈ +224.2%" in sentence
    assert "≈ 146,000" in sentence


def test_the_ranking_says_rounded_and_provisional(asked):
    context = QueryContext(asked.record, asked.record.current())
    block = standing_chart(context, context.metric("foreign_patients"), BUSAN, 2019)
    assert "≈ 12,345" in block.title
    (cell,) = (cell for one in block.series for cell in one.cells if "12,345" in cell.text)
    assert re.fullmatch(r"≈ 12,345\S* ?\S* △", marked(cell))


def values_and_texts(content):
    """Bare value and printed text of each line of a CSV, whose headings are of its language."""
    _headings, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [(row[5], row[6]) for row in rows]


def test_every_cell_line_and_page_of_a_report_keeps_both_marks(rough):
    given = {"region": BUSAN, "year": 2019, "metric": "foreign_patients"}
    report = draft(rough, "ranking", given, "ko")
    figures = [
        cell
        for section in report.sections
        for block in section.blocks
        for _about, cell in cells_of(block)
        if cell.value == 12345 and cell.evidence
    ]
    assert figures
    assert {(cell.evidence, cell.text[:2], marked(cell)[-1]) for cell in figures} == {
        ("provisional", "≈ ", "△")
    }
    told = [text for value, text in values_and_texts(render(report, ".csv")) if value == "12345"]
    assert told
    assert all(text.startswith("≈") for text in told)
    pages = pypdfium2.PdfDocument(render(report, ".pdf"))
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    printed = re.findall(r"(.{0,2})12,345", text)
    assert printed
    assert all("≈" in before for before in printed)


KINDS = ("review", "kpi", "ranking", "deck")
PLACES = [("KR-27", 2019), ("KR-27", 2016), ("KR", 2013), (SEOUL, 2019), ("KR-50", 2023)]
"""Daegu with a contested count of consultations, places with rounded figures, one with few."""
SPOKEN = ("ko", "en", "ko", "en", "ko")
"""The language in which each place is looked at."""


def told(kind, region, year):
    metric = {"metric": "foreign_patients"} if kind == "ranking" else {}
    return {"region": region, "year": year, **metric}


@pytest.mark.parametrize(("place", "language"), list(zip(PLACES, SPOKEN, strict=True)))
def test_the_same_figure_has_the_same_marks_all_through_a_document(report, cells, place, language):
    seen = 0
    for kind in KINDS:
        found = defaultdict(set)
        for cell in cells(report(kind, language, **told(kind, *place))):
            if isinstance(cell.value, int | float) and len(cell.source_ids):
                printed = marked(cell)
                number = re.search(r"[0-9].*", printed)
                if number:
                    # The least of a sum is another figure than the one part that is known.
                    key = (number[0].rstrip("◆○△□ "), cell.source_ids, cell.is_lower_bound)
                    found[key].add(printed)
        seen += len(found)
        assert {key: texts for key, texts in found.items() if len(texts) > 1} == {}, kind
    assert seen


def test_consultations_of_erdenet_are_rounded_once_and_not_contested(report, cells):
    # 380 and 300 are both printed rounded: no exact figure contests, the dissent is said in words.
    for kind in ("review", "deck"):
        told_of = [cell for cell in cells(report(kind, "ko", region="KR-27", year=2019))
                   if cell.value == 380]  # fmt: skip
        assert told_of
        assert {marked(cell) for cell in told_of} == {"≈ 380명"}


def texts_of(content, suffix):
    """All that a file prints, without white space."""
    if suffix == ".pdf":
        pages = pypdfium2.PdfDocument(content)
        texts = [page.get_textpage().get_text_bounded() for page in pages]
    else:
        with ZipFile(io.BytesIO(content)) as archive:
            parts = [name for name in archive.namelist() if name.endswith(".xml")]
            texts = [
                text
                for name in parts
                for text in etree.fromstring(archive.read(name)).xpath(
                    ".//*[local-name() = 't']/text()"
                )
            ]
    return "".join("".join(texts).split())


def doubtful(report):
    """The figures of tables and tiles that are rounded or in doubt; charts print theirs bare."""
    return [
        cell
        for section in report.sections
        for block in section.blocks
        if not isinstance(block, ChartBlock)
        for _about, cell in cells_of(block)
        if cell.text.startswith("≈") or cell.evidence in DOUBTFUL
    ]


@pytest.mark.parametrize("suffix", [".pdf", ".pptx", ".hwpx"])
def test_every_mark_is_printed_in_every_file(report, suffix):
    composed = report("kpi", "ko", region="KR-27", year=2019)
    text = texts_of(render(composed, suffix), suffix)
    found = doubtful(composed)
    assert found
    assert [marked(cell) for cell in found if "".join(marked(cell).split()) not in text] == []


def test_every_mark_stands_beside_its_number_in_tables(report):
    composed = report("kpi", "ko", region="KR-27", year=2019)
    found = [cell for cell in doubtful(composed) if isinstance(cell.value, int | float)]
    printed = set(values_and_texts(render(composed, ".csv")))
    assert {cell.text for cell in found} <= {text for _value, text in printed}
    book = openpyxl.load_workbook(io.BytesIO(render(composed, ".xlsx")))
    numbers = defaultdict(list)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float):
                    beside = " ".join(str(other.value) for other in row if other.value)
                    numbers[float(cell.value)].append((cell.number_format, beside))
    for cell in found:
        places = numbers[float(cell.value)]
        assert places, cell
        if "≈" in cell.text:
            assert any("≈" in shape for shape, _beside in places), cell
        if sign(cell.evidence):
            assert any(sign(cell.evidence) in beside for _shape, beside in places), cell


def test_figure_text_takes_the_flags_of_the_column_it_prints():
    row = {
        "value": 380, "unit": "persons", "evidence": "contested", "is_approximate": True,
        "previous_value": 300, "previous_evidence": "settled", "is_previous_approximate": False,
        "share_pct": 1.25, "share_evidence": "provisional", "is_share_approximate": True,
        "grant_krw": 5_000_000, "is_grant_lower_bound": True,
    }  # fmt: skip
    with speaking("en"):
        assert figure_text(row, with_sign=True) == "≈ 380 persons ◆"
        assert figure_text(row, "previous_value", with_sign=True) == "300 persons"
        assert figure_text(row, "share_pct", "pct", with_sign=True) == "≈ 1.3% △"
        assert figure_text(row, "grant_krw", "krw", of="grant_") == "at least KRW 5 million"


@pytest.fixture(scope="module")
def patients(rough, record_settings):
    metric = read_catalogue(record_settings.queries)["foreign_patients"]
    return read_metric(rough, metric, SEOUL, 2019)


def test_judges_are_told_what_an_office_alone_handed_in(patients):
    (point,) = weak_points([replace(patients, evidence="self-reported")])
    assert point.text.startswith("지자체가 스스로 제출했고 아직 다른 출처에 실리지 않음: ")
    assert weak_points([replace(patients, evidence="settled")]) == []


def test_a_change_from_a_rounded_figure_is_rounded(patients):
    # 473,340 - 146,000 = 327,340, of which the 146,000 is rounded
    assert re.fullmatch(r"≈ 327,340\S* ?\S* \(≈ 224\.2%\)", change_words(patients)["change"])


def test_a_rate_of_rounded_figures_is_rounded_and_not_the_hundred_it_is_of():
    # 33 / 175 = 18.857 per 100
    row = {
        "from_stage": "consultations", "to_stage": "bookings", "event_count": 2, "per_100": 18.857,
        "from_value": 175, "to_value": 33, "unit": "persons", "approximate_count": 1,
        "dissent_count": 0, "source_ids": [],
    }  # fmt: skip
    for language, text in (("ko", "100명당 ≈ 18.9명"), ("en", "≈ 18.9 per 100 persons")):
        with speaking(language):
            assert text in conversion_chart((row,)).alt


@pytest.mark.parametrize("place", PLACES)
def test_charts_of_a_page_say_what_is_rounded_and_in_doubt(record, place):
    region, year = place
    here = {"region": region, "year": year}
    standing = record.ask("ranking", {"metric": "foreign_patients", "year": year}).rows
    context = QueryContext(record, record.current())
    block = standing_chart(context, context.metric("foreign_patients"), region, year)
    bars = ", ".join(marked(cell) for one in block.series for cell in one.cells)
    said = [(row, figure_text(row), bars) for row in standing]
    mixes = {
        "patients_by_nationality": mix_chart,
        "department_mix": department_chart,
        "institution_mix": institution_chart,
    }
    for question, draw in mixes.items():
        rows = record.ask(question, here).rows
        if any(row.get("part") != "rest" for row in rows):
            alt = draw(region, year, rows).alt
            said += [(row, figure_text(row, unit="persons"), alt) for row in rows if row["value"]]
    assert said
    for row, text, alt in said:
        assert text.startswith("≈") == row["is_approximate"]
        after = alt[alt.index(text) + len(text) :].split(", ")[0]
        assert row["evidence"] not in DOUBTFUL - {"approximate"} or sign(row["evidence"]) in after
