"""The flat CSV, read by Python's csv."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.content.document import Paragraph, Section
from dashboard.content.report import Report, Stamp
from dashboard.errors import UsageError
from dashboard.i18n import label, use_language
from dashboard.render.tables import report_to_csv
from tests.render.conftest import NASTY, clean

HEADER = {
    "ko": "구분 제목,표 제목,번호,행,열,값,표기,근거,출처,근거 코드,출처 ID",
    "en": "Section,Title of the table,No.,Row,Column,Value,As printed,Evidence,Publishers"
    ",Evidence (code),Sources",
}
NAMES = ["section", "table", "row", "name", "column", "value", "text", "said", "publishers"]
NAMES += ["evidence", "sources"]


def read(content, encoding="utf-8-sig"):
    """The lines below the headings, which are in the language of the report."""
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline=""), NAMES))[1:]


def test_every_cell_of_a_table_is_a_line(report):
    table = report.sections[1].blocks[0]
    lines = [line for line in read(report_to_csv(report)) if line["table"] == table.title]
    *cells, note = lines
    assert len(cells) == 8 * 3
    # How the table is read stands below it, and is no formula.
    assert (note["row"], note["text"]) == ("", "'" + table.note)
    names = {source.source_id: source.publisher for source in report.sources}
    use_language(report.stamp.language)
    contested = next(line for line in lines if line["evidence"] == "contested")
    assert contested == {
        "section": report.sections[1].title,
        "table": table.title,
        "row": "4",
        "name": table.rows[3][0].text,
        "column": table.columns[1].label,
        "value": "31183",
        "text": table.rows[3][1].text,
        "said": label("evidence", "contested"),
        "publishers": ", ".join(names[one] for one in ("moh", "paper")),
        "evidence": "contested",
        "sources": "moh;paper",
    }
    missing = next(line for line in lines if line["evidence"] == "no data")
    assert missing["value"] == ""
    assert missing["text"] == table.rows[2][1].text


def test_key_figures_charts_maps_and_texts_are_there(report):
    lines = read(report_to_csv(report))
    chart = report.sections[0].blocks[1]
    figures = [
        line["value"]
        for line in lines
        if line["table"] == chart.title and line["column"] == chart.series[0].name
    ]
    assert figures == ["27574", "21867", "", "31183", "0"]
    assert any(line["value"] == "43.24" for line in lines)
    assert any(line["text"] == "무엇을?" for line in lines)
    assert any(line["text"] == "ED-7K2Q" for line in lines)
    assert any(line["text"] == "https://example.kr/b" for line in lines)


def test_it_begins_with_a_byte_order_mark_and_the_names(report):
    content = report_to_csv(report)
    assert content.startswith(b"\xef\xbb\xbf" + HEADER[report.stamp.language].encode())


def test_no_text_is_taken_for_a_formula(report):
    rows = list(csv.reader(io.StringIO(report_to_csv(report).decode("utf-8-sig"), newline="")))
    for row in rows:
        assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in row)
        # Of the cells that begin with a minus only numbers may.
        assert all(float(cell) < 0 for cell in row if cell.startswith("-"))
    texts = {cell for row in rows for cell in row}
    for text in NASTY:
        kept = clean(text)
        assert kept in texts or "'" + kept in texts


def test_cp949_says_what_it_replaced(korean):
    lines = read(report_to_csv(korean, "cp949"), "cp949")
    # CP949 has ≒ but not ≈, and no replacement character.
    assert any(line["text"] == "≒ 21,867명" for line in lines)
    assert any(line["text"] == "a[U+FFFD]b[U+FFFD]c" for line in lines)
    told = [line["text"] for line in lines if line["column"] == "CP949"]
    assert told == [
        "CP949에 없는 문자 U+2013: - 표기로 바꿈",
        "CP949에 없는 문자 U+2248: ≒ 표기로 바꿈",
        "CP949에 없는 문자 U+FFFD: [U+FFFD] 표기로 바꿈",
    ]


@given(st.text(max_size=60))
def test_cp949_never_loses_a_character_in_silence(text):
    stamp = Stamp("E", "b", 1, "2026-11-20", "en", "x", "2026-11-21T00:00:00+00:00")
    report = Report("kpi", "t", "", (Section("s", (Paragraph(text),)),), (), stamp)
    plain = read(report_to_csv(report))
    korean = read(report_to_csv(report, "cp949"), "cp949")
    assert korean[0]["text"].count("?") == plain[0]["text"].count("?")
    changed = korean[0]["text"] != plain[0]["text"]
    assert changed == any(line["column"] == "CP949" for line in korean)


def test_another_encoding_is_refused(korean):
    with pytest.raises(UsageError):
        report_to_csv(korean, "euc-kr")


def test_the_same_report_gives_the_same_bytes_in_any_process(digests):
    assert digests(report_to_csv, 1) == digests(report_to_csv, 2)
