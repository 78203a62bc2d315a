"""What judging hands out. Times are ISO 8601 in UTC; points are decimals."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from dashboard.access import Identity
from dashboard.review.panel import Criterion, Rule, Stage
from dashboard.store.checkpoint import Head


class Phase(StrEnum):
    """How far a round has come. Labels: code list `round_phase`."""

    DRAFT = "draft"
    SEALED = "sealed"
    SCORING = "scoring"
    CLOSED = "closed"
    SIGNED_OFF = "signed_off"


AFTER_CLOSING = (Phase.CLOSED, Phase.SIGNED_OFF)


class SheetStatus(StrEnum):
    """State of one judge's sheet of one applicant. Labels: code list `sheet_status`."""

    EMPTY = "empty"
    STARTED = "started"
    SUBMITTED = "submitted"
    RECUSED = "recused"
    WITHDRAWN = "withdrawn"
    """The judge is on the panel no more."""


@dataclass(frozen=True)
class RoundRules:
    """All that is sealed before scoring opens."""

    programme_id: str
    year: int
    title: str
    applicants: tuple[str, ...]
    """ISO 3166-2:KR codes of the regions."""
    criteria: tuple[Criterion, ...]
    rule: Rule = field(default_factory=Rule)
    objection_days: int = 7
    """Days after closing in which applicants may object; 0 for none."""
    answer_days: int = 7
    """Days in which an objection is to be answered."""

    @property
    def max_total(self) -> Decimal:
        """Points of a perfect sheet."""
        return sum((criterion.max_points for criterion in self.criteria), Decimal(0))

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages in order of their first criterion."""
        return tuple(dict.fromkeys(criterion.stage for criterion in self.criteria))

    @property
    def are_weights_assumed(self) -> bool:
        """Whether all points are equal, standing in for such as were not published."""
        sizes = {criterion.max_points for criterion in self.criteria}
        is_chosen = any(one.is_published for one in self.criteria)
        return len(self.criteria) > 1 and len(sizes) == 1 and not is_chosen


@dataclass(frozen=True)
class RulesVersion:
    """One version of the rules. None is ever removed."""

    number: int
    """From 1."""
    rules: RoundRules
    written_at: str
    reason: str
    """Why it replaced the one before; empty for the first and before sealing."""
    changed: tuple[str, ...]
    """Names of the fields of `RoundRules` (and of `Rule`, as `rule.…`) that changed."""
    digest: str
    """SHA-256 of the rules as canonical JSON."""
    sealed_at: str | None
    """None: never sealed."""


@dataclass(frozen=True)
class SignedVersion:
    """One version of the result as it was signed."""

    number: int
    """From 1."""
    result: str
    """SHA-256 of the result."""
    rests_on: Head
    """Number and digest of the entry of the log that it rests on."""
    entry: int
    """Number of the entry that signed it."""
    signed_at: str
    waiver: str
    """Why the deadline for objections was not awaited; empty if it was."""
    replaced_at: str | None = None
    """When it was opened again; None: it is in force."""
    replaced_because: tuple[str, ...] = ()
    """Reasons of the changes that were carried out before the next version was signed."""


@dataclass(frozen=True)
class RoundView:
    """Public facts of a round: no score, no judge's name."""

    round_id: str
    is_practice: bool
    phase: Phase
    chair: str
    deputies: tuple[str, ...]
    """Names of the chair's two deputies; empty in rounds made before there were any."""
    created_at: str
    rules: RoundRules
    """The version in force."""
    versions: tuple[RulesVersion, ...]
    seal: str | None
    """Digest of the rules in force; None before sealing."""
    sealed_at: str | None
    judge_count: int
    opened_at: str | None
    closed_at: str | None
    closing_reason: str
    """Why it was closed with sheets missing; empty if none was."""
    objections_until: str | None
    """None before closing."""
    signed_off_at: str | None
    """None: not signed yet, or a signed result is open again."""
    result_digest: str | None
    """SHA-256 of the result as signed off."""
    log_head: str | None
    """Digest of the last entry that the signed result rests on."""
    signed: tuple["SignedVersion", ...] = ()
    """Every version of the result that was signed; none is ever removed."""


@dataclass(frozen=True)
class Session:
    """Somebody signed in."""

    token: str
    """Secret of this browser; `Sessions.resume` takes it. Kept hashed here."""
    identity: Identity
    expires_at: str


@dataclass(frozen=True)
class IssuedCode:
    """A personal sign-in code, shown this one time."""

    round_id: str
    is_practice: bool
    holder: str
    """`chair`, a deputy's id (`d1`, `d2`), a judge's (`j1`, …), or an applicant's (`a-KR-27`)."""
    name: str
    code: str


@dataclass(frozen=True)
class SheetCell:
    """One criterion of a sheet."""

    criterion: Criterion
    points: Decimal | None
    """None: blank."""
    comment: str
    saved_at: str | None


@dataclass(frozen=True)
class Sheet:
    """One judge's sheet of one applicant."""

    round_id: str
    is_practice: bool
    judge_id: str
    judge: str
    applicant: str
    status: SheetStatus
    cells: tuple[SheetCell, ...]
    """One a criterion, in the order of the rules."""
    total: Decimal
    """Sum of the points given so far."""
    max_total: Decimal
    blanks: tuple[str, ...]
    """Criteria without points."""
    is_open: bool
    """The judge can write on it: scoring is open, or after closing this sheet is scored again."""
    may_submit: bool
    """It is open, and the blank policy allows it."""
    submitted_at: str | None
    reopened_reason: str
    """The chair's reason, if it was reopened and not submitted again."""
    log: Head
    """The end of the round's log when the sheet was read: printed, it proves the log later."""

    @property
    def given(self) -> dict[str, Decimal | None]:
        """Criterion → points, None where they are blank."""
        return {cell.criterion.criterion_id: cell.points for cell in self.cells}


@dataclass(frozen=True)
class SheetProgress:
    """How far one sheet is, without a point of it."""

    applicant: str
    status: SheetStatus
    scored_count: int
    """Criteria with points."""
    criterion_count: int
    saved_at: str | None
    submitted_at: str | None
    recusal_reason: str


@dataclass(frozen=True)
class JudgeProgress:
    """How far one judge is."""

    judge_id: str
    name: str
    has_code: bool
    """False: the code was revoked."""
    signed_in_at: tuple[str, ...]
    """Times of all sign-ins with a code of this judge, oldest first."""
    withdrawn_reason: str
    """Why the judge is on the panel no more; empty for who is."""
    sheets: tuple[SheetProgress, ...]
    """One an applicant, in the order of the rules."""

    @property
    def is_done(self) -> bool:
        """Every sheet is submitted or the judge is recused from it."""
        done = (SheetStatus.SUBMITTED, SheetStatus.RECUSED)
        return all(sheet.status in done for sheet in self.sheets)

    @property
    def last_signed_in_at(self) -> str | None:
        """Time of the last sign-in; None before the first."""
        return self.signed_in_at[-1] if self.signed_in_at else None


@dataclass(frozen=True)
class Progress:
    """Who is how far: for the chair every judge, for a judge only the own line."""

    round_id: str
    is_practice: bool
    phase: Phase
    judges: tuple[JudgeProgress, ...]

    @property
    def open_sheets(self) -> int:
        """Sheets that are neither submitted nor closed to their judge."""
        done = (SheetStatus.SUBMITTED, SheetStatus.RECUSED, SheetStatus.WITHDRAWN)
        return sum(sheet.status not in done for judge in self.judges for sheet in judge.sheets)


@dataclass(frozen=True)
class Objection:
    """An applicant's objection to the result, and the answer to it."""

    objection_id: str
    applicant: str
    text: str
    handed_in_by: str
    """Role."""
    handed_in_at: str
    answer_due: str
    answer: str
    """Empty: not answered yet."""
    is_upheld: bool | None
    """None: not answered yet."""
    answered_at: str | None
    letter_from: str = ""
    """Who wrote the letter that the chair recorded; empty where it was handed in here."""
    letter_on: str = ""
    """The day on which that letter was received, as ISO date in Korea."""
    opens: str = ""
    """What an upheld objection opens, a `Change`; empty: nothing."""
    nothing_because: str = ""
    """Why an upheld objection changes nothing of the result."""
    carried_out_at: str | None = None
    """When what it opens was confirmed and carried out."""

    @property
    def is_pending(self) -> bool:
        """Upheld, and what it opens is not carried out yet."""
        return bool(self.opens) and self.carried_out_at is None


@dataclass(frozen=True)
class Lot:
    """A lot that was drawn for applicants with equal scores."""

    order: tuple[str, ...]
    """Applicants, the first place first."""
    note: str
    """How it was drawn; in older logs also where and before whom."""
    recorded_at: str
    place: str = ""
    drawn_at: str | None = None
    witnesses: tuple[str, ...] = ()
    reason: str = ""
    """Why it was drawn, or drawn again."""
    replaced_at: str | None = None
    """When a lot for the same applicants was recorded after it; None: it is in force."""
    confirmed_by: str = ""
    """The deputy's id; empty where the chair drew it alone."""


@dataclass(frozen=True)
class LogEntry:
    """One entry of a round's log as its reader may see it."""

    number: int
    kind: str
    """Labels: code list `log_kind`."""
    actor: str
    written_at: str
    content: dict[str, object] | None
    """None: withheld from this reader. The chain can be followed all the same."""
    salt: str | None
    content_digest: str
    digest: str


@dataclass(frozen=True)
class Verification:
    """What a check of a round's logs found: both hold."""

    round_id: str
    log: Head
    sign_in: Head
    """Of the log of codes and sessions."""
    signed: tuple[int, ...]
    """Entries of the log whose checkpoints this workspace signed."""
    later: int | None
    """Entries that came after the head that was given; None: none was given."""


@dataclass(frozen=True)
class TemplateCriterion:
    """One criterion of the record, on its way into the table of a round's criteria."""

    criterion_id: str
    stage: Stage
    name_ko: str
    name_en: str
    max_points: Decimal | None
    """None: others were published with points, this one without; to be filled in."""
    is_published: bool


@dataclass(frozen=True)
class TemplateCriteria:
    """Criteria taken over from the record."""

    criteria: tuple[TemplateCriterion, ...]
    are_points_published: bool
    """False: none were; equal points were put in, and the page says `weights_note()`."""
    source_ids: tuple[str, ...]
