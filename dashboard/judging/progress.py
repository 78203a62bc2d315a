"""How far the judges of a round are, without a point of any sheet."""

from collections.abc import Mapping, Sequence, Set

from dashboard.judging.state import RoundState, SheetState
from dashboard.judging.views import JudgeProgress, Progress, SheetProgress, SheetStatus


def round_progress(
    state: RoundState,
    judges: Sequence[str],
    codes: Set[str],
    signed_in_at: Mapping[str, tuple[str, ...]],
) -> Progress:
    """The lines of these judges.

    Args:
        state: the round.
        judges: whose lines.
        codes: holders whose code is in force.
        signed_in_at: holder → times of all sign-ins.
    """
    lines = []
    for judge in judges:
        withdrawal = state.withdrawn.get(judge)
        lines.append(
            JudgeProgress(
                judge_id=judge,
                name=state.judges[judge],
                has_code=judge in codes,
                signed_in_at=signed_in_at.get(judge, ()),
                withdrawn_reason=withdrawal.reason if withdrawal else "",
                sheets=tuple(_sheet_progress(state, judge, a) for a in state.rules.applicants),
            )
        )
    return Progress(state.round_id, state.is_practice, state.phase, tuple(lines))


def sheet_status(state: RoundState, judge: str, applicant: str) -> SheetStatus:
    """State of one judge's sheet of one applicant."""
    if judge in state.withdrawn:
        return SheetStatus.WITHDRAWN
    if (judge, applicant) in state.recusals:
        return SheetStatus.RECUSED
    sheet = state.sheets.get((judge, applicant), SheetState())
    if sheet.submitted_at is not None:
        return SheetStatus.SUBMITTED
    started = any(cell.points is not None or cell.comment for cell in sheet.cells.values())
    return SheetStatus.STARTED if started else SheetStatus.EMPTY


def _sheet_progress(state: RoundState, judge: str, applicant: str) -> SheetProgress:
    found = state.sheets.get((judge, applicant), SheetState())
    cells = [
        found.cells[c.criterion_id] for c in state.rules.criteria if c.criterion_id in found.cells
    ]
    return SheetProgress(
        applicant=applicant,
        status=sheet_status(state, judge, applicant),
        scored_count=sum(cell.points is not None for cell in cells),
        criterion_count=len(state.rules.criteria),
        saved_at=max((cell.saved_at for cell in cells), default=None),
        submitted_at=found.submitted_at,
        recusal_reason=state.recusals.get((judge, applicant), ""),
    )
