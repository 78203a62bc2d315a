"""A rounded figure that is provisional too: both marks go with it wherever it is printed."""

import csv
import io
import re
from types import SimpleNamespace

import pypdfium2
import pytest

from dashboard.charts.ranking import ranking_chart
from dashboard.exports.footnotes import cells_of, marked
from dashboard.exports.formats import render
from dashboard.reports.compose import draft
from dashboard.reports.findings import patients_finding, ranking_finding

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

    return SimpleNamespace(ask=ask)


def test_the_former_figure_of_the_headline_keeps_its_mark(asked):
    # 473,340 / 146,000 = 3.2421, which is +224.2 %
    row = asked.ask("figure", region=SEOUL).first
    sentence = patients_finding(SEOUL, 2019, row, ())
    assert "+224.2%" in sentence
    assert "≈ 146,000" in sentence


def test_the_ranking_says_rounded_and_provisional(asked):
    rows = asked.ask("ranking").rows
    chart = ranking_chart(BUSAN, 2019, rows)
    (bar,) = (text for text in chart.figure.data[0].text if "12,345" in text)
    assert re.fullmatch(r"≈ 12,345\S* ?\S* △", bar)
    assert "≈ 12,345" in ranking_finding(BUSAN, 2019, rows)
    assert re.search(r"≈ 12,345\S* ?\S* △", chart.alt)


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
    lines = csv.DictReader(io.StringIO(render(report, ".csv").decode("utf-8-sig"), newline=""))
    told = [line for line in lines if line["value"] == "12345"]
    assert told
    assert all(line["text"].startswith("≈") for line in told)
    pages = pypdfium2.PdfDocument(render(report, ".pdf"))
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    printed = re.findall(r"(.{0,2})12,345", text)
    assert printed
    assert all("≈" in before for before in printed)
