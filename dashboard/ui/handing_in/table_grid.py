"""A sheet as it was understood: what each line and column is, in words and in colour."""

from collections.abc import Mapping

from dashboard.contract import Contract
from dashboard.i18n import gettext as _
from dashboard.i18n import number_text
from dashboard.intake.delivery import Delivery
from dashboard.intake.layout import LEFT_OUT, TOTALS, Kind, TableLayout
from dashboard.intake.sheets import column_letters
from dashboard.render.screen.tables import Heading, StyledCell, draw_table
from dashboard.render.screen.texts import Toned, Words, draw_list, draw_text
from dashboard.ui.handing_in.wording import column_title

_LINES, _LAST_LINES, _COLUMNS = 60, 10, 40
"""Of the sheet that is shown."""
_VISIBLE_LINES, _VISIBLE_COLUMNS = 5, 3
"""What certainly fits without scrolling, also on a telephone."""


def _kind_words() -> dict[Kind, str]:
    return {
        "title": _("title"),
        "unit": _("unit"),
        "header": _("header"),
        "label": _("label"),
        "number": _("value"),
        "total": _("total"),
        "note": _("note"),
        "unread": _("not read"),
    }


def draw_grid(contract: Contract, delivery: Delivery, layout: TableLayout) -> None:
    """The sheet with what each line and column is, in words and in colour."""
    words = _kind_words()
    lines = list(delivery.lines)
    if len(lines) > _LINES + _LAST_LINES:
        lines = lines[:_LINES] + lines[-_LAST_LINES:]
    widest = max(len(line.cells) for line in lines)
    width = min(_COLUMNS, widest)
    rows: list[list[Words | StyledCell]] = []
    for line in lines:
        kinds = [layout.kind_of(line.number, place) for place in range(width)]
        cells = (*line.cells, *("",) * width)[:width]
        rows.append(
            [
                str(line.number),
                _line_words(layout, line.number, words),
                *(
                    StyledCell(text, f"kind-{kind}", words[kind] if text else "")
                    for text, kind in zip(cells, kinds, strict=True)
                ),
            ]
        )
    hint = _shown_words(len(delivery.lines), len(lines), width, widest)
    if hint:
        draw_text(hint, "weak")
    draw_table(
        [
            _("Line"),
            _("Read as"),
            *(
                Heading(column_letters(place), note=_column_words(contract, layout, place, words))
                for place in range(width)
            ),
        ],
        rows,
        _("The table as it was understood: what each line and column is"),
        "layout",
        is_tall=True,
    )
    draw_list([Toned(word, f"kind-{kind}") for kind, word in words.items()], "layout-legend")


def _shown_words(lines: int, shown: int, width: int, widest: int) -> str:
    """What is left out, and that the rest is reached by scrolling."""
    parts = []
    if lines > shown:
        parts.append(
            _("Shown: the first {first} and the last {last} of {count} lines.").format(
                first=_LINES, last=_LAST_LINES, count=number_text(lines)
            )
        )
    if widest > width:
        parts.append(
            _("Shown: the first {shown} of {count} columns.").format(shown=width, count=widest)
        )
    if shown > _VISIBLE_LINES or width > _VISIBLE_COLUMNS:
        parts.append(_("Scroll within the table to see the rest."))
    return " ".join(parts)


def _line_words(layout: TableLayout, line: int, words: Mapping[Kind, str]) -> str:
    if line in layout.data_lines:
        return words["number"]
    return words[layout.kind_of(line, 0)]


def _column_words(
    contract: Contract, layout: TableLayout, place: int, words: Mapping[Kind, str]
) -> str:
    for label in layout.labels:
        if label.place == place:
            return role_name(contract, label.column)
    return next((words[value.kind] for value in layout.values if value.place == place), "")


def role_name(contract: Contract, role: str | None) -> str:
    """What a column or a header row says, in the reader's language."""
    if role is None:
        return _("not known")
    special = {
        TOTALS: _("not in the record: only totals are read"),
        LEFT_OUT: _("do not read"),
        "amount": _("which amount"),
    }
    return special.get(role) or column_title(contract, role)
