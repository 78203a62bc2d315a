"""What never changes is compressed once for all who fetch it, and nothing else is kept."""

import re
import zlib
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.bundles import BundleMiddleware, first_scripts
from dashboard.render.screen.html import own_file
from tests.own_loop import in_own_loop

LETTERS = "what is fetched " * 100
LASTING = {"Cache-Control": "public, immutable, max-age=31536000", "X-Own": "1"}


@pytest.fixture
def asked():
    """Paths that reached what is behind the middleware."""
    return []


@pytest.fixture
def client(asked):
    def answer(request):
        asked.append(request.url.path)
        headers = LASTING if "lasting" in request.url.path else {"Cache-Control": "no-cache"}
        if "cookie" in request.url.path:
            headers = {**headers, "Set-Cookie": "who=one"}
        status = 404 if "missing" in request.url.path else 200
        return PlainTextResponse(LETTERS, status, headers)

    app = Starlette(routes=[Route("/{path:path}", answer)])
    with TestClient(BundleMiddleware(app)) as client:
        yield client


def test_a_lasting_file_is_made_once_and_sent_as_it_was(client, asked):
    first, second = client.get("/lasting.js"), client.get("/lasting.js")
    assert asked == ["/lasting.js"]
    assert first.text == second.text == LETTERS
    for answer in (first, second):
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Cache-Control"] == LASTING["Cache-Control"]
        assert answer.headers["X-Own"] == "1"
        assert "Accept-Encoding" in answer.headers["Vary"]
    assert int(second.headers["Content-Length"]) < len(LETTERS)


@pytest.mark.parametrize("path", ["/page", "/lasting-but-missing", "/lasting-with-cookie"])
def test_what_may_change_or_is_not_there_is_asked_for_every_time(client, asked, path):
    assert [client.get(path).text for _time in range(2)] == [LETTERS, LETTERS]
    assert asked == [path, path]


@pytest.mark.parametrize(
    "headers",
    [{"Accept-Encoding": "identity"}, {"Range": "bytes=0-9"}, {"If-None-Match": '"a"'}],
)
def test_whoever_does_not_want_the_whole_file_compressed_is_answered_by_the_app(
    client, asked, headers
):
    client.get("/lasting.js")
    client.get("/lasting.js", headers=headers)
    assert asked == ["/lasting.js", "/lasting.js"]


def test_files_of_our_own_last_when_asked_for_with_their_version(application):
    versioned = application.get(f"/{own_file('links.js')}")
    plain = application.get("/app/static/links.js")
    font = application.get("/app/static/fonts/PretendardGOV-Regular.subset.woff2")
    for answer in (versioned, font):
        assert answer.headers["Cache-Control"] == "public, immutable, max-age=31536000"
    assert "immutable" not in plain.headers.get("Cache-Control", "")
    assert versioned.text == plain.text


@pytest.mark.parametrize(
    "path",
    ["/app/static/links.js?v=000000000000", "/app/static/fonts/none.woff2",
     "/app/static/none.js?v=000000000000"],
)  # fmt: skip
def test_no_other_version_and_nothing_that_is_missing_lasts(application, path):
    """Browsers and the balancer would keep it for a year."""
    for _time in range(2):
        assert "immutable" not in application.get(path).headers.get("Cache-Control", "")


def test_the_scripts_of_every_page_are_fetched_with_the_document_and_what_they_import():
    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    named = re.findall(r'href="\./static/js/([^"]+)"', first_scripts())
    assert {name.split(".")[0] for name in named} >= {"Html", "Selectbox", "TextInput", "purify"}
    # Not the charts: 9 MB that a page is seen without.
    assert not any("Plotly" in name for name in named)
    for name in named:
        text = (folder / name).read_text(encoding="utf-8")
        assert {*re.findall(r'from"\./([^"]+)"', text)} <= {*named}


def test_a_file_whose_reader_went_away_is_not_kept_in_part():
    """Seen as a script that ended in the middle, for everybody who came afterwards."""
    parts = [LETTERS.encode() * 40, b"the end"]
    sent = []

    async def app(_scope, _receive, send):
        headers = [(name.lower().encode(), value.encode()) for name, value in LASTING.items()]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        told = parts[: 1 + len(sent)]  # of the first one only the first part
        sent.append(told)
        for part in told:
            is_last = part == parts[-1]
            await send({"type": "http.response.body", "body": part, "more_body": not is_last})

    middleware = BundleMiddleware(app)

    def fetch():
        messages = []

        async def send(message):
            messages.append(message)

        head = {"method": "GET", "path": "/lasting.js", "query_string": b""}
        scope = {"type": "http", **head, "headers": [(b"accept-encoding", b"gzip")]}
        in_own_loop(middleware(scope, None, send))
        body = b"".join(message.get("body", b"") for message in messages)
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body)

    assert not fetch().endswith(b"the end")
    assert fetch() == fetch() == b"".join(parts)
    assert len(sent) == 2
