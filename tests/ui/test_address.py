"""What was chosen stays chosen where a browser asks with the address of before it."""

import pytest
from streamlit.testing.v1 import AppTest

BEFORE = {"region": "KR-27", "year": "2018"}
KEYS = ("region", "year")


def _page() -> None:
    import streamlit as st

    from dashboard.render.screen.address import arrive
    from dashboard.render.screen.chart_view import wake_button
    from dashboard.ui.filter_bar import url_choice

    arrive()
    shown = (
        url_choice("region", "Region", ["KR-27", "KR-30"], "KR-27"),
        url_choice("year", "Year", ["2018", "2019", "2020"], "2020"),
    )
    st.markdown(" ".join(shown))
    wake_button()


@pytest.fixture
def app():
    app = AppTest.from_function(_page)
    stand_at(app, BEFORE)
    return run(app)


def stand_at(app, address):
    app.query_params.clear()
    app.query_params.update(address)


def run(asked):
    """Of the page, or of a widget in which something was done."""
    app = asked.run(timeout=30)
    assert not app.exception
    return app


def shown(app):
    """What the page shows, and where it stands."""
    return app.markdown[0].value, tuple("".join(app.query_params[key]) for key in KEYS)


def choose(app, key, value):
    return app.selectbox(key=key).select(value)


def test_a_chart_that_is_touched_in_the_same_moment_takes_no_year_back(app):
    """A list that closes leaves the pointer over a chart, and that asks 30 ms later."""
    run(choose(app, "year", "2019"))
    assert shown(app) == ("KR-27 2019", ("KR-27", "2019"))
    stand_at(app, BEFORE)
    run(app.button(key="cr-wake").click())
    assert shown(app) == ("KR-27 2019", ("KR-27", "2019"))


def test_of_two_choices_in_one_moment_both_count(app):
    run(choose(app, "year", "2019"))
    stand_at(app, BEFORE)
    run(choose(app, "region", "KR-30"))
    assert shown(app) == ("KR-30 2019", ("KR-30", "2019"))
    stand_at(app, BEFORE)  # and it has neither of both yet
    run(app.button(key="cr-wake").click())
    assert shown(app) == ("KR-30 2019", ("KR-30", "2019"))


def test_back_leads_back_and_what_was_chosen_before_does_not_return(app):
    run(choose(app, "year", "2019"))
    stand_at(app, BEFORE)
    run(app)
    assert shown(app) == ("KR-27 2018", ("KR-27", "2018"))
    run(app.button(key="cr-wake").click())
    assert shown(app) == ("KR-27 2018", ("KR-27", "2018"))
    run(choose(app, "region", "KR-30"))
    assert shown(app) == ("KR-30 2018", ("KR-30", "2018"))


def test_a_link_to_elsewhere_leads_there(app):
    run(choose(app, "year", "2019"))
    stand_at(app, {"region": "KR-30", "year": "2020"})
    run(app)
    run(choose(app, "year", "2018"))
    assert shown(app) == ("KR-30 2018", ("KR-30", "2018"))
