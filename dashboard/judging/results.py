"""The result of a closed round: computed, objected to, signed, and its log."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from dashboard.access import Action, Identity, Role
from dashboard.errors import AccessDenied, JudgingRefused, UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import label, moment_text
from dashboard.judging.checks import (
    in_phase,
    known_applicant,
    own_round,
    required_text,
    round_read,
    short_text,
)
from dashboard.judging.result_view import PanelResult
from dashboard.judging.round_log import log_lines, readable_entries
from dashboard.judging.rounds import not_submitted
from dashboard.judging.state import RoundState
from dashboard.judging.streams import Streams, panel_stream
from dashboard.judging.views import LogEntry, Objection, Phase, RoundView
from dashboard.review.aggregation import (
    ApplicantScore,
    Outcome,
    aggregate,
    counted_sheets,
    stage_total,
)
from dashboard.review.agreement import concordance, spread
from dashboard.review.panel import PointSheet
from dashboard.review.panel_robustness import references, robustness
from dashboard.store.checkpoint import Head
from dashboard.store.ledger import canonical_digest

_OUTCOME = TypeAdapter(Outcome)
_ENDED = (Phase.CLOSED, Phase.SIGNED_OFF)
_RESULTS_KEPT = 32


class Results:
    """Results and logs of the rounds."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._lock = threading.Lock()
        self._computed: dict[str, PanelResult] = {}
        """Digest of a round's last entry → its result as the chair sees it."""

    def result(self, identity: Identity, round_id: str | None = None) -> PanelResult:
        """The result of a closed round.

        The chair sees judges by name. Judges and officials see each applicant's totals without
        names, in order of size; viewers see the same once the result is signed.

        Args:
            identity: who is reading.
            round_id: needed for an official or a viewer; a judge or chair reads the own round.
        """
        chosen = round_read(identity, Action.READ_RESULT, round_id)
        with self._streams.reading(chosen) as state:
            _refuse_early(state, identity)
            facts = _Facts(state)
        full = self._compute(facts)
        return full if identity.role is Role.CHAIR else _anonymous(full)

    def record_lot(self, identity: Identity, order: Sequence[str], note: str) -> PanelResult:
        """Record the order that a drawn lot gave (chair), where the rule leaves ties to the lot.

        Args:
            identity: the chair.
            order: the tied applicants, first place first.
            note: how, where and before whom it was drawn.
        """
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            in_phase(state, Phase.CLOSED)
            waiting = [
                set(tie.applicants) for tie in _outcome(_Facts(state)).ties if tie.awaits_lot
            ]
            if set(order) not in waiting or len(set(order)) != len(order):
                raise JudgingRefused(
                    "No tie waits for this lot",
                    _("The lot orders all the applicants of one tie that the rule leaves to it."),
                    _("Record the order of exactly those applicants."),
                )
            writer.append(
                "lot_recorded", "chair", {"order": list(order), "note": required_text(note)}
            )
        return self.result(identity, round_id)

    def object(
        self, identity: Identity, applicant: str, text: str, round_id: str | None = None
    ) -> Objection:
        """Hand in an applicant's objection (its contact, or the chair for a letter received).

        Refused before closing and after the deadline, and for another region than the contact's.
        """
        chosen = round_read(identity, Action.OBJECT, round_id)
        if identity.region not in (None, applicant):
            raise AccessDenied(
                "This is not open to you",
                _("You speak for {region} in this round, and for no other applicant.").format(
                    region=label("region", identity.region)
                ),
                _("Choose the own region. Nothing was recorded."),
            )
        with self._streams.writing(chosen) as (state, writer):
            in_phase(state, Phase.CLOSED)
            known_applicant(state, applicant)
            until = state.objections_until
            if until is None or self._streams.now() > until:
                raise JudgingRefused(
                    "The time for objections is over",
                    _("Objections were possible until {time}.").format(time=moment_text(until)),
                    _("Write to the chair. Nothing was recorded."),
                )
            objection_id = f"o{len(state.objections) + 1}"
            content = {"objection_id": objection_id, "applicant": applicant}
            writer.append("objected", identity.role, {**content, "text": required_text(text)})
        return self._objection(chosen, objection_id)

    def answer(
        self, identity: Identity, objection_id: str, text: str, is_upheld: bool
    ) -> Objection:
        """Answer an objection (chair), once."""
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            in_phase(state, Phase.CLOSED)
            objection = state.objections.get(objection_id)
            if objection is None:
                raise UsageError(
                    "There is no such objection",
                    objection_id,
                    _("Objections: {names}").format(names=", ".join(state.objections)),
                )
            if objection.answered_at is not None:
                raise JudgingRefused(
                    "The objection is answered already",
                    _("An answer is given once."),
                    _("Nothing was changed."),
                )
            content = {"objection_id": objection_id, "text": required_text(text)}
            writer.append("answered", "chair", {**content, "is_upheld": is_upheld})
        return self._objection(round_id, objection_id)

    def objections(self, identity: Identity, round_id: str | None = None) -> list[Objection]:
        """Objections to a result, for whoever may read the result."""
        chosen = round_read(identity, Action.READ_RESULT, round_id)
        with self._streams.reading(chosen) as state:
            _refuse_early(state, identity)
            return list(state.objections.values())

    def sign_off(self, identity: Identity, waiver: str = "") -> RoundView:
        """Sign the result (chair): from now on nothing of the round changes.

        Refused while an objection is unanswered or a tie waits for the lot.

        Args:
            identity: the chair.
            waiver: needed before the deadline for objections: why it need not be awaited.
        """
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            in_phase(state, Phase.CLOSED)
            outcome, until = _outcome(_Facts(state)), state.objections_until
            open_objections = [o for o in state.objections.values() if o.answered_at is None]
            if open_objections:
                raise _unsigned(
                    _("Objections without answer: {count}.").format(count=len(open_objections))
                )
            if any(tie.awaits_lot for tie in outcome.ties):
                raise _unsigned(_("A tie waits for the lot."))
            early = until is not None and self._streams.now() <= until
            if early and not waiver.strip():
                raise _unsigned(
                    _("Objections are possible until {time}, and no reason was given.").format(
                        time=moment_text(until)
                    )
                )
            content = {
                "result": _digest(state.versions[-1].digest, outcome),
                "number": state.number,
                "head": state.head,
                "waiver": short_text(waiver) if early else "",
            }
            checkpoint = self._streams.checkpoint(round_id, writer)
            writer.append("signed_off", "chair", {**content, "checkpoint": checkpoint})
        with self._streams.reading(round_id) as state:
            return state.view()

    def log(self, identity: Identity, round_id: str | None = None) -> list[LogEntry]:
        """The round's log; what the reader may not see is withheld, entry by entry.

        Points and comments: a judge sees the own ones, the chair all after closing, nobody those of
        a recused judge. Signing in and codes are not in this log.
        """
        chosen = round_read(identity, Action.READ_LOG, round_id)
        with self._streams.reading(chosen) as state:
            if identity.role not in (Role.JUDGE, Role.CHAIR, Role.DEPUTY):
                _refuse_early(state, identity)
            entries = self._streams.ledger.entries(panel_stream(chosen))
            # What came in between is left to the next reader, whose state knows it.
            return readable_entries(state, identity, entries[: state.number])

    def export_log(self, identity: Identity, round_id: str | None = None) -> bytes:
        """The same as JSON lines (UTF-8); `verify_export` follows its chain without the ledger."""
        chosen = round_read(identity, Action.READ_LOG, round_id)
        return log_lines(panel_stream(chosen), self.log(identity, round_id))

    def _objection(self, round_id: str, objection_id: str) -> Objection:
        with self._streams.reading(round_id) as state:
            return state.objections[objection_id]

    def _compute(self, facts: "_Facts") -> PanelResult:
        with self._lock:
            if facts.log.digest in self._computed:
                return self._computed[facts.log.digest]
        outcome, rules = _outcome(facts), facts.view.rules
        scored = [row.applicant for row in outcome.applicants if row.final is not None]
        counted = [
            sheet
            for name in rules.applicants
            for sheet in counted_sheets(facts.sheets, rules.criteria, rules.rule, name)[0]
        ]
        by_judge: dict[str, dict[str, Any]] = {}
        for sheet in counted:
            total = stage_total(sheet, rules.criteria)
            by_judge.setdefault(sheet.judge_id, {})[sheet.applicant] = total
        result = PanelResult(
            round=facts.view,
            is_practice=facts.view.is_practice,
            is_final=facts.view.phase is Phase.SIGNED_OFF,
            digest=_digest(facts.digest, outcome),
            log=facts.log,
            outcome=outcome,
            judges=facts.judges,
            recusals=facts.recusals,
            not_submitted=facts.not_submitted,
            withdrawn=facts.withdrawn,
            spread=spread(rules.applicants, rules.criteria, counted),
            concordance=concordance(scored, list(by_judge.values())),
            references=references(rules.applicants, rules.criteria, rules.rule, facts.sheets),
            robustness=robustness(rules.applicants, rules.criteria, rules.rule, facts.sheets),
            objections=facts.objections,
            lots=facts.drawn,
        )
        with self._lock:
            self._computed[facts.log.digest] = result
            while len(self._computed) > _RESULTS_KEPT:
                self._computed.pop(next(iter(self._computed)))
        return result


class _Facts:
    """What a result rests on, taken out of a round's state."""

    def __init__(self, state: RoundState) -> None:
        self.log = Head(state.number, state.head)
        self.view = state.view()
        self.digest = state.versions[-1].digest
        self.judges = {
            judge: name for judge, name in state.judges.items() if judge not in state.withdrawn
        }
        self.withdrawn = tuple(
            (state.judges[judge], one.reason) for judge, one in state.withdrawn.items()
        )
        self.recusals = tuple(sorted((a, judge) for judge, a in state.recusals))
        self.not_submitted = not_submitted(state)
        self.lots = dict(state.lots)
        self.drawn = tuple(state.drawn)
        self.objections = tuple(state.objections.values())
        self.sheets = [
            PointSheet(
                judge,
                applicant,
                {
                    name: cell.points
                    for name, cell in sheet.cells.items()
                    if cell.points is not None
                },
            )
            for (judge, applicant), sheet in state.sheets.items()
            if sheet.submitted_at is not None and (judge, applicant) not in state.recusals
        ]


def result_digest(state: RoundState) -> str:
    """SHA-256 of the official outcome with the rules' digest, as sign-off freezes it."""
    return _digest(state.versions[-1].digest, _outcome(_Facts(state)))


def _outcome(facts: _Facts) -> Outcome:
    rules = facts.view.rules
    return aggregate(rules.applicants, rules.criteria, rules.rule, facts.sheets, facts.lots)


def _digest(rules_digest: str, outcome: Outcome) -> str:
    written = _OUTCOME.dump_python(outcome, mode="json")
    return canonical_digest({"rules": rules_digest, "outcome": written})


def _anonymous(result: PanelResult) -> PanelResult:
    """Without anything that says which judge gave what."""
    rows = tuple(_nameless(row) for row in result.outcome.applicants)
    return replace(
        result,
        outcome=replace(result.outcome, applicants=rows),
        judges={},
        recusals=tuple((applicant, "") for applicant, _judge in result.recusals),
        not_submitted=tuple((applicant, "") for applicant, _judge in result.not_submitted),
        withdrawn=(("", ""),) * len(result.withdrawn),
    )


def _nameless(row: ApplicantScore) -> ApplicantScore:
    totals = sorted(
        (replace(total, judge_id="") for total in row.totals),
        key=lambda total: (total.stage or "", -total.total, total.dropped or ""),
    )
    return replace(row, totals=tuple(totals), left_out=("",) * len(row.left_out))


def _refuse_early(state: RoundState, identity: Identity) -> None:
    """Nobody reads a result before closing, and a viewer none before it is signed."""
    open_in = (Phase.SIGNED_OFF,) if identity.role is Role.VIEWER else _ENDED
    if state.phase not in open_in:
        raise AccessDenied(
            "The result is not open yet",
            _("Scores stay closed to everybody until the chair closes the round."),
            _("Come back after closing."),
        )


def _unsigned(message: str) -> JudgingRefused:
    return JudgingRefused(
        "The result cannot be signed yet", message, _("Settle this first. Nothing was changed.")
    )
