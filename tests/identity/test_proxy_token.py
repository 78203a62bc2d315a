"""Tokens of a proxy: whoever cannot sign, for whom they are not, and what is too old."""

import base64
import hmac
import json
import time

import pytest
from attrs import evolve
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from dashboard.errors import AccessDenied, UsageError
from dashboard.identity.proxy_token import claims_of
from dashboard.settings import Settings

KEY = ECKey.generate_key("P-256", {"kid": "one"})
OTHER = ECKey.generate_key("P-256", {"kid": "one"})
RSA = RSAKey.generate_key(2048)
ISSUER = "https://sso.example.go.kr"


@pytest.fixture
def settings(tmp_path):
    file = tmp_path / "proxy.jwks"
    file.write_text(json.dumps({"keys": [KEY.as_dict(private=False)]}))
    return Settings(
        sign_in="proxy", proxy_key_file=file, proxy_issuer=ISSUER, trusted_proxies="127.0.0.1"
    )


def token(key=KEY, algorithm="ES256", **changed):
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": "cluster-review", "sub": "4711", "iat": now, "exp": now + 300}
    said = {name: value for name, value in (claims | changed).items() if value is not None}
    return jwt.encode({"alg": algorithm, "kid": "one"}, said, key, algorithms=[algorithm])


def test_a_signed_token_says_who(settings):
    assert claims_of(token(email="kim@daegu.go.kr"), settings)["email"] == "kim@daegu.go.kr"


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another-service"},
        {"aud": None},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"nbf": int(time.time()) + 3600},
    ],
)
def test_a_token_of_others_for_others_or_of_yesterday_lets_nobody_in(settings, changed):
    with pytest.raises(AccessDenied):
        claims_of(token(**changed), settings)


def test_a_page_stays_open_with_the_token_with_which_it_was_opened(settings):
    """A proxy gives tokens of minutes; what one reads for hours was opened in time, or not."""
    an_hour_ago = int(time.time()) - 3600
    old = token(iat=an_hour_ago, exp=an_hour_ago + 300)
    assert claims_of(old, settings, shown_at=an_hour_ago + 200)["sub"] == "4711"
    for late in (an_hour_ago + 600, None):
        with pytest.raises(AccessDenied):
            claims_of(old, settings, shown_at=late)


def test_a_token_of_another_key_lets_nobody_in(settings):
    with pytest.raises(AccessDenied):
        claims_of(token(OTHER), settings)


def test_a_token_that_was_changed_lets_nobody_in(settings):
    head, _body, signature = token().split(".")
    _head, body, _signature = token(email="chair@example.go.kr").split(".")
    with pytest.raises(AccessDenied):
        claims_of(f"{head}.{body}.{signature}", settings)


def test_the_public_key_is_no_secret_to_sign_with(settings):
    """Algorithm confusion: HS256 with the published key as secret, and no algorithm at all.

    Made by hand, since the library refuses to.
    """
    body = token().split(".")[1]
    for algorithm in ("HS256", "none"):
        head = encoded(json.dumps({"alg": algorithm, "kid": "one"}).encode())
        secret, said = KEY.as_pem(private=False), f"{head}.{body}".encode()
        signature = encoded(hmac.digest(secret, said, "sha256")) if algorithm == "HS256" else ""
        with pytest.raises(AccessDenied):
            claims_of(f"{head}.{body}.{signature}", settings)


def encoded(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@pytest.mark.parametrize("text", ["", "a", "a.b.c", "한글", "." * 9999])
def test_what_is_no_token_lets_nobody_in(settings, text):
    with pytest.raises(AccessDenied):
        claims_of(text, settings)


def test_one_key_in_pem_does(tmp_path, settings):
    file = tmp_path / "proxy.pem"
    file.write_bytes(RSA.as_pem(private=False))
    with_pem = evolve(settings, proxy_key_file=file)
    assert claims_of(token(RSA, "RS256"), with_pem)["sub"] == "4711"


UNUSABLE = {
    "no key": json.dumps({"keys": []}),
    "private": json.dumps({"keys": [KEY.as_dict(private=True)]}),
    "secret": json.dumps({"keys": [OctKey.generate_key(256).as_dict()]}),
    "private PEM": KEY.as_pem(private=True).decode(),
    "text": "no key",
    "broken": "{",
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_only_public_keys_verify(tmp_path, settings, kind):
    file = tmp_path / "other.jwks"
    file.write_text(UNUSABLE[kind])
    with pytest.raises(UsageError):
        claims_of(token(), evolve(settings, proxy_key_file=file))


def test_a_key_that_is_changed_counts_at_once(settings):
    claims_of(token(), settings)
    settings.proxy_key_file.write_text(json.dumps({"keys": [OTHER.as_dict(private=False)]}))
    with pytest.raises(AccessDenied):
        claims_of(token(), settings)
    claims_of(token(OTHER), settings)


def test_without_key_or_issuer_nobody_comes_in(settings):
    for lacking in ({"proxy_key_file": None}, {"proxy_issuer": ""}):
        with pytest.raises(UsageError):
            claims_of(token(), evolve(settings, **lacking))
