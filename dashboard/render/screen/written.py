"""A report, or a part of one, as a page has it: the HTML of each run, and what stands between.

What is only read goes to the browser in runs, each as one element; a chart, a map and what is
interactive stand by themselves between them. The same view is written once.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any, Literal, TypeAlias, assert_never

from dashboard.content.document import (
    Block,
    ChartBlock,
    DotChart,
    KeyFigures,
    MapBlock,
    Paragraph,
    Points,
    Section,
    Table,
)
from dashboard.content.links import Link
from dashboard.content.mentions import cells_of
from dashboard.content.report import Report, Stamp
from dashboard.i18n import date_text, language, ngettext, number_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import EVIDENCE_MARKS, is_doubtful, is_weak, names_of_doubt
from dashboard.render.footnotes import key_to_marks, key_to_places, mark
from dashboard.render.screen.address import address
from dashboard.render.screen.figure_groups import (
    grouped,
    is_grouped,
    number_and_unit,
    without_figures,
)
from dashboard.render.screen.folds import SOURCES, Fold, fold, names_of
from dashboard.render.screen.halves import side_by_side
from dashboard.render.screen.html import Html, render
from dashboard.render.screen.links import href
from dashboard.render.screen.openings import opening
from dashboard.render.screen.paging import paging
from dashboard.render.screen.references import references
from dashboard.render.screen.same_object import Same
from dashboard.render.screen.span_bar import span_bar
from dashboard.render.screen.sparkline import sparkline
from dashboard.render.screen.table_forms import event_lines, ribbon
from dashboard.render.screen.table_order import FILTERED_FROM, as_read, order_of
from dashboard.render.screen.tabs import FIND, is_seen, listed_sources, tabs, with_words
from dashboard.render.screen.trend_picture import trend_picture
from dashboard.store.answer import Answer
from dashboard.text_metrics import SCREEN, text_width

Piece = dict[str, Any]
"""A thing to be read: its kind, and what the template needs of it."""
Drawn = tuple[Literal["chart", "map", "part"], str, Any]
"""An element of its own: kind, key on the page, and what it shows."""
Item: TypeAlias = Piece | Drawn | list[list[Piece | Drawn]]
"""What stands under each other; lists stand side by side."""
Written: TypeAlias = Html | Drawn | list[list["Written"]]
"""The same with the HTML of each run."""

_LETTERS, _CARD_LINE = 15, 230
"""Pixels of the letters of a table, and of what stands beside its name on a telephone's card."""
_KEPT_VIEWS, _KEPT_PLACES, _LONGEST_ADDRESS = 128, 16, 1000
"""So many lists of sections stay written, and places of a report that is kept; the letters of an
address, which stands in every link of a view."""


def written_report(report: Report, parts: frozenset[str]) -> list[Written]:
    """A report: list of its sections, title, sections, sources.

    Args:
        report: written once as long as it is this very one, in one language at one address.
        parts: names of the sections' parts that are interactive.
    """
    place = _place()
    if place is None:
        return _report(report, parts)
    written: list[Written] | None = report.made.get((parts, place))
    if written is None:
        written = _report(report, parts)
        if len(report.made) >= _KEPT_PLACES:
            report.made.clear()
        report.made[parts, place] = written
    return written


def written_sections(sections: tuple[Section, ...], first: int) -> list[Written]:
    """Sections with nothing interactive, likewise written once; `first` is the first's number."""
    place = _place()
    kept = Same(sections)
    return _numbered(kept, first) if place is None else _once(kept, first, place)


def newly_written(
    sections: Iterable[Section], parts: Collection[str], first: int, is_on_demand: bool = False
) -> list[Written]:
    """Sections that are made anew in every run of their page, also what is folded unless told."""
    stamp = Stamp("", "", 0, "", language(), "", "")
    report = Report("", "", "", tuple(sections), (), stamp)
    return _written(report, _sections(report, parts, first, is_on_demand))


def html_of(*sections: Section) -> Html:
    """What is only read and stands in no report: open, or under its title.

    Its blocks are figures, tables, points and paragraphs that name no sources.
    """
    pieces: list[Piece] = []
    for number, section in enumerate(sections, 1):
        inner = [_read(block, key, section) for key, block in _keyed(number, section)]
        head: Piece = {"kind": "fold", "number": f"read-{number}", "text": section.title}
        pieces += [head, *inner, {"kind": "unfold"}] if section.is_folded else inner
    return _html(None, pieces)


def _place() -> Hashable | None:
    """Address and language, of which the links are; None of an address too long to keep."""
    here = tuple(address().items())
    is_long = sum(len(text) for pair in here for text in pair) > _LONGEST_ADDRESS
    return None if is_long else (here, language())


@lru_cache(maxsize=_KEPT_VIEWS)
def _once(sections: Same[tuple[Section, ...]], first: int, _place: Hashable) -> list[Written]:
    return _numbered(sections, first)


def _report(report: Report, parts: frozenset[str]) -> list[Written]:
    items: list[Item] = [{"kind": "head"}, *_sections(report, parts, is_on_demand=True)]
    sources = listed_sources(report, address())
    if sources.count or sources.is_open or not report.is_led:
        way = None if sources.is_open else fold(SOURCES)
        items.append({"kind": "sources", "list": sources, "fold": way})
    # The list by itself: it stays in sight beside all that follows.
    return [_html(report, [{"kind": "contents"}]), *_written(report, items)]


def _numbered(kept: Same[tuple[Section, ...]], first: int) -> list[Written]:
    return newly_written(kept.of, (), first, is_on_demand=True)


def _sections(
    report: Report, parts: Collection[str], first: int = 1, is_on_demand: bool = False
) -> list[Item]:
    """The sections; folded tables are made when they are opened where that is asked for."""
    items: list[Item] = []
    of = tabs(report, address())
    names = names_of(report.sections, first)
    for row in side_by_side(report.sections, first):
        if of and row[0][0][1].tab and not any(_is_tabs(item) for item in items):
            items.append({"kind": "tabs", "tabs": of})
        seen = [[one for one in column if is_seen(one[1], of)] for column in row]
        columns = [
            [
                item
                for number, one in column
                for item in _section(report, (number, names[number]), one, parts, is_on_demand)
            ]
            for column in seen
            if column
        ]
        is_read = all(isinstance(item, dict) for column in columns for item in column)
        if len(columns) < 2:
            items += [item for column in columns for item in column]
        elif is_read and all(len(column) == 1 for column in seen):
            items += [{"kind": "halves"}, *columns[0], *columns[1], {"kind": "joined"}]
        else:
            items.append(columns)
    return items


def _is_tabs(item: Item) -> bool:
    return isinstance(item, dict) and item["kind"] == "tabs"


def blocks_by_key(report: Report) -> dict[str, Block]:
    """Every block behind which there are data, by the key with which the page names it."""
    return {
        key: block
        for number, section in enumerate(report.sections, 1)
        for key, block in _keyed(number, section)
    }


def asks(section: Section) -> int:
    """How many questions a section raises."""
    paragraphs = [
        item
        for block in section.blocks
        for item in (block.items if isinstance(block, Points) else (block,))
        if isinstance(item, Paragraph)
    ]
    return sum(item.kind == "question" for item in paragraphs)


def _written(report: Report, items: Iterable[Item]) -> list[Written]:
    """The HTML of each run of pieces, and the others between them."""
    written: list[Written] = []
    run: list[Piece] = []
    for item in (*items, None):
        if isinstance(item, dict):
            run.append(item)
        elif run:
            written.append(_html(report, run))
            run = []
        if isinstance(item, list):
            written.append([_written(report, half) for half in item])
        elif isinstance(item, tuple):
            written.append(item)
    return written


def _html(report: Report | None, pieces: list[Piece]) -> Html:
    return render(
        "report.html",
        report=report,
        pieces=pieces,
        contents=_listed(report) if report else (),
        refs=partial(references, report) if report else lambda _source_ids: (),
        opening=opening if report else lambda cell, _key, _number: cell.link,
        mark=mark,
        evidence_marks=EVIDENCE_MARKS,
        is_weak=is_weak,
        is_hollow=lambda block: any(is_doubtful(cell.evidence) for _name, cell in cells_of(block)),
        names_of_doubt=names_of_doubt,
        href=href,
        Link=Link,
        page_of=lambda key, count: paging(key, count, address()),
        number=number_text,
        sparkline=sparkline,
        span_bar=span_bar,
        as_read=as_read,
        order_of=order_of,
        filtered_from=FILTERED_FROM,
        takes_lines=lambda text: text_width(text, _LETTERS, SCREEN) > _CARD_LINE,
        trend_picture=trend_picture,
        grouped=grouped,
        number_and_unit=number_and_unit,
        without_figures=without_figures,
        ribbon=ribbon,
        event_lines=event_lines,
        sources_of=_sources_of,
        key_to_marks=key_to_marks,
        key_to_places=key_to_places,
        cells_of=lambda block: [cell for _name, cell in cells_of(block)],
        date=date_text,
    )


def _listed(report: Report) -> list[tuple[int, str, int]]:
    """Number, title and questions of every section; in a report, those that ask in front."""
    of = tabs(report, address())
    listed = [
        (number, section.title, asks(section))
        for number, section in enumerate(report.sections, 1)
        if is_seen(section, of)
    ]
    return listed if report.is_led else sorted(listed, key=lambda entry: not entry[2])


def _section(
    report: Report,
    numbered: tuple[int, str],
    section: Section,
    parts: Collection[str],
    is_on_demand: bool,
) -> Iterator[Piece | Drawn]:
    """What a section has on screen; `numbered` is its number and what the address calls it."""
    number, name = numbered
    title: Piece = {"number": number, "text": section.title, "anchor": section.anchor}
    if section.is_card:
        yield {**title, **_card(number, section)}
        return
    pieces: list[Piece | Drawn] = []
    part: list[Drawn] = [("part", section.part, None)] if section.part in parts else []
    for place, (key, block) in enumerate(_keyed(number, section)):
        own = fold(f"{name}-{place}") if is_on_demand else None
        if part and isinstance(block, MapBlock):
            # A map with which one can do something stands for the one that is only seen.
            pieces += part
            part = []
        elif section.part not in parts or not isinstance(block, MapBlock):
            pieces += _pieces(section, block, key, own)
    if section.is_folded:
        rows = sum(len(block.rows) for block in section.blocks if isinstance(block, Table))
        is_read = all(isinstance(piece, dict) for piece in pieces)
        title["text"] += f" ({number_text(rows)})" if rows and is_read else ""
        # What is interactive stands open behind what is folded.
        if is_read and not (rows and is_on_demand):
            yield from ({"kind": "fold", **title}, *pieces, {"kind": "unfold"}, *part)
        else:
            yield from (*_opened(fold(name), title, section, pieces), *part)
        return
    pieces += part
    is_read = all(isinstance(piece, dict) for piece in pieces)
    # An element of its own cannot stand inside the frame of a run.
    if is_read:
        yield {"kind": "open", "asks": asks(section)}
    if section.title:
        # Groups have headings of their own, below which the section's is only for those who listen.
        has_groups = any(isinstance(one, KeyFigures) and is_grouped(one) for one in section.blocks)
        lead = number == 1 and report.is_led
        yield {"kind": "title", "is_lead": lead, "is_grouped": has_groups, **title}
    yield from pieces
    if is_read:
        yield {"kind": "close"}


def _opened(
    way: Fold, title: Piece, section: Section, pieces: list[Piece | Drawn]
) -> Iterator[Piece | Drawn]:
    """The heading of a folded section, and what it has once the address says that it is open."""
    charts = sum(isinstance(block, ChartBlock | DotChart) for block in section.blocks)
    count = ngettext("{count} chart", "{count} charts", charts).format(count=charts)
    yield {"kind": "opening", **title, "fold": way, "count": count if charts else ""}
    if way.is_open:
        yield from pieces


def _card(number: int, section: Section) -> Piece:
    """The card of a section: its figures, its chart of lines, and its sentences."""
    paragraphs = [block for block in section.blocks if isinstance(block, Paragraph)]
    charts = [(key, one) for key, one in _keyed(number, section) if isinstance(one, ChartBlock)]
    key, chart = next(iter(charts), ("", None))
    figures = [
        figure
        for block in section.blocks
        if isinstance(block, KeyFigures)
        for figure in block.figures
    ]
    noted = "; ".join(figure.note for figure in figures)
    return {
        "kind": "card",
        "figures": figures,
        "chart": chart,
        "key": key,
        "said": [one for one in paragraphs if one.kind != "aside"],
        # What a figure's own note says is not said again.
        "aside": [one for one in paragraphs if one.kind == "aside" and one.text not in noted],
    }


def _keyed(number: int, section: Section) -> Iterator[tuple[str, Block]]:
    taken: set[str] = set()
    for place, block in enumerate(section.blocks):
        answer = getattr(block, "answer", None)
        name = answer.question.name.replace("_", "-") if answer is not None else place
        key = f"{name}-{number}"
        # One question may stand behind several blocks, asked of other things.
        key = f"{key}-{place}" if key in taken else key
        taken.add(key)
        yield key, block


def _pieces(
    section: Section, block: Block, key: str, own: Fold | None = None
) -> Iterator[Piece | Drawn]:
    words = address().get(FIND, "") if section.tab else ""
    if words and isinstance(block, Table):
        block = with_words(block, words)
        if not block.rows:
            block = Paragraph(_("Nothing in this list has “{words}”.").format(words=words))
    if isinstance(block, KeyFigures | Table | Points | Paragraph):
        yield _read(block, key, section, own)
    elif isinstance(block, MapBlock):
        yield ("map", key, block)
        yield {"kind": "map note", "block": block}
    elif isinstance(block, ChartBlock | DotChart):
        # A finding that is the section's title already is not said twice.
        said = "" if block.title == section.title else block.title
        is_exact = block.answer is not None and block.answer.is_exact
        yield {"kind": "chart title", "text": said, "is_exact": is_exact}
        yield ("chart", key, block)
        yield {"kind": "chart note", "block": block, "key": key}
    else:
        assert_never(block)


def _read(block: Block, key: str, section: Section, own: Fold | None = None) -> Piece:
    """A block that is only read; without a fold of its own also what is folded is sent."""
    kind = type(block).__name__
    return {"kind": kind, "block": block, "key": key, "in": section.title, "fold": own}


def _sources_of(answer: Answer) -> str:
    """How many sources the rows rest on; nothing of rows that name none."""
    count = len(answer.sources)
    if not count:
        return ""
    sources = ngettext("From {count} source", "From {count} sources", count)
    return f"{sources.format(count=count)} · "
