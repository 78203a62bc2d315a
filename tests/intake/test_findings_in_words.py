"""A finding says the place, what is wrong and what to do, in plain words."""

import pytest

from dashboard.__main__ import main

HEAD = "지표,연도,지역,수치,단위\n"
GOOD = "외국인환자 수,2031,대구,31183,명\n"


@pytest.fixture
def found(door, without_trial):
    """(line, value, rule, expected) of the errors of a text."""

    def one(text, table="observations"):
        checked = door.check(door.read(table, "a.csv", text.encode()), "Kim")
        return [(f.line, f.value, f.rule, f.expected) for f in checked.findings]

    return one


@pytest.mark.parametrize(
    ("lines", "line", "rule", "expected"),
    [
        # The fourth cell of line 3 begins with the quote.
        (GOOD + '외국인환자 수,2032,서울,"77,명\n', 3, "quote-open", "D3"),
        ('"외국인환자 수,2032,서울,77,명\n' + GOOD, 2, "quote-open", "A2"),
        # What follows is more than a reader takes into one cell: 131,072 letters.
        ('외국인환자 수,"2032,서울,77,명\n' + GOOD * 9000, 2, "quote-open", "B2"),
        (GOOD + '외국인환자 수,2032,"대구"시,77,명\n', 3, "quote-within", "3"),
    ],
)
def test_a_broken_quote_is_shown_where_it_opens(found, lines, line, rule, expected):
    assert found(HEAD + lines) == [(line, "", rule, expected)]


@pytest.mark.parametrize("number", ["31,183", "'31,183'", "'31,183", "‘31,183’"])
def test_a_number_that_its_comma_cut_in_two_is_said(found, number):
    text = HEAD + GOOD + f"외국인환자 수,2032,부산,{number},명\n"
    assert found(text) == [(3, number, "width-number", "31183")]


def test_a_file_whose_only_row_was_cut_is_not_said_to_be_empty(found):
    text = HEAD + "외국인환자 수,2032,부산,31,183,명\n"
    assert found(text) == [(2, "31,183", "width-number", "31183")]


def test_a_row_that_is_too_long_without_such_a_number_is_said_as_before(found):
    text = HEAD + GOOD + "외국인환자 수,2032,부산,31183,명,a\n"
    assert found(text) == [(3, "6", "width", "5")]


def test_a_number_out_of_range_names_its_metric_and_the_range(door, without_trial):
    text = HEAD + "외국인환자 수,2031,대구,1000000001,명\n진료수입,2031,대구,9999,원\n"
    checked = door.check(door.read("observations", "a.csv", text.encode()), "Kim")
    assert [(f.line, f.rule, f.expected) for f in checked.warnings] == [
        (2, "far-number", "Foreign patients 0 ~ 1,000,000,000"),
        (3, "tiny-money", "Treatment revenue from foreign patients 10,000 ~ 1,000,000,000,000,000"),
    ]


def test_the_help_of_the_command_lists_every_kind_of_file(capsys):
    main(["intake", "--help"])
    shown = " ".join(capsys.readouterr().out.split())
    for kind in ("CSV", "tab text", "UTF-16", "CP949", "XLSX", "XLS", "XLSB", "ODS", "HWPX",
                 "HTML", "Parquet"):  # fmt: skip
        assert kind in shown
