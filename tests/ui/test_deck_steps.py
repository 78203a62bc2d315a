"""A presenter who presses faster than a slide is drawn still goes as far as she pressed."""

import pytest
from streamlit.testing.v1 import AppTest


def _pressed(steps: list[int]) -> None:
    from dashboard.ui.presenting.deck import step

    for one in steps:  # five slides, none drawn in between
        step(one, 5)


@pytest.mark.parametrize(
    ("start", "steps", "end"),
    [("1", [1, 1], "3"), ("3", [-1, -1, -1], "1"), ("4", [1, 1], "5"), ("2", [5, -1], "4")],
)
def test_keys_pressed_before_the_slide_is_drawn_all_count(start, steps, end):
    app = AppTest.from_function(_pressed, args=(steps,))
    app.query_params["slide"] = start
    app.run(timeout=30)
    assert not app.exception
    assert app.query_params["slide"] in (end, [end])
