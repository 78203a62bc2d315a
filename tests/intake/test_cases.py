"""Files as they come, each with its right outcome: read as meant, or refused for its own reason."""

from pathlib import Path

import pytest

CASES = Path(__file__).with_name("cases")
DAEGU = "KR-27"


@pytest.fixture
def read(door, without_trial):
    """Reads and checks one of the cases, found by its number and suffix."""

    def checked(key, table="observations"):
        (path,) = [one for one in CASES.iterdir() if one.match(key)]
        done, _ = door.receive(table, path.name, path, "Kim", dry_run=True)
        return done

    return checked


def cells(checked, *columns):
    return [tuple(row[column] for column in columns) for row in checked.rows.to_pylist()]


@pytest.mark.parametrize(
    ("key", "rows", "warned"),
    [
        (
            "05-*",
            [(DAEGU, "2032", "31395"), ("KR-30", "2032", "1355"), ("KR-11", "2032", "794")],
            [],
        ),
        ("14-*", [(DAEGU, "2032", "31183")], []),
        ("15-*", [(DAEGU, "2032", "31183")], ["read-as"]),
        ("18-*", [(DAEGU, "2032", "31183")], ["read-as"]),
        (
            "20-*",
            [(DAEGU, "2032", "31183"), (DAEGU, "2033", "999"), (DAEGU, "2034", "998"),
             (DAEGU, "2035", "31186")],
            ["hidden-lines"],
        ),
        ("22-*", [(DAEGU, "2032", "31183")], []),
        ("25-*", [(DAEGU, "2032", "31183")], []),
        ("27-*", [(DAEGU, "2032", "31183")], ["hidden-sheets"]),
        ("37-*", [(DAEGU, "2032", "31183"), (DAEGU, "2033", "31184")], []),
        ("38-*", [(DAEGU, "2032", "31183"), (DAEGU, "2033", "31184")], []),
        ("45-*", [(DAEGU, "2032", "31183")], []),
        ("46-*", [(DAEGU, "2032", "31183")], []),
        ("48-*", [(DAEGU, "2032", "3.2")], ["new-code"]),
    ],
)  # fmt: skip
def test_a_file_that_is_read_as_it_was_meant(read, key, rows, warned):
    checked = read(key)
    assert checked.findings == ()
    assert cells(checked, "region", "year", "value") == rows
    told = [warning.rule for warning in checked.warnings if warning.rule != "beside-years"]
    assert told == warned


@pytest.mark.parametrize("key", ["12-*", "12b-*"])
def test_days_counted_from_1904(read, key):
    checked = read(key, "events")
    assert checked.findings == ()
    assert cells(checked, "start_date") == [("2031-11-28",)]


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("11-*", [(3, "Region", "required", "")]),
        ("21-*", [(2, "Value", "formula-empty", "D2")]),
        ("33-*", [(2, "Value", "number", ""), (2, "Unit", "required", "")]),
        (
            "34-*",
            [
                (15, "", "same-row", "14"),
                (21, "", "same-row", "4"),
                (22, "", "same-row", "4"),
                (23, "Region", "code", ""),
                (24, "Region", "code", ""),
                (25, "Region", "code", ""),
            ],
        ),
        ("40-*", [(0, "", "format-no-table", "HWPX")]),
        ("40b*", [(0, "", "format-hwp", "HWP")]),
        ("40c*", [(0, "", "format-pdf", "PDF")]),
        ("41-*", [(0, "", "format-archive", "observations.csv")]),
        ("42-*", [(2, "Value", "number", "")]),
        ("50-*", [(3, "", "encoding-mixed", "UTF-8 / CP949")]),
        ("51-*", [(0, "", "encoding-johab", "UTF-8 / CP949")]),
        ("70-far-cell-A.*", [(1048576, "", "far-cell", "A1048576")]),
        ("70-far-cell-D.*", [(1048576, "", "far-cell", "D1048576")]),
        ("70-far-cell-J.*", [(1048576, "", "far-cell", "J1048576")]),
        ("70-far-cell-X*", [(1048576, "", "far-cell", "XFD1048576")]),
        ("71-*", [(0, "", "text-size", "100,000,000")]),
    ],
)
def test_a_file_that_is_refused_for_its_own_reason(read, key, found):
    checked = read(key)
    told = [
        (one.line, one.column, one.rule, expected and one.expected)
        for one, (*_, expected) in zip(checked.findings, found, strict=True)
    ]
    assert told == found
    assert checked.delivery.headers == () or "" not in checked.delivery.headers


def test_a_cell_without_an_index_is_blank_and_never_the_first_text_of_the_file(read):
    assert cells(read("11-*"), "year", "region", "note") == [
        ("2032", DAEGU, None),
        ("2033", None, "셋째"),
    ]


def test_numbers_in_all_spellings_are_read_as_they_were_meant_or_found(read):
    checked = read("32-*")
    broken = {finding.line for finding in checked.findings}
    read_as = {line: value for line, value in cells(checked, "line", "value") if line not in broken}
    # 약, 여, 1.234,5, 31,18, won for persons, 1,23,456, 三千
    assert broken >= {5, 6, 9, 11, 16, 18, 20}
    meant = {2: "2345", 3: "12000", 4: "31183", 7: "31183", 10: "31183", 12: "31000", 13: "3000",
             15: "31000", 17: "31183", 19: "31"}  # fmt: skip
    assert {line: read_as[line] for line in meant} == meant


def test_regions_in_all_spellings(read):
    regions = {region for _, region in cells(read("34-*"), "line", "region")}
    codes = {"KR", "KR-11", *(f"KR-{number}" for number in (*range(26, 32), *range(41, 51)))}
    assert codes <= regions


def test_fractions_that_calculating_left_behind(read):
    assert cells(read("58-*"), "value")[0] == ("31183",)


def test_a_name_in_single_letters_is_shown_in_syllables(read):
    assert read("22-*").delivery.name == "22-대구외국인환자.csv"
