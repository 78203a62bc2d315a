"""The guides in docs/ say what the tours of the help page say, and show every step."""

import pytest

from dashboard.content.help import read_help
from scripts.guides import FOLDER, file_of, guide, picture_of

TOURS = read_help().tours


@pytest.mark.parametrize("code", TOURS)
def test_a_guide_is_current(code):
    assert file_of(code).read_text("utf-8") == guide(code, TOURS[code]), "Run: make guides"


def test_every_step_has_its_picture_and_no_picture_is_left_over():
    expected = {
        picture_of(code, number).name
        for code, tour in TOURS.items()
        for number in range(1, len(tour.steps) + 1)
    }
    assert {path.name for path in FOLDER.glob("*.png")} == expected
