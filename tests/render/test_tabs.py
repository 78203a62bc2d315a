"""The tabs of a report on screen: which one is seen, what is found in it, and which sources."""

from dataclasses import replace

from dashboard.content.document import Cell, Column, Paragraph, Section, Table
from dashboard.content.links import Link
from dashboard.content.report import Report, Source, Stamp
from dashboard.render.screen.tabs import is_seen, listed_sources, tabs, with_words

ROWS = (("Seoul patients", "a"), ("Busan patients", "b"), ("Busan grants", "c"))
TABLE = Table(
    "", (Column("what", "What"),), tuple((Cell(text, text, None, (one,)),) for text, one in ROWS)
)
MANY = tuple(
    Source(number, f"s{number}", f"Publisher {number}", "Title", "2019-01-01", "official", "")
    for number in range(1, 61)
)


def report(*sections, sources=()):
    stamp = Stamp("", "", 0, "", "en", "", "")
    return Report("sources", "Sources", "", sections, sources, stamp, is_led=True)


TABBED = report(
    Section("Lead", (Paragraph("…"),)),
    Section("Cells", (TABLE,), tab="coverage"),
    Section("All", (Paragraph("…"),), tab="sources"),
    sources=(*(Source(n, one, one, "T", "", "", "") for n, one in enumerate("abc", 61)), *MANY),
)


def test_the_first_tab_is_seen_unless_the_address_names_another():
    def seen(asked):
        return [tab.code for tab in tabs(TABBED, asked) if tab.is_seen]

    assert [(tab.code, tab.link) for tab in tabs(TABBED, {})] == [
        ("coverage", Link("", (("tab", "coverage"),))),
        ("sources", Link("", (("tab", "sources"),))),
    ]
    assert seen({}) == seen({"tab": "nothing"}) == ["coverage"]
    assert seen({"tab": "sources"}) == ["sources"]
    of = tabs(TABBED, {"tab": "sources"})
    assert [section.title for section in TABBED.sections if is_seen(section, of)] == ["Lead", "All"]


def test_a_report_without_tabs_lists_all_its_sources():
    plain = report(replace(TABBED.sections[1], tab=""), sources=MANY)
    assert tabs(plain, {}) == ()
    assert listed_sources(plain, {}).sources == MANY


def test_only_the_sources_of_what_is_seen_are_listed():
    found = listed_sources(TABBED, {})
    assert [source.source_id for source in found.sources] == ["a", "b", "c"]
    assert not found.is_open


def test_the_tab_of_sources_has_a_page_of_what_is_looked_for():
    every = listed_sources(TABBED, {"tab": "sources"})
    assert (every.count, len(every.sources), every.is_open) == (63, 25, True)
    # Of 1 to 60 there is a five in 5, 15, 25, 35, 45 and 50 to 59: 15 numbers.
    some = listed_sources(TABBED, {"tab": "sources", "find": "PUBLISHER 5"})
    assert (some.count, len(some.sources), some.page) == (15, 15, None)


def test_rows_have_all_words_in_any_order():
    assert [row[0].text for row in with_words(TABLE, "patients BUSAN").rows] == ["Busan patients"]
    assert with_words(TABLE, "") == TABLE


def test_the_way_to_another_tab_leaves_the_choices_of_this_one_behind():
    asked = {
        "tab": "coverage",
        "per_page": "100",
        "at-2": "26",
        "sort-2": "what.asc",
        "year": "2019",
    }
    stays, leads = (dict(tab.link.parameters) for tab in tabs(TABBED, asked))
    assert stays == {"tab": "coverage"}
    # What is empty falls away; the year is named by no link and stays.
    assert leads == {"tab": "sources", "per_page": "", "at-2": "", "sort-2": ""}
