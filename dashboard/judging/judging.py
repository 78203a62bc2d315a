"""The review room as a whole: rounds, panels, score sheets, results.

Everything is an entry of a stream of the ledger, and what a round is follows from its entries.
Every function that reads scores takes the identity of the reader and holds it to `access` and to
the state of the round: there is none that hands out sheets to whoever asks. The ledger itself is a
file of the server, and whoever administers the server can read it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache

from dashboard.access import Identity
from dashboard.judging.practice import Practice
from dashboard.judging.result_view import PanelResult
from dashboard.judging.results import Results
from dashboard.judging.rounds import Rounds
from dashboard.judging.sheets import Sheets
from dashboard.judging.sign_in import SignIn
from dashboard.judging.streams import Streams
from dashboard.judging.verification import verify_round
from dashboard.judging.views import (
    IssuedCode,
    LogEntry,
    Objection,
    Progress,
    RoundRules,
    RoundView,
    Session,
    Sheet,
    Verification,
)
from dashboard.settings import Settings
from dashboard.store.ledger import Ledger, utc_now


class Judging:
    """The review rooms of one workspace; one object may serve all threads of a process.

    Every method raises `AccessDenied` where the identity may not do or see it, `UsageError` where a
    round, judge, applicant or criterion does not exist, and `JudgingRefused` where the state of the
    round or the value given does not allow it.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = utc_now) -> None:
        self._streams = streams = Streams(Ledger(settings, clock), clock)
        self._sign_in = SignIn(streams)
        self._rounds = Rounds(streams)
        self._sheets = Sheets(streams)
        self._results = Results(streams)
        self._practice = Practice(streams)

    # ---- Rounds

    def rounds(self, include_practice: bool = True) -> list[RoundView]:
        """Public facts of every round, the newest first."""
        return self._rounds.all(include_practice)

    def round(self, round_id: str) -> RoundView:
        """Public facts of one round: rules, seal, versions, phase, times."""
        return self._rounds.one(round_id)

    def create_round(
        self, identity: Identity, rules: RoundRules, chair: str
    ) -> tuple[RoundView, IssuedCode]:
        """Make a round and the chair's sign-in code, which is shown this one time.

        Args:
            identity: an official (`access.VISITOR`).
            rules: a draft; it can be changed freely until it is sealed.
            chair: name of the chair.
        """
        round_id = self._rounds.create(identity, rules, chair)
        return self.round(round_id), self._sign_in.issue_chair_code(round_id, chair)

    def change_rules(self, identity: Identity, rules: RoundRules, reason: str = "") -> RoundView:
        """Put new rules in force (chair).

        Before sealing the draft is replaced. After it a reason is needed: a new version is opened
        and sealed at once, and the former ones stay visible. What was scored of applicants and
        criteria that stay the same is kept; where the criteria changed, submitted sheets are opened
        again. Refused once the round is closed.
        """
        return self._rounds.change_rules(identity, rules, reason)

    def seal(self, identity: Identity) -> RoundView:
        """Fix the rules (chair): from now on their SHA-256 and the time stand on every view."""
        return self._rounds.seal(identity)

    def open_scoring(self, identity: Identity) -> RoundView:
        """Let the judges score (chair). The rules must be sealed."""
        return self._rounds.open_scoring(identity)

    def close(self, identity: Identity, reason: str = "") -> RoundView:
        """End scoring (chair). Nothing is submitted afterwards; the result can be seen.

        Args:
            identity: the chair.
            reason: needed while sheets are open; those then do not count, which is recorded.
        """
        return self._rounds.close(identity, reason)

    # ---- Panel

    def issue_code(self, identity: Identity, name: str, judge_id: str | None = None) -> IssuedCode:
        """Assign a judge and issue the personal code, shown this one time (chair).

        Args:
            identity: the chair.
            name: the judge's name.
            judge_id: of a judge already assigned: the former code and its sessions end. None
                assigns a new judge; refused once the round is closed.
        """
        return self._sign_in.issue_code(identity, name, judge_id)

    def revoke_code(self, identity: Identity, judge_id: str) -> None:
        """End a judge's code and every session opened with it (chair). Scores stay."""
        self._sign_in.revoke_code(identity, judge_id)

    def sign_in(self, round_id: str, code: str, client: str = "") -> Session:
        """Let in whoever has a code of the round, as chair or judge.

        After five failures of one client within ten minutes, or thirty of all, the round takes no
        code from there for one minute after the last failure. Spaces, hyphens and case do not
        matter. A session lasts twelve hours.

        Args:
            round_id: the round.
            code: as it was handed over.
            client: where the attempt comes from, such as the address; kept hashed.
        """
        return self._sign_in.sign_in(round_id, code, client)

    def resume(self, token: str) -> Identity:
        """Who a session's token belongs to, so that a reload keeps a judge signed in.

        Raises:
            AccessDenied: unknown, expired, signed out, or its code was revoked.
        """
        return self._sign_in.resume(token)

    def sign_out(self, token: str) -> None:
        """End a session; an unknown token is let pass."""
        self._sign_in.sign_out(token)

    def declare_conflict(self, identity: Identity, applicant: str, reason: str) -> None:
        """A judge's own conflict of interest: recused from this applicant from now on.

        What the judge had scored there counts no more and is shown to nobody. Only the chair can
        lift it. Refused once the round is closed.
        """
        self._sheets.declare_conflict(identity, applicant, reason)

    def set_recusal(
        self, identity: Identity, judge_id: str, applicant: str, is_recused: bool, reason: str
    ) -> None:
        """Recuse a judge from an applicant, or lift it (chair), until the result is signed.

        After closing a judge can be recused, and the result changes with it; lifting is refused
        then. A lifted recusal does not bring back what was scored before.
        """
        self._sheets.set_recusal(identity, judge_id, applicant, is_recused, reason)

    # ---- Sheets

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
        return self._sheets.sheet(identity, applicant, judge_id)

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
        return self._sheets.save_draft(identity, applicant, criterion_id, points, comment)

    def submit(self, identity: Identity, applicant: str) -> Sheet:
        """Submit and lock the judge's own sheet of an applicant.

        Raises:
            JudgingRefused: blanks that the round refuses, scoring not open, submitted already.
        """
        return self._sheets.submit(identity, applicant)

    def reopen(self, identity: Identity, judge_id: str, applicant: str, reason: str) -> None:
        """Give a submitted sheet back to its judge (chair, with a reason, while scoring is open).

        The chair still does not see it.
        """
        self._sheets.reopen(identity, judge_id, applicant, reason)

    def progress(self, identity: Identity) -> Progress:
        """Who is how far, without points: the chair sees every judge, a judge the own line."""
        return self._sheets.progress(identity)

    # ---- Result

    def result(self, identity: Identity, round_id: str | None = None) -> PanelResult:
        """The result of a closed round.

        The chair sees judges by name. Judges and officials see each applicant's totals without
        names, in order of size; viewers see the same once the result is signed.

        Args:
            identity: who is reading.
            round_id: needed for an official or a viewer; a judge or chair reads the own round.
        """
        return self._results.result(identity, round_id)

    def record_lot(self, identity: Identity, order: Sequence[str], note: str) -> PanelResult:
        """Record the order that a drawn lot gave (chair), where the rule leaves ties to the lot.

        Args:
            identity: the chair.
            order: the tied applicants, first place first.
            note: how, where and before whom it was drawn.
        """
        return self._results.record_lot(identity, order, note)

    def object_to_result(
        self, identity: Identity, applicant: str, text: str, round_id: str | None = None
    ) -> Objection:
        """Hand in an applicant's objection (official, or the chair for a letter received).

        Refused before closing and after the deadline.
        """
        return self._results.object(identity, applicant, text, round_id)

    def answer_objection(
        self, identity: Identity, objection_id: str, text: str, is_upheld: bool
    ) -> Objection:
        """Answer an objection (chair), once."""
        return self._results.answer(identity, objection_id, text, is_upheld)

    def objections(self, identity: Identity, round_id: str | None = None) -> list[Objection]:
        """Objections to a result, for whoever may read the result."""
        return self._results.objections(identity, round_id)

    def sign_off(self, identity: Identity, waiver: str = "") -> RoundView:
        """Sign the result (chair): from now on nothing of the round changes.

        Refused while an objection is unanswered or a tie waits for the lot.

        Args:
            identity: the chair.
            waiver: needed before the deadline for objections: why it need not be awaited.
        """
        self._results.sign_off(identity, waiver)
        return self.round(identity.round_id or "")

    # ---- Log

    def log(self, identity: Identity, round_id: str | None = None) -> list[LogEntry]:
        """The round's log; what the reader may not see is withheld, entry by entry.

        Points and comments: a judge sees the own ones, the chair all after closing, nobody those of
        a recused judge. Signing in and codes are not in this log.
        """
        return self._results.log(identity, round_id)

    def export_log(self, identity: Identity, round_id: str | None = None) -> bytes:
        """The same as JSON lines (UTF-8); `verify_export` follows its chain without the ledger."""
        return self._results.export_log(identity, round_id)

    def verify(self, round_id: str, head: str = "") -> Verification:
        """Follow the chains of a round's log and of its sign-ins; `texts.log_promise` says how far.

        Args:
            round_id: the round.
            head: digest of a last entry as it was printed or noted; empty: compare with none.

        Raises:
            UsageError: no such round, or the head is no digest.
            LedgerBroken: an entry was changed, left out or put in between; the result signed is
                not the one that the entries give; a checkpoint is not this workspace's; or neither
                log has the head.
        """
        return verify_round(self._streams, round_id, head)

    # ---- Practice

    def open_practice(self, restart: bool = False) -> RoundView:
        """The practice round, made if there is none: six judges with invented scores.

        Args:
            restart: make another one, for when somebody closed or signed the current one.
        """
        return self._practice.open(restart)

    def practice_codes(self) -> list[IssuedCode]:
        """Codes of the current practice round, open to everybody: chair first, then judges."""
        return self._practice.codes()


@cache
def open_judging(settings: Settings) -> Judging:
    """The review rooms of a workspace, shared by all who ask in this process."""
    return Judging(settings)
