"""Two machines as people use them: over HTTP and the sessions of their pages."""

import asyncio
import io
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import parse_qs

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attrs import evolve
from joserfc import jwt
from joserfc.jwk import ECKey
from websockets.exceptions import ConnectionClosed

from dashboard.access import DESK
from dashboard.identity.accounts import Accounts
from dashboard.intake.intake import Intake
from dashboard.judging.judging import Judging
from dashboard.judging.verification import verify_round
from dashboard.store.lake import Lake
from dashboard.store.ledger import Ledger
from dashboard.store.pointer import read_pointer
from dashboard.ui.reader import SESSION_COOKIE
from tests.judging.closed_round import RULES, opened_round
from tests.web.machines import Machine, words_of
from tests.web.several import until

pytestmark = pytest.mark.long
KEY = ECKey.generate_key("P-256", {"kid": "one"})
ISSUER = "https://sso.example.go.kr"


@pytest.fixture
def machines(shared_servers, small_package, tmp_path):
    """Makes two machines that share a record of one figure and run; settings of the environment."""
    started = []

    def make(**environment):
        package = small_package(
            {
                "sources": [{"source_id": "city", "tier": "official"}],
                "observations": [{"source_id": "city", "year": "2000", "value": "17745"}],
            }
        )
        one = shared_servers.settings(tmp_path / "one", public_record=package)
        two = evolve(one, workspace=tmp_path / "two")
        started.append(Machine(shared_servers, one, tmp_path / "log-one", **environment).start())
        two.workspace.mkdir()
        for file in one.key_files:
            (two.workspace / file.name).write_bytes(file.read_bytes())
        started.append(Machine(shared_servers, two, tmp_path / "log-two", **environment).start())
        return started

    yield make
    for machine in started:
        if machine.process.poll() is None:
            machine.kill()


def run(acting):
    """Run it in a thread of its own: where a test drove a browser, this one has a loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, acting).result()


def shown(machine, path, query, **headers):
    """The words of a page as its reader opens it."""

    async def opened():
        async with machine.page(**headers) as page:
            return await page.open(path, query | {"lang": "en"})

    found = run(opened())
    assert found.failures == []
    return words_of(found)


def signed_in(machine, round_id, code):
    """The cookie of whoever signs in to a round."""
    answer = machine.post("/sign-in", {"round": round_id, "code": code})
    assert answer.status_code == 303, answer.text
    return f"{SESSION_COOKIE}={answer.cookies[SESSION_COOKIE]}"


def score(machine, cookie, criterion, value):
    form = {"applicant": "KR-27", "criterion": criterion, "field": "points", "was": ""}
    return machine.post("/score", form | {"value": value}, Cookie=cookie)


@pytest.fixture
def two(machines, tmp_path):
    """Two machines to which a proxy says who asks."""
    file = tmp_path / "proxy.jwks"
    file.write_text(json.dumps({"keys": [KEY.as_dict(private=False)]}))
    return machines(
        CLUSTER_REVIEW_SIGN_IN="proxy",
        CLUSTER_REVIEW_PROXY_KEY_FILE=str(file),
        CLUSTER_REVIEW_PROXY_ISSUER=ISSUER,
        CLUSTER_REVIEW_TRUSTED_PROXIES="127.0.0.1",
    )


def token_of(account):
    now = int(time.time())
    said = {"iss": ISSUER, "aud": "cluster-review", "sub": account, "iat": now, "exp": now + 900}
    said |= {"email": account, "email_verified": True, "name": "Kim Mina"}
    return jwt.encode({"alg": "ES256", "kid": "one"}, said, KEY, algorithms=["ES256"])


def test_who_signs_in_at_one_machine_goes_on_at_the_other_and_ends_on_both(two):
    judged_at_one_and_closed_at_the_other(*two)
    taken_off_the_list_of_one(*two)


def judged_at_one_and_closed_at_the_other(a, b):
    round_id, codes = opened_round(Judging(a.settings), RULES)
    judge = signed_in(a, round_id, codes["j1"])
    for criterion, value in (("plan", "31"), ("visit", "47")):
        assert score(a, judge, criterion, value).status_code == 200
    # The cookie that A set opens the sheet at B, with what was typed at A; another judge's not.
    sheet = {"round": round_id, "part": "sheets", "applicant": "KR-27"}
    assert "78" in shown(b, "review-room", sheet, Cookie=judge)
    other = signed_in(b, round_id, codes["j2"])
    assert "78" not in shown(b, "review-room", sheet, Cookie=other)
    chair = signed_in(b, round_id, codes["chair"])

    async def close():
        async with b.page(Cookie=chair) as page:
            await page.open("review-room", {"round": round_id, "part": "desk", "lang": "en"})
            await page.choose("room-close-reason", string_value="Trial")
            await page.choose("room-close", trigger_value=True)
            return await page.choose("room-close-sure", trigger_value=True)

    assert run(close()).failures == []
    assert "Closed" in shown(a, "review-room", {"round": round_id}, Cookie=judge)
    for who in (judge, other):
        assert score(a, who, "plan", "32").status_code == 422
    streams = [Judging(machine.settings).streams for machine in (a, b)]
    assert verify_round(streams[0], round_id) == verify_round(streams[1], round_id)


def taken_off_the_list_of_one(a, b):
    accounts, kim = Accounts(a.settings), "kim@daegu.go.kr"
    accounts.grant(DESK, kim, "official KR-27", "Kim Mina")
    said = {"X-Identity-Token": token_of(kim)}
    assert "Kim Mina" in shown(b, "handing-in", {}, **said)
    assert "not-open" not in shown(b, "handing-in", {}, **said)
    accounts.withdraw(DESK, kim)
    for machine in (a, b):
        assert "not-open" in shown(machine, "handing-in", {}, **said)
        assert "The session has ended" in shown(machine, "handing-in", {}, **said)


class Figures:
    """A file that goes in by the server's own process: twenty years, of the same value."""

    table = "observations"

    def file(self, turn):
        lines = "".join(f"foreign_patients,{year},KR-27,{turn}\n" for year in range(2001, 2021))
        return "a.csv", f"metric,year,region,value\n{lines}".encode()

    def held(self, machine):
        rows = Lake(machine.settings).current_rows(self.table).to_pylist()
        return [row["value"] for row in rows if row["batch_id"].startswith("intake-")]

    def whole(self, turn):
        return [str(turn)] * 20 if turn else []


class Visits:
    """A file that goes in by a process of its own: twenty visits of another month each turn."""

    table = "patient_visits"

    def file(self, turn):
        rows = {"visited_on": [f"2026-{turn:02}-10"] * 20, "region": ["KR-27"] * 20}
        rows |= {"institution": ["A"] * 20, "nationality": ["MN"] * 20}
        file = io.BytesIO()
        pq.write_table(pa.table(rows), file)
        return "a.parquet", file.getvalue()

    def held(self, machine):
        rows = Lake(machine.settings).current_rows("visit_counts").to_pylist()
        return sorted((r["month"], r["visit_count"]) for r in rows if r["breakdown"] == "")

    def whole(self, turn):
        return [(f"2026-{month:02}", "20") for month in range(1, turn + 1)]


async def hand_in(machine, kind, turn, begun=None, jobs=None):
    """Hand a file in on the page, unless its rows are there; a job is noted, and awaited."""
    async with machine.page() as page:
        await page.open("handing-in", {"table": kind.table, "receipt": "none", "lang": "en"})
        await page.choose("handing-in-name", string_value="Kim")
        uploader = next(key for key in page.widgets if key.startswith("handing-in-file"))
        await machine.upload(page, uploader, *kind.file(turn))
        if begun:
            begun.start()
        for button in ("handing-in-accept", "handing-in-start"):
            if button in page.widgets:
                shown = await page.choose(button, trigger_value=True)
                assert not any(one.HasField("exception") for one in shown.elements)
        job = parse_qs(page._query).get("job", [""])[0]
        if job and jobs is not None:
            jobs.append(job)
        while job and "handing-in-close-job" not in page.widgets:
            await page.open("handing-in", {"job": job, "lang": "en"})


async def widgets(machine, query):
    async with machine.page() as page:
        await page.open("handing-in", query | {"lang": "en"})
        return set(page.widgets)


@pytest.mark.parametrize("kind", [Figures(), Visits()], ids=["page", "job"])
def test_a_machine_is_killed_while_a_file_is_handed_in_on_its_page(machines, shared_servers, kind):
    """All of the file or nothing is in; the other goes on, loses its connections, has it once."""
    a, b = machines()
    jobs = []
    for turn, moment_s in enumerate((0.4, 1.2, 2.5), 1):
        either = (kind.whole(turn - 1), kind.whole(turn))
        kill = threading.Timer(moment_s, a.kill)
        with suppress(ConnectionClosed):
            run(hand_in(a, kind, turn, begun=kill, jobs=jobs))
        kill.join()
        assert kind.held(b) in either
        assert b.is_ready()
        cut = threading.Timer(moment_s, shared_servers.cut, [b.settings])
        run(hand_in(b, kind, turn, begun=cut))
        cut.join()
        assert kind.held(b) in either
        run(hand_in(b, kind, turn))
        assert kind.held(b) == kind.whole(turn)
        a.start()
        for job in jobs:  # what a killed process left is said to be over
            assert "handing-in-close-job" in run(widgets(a, {"table": kind.table, "job": job}))
    until(lambda: read_pointer(a.settings) == read_pointer(b.settings))
    lake, log = Lake(b.settings), Ledger(b.settings)
    names = [batch.batch_id for batch in lake.batches()]
    assert len(set(names)) == len(names) == len(lake.commits())
    found = {one.status for one in Intake(b.settings, DESK).history()}
    assert found <= {"accepted", "refused", "unchanged", "already"}
    assert all(log.verify(stream) for stream in log.streams())
