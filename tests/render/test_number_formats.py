"""Formats of figures in a sheet: no text that would stay when the cell changes."""

from dashboard.content.document import Cell
from dashboard.render.number_formats import cell_format


def test_a_change_takes_its_arrow_from_the_value():
    # 31,183 - 17,745 = 13,438, which is 75.7 % of 17,745: the per cent would not follow the cell.
    cell = Cell("▲ 13,438 persons (75.7%)", 13438, "settled", ())
    shape = '#,##0" persons"'
    assert cell_format(cell) == f'"▲ "{shape};"▼ "{shape};{shape}'
    rounded = Cell("▼ ≈ 13,438 persons", -13438, "approximate", ())
    shape = '"≈ "#,##0" persons"'
    assert cell_format(rounded) == f'"▲ "{shape};"▼ "{shape};{shape}'


def test_a_fall_is_a_number_with_its_arrow():
    cell = Cell("▼ 2.1%p", -2.1, "settled", ())
    assert cell_format(cell) == '"▲ "#,##0.0"%p";"▼ "#,##0.0"%p";#,##0.0"%p"'


def test_a_target_leaves_out_what_was_reached_of_it():
    assert cell_format(Cell("25,000명 (124.7%)", 25000, "settled", ())) == '#,##0"명"'


def test_a_plus_is_the_sign_of_the_value_and_no_letter_of_the_format():
    # A frozen plus printed "-+5명" once the cell had turned negative.
    shape = '#,##0"명"'
    for text, value in (("+13,438명 (+75.7%)", 13438), ("-5명 (-0.1%)", -5), ("+5명", 5)):
        assert cell_format(Cell(text, value, "settled", ())) == f"+{shape};-{shape};{shape}"
    rounded = Cell("≈ +327,340명 (≈ +224.2%)", 327340, "approximate", ())
    mark = '"≈ "'
    assert cell_format(rounded) == f"{mark}+{shape};{mark}-{shape};{mark}{shape}"


def test_no_change_is_printed_as_its_text():
    shape = '#,##0"명"'
    assert cell_format(Cell("±0명", 0, "settled", ())) == f'+{shape};-{shape};"±"{shape}'
