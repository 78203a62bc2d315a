"""A chart on screen: drawn at once, and Plotly's from when it is touched."""

from functools import partial

import streamlit as st

from dashboard.content.document import ChartBlock, DotChart
from dashboard.i18n import gettext as _
from dashboard.render.screen.address import catch_up
from dashboard.render.screen.chart_picture import picture_config
from dashboard.render.screen.figures import first_picture, made_figure
from dashboard.render.screen.openings import follow_point, has_openings

_LIVE = "cr-live-charts"
"""Whether this reader touched a chart: until then no library of charts is fetched."""


def chart_view(block: ChartBlock | DotChart, key: str) -> None:
    """Draw a chart; what is behind its points opens where something is.

    The key is the chart's own on the page.
    """
    # Exact counts are not printed either: the style leaves them out on paper.
    is_exact = block.answer is not None and block.answer.is_exact
    with st.container(key=f"cr-chart-exact-{key}" if is_exact else f"cr-chart-{key}"):
        st.html(first_picture(block))
        if not st.session_state.get(_LIVE, False):
            return
        leads = has_openings(block, key)
        st.plotly_chart(
            made_figure(block),
            key=f"{key}-chart",
            alt=block.alt,
            config=picture_config(block),
            on_select=partial(follow_point, block, key, f"{key}-chart") if leads else "ignore",
            selection_mode="points",
        )


def wake_button() -> None:
    """Draw what makes the charts of a page Plotly's, which answers to pointing and choosing.

    It is pressed by `static/shell.js` when a chart is touched, and seen by nobody.
    """
    if not st.session_state.get(_LIVE, False):
        st.button(_("Make the charts live"), key="cr-wake", on_click=_wake)


def _wake() -> None:
    catch_up()  # a list that closes may leave the pointer over a chart
    st.session_state[_LIVE] = True
