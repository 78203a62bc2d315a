"""A deck: what its cover says, and slides only of what is known."""

import pytest

from dashboard.content.compose import draft
from dashboard.content.document import KeyFigures, Paragraph
from dashboard.errors import UsageError
from dashboard.render.slide_choice import on_stage

DAEGU, SEJONG = "KR-27", "KR-50"


def test_slides_without_figures_are_left_out_and_named(record):
    """Of Sejong the record has no patients, award, event, centre or review in any year."""
    deck, left_out = on_stage(draft(record, "deck", {"region": SEJONG, "year": 2019}, "en"))
    assert {
        "No event of this region and year is in the record.",
        "No award of this region is in the record.",
        "Programme, stages and announced result: "
        "The record has no cluster review of Sejong in 2019.",
        "Events held no data",
    } <= {*left_out}
    figures = [
        figure for block in deck.blocks if isinstance(block, KeyFigures) for figure in block.figures
    ]
    assert figures
    assert all(figure.cell.evidence != "no data" for figure in figures)
    assert not any(
        all(isinstance(block, Paragraph) and not block.source_ids for block in section.blocks)
        for section in deck.sections
    )


def test_of_a_region_of_which_everything_is_known_only_the_first_delivery_is_left_out(record):
    deck = draft(record, "deck", {"region": DAEGU, "year": 2019}, "en")
    shown, (left_out,) = on_stage(deck)
    assert left_out.startswith("One delivery so far: ")
    assert shown.sections == deck.sections[:-1]


def test_the_place_of_a_region_fills_a_slide_with_its_proof(record):
    slides = draft(record, "deck", {"region": DAEGU, "year": 2019, "pages": "rankings"}, "en")
    place, chart = slides.sections
    (figure,) = place.blocks[0].figures
    assert figure.cell.value == 3
    assert any("31,183" in one.text for one in place.blocks[1:])
    assert len(chart.blocks) == 1


def test_the_cover_says_occasion_and_has_the_centres_of_the_year(record):
    asked = {
        "region": DAEGU,
        "year": 2019,
        "pages": "overview",
        "title": "Why Daegu",
        "organiser": "City of Daegu",
        "place": "EXCO",
        "date": "2026-11-28",
    }
    deck = draft(record, "deck", asked, "en")
    assert deck.title == "Why Daegu"
    assert deck.cover.occasion == "City of Daegu · EXCO · Nov 28, 2026"
    assert deck.cover.emblem == b""
    # Daegu lies at 35.87 N, 128.60 E; Almaty, where it has a centre, at 43.2 N, 76.9 E.
    assert (round(deck.cover.home.lat, 1), round(deck.cover.home.lon, 1)) == (35.9, 128.6)
    assert (43, 77) in {(round(one.lat), round(one.lon)) for one in deck.cover.centres}


@pytest.mark.parametrize(
    ("name", "value"), [("date", "28 November"), ("emblem", "0123456789abcdef")]
)
def test_a_cover_that_cannot_be_made_is_refused(record, name, value):
    with pytest.raises(UsageError):
        draft(record, "deck", {"region": DAEGU, "year": 2019, name: value}, "en")
