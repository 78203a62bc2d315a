"""The tabs of a report on screen: one is seen and sent, and only what has the words looked for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.content.document import SOURCES_TAB, Section, Table
from dashboard.content.links import Link
from dashboard.content.mentions import source_ids_of
from dashboard.content.report import Report, Source
from dashboard.i18n import label
from dashboard.render.screen.paging import AT, SIZE, Paging, paging
from dashboard.render.screen.table_order import SORT

TAB = "tab"
"""What the address calls the tab that is seen."""
FIND = "find"
"""What the address calls the words that are looked for in it."""


@dataclass(frozen=True)
class Tab:
    """A tab with the way to it."""

    code: str
    name: str
    link: Link
    is_seen: bool


@dataclass(frozen=True)
class SourceList:
    """The sources that a screen lists."""

    sources: tuple[Source, ...]
    """Of the page of the list that is seen."""
    count: int
    """Of all that were found."""
    is_open: bool
    page: Paging | None = None


def tabs(report: Report, asked: Mapping[str, str]) -> tuple[Tab, ...]:
    """The tabs of a report, the first one seen unless the address names another; often none.

    The way to another tab leaves behind what was chosen for the lists of this one.
    """
    codes = tuple(dict.fromkeys(section.tab for section in report.sections if section.tab))
    seen = asked.get(TAB, "")
    seen = seen if seen in codes else next(iter(codes), "")
    chosen = tuple((name, "") for name in asked if name == SIZE or name.startswith((AT, SORT)))
    return tuple(
        Tab(
            code,
            label(TAB, code),
            Link("", ((TAB, code), *(chosen if code != seen else ()))),
            code == seen,
        )
        for code in codes
    )


def is_seen(section: Section, of: tuple[Tab, ...]) -> bool:
    """Whether a section is above all tabs or in the one that is seen."""
    return not section.tab or any(tab.is_seen and tab.code == section.tab for tab in of)


def with_words(table: Table, words: str) -> Table:
    """The rows of a table that have all words, in whatever cell."""
    rows = (row for row in table.rows if _has(" ".join(cell.text for cell in row), words))
    return replace(table, rows=tuple(rows))


def listed_sources(report: Report, asked: Mapping[str, str]) -> SourceList:
    """The sources below a report; of one with tabs those that are seen, or a page of them all."""
    of = tabs(report, asked)
    if not of:
        return SourceList(report.sources, len(report.sources), False)
    if not any(tab.is_seen and tab.code == SOURCES_TAB for tab in of):
        named = {
            source_id
            for section in report.sections
            if is_seen(section, of)
            for block in section.blocks
            for source_id in source_ids_of(block)
        }
        seen = tuple(source for source in report.sources if source.source_id in named)
        return SourceList(seen, len(seen), False)
    found = tuple(
        source
        for source in report.sources
        if _has(
            f"{source.publisher} {source.title} {source.tier} {source.published_on} "
            f"{source.source_id}",
            asked.get(FIND, ""),
        )
    )
    page = paging(SOURCES_TAB, len(found), asked)
    shown = found if page is None else found[page.first - 1 : page.last]
    return SourceList(shown, len(found), True, page)


def _has(text: str, words: str) -> bool:
    seen = text.casefold()
    return all(word in seen for word in words.casefold().split())
