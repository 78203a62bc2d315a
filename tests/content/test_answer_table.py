"""The rows behind a block as colleagues read them, on the page and in files of another program."""

import csv
import io
from dataclasses import replace

import openpyxl
import pandas
import pytest

from dashboard.content.answer_table import answer_table, without_empty_ends
from dashboard.i18n import speaking
from dashboard.render.file_names import answer_name
from dashboard.render.spreadsheet import answer_to_xlsx
from dashboard.render.tables import table_to_csv
from dashboard.settings import settings
from dashboard.store.question import Layer

CODES = {
    "institution_id": "kyungpook-national-university-hospital",
    "programme": "mct-cluster",
    "region": "KR-27",
}


NAMES = sorted(Layer(settings().queries / "questions").keys() - {"agreement_parties"})
"""Of agreements the former record has none to ask for."""


def cells(table, column):
    at = [one.name for one in table.columns].index(column)
    return [row[at] for row in table.rows]


def test_figures_have_their_separators_units_and_marks_and_codes_their_names(record):
    answer = record.ask("claims", {"metric": "foreign_patients", "region": "KR-27", "year": 2016})
    table = answer_table(answer)
    assert "21,100명" in {cell.text for cell in cells(table, "value")}
    assert {cell.text for cell in cells(table, "publisher")} >= {"매일신문"}
    shown = " ".join(cell.text for row in table.rows for cell in row)
    assert "None" not in shown
    assert "imaeil2017" not in shown
    assert {column.name for column in table.columns}.isdisjoint({"claim_id", "source_id", "unit"})
    # Columns without anything in them are said, not shown.
    assert "국적" not in [column.label for column in table.columns]
    assert "국적" in table.note


def test_codes_stand_at_the_end_of_files_and_nothing_is_lost(record):
    answer = record.ask("events", {"region": "KR-27"})
    table = answer_table(answer, with_codes=True)
    names = [column.name for column in table.columns]
    codes = names[names.index("event_id") :]
    assert {"owner_region", "event_type", "source_ids", "event_id"} <= set(codes)
    assert len(table.rows) == len(answer.rows)
    for row, line in zip(answer.rows, table.rows, strict=True):
        assert line[names.index("event_id")].value == row["event_id"]
        assert line[-1].value == ";".join(row["source_ids"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949"])
def test_pandas_reads_the_csv_as_figures_under_korean_headings(record, encoding):
    answer = record.ask("trend", {"metric": "foreign_patients", "region": "KR-27"})
    kept = encoding.removesuffix("-sig")
    content = table_to_csv(answer_table(answer, with_codes=True), kept)
    frame = pandas.read_csv(io.BytesIO(content), encoding=encoding)
    # 31,183 patients of Daegu in 2019 (the ministry).
    assert frame.loc[frame["연도"] == 2019, "값(명)"].tolist() == [31183]
    assert content.startswith(b"\xef\xbb\xbf") == (kept == "utf-8")
    publishers = frame.loc[frame["연도"] == 2019, "출처"].item()
    assert "매일신문" in publishers
    assert frame.columns[-1] == "출처 ID"


def test_openpyxl_reads_the_workbook_as_figures(record):
    answer = record.ask("trend", {"metric": "foreign_patients", "region": "KR-27"})
    book = openpyxl.load_workbook(io.BytesIO(answer_to_xlsx(answer)))
    headings, *rows = book.worksheets[0].iter_rows(max_row=len(answer.rows) + 1)
    at = {cell.value: place for place, cell in enumerate(headings)}
    found = next(row for row in rows if row[at["연도"]].value == 2019)
    assert found[at["값(명)"]].value == 31183
    assert "#,##0" in found[at["값(명)"]].number_format


@pytest.mark.parametrize("code", ["ko", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_question_reads_without_none_ids_and_bare_column_names(record, needed, name, code):
    question = record.questions()[name]
    takes = {parameter.name for parameter in question.parameters if parameter.required}
    given = needed(question, **{one: CODES[one] for one in takes & set(CODES)})
    answer = record.ask(name, given)
    with speaking(code):
        table = answer_table(answer)
        whole = answer_table(answer, with_codes=True)
        rows = list(csv.reader(io.StringIO(table_to_csv(whole).decode("utf-8-sig"), newline="")))
    ids = {one for row in answer.rows for one in row.get("source_ids") or ()}
    for row in table.rows:
        for cell in row:
            assert cell.text not in ("None", "True", "False")
            assert cell.text not in ids
    unnamed = [c.label for c in whole.columns if c.label == c.name and "_" in c.name]
    assert not unnamed
    assert len(rows) == len(without_empty_ends(answer).rows) + 1


def test_a_count_of_claims_or_publishers_has_no_mark(record):
    """Daegu 2024 stands in one source: its figure has the mark, the 0 that differ have none."""
    answer = record.ask("trend", {"metric": "foreign_patients", "region": "KR-27"})
    table = answer_table(answer)
    (row,) = (place for place, one in enumerate(cells(table, "year")) if one.value == 2024)
    assert cells(table, "value")[row].evidence == "single source"
    for column in table.columns:
        if column.name.endswith(("_count", "printed_by")):
            assert cells(table, column.name)[row].evidence is None


def test_years_without_a_figure_at_the_ends_are_left_out_of_page_files_and_name(small_record):
    """Of 2010 to 2014 only 2011 and 2013 have a figure: 2012 between them is a gap."""
    record = small_record(
        {
            "sources": [{"source_id": "paper"}],
            "observations": [
                {"source_id": "paper", "year": "2011", "value": "5"},
                {"source_id": "paper", "year": "2013", "value": "7"},
            ],
        }
    )
    answer = record.ask("trend", {"metric": "foreign_patients", "region": "KR-27"})
    (first,) = (row for row in answer.rows if row["year"] == 2011)
    empty = first | {"value": None, "evidence": "no data"}
    rows = (empty | {"year": 2010}, *answer.rows, empty | {"year": 2014})
    longer = replace(answer, rows=rows)
    table = answer_table(longer)
    assert [cell.value for cell in cells(table, "year")] == [2011, 2012, 2013]
    assert "2010, 2014" in table.note
    content = table_to_csv(answer_table(longer, with_codes=True), "utf-8").decode("utf-8-sig")
    assert [row["연도"] for row in csv.DictReader(io.StringIO(content))] == ["2011", "2012", "2013"]
    assert answer_name(longer, "", "", ".csv") == "대구_외국인환자_2011-2013.csv"
    book = openpyxl.load_workbook(io.BytesIO(answer_to_xlsx(longer)))
    found = (cell.value for row in book.worksheets[0].iter_rows() for cell in row)
    years = [one for one in found if one in range(2000, 2030)]
    assert years == [2011, 2012, 2013]


def test_an_answer_without_any_figure_keeps_its_years(record):
    answer = record.ask("trend", {"metric": "foreign_patients", "region": "KR-27"})
    rows = tuple(row | {"value": None, "evidence": "no data"} for row in answer.rows)
    nothing = replace(answer, rows=rows)
    assert without_empty_ends(nothing) is nothing


def test_a_range_is_a_figure(record):
    ranges = record.ask("bounds")
    assert any(row["value"] is None for row in ranges.rows)
    assert without_empty_ends(ranges) is ranges
