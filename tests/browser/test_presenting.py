"""Composing a deck and showing it: by keyboard, by the clock with a pause, and frozen."""

import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect
from pptx import Presentation

from tests.browser.test_accessibility import findings

# Sizes at 1440 by 900: what a reader at ten metres needs.
LEAST_TITLE_PX, LEAST_BODY_PX = 40, 24


def picture_of_an_emblem():
    out = io.BytesIO()
    Image.new("RGB", (240, 80), "#256ef4").save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def deck_address(browser, server):
    """Address of a deck of Daegu 2019, composed once by hand."""
    page = browser.new_page(base_url=server)
    page.goto("/present?region=KR-27&year=2019&lang=en")
    page.get_by_label("Made by").fill("Forum office")
    page.get_by_label("Organiser").fill("City of Daegu")
    page.get_by_label("Date, as 2026-11-28").fill("2026-11-28")
    emblem = {"name": "emblem.png", "mimeType": "image/png", "buffer": picture_of_an_emblem()}
    page.locator("input[type=file]").set_input_files(emblem)
    expect(page.get_by_text("emblem.png")).to_be_visible()
    page.get_by_role("button", name="Compose the deck").click()
    start = page.get_by_role("link", name="Start presenting")
    address = f"/present{start.get_attribute('href')}"
    page.close()
    return address


@pytest.fixture
def foot(page):
    """The line at the foot of a slide, which says its number."""
    return page.locator(".cr-slide-foot")


@pytest.fixture
def show(page, foot):
    """Opens a deck and waits until its keys are there."""

    def open_deck(address):
        page.goto(address)
        expect(foot).to_contain_text("1 / ")
        for name in ("next", "end"):
            page.wait_for_selector(f".st-key-cr-deck-{name} button", state="attached")
        page.wait_for_selector(".cr-deck-full")

    return open_deck


def count_of(foot):
    return int(re.match(r"\d+ / (\d+)", foot.inner_text())[1])


def test_the_keyboard_leads_through_the_deck(page, deck_address, show, foot):
    show(deck_address)
    count = count_of(foot)
    for key, number in [
        ("ArrowRight", 2),
        ("PageDown", 3),
        ("Space", 4),
        ("ArrowLeft", 3),
        ("PageUp", 2),
        ("End", count),
        ("ArrowRight", count),
        ("Home", 1),
        ("ArrowLeft", 1),
    ]:
        page.keyboard.press(key)
        expect(foot).to_have_text(re.compile(rf"^{number} / {count} "))
    assert parse_qs(urlsplit(page.url).query)["slide"] == ["1"]


def test_escape_leaves_the_stage(page, deck_address, show):
    show(deck_address)
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_have_text("Compose a deck")


def test_slides_fill_the_window_and_are_read_at_ten_metres(page, deck_address, show, foot):
    show(deck_address)
    expect(page.locator(".st-key-cr-header")).to_have_count(0)
    for number in range(2, count_of(foot) + 1):
        page.keyboard.press("ArrowRight")
        expect(foot).to_contain_text(f"{number} / ")
        title, body, over = page.evaluate(
            """() => {
                const size = element => parseFloat(getComputedStyle(element).fontSize);
                const texts = [...document.querySelectorAll(
                    ".cr-slide-body :is(p, h2, td, th), .cr-slide-remark")];
                const deck = document.querySelector(".st-key-cr-deck");
                return [
                    size(document.querySelector(".cr-slide h1")),
                    Math.min(...texts.map(size)),
                    Math.max(deck.scrollHeight - innerHeight, deck.scrollWidth - innerWidth),
                ];
            }"""
        )
        assert title >= LEAST_TITLE_PX
        assert body is None or body >= LEAST_BODY_PX
        assert over <= 0, f"slide {number} runs over the window"


@pytest.mark.long
def test_the_cover_is_all_that_stands_on_stage(page, deck_address, show):
    show(deck_address)
    expect(page.locator(".cr-cover-occasion")).to_have_text("City of Daegu · Nov 28, 2026")
    emblem = page.get_by_role("img", name="City of Daegu")
    assert emblem.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [240, 80]
    controls = page.locator(".st-key-cr-deck-controls")
    expect(controls).to_have_css("opacity", "0")
    page.mouse.move(300, 300)
    expect(controls).to_have_css("opacity", "1")


def test_the_speaker_sees_what_comes_and_both_windows_move_together(
    page, context, deck_address, show, foot
):
    show(deck_address)
    speaker = context.new_page()
    speaker.goto(f"{deck_address}&speaker=1")
    slides = speaker.locator(".cr-slide-foot")
    expect(slides).to_have_count(2)
    expect(speaker.locator(".cr-clock-elapsed")).to_have_text(re.compile(r"^\d+:\d\d$"))
    for name in ("next", "end"):
        speaker.wait_for_selector(f".st-key-cr-deck-{name} button", state="attached")
    for window, key, number in [(speaker, "ArrowRight", 2), (page, "PageDown", 3),
                                (speaker, "ArrowLeft", 2)]:  # fmt: skip
        window.keyboard.press(key)
        expect(foot).to_contain_text(f"{number} / ")
        expect(slides.nth(0)).to_contain_text(f"{number} / ")
        expect(slides.nth(1)).to_contain_text(f"{number + 1} / ")
    notes = speaker.get_by_role("region", name="Notes")
    expect(notes).to_contain_text("Evidence of the figures")


def test_what_one_presses_is_read_in_the_dark_theme(page, deck_address, visit):
    """Slides are light in it. Notes longer than their window are scrolled by keys."""
    page.emulate_media(color_scheme="dark")
    visit("/present?region=KR-27&year=2019&lang=en")
    page.get_by_role("button", name="Compose the deck").hover()
    assert findings(page) == []
    page.goto(f"{deck_address}&auto=60")
    page.wait_for_selector(".st-key-cr-deck-next button")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert findings(page) == []
    page.goto(f"{deck_address.replace('slide=1', 'slide=2')}&speaker=1")
    page.wait_for_selector(".st-key-cr-deck-next button")
    expect(page.get_by_role("region", name="Notes")).to_contain_text("Sources")
    assert findings(page) == []


@pytest.mark.parametrize(
    ("width", "height"), [(1440, 900), pytest.param(1024, 768, marks=pytest.mark.long)]
)
def test_the_speaker_reads_the_notes_above_the_buttons(page, deck_address, width, height):
    """Notes longer than the window scroll by themselves; nothing lies over or under the buttons."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{deck_address.replace('slide=1', 'slide=2')}&speaker=1")
    notes = page.get_by_role("region", name="Notes")
    expect(notes).to_contain_text("Sources")
    page.wait_for_selector(".st-key-cr-deck-next button")
    places = page.evaluate(
        """() => {
            const box = name => document.querySelector(name).getBoundingClientRect();
            let scrolled = document.querySelector(".st-key-cr-speaker-notes");
            while (getComputedStyle(scrolled).overflowY !== "auto")
                scrolled = scrolled.parentElement;
            return {
                notes: scrolled.getBoundingClientRect().bottom,
                controls: box(".st-key-cr-deck-controls").top,
                low: box(".st-key-cr-deck-controls").bottom,
                slide: box(".cr-slide").bottom,
                top: scrolled.getBoundingClientRect().top,
                next: box(".st-key-cr-speaker-next").right,
                isLonger: scrolled.scrollHeight > scrolled.clientHeight,
            };
        }"""
    )
    assert places["slide"] <= places["top"]
    assert places["isLonger"]
    assert places["notes"] <= places["controls"]
    assert places["low"] <= height
    assert places["next"] <= width


@pytest.mark.long
def test_slides_go_on_by_themselves_until_they_are_paused(page, deck_address, foot):
    page.goto(f"{deck_address}&auto=2")
    expect(page.locator(".cr-deck-clock")).to_contain_text("Next slide in")
    expect(foot).to_contain_text("2 / ")
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".cr-deck-clock")).to_have_text("Paused")
    standing = foot.inner_text()
    # Longer than a slide stays while the clock runs.
    with pytest.raises(AssertionError):
        expect(foot).not_to_have_text(standing, timeout=3_500)
    page.get_by_role("button", name="Go on").click()
    expect(foot).not_to_have_text(standing)


@pytest.mark.long
def test_a_deck_without_clock_has_no_countdown(page, deck_address, show, foot):
    show(deck_address)
    expect(page.locator(".cr-deck-clock")).to_have_count(0)


@pytest.mark.long
def test_the_key_f_asks_for_the_whole_screen_and_back(page, deck_address, show, foot):
    show(deck_address)
    expect(page.get_by_role("button", name="Full screen (F)")).to_be_visible()
    page.keyboard.press("f")
    page.wait_for_selector(":root:fullscreen", state="attached")
    page.keyboard.press("f")
    page.wait_for_selector(":root:not(:fullscreen)", state="attached")


def test_slides_carry_edition_and_maker_and_charts_have_words(page, deck_address, show, foot):
    show(deck_address)
    edition = parse_qs(urlsplit(deck_address).query)["edition"][0]
    expect(foot).to_contain_text(edition)
    expect(foot).to_contain_text("Forum office")
    page.keyboard.press("ArrowRight")
    # Patients of 2019 in the record; rank 3 of the 8 regions that have a figure.
    expect(page.get_by_role("heading", level=1)).to_contain_text("31,183 foreign patients")
    # The figures in front take two slides; the trend comes after them.
    page.keyboard.press("ArrowRight")
    expect(foot).to_contain_text("3 / ")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".cr-slide img")).to_have_attribute("alt", re.compile("2018 17,745"))


def test_the_same_deck_is_taken_along_as_slides(page, visit, settle):
    visit("/present?region=KR-27&year=2019&lang=en")
    page.get_by_role("button", name="Compose the deck").click()
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Save as PPTX").click()
    name = arriving.value.suggested_filename
    edition = re.fullmatch(r"Daegu_Present_2019_(\w{8})\.pptx", name)[1]
    slides = Presentation(Path(arriving.value.path())).slides
    texts = [shape.text_frame.text for shape in slides[1].shapes if shape.has_text_frame]
    assert any("31,183" in text for text in texts)
    assert any(edition in text for text in texts)


@pytest.mark.long
def test_a_deck_can_be_left_for_the_composer(page, deck_address, settle):
    page.goto(deck_address)
    page.get_by_role("link", name="Leave").click()
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Compose a deck")
    expect(page.get_by_role("cell", name="the newest").first).to_be_visible()
