"""Texts of data in labels: shown as they stand, and read out without backslashes."""

import pytest

from dashboard.render.screen.markdown import literal


@pytest.mark.parametrize(
    "label",
    [
        "외국인환자 수(명) – 2,000명",
        "Patients (persons): 1,234.5 [total] / year",
        "“서울” 열의 단위가 다르면",
        "3~12월 실적*",
        "metric_id = 2024-01, −3.5%, -4 #1",
        "100% & 50$, 10:30",
        "1.5 (9)",
    ],
)
def test_a_label_without_markup_reaches_screen_readers_as_it_is_written(label):
    assert literal(label) == label


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("3~12위, 2~12위", r"3\~12위, 2~12위"),
        ("**a**", r"\*\*a\**"),
        ("`a` $b$", r"\`a` \$b$"),
        ("_a_ b_c", r"\_a\_ b_c"),
        ("<b>x</b> &amp;", r"\<b>x\</b> \&amp;"),
        ("[a](b) ![a](b) [a]: b", r"[a\](b) ![a\](b) [a\]: b"),
        (":red[x] :material/x:", r"\:red[x] \:material/x:"),
        ("http://a.kr www.a.kr a@b.kr", r"http\://a.kr www\.a.kr a\@b.kr"),
        ("- 소계", r"\- 소계"),
        ("* 소계", r"\* 소계"),
        ("1. 소계", r"1\. 소계"),
        ("# a\n> b\n---\n1) c", "\\# a\n\\> b\n\\---\n1\\) c"),
        (r"a\*b", r"a\\*b"),
    ],
)
def test_what_would_be_read_as_markdown_is_escaped(text, escaped):
    assert literal(text) == escaped
