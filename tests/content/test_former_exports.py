"""What reports and their files said on 28 November 2026 they say still, unless it is listed.

`make test` compares two region-years, `make test-all` all.
"""

import io
import re
import sys
from collections import Counter
from functools import cache, partial
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
GONE = "\0"
"""Stands in a line that is said no more."""
COUNTED = {CONTENT, ".xlsx", ".csv"}
"""Where a line that stood twice stands twice; page heads and slide titles recur as pages do."""
FOOTNOTES = re.compile(r"\[[\d, –]+\]")
"""A cell that names one more source has one more, and a slide those of what it shows."""
ITEMS = re.compile(r"(?<=:) |; | ?\[[\d, –]+\] ?")
"""Notes of a slide list what stands on it, which moves with what stands before it."""
PAGE = re.compile(r"\(?\b\d+ ?/ ?\d+\b\)?$")
FOOT = re.compile(r"^(기준일|As of) .*\d+ / \d+$")
FIGURE = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{3,15}(?!\d)"
    r"|\d+(?=(?:개소|건|개국|회|곳|개사|명|%|억|만 원| persons| centres| countries| events| times))"
)
"""What a file may not say less often, whatever is listed; years, ranks and ids are none."""
RANK = re.compile(r"\bNo\. \d+(?:[–,]\d+)*")
"""With the numbers of its footnotes, which paper prints behind it without a gap."""
YEARLY = re.compile(r"[,:] ?(?=20\d\d)")
"""Between the years in the words of a trend."""
VALUE = re.compile(r" ▸ (\d+) ▸ ")
"""Of a figure of a report."""
LEAST_PIECE = 3
TICK, _TICKS = re.compile(r"[1-9]\d{0,2},000"), 3
ADDRESS = re.compile(r"https?://\S+")
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


def expected(lines, name, note=lambda one, line, now: None):
    """The former lines as they are to be said now, of one kind of a report such as `.pdf`.

    What each difference makes of a line is noted: the difference, and the line before and after.
    """
    differences = [one for one in allowed() if applies(one, name)]
    for line in lines:
        for one in differences:
            now = re.sub(one["old"], partial(_said_now, one), line)
            if now != line:
                note(one, line, now)
                line = now
        if GONE not in line:
            yield line


def _said_now(difference, found):
    """What stands for a match; `{place}` is what `each` has for its group `rank`."""
    if difference["new"] is None:
        return GONE
    place = difference["each"][found["rank"]] if "each" in difference else ""
    return found.expand(difference["new"].replace("{place}", place))


def compared(line, kind):
    """What must be equal of a line; under which title a figure stands is said by another line."""
    if kind == CONTENT:
        parts = line.split(" ▸ ")
        return " ▸ ".join(parts[1:] if len(parts) >= CELL_PARTS or " | " in line else parts)
    if kind == ".csv":
        return line.split(" | ", 3)[-1]
    line = FOOTNOTES.sub("", line)
    if kind == ".xlsx":
        return line.partition(" ▸")[2].removeprefix(" ")  # a row without a cell says nothing
    return "".join(PAGE.sub("", line).split())


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
        wider = list(wider)
        longer = "\n".join(["", *(line for line in wider if " | " in line)])
        return [
            line
            for line in gone
            if (" | " not in line or f"\n{line} | " not in longer) and not _goes_on(line, wider)
        ]
    text = "\n".join(new) if kind == ".pptx" else "".join(new)
    text += "".join(_across_pages(now) if kind == ".pdf" else ())
    missing = [line for line in dict.fromkeys(old) if line not in text]
    if kind == ".pdf":  # of columns side by side each is read a line at a time
        missing = [line for line in missing if not _is_broken_once(line, text)]
    items = [compared(item, kind) for line in now for item in ITEMS.split(line)]
    return [line for line in missing if not _goes_on(line, items)]


def _goes_on(line, lines):
    """Whether a line of figures over years stands with every item in one that has more years."""
    items = YEARLY.split(line)
    return len(items) > 1 and any(
        all(item in others for item in items) for others in map(YEARLY.split, lines)
    )


def _is_broken_once(line, text):
    """Whether a line stands in two pieces, as a column of another width breaks it."""
    cuts = range(LEAST_PIECE, len(line) - LEAST_PIECE + 1)
    return any(line[:cut] in text and line[cut:] in text for cut in cuts)


def _across_pages(lines):
    """Lines of paper without the feet of pages, nor heads of tables that are said anew below."""
    said, is_head = set(), False
    for line in lines:
        is_foot = bool(FOOT.search(line))
        is_head = is_foot or (is_head and line in said)
        said.add(line)
        if not is_head:
            yield compared(line, ".pdf")


def vanished(then, now, name=""):
    """Figures that these lines name less often now; one that may stand fewer times still stands."""
    old, new = (
        [RANK.sub("", ADDRESS.sub("", FOOTNOTES.sub("", line))) for line in lines]
        for lines in (then, now)
    )
    old = Counter(figure for line in old for figure in FIGURE.findall(line))
    # On paper a unit may stand on the next line now.
    new = Counter(figure for line in new for figure in FIGURE.findall(line)) | Counter(
        FIGURE.findall(" ".join(new))
    )
    fewer = {figure for one in allowed() if applies(one, name) for figure in one.get("fewer", ())}
    bare = {figure.replace(",", "") for figure in new}
    return sorted(one for one in old - new if one not in fewer or one.replace(",", "") not in bare)


def without_axes(lines, said):
    """Lines of paper but the numbers of an axis, which change with the years that are drawn.

    Those are three or more that follow each other in equal steps from nothing, none of which is a
    figure of the report, whose own lines are `said`.
    """
    values = {f"{int(value):,}" for line in said for value in VALUE.findall(line)}
    kept, run = [], []
    for line in [*lines, ""]:
        is_tick = bool(TICK.fullmatch(line))
        if is_tick and (not run or _thousands(line) == (len(run) + 1) * _thousands(run[0])):
            run.append(line)
            continue
        kept += run if len(run) < _TICKS or values.intersection(run) else []
        run = [line] if is_tick else []
        kept += [] if is_tick else [line]
    return kept[:-1]


def _thousands(line):
    return int(line.partition(",")[0])


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
            former_lines = then[kind]
            if kind == ".pdf":
                former_lines = without_axes(former_lines, then[CONTENT])
            gone = lost(expected(former_lines, f"{name} {kind}"), now[kind], kind)
            differences += [f"{name} {kind}: {line}" for line in gone]
            differences += [
                f"{name} {kind}: {one}"
                for one in vanished(former_lines, now[kind], f"{name} {kind}")
            ]
        differences += [f"{name}: {one}" for one in set(then[SOURCES]) - set(now[SOURCES])]
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


def test_each_allowed_difference_is_one_and_has_a_reason():
    """What stands for a line has its figures; `check` tells those of lines that are gone."""
    used, figures_lost = set(), []

    def note(one, line, now):
        used.add(id(one))
        if one["new"] is not None and vanished([line], [now]):
            figures_lost.append((one["old"], line, now))

    for name, kinds in former().items():
        for kind in kinds.keys() - {BYTES, SOURCES}:
            for _line in expected(kinds[kind], f"{name} {kind}", note):
                pass
    assert [one["old"] for one in allowed() if id(one) not in used] == []
    assert figures_lost == []
    assert [
        one["old"] for one in allowed() if not re.fullmatch(r"[A-Z].{20,}\.", one["reason"])
    ] == []


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
        (["a title ▸"], ["another title ▸"], ".xlsx", []),  # an empty row
        (
            ["T. 대구: 2009 2,816명, 2011 5,379명"],
            ["T. 대구: 2008 9명, 2009 2,816명, 2010 4,493명, 2011 5,379명, 2012 7,117명"],
            CONTENT,
            [],
        ),
        (
            ["T. 대구: 2009 2,816명, 2011 5,379명"],
            ["T. 대구: 2009 2,816명, 2011 5,378명"],
            ".hwpx",
            ["20092,816명,20115,379명"],
        ),
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


@pytest.mark.parametrize(
    ("then", "now", "gone"),
    [
        ("대구 2019년 31,183명", "대구 2019년", ["31,183"]),
        ("4억 원, 16개소", "4억 원", ["16"]),
        ("4.5%", "4.6%", ["4.5"]),
        ("17,745명 17,745명", "17,745명", ["17,745"]),  # said once less
        ("2위 [1, 2] 2019년", "3–4위", []),  # ranks, footnotes and years
        ("No. 111–16 of 17 events", "", ["17"]),  # No. 1, with its footnotes
        ("https://a.kr/215679", "", []),
    ],
)
def test_a_figure_that_vanishes_is_found_whatever_is_listed(then, now, gone):
    assert vanished([then], [now]) == gone


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["a", "2,000", "4,000", "6,000", "7,117"], ["a", "7,117"]),
        (["2,000", "4,000", "8,000"], ["2,000", "4,000", "8,000"]),  # no equal steps
        (["3,000", "5,000", "10,000", "15,000"], ["3,000"]),
        (["12,000", "12,000"], ["12,000", "12,000"]),
        (["1,000", "2,000", "3,000"], ["1,000", "2,000", "3,000"]),  # a series that is printed
    ],
)
def test_numbers_of_an_axis_are_no_figures(lines, kept):
    said = ["t ▸ 대구 ▸ 2013 ▸ 3,000명 ▸ 3000 ▸ settled [moh]", "t ▸ 대구 ▸ 7,117명 ▸ 7117 ▸ x []"]
    assert without_axes(lines, said) == kept


def test_no_allowed_difference_hides_a_figure(monkeypatch):
    """A line that is listed as gone takes no figure with it."""
    monkeypatch.setattr(sys.modules[__name__], "allowed", lambda: [{"old": "^.*$", "new": None}])
    then = ["대구 | 31,183명"]
    assert list(expected(then, "kpi KR-27 2019 ko .xlsx")) == []
    assert vanished(then, []) == ["31,183"]
