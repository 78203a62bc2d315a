"""What a token says about an account: which it is, whose, and what it may be here."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from dashboard.access import NATION, OF_REGION, Role
from dashboard.errors import AccessDenied, UsageError
from dashboard.i18n import gettext as _
from dashboard.settings import Settings

OF_ACCOUNTS = (Role.OFFICIAL, Role.APPROVER, Role.ADMINISTRATOR, Role.AUDITOR)
"""Roles that an account can have; the others come with the code of a round."""
_REGION = re.compile(r"KR(-\d\d)?")
_LONGEST = 200
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
OF_OTHERS = frozenset({Role.DESK, Role.JUDGE, Role.CHAIR, Role.DEPUTY, Role.APPLICANT})
"""What the log calls those who have no account."""


@dataclass(frozen=True)
class Standing:
    """What an account is here."""

    role: Role
    region: str | None = None
    """Of officials and approvers; `KR` for those of the ministry."""


@dataclass(frozen=True)
class Claimed:
    """What a token says."""

    account: str
    """Name of the account, in lower case."""
    name: str
    session: str
    """Digest that tells this sign-in from others of the same account."""
    began_at: datetime
    standing: Standing | None
    """What the groups of the token make of it; None where they say nothing."""


def claimed(claims: Mapping[str, Any], settings: Settings) -> Claimed:
    """Read the claims of a token that was verified before.

    Raises:
        AccessDenied: it does not say which account it is, or not surely, or not since when.
    """
    named = claims.get(settings.account_claim)
    is_name = isinstance(named, str | int) and not isinstance(named, bool)
    account = account_name(str(named)) if is_name else ""
    if not account.strip() or len(account) > _LONGEST or account in OF_OTHERS:
        raise _unusable(_("It lacks '{claim}'.").format(claim=settings.account_claim))
    if settings.account_claim == "email" and claims.get("email_verified") is not True:
        raise _unusable(_("The e-mail address is not verified ('email_verified')."))
    try:
        began_at = datetime.fromtimestamp(float(claims["iat"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise _unusable(_("It lacks '{claim}'.").format(claim="iat")) from None
    # What stays the same while somebody is signed in: the provider's session, else the sign-in.
    mark = claims.get("sid") or claims.get("auth_time") or claims.get("nonce") or claims["iat"]
    whole = "\0".join(str(one) for one in (claims.get("iss"), claims.get("sub"), account, mark))
    name = str(claims.get("name") or claims.get("preferred_username") or account)
    return Claimed(
        account,
        " ".join(name.split())[:_LONGEST],
        hashlib.sha256(whole.encode()).hexdigest()[:32],
        began_at,
        _standing_of_groups(claims, settings),
    )


def account_name(text: str) -> str:
    """An account in lower case, of the letters A to Z alone.

    Whether kimß and kimss, or k and the sign of kelvin, are one account, the provider alone knows.
    """
    return text.translate(_LOWER)


def standing(text: str) -> Standing:
    """What `official KR-27`, `approver KR`, `administrator` or `auditor` means.

    Raises:
        UsageError: it is none of them.
    """
    name, _space, region = text.strip().partition(" ")
    role = next((one for one in OF_ACCOUNTS if one == name), None)
    region = region.strip()
    needs_region = role in OF_REGION
    if role is None or needs_region != bool(region) or (region and not _REGION.fullmatch(region)):
        raise UsageError(
            "There is no such role of an account",
            text,
            _(
                "Write: official KR-27, approver KR-27, administrator or auditor; {nation} is the "
                "ministry."
            ).format(nation=NATION),
        )
    return Standing(role, region or None)


def _standing_of_groups(claims: Mapping[str, Any], settings: Settings) -> Standing | None:
    """The first of the settings' groups that the account is in."""
    if not settings.role_claim:
        return None
    found: Any = claims
    for step in settings.role_claim.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    if isinstance(found, Mapping):
        found = [name for name, holds in found.items() if holds]
    given = [found] if isinstance(found, str) else found if isinstance(found, Sequence) else ()
    groups = {str(one) for one in given}
    return next((standing(text) for group, text in settings.role_values if group in groups), None)


def _unusable(what: str) -> AccessDenied:
    return AccessDenied(
        "The sign-in does not say who you are",
        what,
        _("Tell the administrator; the settings account_claim and role_claim name what is read."),
    )
