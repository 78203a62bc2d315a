"""Accounts and the log of access at the desk, which prepares both before the first sign-in."""

import csv
import io
import json
import re
from time import time
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.access import DESK, Identity, Role
from dashboard.identity.access_log import AccessLog, Filter
from dashboard.identity.accounts import Accounts
from dashboard.judging.judging import Judging
from dashboard.settings import Settings

NOW_SIGNED_IN = {"name": "Kim Mina", "email": "kim@daegu.go.kr", "email_verified": True}
MANY = 60


@pytest.fixture(scope="module")
def workspace(built_copy, tmp_path_factory):
    return built_copy(tmp_path_factory.mktemp("accounts"))


@pytest.fixture(scope="module")
def server(serving, workspace):
    """A desk of this file alone: its tests change who is what."""
    with serving(
        CLUSTER_REVIEW_WORKSPACE=str(workspace.workspace),
        CLUSTER_REVIEW_PUBLIC_RECORD=str(workspace.public_record),
    ) as address:
        yield address


@pytest.fixture(scope="module")
def accounts(workspace):
    return Accounts(Settings(workspace=workspace.workspace, sign_in="oidc"))


def press(place, name, settle):
    place.get_by_role("button", name=name, exact=True).click()
    settle(place if hasattr(place, "goto") else place.page)


def fill(page, key, text, settle):
    field = page.locator(f".st-key-{key} input")
    field.fill(text)
    field.press("Tab")
    settle(page)


def test_an_account_is_added_changed_and_taken_off(page, visit, settle, choose, accounts):
    visit("/accounts?lang=en")
    expect(page.locator("h1")).to_have_text("Accounts")
    fill(page, "keeping-account", "  Lee@Busan.go.kr ", settle)
    fill(page, "keeping-name", "Lee Jun", settle)
    choose(page.locator(".st-key-keeping-role input"), "Approver")
    choose(page.locator(".st-key-keeping-region input"), "Busan")
    press(page, "Save the account", settle)
    expect(page.locator(".cr-said-done")).to_contain_text("lee@busan.go.kr is: Approver · Busan.")
    row = page.locator(".cr-table tbody tr").filter(has_text="lee@busan.go.kr")
    expect(row).to_contain_text("Approver · Busan")
    expect(row).to_contain_text("Lee Jun")
    expect(page.locator(".st-key-keeping-account input")).to_have_value("")

    claims = {**NOW_SIGNED_IN, "email": "lee@busan.go.kr", "iat": _now(), "sid": "a"}
    assert accounts.identity_of(claims)[0].role is Role.APPROVER

    choose(page.locator(".st-key-keeping-listed input"), "lee@busan.go.kr")
    press(page, "Take it off the list", settle)
    press(page, "Take it off", settle)
    expect(page.locator(".cr-said-done")).to_contain_text("lee@busan.go.kr is off the list")
    expect(row).to_have_count(0)
    expect(page.locator("[class*='st-key-cr-session-']")).to_have_count(0)


@pytest.mark.long
def test_what_cannot_be_is_refused_in_words_and_nothing_is_lost(page, visit, settle):
    visit("/accounts?lang=ko")
    page.locator(".st-key-keeping-save button").click()
    settle(page)
    refusal = page.locator(".st-key-keeping-done .cr-said-refused")
    expect(refusal).to_have_attribute("role", "alert")
    expect(refusal).not_to_have_text(re.compile("[A-Za-z]{3}"))


def test_a_session_ends_by_a_press(page, visit, settle, accounts):
    at = _now()
    office = {**NOW_SIGNED_IN, "iat": at, "sid": "office"}
    accounts.identity_of(office)
    accounts.identity_of({**NOW_SIGNED_IN, "iat": at, "sid": "home"})
    visit("/accounts?lang=en")
    sessions = page.locator("[class*='st-key-cr-session-']").filter(has_text="kim@daegu.go.kr")
    expect(sessions).to_have_count(2)
    sessions.first.get_by_role("button").click()
    settle(page)
    expect(page.locator(".cr-said-done")).to_contain_text("One session of kim@daegu.go.kr")
    expect(sessions).to_have_count(1)
    sessions.first.get_by_role("button").click()
    settle(page)
    expect(page.locator("h2").filter(has_text="Open sessions (0)")).to_be_visible()


def test_the_log_is_narrowed_paged_verified_and_taken_along(page, visit, settle, choose, workspace):
    log = AccessLog(workspace)
    park = Identity("Park", Role.OFFICIAL, region="KR-26", account="park@busan.go.kr")
    for number in range(MANY):
        log.note("downloaded", park, report="patients", format="pdf", build=f"b{number:02}")
    visit("/access-log?lang=en")
    expect(page.locator("caption")).to_contain_text("Entries, the newest first")
    rows = page.locator(".cr-table tbody tr")
    expect(rows).to_have_count(25)
    expect(rows.first).to_contain_text("build b59")

    fill(page, "who", "park@", settle)
    choose(page.locator(".st-key-what input"), "Took a file along")
    expect(page.locator("caption")).to_contain_text(f"({MANY})")
    page.get_by_role("link", name="Next page").click()
    settle(page)
    expect(rows.first).to_contain_text("build b34")
    assert parse_qs(urlsplit(page.url).query)["who"] == ["park@"]

    with page.expect_download() as saved:
        page.locator(".st-key-access-log-save-0 button").click()
    text = saved.value.path().read_text("utf-8-sig")
    told = list(csv.DictReader(io.StringIO(text)))
    assert len(told) == MANY
    assert {row["Who"] for row in told} == {"park@busan.go.kr"}
    assert told[0]["Facts"] == "Official · Busan · Patients · PDF · build b59"
    with page.expect_download() as saved:
        page.locator(".st-key-access-log-save-1 button").click()
    assert saved.value.path().read_bytes().decode("cp949").startswith("Time in Korea,Who,")
    with page.expect_download() as saved:
        page.locator(".st-key-access-log-save-2 button").click()
    lines = [json.loads(line) for line in saved.value.path().read_text("utf-8").splitlines()]
    assert [line["kind"] for line in lines] == ["downloaded"] * MANY

    page.locator(".st-key-access-log-verify button").click()
    settle(page)
    expect(page.locator(".cr-said-done")).to_contain_text("Every chain holds")
    heads = page.locator(".cr-log-heads li")
    newest = log.lines(Identity("", Role.AUDITOR))
    digests = {line.stream: line.digest for line in reversed(newest)}
    expect(heads.filter(has_text="Access")).to_contain_text(digests["access"])

    visit("/access-log?lang=ko&what=downloaded&who=desk")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("접근 기록 · JSONL")

    visit("/access-log?lang=en&since=2019-01-01&until=2019-01-02")
    expect(page.get_by_text("No entry fits.")).to_be_visible()


def test_a_judge_is_told_who_may_and_sees_nothing_and_the_log_has_it(
    page, visit, settle, workspace
):
    judging = Judging(workspace)
    round_id = judging.practice.open().round_id
    codes = {one.holder: one.code for one in judging.practice.codes()}
    page.goto(f"/sign-in?round={round_id}&lang=en")
    page.locator("input[name=code]").fill(codes["j1"])
    page.locator("input[name=code]").press("Enter")
    expect(page.locator("h1")).to_be_visible()
    for address, what in (
        ("/accounts?lang=en", "Accounts"),
        ("/access-log?lang=en&who=desk", "Log of access"),
        ("/handing-in?lang=en&receipt=r1", "Hand in figures"),
    ):
        visit(address)
        expect(page.locator("h1")).to_have_text(what)
        expect(page.locator(".cr-said-refused")).to_contain_text("You are here as: Judge")
        expect(page.locator(".cr-not-open")).to_contain_text("This machine")
        expect(page.locator(".stMain table")).to_have_count(0)
        expect(page.locator(".stMain :is(input, textarea):visible")).to_have_count(1)  # the search
        expect(page.locator(".cr-pages")).not_to_contain_text("Hand in figures")
    refused = AccessLog(workspace).lines(DESK, Filter(kind="refused"))
    assert [line.facts["page"] for line in refused] == ["handing-in", "access-log", "accounts"]
    assert {line.facts["round"] for line in refused} == {round_id}
    [token] = [one["value"] for one in page.context.cookies() if "session" in one["name"]]
    judging.sessions.sign_out(token)
    visit("/patients?lang=en")
    ended = page.locator(".st-key-cr-standing")
    expect(ended.locator(".cr-said-refused")).to_contain_text("You are not signed in any more")
    expect(ended.get_by_role("link", name="Sign in with a code")).to_be_visible()
    ended.get_by_role("button", name="Go on without it").click()
    settle(page)
    visit("/accounts?lang=en")
    expect(ended.locator(".cr-said-refused")).to_have_count(0)
    expect(page.locator(".cr-not-open")).to_have_count(0)


@pytest.mark.long
def test_at_the_desk_the_menu_leads_to_both(page, visit, settle):
    visit("/?lang=ko")
    page.locator(".st-key-cr-account button").click()
    menu = page.locator(".cr-account")
    expect(menu).to_contain_text("이 컴퓨터")
    menu.get_by_role("link", name="접근 기록").click()
    settle(page)
    expect(page.locator("h1")).to_have_text("접근 기록")


def _now():
    return int(time()) - 1
