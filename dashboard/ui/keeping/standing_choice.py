"""The choice of a role, and of the region of one that has it."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.access import NATION, OF_REGION, Role
from dashboard.i18n import label
from dashboard.identity.claims import Standing
from dashboard.settings import settings
from dashboard.ui.signing_in import region_text


def choose_standing(
    key: str, titles: tuple[str, str], roles: Sequence[Role], regions: Sequence[str]
) -> None:
    """Draw it; the home region is chosen at first.

    Args:
        key: tells this choice from others.
        titles: of the role and of the region.
        roles: to choose from.
        regions: likewise; the ministry stands behind them.
    """
    role = st.selectbox(
        titles[0],
        roles,
        key=f"{key}-role",
        format_func=partial(label, "access_role"),
        width=220,
    )
    if role not in OF_REGION:
        return
    own = [code for code in regions if code != NATION]
    if settings().home_region in own:
        st.session_state.setdefault(f"{key}-region", settings().home_region)
    st.selectbox(titles[1], [*own, NATION], key=f"{key}-region", format_func=region_text, width=200)


def chosen_standing(key: str) -> Standing:
    """What was chosen (for callbacks)."""
    role = st.session_state[f"{key}-role"]
    return Standing(role, st.session_state[f"{key}-region"] if role in OF_REGION else None)


def fill_standing(key: str, standing: Standing) -> None:
    """Choose what somebody is already (for callbacks)."""
    st.session_state[f"{key}-role"] = standing.role
    if standing.region:
        st.session_state[f"{key}-region"] = standing.region
