"""Pictures of the guides in docs/: `make guides`, no part of the tests.

They are taken while each tour is walked, so that every picture shows what its step says.
"""

import io

import pytest
from PIL import Image

from dashboard.content.help import read_help
from scripts.guides import FOLDER, file_of, guide, picture_of
from tests.browser.conftest import TWO_FRAMES
from tests.browser.tour_walk import walk

COLOURS = 128
"""Of a picture in the documents: pages have few."""


@pytest.fixture(scope="module")
def server(serving):
    with serving(is_shipped=True) as address:
        yield address


@pytest.mark.parametrize("code", read_help().tours)
def test_pictures_of_a_guide(page, settle, code):
    FOLDER.mkdir(exist_ok=True)
    tour = read_help().tours[code]
    page.set_viewport_size({"width": 1280, "height": 800})
    for number, _step in walk(page, settle, tour, "ko"):
        page.wait_for_load_state("networkidle")
        page.evaluate(TWO_FRAMES)
        taken = Image.open(io.BytesIO(page.screenshot()))
        few = taken.convert("RGB").quantize(COLOURS)
        few.save(picture_of(code, number), optimize=True)
    file_of(code).write_text(guide(code, tour), "utf-8")
