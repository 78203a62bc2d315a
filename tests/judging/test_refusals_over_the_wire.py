"""The same attempts on a running server: forms, the route of the score sheet, pages by websocket.

No browser: requests as somebody writes them by hand. What comes back must hold neither points nor
comments of another, and the logs must be as they were.
"""

import http.client
import json
import re
import socket
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.sync.client import connect

from dashboard.access import DESK
from dashboard.judging.judging import Judging
from dashboard.judging.verification import verify_round
from dashboard.judging.views import RoundRules
from dashboard.settings import PROJECT_ROOT
from tests.browser.conftest import _wait_for_health
from tests.judging.closed_round import PLAN, VISIT

MINE = ("8.5", "2.5", "Words of the second")
OTHERS = ("31.5", "57.5", "Words of the first")
COOKIE = "cluster_review_session"


def given_away(text):
    """What of the other sheet a text says; a time such as 15:29:57.536 says no 57.5."""
    return [one for one in OTHERS if re.search(rf"(?<![\d:]){re.escape(one)}(?!\d)", text)]


@pytest.fixture(autouse=True)
def quick_hashes():
    """Hashes as slow as the server's, which reads what is written here."""


@contextmanager
def serving(settings, **environment):
    """A server of its own with the workspace of the settings; yields its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    named = {
        "CLUSTER_REVIEW_WORKSPACE": str(settings.workspace),
        "CLUSTER_REVIEW_PUBLIC_RECORD": str(settings.public_record),
        "PATH": "/usr/bin:/bin",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard", "serve", "--port", str(port)],
        cwd=PROJECT_ROOT,
        env=named | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for_health(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def scored_round(judging):
    """Two judges have scored KR-27; scoring is open."""
    rules = RoundRules("mct-cluster", 2019, "Wire", ("KR-27", "KR-26"), (PLAN, VISIT))
    made = judging.rounds.create(DESK, rules, *DEPUTIES)
    view, code = made[0], made[1][0] if isinstance(made[1], tuple) else made[1]
    chair = judging.sessions.sign_in(view.round_id, code.code)
    codes = [judging.sessions.issue_code(chair.identity, f"Judge {n}").code for n in (1, 2)]
    judging.rounds.seal(chair.identity)
    judging.rounds.open_scoring(chair.identity)
    sessions = [judging.sessions.sign_in(view.round_id, one) for one in codes]
    for session, (plan, visit, comment) in zip(sessions, (OTHERS, MINE), strict=True):
        judging.sheets.save_draft(session.identity, "KR-27", "plan", plan, comment)
        judging.sheets.save_draft(session.identity, "KR-27", "visit", visit)
        judging.sheets.submit(session.identity, "KR-27")
    return SimpleNamespace(
        judging=judging,
        round_id=view.round_id,
        chair=chair,
        sessions=sessions,
        codes=codes,
    )


DEPUTIES = ("Kim", ("Lee", "Park"))


@pytest.fixture(scope="module")
def wire(tmp_path_factory, built_copy):
    """A running server with two rounds, and what one needs to write to it."""
    settings = built_copy(tmp_path_factory.mktemp("wire") / "workspace")
    judging = Judging(settings)
    with serving(settings) as port:
        yield SimpleNamespace(
            port=port, judging=judging, round=scored_round(judging), other=scored_round(judging)
        )


def send(port, method, path, fields=None, origin="own", token=None, **headers):
    """One request; returns its status, its headers and its body."""
    sent = {"Host": f"127.0.0.1:{port}"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    if origin:
        sent["Origin"] = f"http://127.0.0.1:{port}" if origin == "own" else origin
    if token is not None:
        sent["Cookie"] = f"{COOKIE}={token}"
    body = None
    if fields is not None:
        body = urlencode(fields)
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode(errors="replace")
    finally:
        connection.close()


def line(applicant="KR-26", criterion="plan", value="30", was=""):
    return {
        "applicant": applicant,
        "criterion": criterion,
        "field": "points",
        "value": value,
        "was": was,
        "lang": "en",
    }


def ended(round_):
    session = round_.judging.sessions.sign_in(round_.round_id, round_.codes[0])
    round_.judging.sessions.sign_out(session.token)
    return session.token


def spliced(wire):
    """A secret of the other round under this round's name."""
    return f"{wire.round.round_id}.{wire.other.sessions[0].token.partition('.')[2]}"


SCORE = {
    "nobody types into a sheet": lambda w: {"token": None},
    "the chair types into a sheet": lambda w: {"token": w.round.chair.token},
    "a cookie that was made up": lambda w: {"token": f"{w.round.round_id}.made-up"},
    "a cookie of dots": lambda w: {"token": "...."},
    "a cookie that walks out of its folder": lambda w: {"token": "../../ledger.x"},
    "a session that was signed out": lambda w: {"token": ended(w.round)},
    "another round's session under this round's name": lambda w: {"token": spliced(w)},
    "from another site": lambda w: {"origin": "http://evil.example"},
    "from nowhere": lambda w: {"origin": None},
    "from a file": lambda w: {"origin": "null"},
    "from another port of this machine": lambda w: {"origin": "http://127.0.0.1:1"},
    "into a submitted sheet": lambda w: {"fields": line("KR-27", was="8.5")},
    "into who never applied": lambda w: {"fields": line("KR-11")},
    "into a criterion that is none": lambda w: {"fields": line(criterion="x")},
    "more points than there are": lambda w: {"fields": line(value="41")},
    "points that are no number": lambda w: {"fields": line(value="<script>")},
    "points below zero": lambda w: {"fields": line(value="-1")},
    "as another judge by a field of its own": lambda w: {
        "fields": line("KR-27") | {"judge_id": "j1", "judge": "j1"}
    },
    "on a sheet of who was signed in here before": lambda w: {
        "fields": line() | {"round": f"{w.round.round_id}|j1"}
    },
    "on a sheet of another round": lambda w: {
        "fields": line() | {"round": f"{w.other.round_id}|j2"}
    },
    "into a half of a line that is none": lambda w: {"fields": line() | {"field": "submitted_at"}},
    "a form too long": lambda w: {"fields": line() | {"comment": "x" * 70000}},
}
"""What is sent to the route of the score sheet → how it differs from what its judge sends."""


@pytest.mark.parametrize("attempt", SCORE)
def test_the_route_of_the_score_sheet_refuses(wire, attempt):
    before = verify_round(wire.judging.streams, wire.round.round_id).log
    sent = {"token": wire.round.sessions[1].token, "fields": line()} | SCORE[attempt](wire)
    status, _headers, body = send(wire.port, "POST", "/score", **sent)
    assert status in (403, 409, 413, 422), (status, body)
    assert json.loads(body)["text"], "in words"
    assert given_away(body) == [], body
    assert verify_round(wire.judging.streams, wire.round.round_id).log == before


@pytest.mark.parametrize(
    ("language", "why", "back"),
    [
        ("ko", "보낸 내용이 너무 깁니다", "심사실로 돌아가기"),
        ("en", "What was sent is too long", "Back to the review room"),
    ],
)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/score"])
def test_a_form_beyond_every_limit_is_refused_in_words_of_the_page(wire, path, language, why, back):
    fields = {"round": wire.round.round_id, "code": "가" * 10000}  # 9 bytes a letter
    status, headers, body = send(wire.port, "POST", f"{path}?lang={language}", fields)
    assert (status, why in body) == (413, True)
    assert "set-cookie" not in {name.lower() for name in headers}
    if path != "/score":  # whose answer stands beside the field, on a page that stays
        assert f'lang="{language}"' in body
        assert re.search(rf'<a href="review-room\?lang={language}">{back}</a>', body)


def test_the_longest_comment_takes_the_place_of_another(wire):
    token = wire.other.sessions[1].token
    was, value = "가" * 2000, "나" * 2000  # 9 bytes a letter: 36,000 in all
    for before, now in (("", was), (was, value)):
        fields = line(value=now, was=before) | {"field": "comment"}
        status, _headers, body = send(wire.port, "POST", "/score", fields, token=token)
        assert status == 200, body
    assert json.loads(body)["lines"]["plan"]["comment"] == value


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_the_route_of_the_score_sheet_is_written_to_in_one_way(wire, method):
    token = wire.round.sessions[1].token
    status, _headers, body = send(wire.port, method, "/score?" + urlencode(line()), token=token)
    assert status in (403, 404, 405) or '<div id="root">' in body, "the empty page"
    assert '"lines"' not in body


SIGN_IN = {
    "a code of another round": lambda w: (
        {"round": w.round.round_id, "code": w.other.codes[0]},
        {},
    ),
    "no code": lambda w: ({"round": w.round.round_id, "code": ""}, {}),
    "a holder's name": lambda w: ({"round": w.round.round_id, "code": "chair"}, {}),
    "a round that is none": lambda w: ({"round": "../x", "code": w.round.codes[0]}, {}),
    **{
        f"a right code from {where}": lambda w, origin=origin: (
            {"round": w.round.round_id, "code": w.round.codes[0]},
            {"origin": origin},
        )
        for where, origin in (
            ("another site", "http://evil.example"),
            ("a file", "null"),
            ("nowhere", None),
        )
    },
    "a right code in the address": lambda w: (None, {}),
}


@pytest.mark.parametrize("attempt", SIGN_IN)
def test_the_form_gives_no_session(wire, attempt):
    fields, how = SIGN_IN[attempt](wire)
    path = "/sign-in"
    if fields is None:
        asked = {"round": wire.round.round_id, "code": wire.round.codes[0]}
        status, headers, body = send(wire.port, "GET", f"{path}?{urlencode(asked)}")
        assert wire.round.codes[0] not in body
    else:
        status, headers, body = send(wire.port, "POST", path, fields, **how)
        assert status in (403, 404)
    assert COOKIE not in headers.get("set-cookie", "")


def test_another_site_signs_nobody_out(wire):
    token = wire.round.sessions[0].token
    for origin in ("http://evil.example", None):
        status, _headers, _body = send(
            wire.port, "POST", "/sign-out", {"round": wire.round.round_id}, origin, token
        )
        assert status == 403
    assert wire.judging.sessions.resume(token).judge_id == "j1"


def test_the_session_is_out_of_reach_of_scripts_and_of_other_sites(wire):
    asked = {"round": wire.round.round_id, "code": wire.round.codes[1]}
    status, headers, _body = send(wire.port, "POST", "/sign-in", asked)
    assert status == 303
    cookie = headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert headers["cache-control"] == "no-store"


def page(port, query, token=None, origin="own"):
    """All bytes that a page of the review room sends by websocket in one run."""
    headers = {"Cookie": f"{COOKIE}={token}"} if token else {}
    address = f"http://127.0.0.1:{port}" if origin == "own" else origin
    received = b""
    with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        origin=address,
        additional_headers=headers,
        subprotocols=["streamlit"],
        max_size=None,
        open_timeout=60,
    ) as socket_:
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = "review-room"
        socket_.send(asked.SerializeToString())
        while True:
            message = socket_.recv(timeout=60)
            received += message
            if ForwardMsg.FromString(message).WhichOneof("type") == "script_finished":
                return received.decode("utf-8", errors="replace")


PAGES = {
    "a visitor opens a sheet": (None, "part=sheet&applicant=KR-27"),
    "a visitor opens the result": (None, "part=result"),
    "a visitor opens the log": (None, "part=log"),
    "a visitor opens the sheets": (None, "part=sheets&applicant=KR-27&judge=j1"),
    "j2 opens a sheet of j1 by name": (1, "part=sheet&applicant=KR-27&judge=j1&judge_id=j1"),
    "j2 opens the result": (1, "part=result"),
    "j2 opens the chair's part": (1, "part=chair"),
    "j2 opens the log": (1, "part=log"),
    "the chair opens a sheet": ("chair", "part=sheet&applicant=KR-27&judge=j1"),
    "the chair opens the sheets": ("chair", "part=sheets&applicant=KR-27&judge=j1"),
    "the chair opens the result": ("chair", "part=result"),
    "a judge of another round opens a sheet": ("other", "part=sheet&applicant=KR-27"),
    "a made-up session opens a sheet": ("made up", "part=sheet&applicant=KR-27"),
}


@pytest.mark.parametrize("attempt", PAGES)
def test_no_page_gives_away_what_another_scored(wire, attempt):
    who, query = PAGES[attempt]
    token = {
        None: None,
        1: wire.round.sessions[1].token,
        "chair": wire.round.chair.token,
        "other": wire.other.sessions[0].token,
        "made up": f"{wire.round.round_id}.made-up",
    }[who]
    received = page(wire.port, f"round={wire.round.round_id}&lang=en&{query}", token)
    assert "Wire" in received, "the page was drawn"
    assert given_away(received) == []


def test_a_page_of_another_site_gets_no_websocket(wire):
    with pytest.raises((InvalidStatus, WebSocketException)):
        page(wire.port, "", wire.round.chair.token, "http://evil.example")


@pytest.mark.parametrize(
    "path",
    [
        "/media/result.xlsx",
        "/app/static/../../workspace/ledger.sqlite",
        "/app/static/%2e%2e/%2e%2e/workspace/ledger.sqlite",
        "/app/static/..%2f..%2fworkspace%2fledger.key",
        "/ledger.sqlite",
        "/_stcore/../ledger.sqlite",
        "/_stcore/upload_file/x/y",
    ],
)
def test_no_file_of_the_workspace_is_served(wire, path):
    status, _headers, body = send(wire.port, "GET", path, token=wire.round.chair.token)
    assert "SQLite format" not in body
    assert "Words of" not in body
    # What is no file is answered with the empty page in which Streamlit draws.
    assert status in (400, 403, 404, 405) or '<div id="root">' in body


def guess(port, round_id, code, sent_from):
    """Signs in as if forwarded from an address; returns the answer's text."""
    fields = {"round": round_id, "code": code, "lang": "en"}
    status, _headers, body = send(port, "POST", "/sign-in", fields, X_Forwarded_For=sent_from)
    return "in" if status == 303 else "Too many" if "Too many wrong codes" in body else "wrong"


@pytest.mark.parametrize("proxies", ["none", "127.0.0.0/8"])
def test_forwarded_addresses_are_believed_from_configured_proxies_only(
    tmp_path, built_copy, proxies
):
    settings = built_copy(tmp_path / "workspace")
    round_ = scored_round(Judging(settings))
    open_to_all = {"CLUSTER_REVIEW_SIGN_IN": "public"}
    with serving(settings, CLUSTER_REVIEW_TRUSTED_PROXIES=proxies, **open_to_all) as port:
        for n in range(30):
            assert guess(port, round_.round_id, "WRNG2WRNG2", f"10.1.0.{n}") == "wrong"
        # Believed, each came from an address of its own; else all thirty came from this machine.
        expected = "in" if proxies != "none" else "Too many"
        assert guess(port, round_.round_id, round_.codes[0], "10.2.0.1") == expected
