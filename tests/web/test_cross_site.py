"""Whatever changes something refuses what another site sends in the name of who is signed in."""

import pytest
from starlette.websockets import WebSocketDisconnect
from streamlit import config

from dashboard.identity.upload_permits import PERMITS

HERE, ELSEWHERE = "http://localhost:8501", "https://evil.example"
SAFE = {"GET", "HEAD", "OPTIONS"}
FORMS = ("/sign-in", "/sign-out", "/score")
UPLOAD = "/_stcore/upload_file/{session_id}/{file_id}"
AGENTS = "/_stcore/agent/"
SENT_FILE = UPLOAD.format(session_id="a-session", file_id="a-file")


@pytest.fixture
def client(application):
    """The whole application, as it is served."""
    return application


def routes_of(client):
    return client.app._starlette_app.routes


def test_every_route_that_changes_something_is_looked_at_here(client):
    changing = {
        (route.path, method)
        for route in routes_of(client)
        for method in set(getattr(route, "methods", None) or ()) - SAFE
    }
    known = {*((path, "POST") for path in FORMS), (UPLOAD, "PUT"), (UPLOAD, "DELETE")}
    assert {one for one in changing if not one[0].startswith(AGENTS)} == known


@pytest.mark.parametrize("path", [f"{AGENTS}interact", f"{AGENTS}mcp"])
def test_no_program_drives_the_pages(client, path):
    """Streamlit's own routes for agents, which are off."""
    assert config.get_option("server.enableAgentApi") is False
    for method in ("PUT", "PATCH", "DELETE"):
        assert client.request(method, path, json={}).status_code == 405, method
    answer = client.post(path, json={})
    assert answer.status_code in (400, 403)
    assert "does not serve the agent API" in answer.text


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("origin", [ELSEWHERE, "null", "http://localhost:9999", None])
def test_a_form_of_another_site_is_refused(client, path, origin):
    headers = {} if origin is None else {"Origin": origin}
    assert client.post(path, data={"round": "r", "code": "c"}, headers=headers).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_file_of_another_site_is_refused(client, method):
    """It knows neither the token nor the cookie that Streamlit gave its own page."""
    PERMITS.permit("a-session", 1000, lambda: True)
    for headers in ({"Origin": ELSEWHERE}, {"Origin": ELSEWHERE, "X-Xsrftoken": "2|a|b|1"}, {}):
        files = {"file": ("a.csv", b"1")} if method == "PUT" else None
        answer = client.request(method, SENT_FILE, files=files, headers=headers)
        assert answer.status_code == 403, headers


def test_the_connection_of_a_page_is_not_opened_by_another_site(client):
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect(
            "ws://localhost:8501/_stcore/stream", headers={"Origin": ELSEWHERE}
        ),
    ):
        pass
    assert refused.value.code == 1008  # RFC 6455: policy violation
