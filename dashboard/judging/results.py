"""The result of a closed round: computed, objected to, signed, and its log."""

import threading
from dataclasses import replace
from datetime import UTC
from typing import Any

from dashboard.access import Action, Identity, Role, may
from dashboard.errors import AccessDenied, JudgingRefused, UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.judging.basis import Facts, digest_of, outcome_of
from dashboard.judging.checks import (
    in_phase,
    known_applicant,
    own_round,
    required_text,
    round_read,
    short_text,
)
from dashboard.judging.deadlines import deadline_text, end_of_day
from dashboard.judging.objecting import (
    Letter,
    Opening,
    is_answerable,
    received_at,
    require_answerable,
    require_consequence,
    require_settled,
    required_letter,
    unsigned,
)
from dashboard.judging.proposed import Change, Proposal
from dashboard.judging.result_view import PanelResult
from dashboard.judging.round_log import is_open_to_others, log_lines, readable_entries
from dashboard.judging.second_person import propose_in
from dashboard.judging.sign_in import CHAIR
from dashboard.judging.state import RoundState
from dashboard.judging.streams import Streams, panel_stream
from dashboard.judging.views import AFTER_CLOSING, LogEntry, Objection, Phase, RoundView
from dashboard.review.aggregation import ApplicantScore, Outcome, counted_sheets, stage_total
from dashboard.review.agreement import concordance, spread
from dashboard.review.panel_robustness import references, robustness

_RESULTS_KEPT = 32


class Results:
    """Results and logs of the rounds."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._lock = threading.Lock()
        self._computed: dict[str, PanelResult] = {}
        """Digest of the entry read to → the result as the chair sees it."""

    def result(
        self, identity: Identity, round_id: str | None = None, version: int | None = None
    ) -> PanelResult:
        """The result of a closed round, as it stands or as it was signed.

        The chair sees judges by name. Judges and officials see each applicant's totals without
        names, in order of size; viewers see the same once the result is signed, and the version
        that was signed last while it is open again.

        Args:
            identity: who is reading.
            round_id: needed for an official or a viewer; a judge or chair reads the own round.
            version: a version that was signed, from 1; None: the result as it stands.

        Raises:
            UsageError: no such version was signed.
        """
        chosen = round_read(identity, Action.READ_RESULT, round_id)
        with self._streams.reading(chosen) as state:
            _refuse_early(state, identity)
            signed = state.signed
            if not may(identity, Action.READ_UNSIGNED) and state.in_force is None:
                version = version or len(signed)
            facts = Facts(state)
        if version is not None:
            if not 1 <= version <= len(signed):
                raise UsageError(
                    "This version of the result was not signed",
                    str(version),
                    _("Signed versions: {count}").format(count=len(signed)),
                )
            facts = Facts(self._streams.state_at(chosen, signed[version - 1].entry))
        full = self._compute(facts)
        # What replaced a version is known only after it was signed.
        full = replace(full, round=replace(full.round, signed=signed))
        return full if identity.role is Role.CHAIR else _anonymous(full)

    def object(
        self,
        identity: Identity,
        applicant: str,
        text: str,
        round_id: str | None = None,
        letter: Letter | None = None,
    ) -> Objection:
        """Hand in an applicant's objection: the applicant's own, or the chair for a letter.

        Possible from closing to the deadline, also when the result was signed before it. A letter
        counts as handed in on the day on which it was received.

        Args:
            identity: who speaks for the applicant, or the chair.
            applicant: region code; an applicant objects for the own region only.
            text: what is objected to.
            round_id: needed for an official; others are of one round.
            letter: needed of the chair, and of nobody else.
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
            in_phase(state, *AFTER_CLOSING)
            known_applicant(state, applicant)
            now, until = self._streams.now(), state.objections_until
            content = {"applicant": applicant, "text": required_text(text)}
            received = now
            if identity.role is Role.CHAIR:
                letter = required_letter(letter)
                received = received_at(letter, state, now)
                content["letter_from"] = required_text(letter.sender)
                content["letter_on"] = letter.received_on.isoformat()
            if until is None or received >= until:
                raise JudgingRefused(
                    "The time for objections is over",
                    _("Objections were possible until {time}.").format(time=deadline_text(until)),
                    _("Write to the chair. Nothing was recorded."),
                )
            due = end_of_day(now, state.rules.answer_days).astimezone(UTC)
            content["answer_due"] = due.isoformat(timespec="milliseconds")
            objection_id = f"o{len(state.objections) + 1}"
            writer.append("objected", identity.role, {"objection_id": objection_id, **content})
        return self._objection(chosen, objection_id)

    def answer(
        self,
        identity: Identity,
        objection_id: str,
        text: str,
        is_upheld: bool,
        opens: Opening | None = None,
        nothing_because: str = "",
    ) -> Objection:
        """Answer an objection (chair), once; what an upheld one opens is proposed with it.

        An answer is given again only where a deputy declined what the former one opened.

        Args:
            identity: the chair.
            objection_id: which one.
            text: the answer, which is public, and the reason of what is proposed.
            is_upheld: the decision.
            opens: what it opens, where it is upheld. A lot is drawn, and proposed, afterwards.
            nothing_because: why an objection that is upheld changes nothing of the result, else.
        """
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            in_phase(state, *AFTER_CLOSING)
            require_answerable(state, objection_id)
            require_consequence(is_upheld, opens, nothing_because)
            content = {"objection_id": objection_id, "text": required_text(text)}
            if opens is not None:
                content["opens"] = opens.change
            if is_upheld and opens is None:
                content["nothing_because"] = required_text(nothing_because)
            writer.append("answered", CHAIR, {**content, "is_upheld": is_upheld})
            if opens is not None and opens.change is not Change.LOT:
                proposed = {**opens.content, "objection_id": objection_id}
                propose_in(self._streams, state, writer, opens.change, proposed, text)
        return self._objection(round_id, objection_id)

    def objections(self, identity: Identity, round_id: str | None = None) -> list[Objection]:
        """Objections to a result, for whoever may read the result."""
        chosen = round_read(identity, Action.READ_RESULT, round_id)
        with self._streams.reading(chosen) as state:
            _refuse_early(state, identity)
            return list(state.objections.values())

    def answerable(self, identity: Identity) -> list[str]:
        """Ids of the objections that the chair can answer now."""
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.reading(round_id) as state:
            return [name for name in state.objections if is_answerable(state, name)]

    def sign_off(self, identity: Identity, waiver: str = "") -> RoundView:
        """Sign the result (chair), as a version that stays readable for ever.

        Refused while an objection is unanswered or what it opened is not done, a sheet is being
        scored again, a change waits for a deputy, or a tie for the lot.

        Args:
            identity: the chair.
            waiver: needed before the deadline for objections: why it need not be awaited.
        """
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            in_phase(state, Phase.CLOSED)
            facts = Facts(state)
            outcome, until = outcome_of(facts), state.objections_until
            require_settled(state, outcome)
            early = until is not None and self._streams.now() < until
            if early and not waiver.strip():
                raise unsigned(
                    _("Objections are possible until {time}, and no reason was given.").format(
                        time=deadline_text(until)
                    )
                )
            content = {
                "result": digest_of(state.versions[-1].digest, outcome),
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

    def _former(self, view: RoundView) -> Outcome | None:
        """The outcome of the version that was signed before the one of this view."""
        earlier = view.signed[:-1] if view.phase is Phase.SIGNED_OFF else view.signed
        if not earlier:
            return None
        return outcome_of(Facts(self._streams.state_at(view.round_id, earlier[-1].entry)))

    def _compute(self, facts: Facts) -> PanelResult:
        with self._lock:
            if facts.log.digest in self._computed:
                return self._computed[facts.log.digest]
        outcome, rules = outcome_of(facts), facts.view.rules
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
            digest=digest_of(facts.digest, outcome),
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
            rescoring=facts.rescoring,
            changes=facts.changes,
            number=len(facts.view.signed) + (facts.view.phase is not Phase.SIGNED_OFF),
            former=self._former(facts.view),
        )
        with self._lock:
            self._computed[facts.log.digest] = result
            while len(self._computed) > _RESULTS_KEPT:
                self._computed.pop(next(iter(self._computed)))
        return result


def _anonymous(result: PanelResult) -> PanelResult:
    """Without anything that says which judge gave what."""
    return replace(
        result,
        outcome=_nameless_outcome(result.outcome),
        judges={},
        recusals=tuple((applicant, "") for applicant, _judge in result.recusals),
        not_submitted=tuple((applicant, "") for applicant, _judge in result.not_submitted),
        withdrawn=(("", ""),) * len(result.withdrawn),
        rescoring=tuple((applicant, "") for applicant, _judge in result.rescoring),
        changes=tuple(_unnamed(change) for change in result.changes),
        former=None if result.former is None else _nameless_outcome(result.former),
    )


def _unnamed(change: Proposal) -> Proposal:
    content = {name: value for name, value in change.content.items() if name != "judge_id"}
    return replace(change, content=content)


def _nameless_outcome(outcome: Outcome) -> Outcome:
    return replace(outcome, applicants=tuple(_nameless(row) for row in outcome.applicants))


def _nameless(row: ApplicantScore) -> ApplicantScore:
    totals = sorted(
        (replace(total, judge_id="") for total in row.totals),
        key=lambda total: (total.stage or "", -total.total, total.dropped or ""),
    )
    return replace(row, totals=tuple(totals), left_out=("",) * len(row.left_out))


def _refuse_early(state: RoundState, identity: Identity) -> None:
    """Nobody reads a result before closing, and a viewer none before one was signed."""
    if not is_open_to_others(state, identity):
        raise AccessDenied(
            "The result is not open yet",
            _("Scores stay closed to everybody until the chair closes the round."),
            _("Come back after closing."),
        )
