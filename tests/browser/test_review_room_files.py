"""The result and the score sheets leave the browser as files that other programs open."""

import csv
import io
import re
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pypdfium2
import pytest
from lxml import etree
from playwright.sync_api import expect
from pptx import Presentation

CHAIR, JUDGE = "Practice chair", "Practice judge 5"
CODES = {CHAIR: "CHAIR-22222", JUDGE: "JUDGE-66666"}
"""As the practice round shows them to everybody."""


@pytest.fixture
def round_page(browser, server, settle):
    """Opens a practice round of its own as somebody, in a browser whose clock is not Korea's."""
    contexts, rounds = [], []

    def opened(who=None, part="result"):
        contexts.append(browser.new_context(base_url=server, timezone_id="UTC"))
        page = contexts[-1].new_page()
        if not rounds:
            page.goto("/review-room?lang=en")
            settle(page)
            anew = page.get_by_role("button", name="Begin another practice round")
            first = page.get_by_role("button", name="Open the practice round")
            (anew if anew.count() else first).click()
            expect(page.locator(".cr-codes")).to_be_attached()
            rounds.append(parse_qs(urlsplit(page.url).query)["round"][0])
        (round_id,) = rounds
        if who is not None:
            answer = page.request.post(
                "/sign-in",
                form={"round": round_id, "code": CODES[who]},
                headers={"Origin": server},
                max_redirects=0,
            )
            assert answer.status == 303
        page.goto(f"/review-room?round={round_id}&part={part}&lang=en")
        settle(page)
        return page

    yield opened
    for context in contexts:
        context.close()


def text_of(content, kind):
    """What a file says, without any blank, as another program reads it."""
    if kind == "PDF":
        with pypdfium2.PdfDocument(content) as document:
            text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    elif kind == "XLSX":
        book = openpyxl.load_workbook(io.BytesIO(content))
        text = " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    elif kind == "PPTX":
        text = " ".join(
            node.text or ""
            for slide in Presentation(io.BytesIO(content)).slides
            for node in slide.element.iter("{*}t")
        )
    elif kind == "HWPX":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [name for name in package.namelist() if re.search(r"section\d+\.xml$", name)]
            trees = [etree.fromstring(package.read(name)) for name in parts]
        text = " ".join(node.text or "" for tree in trees for node in tree.iter("{*}t"))
    else:
        text = " ".join(
            cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row
        )
    return squeezed(text)


def squeezed(text):
    return "".join(text.split())


def made(page, kind):
    """Makes a file in the open menu and takes it: (name, content)."""
    menu = page.locator('[data-testid="stPopoverBody"]')
    menu.get_by_text(kind, exact=True).click()
    menu.get_by_role("button", name="Freeze and make the file").click()
    save = menu.get_by_role("button", name=re.compile(rf"^Save .*\.{kind.lower()} "))
    with page.expect_download() as arriving:
        save.click()
    return arriving.value.suggested_filename, Path(arriving.value.path()).read_bytes()


def close(page):
    page.get_by_label("Why is the round closed with sheets open?").fill("two judges left early")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Close scoring …").click()
    page.get_by_role("dialog").get_by_role("button", name="Yes, do it").click()
    expect(page.get_by_role("button", name="Save or share")).to_be_visible()


@pytest.mark.long
def test_result_and_sheets_are_saved_by_those_who_may_see_them(round_page, settle):
    page = round_page(CHAIR, "desk")
    close(page)
    page.goto(re.sub("part=[a-z]+", "part=result", page.url))
    settle(page)
    shown = page.inner_text("body")
    assert "UTC" not in shown
    assert " KST" in shown
    seal, result, log = re.findall(r"\b[0-9a-f]{64}\b", shown)[:3]
    page.get_by_role("button", name="Save or share").click()
    for kind in ("PDF", "HWPX", "XLSX", "PPTX", "CSV"):
        name, content = made(page, kind)
        assert re.fullmatch(rf"Panel-result_practice-\d+_\w{{8}}\.{kind.lower()}", name)
        text = text_of(content, kind)
        # A deck is shown, not signed: lines to sign on and who signs stand in the documents.
        signing = () if kind == "PPTX" else (CHAIR, JUDGE, "(signature or seal)")
        for needed in (
            seal,
            result,
            log,
            "How the sheets become a ranking",
            "told apart by higher mean of all judges",
            "Objections",
            *signing,
        ):
            assert squeezed(needed) in text, (kind, needed)
        assert ("(signatureorseal)" in text) is bool(signing)
    box = page.get_by_role("combobox", name="What to save")
    box.click()
    box.fill("Practice judge 5")  # of a long list only a part is drawn
    page.get_by_role("option", name=re.compile(re.escape(JUDGE))).click()
    menu = page.locator('[data-testid="stPopoverBody"]')
    expect(menu.get_by_text("CSV", exact=True)).to_have_count(0)
    for kind in ("PDF", "HWPX"):
        name, content = made(page, kind)
        assert re.fullmatch(
            rf"Score-sheets-for-signing_practice-\d+_j5_\w{{8}}\.{kind.lower()}", name
        )
        text = text_of(content, kind)
        assert squeezed(f"Score sheets of {JUDGE}") in text
        assert "Practicejudge1" not in text

    visitor = round_page()
    visitor.get_by_role("button", name="Save or share").click()
    visitor.get_by_label("Made by").fill("Hong, City of Daegu")
    text = text_of(made(visitor, "PDF")[1], "PDF")
    assert result in text
    assert "Practicejudge" not in text
    assert visitor.get_by_role("combobox", name="What to save").count() == 0

    judge = round_page(JUDGE, "sheets")
    judge.get_by_role("button", name="Save or share").click()
    text = text_of(made(judge, "HWPX")[1], "HWPX")
    assert squeezed(JUDGE) in text
    assert "Practicejudge6" not in text
