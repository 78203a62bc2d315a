"""`serve --workers` in a browser: pages outlive the process that serves them, and a reload."""

import re
import signal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WAS_HERE_BEFORE
from tests.web.several import COOKIE, NGINX, Several, process_of, until

pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed here")


@pytest.fixture(scope="module")
def several(tmp_path_factory, built_copy):
    folder = tmp_path_factory.mktemp("several")
    settings = built_copy(folder / "workspace")
    with Several(settings, folder / "log", "--workers", "2", "--grace-minutes", "0.2") as started:
        yield started


@pytest.fixture
def visitors(browser, several):
    """Makes pages of fresh browsers, which may ask the server alone."""
    contexts, asked = [], []

    def visitor(server=several):
        context = browser.new_context(base_url=f"http://127.0.0.1:{server.port}")
        context.add_init_script(WAS_HERE_BEFORE)
        contexts.append(context)
        page = context.new_page()
        page.set_viewport_size({"width": 1440, "height": 900})
        page.on("request", lambda request: asked.append(request.url))
        return page

    yield visitor
    for context in contexts:
        context.close()
    assert {urlsplit(url).netloc.partition(":")[0] for url in asked} <= {"127.0.0.1", ""}


def served_by(page):
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    return process_of(cookies[COOKIE])


def comes_back(page, settle, former):
    """Wait until a page that lost its process has another, and is drawn."""
    until(lambda: page.wait_for_timeout(200) or served_by(page) != former, 60)
    settle(page)


@pytest.mark.long
def test_a_page_comes_back_when_its_process_is_killed(several, visitors, settle):
    first, second = visitors(), visitors()
    first.goto("/?lang=en&region=KR-27&year=2019")
    settle(first)
    second.goto("/review-room?lang=en")
    settle(second)
    assert served_by(first) != served_by(second)
    second.get_by_role("button", name="Open the practice round").click()
    second.get_by_role("button", name=re.compile("Enter as .*Practice judge 6$")).click()
    expect(second.locator(".cr-who")).to_contain_text("Practice judge 6")
    round_id = parse_qs(urlsplit(second.url).query)["round"][0]
    second.goto(f"/review-room?round={round_id}&lang=en&applicant=KR-42")
    settle(second)
    second.locator(".cr-line-c4 input").fill("11.5")
    second.keyboard.press("Tab")
    expect(second.locator(".cr-line-c4 .cr-cell-state")).to_contain_text("saved at")

    lost, kept = served_by(second), served_by(first)
    several.kill(lost)
    comes_back(second, settle, lost)
    # Nothing was opened anew: what was stored is there, and the next line is stored.
    expect(second.locator(".cr-who")).to_contain_text("Practice judge 6")
    assert float(second.locator(".cr-line-c4 input").input_value()) == 11.5
    second.locator(".cr-line-c5 input").fill("9")
    second.keyboard.press("Tab")
    expect(second.locator(".cr-line-c5 .cr-cell-state")).to_contain_text("saved at")
    # The other page noticed nothing.
    assert served_by(first) == kept
    expect(first.locator("#cr-tile-foreign_patients .cr-value")).to_contain_text("31,183")

    # A reload: the page stays with its process until the time is over, then comes back, too.
    until(lambda: len(several.children()) == 3)
    former = set(several.children())
    second.locator(".cr-line-c6 input").fill("3")
    second.keyboard.press("Tab")
    expect(second.locator(".cr-line-c6 .cr-cell-state")).to_contain_text("saved at")
    lost = served_by(second)
    assert several.reload()[0] == 0
    comes_back(second, settle, lost)
    assert served_by(second) not in former
    for line, points in (("c4", 11.5), ("c5", 9), ("c6", 3)):
        assert float(second.locator(f".cr-line-{line} input").input_value()) == points, line
    until(lambda: len(several.children()) == 3, 60)
    assert several.process.poll() is None


@pytest.mark.long
def test_a_file_reaches_the_process_of_its_page(tmp_path, built_copy, visitors, settle):
    settings = built_copy(tmp_path / "workspace")
    desk = {"CLUSTER_REVIEW_SIGN_IN": "desk"}
    with Several(settings, tmp_path / "log", "--workers", "3", **desk) as several:
        rows = "지역,연도,지표,수치,단위\n전북,2022,외국인환자 수,400,명\n".encode()
        found = set()
        for name in ("a", "b", "c"):
            page = visitors(several)
            page.goto("/handing-in?lang=en&table=observations&receipt=none")
            settle(page)
            uploader = page.locator(".st-key-cr-handing-in-file input[type=file]")
            file = {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": rows}
            uploader.set_input_files(file)
            # At the desk it is read when somebody has given a name.
            expect(page.get_by_text("Give your name above")).to_be_visible()
            found.add(served_by(page))
        assert len(found) == 3

        # The process that has the file ends: what is done next says so, and another file is taken.
        page.get_by_label("Your name").fill("Kim")
        page.keyboard.press("Tab")
        page.get_by_label("Remark (optional)").fill("corrected")
        page.keyboard.press("Tab")
        settle(page)
        lost = served_by(page)
        several.kill(lost)
        comes_back(page, settle, lost)
        page.get_by_label("Your office").fill("Daegu")
        page.keyboard.press("Tab")
        expect(page.get_by_text("The server no longer has the file")).to_be_visible()
        expect(page.get_by_label("Your name")).to_have_value("Kim")
        expect(page.get_by_label("Remark (optional)")).to_have_value("corrected")
        uploader.set_input_files({**file, "name": "d.csv"})
        expect(page.get_by_text("The server no longer has the file")).to_have_count(0)
        expect(page.get_by_role("heading", name=re.compile("^3"))).to_be_visible()
        expect(page.get_by_text("d.csv").first).to_be_visible()
        expect(page.get_by_text("c.csv")).to_have_count(0)
        several.process.send_signal(signal.SIGTERM)
        assert several.process.wait(timeout=60) == 0
