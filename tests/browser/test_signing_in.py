"""Accounts of an OpenID provider on this machine: what each role sees, does, and never receives."""

import csv
import io
import re
from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import expect

from dashboard.access import DESK, Identity, Role
from dashboard.identity.accounts import Accounts
from dashboard.intake.intake import Intake
from dashboard.serving.ports import free_port
from dashboard.store.ask import Record
from tests.browser.conftest import WAS_HERE_BEFORE, keep_inside

# 1,237 visits of Daegu in May 2026, as it handed them in; everybody else reads another count.
HEADER = ["내원일", "시도", "의료기관", "국적", "진료과", "진료비"]
VISITS = [["2026-05-20", "대구", "가병원", "중국", "치과", "250000"]] * 1237
EXACT = rb"(?<![\d,.])1,?237(?![\d,])"
FILE = "daegu-visits-of-may.csv"
PEOPLE = {
    "kim": "official KR-27",
    "son": "approver KR-27",
    "lee": "official KR-30",
    "choi": "administrator",
    "yoon": "auditor",
    "oh": None,
}
"""Account → what the list says it is; one has an account and stands on no list."""
PAGES = {
    "handing-in": ("kim", "son", "lee"),
    "accounts": ("choi",),
    "access-log": ("choi", "yoon"),
}
"""Page → who may open it."""
ADDRESS = "@medtour.example.go.kr"


@pytest.fixture(scope="module")
def settings(tmp_path_factory, built_copy):
    """A workspace with visits of Daegu, and a list of who is what."""
    settings = built_copy(tmp_path_factory.mktemp("accounts") / "workspace")
    settings.visits_key.write_text(f"{6:064x}")
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *VISITS])
    handed = Intake(settings, DESK).receive("patient_visits", FILE, text.getvalue().encode(), "Kim")
    assert handed[1].status == "accepted"
    (may,) = Record(settings).ask("visits_by_month", {"region": "KR-27"}).rows
    assert may["visit_count"] not in (None, 1237), "a key under which the count is changed"
    for name, role in PEOPLE.items():
        if role:
            Accounts(settings).grant(DESK, name + ADDRESS, role)
    return settings


@pytest.fixture(scope="module")
def opened(serving, provider_of, settings):
    """Opens the server, at the same address every time."""
    port = free_port()
    provider = provider_of({name: name + ADDRESS for name in PEOPLE})

    @contextmanager
    def open_it():
        with serving(
            port=port,
            CLUSTER_REVIEW_WORKSPACE=str(settings.workspace),
            CLUSTER_REVIEW_PUBLIC_RECORD=str(settings.public_record),
            **provider,
            CLUSTER_REVIEW_PUBLIC_ADDRESS=f"http://localhost:{port}",
        ):
            yield f"http://localhost:{port}"

    return open_it


@pytest.fixture(scope="module")
def server(opened):
    with opened() as address:
        yield address


class Visitor:
    """A browser of one person, and all that the server ever sent to it."""

    def __init__(self, browser, server):
        self.context = browser.new_context(base_url=server, viewport={"width": 1440, "height": 900})
        self.context.add_init_script(WAS_HERE_BEFORE)
        keep_inside(self.context)
        self.page = self.context.new_page()
        self.received = []
        self.page.on("websocket", self._listen)
        self.page.on("response", self._keep)

    def _listen(self, websocket):
        websocket.on("framereceived", lambda frame: self.received.append(_bytes(frame)))

    def _keep(self, response):
        if "/static/" not in response.url:
            with suppress(Exception):  # one without a body, as of a redirect
                self.received.append(response.body())

    def sign_in(self, name):
        self.page.goto("handing-in?lang=en")
        if name is None:
            return
        self.page.get_by_role("button", name="Sign in").first.click()
        self.page.locator("input[name=sub]").fill(name)
        self.page.locator("button[type=submit]").first.click()
        self.page.wait_for_url("**/handing-in?lang=en")  # where one was, in its language
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def open(self, address):
        self.page.goto(address)
        expect(self.page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning"
        )
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def was_sent(self, pattern):
        """What the server sent that matches, with what stands around it."""
        return [
            one[max(0, found.start() - 60) : found.end() + 60]
            for one in self.received
            for found in re.finditer(pattern, one)
        ]


def _bytes(frame):
    return frame if isinstance(frame, bytes) else frame.encode()


@pytest.fixture
def visitor(browser, server):
    """Opens a browser for a person, signed in."""
    made = []

    def of(name):
        one = Visitor(browser, server)
        made.append(one)
        one.sign_in(name)
        return one

    yield of
    for one in made:
        one.context.close()


LONG = ("lee", "yoon", "oh")
"""Of whom the short run sees the like: another official, who reads a log, who is on no list."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(one, marks=pytest.mark.long if one in LONG else ()) for one in (*PEOPLE, None)],
)
def test_each_role_is_sent_what_it_may_see_and_nothing_else(visitor, name):
    one = visitor(name)
    one.open("patients?region=KR-27&year=2019&lang=en")
    assert bool(one.was_sent(EXACT)) == (name in ("kim", "son")), one.was_sent(EXACT)
    for path, may in PAGES.items():
        one.open(f"{path}?lang=en&receipt=r2")
        refusal = one.page.get_by_text("This is not open to you").first
        expect(refusal).to_be_visible(visible=name not in may)
    assert bool(one.was_sent(FILE.encode())) == (name in ("kim", "son"))
    others = "|".join(other + ADDRESS for other in PEOPLE if other != name)
    assert bool(one.was_sent(others.encode())) == (name in ("choi", "yoon"))


def test_a_second_person_is_another_account(visitor, csv_of):
    official = visitor("kim").page
    official.goto("handing-in?lang=en")
    expect(official.get_by_text("Kim").first).to_be_visible()
    expect(official.get_by_label("Your name")).to_have_count(0)
    rows = [
        ["metric", "region", "year", "value", "unit", "status", "period", "source_title"],
        ["foreign_patients", "KR-27", "2019", "31184", "persons", "final", "annual", "City"],
    ]
    official.get_by_test_id("stFileUploader").locator("input").set_input_files(
        {"name": "figures.csv", "mimeType": "text/csv", "buffer": csv_of(rows).encode()}
    )
    official.get_by_role("button", name="Hand in for approval").click()
    expect(official.locator(".st-key-cr-handing-in-done")).to_contain_text("Waiting for approval")
    official.reload()
    expect(official.get_by_role("heading", name=re.compile("for approval"))).to_be_visible()
    expect(official.get_by_role("button", name="Approve and take in")).to_have_count(0)
    approver = visitor("son").page
    approver.goto("handing-in?lang=en")
    approver.get_by_text("figures.csv").first.click()
    approver.get_by_role("button", name="Approve and take in").click()
    expect(approver.locator(".st-key-cr-handing-in-done")).to_contain_text("Taken in")


def test_signing_out_ends_the_session_and_every_copy_of_its_cookie(browser, server, visitor):
    one = visitor("lee")
    one.open("handing-in?lang=en")
    copied = one.context.cookies()
    one.page.locator(".st-key-cr-account button").click()
    one.page.get_by_role("button", name="Sign out").click()
    one.page.get_by_role("button", name="End session").click()  # at the provider
    expect(one.page.get_by_role("button", name="Sign in").first).to_be_visible()
    thief = Visitor(browser, server)
    thief.context.add_cookies(copied)
    thief.open("handing-in?lang=en")
    expect(thief.page.get_by_text("The session has ended").first).to_be_visible()
    expect(thief.page.get_by_test_id("stFileUploader")).to_have_count(0)
    thief.context.close()


def test_an_administrator_ends_a_session_in_the_middle_of_it(visitor, settings):
    one = visitor("kim")
    one.open("handing-in?lang=en")
    expect(one.page.get_by_test_id("stFileUploader")).to_be_visible()
    boss = Identity("Choi", Role.ADMINISTRATOR, account="choi" + ADDRESS)
    Accounts(settings).end_sessions(boss, "kim" + ADDRESS)
    # Without loading the page anew: the next run is told, and nothing can be done any more.
    one.page.get_by_role("textbox", name="Remark").fill("of May")
    one.page.get_by_role("textbox", name="Remark").press("Enter")
    expect(one.page.get_by_text("The session has ended").first).to_be_visible()
    expect(one.page.get_by_test_id("stFileUploader")).to_have_count(0)


@pytest.mark.long
def test_a_restart_keeps_who_is_signed_in(browser, opened):
    with opened() as address:
        one = Visitor(browser, address)
        one.sign_in("son")
        one.open("handing-in?lang=en")
        expect(one.page.get_by_test_id("stFileUploader")).to_be_visible()
    with opened():
        one.open("handing-in?lang=en")
        expect(one.page.get_by_test_id("stFileUploader")).to_be_visible()
        one.context.close()
