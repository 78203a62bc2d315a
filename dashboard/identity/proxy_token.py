"""Tokens by which a trusted proxy says who asks, as government single sign-on does.

The proxy signs in and puts a signed token (JWT, RFC 7519) into a header of every request. Only
signatures with public keys count: whoever can read the settings of the dashboard cannot sign.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, KeySet, OKPKey, RSAKey

from dashboard.errors import AccessDenied, UsageError
from dashboard.i18n import gettext as _
from dashboard.settings import Settings

_ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
_CLOCKS_DIFFER_S = 60
_KEYS = (RSAKey, ECKey, OKPKey)
Key: TypeAlias = RSAKey | ECKey | OKPKey


def claims_of(token: str, settings: Settings, shown_at: int | None = None) -> dict[str, Any]:
    """The claims of a token that is signed by the proxy, for this dashboard, and not too old.

    Args:
        token: as the header has it.
        settings: key, issuer and audience.
        shown_at: when a page that is still open was opened with it, in seconds of the epoch; None:
            now.

    Raises:
        AccessDenied: it is not.
        UsageError: the settings name no key, no issuer, or a key that cannot be read.
    """
    keys = public_keys(settings)
    expected = jwt.JWTClaimsRegistry(
        now=shown_at,
        leeway=_CLOCKS_DIFFER_S,
        iss={"essential": True, "value": settings.proxy_issuer},
        aud={"essential": True, "value": settings.proxy_audience},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
    )
    try:
        found = jwt.decode(token, keys, algorithms=list(_ALGORITHMS))
        expected.validate(found.claims)
    except (JoseError, ValueError) as error:
        raise AccessDenied(
            "The token of the proxy is not valid",
            type(error).__name__,
            _("Sign in again; if it happens again, tell the administrator."),
        ) from error
    return dict(found.claims)


def public_keys(settings: Settings) -> Key | KeySet:
    """The keys that verify the proxy's tokens, as they are now.

    Raises:
        UsageError: the settings name no key, no issuer, or a key that cannot be read.
    """
    path = settings.proxy_key_file
    if path is None or not settings.proxy_issuer:
        raise UsageError(
            "The sign-in by a proxy is not set up",
            "proxy_key_file, proxy_issuer",
            _("Set both, or another sign_in."),
        )
    return _keys(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _keys(path: Path, changed_at: int) -> Key | KeySet:
    """The public keys of a file, read anew when it changed; one alone whatever its name is."""
    try:
        text = path.read_text("utf-8")
        if not text.lstrip().startswith("{"):
            return _key_of_pem(text)
        content = json.loads(text)
        keys = [JWKRegistry.import_key(one) for one in content.get("keys", [content])]
        public = [key for key in keys if isinstance(key, _KEYS) and not key.is_private]
        if len(public) != len(keys) or not keys:
            raise ValueError("public keys only")
        return public[0] if len(public) == 1 else KeySet(list(public))
    except (OSError, ValueError, KeyError, JoseError) as error:
        raise UsageError(
            "The keys of the proxy cannot be read",
            f"{path.name}: {error}",
            _("Name a file with public keys: JWKS, or one PEM."),
        ) from error


def _key_of_pem(text: str) -> Key:
    for kind in _KEYS:
        try:
            key = kind.import_key(text)
        except (ValueError, JoseError):
            continue
        if not key.is_private:
            return key
    raise ValueError("no public key")
