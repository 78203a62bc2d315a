"""The lines of a sheet: points and comment, with the evidence beside.

`static/score.js` sends what is typed to the route of `dashboard.score_route`, apart from
Streamlit: it waits for no rerun, and is kept in the browser while there is no line.
"""

import json
from dataclasses import dataclass, replace
from decimal import Decimal

import streamlit as st

from dashboard.content.criterion_evidence import parts_beside
from dashboard.content.panel_rule import criterion_name, points, stage_name
from dashboard.i18n import clock_text, language
from dashboard.i18n import gettext as _
from dashboard.judging.views import RoundView, Sheet, SheetCell
from dashboard.render.screen.html import draw, own_file
from dashboard.render.screen.page import sections_view
from dashboard.render.screen.style import SCORE_STYLE
from dashboard.render.screen.texts import Toned, draw_text
from dashboard.ui.review_room.evidence_beside import evidence_of

_SCRIPT = own_file("score.js")


@dataclass(frozen=True)
class SheetTotals:
    """What the sheet comes to by now, in words."""

    total: str
    state: str
    """How many are blank, and when something was saved last."""
    blanks: str
    """What is to be filled in before the sheet can be submitted; empty if nothing."""
    stages: dict[str, str]
    """Stage → its points."""


def sheet_totals(sheet: Sheet) -> SheetTotals:
    """Totals of a sheet and of its stages."""
    saved = max((cell.saved_at for cell in sheet.cells if cell.saved_at), default=None)
    state = [_("blank: {count}").format(count=len(sheet.blanks))] if sheet.blanks else []
    state.append(
        _("last saved at {time}").format(time=clock_text(saved))
        if saved
        else _("nothing saved yet")
    )
    names = {cell.criterion.criterion_id: criterion_name(cell.criterion) for cell in sheet.cells}
    return SheetTotals(
        total=_("Total {total} of {max}").format(
            total=points(sheet.total), max=points(sheet.max_total)
        ),
        state=" · ".join(state),
        blanks=_("To submit, fill in what is blank: {names}. A blank is never zero.").format(
            names=", ".join(names[blank] for blank in sheet.blanks)
        )
        if sheet.blanks and not sheet.may_submit
        else "",
        stages={stage: _stage_text(cells) for stage, cells in _by_stage(sheet).items()},
    )


def line_state(cell: SheetCell) -> str:
    """Whether a line is blank, and when it was saved."""
    blank = [f"○ {_('points blank')}"] if cell.points is None else []
    saved = (
        [f"✔ {_('saved at {time}').format(time=clock_text(cell.saved_at))}"]
        if cell.saved_at
        else []
    )
    return " · ".join(blank + saved)


def points_field(cell: SheetCell) -> str:
    """What the field of the points holds: nothing where they are blank."""
    return "" if cell.points is None else points(cell.points)


def score_lines(view: RoundView, sheet: Sheet) -> None:
    """Draw every line of a sheet that can be written on, stage by stage, and the evidence."""
    totals = sheet_totals(sheet)
    form, beside = st.columns([3, 2], gap="medium")
    with form:
        draw(
            "score_lines.html",
            sheet=sheet,
            key=f"{sheet.round_id}|{sheet.judge_id}|{sheet.applicant}",
            lang=language(),
            stages=[
                (stage, stage_name(stage), totals.stages[stage], cells)
                for stage, cells in _by_stage(sheet).items()
            ],
            name=criterion_name,
            points=points,
            field=points_field,
            state=line_state,
            parts=parts_beside,
            words=json.dumps(_words(), ensure_ascii=False),
        )
        st.html(
            f'<style>{SCORE_STYLE}</style><script src="{_SCRIPT}"></script>',
            unsafe_allow_javascript=True,
        )
    with beside, st.container(key="cr-score-evidence"):
        _evidence(view, sheet)


def _words() -> dict[str, str]:
    """What the script says of itself."""
    return {
        "waiting": _("Not saved yet"),
        "kept": _("Not saved yet: kept on this device"),
        "mine": _("Save mine: {value}"),
        "theirs": _("Take what is stored: {value}"),
        "blank": _("blank"),
        "first": _("Not submitted: first save what stands in the fields marked."),
    }


def _evidence(view: RoundView, sheet: Sheet) -> None:
    """Every part of the record that belongs beside a criterion, once."""
    parts = dict.fromkeys(part for cell in sheet.cells for part in parts_beside(cell.criterion))
    for part in parts:
        section = evidence_of(part, sheet.applicant, view.rules.year)
        with st.container(key=f"cr-evidence-{part}"):
            draw_text(Toned(section.title, "strong"))
            sections_view([replace(section, title="")])


def _by_stage(sheet: Sheet) -> dict[str, list[SheetCell]]:
    stages: dict[str, list[SheetCell]] = {}
    for cell in sheet.cells:
        stages.setdefault(cell.criterion.stage, []).append(cell)
    return stages


def _stage_text(cells: list[SheetCell]) -> str:
    given = sum((cell.points for cell in cells if cell.points is not None), Decimal(0))
    most = sum((cell.criterion.max_points for cell in cells), Decimal(0))
    return _("{given} of {max} points").format(given=points(given), max=points(most))
