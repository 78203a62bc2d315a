"""Pictures of every page for every kind of reader: `make screenshots`, no part of the tests.

The record is the shipped one, and each page is opened as its address alone opens it.
"""

from pathlib import Path

import pytest

from dashboard.content.pages import FIRST, PAGES
from scripts.screenshot_index import (
    LANGUAGES,
    SCHEMES,
    WIDTHS,
    Picture,
    keep,
    kept,
    write_index,
)

FOLDER = Path(__file__).parent / "screenshots"
VIEWS = [
    (path, language, width, scheme)
    for path in PAGES
    for language in LANGUAGES
    for width in WIDTHS
    for scheme in SCHEMES
]
NOTE_SHIFTS = """window.layoutShift = 0;
new PerformanceObserver(list => list.getEntries().forEach(shift => {
    if (!shift.hadRecentInput) window.layoutShift += shift.value;
})).observe({ type: "layout-shift", buffered: true });"""
MEASURE = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    const widest = Math.max(document.documentElement.scrollWidth, main.scrollWidth);
    return [main.scrollHeight, widest - innerWidth, window.layoutShift];
}"""


@pytest.fixture(scope="module")
def server(serving):
    with serving(is_shipped=True) as address:
        yield address


@pytest.fixture(scope="module")
def folder():
    """Where the pictures go; at the end it gets a page to look through all that lie there."""
    FOLDER.mkdir(exist_ok=True)
    yield FOLDER
    write_index(kept(FOLDER), FOLDER)


@pytest.mark.parametrize(
    ("path", "language", "width", "scheme"), VIEWS, ids=["-".join(map(str, one)) for one in VIEWS]
)
def test_picture(page, settle, folder, path, language, width, scheme):
    errors = []
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.add_init_script(NOTE_SHIFTS)
    page.goto(f"/{path if path != FIRST else ''}?lang={language}")
    settle(page)
    page.wait_for_load_state("networkidle")
    height, overflow, shift = page.evaluate(MEASURE)
    page.set_viewport_size({"width": width, "height": max(height, 900)})
    settle(page)
    page.wait_for_load_state("networkidle")
    picture = Picture(path, language, width, scheme, height, overflow, shift, tuple(errors))
    page.screenshot(path=folder / f"{picture.name}.png")
    keep(picture, folder)
