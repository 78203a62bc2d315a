"""A round whose chair loses the code, whose judge loses the code, and whose judge leaves."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.i18n import gettext, label, use_language
from tests.browser.test_page_language import foreign_words

CODES = {"chair": "CHAIR-22222", "d1": "DEPTY-22222", "d2": "DEPTY-33333"} | {
    "j5": "JUDGE-66666",
    "j6": "JUDGE-77777",
}
"""As the practice round shows them to everybody."""
GANGWON = "KR-42"
SECRET = re.compile("^[0-9A-Z]{5}-[0-9A-Z]{5}$")


@pytest.fixture(params=["ko", pytest.param("en", marks=pytest.mark.long)])
def language(request):
    use_language(request.param)
    return request.param


@pytest.fixture
def opened(browser, server, settle):
    """Opens browsers, each with cookies of its own."""
    contexts = []

    def open_one():
        context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 1400})
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def enter(server, settle):
    def sign_in(page, address, code):
        fields = {"round": parse_qs(urlsplit(address).query)["round"][0], "code": code}
        answer = page.request.post(
            "/sign-in", form=fields, headers={"Origin": server}, max_redirects=0
        )
        page.goto(address)
        settle(page)
        return answer.status

    return sign_in


def button(page, name):
    return page.get_by_role("button", name=gettext(name), exact=True)


def fill(page, name, text):
    field = page.get_by_label(gettext(name), exact=True)
    field.fill(text)
    field.press("Tab")


def choose(page, name, option):
    box = page.get_by_role("combobox", name=re.compile(f"{re.escape(gettext(name))}$")).first
    box.click()
    box.fill(option)
    page.get_by_role("option", name=re.compile(re.escape(option))).first.click()


def shown_code(page, holder):
    """The code of somebody, which stands on the page only after one asks."""
    expect(page.locator(".st-key-cr-issued .cr-code")).to_have_count(0)
    page.locator(f".st-key-room-show-{holder}").get_by_role("button").click()
    code = page.locator(".st-key-cr-issued .cr-code code")
    expect(code).to_have_text(SECRET)
    return code.inner_text()


def done(page, text):
    expect(page.locator(".cr-said-done")).to_contain_text(gettext(text))


@pytest.mark.long
def test_the_chair_can_always_go_on(opened, enter, settle, language):
    chair, first, second, judge = (opened() for _person in range(4))
    chair.goto(f"/review-room?lang={language}")
    settle(chair)
    anew = button(chair, "Begin another practice round")
    (anew if anew.count() else button(chair, "Open the practice round")).click()
    expect(chair.locator(".cr-codes")).to_be_visible()
    settle(chair)
    round_id = parse_qs(urlsplit(chair.url).query)["round"][0]
    address = f"/review-room?round={round_id}&lang={language}"
    for page, who in ((chair, "chair"), (first, "d1"), (second, "d2")):
        assert enter(page, address, CODES[who]) == 303
    assert enter(judge, f"{address}&applicant={GANGWON}", CODES["j6"]) == 303
    total = judge.locator(".cr-sheet-total")
    expect(total).to_contain_text("37.5")  # 13 + 13.5 + 11, as the practice round has it

    # A lost code of the chair: both deputies agree, and the former session ends.
    for page in (first, second):
        fill(page, "Why the chair needs a new code", "lost on the train")
        page.get_by_text(
            gettext("I have spoken with the chair, and the chair is to have a new code.")
        ).click()
        settle(page)
        button(page, "Agree to a new code of the chair").click()
        if page is first:
            done(first, "Recorded. As soon as the other deputy agrees, the new code is issued.")
            second.reload()
            settle(second)
            expect(second.get_by_text("lost on the train")).to_be_visible()
    done(second, "The chair's new code is issued. Hand it to the chair in person.")
    code = shown_code(second, "chair")
    chair.reload()
    settle(chair)
    expect(chair.locator(".cr-said-refused")).to_contain_text(
        gettext("You are not signed in any more")
    )
    assert enter(chair, address, CODES["chair"]) == 403
    assert enter(chair, address, code) == 303
    expect(chair.locator(".cr-steps")).to_be_visible()
    settle(chair)
    assert foreign_words(chair, language) == set()

    # A judge's code is revoked, and comes again while scoring is open: a deputy hands it over.
    sixth = "6"
    choose(chair, "Judge", sixth)
    settle(chair)
    button(chair, "Revoke the code").click()
    done(chair, "The code is revoked, and whoever was signed in with it is signed out.")
    judge.reload()
    settle(judge)
    expect(judge.locator(".cr-said-refused")).to_contain_text(
        gettext("You are not signed in any more")
    )
    fill(chair, "Why a new code is needed", "left the slip in the taxi")
    settle(chair)
    button(chair, "Propose a new code").click()
    done(chair, "Proposed. It happens when a deputy confirms it.")
    # What was said goes with the next step; what is folded open below it stays so.
    chair.get_by_text(gettext("Rename, withdraw or replace a judge")).click()
    settle(chair)
    fill(chair, "Corrected name, or name of the new judge", "Practice judge six")
    settle(chair)
    expect(chair.locator(".cr-said-done")).to_have_count(0)
    fill(chair, "Reason, for the log", "misspelt")
    expect(chair.locator(".st-key-cr-issued")).to_have_count(0)
    first.reload()
    settle(first)
    button(first, "Confirm …").click()
    first.get_by_role("dialog").get_by_role(
        "button", name=gettext("Yes, I confirm it"), exact=True
    ).click()
    done(first, "Confirmed and carried out.")
    assert enter(judge, f"{address}&applicant={GANGWON}", CODES["j6"]) == 403
    assert enter(judge, f"{address}&applicant={GANGWON}", shown_code(first, "j6")) == 303
    expect(total).to_contain_text("37.5")
    sign_ins = gettext("Sign-ins with your code: {count}, the last {time}").partition("{time}")[0]
    expect(judge.get_by_text(sign_ins.format(count=2))).to_be_visible()

    # A judge leaves the panel: the sheets count no more, and the progress says why.
    chair.reload()
    settle(chair)
    chair.get_by_text(gettext("Rename, withdraw or replace a judge")).click()
    settle(chair)
    choose(chair, "Which judge", sixth)
    settle(chair)
    fill(chair, "Reason, for the log", "fell ill")
    settle(chair)
    button(chair, "Withdraw …").click()
    dialog = chair.get_by_role("dialog")
    dialog.get_by_role("button", name=gettext("Yes, do it"), exact=True).click()
    expect(chair.locator(".cr-progress")).to_contain_text(
        gettext("withdrawn: {reason}").format(reason="fell ill")
    )
    judge.reload()
    settle(judge)
    expect(judge.locator(".cr-said-refused")).to_contain_text(
        gettext("You are not signed in any more")
    )


def test_unfinished_rows_are_refused_and_slips_come_with_the_round(opened, settle, language):
    page = opened()
    page.goto(f"/review-room?part=new&lang={language}")
    settle(page)
    festivals = label("programme", "mcst-festivals")
    choose(page, "Criteria of the record", f"{festivals} · 2015")
    settle(page)
    button(page, "Take over from the record").click()
    missing = gettext("{row}: missing: {missing}").format(row="", missing=gettext("points"))
    third = gettext("Row {place}").format(place=3)
    # Published: 5 and 85; the grade bands have no points.
    points = gettext("Points in all: {points}").format(points="90")
    expect(page.get_by_text(points)).to_be_visible()
    unfinished = page.locator(".cr-box", has_text=third)
    expect(unfinished).to_contain_text(missing.strip(": "))
    fill(page, "Title of the round", "축제 심사 2015")
    choose(page, "Applicants", label("region", "KR-27"))
    page.keyboard.press("Escape")
    settle(page)
    for name, text in (
        ("Name of the chair", "김위원장"),
        ("Name of the first deputy", "이대리"),
        ("Name of the second deputy", "박대리"),
    ):
        fill(page, name, text)
        settle(page)
    button(page, "Create the round").click()
    refused = page.locator(".cr-said-refused")
    expect(refused).to_contain_text(gettext("Rows of the criteria are not finished"))
    expect(refused).to_contain_text(third)
    assert "round=" not in page.url
    cluster = label("programme", "mct-cluster")
    choose(page, "Criteria of the record", f"{cluster} · 2019")
    settle(page)
    button(page, "Take over from the record").click()
    expect(unfinished).to_have_count(0)
    settle(page)
    button(page, "Create the round").click()
    issued = page.locator(".st-key-cr-issued")
    expect(issued).to_contain_text("박대리")
    with page.expect_download() as download:
        button(page, "Save all slips to print, a page each").click()
    slips = download.value.path().read_text("utf-8")
    codes = re.findall("<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", slips)
    assert (len(set(codes)), slips.count("<section>")) == (3, 3)
    assert not any(code in page.content() for code in codes)
    assert shown_code(page, "d2") == codes[2]
