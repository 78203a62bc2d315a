"""A round from its form to its seal: an official creates it, its chair enters with the own slip."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_review_room import choose


@pytest.fixture
def official_and_chair(browser, server):
    """A browser each."""
    contexts = [browser.new_context(base_url=server) for _person in range(2)]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_an_official_creates_a_round_and_its_chair_seals_it(official_and_chair, settle):
    page, chair = official_and_chair
    page.goto("/review-room?part=new&lang=en")
    settle(page)
    year = page.get_by_label("Year", exact=True)
    year.fill("2019")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Take over from the record").click()
    # Results of 2018, plan for 2019, onsite review: ten points each, as none were published.
    expect(page.get_by_text("Points in all: 30")).to_be_visible()
    expect(page.get_by_text("equal weights are assumed")).to_be_visible()
    page.get_by_label("Title of the round").fill("<i>Cluster</i> *2019* again")
    choose(page, "Applicants", "Daegu")
    settle(page)
    for field, name in (
        ("chair", "Chair & Co"),
        ("first deputy", "Lee"),
        ("second deputy", "Park"),
    ):
        page.get_by_label(f"Name of the {field}").fill(name)
        page.keyboard.press("Tab")
        settle(page)
    page.get_by_role("button", name="Create the round").click()
    issued = page.locator(".st-key-cr-issued")
    expect(issued).to_contain_text("Codes issued in this sitting: 3")
    expect(page.get_by_role("heading", level=1)).to_have_text("<i>Cluster</i> *2019* again")
    # No code stands on the page until one asks for it.
    code = page.locator(".cr-code code")
    expect(code).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save all slips to print").click()
    slips = download.value.path().read_text("utf-8")
    secrets = re.findall("<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", slips)
    assert (len(set(secrets)), slips.count("<section>")) == (3, 3)
    assert "&lt;i&gt;Cluster&lt;/i&gt;" in slips
    assert not any(one in page.content() for one in secrets)
    page.locator(".st-key-room-show-chair").get_by_role("button").click()
    expect(code).to_have_text(secrets[0])
    secret = secrets[0]
    page.get_by_role("button", name="put them away").click()
    expect(issued).to_have_count(0)
    assert secret not in page.content()

    chair.goto(page.url.replace("/review-room", "/sign-in"))
    chair.get_by_label("Personal code").fill(secret.lower().replace("-", " "))
    chair.keyboard.press("Enter")
    chair.wait_for_url("**/review-room?**")
    settle(chair)
    chair.get_by_role("button", name="Seal the rules …").click()
    chair.get_by_role("dialog").get_by_role("button", name="Yes, do it").click()
    expect(chair.locator(".cr-step-here")).to_contain_text("sealed", ignore_case=True)
    chair.get_by_label("Name of a new judge").fill("First Judge")
    chair.keyboard.press("Tab")
    chair.get_by_role("button", name="Assign and issue a code").click()
    expect(chair.locator(".cr-progress")).to_contain_text("First Judge")
    # Anybody sees the seal, and no judge's name.
    page.goto(page.url)
    settle(page)
    expect(page.locator("#cr-section-1 ~ ul").first).to_have_text(
        re.compile("Rules sealed .* KST, SHA-256 [0-9a-f]{64}")
    )
    assert "First Judge" not in page.content()
