"""The strip of claims: stacks in order, none on another, and texts that can be read."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dashboard.render.screen.claim_strip import WIDTH, Value, lay_out
from dashboard.text_metrics import SCREEN_BOLD, text_width

NUMBERS = st.integers(0, 10**7)


def value(number, count=1, is_chosen=False):
    return Value(number, f"{number:,}", count, is_chosen)


def test_daegu_2015_stands_as_far_apart_as_its_values():
    marks = lay_out([value(12988, 4, True), value(13000), value(12000, 2), value(15000)])
    assert [(mark.text, mark.count) for mark in marks] == [
        ("12,000", 2), ("12,988", 4), ("13,000", 1), ("15,000", 1),
    ]  # fmt: skip
    # 352 of the 380 pixels lie between the middles of the outer dots: 14 + 352 × 988 / 3,000
    # = 129.9; 13,000 would stand at 131.3 and gives way by the 14 pixels of a dot.
    places = [mark.at * WIDTH / 100 for mark in marks]
    assert [round(place, 1) for place in places] == [14.0, 129.9, 143.9, 366.0]
    assert [mark.row for mark in marks] == [0, 0, 1, 0]


def test_one_value_stands_in_the_middle():
    (mark,) = lay_out([value(7, 3, True)])
    assert (mark.at, mark.label_at, mark.row) == (50, 50, 0)


@given(st.lists(NUMBERS, min_size=1, max_size=12, unique=True))
def test_nothing_overlaps_and_nothing_leaves_the_strip(numbers):
    marks = lay_out([value(number) for number in numbers])
    assert [mark.text for mark in marks] == [f"{number:,}" for number in sorted(numbers)]
    places = [mark.at * WIDTH / 100 for mark in marks]
    assert all(after - before >= 13.8 for before, after in pairwise(places))
    assert places[0] >= 6
    assert places[-1] <= WIDTH - 6
    for row in {mark.row for mark in marks}:
        spans = [
            (centre - half, centre + half)
            for mark in marks
            if mark.row == row
            for centre, half in [
                (mark.label_at * WIDTH / 100, text_width(mark.text, 12, SCREEN_BOLD) / 2)
            ]
        ]
        assert all(before[1] < after[0] for before, after in pairwise(spans))
        assert spans[0][0] >= -0.1
        assert spans[-1][1] <= WIDTH + 0.1
