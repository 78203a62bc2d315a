"""Which sections of a report stand side by side, by their numbers."""

import pytest

from dashboard.content.document import Paragraph, Section
from dashboard.render.screen.halves import side_by_side
from tests.render.sample_blocks import BLOCKS

WIDE = Section("", (BLOCKS["line"],))
DRAWN = Section("", (BLOCKS["line"],), is_half=True)
SAID = Section("", (Paragraph("There is none."),), is_half=True)


@pytest.mark.parametrize(
    ("sections", "numbers"),
    [
        ((WIDE, DRAWN, DRAWN, DRAWN), [[[1]], [[2], [3]], [[4]]]),
        # A sentence leaves room below it: for further sentences, and for one drawing.
        ((DRAWN, SAID, SAID, DRAWN, DRAWN), [[[1], [2, 3, 4]], [[5]]]),
        ((SAID, DRAWN, WIDE, SAID), [[[1], [2]], [[3]], [[4]]]),
    ],
)
def test_halves_that_follow_each_other(sections, numbers):
    rows = side_by_side(sections)
    assert [[[number for number, _one in column] for column in row] for row in rows] == numbers
