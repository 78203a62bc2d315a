"""A server under an open session survives whatever is handed in, and whoever ends its readers."""

import os
import re
import signal
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.intake.malformed import KINDS, heavy_workbook, malformed

CASES = Path(__file__).parents[1] / "intake" / "cases"
WORST = {
    "70-far-cell-XFD.xlsx": "a cell far outside of the table",
    "71-one-string-100k.xlsx": "the texts of all cells must not come to more",
}
READER = b"dashboard.intake.formats.child"
TOO_MANY, AGAIN_MS = 429, 2_000

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")


@pytest.fixture(scope="module")
def server(serving):
    with serving() as address:
        yield address


def command_of(process):
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:  # it ended meanwhile
        return b""


def server_process(address):
    wanted = f"serve\0--port\0{urlsplit(address).port}\0".encode()
    processes = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    (found,) = [process for process in processes if wanted in command_of(process)]
    return found


def readers_of(process):
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    children = [int(child) for path in tasks for child in path.read_text().split()]
    return [child for child in children if READER in command_of(child)]


@pytest.fixture
def still_answers(context, server, settle):
    """Opens a reader's page; called later, asserts that it answers over the same connection."""
    page = context.new_page()
    closed = []
    page.on("websocket", lambda socket: socket.on("close", lambda _: closed.append(socket.url)))
    page.goto("/?lang=en")
    settle(page)
    process = server_process(server)

    def assert_answer():
        assert server_process(server) == process
        assert closed == []
        page.set_viewport_size({"width": 1440, "height": 900})  # the English bar, whole
        page.get_by_role("link", name="Rankings", exact=True).first.click()
        expect(page).to_have_url(re.compile("rankings"))
        settle(page)
        expect(page.locator("h1")).to_contain_text(re.compile("rank", re.IGNORECASE))
        assert closed == []

    return assert_answer


@pytest.fixture
def hand_in(page, visit, settle):
    """Chooses one file after another on the page; returns once each is refused in words."""
    visit("/handing-in?lang=en&table=observations&receipt=none")
    who = page.locator(".st-key-handing-in-name input")
    who.fill("Kim Mina")
    who.press("Tab")
    settle(page)
    uploader = page.locator(".st-key-cr-handing-in-file input[type=file]")
    results = page.get_by_test_id("stMain")
    discard = page.locator(".st-key-handing-in-discard button")

    def sent(file):
        with page.expect_response(lambda one: "/upload_file/" in one.url) as answered:
            uploader.set_input_files(file)
        return answered.value.status

    def choose(name, content, meanwhile=None):
        while sent({"name": name, "mimeType": "", "buffer": content}) == TOO_MANY:
            # Sixty a minute are taken from one client: the page says so, and the file is in it.
            page.wait_for_timeout(AGAIN_MS)
            page.get_by_role("button", name=f"Remove {name}").first.click()
        if meanwhile:
            meanwhile()
        expect(discard).to_be_visible(timeout=90_000)
        expect(page.locator(".st-key-handing-in-accept")).to_have_count(0)
        expect(page.get_by_text("could not be made")).to_have_count(0)
        told = results.inner_text()
        discard.click()
        expect(discard).to_have_count(0)
        return told

    return choose


def end_reader(server):
    process = server_process(server)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for reader in readers_of(process):
            os.kill(reader, signal.SIGKILL)
            return
    pytest.fail("No reader was started.")


def hand_in_all(hand_in, server, csv_of, xlsx_of, seeds, kills):
    for name, reason in WORST.items():
        assert reason in hand_in(name, (CASES / name).read_bytes())
    for seed in seeds:
        kind, _name, content = malformed(seed, csv_of, xlsx_of)
        hand_in(f"{kind}.csv", content)
    busy = heavy_workbook()  # a reader is busy with it for seconds
    for _ in range(kills):
        assert "reading broke off" in hand_in("busy.xlsx", busy, lambda: end_reader(server))


def test_an_open_session_survives_the_worst_files_and_a_killed_reader(
    still_answers, hand_in, server, csv_of, xlsx_of
):
    kinds = ("bomb", "deep xml", "truncated xlsx", "ods of repeats")
    seeds = [KINDS.index(kind) for kind in kinds]
    hand_in_all(hand_in, server, csv_of, xlsx_of, seeds, kills=1)
    still_answers()


@pytest.mark.long
def test_an_open_session_survives_500_files_and_100_killed_readers(
    still_answers, hand_in, server, csv_of, xlsx_of
):
    hand_in_all(hand_in, server, csv_of, xlsx_of, range(500), kills=100)
    still_answers()
