"""Which page is opened how wide: the sample of every run; long tests see all widths."""

from dashboard.content.pages import FIRST, PAGES

WIDE, NARROW = 1440, 390
ADDRESSES = [f"/{path}" if path != FIRST else "/" for path in PAGES]
ONE_WIDTH_EACH = [(path, (WIDE, NARROW)[place % 2]) for place, path in enumerate(ADDRESSES)]
MOST_SHIFT = 0.1
"""Above it a page is felt to jump (Web Vitals, cumulative layout shift)."""
