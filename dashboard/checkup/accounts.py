"""Signing in: what it needs is set, and somebody can say who is what."""

from urllib.parse import urlsplit

from dashboard.access import DESK, Role
from dashboard.checkup.found import Examined, Found, mend, well
from dashboard.front_door import LOOPBACK, check_address
from dashboard.i18n import gettext as _
from dashboard.identity.accounts import Accounts
from dashboard.identity.claims import standing
from dashboard.identity.proxy_token import public_keys
from dashboard.openid import login_secrets
from dashboard.settings import Settings


def sign_in(examined: Examined) -> Found:
    """What the way in needs is set and readable, and no password travels in the open."""
    settings = examined.settings
    check_address(settings, LOOPBACK[0])
    if settings.sign_in == "oidc":
        login_secrets(settings)
        address = urlsplit(settings.public_address)
        if address.scheme != "https" and address.hostname not in LOOPBACK:
            return mend(
                f"public_address: {settings.public_address}",
                _("Let people come by https, behind a proxy with a certificate."),
            )
    if settings.sign_in == "proxy":
        public_keys(settings)
    for _group, text in settings.role_values:
        standing(text)
    return well(f"sign_in: {settings.sign_in}")


def administrators(examined: Examined) -> Found:
    """Where people sign in, an account can say what the others are."""
    settings = examined.settings
    if not settings.has_accounts:
        return well(_("Nobody signs in with an account here."))
    if _has_administrator(settings):
        return well(_("There is an administrator."))
    return mend(
        _("No account is an administrator."),
        _("Run: python -m dashboard accounts grant ACCOUNT administrator"),
    )


def _has_administrator(settings: Settings) -> bool:
    listed = [account.standing for account in Accounts(settings).all(DESK)]
    grouped = [standing(text) for _group, text in settings.role_values]
    return any(one.role is Role.ADMINISTRATOR for one in (*listed, *grouped))
