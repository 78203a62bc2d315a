"""What reports and their files said on 28 November 2026 they say still, unless it is listed.

`make test` compares two region-years, `make test-all` all.
"""

import io
import re
import sys
from collections import Counter
from functools import cache
from gettext import GNUTranslations
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.content import former_exports
from tests.content.former_exports import BYTES, CASES, CONTENT, REPORTS, SOURCES, composed, name_of

SAMPLE = [("KR-27", 2019, "ko"), ("KR-30", 2016, "en")]
ALLOWED = Path(__file__).with_name("allowed_differences.yml")
COUNTED = {CONTENT, ".xlsx", ".csv"}
"""Where a line that stood twice stands twice; page heads and slide titles recur as pages do."""
FOOTNOTES = re.compile(r"\[[\d, –]+\]")
"""A cell that names one more source has one more, and a slide those of what it shows."""
ITEMS = re.compile(r"(?<=:) |; | ?\[[\d, –]+\] ?")
"""Notes of a slide list what stands on it, which moves with what stands before it."""
PAGE = re.compile(r"\(?\b\d+ ?/ ?\d+\b\)?$")
CELL_PARTS = 6
"""Title, row, column, text, value and evidence of a cell in `content`."""


@cache
def former():
    return former_exports.former()


@cache
def allowed():
    return yaml.safe_load(ALLOWED.read_text("utf-8")) or []


def applies(difference, name):
    return re.search(difference.get("in", ""), name)


def expected(lines, name):
    """The former lines as they are to be said now, of one kind of a report such as `.pdf`."""
    differences = [one for one in allowed() if applies(one, name)]
    for line in lines:
        for one in differences:
            line = re.sub(one["old"], one["new"] or "\0", line)
        if "\0" not in line:
            yield line


def compared(line, kind):
    """What must be equal of a line; under which title a figure stands is said by another line."""
    if kind == CONTENT:
        parts = line.split(" ▸ ")
        return " ▸ ".join(parts[1:] if len(parts) >= CELL_PARTS or " | " in line else parts)
    if kind == ".csv":
        return line.split(" | ", 3)[-1]
    line = FOOTNOTES.sub("", line)
    return line.split(" ▸ ", 1)[-1] if kind == ".xlsx" else "".join(PAGE.sub("", line).split())


def lost(then, now, kind):
    """Former lines that nobody says now.

    A table may have more columns behind; lines of paper may be broken elsewhere.
    """
    if kind not in COUNTED:
        then = [item for line in then for item in ITEMS.split(line)]
    old, new = ([compared(line, kind) for line in lines] for lines in (then, now))
    if kind in COUNTED:
        gone = (Counter(old) - Counter(new)).elements()
        wider = (Counter(new) - Counter(old)).elements() if kind != ".csv" else ()
        longer = "\n".join(["", *(line for line in wider if " | " in line)])
        return [line for line in gone if " | " not in line or f"\n{line} | " not in longer]
    text = "\n".join(new) if kind == ".pptx" else "".join(new)
    return [line for line in dict.fromkeys(old) if line not in text]


@pytest.fixture(scope="module")
def former_record_texts(former_record):
    """Texts of the record in the Korean of then: the grown record brought better titles."""
    compiled = io.BytesIO()
    with (former_record / "record.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale="ko"))
    compiled.seek(0)
    language_module = import_module("dashboard.i18n.language")  # its package has such a function
    then, now = GNUTranslations(compiled), language_module._catalogue
    then.add_fallback(now("ko", "record"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            language_module,
            "_catalogue",
            lambda *wanted: then if wanted == ("ko", "record") else now(*wanted),
        )
        yield


def check(record, case):
    differences = []
    for report in REPORTS:
        name = name_of(case, report)
        then = former()[name]
        now = composed(record, case, report, then[SOURCES])
        assert then.keys() == now.keys()
        for kind in then.keys() - {BYTES, SOURCES}:
            gone = lost(expected(then[kind], f"{name} {kind}"), now[kind], kind)
            differences += [f"{name} {kind}: {line}" for line in gone]
        if then[".csv"] == now[".csv"]:
            assert then[BYTES] == now[BYTES], name
    assert not differences, "\n".join(["Said no more, and not listed:", *sorted(differences)])


@pytest.mark.usefixtures("former_record_texts")
@pytest.mark.parametrize("case", SAMPLE, ids=str)
def test_what_was_exported_of_two_region_years_still_is(record, case):
    check(record, case)


@pytest.mark.long
@pytest.mark.usefixtures("former_record_texts")
@pytest.mark.parametrize("case", [case for case in CASES if case not in SAMPLE], ids=str)
def test_what_was_exported_of_the_others_still_is(record, case):
    check(record, case)


def test_allowed_differences_are_of_what_was_said_and_have_a_reason():
    said = {
        f"{name} {kind}": "\n".join(lines)
        for name, kinds in former().items()
        for kind, lines in kinds.items()
    }
    for one in allowed():
        assert one["reason"].endswith("."), one
        assert any(
            applies(one, name) and re.search(one["old"], text, re.M) for name, text in said.items()
        ), one


@pytest.mark.parametrize(
    ("then", "now", "kind", "gone"),
    [
        (["a ▸ 1 ▸ settled [x]"], ["a ▸ 1 ▸ contested [x]"], CONTENT, ["a ▸ 1 ▸ settled [x]"]),
        (["a", "a"], ["a", "b"], CONTENT, ["a"]),
        (["s | t | 4 | v | 9"], ["s | t | 5 | v | 9"], ".csv", []),
        (["s | t | 4 | v | 9"], ["s | t | 4 | v | 8"], ".csv", ["v | 9"]),
        (["t ▸ r ▸ c ▸ 1명 ▸ 1 ▸ settled []"], ["u ▸ r ▸ c ▸ 1명 ▸ 1 ▸ settled []"], CONTENT, []),
        (["21,100명1,2", "a b", "3 / 6"], ["21,100명1,2,900 a", "b c", "4 / 7"], ".pdf", []),
        (["t ▸ a | 1"], ["t ▸ a | 1 | more"], ".xlsx", []),
        (["t ▸ a | 1"], ["t ▸ a | 12"], ".xlsx", ["a | 1"]),
        (
            ["확정: 국비 4억 [1, 2]; 국비 3억"],
            ["확정: 국비 4억 [1]", "확정: 국비 3억"],
            ".pptx",
            [],
        ),
        (["확정: 국비 4억; 국비 3억"], ["확정: 국비 4억", "추정: 3억"], ".pptx", ["국비3억"]),
        (["21,100명1"], ["21,101명1"], ".pdf", ["21,100명1"]),
        (["개요 ▸ 1 | [1–7] | 확정"], ["개요 ▸ 1 | [2, 9] | 확정"], ".xlsx", []),
        (["지표 (1/4)", "2016"], ["지표 (1/2)", "2017"], ".pptx", ["2016"]),
    ],
)
def test_a_line_that_is_lost_is_found(then, now, kind, gone):
    """Page and row numbers may change, and paper may break a line elsewhere."""
    assert lost(then, now, kind) == gone


def test_an_allowed_difference_stands_for_what_was_said(monkeypatch):
    differences = [
        {"old": r"3~(\d+)위", "new": r"3–\1위", "in": "^deck", "reason": "A sign."},
        {"old": "^a note", "new": None, "reason": "It is gone."},
    ]
    monkeypatch.setattr(sys.modules[__name__], "allowed", lambda: differences)
    lines = ["3~12위", "a note on", "no a note"]
    assert list(expected(lines, "deck KR 2019 ko")) == ["3–12위", "no a note"]
    assert list(expected(lines, "kpi KR 2019 ko")) == ["3~12위", "no a note"]
