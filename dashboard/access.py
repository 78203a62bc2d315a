"""Who may do what: roles, actions, and the one matrix that joins them.

Today a judge or a chair comes in with a personal sign-in code, and whoever merely opens the product
is an official of the house that runs it. Sign-in by OpenID Connect plugs in here later without
another rule: it only has to make an `Identity` out of the claims of a token.

The matrix says what a role may do at all. When it may do so (before scoring opens, after the chair
closed, never for an applicant from whom a judge is recused) is decided where the data are read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dashboard.errors import AccessDenied
from dashboard.i18n import gettext as _
from dashboard.i18n import label


class Role(StrEnum):
    """What somebody is here. Labels: code list `access_role`."""

    VIEWER = "viewer"
    OFFICIAL = "official"
    JUDGE = "judge"
    CHAIR = "chair"
    DEPUTY = "deputy"
    """One of the two named at a round's start, without whom the chair cannot do some things."""
    APPLICANT = "applicant"
    """Who speaks for an applicant of a round."""


class Action(StrEnum):
    """What somebody wants to do. Labels: code list `access_action`."""

    READ_RECORD = "read_record"
    """Published figures, reports and exports of them."""
    HAND_IN = "hand_in"
    """Hand in a city's own files, accept them, take them back."""
    PUBLISH_EDITION = "publish_edition"
    CREATE_ROUND = "create_round"
    READ_RESULT = "read_result"
    """The result of a round: officials and judges once the chair closed it, viewers once signed."""
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


_ANYONE = frozenset({Action.READ_RECORD, Action.READ_RESULT, Action.READ_LOG})
_OFFICIAL = _ANYONE | {Action.HAND_IN, Action.PUBLISH_EDITION, Action.CREATE_ROUND}

MATRIX: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.VIEWER: _ANYONE,
        Role.OFFICIAL: _OFFICIAL,
        Role.JUDGE: _ANYONE | {Action.SCORE, Action.DECLARE_CONFLICT, Action.READ_PROGRESS},
        Role.CHAIR: _ANYONE
        | {Action.READ_PROGRESS, Action.READ_SHEETS, Action.RUN_ROUND, Action.OBJECT},
        Role.DEPUTY: _ANYONE | {Action.READ_PROGRESS, Action.CONFIRM},
        Role.APPLICANT: _ANYONE | {Action.OBJECT},
    }
)
"""Role → what it may do."""


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
    deputy_id: str | None = None
    region: str | None = None
    """ISO 3166-2:KR code of the region that an applicant speaks for."""


VISITOR = Identity("", Role.OFFICIAL)
"""Whoever opens the product without signing in: the network decides who can."""


def may(identity: Identity, action: Action) -> bool:
    """Whether the role may do this at all."""
    return action in MATRIX[identity.role]


def require(identity: Identity, action: Action, round_id: str | None = None) -> None:
    """Let pass whoever may do this; a judge or a chair of another round than this one may not.

    Raises:
        AccessDenied: the matrix does not have it, or it is another round's judge or chair.
    """
    if not may(identity, action):
        raise AccessDenied(
            "This is not open to you",
            _("{action}: not open to the role {role}.").format(
                action=label("access_action", action), role=label("access_role", identity.role)
            ),
            _("Sign in with the code of somebody who may, or ask the chair."),
        )
    if round_id is not None and identity.round_id not in (None, round_id):
        raise AccessDenied(
            "This is not open to you",
            _("You are signed in to another round ({round}).").format(round=identity.round_id),
            _("Sign out, and sign in with the code of this round."),
        )
