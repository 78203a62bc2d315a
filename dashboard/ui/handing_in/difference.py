"""What a file would change in the record: rows, and the settled figures that follow from them."""

from collections.abc import Sequence

import streamlit as st

from dashboard.content.document import Cell, KeyFigure, KeyFigures, Section
from dashboard.contract import Contract, shown_cell
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext, number_text, quantity_text, readable
from dashboard.i18n.evidence import EVIDENCE_MARKS
from dashboard.intake.delivery import Change, Difference
from dashboard.render.screen.page import draw_sections
from dashboard.render.screen.tables import Heading, StyledCell, draw_table
from dashboard.render.screen.texts import Toned, Words
from dashboard.store.build import FigureChange
from dashboard.ui.handing_in.wording import column_title, kind_words, metric_name

_SHOWN = 50


def difference_section(contract: Contract, difference: Difference) -> None:
    """Draw the numbers of rows, the figures that would change, and the rows behind titles."""
    counts = difference.counts
    words = kind_words()
    figures = (
        KeyFigure(words[kind], Cell(_count_text(count), count), kind)
        for kind, count in counts.items()
    )
    draw_sections(Section("", (KeyFigures(tuple(figures)),)))
    figures_table(difference.figures)
    for kind in ("new", "changed", "gone", "contradicting"):
        changes = [change for change in difference.changes if change.kind == kind]
        if changes:
            count = counts[kind] or 0
            with st.expander(f"{_row_titles()[kind]} ({number_text(count)})"):
                _rows(contract, changes, count)


def _count_text(count: int | None) -> str:
    return _("withheld") if count is None else number_text(count)


def _row_titles() -> dict[str, str]:
    return {
        "new": _("Rows that the record does not have yet"),
        "changed": _("Rows that take the place of former ones"),
        "gone": _("Rows that would be gone"),
        "contradicting": _("Rows that other sources contradict"),
    }


def _rows(contract: Contract, changes: Sequence[Change], count: int) -> None:
    caption = {
        "new": _("Values as they would stand in the record"),
        "changed": _("Former value → new value"),
        "gone": _("Values that the record holds now"),
        "contradicting": _("Value of the other source → value of your file; both stay"),
    }[changes[0].kind]
    if count > _SHOWN:
        caption += ". " + _("Shown: the first {shown} of {count}.").format(
            shown=_SHOWN, count=number_text(count)
        )
    draw_table(
        [Heading(_("Line"), "date"), _("About"), _("Values")],
        [
            [
                number_text(change.line) if change.line else "",
                [change.about, Toned(change.source_id or "")],
                _values(contract, change),
            ]
            for change in changes[:_SHOWN]
        ],
        caption,
        key=f"rows-{changes[0].kind}",
        head=None,
    )


def _values(contract: Contract, change: Change) -> Words:
    """Column and value of every cell; both values where one takes the place of the other."""
    values: list[tuple[Words, ...]] = []
    for column, (former, value) in change.columns.items():
        if former == value:
            continue
        before, after = (shown_cell(contract, column, one) for one in (former, value))
        if change.kind in ("changed", "contradicting"):
            values.append((Toned(before or "–", "cell"), "→", _firm(after or "–")))
        else:
            values.append((_firm(after or before),))
        values[-1] = (Toned(column_title(contract, column)), *values[-1])
    return list(values)


def _firm(value: str) -> Toned:
    return Toned(Toned(value, "strong"), "cell")


def figures_table(figures: Sequence[FigureChange]) -> None:
    """The settled figures that would change, each with its former value and evidence."""
    if not figures:
        st.markdown("### " + _("No settled figure would change"))
        return
    count = len(figures)
    title = ngettext(
        "{count} figure on the pages would change",
        "{count} figures on the pages would change",
        count,
    )
    st.markdown("### " + title.format(count=number_text(count)))
    caption = _("Found by a trial computation of the whole record with your rows")
    if count > _SHOWN:
        caption += ". " + _("Shown: the first {shown} of {count}.").format(
            shown=_SHOWN, count=number_text(count)
        )
    draw_table(
        [
            *(label("column", name) for name in ("metric", "region", "year")),
            Heading(_("Now"), "number"),
            Heading(_("Afterwards"), "number"),
        ],
        [_figure(figure) for figure in figures[:_SHOWN]],
        caption,
        key="figures",
    )


def _figure(figure: FigureChange) -> list[Words | StyledCell]:
    parts = {
        "nationality": figure.nationality,
        "department": figure.department,
        "institution_class": figure.institution_class,
    }
    details = [str(readable(name, code)) for name, code in parts.items() if code]
    if figure.period != "annual":
        details.insert(0, label("period", figure.period))
    return [
        [metric_name(figure.metric), Toned(" · ".join(details))],
        label("region", figure.region),
        str(figure.year),
        _value(figure.former_value, figure.unit, figure.former_evidence),
        _value(figure.value, figure.unit, figure.evidence),
    ]


def _value(value: object, unit: str, evidence: str | None) -> StyledCell:
    bare = None if value is None else float(str(value))
    shown = quantity_text(bare, unit)
    mark = EVIDENCE_MARKS.get(evidence or "", "")
    below = Toned(f"{mark} {label('evidence', evidence)}".strip() if evidence else "")
    return StyledCell([shown, below], order="" if bare is None else bare)
