"""Making a round: rules, sealing, opening and closing."""

import re
import secrets
from collections.abc import Sequence
from datetime import UTC
from decimal import Decimal

from dashboard.access import NATION, Action, Identity, require
from dashboard.errors import JudgingRefused
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.judging.checks import in_phase, own_round, required_text, short_text
from dashboard.judging.deadlines import end_of_day
from dashboard.judging.rules_text import changed_fields, rules_json
from dashboard.judging.sign_in import APPLICANT, CHAIR, issue
from dashboard.judging.state import RoundState
from dashboard.judging.streams import PRACTICE, Streams, panel_stream, sign_in_stream
from dashboard.judging.views import IssuedCode, Phase, RoundRules, RoundView
from dashboard.review.panel import rule_faults

_PROGRAMME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REGION = re.compile(r"KR-\d\d")
_LONGEST_DEADLINE = 365
_MOST = 60
"""Applicants or criteria of one round."""


class Rounds:
    """The rounds of a workspace."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams

    def all(self, include_practice: bool = True) -> list[RoundView]:
        """Public facts of every round, the newest first."""
        ids = self._streams.round_ids()
        views = [
            self.one(name) for name in ids if include_practice or not name.startswith(PRACTICE)
        ]
        return sorted(views, key=lambda view: (view.created_at, view.round_id), reverse=True)

    def one(self, round_id: str) -> RoundView:
        """Public facts of one round: rules, seal, versions, phase, times."""
        with self._streams.reading(round_id) as state:
            return state.view()

    def create(
        self, identity: Identity, rules: RoundRules, chair: str, deputies: Sequence[str]
    ) -> tuple[RoundView, tuple[IssuedCode, ...]]:
        """Make a round and the codes of its chair and both deputies, shown this one time.

        Args:
            identity: an official of the nation, an administrator, or the desk.
            rules: a draft; it can be changed freely until it is sealed.
            chair: name of the chair.
            deputies: names of the two whom the chair needs after closing and who can agree to a
                new code of the chair: two persons, neither of them the chair.

        Returns:
            The round, and the codes: the chair's first, then those of the deputies `d1`, `d2`.
        """
        require(identity, Action.CREATE_ROUND, region=NATION)
        names = [required_text(name) for name in (chair, *deputies)]
        _require_three_persons(names)
        content = {"rules": rules_json(_checked(rules)), "chair": names[0], "deputies": names[1:]}
        round_id = f"{rules.programme_id}-{rules.year}-{secrets.token_hex(3)}"
        with self._streams.ledger.writing(panel_stream(round_id)) as writer:
            assert writer.number == 0, "ids are drawn by lot"
            writer.append("created", identity.account or identity.role, content)
            codes = writer.beside(sign_in_stream(round_id))
            holders = zip((CHAIR, "d1", "d2"), names, strict=True)
            issued = tuple(issue(round_id, codes, *holder) for holder in holders)
        return self.one(round_id), issued

    def change_rules(self, identity: Identity, rules: RoundRules, reason: str = "") -> RoundView:
        """Put new rules in force (chair).

        Before sealing the draft is replaced. After it a reason is needed: a new version is opened
        and sealed at once, and the former ones stay visible. What was scored of applicants and
        criteria that stay the same is kept; where the criteria changed, submitted sheets are opened
        again. The code of an applicant's contact ends with the applicant; one who is put in again
        gets another. Refused once the round is closed.
        """
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            in_phase(state, Phase.DRAFT, Phase.SEALED, Phase.SCORING)
            reason = short_text(reason) if state.phase is Phase.DRAFT else required_text(reason)
            if changed_fields(state.rules, _checked(rules)):
                gone = [region for region in state.contacts if region not in rules.applicants]
                content = {"rules": rules_json(rules), "reason": reason}
                if gone:
                    content["contacts_ended"] = gone
                writer.append("rules_changed", "chair", content)
                codes = writer.beside(sign_in_stream(round_id))
                for region in gone:
                    codes.append("code_revoked", CHAIR, {"holder": f"{APPLICANT}{region}"})
        return self.one(round_id)

    def seal(self, identity: Identity) -> RoundView:
        """Fix the rules (chair): from now on their SHA-256 and the time stand on every view."""
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            in_phase(state, Phase.DRAFT)
            writer.append("sealed", "chair", {"digest": state.versions[-1].digest})
        return self.one(round_id)

    def open_scoring(self, identity: Identity) -> RoundView:
        """Let the judges score (chair). The rules must be sealed."""
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            in_phase(state, Phase.SEALED)
            writer.append("scoring_opened", "chair", {"digest": state.versions[-1].digest})
        return self.one(round_id)

    def close(self, identity: Identity, reason: str = "") -> RoundView:
        """End scoring (chair). Nothing is submitted afterwards; the result can be seen.

        Args:
            identity: the chair.
            reason: needed while sheets are open; those then do not count, which is recorded.
        """
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            in_phase(state, Phase.SCORING)
            missing = not_submitted(state)
            if missing and not reason.strip():
                raise JudgingRefused(
                    "Sheets are still open",
                    _("Not submitted: {count}. They would not count.").format(count=len(missing)),
                    _("Wait for the judges, or write why the round is closed without them."),
                )
            until = end_of_day(self._streams.now(), state.rules.objection_days)
            content = {
                "reason": short_text(reason) if missing else "",
                "objections_until": until.astimezone(UTC).isoformat(timespec="milliseconds"),
            }
            checkpoint = self._streams.checkpoint(round_id, writer)
            writer.append("closed", "chair", {**content, "checkpoint": checkpoint})
        return self.one(round_id)


def not_submitted(state: RoundState) -> tuple[tuple[str, str], ...]:
    """Applicant and judge of every sheet that is neither submitted nor closed to its judge."""
    return tuple(
        (applicant, judge)
        for applicant in state.rules.applicants
        for judge in state.judges
        if judge not in state.withdrawn
        and (judge, applicant) not in state.recusals
        and (
            (judge, applicant) not in state.sheets
            or state.sheets[judge, applicant].submitted_at is None
        )
    )


def _require_three_persons(names: Sequence[str]) -> None:
    """Refuse names of which two may be one person's: the chair's first, then the deputies'."""
    distinct = {"".join(name.split()).casefold() for name in names}
    if (len(names), len(distinct)) != (3, 3):
        raise JudgingRefused(
            "A round needs a chair and two deputies",
            _("They are three persons; named were: {names}").format(names=", ".join(names)),
            _("Name two deputies, neither of them the chair. Nothing was created."),
        )


def _checked(rules: RoundRules) -> RoundRules:
    """The rules, if a round can be held by them.

    Raises:
        JudgingRefused: naming everything that is wrong.
    """
    faults = rule_faults(rules.criteria, rules.rule)
    names = {
        "programme_unknown": not _PROGRAMME.fullmatch(rules.programme_id)
        or rules.programme_id.startswith(PRACTICE)
        or len(rules.programme_id) > 60,
        "year_out_of_range": not 2000 <= rules.year <= 2100,
        "no_title": not rules.title.strip() or len(rules.title) > 200,
        "no_applicants": not rules.applicants,
        "too_many": max(len(rules.applicants), len(rules.criteria)) > _MOST,
        "applicant_twice": len(set(rules.applicants)) != len(rules.applicants),
        "applicant_unknown": any(not _REGION.fullmatch(code) for code in rules.applicants),
        "criterion_without_name": any(
            not (c.criterion_id and c.name_ko.strip() and c.name_en.strip()) for c in rules.criteria
        ),
        "points_too_high": any(c.max_points > Decimal(1000) for c in rules.criteria),
        "deadline_out_of_range": not (
            0 <= rules.objection_days <= _LONGEST_DEADLINE
            and 1 <= rules.answer_days <= _LONGEST_DEADLINE
        ),
    }
    faults += [name for name, found in names.items() if found]
    if faults:
        raise JudgingRefused(
            "A round cannot be held by these rules",
            " · ".join(label("rule_fault", fault) for fault in faults),
            _("Correct what is named. Nothing was changed."),
        )
    return rules
