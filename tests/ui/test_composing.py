"""The years around the one that is shown are composed while nobody waits, and no page for them."""

from threading import Event

import pytest

from dashboard.content.compose import draft
from dashboard.settings import settings
from dashboard.ui import composing
from dashboard.ui.composing import drawing, look_ahead

REGIONS = ("KR-27", "KR-11", "KR-26")
NEVER_S = 0.3
"""Long enough to compose what should not be: nothing is known of what does not happen."""


@pytest.fixture
def composed(process_settings, record_settings, monkeypatch):
    """The years of the views that were composed, in their order; two on either side are wanted."""
    monkeypatch.setenv("CLUSTER_REVIEW_LOOK_AHEAD_YEARS", "2")
    process_settings(record_settings)
    monkeypatch.setattr(composing, "_STILL_S", 0.01)
    composing._views.forget()
    years = []

    def noted(record, report, parameters, *others):
        years.append(parameters["year"])
        return draft(record, report, parameters, *others)

    monkeypatch.setattr(composing, "draft", noted)
    yield years
    composing._views.forget()


def through():
    if thread := composing._ahead._thread:
        thread.join(60)
        assert not thread.is_alive()


def shown(record, year):
    parameters = {"region": "KR-27", "year": year, "compare": "KR-30"}
    look_ahead(record, "kpi", parameters, frozenset())


def test_the_nearest_years_are_composed_first_and_once(record, composed):
    with composing.standing_at({"year": "2019"}):
        shown(record, 2019)
    through()
    assert sorted(composed) == [2017, 2018, 2020, 2021]
    assert set(composed[:2]) == {2018, 2020}
    with composing.standing_at({"year": "2020"}):
        shown(record, 2020)
    through()
    assert sorted(composed[4:]) == [2019, 2022]


def test_a_page_that_is_drawn_goes_first(record, composed):
    began = Event()

    def note(*_asked):
        began.set()
        raise OSError("the page says what is wrong")

    composing.draft = note
    with drawing(), composing.standing_at({}):
        shown(record, 2019)
        assert not began.wait(NEVER_S)
    assert began.wait(60)
    through()


def test_the_newest_page_is_looked_ahead_of_first(record, composed):
    with drawing(), composing.standing_at({}):
        shown(record, 2012)
        shown(record, 2019)
    through()
    assert composed.index(2018) < composed.index(2011)


def test_what_was_asked_for_is_not_forgotten_for_what_may_be(record, composed, monkeypatch):
    """Three views and four years around each; there is place for three, and two not asked for."""
    monkeypatch.setattr(composing, "_KEPT", 3)
    monkeypatch.setattr(composing, "_KEPT_AHEAD", 2)
    asked = [{"region": code, "year": 2019, "compare": None} for code in REGIONS]
    for parameters in asked:
        composing.composed(record, "kpi", parameters)
        with composing.standing_at({}):
            look_ahead(record, "kpi", parameters, frozenset())
        through()
    assert len(composed) == 15
    for parameters in asked:
        composing.composed(record, "kpi", parameters)
    assert len(composed) == 15
    assert len(composing._views._ahead) == 2


def test_what_was_composed_ahead_is_kept_once_it_was_asked_for(record, composed):
    with composing.standing_at({}):
        shown(record, 2019)
    through()
    composing.composed(record, "kpi", {"region": "KR-27", "year": 2018, "compare": "KR-30"})
    assert composed.count(2018) == 1
    assert [key[4] for key in composing._views._asked] == [
        (("compare", "KR-30"), ("region", "KR-27"), ("year", 2018))
    ]


def test_a_machine_that_has_other_work_composes_nothing_ahead(record, composed, monkeypatch):
    monkeypatch.setenv("CLUSTER_REVIEW_LOOK_AHEAD_YEARS", "0")
    settings.cache_clear()
    with composing.standing_at({}):
        shown(record, 2019)
    assert composing._ahead._thread is None
    assert composed == []
