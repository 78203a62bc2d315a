"""Two judges and a chair at once, each in a browser of their own, in one review room."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PEOPLE = ("chair", "judge_a", "judge_b")
NAMES = {
    "chair": "Practice chair",
    "judge_a": "Practice judge 5",
    "judge_b": "Practice judge 6",
}
CODES = {"chair": "CHAIR-22222", "judge_a": "JUDGE-66666", "judge_b": "JUDGE-77777"}
"""As the practice round shows them to everybody."""
GANGWON = "KR-42"
COOKIE = "cluster_review_session"
INVENTED = "the judges and all scores are invented"
LATE_POINTS = """() => {
    const send = window.fetch;
    const held = Promise.withResolvers(), shown = Promise.withResolvers();
    Object.assign(window, { crHeld: held.promise, crShown: shown.promise });
    window.fetch = async (address, options) => {
        const answer = await send(address, options);
        if (options.body?.get("field") !== "points") return answer;
        held.resolve();
        await new Promise(go => window.crGo = go);
        setTimeout(shown.resolve, 100);
        return answer;
    };
}"""


@pytest.fixture(scope="module")
def people(browser, server):
    """A browser context each, opened once: the bundles need not be fetched for every test."""
    contexts = {name: browser.new_context(base_url=server) for name in PEOPLE}
    yield {name: context.new_page() for name, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture
def practice(people, settle):
    """The address of a fresh practice round. The chair, and nobody else, is signed in to it."""
    for page in people.values():
        page.context.clear_cookies()
        page.set_viewport_size({"width": 1024, "height": 1200})
    chair = people["chair"]
    chair.goto("/review-room?lang=en")
    settle(chair)
    anew = chair.get_by_role("button", name="Begin another practice round")
    first = chair.get_by_role("button", name="Open the practice round")
    (anew if anew.count() else first).click()
    expect(chair.locator(".cr-codes")).to_be_visible()
    chair.get_by_role("button", name=re.compile(f"Enter as .*{NAMES['chair']}$")).click()
    expect(chair.locator(".cr-who")).to_contain_text(NAMES["chair"])
    settle(chair)
    return f"/review-room?round={round_of(chair.url)}&lang=en"


@pytest.fixture
def standing(people, settle):
    """The practice round as it stands, with nobody signed in; the test changes nothing in it."""
    for page in people.values():
        page.context.clear_cookies()
    page = people["judge_b"]
    page.goto("/review-room?lang=en")
    settle(page)
    page.get_by_role("button", name="Open the practice round").click()
    expect(page.locator(".cr-codes")).to_be_attached()
    return f"/review-room?round={round_of(page.url)}&lang=en"


@pytest.fixture
def enter(server, settle):
    """Sign in to a practice round as one of its people, and go to an address of it."""

    def sign_in(page, address, who):
        fields = {"round": round_of(address), "code": CODES[who]}
        answer = page.request.post(
            "/sign-in", form=fields, headers={"Origin": server}, max_redirects=0
        )
        assert answer.status == 303
        page.goto(address)
        settle(page)
        # Of its name in the page's language the number is the same in all.
        expect(page.locator(".cr-who")).to_contain_text(NAMES[who].rpartition(" ")[2])

    return sign_in


def round_of(address):
    return parse_qs(urlsplit(address).query)["round"][0]


def choose(page, label, option):
    """Choose from a select box by typing: of a long list only a part is drawn."""
    box = page.get_by_role("combobox", name=re.compile(f"{label}$")).first
    box.click()
    box.fill(option)
    page.get_by_role("option", name=re.compile(re.escape(option))).click()


def open_again(chair, sheet, settle):
    """The chair gives a submitted sheet back to its judge."""
    chair.get_by_text("Open a submitted sheet again").click()
    settle(chair)
    choose(chair, "Sheet", sheet)
    settle(chair)
    chair.get_by_label("Reason", exact=True).first.fill("a figure was misread")
    chair.keyboard.press("Tab")
    chair.get_by_role("button", name="Open this sheet again").click()
    expect(chair.locator(".cr-said-done")).to_contain_text("write on this sheet again")


def points_of(page, criterion):
    return page.locator(f".cr-line-{criterion} input")


def state_of(page, criterion):
    return page.locator(f".cr-line-{criterion} .cr-cell-state")


def give(page, criterion, points):
    """Type points and leave the field by the keyboard, as a judge does."""
    points_of(page, criterion).fill(points)
    page.keyboard.press("Tab")


def serious_findings(page):
    """What axe finds serious: barriers that WCAG 2.2 AA forbids."""
    return [
        (found["id"], node["target"])
        for found in Axe().run(page).response["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


def test_two_judges_at_once_lose_nothing_and_see_only_their_own(people, practice, enter, settle):
    a, b = people["judge_a"], people["judge_b"]
    open_again(people["chair"], "Practice judge 5 · Gangwon", settle)
    for page, who in ((a, "judge_a"), (b, "judge_b")):
        enter(page, f"{practice}&applicant={GANGWON}", who)
    given = {a: ("11.5", "12.5", "7.5"), b: ("18.5", "19", "14.5")}
    for place, criterion in enumerate(("c1", "c2", "c3")):
        for page in (a, b):
            give(page, criterion, given[page][place])
    for page in (a, b):
        comment = page.locator(".cr-line-c1 textarea")
        comment.fill(f"<b>only {'A' if page is a else 'B'}</b> *sees* this")
        comment.press("Control+Enter")
        expect(state_of(page, "c1")).to_contain_text("saved at")
        expect(page.locator(".cr-line[data-open]")).to_have_count(0)
    # The points are on disk: a reload shows them, and the judge is still signed in.
    for page in (a, b):
        page.reload()
        settle(page)
        for criterion, points in zip(("c1", "c2", "c3"), given[page], strict=True):
            assert float(points_of(page, criterion).input_value()) == float(points)
        mine, others = ("A", "B") if page is a else ("B", "A")
        expect(page.locator(".cr-line-c1 textarea")).to_have_value(
            f"<b>only {mine}</b> *sees* this"
        )
        assert f"only {others}" not in page.content()
    assert serious_findings(a) == []
    # Before closing there is no result for anybody, whatever the address asks for.
    for page in (a, people["chair"]):
        page.goto(f"{practice}&part=result&judge=j6&judge_id=j6&applicant={GANGWON}")
        settle(page)
        assert "only B" not in page.content()
        assert "Official ranking" not in page.content()
    own = people["judge_a"]
    own.goto(f"{practice}&part=log")
    settle(own)
    with own.expect_download() as download:
        own.get_by_role("button", name="Save the log (JSON lines)").click()
    entries = [json.loads(line) for line in download.value.path().read_text("utf-8").splitlines()]
    drafts = [entry for entry in entries if entry["kind"] == "drafted"]
    shown = {entry["actor"] for entry in drafts if entry["content"] is not None}
    assert shown == {"j5"}
    assert {"j1", "j6"} < {entry["actor"] for entry in drafts}


def test_what_a_judge_sees_is_what_counts(people, practice, enter, settle):
    """Korean, as on the day: a wrong value, a lost line, another window, and the submission."""
    judge = people["judge_b"]
    address = practice.replace("lang=en", "lang=ko")
    enter(judge, f"{address}&applicant={GANGWON}", "judge_b")
    submit = judge.get_by_role("button", name="제출하고 잠그기 …")
    dialog = judge.get_by_role("dialog", name="이 채점표를 제출하고 잠글까요?")
    total = judge.locator(".cr-sheet-total")
    # 13 + 13.5 + 11 are given; three lines are blank.
    expect(total).to_contain_text("총점 37.5 / 100")
    give(judge, "c4", "31")
    expect(state_of(judge, "c4")).to_contain_text("0점부터 15점까지 0.5점 단위입니다. 입력: 31.")
    expect(state_of(judge, "c4")).not_to_contain_text("저장됨")
    expect(points_of(judge, "c4")).to_have_attribute("aria-invalid", "true")
    submit.click()
    expect(total).to_contain_text("표시된 칸의 값을 먼저 저장하십시오")
    expect(dialog).to_have_count(0)
    give(judge, "c4", "12.5")
    expect(state_of(judge, "c4")).to_contain_text("저장됨")
    expect(total).to_contain_text("총점 50 / 100")

    # Without a line one goes on writing; two seconds are the longest for seeing it.
    judge.context.set_offline(True)
    give(judge, "c5", "9")
    expect(judge.get_by_text("연결 끊김 – 이 기기에 보관 중", exact=True)).to_be_visible(
        timeout=2000
    )
    comment = judge.locator(".cr-line-c5 textarea")
    comment.fill("동선이 <b>좋음</b>")
    expect(state_of(judge, "c5")).to_contain_text("이 기기에 보관 중")
    expect(total).to_contain_text("총점 50 / 100")
    judge.context.set_offline(False)
    expect(total).to_contain_text("총점 59 / 100")
    expect(state_of(judge, "c5")).to_contain_text("저장됨")

    # Another window saved something else meanwhile: the judge says which of the two counts.
    elsewhere = {"applicant": GANGWON, "criterion": "c6", "field": "points", "lang": "ko"}
    origin = {"Origin": judge.evaluate("location.origin")}
    sent = judge.request.post("/score", form={**elsewhere, "value": "3", "was": ""}, headers=origin)
    assert sent.json()["lines"]["c6"]["points"] == "3"
    give(judge, "c6", "7")
    expect(state_of(judge, "c6")).to_contain_text("다른 창에서 다르게 저장됨")
    state_of(judge, "c6").get_by_role("button", name="내 값 저장: 7").click()
    expect(total).to_contain_text("총점 66 / 100")
    # The other way round; with the answer come what is stored, its total and its line.
    judge.request.post("/score", form={**elsewhere, "value": "", "was": "7"}, headers=origin)
    give(judge, "c6", "9")
    state_of(judge, "c6").get_by_role("button", name="저장된 값 쓰기").click()
    expect(state_of(judge, "c6")).to_contain_text("점수 빈칸")
    expect(total).to_contain_text("총점 59 / 100")
    give(judge, "c6", "7")
    expect(total).to_contain_text("총점 66 / 100")
    assert kept_in(judge) == []

    # What the confirmation lists is what is submitted, also where something is still being typed.
    points_of(judge, "c1").fill("14")
    submit.click()
    expect(dialog.get_by_role("row", name="2018년 추진 실적")).to_contain_text("14")
    expect(dialog).to_contain_text("100점 만점에 67점")
    dialog.get_by_role("button", name="제출하고 잠그기").click()
    expect(judge.locator(".cr-said-done")).to_contain_text("제출 완료: 강원")
    expect(judge.get_by_text("에 제출되어 잠겼습니다")).to_be_visible()
    refused = judge.request.post(
        "/score", form={**elsewhere, "value": "15", "was": "7"}, headers=origin
    )
    assert (refused.status, "제출한 채점표는 잠깁니다" in refused.json()["text"]) == (422, True)


def kept_in(page):
    """What the browser still keeps of a sheet."""
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('cr-score|'))")


def test_what_is_typed_on_a_tablet_outlives_a_reload_without_a_line(
    people, practice, enter, settle
):
    judge = people["judge_b"]
    enter(judge, f"{practice}&applicant={GANGWON}", "judge_b")
    judge.route("**/score?*", lambda route: route.abort())
    judge.locator(".cr-line-c2 textarea").fill("half a sen")
    expect(state_of(judge, "c2")).to_contain_text("kept on this device")
    judge.reload()
    settle(judge)
    expect(judge.locator(".cr-line-c2 textarea")).to_have_value("half a sen")
    judge.unroute("**/score?*")
    expect(state_of(judge, "c2")).to_contain_text("saved at")
    assert kept_in(judge) == []
    # The answer to the points, which knows no later comment, comes late: the comment stays.
    judge.evaluate(LATE_POINTS)
    give(judge, "c2", "3.5")
    judge.evaluate("() => window.crHeld")
    comment = judge.locator(".cr-line-c2 textarea")
    comment.fill("a whole sentence")
    comment.press("Control+Enter")
    expect(state_of(judge, "c2")).to_contain_text("saved at")
    judge.evaluate("() => (window.crGo(), window.crShown)")
    expect(comment).to_have_value("a whole sentence")


def test_a_revoked_code_ends_access(people, practice, enter, settle):
    judge, chair = people["judge_b"], people["chair"]
    enter(judge, f"{practice}&applicant={GANGWON}", "judge_b")
    choose(chair, "Judge", "Practice judge 6")
    chair.get_by_role("button", name="Revoke the code").click()
    expect(chair.locator(".cr-said-done")).to_contain_text("The code is revoked")
    expect(chair.locator(".cr-said-done")).to_be_in_viewport(ratio=1)  # one pressed far below it
    give(judge, "c1", "1.5")
    expect(judge.locator(".cr-said-refused")).to_contain_text("You are not signed in any more")
    expect(judge.locator(".cr-line")).to_have_count(0)
    judge.reload()
    settle(judge)
    expect(judge.locator(".cr-said-refused")).to_contain_text("You are not signed in any more")


def test_the_result_comes_with_closing_and_the_banner_stands_everywhere(people, practice, settle):
    chair, visitor = people["chair"], people["judge_b"]
    visitor.goto(f"{practice}&part=result")
    settle(visitor)
    assert "Official ranking" not in visitor.content()
    chair.get_by_label("Why is the round closed with sheets open?").fill("two judges left early")
    chair.keyboard.press("Tab")
    chair.get_by_role("button", name="Close scoring …").click()
    chair.get_by_role("dialog").get_by_role("button", name="Yes, do it").click()
    expect(chair.get_by_role("table", name="Official ranking by the sealed rule")).to_be_visible()
    # The form of the rules, which has these words too, may stand until the page is whole.
    of_result = "details.cr-section"
    totals = chair.locator(of_result, has_text="Judges' totals")
    expect(totals).to_contain_text("Practice judge 1")
    visitor.reload()
    settle(visitor)
    expect(visitor.get_by_role("table", name="Official ranking by the sealed")).to_be_visible()
    totals = visitor.locator(of_result, has_text="Judges' totals")
    expect(totals).not_to_contain_text("Practice judge")
    expect(visitor.get_by_role("table", name="of 2,000 draws of the weights")).to_be_visible()
    assert serious_findings(chair) == []
    for part, sign in (
        ("Rules and seal", "#cr-section-4"),
        ("Log", ".cr-table .cr-typed"),
        ("Chair's desk", ".cr-steps"),
    ):
        chair.locator(".st-key-room-part").get_by_text(part, exact=True).click()
        expect(chair.locator(sign).first).to_be_visible()
        expect(chair.locator(".cr-practice")).to_contain_text(INVENTED)
    visitor.goto(practice.replace("/review-room", "/sign-in"))
    expect(visitor.locator(".cr-practice")).to_contain_text(INVENTED)


def test_signing_in_leaves_a_cookie_that_scripts_and_addresses_do_not_have(
    people, standing, settle
):
    judge = people["judge_a"]
    judge.goto(standing.replace("/review-room", "/sign-in"))
    assert "form-action 'self'" in judge.request.get(judge.url).headers["content-security-policy"]
    judge.get_by_label("Personal code").fill("judge 99999")
    judge.get_by_role("button", name="Sign in").click()
    expect(judge.get_by_role("alert")).to_contain_text("This code does not open the round")
    judge.get_by_label("Personal code").fill("judge 66666")
    judge.keyboard.press("Enter")
    judge.wait_for_url("**/review-room?**")
    settle(judge)
    expect(judge.locator(".cr-who")).to_contain_text("Practice judge 5")
    cookie = next(c for c in judge.context.cookies() if c["name"] == COOKIE)
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/")
    assert cookie["value"] not in judge.url + judge.content()
    assert COOKIE not in judge.evaluate("document.cookie")
    judge.get_by_role("button", name="Sign out").click()
    settle(judge)
    expect(judge.locator(".cr-who")).to_contain_text("You read as a visitor")
    assert COOKIE not in {c["name"] for c in judge.context.cookies()}
    # The token itself has ended, not only the cookie.
    judge.context.add_cookies([cookie])
    judge.goto(standing)
    settle(judge)
    expect(judge.locator(".cr-said-refused")).to_contain_text("You are not signed in any more")
