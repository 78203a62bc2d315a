"""What a file holds that its reader may not see is named, and never read in silence."""

import io

import openpyxl
import pytest

from dashboard.intake.content import Content
from dashboard.intake.formats.delimited import read_delimited, text_of
from dashboard.intake.sheets import CannotRead

HEADER = ["지표", "연도", "지역", "수치"]
ROW = ["외국인환자 수", 2032, "대구", 31183]
EVENTS = ["행사명", "추진 지역", "행사 유형", "시작일", "개최 국가"]


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


@pytest.fixture
def read(door, without_trial):
    def checked(content, table="observations"):
        return door.receive(table, "a.xlsx", content, "Kim", dry_run=True)[0]

    return checked


def told(findings):
    return [(one.line, one.column, one.rule, one.expected) for one in findings]


def test_errors_in_cells_are_found_where_the_column_is_read(read):
    book = workbook([*HEADER, "딴 열"], [*ROW[:3], "#REF!", "#N/A"], [*ROW[:3], "=A1", 1])
    checked = read(saved(book))
    assert told(checked.findings) == [
        (2, "Value", "error-value", "D2"),
        (3, "Value", "formula-empty", "D3"),
        (3, "", "same-row", "2"),
    ]
    assert [one.value for one in checked.findings[:2]] == ["#REF!", "=A1"]


def test_a_visible_column_wins_over_a_hidden_one_of_the_same_thing(read):
    book = workbook([*HEADER[:3], "값", "수치"], [*ROW[:3], 1, 31183])
    book.active.column_dimensions["D"].hidden = True
    checked = read(saved(book))
    assert checked.findings == ()
    assert [row["value"] for row in checked.rows.to_pylist()] == ["31183"]
    assert told(checked.warnings) == [(1, "", "hidden-columns-unread", "D")]


def test_a_hidden_column_that_nothing_else_says_is_read_and_named(read):
    book = workbook(HEADER, ROW)
    book.active.column_dimensions["B"].hidden = True
    checked = read(saved(book))
    assert checked.findings == ()
    assert told(checked.warnings) == [(1, "", "hidden-columns", "B")]


def test_hidden_rows_are_named_as_ranges_and_those_above_the_header_are_not(read):
    book = workbook(["제목"], HEADER, *([*ROW[:1], 2032 + n, *ROW[2:]] for n in range(5)))
    for line in (1, 3, 5, 6):
        book.active.row_dimensions[line].hidden = True
    assert told(read(saved(book)).warnings) == [(2, "", "hidden-lines", "3, 5–6")]


def test_a_table_on_a_hidden_sheet_alone_is_not_read(read):
    book = workbook(["안내"])
    book.create_sheet("자료").append(HEADER)
    book["자료"].append(ROW)
    book["자료"].sheet_state = "hidden"
    assert told(read(saved(book)).findings) == [(0, "", "hidden-sheet", "자료")]


def test_the_hidden_sheet_is_read_when_it_is_asked_for(door, without_trial):
    book = workbook(HEADER, ROW)
    book.create_sheet("자료").append(HEADER)
    book["자료"].append([*ROW[:3], 5])
    book["자료"].sheet_state = "hidden"
    delivery = door.read("observations", "a.xlsx", saved(book), sheet="자료")
    assert [row.cells[3] for row in delivery.rows] == ["5"]


@pytest.mark.parametrize(
    ("is_1904", "day", "warned"),
    [
        (False, "2027-11-27", "D2 46718 → 2027-11-27"),
        # 1,462 days later: four years with one leap day, and the day that 1900 did not have.
        (True, "2031-11-28", "D2 46718 → 2031-11-28"),
    ],
)
def test_bare_numbers_of_days_in_a_column_of_dates(read, is_1904, day, warned):
    book = workbook(EVENTS, ["팸투어 가", "대구", "팸투어", 46718, "대한민국"])
    if is_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    checked = read(saved(book), "events")
    assert checked.findings == ()
    assert [row["start_date"] for row in checked.rows.to_pylist()] == [day]
    assert told(checked.warnings) == [(1, "", "day-numbers", warned)]


def test_a_number_that_is_no_day_of_our_time_is_no_date(read):
    """20255 would be 1955-06-15."""
    book = workbook(EVENTS, ["팸투어 가", "대구", "팸투어", 20255, "대한민국"])
    (finding,) = read(saved(book), "events").findings
    assert (finding.rule, finding.value) == ("date", "20255")


def test_an_amount_whose_unit_stands_in_the_number_format(read):
    book = workbook(
        ["지역", "연도", "사업", "항목", "재원", "예산액"],
        ["대구", 2032, "클러스터", "팸투어", "국비", 98000],
    )
    book.active["F2"].number_format = '#,##0"천원"'
    checked = read(saved(book), "funding_lines")
    assert checked.findings == ()
    assert [row["budgeted_krw"] for row in checked.rows.to_pylist()] == ["98000000"]


def sheet_of(content):
    text = text_of(content[: 1 << 20], len(content) <= 1 << 20)
    return text, [line.cells for line in read_delimited(Content(content), text).lines]


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp949", "CP949"),
        ("utf-8-sig", "UTF-8 with BOM"),
    ],
)
def test_text_in_all_encodings_in_use(encoding, shown):
    content = "지표\t연도\r\n똠방각하 수\t2032\r\n".encode(encoding)
    if encoding == "utf-16-be":
        content = b"\xfe\xff" + content
    text, rows = sheet_of(content)
    assert (text.shown, text.delimiter) == (shown, "\t")
    assert rows == [("지표", "연도"), ("똠방각하 수", "2032")]


@pytest.mark.parametrize(
    ("above", "below", "line"),
    [("utf-8", "cp949", 30_001), ("cp949", "utf-8", 30_001), ("utf-8", "utf-8-sig", 0)],
)
def test_another_encoding_far_below(above, below, line):
    """Beyond the first megabyte, by which the encoding was told."""
    content = "외국인환자 수,2032,대구,1\n".encode(above) * 30_000
    content += "환자 수,2,구,1\n".encode(below)
    if not line:
        assert len(sheet_of(content)[1]) == 30_001
        return
    with pytest.raises(CannotRead) as refused:
        sheet_of(content)
    assert (refused.value.rule, refused.value.line) == ("encoding-mixed", line)


@pytest.mark.parametrize(
    "words", ["지표,연도,지역\n환자 수,2032,대구\n", "행사명,시작일\n팸투어,2031\n"]
)
def test_johab_is_never_read_as_other_letters(words):
    with pytest.raises(CannotRead, match="encoding-johab"):
        sheet_of(words.encode("johab"))
    assert sheet_of(words.encode("cp949"))[1][0] == tuple(words.splitlines()[0].split(","))


def test_a_few_letters_that_are_rare_do_not_make_a_text_johab():
    """Hanja, signs and syllables beyond those of daily use, as in names of places and brands."""
    assert sheet_of("區分,㎡,㈜,뷁,똠\n".encode("cp949"))[1] == [("區分", "㎡", "㈜", "뷁", "똠")]


def test_blank_columns_at_the_end_are_none():
    found = sheet_of(b"a,b,,\n1,2\n,,,\n3,4,,\n")[1]
    assert found == [("a", "b"), ("1", "2"), ("", ""), ("3", "4")]
