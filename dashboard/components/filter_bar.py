"""The filters of a page. They live in the URL: a link reproduces the view, and Back works."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.store.ask import Record

DEFAULT_REGION = "KR-27"
DEFAULT_COMPARISON = {"KR-27": "KR-30"}
"""Daegu stands beside Daejeon, every other region beside Daegu, unless the reader chooses."""
NO_COMPARISON = "none"


@dataclass(frozen=True)
class View:
    """What the reader chose to look at."""

    region: str
    year: int
    compare: str | None
    is_default_year: bool
    """The year was not chosen: it is the latest with patient figures for the region."""
    has_figures: bool
    """The record has patient figures for the region in any year."""


def filter_bar(record: Record) -> View:
    """Draw region, year and comparison, and read them from the URL.

    A value in the URL that does not exist falls back to the default.
    """
    regions = [row["region"] for row in record.ask("regions").rows]
    region = _from_url("region", regions, DEFAULT_REGION)
    years = record.ask("region_years", {"region": region}).rows
    with_figures = [row["year"] for row in years if row["has_patients"]]
    all_years = [str(row["year"]) for row in years]
    latest = str(with_figures[0]) if with_figures else all_years[0]
    year = _from_url("year", all_years, latest)
    others = [NO_COMPARISON, *(code for code in regions if code != region)]
    compare = _from_url("compare", others, DEFAULT_COMPARISON.get(region, DEFAULT_REGION))
    with st.container(horizontal=True, key="cr-filters", vertical_alignment="bottom"):
        _choice("region", _("Region"), regions, region, _region_name)
        _choice("year", _("Year"), all_years, year, str)
        _choice("compare", _("Compare with"), others, compare, _comparison_name)
    return View(
        region=region,
        year=int(year),
        compare=None if compare == NO_COMPARISON else compare,
        is_default_year=st.query_params.get("year") not in all_years,
        has_figures=bool(with_figures),
    )


def _from_url(name: str, options: list[str], default: str) -> str:
    value = st.query_params.get(name, default)
    return value if value in options else default


def _choice(
    name: str, title: str, options: list[str], value: str, names: Callable[[str], str]
) -> None:
    """A select box that follows the URL and writes into it."""
    st.session_state[name] = value
    st.selectbox(
        title,
        options,
        key=name,
        format_func=names,
        on_change=_to_url,
        args=(name,),
        width=200,
    )


def _to_url(name: str) -> None:
    st.query_params[name] = st.session_state[name]


def _region_name(code: str) -> str:
    return label("region", code)


def _comparison_name(code: str) -> str:
    return _("no comparison") if code == NO_COMPARISON else label("region", code)
