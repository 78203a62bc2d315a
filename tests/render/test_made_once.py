"""What is sent of a view is made once, and of each language, address and report its own."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.content.document import Cell, Dot, Series
from dashboard.i18n import speaking
from dashboard.render.screen.figures import made_figure, plotly_figure
from tests.render.figure_blocks import cell, days, lines

pytestmark = pytest.mark.usefixtures("english")

MINE = Series("Daegu", (cell(10), cell(20), cell(30)), True)


def test_a_chart_is_made_once_of_a_block_and_sent_as_plotly_has_it():
    block = lines(MINE)
    made = made_figure(block)
    assert made_figure(block) is made
    told = plotly_figure(block).update_traces(unselected={"marker": {"opacity": 1}})
    assert made.to_dict() == told.to_dict()


def test_a_block_that_only_equals_another_has_a_chart_of_its_own():
    """What stands behind it may be read by others: the exact counts of a region."""
    block = lines(MINE)
    assert made_figure(replace(block)) is not made_figure(block)


def test_the_words_of_a_point_are_of_the_language_in_which_it_is_seen():
    block = days(Dot("Congress", "2019-05-02", "d", Cell("310", 310, "contested")))
    english = made_figure(block).to_dict()["data"][0]["customdata"]
    with speaking("ko"):
        korean = made_figure(block).to_dict()["data"][0]["customdata"]
    assert english == [["d: 310 (contested)", 0]]
    assert korean[0][0].startswith("d: 310 (")
    assert korean != english


def _page() -> None:
    import streamlit as st

    from dashboard.content.document import Paragraph, Section
    from dashboard.content.links import Link
    from dashboard.content.report import Report, Stamp
    from dashboard.render.screen.page import report_view

    if "report" not in st.session_state:
        said = Paragraph("See the evidence", links=(("evidence", Link("", (("open", "1"),))),))
        stamp = Stamp("", "", 0, "", "en", "", "")
        sections = (Section("Findings", (said,)),)
        st.session_state["report"] = Report("kpi", "Title", "", sections, (), stamp)
    report_view(st.session_state["report"])


def test_a_view_is_written_again_for_another_address_alone(monkeypatch):
    from dashboard.render.screen import written

    rendered = []
    render = written.render
    monkeypatch.setattr(
        written, "render", lambda *names, **values: rendered.append(1) or render(*names, **values)
    )
    app = AppTest.from_function(_page)
    first = [one.proto.body for one in app.run(timeout=30).get("html")]
    assert not app.exception
    count = len(rendered)
    assert count
    assert [one.proto.body for one in app.run(timeout=30).get("html")] == first
    assert len(rendered) == count
    app.query_params["region"] = "KR-27"
    other = "".join(one.proto.body for one in app.run(timeout=30).get("html"))
    assert len(rendered) == 2 * count
    assert "region=KR-27" in other
    assert "region=KR-27" not in "".join(first)


def test_an_address_that_is_longer_than_any_is_written_anew_and_not_kept(monkeypatch):
    from dashboard.render.screen import written

    app = AppTest.from_function(_page)
    app.query_params["q"] = "a" * 1001
    app.run(timeout=30)
    kept = written._once.cache_info().currsize
    app.query_params["q"] = "b" * 1001
    app.run(timeout=30)
    assert not app.exception
    assert written._once.cache_info().currsize == kept
