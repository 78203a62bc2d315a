"""What a round is, as its entries say: folded one after the other, never read back in full."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from dashboard.judging.proposed import MOVES_RESULT, Change, Proposal, ProposalStatus
from dashboard.judging.rules_text import changed_fields, rules_of
from dashboard.judging.views import (
    Lot,
    Objection,
    Phase,
    RoundRules,
    RoundView,
    RulesVersion,
    SignedVersion,
)
from dashboard.store.checkpoint import Head
from dashboard.store.ledger import GENESIS, Entry, canonical_digest


@dataclass
class Cell:
    """One line of a sheet as last saved."""

    points: Decimal | None
    comment: str
    saved_at: str


@dataclass
class SheetState:
    """One judge's sheet of one applicant."""

    cells: dict[str, Cell] = field(default_factory=dict)
    submitted_at: str | None = None
    reopened_reason: str = ""


@dataclass(frozen=True)
class Withdrawal:
    """Why a judge was taken off the panel, and who came instead."""

    reason: str
    replaced_by: str
    """The other judge's id; empty where nobody came."""
    withdrawn_at: str


class RoundState:
    """A round up to one of its entries."""

    def __init__(self, round_id: str, is_practice: bool) -> None:
        self.round_id = round_id
        self.is_practice = is_practice
        self.number = 0
        self.head = GENESIS
        self.chair = ""
        self.deputies: dict[str, str] = {}
        """Deputy (`d1`, `d2`) → name; empty in rounds made before there were any."""
        self.created_at = ""
        self.phase = Phase.DRAFT
        self.versions: list[RulesVersion] = []
        self.judges: dict[str, str] = {}
        """Judge → name, in order of assignment; withdrawn ones keep their place."""
        self.withdrawn: dict[str, Withdrawal] = {}
        """Judge who is on the panel no more → why."""
        self.contacts: dict[str, str] = {}
        """Applicant → name of its contact, who has its code."""
        self.agreed: dict[str, tuple[str, str]] = {}
        """Deputy who agreed to a new code of the chair → reason and time, until there is one."""
        self.sheets: dict[tuple[str, str], SheetState] = {}
        """(Judge, applicant) → sheet; never of a recused judge."""
        self.recusals: dict[tuple[str, str], str] = {}
        """(Judge, applicant) → reason."""
        self.void_before: dict[tuple[str, str], int] = {}
        """(Judge, applicant) → entry of the last recusal: what was scored before it is void."""
        self.opened_at: str | None = None
        self.closed_at: str | None = None
        self.closing_reason = ""
        self.objections_until: datetime | None = None
        """The deadline; None before closing."""
        self.drawn: list[Lot] = []
        """Every lot, in the order of recording."""
        self.rescoring: dict[tuple[str, str], str] = {}
        """(Judge, applicant) → why that sheet is being scored again after closing."""
        self.objections: dict[str, Objection] = {}
        self.proposals: dict[str, Proposal] = {}
        """What the chair proposed, in that order."""
        self.signed_off_at: str | None = None
        self.signed: tuple[SignedVersion, ...] = ()
        """Every version of the result that was signed."""

    @property
    def rules(self) -> RoundRules:
        """The rules in force."""
        return self.versions[-1].rules

    @property
    def in_force(self) -> SignedVersion | None:
        """The signed version that is the result now; None: there is none, or it is open again."""
        return self.signed[-1] if self.phase is Phase.SIGNED_OFF else None

    def apply(self, entry: Entry) -> None:
        """Fold the next entry in."""
        _FOLDS[entry.kind](self, entry)
        self.number, self.head = entry.number, entry.digest

    def view(self) -> RoundView:
        """Public facts."""
        version, until = self.versions[-1], self.objections_until
        is_sealed = version.sealed_at is not None
        return RoundView(
            round_id=self.round_id,
            is_practice=self.is_practice,
            phase=self.phase,
            chair=self.chair,
            deputies=tuple(self.deputies.values()),
            created_at=self.created_at,
            rules=version.rules,
            versions=tuple(self.versions),
            seal=version.digest if is_sealed else None,
            sealed_at=version.sealed_at,
            judge_count=len(self.judges) - len(self.withdrawn),
            opened_at=self.opened_at,
            closed_at=self.closed_at,
            closing_reason=self.closing_reason,
            objections_until=until.isoformat(timespec="milliseconds") if until else None,
            signed_off_at=self.signed_off_at,
            result_digest=self.in_force.result if self.in_force else None,
            log_head=self.in_force.rests_on.digest if self.in_force else None,
            signed=self.signed,
        )

    # ---- One fold a kind of entry

    def _created(self, entry: Entry) -> None:
        self.chair, self.created_at = entry.content["chair"], entry.written_at
        names = entry.content.get("deputies", ())
        self.deputies = {f"d{place}": name for place, name in enumerate(names, 1)}
        self._add_version(entry, sealed_at=None)

    def _rules_changed(self, entry: Entry) -> None:
        former = self.rules
        for region in entry.content.get("contacts_ended", ()):
            self.contacts.pop(region, None)
        if self.versions[-1].sealed_at is None:
            self.versions.pop()
            self._add_version(entry, sealed_at=None)
            return
        self._add_version(entry, sealed_at=entry.written_at)
        same = set(former.criteria) & set(self.rules.criteria)
        kept = {criterion.criterion_id for criterion in same}
        for key, sheet in list(self.sheets.items()):
            if key[1] not in self.rules.applicants:
                del self.sheets[key]
            elif former.criteria != self.rules.criteria:
                sheet.cells = {name: cell for name, cell in sheet.cells.items() if name in kept}
                if sheet.submitted_at is not None:
                    sheet.submitted_at, sheet.reopened_reason = None, entry.content["reason"]

    def _add_version(self, entry: Entry, sealed_at: str | None) -> None:
        rules = rules_of(entry.content["rules"])
        former = self.versions[-1] if self.versions else None
        self.versions.append(
            RulesVersion(
                number=former.number + 1 if former else 1,
                rules=rules,
                written_at=entry.written_at,
                reason=entry.content.get("reason", ""),
                changed=changed_fields(former.rules, rules) if former else (),
                digest=canonical_digest(entry.content["rules"]),
                sealed_at=sealed_at,
            )
        )

    def _sealed(self, entry: Entry) -> None:
        last = self.versions[-1]
        self.versions[-1] = RulesVersion(**{**vars(last), "sealed_at": entry.written_at})
        self.phase = Phase.SEALED

    def _scoring_opened(self, entry: Entry) -> None:
        self.phase, self.opened_at = Phase.SCORING, entry.written_at

    def _judge_named(self, entry: Entry) -> None:
        self.judges[entry.content["judge_id"]] = entry.content["name"]

    def _judge_withdrawn(self, entry: Entry) -> None:
        content = entry.content
        judge = content["judge_id"]
        self.withdrawn[judge] = Withdrawal(
            content["reason"], content.get("replaced_by", ""), entry.written_at
        )
        self.sheets = {key: sheet for key, sheet in self.sheets.items() if key[0] != judge}
        self.recusals = {key: why for key, why in self.recusals.items() if key[0] != judge}

    def _nothing(self, entry: Entry) -> None:
        """What changes nothing of the round itself, and is in the log for its readers."""

    def _contact_named(self, entry: Entry) -> None:
        self.contacts[entry.content["applicant"]] = entry.content["name"]

    def _recovery_agreed(self, entry: Entry) -> None:
        self.agreed[entry.content["holder"]] = (entry.content["reason"], entry.written_at)

    def _code_issued_again(self, entry: Entry) -> None:
        if entry.content["holder"] == "chair":
            self.agreed = {}

    def _recused(self, entry: Entry) -> None:
        key = (entry.content["judge_id"], entry.content["applicant"])
        if not entry.content.get("is_recused", True):
            self.recusals.pop(key, None)
            return
        self.recusals[key] = entry.content["reason"]
        self.void_before[key] = entry.number
        self.sheets.pop(key, None)
        self.rescoring.pop(key, None)

    def _drafted(self, entry: Entry) -> None:
        content = entry.content
        points = None if content["points"] is None else Decimal(content["points"])
        cell = Cell(points, content["comment"], entry.written_at)
        self._sheet(content).cells[content["criterion_id"]] = cell

    def _submitted(self, entry: Entry) -> None:
        sheet = self._sheet(entry.content)
        sheet.submitted_at, sheet.reopened_reason = entry.written_at, ""
        self.rescoring.pop((entry.content["judge_id"], entry.content["applicant"]), None)

    def _reopened(self, entry: Entry) -> None:
        sheet = self._sheet(entry.content)
        sheet.submitted_at, sheet.reopened_reason = None, entry.content["reason"]

    def _rescoring_opened(self, entry: Entry) -> None:
        self._reopened(entry)
        key = (entry.content["judge_id"], entry.content["applicant"])
        self.rescoring[key] = entry.content["reason"]

    def _sheet(self, content: Mapping[str, Any]) -> SheetState:
        return self.sheets.setdefault((content["judge_id"], content["applicant"]), SheetState())

    def _closed(self, entry: Entry) -> None:
        self.phase, self.closed_at = Phase.CLOSED, entry.written_at
        self.closing_reason = entry.content["reason"]
        closed_at = datetime.fromisoformat(entry.written_at)
        until = entry.content.get("objections_until")
        self.objections_until = (
            datetime.fromisoformat(until)
            if until
            else closed_at + timedelta(days=self.rules.objection_days)
        )

    def _lot_recorded(self, entry: Entry) -> None:
        content = entry.content
        lot = Lot(
            order=tuple(content["order"]),
            note=content["note"],
            recorded_at=entry.written_at,
            place=content.get("place", ""),
            drawn_at=content.get("drawn_at"),
            witnesses=tuple(content.get("witnesses", ())),
            reason=content.get("reason", ""),
            confirmed_by=entry.actor if entry.actor in self.deputies else "",
        )
        self.drawn = [
            replace(former, replaced_at=entry.written_at)
            if former.replaced_at is None and set(former.order) == set(lot.order)
            else former
            for former in self.drawn
        ]
        self.drawn.append(lot)

    def _objected(self, entry: Entry) -> None:
        content = entry.content
        handed_in = datetime.fromisoformat(entry.written_at)
        due = content.get("answer_due")
        if not due:
            reckoned = handed_in + timedelta(days=self.rules.answer_days)
            due = reckoned.isoformat(timespec="milliseconds")
        self.objections[content["objection_id"]] = Objection(
            objection_id=content["objection_id"],
            applicant=content["applicant"],
            text=content["text"],
            handed_in_by=entry.actor,
            handed_in_at=entry.written_at,
            answer_due=due,
            answer="",
            is_upheld=None,
            answered_at=None,
            letter_from=content.get("letter_from", ""),
            letter_on=content.get("letter_on", ""),
        )

    def _answered(self, entry: Entry) -> None:
        content = entry.content
        self.objections[content["objection_id"]] = replace(
            self.objections[content["objection_id"]],
            answer=content["text"],
            is_upheld=content["is_upheld"],
            answered_at=entry.written_at,
            opens=content.get("opens", ""),
            nothing_because=content.get("nothing_because", ""),
        )

    def _change_proposed(self, entry: Entry) -> None:
        content = entry.content
        self.proposals[content["proposal_id"]] = Proposal(
            content["proposal_id"],
            Change(content["change"]),
            content["content"],
            content["reason"],
            entry.written_at,
        )

    def _change_confirmed(self, entry: Entry) -> None:
        proposal = self._decide(entry, ProposalStatus.CONFIRMED)
        if proposal.change not in MOVES_RESULT:
            return
        objection_id = proposal.content.get("objection_id")
        if objection_id:
            self.objections[objection_id] = replace(
                self.objections[objection_id], carried_out_at=entry.written_at
            )
        if self.signed:
            last = self.signed[-1]
            opened = replace(
                last,
                replaced_at=last.replaced_at or entry.written_at,
                replaced_because=(*last.replaced_because, proposal.reason),
            )
            self.signed = (*self.signed[:-1], opened)
        self.phase, self.signed_off_at = Phase.CLOSED, None

    def _change_declined(self, entry: Entry) -> None:
        self._decide(entry, ProposalStatus.DECLINED)

    def _proposal_withdrawn(self, entry: Entry) -> None:
        self._decide(entry, ProposalStatus.WITHDRAWN)

    def _decide(self, entry: Entry, status: ProposalStatus) -> Proposal:
        proposal = replace(
            self.proposals[entry.content["proposal_id"]],
            status=status,
            decided_by=entry.actor,
            decided_at=entry.written_at,
            why=entry.content.get("reason", ""),
        )
        self.proposals[proposal.proposal_id] = proposal
        return proposal

    def _signed_off(self, entry: Entry) -> None:
        self.phase, self.signed_off_at = Phase.SIGNED_OFF, entry.written_at
        content = entry.content
        version = SignedVersion(
            number=len(self.signed) + 1,
            result=content["result"],
            rests_on=Head(content["number"], content["head"]),
            entry=entry.number,
            signed_at=entry.written_at,
            waiver=content.get("waiver", ""),
        )
        self.signed = (*self.signed, version)


_FOLDS = {
    "created": RoundState._created,
    "rules_changed": RoundState._rules_changed,
    "sealed": RoundState._sealed,
    "scoring_opened": RoundState._scoring_opened,
    "judge_assigned": RoundState._judge_named,
    "judge_renamed": RoundState._judge_named,
    "judge_withdrawn": RoundState._judge_withdrawn,
    "judge_code_revoked": RoundState._nothing,
    "contact_named": RoundState._contact_named,
    "recovery_agreed": RoundState._recovery_agreed,
    "code_issued_again": RoundState._code_issued_again,
    "conflict_declared": RoundState._recused,
    "recusal_set": RoundState._recused,
    "drafted": RoundState._drafted,
    "submitted": RoundState._submitted,
    "reopened": RoundState._reopened,
    "rescoring_opened": RoundState._rescoring_opened,
    "closed": RoundState._closed,
    "lot_recorded": RoundState._lot_recorded,
    "objected": RoundState._objected,
    "answered": RoundState._answered,
    "signed_off": RoundState._signed_off,
    "change_proposed": RoundState._change_proposed,
    "change_confirmed": RoundState._change_confirmed,
    "change_declined": RoundState._change_declined,
    "proposal_withdrawn": RoundState._proposal_withdrawn,
}
"""Kind of entry → what it does to the round."""
