"""The filters of a page and what one does with it fit the window, in one line or in several."""

import pytest

LIES_ON_ANOTHER = """() => {
    const line = document.querySelector(".st-key-cr-view");
    const parts = ".stSelectbox, .cr-legend-button, .st-key-cr-export button, .cr-copy";
    const boxes = [...line.querySelectorAll(parts)]
        .map(one => one.getBoundingClientRect())
        .filter(box => box.width);
    const shared = (a, b, from, to) => Math.min(a[to], b[to]) - Math.max(a[from], b[from]);
    return boxes.some((one, place) => boxes.slice(0, place).some(other =>
        shared(one, other, "left", "right") > 1 && shared(one, other, "top", "bottom") > 1));
}"""
HIDDEN = """() => {
    const line = document.querySelector(".st-key-cr-view");
    return [line.scrollWidth - line.clientWidth, line.scrollHeight - line.clientHeight];
}"""

CUT = """() => [...document.querySelectorAll(".st-key-cr-view .cr-legend-button")]
    .filter(one => one.scrollWidth > one.clientWidth + 1).length"""


@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.long)])
@pytest.mark.parametrize("address", ["/agreements", "/compare", "/", "/rankings"])
def test_nothing_of_the_line_scrolls_or_lies_on_another(page, visit, settle, address, language):
    """In English the last filter of the comparison lay under the button that copies the link."""
    visit(f"{address}?region=KR-27&lang={language}")
    for width in (1440, 1280, 1000, 768):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        assert page.evaluate(HIDDEN) == [0, 0], width
        assert not page.evaluate(LIES_ON_ANOTHER), width
        assert page.evaluate(CUT) == 0, width
