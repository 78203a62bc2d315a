"""A whole round of ten people: chair, six judges, both deputies and an applicant's contact.

They sit at ten browsers; in the short run they take turns at one, each with cookies of the own, so
that the page is fetched and compiled once.

What people press and type is pressed and typed here; what is merely repeated (most of the points)
is sent as the page sends it or written below it. The expected scores are computed by hand.
"""

import io
import re
import zipfile
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pypdfium2
import pytest
from lxml import etree
from playwright.sync_api import expect
from pptx import Presentation

from dashboard.access import DESK
from dashboard.content.compose import compose_panel, freeze_panel
from dashboard.content.panel import panel_view
from dashboard.i18n import gettext as _
from dashboard.i18n import label, speaking
from dashboard.judging.judging import Judging
from dashboard.judging.objecting import Opening
from dashboard.judging.proposed import Change
from dashboard.judging.verification import verify_round
from dashboard.judging.views import RoundRules
from dashboard.render.formats import render
from dashboard.review.panel import Criterion, Rule, TieBreak
from dashboard.store.ask import Record
from dashboard.store.editions import Editions

DAEGU, BUSAN, INCHEON = "KR-27", "KR-26", "KR-28"
PLAN = 35
TOTALS = {
    # 92 and 64 go: (90 + 88 + 91 + 89) / 4 = 89.5
    DAEGU: {"j1": 90, "j2": 88, "j3": 91, "j4": 89, "j5": 92, "j6": 64},
    # 90 and 83 go: (84 + 86 + 87 + 85) / 4 = 85.5
    BUSAN: {"j1": 84, "j2": 86, "j3": 87, "j4": 83, "j5": 85, "j6": 90},
    # j4 is recused, j6 leaves a blank; 85 and 86 go: (85.5 + 85.5) / 2 = 85.5, a tie with Busan
    INCHEON: {"j1": 85, "j2": 85.5, "j3": 86, "j5": 85.5},
}
RESCORED = 95
"""j3 on Busan, after the objection: 95 and 83 go, (84 + 86 + 85 + 90) / 4 = 86.25."""


@pytest.fixture(scope="module")
def house(serving, built_copy, tmp_path_factory):
    """A server of its own, and the judging of the same workspace."""
    settings = built_copy(tmp_path_factory.mktemp("round") / "workspace")
    named = {
        "CLUSTER_REVIEW_WORKSPACE": str(settings.workspace),
        "CLUSTER_REVIEW_PUBLIC_RECORD": str(settings.public_record),
    }
    with serving(**named) as address:
        yield SimpleNamespace(settings=settings, judging=Judging(settings), address=address)


def made_round(judging):
    """A sealed and opened round: its codes by holder, and its people as the data layer knows them.

    The chair, the deputies, six judges, and who speaks for Busan.
    """
    criteria = (
        Criterion("plan", "document", "사업계획", "Project plan", Decimal(40)),
        Criterion("visit", "onsite", "현장", "Visit", Decimal(60)),
    )
    rule = Rule(blank_policy="leave_out", tie_breaks=(TieBreak("lot"),))
    rules = RoundRules("mct-cluster", 2019, "Whole round", (DAEGU, BUSAN, INCHEON), criteria, rule)
    view, issued = judging.rounds.create(DESK, rules, "Kim", ("Lee", "Park"))
    codes = {one.holder: one.code for one in issued}
    people = {
        holder: judging.sessions.sign_in(view.round_id, code).identity
        for holder, code in codes.items()
    }
    for number in range(1, 7):
        one = judging.sessions.issue_code(people["chair"], f"Judge {number}")
        codes[one.holder] = one.code
    contact = judging.people.name_contact(people["chair"], BUSAN, "Choi")
    codes["applicant"] = contact.code
    for holder in ("j1", "j2", "j3", "j4", "j5", "j6", "applicant"):
        people[holder] = judging.sessions.sign_in(view.round_id, codes[holder]).identity
    judging.rounds.seal(people["chair"])
    judging.rounds.open_scoring(people["chair"])
    return view.round_id, codes, people


class Day:
    """The people with a browser each, or with their cookies at one in turn, in one language."""

    def __init__(self, house, browser, settle, language, *, in_turn):
        self.house, self.settle, self.language = house, settle, language
        self.judging = house.judging
        self.round_id, self.codes, self.people = made_round(house.judging)
        self.contexts = {who: browser.new_context(base_url=house.address) for who in self.codes}
        seats = [browser.new_context(base_url=house.address)] if in_turn else self.contexts.values()
        self.pages = [seat.new_page() for seat in seats]

    def said(self, text):
        """A sentence of the page in its language."""
        with speaking(self.language):
            return _(text)

    def named(self, code):
        with speaking(self.language):
            return label("region", code)

    def enter(self, who):
        """Sign in with the code by the form's own route."""
        answer = self.contexts[who].request.post(
            "/sign-in",
            form={"round": self.round_id, "code": self.codes[who]},
            headers={"Origin": self.house.address},
            max_redirects=0,
        )
        assert answer.status == 303, who

    def open(self, who, part="", applicant=""):
        """Open a part of the round."""
        cookies = self.contexts[who].cookies()
        page = dict(zip(self.contexts, self.pages, strict=False)).get(who, self.pages[0])
        page.context.clear_cookies()
        page.context.add_cookies(cookies)
        page.goto(
            f"/review-room?round={self.round_id}&lang={self.language}"
            f"&part={part}&applicant={applicant}"
        )
        self.settle(page)
        return page

    def press(self, page, text, within=None):
        (within or page).get_by_role("button", name=self.said(text)).first.click()

    def score(self, judge, applicant):
        """Type both lines of a sheet by the route of the page."""
        total = TOTALS[applicant][judge]
        for criterion, points in (("plan", PLAN), ("visit", total - PLAN)):
            answer = self.contexts[judge].request.post(
                "/score",
                form={
                    "applicant": applicant,
                    "criterion": criterion,
                    "field": "points",
                    "value": f"{points:g}",
                    "was": "",
                },
                headers={"Origin": self.house.address},
            )
            assert answer.status == 200, (judge, applicant, answer.text())
        self.judging.sheets.submit(self.people[judge], applicant)

    def confirmed(self, deputy):
        """The deputy confirms what waits, with a press and a second one."""
        page = self.open(deputy, "deputy")
        self.press(page, "Confirm …")
        self.press(page, "Yes, I confirm it", page.get_by_role("dialog"))
        expect(page.locator(".cr-said-done")).to_contain_text(
            self.said("Confirmed and carried out.")
        )
        return page

    def shown_code(self, page, holder):
        """The new code of a holder, which stands on the page only where one asks for it."""
        page.locator(f".st-key-room-show-{holder}").get_by_role("button").click()
        code = page.locator(".cr-code code").first
        expect(code).to_have_text(re.compile("^[0-9A-Z]{5}-[0-9A-Z]{5}$"))
        return code.inner_text()

    def ranks(self):
        result = self.judging.results.result(self.people["chair"])
        return {row.applicant: (row.rank, str(row.final)) for row in result.outcome.applicants}


@pytest.fixture
def day(house, browser, settle, request):
    language, in_turn = request.param
    made = Day(house, browser, settle, language, in_turn=in_turn)
    yield made
    for context in {*made.contexts.values(), *(page.context for page in made.pages)}:
        context.close()


def fill(page, line, value):
    page.locator(f".cr-line-{line} input").fill(value)
    page.keyboard.press("Tab")


def scoring(day):
    """Recusal, blank, a lost line, a revoked and a lost code."""
    for who in day.codes:
        day.enter(who)

    judge = day.open("j4", "sheets", INCHEON)
    day.press(judge, "First: do you have a conflict of interest with this applicant?")
    asked = judge.locator('[data-testid="stPopoverBody"]')
    asked.get_by_label(day.said("Reason")).fill("Advised the city")
    asked.get_by_label(day.said("Reason")).press("Control+Enter")
    asked.get_by_text(
        day.said("I understand that my scores for this applicant do not count.")
    ).click()
    day.press(judge, "Declare a conflict of interest", asked)
    recused = day.said("You are recused from this applicant. Reason: {reason}")
    expect(judge.get_by_text(recused.format(reason="Advised the city"))).to_be_visible()
    expect(judge.locator(".cr-line")).to_have_count(0)

    # A line that is lost while one types: it is kept, and sent when the server is back.
    judge = day.open("j2", "sheets", DAEGU)
    fill(judge, "plan", "35")
    judge.context.set_offline(True)
    fill(judge, "visit", "53")
    expect(judge.locator(".cr-line-visit .cr-cell-state")).to_contain_text(
        {"ko": "이 기기에 보관 중", "en": "kept on this device"}[day.language]
    )
    judge.context.set_offline(False)
    expect(judge.locator(".cr-sheet-total")).to_contain_text(re.compile("88 (/|of) 100"))
    day.press(judge, "Submit and lock …")
    dialog = judge.get_by_role("dialog")
    expect(dialog).to_contain_text("88")
    dialog.get_by_role("button", name=day.said("Submit and lock"), exact=True).click()
    expect(judge.locator(".cr-said-done")).to_contain_text(day.named(DAEGU))

    for applicant, given in TOTALS.items():
        for judge_id in given:
            if (judge_id, applicant) != ("j2", DAEGU):
                day.score(judge_id, applicant)
    # A blank: the rule lets the sheet be submitted, and the judge does not count there.
    day.judging.sheets.save_draft(day.people["j6"], INCHEON, "plan", 40)
    day.judging.sheets.submit(day.people["j6"], INCHEON)

    # A code that was seen by others ends at once; the new one is seen by the deputy alone.
    day.judging.sessions.revoke_code(day.people["chair"], "j5")
    page = day.open("j5", "sheets", DAEGU)
    expect(page.locator(".cr-said-refused")).to_be_visible()
    again = {"judge_id": "j5"}
    day.judging.proposals.propose(day.people["chair"], Change.CODE_AGAIN, again, "seen by others")
    expect(day.open("chair", "desk").locator("body")).not_to_contain_text(day.said("Show the code"))
    day.codes["j5"] = day.shown_code(day.confirmed("d1"), "j5")
    day.enter("j5")
    sheet = day.open("j5", "sheets", DAEGU)
    expect(sheet.locator(".cr-who")).to_contain_text("Judge 5")
    expect(sheet.locator("body")).to_contain_text("92")  # what was submitted stays

    # The chair has lost the code: both deputies together, and the old session ends.
    for deputy in ("d1", "d2"):
        page = day.open(deputy, "deputy")
        why = page.get_by_label(day.said("Why the chair needs a new code"))
        why.fill("the slip is lost")
        why.press("Tab")
        page.get_by_text(
            day.said("I have spoken with the chair, and the chair is to have a new code.")
        ).click()
        button = page.get_by_role("button", name=day.said("Agree to a new code of the chair"))
        expect(button).to_be_enabled()
        button.click()
        expect(page.locator(".cr-said-done")).to_be_visible()
    day.codes["chair"] = day.shown_code(page, "chair")
    former = day.open("chair", "desk")
    expect(former.locator(".cr-said-refused")).to_be_visible()
    day.enter("chair")


def closing(day):
    """The chair closes; a tie waits for the lot, which a deputy confirms."""
    chair = day.open("chair", "desk")
    day.press(chair, "Close scoring …")
    day.press(chair, "Yes, do it", chair.get_by_role("dialog"))
    expect(chair.locator(".cr-said-done")).to_be_visible()
    day.people["chair"] = day.judging.sessions.sign_in(day.round_id, day.codes["chair"]).identity
    result = day.judging.results.result(day.people["chair"])
    (incheon,) = [row for row in result.outcome.applicants if row.applicant == INCHEON]
    assert (incheon.effective, incheon.left_out) == (4, ("j6",))
    assert result.recusals == ((INCHEON, "j4"),)
    assert day.ranks() == {DAEGU: (1, "89.50"), BUSAN: (2, "85.50"), INCHEON: (2, "85.50")}

    lot = {
        "order": [INCHEON, BUSAN],
        "place": "Sejong",
        "drawn_at": result.round.closed_at,
        "witnesses": ["Han", "Seo"],
        "how": "two slips in a box",
    }
    lot["drawn_at"] = day.judging.streams.now().isoformat()
    day.judging.proposals.propose(day.people["chair"], Change.LOT, lot, "Equal by every step")
    assert day.ranks()[BUSAN][0] == 2, "not before the deputy has confirmed"
    day.confirmed("d2")
    assert day.ranks() == {DAEGU: (1, "89.50"), INCHEON: (2, "85.50"), BUSAN: (3, "85.50")}
    day.judging.results.sign_off(day.people["chair"], "All applicants waived it in writing")


def objecting(day):
    """Busan objects at its own page; what is upheld opens one sheet, and the result is another."""
    page = day.open("applicant", "result")
    page.get_by_text(day.said("Hand in an objection"), exact=True).first.click()
    text = page.get_by_label(day.said("Objection"), exact=True)
    text.fill("Judge 3 read the wrong year")
    text.press("Control+Enter")
    day.press(page, "Hand it in")
    expect(page.locator(".cr-said-done")).to_be_visible()

    opens = Opening(Change.RESCORING, {"judge_id": "j3", "applicant": BUSAN})
    day.judging.results.answer(day.people["chair"], "o1", "The year was misread", True, opens)
    day.confirmed("d1")
    # One sheet is open, of one judge, and the result is said to wait for it.
    sheet = day.open("j3", "sheets", BUSAN)
    fill(sheet, "visit", f"{RESCORED - PLAN}")
    expect(sheet.locator(".cr-sheet-total")).to_contain_text(re.compile(f"{RESCORED} (/|of) 100"))
    day.press(sheet, "Submit and lock …")
    dialog = sheet.get_by_role("dialog")
    expect(dialog).to_contain_text(f"{RESCORED}")
    dialog.get_by_role("button", name=day.said("Submit and lock"), exact=True).click()
    expect(sheet.locator(".cr-said-done")).to_contain_text(day.named(BUSAN))
    assert day.ranks() == {DAEGU: (1, "89.50"), BUSAN: (2, "86.25"), INCHEON: (3, "85.50")}

    day.judging.results.sign_off(day.people["chair"], "All applicants waived it in writing")
    former = day.judging.results.result(day.people["chair"], version=1)
    assert [row.applicant for row in former.outcome.applicants] == [DAEGU, INCHEON, BUSAN]
    page = day.open("chair", "result")
    expect(page.locator("body")).to_contain_text("86.25")
    expect(page.get_by_text(day.said("Version of the result"), exact=True)).to_be_visible()
    for who in ("j1", "applicant"):
        shown = day.open(who, "result").inner_text("body")
        assert "86.25" in shown
        assert "Judge 3" not in shown.replace("Judge 3 read the wrong year", "")
    assert verify_round(day.judging.streams, day.round_id).signed


def files(day):
    """What leaves the room, opened by other programs."""
    record = Record(day.house.settings)
    view = panel_view(day.judging, day.people["chair"])
    edition = freeze_panel(
        record, Editions(day.house.settings), view, day.language, "Kim", identity=DESK
    )
    report = compose_panel(record, edition, view)
    found = {suffix: render(report, suffix) for suffix in (".pdf", ".xlsx", ".pptx", ".hwpx")}
    with pypdfium2.PdfDocument(found[".pdf"]) as document:
        texts = {
            ".pdf": " ".join(one.get_textpage().get_text_bounded() for one in document),
        }
        assert document.get_metadata_dict()["Author"] == "Kim"
    book = openpyxl.load_workbook(io.BytesIO(found[".xlsx"]))
    assert book.properties.creator == "Kim"
    texts[".xlsx"] = " ".join(str(c.value) for sheet in book for row in sheet for c in row)
    deck = Presentation(io.BytesIO(found[".pptx"]))
    assert deck.core_properties.author == "Kim"
    texts[".pptx"] = " ".join(
        node.text or "" for slide in deck.slides for node in slide.element.iter("{*}t")
    )
    with zipfile.ZipFile(io.BytesIO(found[".hwpx"])) as package:
        tree = etree.fromstring(package.read("Contents/section0.xml"))
    texts[".hwpx"] = " ".join(node.text or "" for node in tree.iter("{*}t"))
    result = day.judging.results.result(day.people["chair"])
    for suffix, text in texts.items():
        tight = "".join(text.split())
        for said in ("86.25", result.digest, result.log.digest, "Theyearwasmisread"):
            assert said in tight, (suffix, said)


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(("ko", True), id="ko-in-turn"),
        pytest.param(("ko", False), id="ko", marks=pytest.mark.long),
        pytest.param(("en", False), id="en", marks=pytest.mark.long),
    ],
    indirect=True,
)
def test_a_whole_round_from_the_first_point_to_the_second_version(day):
    scoring(day)
    closing(day)
    objecting(day)
    files(day)
