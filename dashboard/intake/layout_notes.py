"""What is to be known about a wide table as it was understood, and what has to be chosen."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from dashboard.contract import Contract, Field
from dashboard.i18n import gettext as _
from dashboard.i18n import language
from dashboard.intake.codes import titles
from dashboard.intake.layout import TOTALS, TableLayout
from dashboard.intake.sheets import column_letters, line_ranges

_SHOWN = 12
_SEVERAL = 2
Note: TypeAlias = tuple[int, str, str, str, str, str]
"""Line, column, value, rule, what is expected, severity."""


def layout_notes(contract: Contract, layout: TableLayout) -> Iterator[Note]:
    """What is to be known about a layout, and what has to be chosen."""
    line = layout.header_lines[0]
    yield line, "", "", "turned", _turned_words(contract, layout), "warning"
    yield from _choices(contract, layout, line)
    for rule, lines in (("notes", layout.note_lines), ("totals-apart", layout.total_lines)):
        if lines:
            yield lines[0], "", "", rule, line_words(lines), "warning"
    for rule, kind in (("total-columns", "total"), ("unread-values", "unread")):
        columns = [value for value in layout.values if value.kind == kind]
        if columns:
            shown = [f"{column_letters(value.place)} ({value.why})" for value in columns]
            yield line, "", "", rule, _listed(shown), "warning"
    if layout.unread_lines and len(layout.tables) < _SEVERAL:
        yield (
            layout.unread_lines[0],
            "",
            "",
            "unread-lines",
            line_words(layout.unread_lines),
            "warning",
        )
    if layout.filled:
        yield line, "", "", "filled-down", ", ".join(layout.filled), "warning"
    sure = {name: code for name, code in layout.from_title.items() if name not in layout.doubtful}
    if sure:
        shown = [
            f"{contract.column(name).heading} {_code_title(contract.column(name), code)} "
            f"(“{layout.title_words[name]}”)"
            for name, code in sure.items()
        ]
        yield (
            layout.title_lines[0] if layout.title_lines else line,
            "",
            "",
            "from-title",
            _listed(shown),
            "warning",
        )
    if layout.limits:
        above = layout.title_lines[0] if layout.title_lines else line
        yield above, "", "", "title-limits", _listed(layout.limits), "warning"
    others = [cell for number, cell in enumerate(layout.tables, 1) if number != layout.table]
    if others:
        yield line, "", "", "other-table", _listed(others), "warning"


def _choices(contract: Contract, layout: TableLayout, line: int) -> Iterator[Note]:
    for name in layout.missing:
        yield line, contract.column(name).heading, "", "not-said", f"--set {name}=…", "error"
    for label in layout.labels:
        if label.column is None:
            header = label.header or column_letters(label.place)
            yield line, header, "", "label-unknown", _roles(contract), "error"
    for across in layout.across:
        if across.column is None:
            words = _listed(list(dict.fromkeys(across.words.values())))
            yield across.line, "", words, "across-unknown", _roles(contract), "error"
    for name in layout.doubtful:
        code = _code_title(contract.column(name), layout.from_title[name])
        title = layout.title_words[name]
        yield line, contract.column(name).heading, title, "title-unsure", f"“{code}”", "error"
    for name, unknown in layout.unknown_words.items():
        if name == TOTALS:
            way = f'{{"words": {{"{unknown[0]}": "*"}}}}'
            yield line, "", _listed(unknown), "whole-unknown", way, "error"
            continue
        yield line, contract.column(name).heading, _listed(unknown), "words-unknown", "", "error"


def _turned_words(contract: Contract, layout: TableLayout) -> str:
    parts = [
        _("{column} from line {line}").format(
            column=contract.column(across.column).heading, line=across.line
        )
        for across in layout.across
        if across.column in {column.name for column in contract.fields}
    ]
    parts += [
        _("{column} from column {letters}").format(
            column=contract.column(label.column).heading, letters=column_letters(label.place)
        )
        for label in layout.labels
        if label.column in {column.name for column in contract.fields}
    ]
    return _listed(parts)


def _roles(contract: Contract) -> str:
    return _listed(
        [
            column.heading
            for column in contract.fields
            if (column.codes and column.name != "unit") or column.type == "year"
        ]
    )


def line_words(lines: Sequence[int]) -> str:
    """Lines in a row as a range: `4–5, 9`."""
    return _listed(line_ranges(lines))


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:_SHOWN]) + (", …" if len(words) > _SHOWN else "")


def _code_title(column: Field, code: str) -> str:
    return titles(column, language()).get(code, code)
