"""Score sheets: drafts, submission, recusal, and how far everybody is."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from dashboard.access import Action, Identity, Role
from dashboard.errors import AccessDenied, JudgingRefused, UsageError
from dashboard.i18n import gettext as _
from dashboard.judging.checks import (
    active_judge,
    in_phase,
    known_applicant,
    known_judge,
    own_round,
    required_text,
    short_text,
)
from dashboard.judging.points import allowed_points, typed_points
from dashboard.judging.progress import round_progress, sheet_status
from dashboard.judging.state import RoundState, SheetState
from dashboard.judging.streams import Streams
from dashboard.judging.views import AFTER_CLOSING, Phase, Progress, Sheet, SheetCell
from dashboard.review.panel import Criterion
from dashboard.store.checkpoint import Head
from dashboard.store.ledger import Writer

_BEFORE_CLOSING = (Phase.DRAFT, Phase.SEALED, Phase.SCORING)


class SavedElsewhere(JudgingRefused):
    """Another window of the same judge has saved something else in the meantime."""

    def __init__(self, title: str, message: str, remedy: str, stored: str) -> None:
        super().__init__(title, message, remedy)
        self.stored = stored


class Sheets:
    """The score sheets of the rounds."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams

    def sheet(self, identity: Identity, applicant: str, judge_id: str | None = None) -> Sheet:
        """A score sheet: a judge's own one, or after closing any one for the chair.

        Args:
            identity: a judge, or the chair of a closed round.
            applicant: region code.
            judge_id: whose sheet; None: the judge's own.

        Raises:
            AccessDenied: another's sheet, before closing, or the judge is recused (also for the
                chair: a recused judge's points are shown to nobody).
        """
        own = identity.role is Role.JUDGE
        round_id = own_round(identity, Action.SCORE if own else Action.READ_SHEETS)
        with self._streams.reading(round_id) as state:
            if own:
                judge = _own_id(state, identity)
                if judge_id not in (None, judge):
                    raise _withheld(_("A judge reads the own sheet only."))
                in_phase(state, Phase.SEALED, Phase.SCORING, *AFTER_CLOSING)
            else:
                judge = judge_id or ""
                if state.phase not in AFTER_CLOSING:
                    raise _withheld(_("Sheets are closed to the chair until the round is closed."))
            known_judge(state, judge)
            known_applicant(state, applicant)
            _refuse_recused(state, judge, applicant)
            return _sheet(state, judge, applicant)

    def save_draft(
        self,
        identity: Identity,
        applicant: str,
        criterion_id: str,
        points: Decimal | str | int | float | None,
        comment: str = "",
    ) -> Sheet:
        """Keep one line of the judge's own sheet: on disk when this returns.

        Args:
            identity: the judge.
            applicant: region code.
            criterion_id: which line.
            points: from 0 to the criterion's points in its steps; None leaves it blank.
            comment: at most 2000 characters.

        Raises:
            JudgingRefused: points outside, scoring not open, or the sheet is submitted.
        """
        round_id = own_round(identity, Action.SCORE)
        with self._streams.writing(round_id) as (state, writer):
            judge, sheet = _writable(state, identity, applicant)
            given = allowed_points(points, _known_criterion(state, criterion_id))
            comment = short_text(comment)
            cell = sheet.cells.get(criterion_id)
            before = (cell.points, cell.comment) if cell else (None, "")
            if before != (given, comment):
                _draft(writer, judge, applicant, criterion_id, given, comment)
        return self.sheet(identity, applicant)

    def save_field(
        self,
        identity: Identity,
        applicant: str,
        criterion_id: str,
        field: Literal["points", "comment"],
        given: str,
        was: str,
    ) -> Sheet:
        """Keep the points or the comment of a line; its other half stays as it is stored.

        Args:
            identity: the judge.
            applicant: region code.
            criterion_id: which line.
            field: which half of it.
            given: what was typed.
            was: what was stored when it was typed.

        Raises:
            JudgingRefused: points outside, scoring not open, or the sheet is submitted.
            SavedElsewhere: neither `was` nor `given` is what is stored by now.
        """
        round_id = own_round(identity, Action.SCORE)
        with self._streams.writing(round_id) as (state, writer):
            judge, sheet = _writable(state, identity, applicant)
            criterion = _known_criterion(state, criterion_id)
            cell = sheet.cells.get(criterion_id)
            points, comment = (cell.points, cell.comment) if cell else (None, "")
            if field == "points":
                wanted = (allowed_points(typed_points(given), criterion, given), comment)
                is_known = typed_points(was) == points
                stored = "" if points is None else f"{points.normalize():f}"
            else:
                wanted = (points, short_text(given))
                is_known = was.strip() == comment
                stored = comment
            if wanted == (points, comment):
                return _sheet(state, judge, applicant)
            if not is_known:
                raise SavedElsewhere(
                    "Saved otherwise in another window",
                    _("Stored is: {value}").format(value=stored or _("blank")),
                    _("Choose which of the two counts."),
                    stored,
                )
            _draft(writer, judge, applicant, criterion_id, *wanted)
        return self.sheet(identity, applicant)

    def submit(
        self, identity: Identity, applicant: str, seen: Mapping[str, Decimal | None] | None = None
    ) -> Sheet:
        """Submit and lock the judge's own sheet of an applicant.

        Args:
            identity: the judge.
            applicant: region code.
            seen: criterion → the points that the judge confirmed; None: whatever is stored.

        Raises:
            JudgingRefused: blanks that the round refuses, scoring not open, submitted already, or
                other points are stored than the judge has seen.
        """
        round_id = own_round(identity, Action.SCORE)
        with self._streams.writing(round_id) as (state, writer):
            judge, _state = _writable(state, identity, applicant)
            sheet = _sheet(state, judge, applicant)
            blanks = sheet.blanks
            if seen is not None and dict(seen) != sheet.given:
                raise JudgingRefused(
                    "The sheet has changed",
                    _("Other points are stored than those you confirmed."),
                    _("Look at the sheet again, then submit. Nothing was submitted."),
                )
            if blanks and state.rules.rule.blank_policy == "refuse":
                raise JudgingRefused(
                    "The sheet has blanks",
                    _("Criteria without points: {count}. A blank is not zero.").format(
                        count=len(blanks)
                    ),
                    _("Score every criterion, then submit. What was scored is saved."),
                )
            writer.append("submitted", judge, {"judge_id": judge, "applicant": applicant})
        return self.sheet(identity, applicant)

    def reopen(self, identity: Identity, judge_id: str, applicant: str, reason: str) -> None:
        """Give a submitted sheet back to its judge (chair, with a reason, while scoring is open).

        The chair still does not see it.
        """
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            in_phase(state, Phase.SCORING)
            known_judge(state, judge_id)
            known_applicant(state, applicant)
            sheet = state.sheets.get((judge_id, applicant))
            if sheet is None or sheet.submitted_at is None:
                raise JudgingRefused(
                    "The sheet is not submitted",
                    _("Only a submitted sheet can be given back."),
                    _("Nothing was changed."),
                )
            content = {"judge_id": judge_id, "applicant": applicant}
            writer.append("reopened", "chair", {**content, "reason": required_text(reason)})

    def declare_conflict(self, identity: Identity, applicant: str, reason: str) -> None:
        """A judge's own conflict of interest: recused from this applicant from now on.

        What the judge had scored there counts no more and is shown to nobody. Only the chair can
        lift it. Refused once the round is closed.
        """
        round_id = own_round(identity, Action.DECLARE_CONFLICT)
        with self._streams.writing(round_id) as (state, writer):
            in_phase(state, *_BEFORE_CLOSING)
            judge = _own_id(state, identity)
            known_applicant(state, applicant)
            if (judge, applicant) in state.recusals:
                return
            content = {"judge_id": judge, "applicant": applicant, "reason": required_text(reason)}
            writer.append("conflict_declared", judge, content)

    def set_recusal(
        self, identity: Identity, judge_id: str, applicant: str, is_recused: bool, reason: str
    ) -> None:
        """Recuse a judge from an applicant, or lift it (chair), until the round is closed.

        After closing a recusal moves the result, and needs a second person (`Proposals`). A lifted
        recusal does not bring back what was scored before.
        """
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            in_phase(state, *_BEFORE_CLOSING)
            active_judge(state, judge_id)
            known_applicant(state, applicant)
            if is_recused == ((judge_id, applicant) in state.recusals):
                return
            content = {
                "judge_id": judge_id,
                "applicant": applicant,
                "is_recused": is_recused,
                "reason": required_text(reason),
            }
            writer.append("recusal_set", "chair", content)

    def progress(self, identity: Identity) -> Progress:
        """Who is how far, without points: the chair sees every judge, a judge the own line."""
        round_id = own_round(identity, Action.READ_PROGRESS)
        with self._streams.reading_sign_in(round_id) as signed:
            codes = {holder.holder for holder in signed.codes.values()}
            times = dict(signed.signed_in_at)
        with self._streams.reading(round_id) as state:
            judges = list(state.judges)
            if identity.role is Role.JUDGE:
                judges = [_own_id(state, identity)]
            return round_progress(state, judges, codes, times)


def _own_id(state: RoundState, identity: Identity) -> str:
    judge_id = identity.judge_id or ""
    known_judge(state, judge_id)
    if judge_id in state.withdrawn:
        raise _withheld(_("The judge is withdrawn from the panel."))
    return judge_id


def _writable(state: RoundState, identity: Identity, applicant: str) -> tuple[str, SheetState]:
    """The judge's own sheet, if it can be written on now: scoring, or this sheet once again."""
    judge = _own_id(state, identity)
    if (judge, applicant) not in state.rescoring:
        in_phase(state, Phase.SCORING)
    known_applicant(state, applicant)
    _refuse_recused(state, judge, applicant)
    sheet = state.sheets.get((judge, applicant), SheetState())
    if sheet.submitted_at is not None:
        raise JudgingRefused(
            "The sheet is submitted",
            _("A submitted sheet is locked."),
            _("Ask the chair to open it again, with the reason."),
        )
    return judge, sheet


def _refuse_recused(state: RoundState, judge_id: str, applicant: str) -> None:
    if judge_id in state.withdrawn:
        raise _withheld(_("The judge is withdrawn from the panel."))
    if (judge_id, applicant) in state.recusals:
        raise _withheld(_("The judge is recused from this applicant."))


def _known_criterion(state: RoundState, criterion_id: str) -> Criterion:
    criteria = {one.criterion_id: one for one in state.rules.criteria}
    if criterion_id not in criteria:
        raise UsageError(
            "There is no such criterion",
            criterion_id,
            _("Criteria: {names}").format(names=", ".join(criteria)),
        )
    return criteria[criterion_id]


def _draft(
    writer: Writer,
    judge: str,
    applicant: str,
    criterion_id: str,
    points: Decimal | None,
    comment: str,
) -> None:
    content = {
        "judge_id": judge,
        "applicant": applicant,
        "criterion_id": criterion_id,
        "points": None if points is None else str(points),
        "comment": comment,
    }
    writer.append("drafted", judge, content)


def _withheld(message: str) -> AccessDenied:
    return AccessDenied(
        "This sheet is not open to you",
        message,
        _("Go on with another sheet, or ask the chair."),
    )


def _sheet(state: RoundState, judge: str, applicant: str) -> Sheet:
    found = state.sheets.get((judge, applicant), SheetState())
    cells = []
    for criterion in state.rules.criteria:
        cell = found.cells.get(criterion.criterion_id)
        cells.append(
            SheetCell(criterion, cell.points, cell.comment, cell.saved_at)
            if cell
            else SheetCell(criterion, None, "", None)
        )
    blanks = tuple(cell.criterion.criterion_id for cell in cells if cell.points is None)
    is_again = (judge, applicant) in state.rescoring
    is_open = found.submitted_at is None and (state.phase is Phase.SCORING or is_again)
    return Sheet(
        round_id=state.round_id,
        is_practice=state.is_practice,
        judge_id=judge,
        judge=state.judges[judge],
        applicant=applicant,
        status=sheet_status(state, judge, applicant),
        cells=tuple(cells),
        total=sum((cell.points for cell in cells if cell.points is not None), Decimal(0)),
        max_total=state.rules.max_total,
        blanks=blanks,
        is_open=is_open,
        may_submit=is_open and not (blanks and state.rules.rule.blank_policy == "refuse"),
        submitted_at=found.submitted_at,
        reopened_reason=found.reopened_reason,
        log=Head(state.number, state.head),
    )
