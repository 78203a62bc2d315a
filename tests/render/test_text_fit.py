"""Any text and any table in any room: nothing is lost, nothing is too wide."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.content.document import Column
from dashboard.render.table_fit import pages
from dashboard.text_metrics import clipped, text_width, wrapped

TEXTS = st.text(st.sampled_from("가나다 abcW19.,()-\n각"), max_size=60)


@given(TEXTS, st.floats(40, 400), st.sampled_from([14.0, 28.0]))
def test_wrapped_lines_fit_and_lose_no_letter(text, width, size):
    lines = wrapped(text, width, size)
    assert all(text_width(line, size) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXTS, st.floats(60, 300), st.integers(1, 3))
def test_a_clipped_text_needs_no_more_lines_than_told(text, width, most):
    shown = clipped(text, width, 16, most)
    assert len(wrapped(shown, width, 16)) <= most
    assert shown == text or "…" in shown


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=12))
def test_pages_of_a_table_fit_and_hold_everything(texts):
    columns = [Column("a", "가"), Column("b", "b", True), Column("c", "c c")]
    laid = pages(columns, texts, 400, 160, (18.0, 14.0), 1.34)
    found = {}
    for page in laid:
        assert sum(page.widths) <= 400 + 1e-6
        assert sum(page.heights) <= 160 + 1e-6
        for origin, row in zip(page.origins, page.rows, strict=True):
            for column, text in zip(page.columns, row, strict=True):
                if column or page.columns == laid[0].columns:
                    found[origin, column] = found.get((origin, column), "") + text
    for origin, row in enumerate(texts):
        for column, text in enumerate(row):
            assert "".join(found[origin, column].split()) == "".join(text.split())
