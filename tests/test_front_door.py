"""What every request passes: whose name it may carry, for whom a cookie is, which host is meant."""

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from dashboard.errors import AccessDenied, UsageError
from dashboard.front_door import check_address, front_door
from dashboard.identity.rates import Rates
from dashboard.identity.upload_permits import PERMITS
from dashboard.settings import Settings
from tests.own_loop import in_own_loop

SAID = b"x-identity-token"


def asked(settings, peer, headers=(), host=b"127.0.0.1:8501", method="GET", path="/"):
    """Status, headers of the answer, and headers that reached the page."""
    reached: list[tuple[bytes, bytes]] = []

    async def page(scope, receive, send):
        reached.extend(scope["headers"])
        answer = PlainTextResponse(f"{scope['client'][0]} {scope['scheme']}")
        answer.set_cookie("kept", "1")
        answer.set_cookie("own", "2", secure=True)
        await answer(scope, receive, send)

    app = behind_the_door(settings, page)
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "client": (peer, 4711),
        "server": ("127.0.0.1", 8501),
        "headers": [(b"host", host), *headers],
    }
    in_own_loop(app(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], sent[0]["headers"], reached, body.decode()


def behind_the_door(settings, page):
    app: ASGIApp = page
    for layer in reversed(front_door(settings)):
        app = layer.cls(app, *layer.args, **layer.kwargs)
    return app


def connected(peer, *headers):
    """What a websocket of a page is answered; None where the page was asked."""
    sent = []

    async def page(scope, receive, send):
        pass

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "client": (peer, 1),
        "headers": [(b"host", b"localhost:8501"), *headers],
        "scheme": "ws",
    }
    in_own_loop(behind_the_door(Settings(), page)(scope, receive, send))
    return sent[0] if sent else None


def behind(proxies, **more):
    return Settings(sign_in="proxy", trusted_proxies=proxies, **more)


@pytest.mark.parametrize(
    ("peer", "kept"),
    [("10.1.0.5", True), ("10.2.7.7", True), ("10.3.0.1", False), ("127.0.0.1", False)],
)
def test_a_token_counts_from_a_trusted_proxy_alone(peer, kept):
    _status, _headers, reached, _body = asked(
        behind("10.1.0.5,10.2.0.0/16"), peer, [(SAID, b"a.b.c")]
    )
    assert (SAID in dict(reached)) == kept


def test_who_forwards_for_himself_is_no_proxy():
    """The peer decides, not the address that it says it forwards for."""
    settings = behind("10.1.0.5")
    headers = [(SAID, b"a.b.c"), (b"x-forwarded-for", b"10.1.0.5")]
    _status, _headers, reached, body = asked(settings, "192.0.2.9", headers)
    assert SAID not in dict(reached)
    assert body == "192.0.2.9 http"


def test_a_trusted_proxy_says_client_and_scheme():
    headers = [(b"x-forwarded-for", b"192.0.2.9"), (b"x-forwarded-proto", b"https")]
    _status, _headers, _reached, body = asked(behind("10.1.0.5"), "10.1.0.5", headers)
    assert body == "192.0.2.9 https"


def cookies(headers):
    return [value.decode() for name, value in headers if name == b"set-cookie"]


def test_over_https_every_cookie_is_for_https_alone():
    settings = behind("10.1.0.5")
    _status, headers, _reached, _body = asked(
        settings, "10.1.0.5", [(b"x-forwarded-proto", b"https")]
    )
    kept, own = cookies(headers)
    assert kept.endswith("; Secure")
    assert own.lower().count("; secure") == 1
    assert dict(headers)[b"strict-transport-security"] == b"max-age=31536000"  # 365 days
    _status, headers, _reached, _body = asked(settings, "10.1.0.5")
    assert "secure" not in cookies(headers)[0].lower()
    assert b"strict-transport-security" not in dict(headers)


@pytest.mark.parametrize(("sign_in", "status"), [("desk", 400), ("public", 200)])
def test_a_name_of_elsewhere_does_not_open_the_desk(sign_in, status):
    """DNS rebinding: a page of evil.example whose name now points to this machine."""
    settings = Settings(sign_in=sign_in)
    found, _headers, reached, _body = asked(settings, "127.0.0.1", host=b"evil.example")
    assert found == status
    assert bool(reached) == (status == 200)


@pytest.mark.parametrize(
    "name", [b"x-forwarded-for", b"forwarded", b"via", b"x-real-ip", b"x-forwarded-proto"]
)
def test_what_a_proxy_hands_on_does_not_open_the_desk(name):
    """It may come from anywhere, under whatever name it says."""
    found, _headers, reached, _body = asked(Settings(), "127.0.0.1", [(name, b"x")])
    assert (found, reached) == (403, [])
    assert asked(Settings(sign_in="public"), "127.0.0.1", [(name, b"x")])[0] == 200
    assert connected("127.0.0.1", (name, b"x")) == {"type": "websocket.close", "code": 1008}


def test_a_desk_believes_no_proxy():
    with pytest.raises(UsageError, match="trusted_proxies"):
        check_address(Settings(trusted_proxies="10.1.0.5"), "127.0.0.1")


@pytest.mark.parametrize("address", ["0.0.0.0", "10.0.0.7", "::"])  # noqa: S104
def test_the_desk_is_open_to_this_machine_only(address):
    with pytest.raises(UsageError, match=address.replace(".", r"\.")):
        check_address(Settings(), address)
    check_address(Settings(sign_in="public"), address)
    check_address(Settings(sign_in="oidc"), address)


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1"])
def test_the_desk_opens_at_this_machine(address):
    check_address(Settings(), address)


def test_a_sign_in_by_proxy_names_the_proxy():
    with pytest.raises(UsageError, match="trusted_proxies"):
        check_address(Settings(sign_in="proxy"), "127.0.0.1")
    check_address(behind("127.0.0.1"), "127.0.0.1")


# ---- Files that are sent


def sent_file(session, length, method="PUT", *headers):
    headers = (
        [*headers] if length is None else [(b"content-length", str(length).encode()), *headers]
    )
    path = f"/cluster-review/_stcore/upload_file/{session}/f1"
    return asked(Settings(), "127.0.0.1", headers, method=method, path=path)[0]


def test_a_file_is_taken_from_a_session_whose_page_has_a_field_for_it():
    PERMITS.permit("official", 1000, lambda: True)
    assert sent_file("official", 1000) == 200
    assert sent_file("official", 1000 + 64 * 1024) == 200  # the form around it
    assert sent_file("official", 1001 + 64 * 1024) == 413
    assert sent_file("official", None) == 413  # says no length
    assert sent_file("official", "x") == 413
    # In pieces, whose lengths count, whatever is said of the whole.
    assert sent_file("official", 10, "PUT", (b"transfer-encoding", b"chunked")) == 413
    assert sent_file("viewer", 10) == 403
    assert sent_file("viewer", 0, "DELETE") == 403


def test_the_larger_of_two_fields_counts():
    PERMITS.permit("two", 1000, lambda: True)
    PERMITS.permit("two", 10, lambda: True)
    assert PERMITS.largest("two") == 1000


def test_who_may_no_longer_sends_no_more_files_from_the_page_that_is_open():
    may = {"hand in": True, "publish": True}
    PERMITS.permit("three", 1000, lambda: may["hand in"])
    PERMITS.permit("three", 10, lambda: may["publish"])
    assert PERMITS.largest("three") == 1000
    may["hand in"] = False
    assert PERMITS.largest("three") == 10
    may["publish"] = False
    assert sent_file("three", 10) == 403


# ---- Too often


def test_one_client_is_held_up_and_no_other():
    path = "/cluster-review/sign-in"
    found = [asked(Settings(), "192.0.2.50", method="POST", path=path)[0] for _once in range(61)]
    assert found == [200] * 60 + [429]
    assert asked(Settings(), "192.0.2.51", method="POST", path=path)[0] == 200
    assert asked(Settings(), "192.0.2.50", path=path)[0] == 200  # the form itself


def test_a_connection_too_many_is_closed_with_words_of_the_protocol():
    sent = [connected("192.0.2.60") for _once in range(241)]
    assert sent[:240] == [None] * 240
    assert sent[240] == {"type": "websocket.close", "code": 1013}  # RFC 6455: try again later


def test_a_limit_is_one_of_each_client_and_kind():
    rates = Rates()
    assert [rates.take("former-build", "a") for _once in range(11)] == [True] * 10 + [False]
    assert rates.take("former-build", "b")
    assert rates.take("file", "a")
    with pytest.raises(AccessDenied):
        rates.require("former-build", "a")
