"""Who may do what: roles, actions, and the one matrix that joins them.

Who somebody is, is found out elsewhere: by the account somebody signs in with
(`dashboard.identity`), by the code of a judging round (`dashboard.judging.sign_in`), or, where
nobody signs in, by sitting at the machine that holds the workspace. All of them end in an
`Identity`, and every page, command, file and route asks `require` or `may` of it.

The matrix says what a role may do at all, and of some actions only for the own region. When it may
do so (before scoring opens, after the chair closed, never for an applicant from whom a judge is
recused) is decided where the data are read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from dashboard.errors import AccessDenied
from dashboard.i18n import gettext as _
from dashboard.i18n import label

NATION = "KR"
"""Region of the ministry's own officials and approvers, who act for every region."""


class Role(StrEnum):
    """What somebody is here. Labels: code list `access_role`."""

    VIEWER = "viewer"
    """Whoever is not signed in."""
    OFFICIAL = "official"
    """Of a region: hands in its figures."""
    APPROVER = "approver"
    """Of a region: decides on what others of it handed in, and takes back."""
    JUDGE = "judge"
    CHAIR = "chair"
    DEPUTY = "deputy"
    """One of the two named at a round's start, without whom the chair cannot do some things."""
    APPLICANT = "applicant"
    """Who speaks for an applicant of a round."""
    ADMINISTRATOR = "administrator"
    """Says who is what; reads no counts that are protected, and hands nothing in."""
    AUDITOR = "auditor"
    """Reads the log of who did what."""
    DESK = "desk"
    """Whoever sits at the machine that holds the workspace, where nobody signs in."""


OF_REGION = frozenset({Role.OFFICIAL, Role.APPROVER})
"""Roles of accounts that are so for one region."""


class Action(StrEnum):
    """What somebody wants to do. Labels: code list `access_action`."""

    READ_RECORD = "read_record"
    """Published figures and protected counts, reports and files of them."""
    READ_EXACT = "read_exact"
    """Counts of a region's own patients as they are."""
    HAND_IN = "hand_in"
    """Hand in a region's own files."""
    READ_RECEIPTS = "read_receipts"
    """What was handed in for a region: receipts, files, findings, what they change."""
    APPROVE = "approve"
    """Take in, or turn away, what somebody else handed in."""
    TAKE_BACK = "take_back"
    PUBLISH_EDITION = "publish_edition"
    """Freeze a view under an id by which others open it."""
    CREATE_ROUND = "create_round"
    READ_RESULT = "read_result"
    """The result of a round, as far as it is open to the reader."""
    READ_UNSIGNED = "read_unsigned"
    """The result as soon as the chair closed the round; others wait until it is signed."""
    READ_LOG = "read_log"
    """The log of a round, as far as its contents are not withheld from the reader."""
    OBJECT = "object"
    """Hand in an applicant's objection to a result."""
    SCORE = "score"
    """Read and fill in the own score sheet, and submit it."""
    DECLARE_CONFLICT = "declare_conflict"
    READ_PROGRESS = "read_progress"
    """Who submitted what: the chair of all, a judge of the own sheets. Never points."""
    READ_SHEETS = "read_sheets"
    """The judges' sheets of a closed round, by name."""
    RUN_ROUND = "run_round"
    """Rules, sealing, opening, codes, recusals, reopening, closing, answers, sign-off."""
    CONFIRM = "confirm"
    """As the second person: let what the chair proposed happen, and a new code of the chair."""
    MANAGE_ACCOUNTS = "manage_accounts"
    """Say which account is what, and end sessions."""
    VIEW_AS = "view_as"
    """See the pages as another role sees them, without its protected data."""
    READ_ACCESS_LOG = "read_access_log"
    """Who signed in, saw protected counts, took files along, handed in, decided."""


_ANYONE = frozenset({Action.READ_RECORD, Action.READ_RESULT, Action.READ_LOG})
_KNOWN = _ANYONE | {Action.PUBLISH_EDITION}
_OF_ROUND = _KNOWN | {Action.READ_UNSIGNED}
_OFFICIAL = _OF_ROUND | {
    Action.READ_EXACT,
    Action.HAND_IN,
    Action.READ_RECEIPTS,
    Action.CREATE_ROUND,
}
_APPROVER = _OFFICIAL | {Action.APPROVE, Action.TAKE_BACK}

MATRIX: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.VIEWER: _ANYONE,
        Role.OFFICIAL: _OFFICIAL,
        Role.APPROVER: _APPROVER,
        Role.JUDGE: _OF_ROUND | {Action.SCORE, Action.DECLARE_CONFLICT, Action.READ_PROGRESS},
        Role.CHAIR: _OF_ROUND
        | {Action.READ_PROGRESS, Action.READ_SHEETS, Action.RUN_ROUND, Action.OBJECT},
        Role.DEPUTY: _OF_ROUND | {Action.READ_PROGRESS, Action.CONFIRM},
        Role.APPLICANT: _OF_ROUND | {Action.OBJECT},
        Role.ADMINISTRATOR: _KNOWN
        | {
            Action.CREATE_ROUND,
            Action.MANAGE_ACCOUNTS,
            Action.VIEW_AS,
            Action.READ_ACCESS_LOG,
        },
        Role.AUDITOR: _KNOWN | {Action.READ_ACCESS_LOG},
        Role.DESK: _APPROVER | {Action.MANAGE_ACCOUNTS, Action.READ_ACCESS_LOG},
    }
)
"""Role → what it may do."""

_WITHIN_REGION = frozenset(
    {
        Action.READ_EXACT,
        Action.HAND_IN,
        Action.READ_RECEIPTS,
        Action.APPROVE,
        Action.TAKE_BACK,
        Action.CREATE_ROUND,
    }
)
"""Actions for which officials and approvers are confined to their region."""
_ONLY_READS = frozenset({Action.READ_RECORD, Action.READ_RESULT, Action.READ_LOG})
"""What is left to whoever looks at the pages as another role."""


@dataclass(frozen=True)
class Identity:
    """Who is asking. Judge, chair, deputy and applicant are so in one round only."""

    name: str
    role: Role
    round_id: str | None = None
    """The round of whoever signed in to one; None for the others."""
    judge_id: str | None = None
    is_practice: bool = False
    """Of a practice round, whose scores are invented."""
    is_anybody: bool = False
    """By a code that is open to everybody: outside its round a viewer."""
    deputy_id: str | None = None
    region: str | None = None
    """ISO 3166-2:KR code of whom an official, an approver or an applicant speaks for, `NATION` for
    the ministry; of a desk, whose exact counts it shows."""
    account: str = ""
    """By which somebody is told from others: an account, or round and holder of a code; empty where
    nobody signs in."""
    is_view_only: bool = False
    """An administrator who looks at the pages as this role: nothing can be done, and no exact
    count is seen."""


VIEWER = Identity("", Role.VIEWER)
"""Whoever is not signed in, where people sign in."""
DESK = Identity("", Role.DESK)
"""Whoever sits at the machine, where nobody signs in; and whoever can run its command line."""


def desk(region: str) -> Identity:
    """The desk of a region; of an empty code one that shows no exact counts."""
    return replace(DESK, region=region or None)


def may(identity: Identity, action: Action, region: str | None = None) -> bool:
    """Whether somebody may do this.

    Args:
        identity: who asks.
        action: what.
        region: for which region; None asks whether for any at all.
    """
    if action not in MATRIX[identity.role]:
        return False
    if identity.is_view_only and action not in _ONLY_READS:
        return False
    if identity.is_anybody and action is Action.PUBLISH_EDITION:
        return False
    if region is None or action not in _WITHIN_REGION:
        return True
    if action is Action.READ_EXACT:
        return identity.region == region
    if identity.role in OF_REGION:
        return identity.region in (region, NATION)
    return True


Hear = Callable[[Identity, Action], None]


class _Hearing:
    """Who is told that somebody was refused."""

    hear: Hear | None = None


def tell_of_refusals(hear: Hear) -> None:
    """Have every refusal of `require` told, so that the log has it whatever page was asked."""
    _Hearing.hear = hear


def require(
    identity: Identity, action: Action, round_id: str | None = None, region: str | None = None
) -> None:
    """Let pass whoever may do this; a judge or a chair of another round than this one may not.

    Raises:
        AccessDenied: the matrix does not have it, it is another region's official, or another
            round's judge or chair.
    """
    try:
        _require(identity, action, round_id, region)
    except AccessDenied:
        if _Hearing.hear is not None:
            _Hearing.hear(identity, action)
        raise


def _require(identity: Identity, action: Action, round_id: str | None, region: str | None) -> None:
    if not may(identity, action):
        raise AccessDenied(
            "This is not open to you",
            _("{action}: not open to the role {role}.").format(
                action=label("access_action", action), role=label("access_role", identity.role)
            ),
            _("Sign in as somebody who may, or ask the administrator or the chair."),
        )
    if not may(identity, action, region):
        raise AccessDenied(
            "This is not open to you",
            _("{action}: {region} is not your region.").format(
                action=label("access_action", action), region=label("region", region or "")
            ),
            _("Ask somebody of that region."),
        )
    if round_id is not None and identity.round_id not in (None, round_id):
        raise AccessDenied(
            "This is not open to you",
            _("You are signed in to another round ({round}).").format(round=identity.round_id),
            _("Sign out, and sign in with the code of this round."),
        )
