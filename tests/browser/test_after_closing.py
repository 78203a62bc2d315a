"""After closing, four people in turn: an objection that changes the result, by two persons."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

CODES = {
    "chair": "CHAIR-22222",
    "deputy": "DEPTY-22222",
    "judge": "JUDGE-55555",
    "contact": "APPLY-33333",
}
"""As the practice round shows them to everybody: of the fourth judge, and of Busan."""
BUSAN = "KR-26"
WORDS = {
    "en": {
        "upheld": "upheld",
        "sheet": "Rescoring of a sheet",
        "judge": "Practice judge 4",
        "again": "Being scored again, so not counted until submitted: Busan: Practice judge 4",
        "moved": "since version 1: Busan 3 → 2, Incheon 2 → 3",
        "replaced": "Version 1 of 2; it is no longer in force.",
        "because": "One sheet is scored again",
        "in force": "Version 2 of 2, in force.",
        "midnight": "24:00 KST",
        "total": "88 of 100",
    },
    "ko": {
        "upheld": "인용",
        "sheet": "채점표 재채점",
        "judge": "연습 심사위원 4",
        "again": "재채점 중(제출 전까지 집계에서 제외): 부산: 연습 심사위원 4",
        "moved": "제1판 대비: 부산 3 → 2, 인천 2 → 3",
        "replaced": "전체 2판 중 제1판이며 더 이상 효력이 없습니다.",
        "because": "채점표 한 장을 다시 채점합니다",
        "in force": "전체 2판 중 제2판, 시행 중입니다.",
        "midnight": "24:00 KST",
        "total": "88 / 100",
    },
}


class Person:
    """Somebody with cookies of the own, at the page at which all take turns: fetched once."""

    def __init__(self, page, context):
        self.page, self.context, self.request = page, context, context.request

    def goto(self, address):
        """Take the turn: one goes on where it leads."""
        self.page.context.clear_cookies()
        self.page.context.add_cookies(self.context.cookies())
        self.page.goto(address)

    def __getattr__(self, name):
        return getattr(self.page, name)


@pytest.fixture
def people(browser, server):
    """Chair, deputy, judge and contact."""
    contexts = {name: browser.new_context(base_url=server) for name in CODES}
    shared = browser.new_context(base_url=server, viewport={"width": 1024, "height": 1200})
    shared.add_init_script("try { localStorage.setItem('cr-welcomed', '1') } catch {}")
    page = shared.new_page()
    yield {name: Person(page, context) for name, context in contexts.items()}
    for context in (shared, *contexts.values()):
        context.close()


@pytest.fixture
def closed(people, server, settle):
    """Makes a practice round that everybody is signed in to and the chair closed: its address."""

    def make(language):
        chair = people["chair"]
        chair.goto(f"/review-room?lang={language}")
        settle(chair)
        anew = chair.locator(".st-key-room-practice-anew button")
        (anew if anew.count() else chair.locator(".st-key-room-practice button")).click()
        expect(chair.locator(".cr-codes")).to_be_attached()
        name = parse_qs(urlsplit(chair.url).query)["round"][0]
        for who, page in people.items():
            answer = page.request.post(
                "/sign-in",
                form={"round": name, "code": CODES[who]},
                headers={"Origin": server},
                max_redirects=0,
            )
            assert answer.status == 303
        address = f"/review-room?round={name}&lang={language}"
        chair.goto(address)
        settle(chair)
        chair.locator(".st-key-room-close-reason input").fill("Two judges left early")
        chair.keyboard.press("Tab")
        chair.locator(".st-key-room-close button").click()
        chair.locator(".st-key-room-close-sure button").click()
        expect(chair.locator(".st-key-room-sign button")).to_be_visible()
        return address

    return make


def done(page):
    expect(page.locator(".cr-said-done")).to_be_visible()


def signed(page, waiver=""):
    """The chair signs the result that the page shows."""
    if waiver:
        page.locator(".st-key-room-waiver input").fill(waiver)
        page.keyboard.press("Tab")
    page.locator(".st-key-room-sign-sure label").click()
    expect(page.locator(".st-key-room-sign button")).to_be_enabled()
    page.locator(".st-key-room-sign button").click()
    done(page)
    expect(page.locator(".st-key-room-sign")).to_have_count(0)


@pytest.mark.long
@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_upheld_objection_changes_the_result_by_two_persons(people, closed, settle, language):
    words, address = WORDS[language], closed(language)
    chair, deputy, judge, contact = people.values()
    signed(chair, "All waived it in writing")

    # An applicant objects for the own region, which is the only one to choose.
    contact.goto(f"{address}&part=result")
    settle(contact)
    expect(contact.get_by_text(words["midnight"]).first).to_be_visible()
    form = contact.locator('[data-testid="stExpander"]').filter(
        has=contact.locator(".st-key-room-objection-text")
    )
    form.locator("summary").click()
    contact.locator(".st-key-room-objection-text textarea").fill("The route was cut short")
    contact.keyboard.press("Tab")
    contact.locator(".st-key-room-objection-do button").click()
    done(contact)

    # The chair upholds it: one sheet is scored again. Nothing happens yet.
    chair.goto(f"{address}&part=result")
    settle(chair)
    chair.locator(".st-key-room-answer-o1 textarea").fill(words["because"])
    chair.keyboard.press("Tab")
    chair.locator(".st-key-room-upheld-o1 label").filter(
        has_text=re.compile(f"^{words['upheld']}$")
    ).click()
    which = chair.locator(".st-key-room-opens-o1-judge input")
    expect(which).to_be_visible()
    which.click()
    which.fill(words["judge"])
    chair.get_by_role("option", name=re.compile(words["judge"])).click()
    settle(chair)
    chair.locator(".st-key-room-answer-do-o1 button").click()
    done(chair)
    judge.goto(f"{address}&part=sheets&applicant={BUSAN}")
    settle(judge)
    expect(judge.locator(".cr-line-c1 input")).to_have_count(0)

    # A deputy confirms it, at the second press.
    deputy.goto(f"{address}&part=deputy")
    settle(deputy)
    expect(deputy.locator(".st-key-cr-proposal-p1")).to_contain_text(words["because"])
    deputy.locator(".st-key-room-confirm-p1 button").click()
    deputy.locator(".st-key-room-confirm-sure button").click()
    done(deputy)
    chair.goto(f"{address}&part=result")
    settle(chair)
    expect(chair.get_by_text(words["again"])).to_be_visible()

    # Busan's fourth sheet, 16.5 and 16 before: 20 + 17.5 + 13.5 + 12.5 + 13 + 11.5 = 88.
    judge.goto(f"{address}&part=sheets&applicant={BUSAN}")
    settle(judge)
    for criterion, points in (("c1", "20"), ("c2", "17.5")):
        judge.locator(f".cr-line-{criterion} input").fill(points)
        judge.keyboard.press("Tab")
    expect(judge.locator(".cr-sheet-total")).to_contain_text(words["total"])
    judge.locator(".st-key-room-submit button").click()
    judge.get_by_role("dialog").get_by_role("button").filter(
        has_text=re.compile("^(Submit and lock|제출하고 잠그기)")
    ).click()
    done(judge)

    # Busan 84 86 87 88 85 90: 90 and 84 go, 346 / 4 = 86.5, before Incheon's 256.5 / 3 = 85.5.
    chair.goto(f"{address}&part=result")
    settle(chair)
    expect(chair.get_by_role("heading", name=words["moved"])).to_be_visible()
    expect(chair.locator("table").first).to_contain_text("86.50")
    signed(chair, "All waived it in writing again")
    expect(chair.get_by_text(words["in force"]).first).to_be_visible()

    # The version that was signed before is still read, with why it was replaced.
    contact.goto(f"{address}&part=result&version=1")
    settle(contact)
    expect(contact.get_by_text(words["replaced"]).first).to_be_visible()
    expect(contact.get_by_text(words["because"]).first).to_be_visible()
    expect(contact.locator("table").first).not_to_contain_text("86.50")
    expect(contact.locator(".st-key-room-objection-do")).to_have_count(0)
