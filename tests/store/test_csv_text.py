"""CSV that leaves the product: no cell of it is computed by the program that opens it."""

import csv
import io
from dataclasses import replace

import pytest

from dashboard.content.compose import draft
from dashboard.render.tables import report_to_csv

NASTY = [f"{sign}1+1" for sign in ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r=", "\n=")]


@pytest.fixture(scope="module")
def report(record):
    return draft(record, "kpi", {"region": "KR", "year": 2019}, "en")


def cells(text):
    return {cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row}


@pytest.mark.parametrize("nasty", NASTY)
def test_an_answer_and_a_report_quote_the_same_texts(record, report, nasty):
    answer = record.ask("regions")
    rows = ({**answer.rows[0], answer.columns[0]: nasty},)
    titled = report_to_csv(replace(report, title=nasty)).decode("utf-8-sig")
    for text in (replace(answer, rows=rows).to_csv(), titled):
        said = cells(text)
        assert "'" + nasty.replace("\r", "\n") in said
        assert nasty not in said


def test_a_carriage_return_within_a_text_begins_no_row(record):
    answer = record.ask("regions")
    rows = ({**answer.rows[0], answer.columns[0]: "a\r=1+1"},)
    text = replace(answer, rows=rows).to_csv()
    assert "a\n=1+1" in cells(text)
    assert "=1+1" not in cells(text)


def test_numbers_stay_numbers(record):
    answer = record.ask("regions")
    rows = ({**dict.fromkeys(answer.columns), answer.columns[0]: -2.5, answer.columns[1]: True},)
    assert replace(answer, rows=rows).to_csv().splitlines()[1].startswith("-2.5,true")
