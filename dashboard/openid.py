"""The provider of accounts, as Streamlit's login wants it said."""

from typing import Any
from urllib.parse import urlsplit

from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.settings import SECRETS_FILE, Settings
from dashboard.store.private_files import require_private, secret_of
from dashboard.store.workspace_keys import workspace_key

_CALLBACK = "oauth2callback"


def cookie_secret(settings: Settings) -> str:
    """What signs the cookies of sign-in: the same for every process and after every restart."""
    return workspace_key(settings, settings.cookie_key).hex()


def login_secrets(settings: Settings) -> dict[str, Any]:
    """The section `auth` of Streamlit's secrets; empty where no provider is asked.

    Raises:
        UsageError: a setting is missing, or the file with the secret is open to others.
    """
    if settings.sign_in != "oidc":
        return {}
    needed = {
        "public_address": settings.public_address,
        "oidc_metadata_url": settings.oidc_metadata_url,
        "oidc_client_id": settings.oidc_client_id,
        "oidc_client_secret": _client_secret(settings),
    }
    missing = [name for name, value in needed.items() if not value]
    if missing:
        raise UsageError(
            "The sign-in with accounts is not set up",
            ", ".join(missing),
            _("Set them in the environment or in .streamlit/secrets.toml, then start again."),
        )
    if urlsplit(settings.public_address).scheme not in ("http", "https"):
        raise UsageError(
            "The sign-in with accounts is not set up",
            f"public_address = {settings.public_address}",
            _("Write it with https:// in front, as people type it."),
        )
    return {
        "auth": {
            "redirect_uri": f"{settings.public_address.rstrip('/')}/{_CALLBACK}",
            "cookie_secret": cookie_secret(settings),
            "client_id": needed["oidc_client_id"],
            "client_secret": needed["oidc_client_secret"],
            "server_metadata_url": needed["oidc_metadata_url"],
        }
    }


def _client_secret(settings: Settings) -> str:
    path = settings.oidc_client_secret_file
    if path is None:
        if SECRETS_FILE.exists():
            require_private(SECRETS_FILE)
        return settings.oidc_client_secret.text
    return secret_of(path)
