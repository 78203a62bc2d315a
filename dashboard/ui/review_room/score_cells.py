"""The lines of a sheet: points and comment, saved as they are typed, with the evidence beside."""

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from dashboard.access import Identity
from dashboard.content.document import Section
from dashboard.content.panel_rule import criterion_name, points, stage_name
from dashboard.errors import ClusterReviewError
from dashboard.i18n import clock_text
from dashboard.i18n import gettext as _
from dashboard.judging.views import RoundView, Sheet, SheetCell
from dashboard.render.screen.markdown import heading, literal
from dashboard.render.screen.page import sections_view
from dashboard.render.screen.texts import Toned, draw_text
from dashboard.ui.review_room.evidence_beside import evidence_of
from dashboard.ui.review_room.signed_in import judging, reader

_SEEN = "room-seen"
"""Key of a line → when what its widgets hold was saved."""
_FAULTS = "room-faults"
"""Key of a line → what is wrong with what was typed."""
_LONGEST = 2000


def score_cells(view: RoundView, identity: Identity, sheet: Sheet) -> None:
    """Draw every line of a sheet that can be written on, stage by stage."""
    st.session_state.setdefault(_SEEN, {})
    st.session_state.setdefault(_FAULTS, {})
    shown: set[str] = set()
    for stage in view.rules.stages:
        cells = [cell for cell in sheet.cells if cell.criterion.stage == stage]
        given = sum((cell.points for cell in cells if cell.points is not None), Decimal(0))
        most = sum((cell.criterion.max_points for cell in cells), Decimal(0))
        of_stage = _("{given} of {max} points").format(given=points(given), max=points(most))
        heading(f"{stage_name(stage)} · {of_stage}", 3)
        for cell in cells:
            _cell(view, sheet, cell, shown)


def _cell(view: RoundView, sheet: Sheet, cell: SheetCell, shown: set[str]) -> None:
    criterion = cell.criterion
    key = _key(sheet, criterion.criterion_id)
    _load(key, cell)
    with st.container(key=f"cr-line-{criterion.criterion_id}", border=True):
        form, beside = st.columns([3, 2], gap="medium")
        with form:
            args = (sheet.applicant, criterion.criterion_id)
            name = criterion_name(criterion)
            st.number_input(
                _("{name} (0 to {max})").format(
                    name=literal(name), max=points(criterion.max_points)
                ),
                min_value=0.0,
                max_value=float(criterion.max_points),
                step=float(criterion.step),
                value=None,
                format=f"%.{max(0, -int(criterion.step.normalize().as_tuple().exponent))}f",
                key=f"points:{key}",
                placeholder=_("blank"),
                on_change=_save,
                args=(*args, key, "points"),
            )
            st.text_area(
                _("Comment: {name}").format(name=name),
                key=f"comment:{key}",
                height=68,
                max_chars=_LONGEST,
                placeholder=_("Comment (saved on leaving the field or with Ctrl+Enter)"),
                label_visibility="collapsed",
                on_change=_save,
                args=(*args, key, "comment"),
            )
            _state(cell, st.session_state[_FAULTS].get(key, ""))
        with beside:
            evidence = evidence_of(criterion, sheet.applicant, view.rules.year)
            _evidence(evidence, shown)


def _state(cell: SheetCell, fault: str) -> None:
    """What is wrong with the line, that it is blank, and when it was saved."""
    draw_text(
        [
            Toned(("✖", _("Not saved."), fault) if fault else "", "bad"),
            Toned(("○", _("points blank")) if cell.points is None else "", "blank"),
            Toned(
                ("✔", _("saved at {time}").format(time=clock_text(cell.saved_at)))
                if cell.saved_at
                else ""
            ),
        ],
        "cell-state",
        "status",
    )


def _evidence(evidence: list[Section], shown: set[str]) -> None:
    """In full where it comes first, folded where it stood beside an earlier line already."""
    for part in evidence:
        lines = replace(part, title="")
        if part.title not in shown:
            shown.add(part.title)
            draw_text(Toned(part.title, "strong"))
            sections_view([lines])
            continue
        with st.expander(_("{title} (as above)").format(title=part.title)):
            sections_view([lines])


def _key(sheet: Sheet, criterion_id: str) -> str:
    return f"{sheet.round_id}:{sheet.judge_id}:{sheet.applicant}:{criterion_id}"


def _load(key: str, cell: SheetCell) -> None:
    """Put what is stored into the widgets, unless they hold it already.

    Another window of the same judge may have saved something newer: then that is shown.
    """
    seen = st.session_state[_SEEN]
    is_shown = key in seen and f"points:{key}" in st.session_state
    if not is_shown or seen[key] != cell.saved_at:
        given = None if cell.points is None else float(cell.points)
        st.session_state[f"points:{key}"] = given
        st.session_state[f"comment:{key}"] = cell.comment
        seen[key] = cell.saved_at


def _save(applicant: str, criterion_id: str, key: str, field: str) -> None:
    """Keep what was typed; the other half of the line stays as it is stored."""
    seen = st.session_state.setdefault(_SEEN, {})
    faults = st.session_state.setdefault(_FAULTS, {})
    identity = reader().identity
    try:
        stored = _line(judging().sheets.sheet(identity, applicant), criterion_id)
        given, comment = stored.points, stored.comment
        if field == "points":
            typed = st.session_state[f"points:{key}"]
            given = None if typed is None else Decimal(str(typed))
        else:
            comment = st.session_state[f"comment:{key}"] or ""
        is_mine = seen.get(key) == stored.saved_at
        sheet = judging().sheets.save_draft(identity, applicant, criterion_id, given, comment)
        faults.pop(key, None)
        # Where another window had saved in between, the other half is to be loaded anew.
        seen[key] = _line(sheet, criterion_id).saved_at if is_mine else ""
    except ClusterReviewError as error:
        faults[key] = f"{_(error.title)}: {error.message} {error.remedy}"
        seen[key] = ""


def _line(sheet: Sheet, criterion_id: str) -> SheetCell:
    return next(cell for cell in sheet.cells if cell.criterion.criterion_id == criterion_id)
