"""Walking a tour of the help page in a browser, step by step."""

import re
from urllib.parse import urlencode

from playwright.sync_api import expect

from dashboard.content.pages import FIRST


def address_of(step, language):
    """The view that a step opens."""
    asked = {name: value for name, value in step.at.items() if name != "page"}
    path = "" if step.at["page"] == FIRST else step.at["page"]
    return f"/{path}?{urlencode(asked | {'lang': language})}"


def walk(page, settle, tour, language):
    """Does what each step says and sees what it says one sees; yields its number and the step."""
    for number, step in enumerate(tour.steps, 1):
        if step.at:
            page.goto(address_of(step, language))
            settle(page)
        if step.click:
            name = step.click.name.in_language(language)
            page.get_by_role(step.click.role, name=name, exact=True).first.click()
        if step.press:
            page.wait_for_selector(".st-key-cr-deck-next button", state="attached")
            page.keyboard.press(step.press)
        seen = re.compile(re.escape(step.see.in_language(language)))
        expect(page.locator(".stApp, body > [role=dialog]").first).to_contain_text(seen)
        yield number, step
