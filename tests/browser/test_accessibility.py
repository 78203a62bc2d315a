"""WCAG 2.2 AA as far as a program can see it: axe finds nothing on any page."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.page_widths import ADDRESSES, MOST_SHIFT, NARROW, WIDE

SAMPLE = [("/", "en", "dark", WIDE), ("/review-room", "en", "dark", NARROW)]
"""Beside every page in Korean, which `test_page_language` looks at while it is open there."""
WHOLE = [
    (path, language, scheme, width)
    for path in ADDRESSES
    for language in ("ko", "en")
    for scheme in ("light", "dark")
    for width in (NARROW, 1024, WIDE)
]


def findings(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{finding['id']}: {node['target']} {node.get('failureSummary', '')}"
        for finding in found
        for node in finding["nodes"]
    ]


def check(page, visit, shifted, unfold_all, path, language, scheme, width):
    page.set_viewport_size({"width": width, "height": 1000})
    page.emulate_media(color_scheme=scheme)
    visit(f"{path}?region=KR-27&year=2020&lang={language}")
    assert shifted() < MOST_SHIFT
    assert findings(page) == []
    unfold_all()
    assert findings(page) == []


@pytest.mark.parametrize(("path", "language", "scheme", "width"), SAMPLE)
def test_pages_are_accessible(page, visit, shifted, unfold_all, path, language, scheme, width):
    check(page, visit, shifted, unfold_all, path, language, scheme, width)


@pytest.mark.long
@pytest.mark.parametrize(("path", "language", "scheme", "width"), WHOLE)
def test_every_view_is_accessible(page, visit, shifted, unfold_all, path, language, scheme, width):
    check(page, visit, shifted, unfold_all, path, language, scheme, width)
