"""A sum of which a part was never published says so on every surface; joint grants are known."""

import csv
import io
import json

import openpyxl
import pytest

from dashboard.catalogue import read_catalogue
from dashboard.content.compare import difference_sentence
from dashboard.content.document import ChartBlock
from dashboard.content.readings import reading_notes, value_text
from dashboard.i18n import quantity_text, speaking
from dashboard.kpi import key_figures, read_metric
from dashboard.render.spreadsheet import answer_to_xlsx
from dashboard.render.tables import report_to_csv
from dashboard.render.workbook import report_to_xlsx
from dashboard.settings import settings

DAEGU, GYEONGBUK, BUSAN, JEONBUK = "KR-27", "KR-47", "KR-26", "KR-45"
YEARLY, SUM = "cluster_grant_krw", "cluster_grant_cumulative_krw"
MILLION = 1_000_000
AT_LEAST = {"ko": "10억 원 이상", "en": "at least KRW 1 billion"}
"""Daegu to 2019: 300 + 300 + 400 million, and the amount of 2014 was never published."""


def reading(record, metric, region, year):
    return read_metric(record, read_catalogue(settings().queries)[metric], region, year)


@pytest.mark.parametrize(
    ("region", "year", "value", "missing"),
    [
        (DAEGU, 2019, 300 + 300 + 400, 1),  # without 2014
        (DAEGU, 2022, 300 + 300 + 400, 2),  # without 2014 and 2022
        (BUSAN, 2023, 500, 2),  # without 2014 and 2022
        (BUSAN, 2025, 500, 4),  # nor the further years of its term, 2024 and 2025
        (JEONBUK, 2023, 500, 0),  # its first award, with its amount
        (JEONBUK, 2024, 500, 1),  # the second year of the term
    ],
)
def test_which_sums_are_lower_bounds(record, region, year, value, missing):
    row = record.ask("figure", {"metric": SUM, "region": region, "year": year}).first
    assert row["value"] == value * MILLION
    assert (row["unpublished_count"], row["is_lower_bound"]) == (missing, missing > 0)
    trend = record.ask("trend", {"metric": SUM, "region": region}).rows
    (of_year,) = (found for found in trend if found["year"] == year)
    assert of_year["is_lower_bound"] == row["is_lower_bound"]
    ranking = record.ask("ranking", {"metric": SUM, "year": year}).rows
    assert {found["region"]: found["is_lower_bound"] for found in ranking}[region] == (missing > 0)


def test_no_change_between_bounds_that_lack_different_parts(record):
    """2014 is missing from both 2018 and 2019; 2022 alone is missing from 2022."""
    asked = {"metric": SUM, "region": DAEGU}
    same = record.ask("figure", asked | {"year": 2019}).first
    assert (same["change"], same["change_pct"]) == (400 * MILLION, None)
    other = record.ask("figure", asked | {"year": 2022}).first
    assert (other["change"], other["change_pct"]) == (None, None)


def test_a_bound_of_the_cluster_line_is_one_on_the_funding_page_too(record):
    for line in record.ask("funding_cumulative").rows:
        if line["line"] == "cluster-line" and line["known_count"] and not line["is_joint"]:
            trend = record.ask("figure", {"metric": SUM, "region": line["region"], "year": 2026})
            assert trend.first["is_lower_bound"] == line["is_lower_bound"], line["region"]
            assert trend.first["value"] == line["cumulative_krw"]


@pytest.mark.parametrize("lang", AT_LEAST)
def test_every_surface_says_at_least(record, report, cells, lang):
    found = reading(record, SUM, DAEGU, 2019)
    with speaking(lang):
        said = AT_LEAST[lang]
        assert value_text(found) == said
        compared = report("compare", lang, region=DAEGU, year=2019, compare=BUSAN, metric=SUM)
        (chart,) = (
            block
            for section in compared.sections
            for block in section.blocks
            if isinstance(block, ChartBlock)
        )
        assert f"2019 {said}" in chart.alt
        apart = reading(record, SUM, BUSAN, 2023)
        assert not any(digit.isdigit() for digit in difference_sentence(found, apart))
    for kind in ("kpi", "review", "deck"):
        composed = report(kind, lang, region=DAEGU, year=2019)
        sums = [cell for cell in cells(composed) if cell.value == 1000 * MILLION]
        assert sums, kind
        assert {cell.text for cell in sums} == {said}, kind
        lines = list(csv.reader(io.StringIO(report_to_csv(composed).decode("utf-8-sig"))))
        assert {text for *_, value, text, _, _, _, _ in lines if value == "1000000000"} == {said}
        book = openpyxl.load_workbook(io.BytesIO(report_to_xlsx(composed)))
        formats = {
            cell.number_format
            for sheet in book
            for row in sheet
            for cell in row
            if cell.value == 1000 * MILLION
        }
        assert formats == {{"ko": '#,##0.####" 이상"', "en": '"at least "#,##0.####'}[lang]}
    ranked = report("ranking", lang, metric=SUM, year=2019, region=DAEGU)
    assert said in {cell.text for cell in cells(ranked)}


def test_the_table_behind_the_tiles_and_its_workbook_say_it(record):
    answer = key_figures([reading(record, SUM, DAEGU, 2019)])
    assert [row["is_lower_bound"] for row in answer.rows] == [True]
    with speaking("ko"):
        sheet = openpyxl.load_workbook(io.BytesIO(answer_to_xlsx(answer))).worksheets[0]
        heading, row = ([cell.value for cell in line] for line in sheet.iter_rows(max_row=2))
    assert dict(zip(heading, row, strict=True))["하한값 코드"] == "true"


@pytest.mark.parametrize(
    ("region", "ko", "en"),
    [
        (GYEONGBUK, "대구와 공동 5억 원", "jointly with Daegu: KRW 500 million"),
        (DAEGU, "경북과 공동 5억 원", "jointly with Gyeongbuk: KRW 500 million"),
    ],
)
def test_the_joint_grant_of_2023_is_known_and_added_to_nobody(record, report, region, ko, en):
    found = reading(record, YEARLY, region, 2023)
    assert (found.value, found.evidence) == (None, "no data")
    for lang, said in (("ko", ko), ("en", en)):
        with speaking(lang):
            assert said in reading_notes(record, found)
        for kind in ("kpi", "review"):
            composed = report(kind, lang, region=region, year=2023)
            assert said in json.dumps(
                [str(section) for section in composed.sections], ensure_ascii=False
            )
    rows = key_figures([found]).rows
    assert [(row["region"], row["value"]) for row in rows] == [
        (region, None), ("KR-27;KR-47", 500 * MILLION)
    ]  # fmt: skip
    total = record.ask("figure", {"metric": SUM, "region": region, "year": 2023}).first["value"]
    assert total == {GYEONGBUK: None, DAEGU: 1000 * MILLION}[region]  # 300 + 300 + 400


def test_a_bound_is_never_rounded_up():
    with speaking("en"):
        said = quantity_text(13_475_000_000, "krw", is_lower_bound=True)
    assert said == "at least KRW 13.475 billion"
