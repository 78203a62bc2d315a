"""Which page is opened how wide: two tests open every page, and between them see both widths."""

from dashboard.content.pages import FIRST, PAGES

WIDE, NARROW = 1440, 390
ADDRESSES = [f"/{path}" if path != FIRST else "/" for path in PAGES]
ONE_WIDTH_EACH = [(path, (WIDE, NARROW)[place % 2]) for place, path in enumerate(ADDRESSES)]
OTHER_WIDTH_EACH = [(path, WIDE + NARROW - width) for path, width in ONE_WIDTH_EACH]
MOST_SHIFT = 0.1
"""Above it a page is felt to jump (Web Vitals, cumulative layout shift)."""
