"""What the help page says is whole: views that exist, marks and metrics with their meaning."""

from dashboard.content.help import read_help
from dashboard.content.pages import PAGES
from dashboard.i18n.evidence import EVIDENCE_MARKS, mark_meanings

FREE = {"evidence", "lang"}
"""Parameters of every page."""


def test_every_step_opens_a_page_with_parameters_that_it_takes():
    steps = [step for tour in read_help().tours.values() for step in tour.steps if step.at]
    assert len(steps) >= 10
    for step in steps:
        page = PAGES[step.at["page"]]
        assert {*step.at} - {"page", "region", "year", "compare"} <= {*page.parameters} | FREE


def test_a_tour_begins_with_a_view_and_has_few_steps():
    for tour in read_help().tours.values():
        assert tour.steps[0].at
        assert 3 <= len(tour.steps) <= 6


def test_every_mark_has_a_meaning():
    assert list(mark_meanings()) == list(EVIDENCE_MARKS)
