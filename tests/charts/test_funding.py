"""What the charts of funding say: no zero for the unpublished, contested amounts marked."""

import pytest

from dashboard.charts.bar_rows import Bar, BarRow, bar_rows, name_lines
from dashboard.i18n import use_language
from dashboard.text_metrics import SCREEN_BOLD, text_width


@pytest.fixture(autouse=True)
def _english():
    use_language("en")
    yield
    use_language("ko")


def test_rows_never_overlap():
    rows = [BarRow("word " * length, (Bar(1, "1", "#000"),) * bars) for length, bars in
            ((1, 1), (30, 2), (5, 3), (60, 0))]  # fmt: skip
    figure = bar_rows(rows)
    tops = [note.y for note in figure.layout.annotations if note.xref == "paper"]
    places = sorted([*tops, *(bar.y[0] for bar in figure.data)])
    assert len(set(places)) == len(places)
    assert figure.layout.height >= figure.layout.yaxis.range[0]


@pytest.mark.parametrize("text", ["가 " * 80, "a longword " * 20, "x" * 200, ""])
def test_wrapping_keeps_every_letter_and_no_line_is_wider_than_a_telephone(text):
    lines = name_lines(text)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, 14, SCREEN_BOLD) <= 310 for line in lines)
