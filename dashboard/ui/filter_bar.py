"""The filters of a page. They live in the URL: a link reproduces the view, and Back works."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.content.compare import beside
from dashboard.content.findings import NATION
from dashboard.content.links import Link
from dashboard.content.well_covered import latest_year, well_covered_year
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.render.screen.address import address, catch_up, write
from dashboard.render.screen.links import href
from dashboard.render.screen.paging import AT
from dashboard.render.screen.texts import Anchor, Words, draw_text
from dashboard.settings import settings
from dashboard.store.ask import Record

DEFAULT_REGION = settings().home_region
NO_COMPARISON = "none"
_NOTE = "weak cr-year-note"
_MOST_LETTERS = 80
"""Of words that are looked for."""
_OPENED = ("event", "agreement", "institution")
"""Parameters of the URL that open one of a list."""


@dataclass(frozen=True)
class View:
    """What the reader chose to look at."""

    region: str
    year: int
    compare: str | None
    is_default_year: bool
    """The year was not chosen: it is the best covered of the region's recent years; where three can
    be compared, of those in which all of them have patient figures."""
    latest: int | None
    """The latest year with patient figures for the same regions; None where no year has any."""
    third: str | None = None
    """A third region, on the page that compares three."""

    @property
    def regions(self) -> tuple[str, ...]:
        """The region and those beside it, in the order in which they were chosen."""
        return tuple(code for code in (self.region, self.compare, self.third) if code)


def view_asked(
    record: Record,
    *,
    with_third: bool = False,
    preferred_year: Callable[[str], int | None] | None = None,
) -> View:
    """What the address asks for, and what stands where it asks for nothing that there is.

    A page that has a preferred year for a region opens with it, else with the best covered; one
    that compares three regions, with one for which all of them have figures.
    """
    regions = _regions(record)
    region = from_url("region", regions, DEFAULT_REGION)
    years = record.ask("region_years", {"region": region}).rows
    all_years = [str(row["year"]) for row in years]
    others = _beside(regions, region)
    compare = from_url("compare", others, beside(region))
    third = from_url("third", others, NO_COMPARISON) if with_third else NO_COMPARISON
    known = years
    if with_third:
        with_patients = [row["year"] for row in years if row["has_patients"]]
        shared = years_of_all(record, with_patients, (compare, third))
        known = tuple(row for row in years if row["year"] in shared) or years
    preferred = preferred_year(region) if preferred_year is not None else None
    opening = preferred or well_covered_year(known) or all_years[0]
    return View(
        region=region,
        year=int(from_url("year", all_years, str(opening))),
        compare=None if compare == NO_COMPARISON else compare,
        is_default_year=address().get("year") not in all_years,
        latest=latest_year(known),
        third=None if third in (NO_COMPARISON, compare) else third,
    )


def filter_bar(
    record: Record,
    *,
    with_compare: bool = True,
    with_third: bool = False,
    preferred_year: Callable[[str], int | None] | None = None,
) -> View:
    """Draw region, year, comparison and a third region where asked, as `view_asked` reads them."""
    view = view_asked(record, with_third=with_third, preferred_year=preferred_year)
    regions = _regions(record)
    others = _beside(regions, view.region)
    years = [str(row["year"]) for row in record.ask("region_years", {"region": view.region}).rows]
    with filters_row():
        url_choice("region", _("Region"), regions, view.region, region_name)
        url_choice("year", _("Year"), years, str(view.year))
        compare = view.compare or NO_COMPARISON
        if with_compare:
            url_choice("compare", _("Compare with"), others, compare, region_name)
        if with_third:
            rest = [code for code in others if code == NO_COMPARISON or code != compare]
            third = view.third or NO_COMPARISON
            url_choice("third", _("Third region"), rest, third, region_name)
    return view


def _regions(record: Record) -> list[str]:
    return [row["region"] for row in record.ask("regions").rows]


def _beside(regions: Sequence[str], region: str) -> list[str]:
    """What can stand beside a region."""
    return [NO_COMPARISON, *(code for code in regions if code != region)]


def region_and_year(record: Record) -> dict[str, Any]:
    """Region, year and comparison, and a word on the year where it was not chosen."""
    view = filter_bar(record)
    note_default_year(view, (view.region,))
    return {"region": view.region, "year": view.year, "compare": view.compare}


def nothing_to_choose(_record: Record) -> dict[str, Any]:
    """The filters of a page that has none."""
    return {}


def note_default_year(view: View, regions: Sequence[str], remark: str = "") -> None:
    """Say why this year is shown where nobody chose it, and lead to the latest of these regions."""
    if view.latest is None:
        names = "·".join(label("region", code) for code in regions)
        sentence = _("No source prints patients of {region} for any year.")
        draw_text(sentence.format(region=names), _NOTE)
    elif view.is_default_year:
        words: list[Words] = [_("best covered of the recent years")]
        if view.year != view.latest:
            link = href(Link("", (("year", str(view.latest)),)))
            latest = Anchor(_("see the latest, {year}").format(year=view.latest), link)
            words += [" · ", latest]
        draw_text((*words, f" · {remark}" if remark else ""), _NOTE)


def note_other_region(shown: str) -> None:
    """Say so where the address names a region that cannot be chosen, and which is shown instead."""
    named = st.query_params.get("region", shown)
    if named == shown:
        return
    sentence = (
        _("{code} as a whole has no rank among its own regions. Picked out instead: {region}.")
        if named == NATION
        else _("The address names “{code}”, which is not in the record. Shown: {region}.")
    )
    name = label("region", named) if named == NATION else named
    draw_text(sentence.format(code=name, region=label("region", shown)), "box", role="status")


def filters_row(key: str = "cr-filters") -> DeltaGenerator:
    """The line in which filters stand, each with its name before it; a page's own has its key."""
    return st.container(horizontal=True, key=key, vertical_alignment="center")


def years_of_all(record: Record, years: list[int], regions: Sequence[str]) -> list[int]:
    """Those of the years for which each of the regions has patient figures too."""
    for region in regions:
        if region != NO_COMPARISON:
            rows = record.ask("region_years", {"region": region}).rows
            known = {row["year"] for row in rows if row["has_patients"]}
            years = [year for year in years if year in known]
    return years


def from_url(name: str, options: Sequence[str], default: str) -> str:
    """A parameter of the URL; the default where it is missing or no option."""
    value = address().get(name, default)
    return value if value in options else default


def url_choice(
    name: str,
    title: str,
    options: Sequence[str],
    default: str,
    names: Callable[[str], str] = str,
    width: int = 200,
) -> str:
    """A select box that follows the URL and writes into it.

    `name` is the parameter of the URL and key of the widget; the default is taken when the URL
    names none of the options. `names` gives a code's name for the reader; the width is in pixels,
    but in the line of filters a box is as wide as what is chosen.
    """
    value = from_url(name, options, default)
    st.session_state[name] = value
    st.selectbox(
        title,
        options,
        key=name,
        format_func=names,
        on_change=to_url,
        args=(name,),
        placeholder=_("Choose"),
        width=width,
    )
    return value


def text_in_url(name: str) -> str:
    """The words that a parameter of the URL has; empty where it has none."""
    return st.query_params.get(name, "")[:_MOST_LETTERS].strip()


def url_text(name: str, title: str, width: int = 190) -> str:
    """A field of words that follows the URL and writes into it; width in pixels."""
    written = text_in_url(name)
    st.session_state[name] = written
    st.text_input(
        title, key=name, max_chars=_MOST_LETTERS, on_change=to_url, args=(name,), width=width
    )
    return written


def to_url(name: str) -> None:
    """Write what was chosen in a widget into the parameter of its name; nothing takes it away."""
    chosen = st.session_state[name]
    written = ",".join(chosen) if isinstance(chosen, list) else str(chosen or "").strip()
    # Another choice is another list: it begins with its first page, and nothing of it is opened.
    catch_up()
    others = [one for one in address() if one.startswith(AT) or one in _OPENED]
    write({**dict.fromkeys(others), name: written or None})


def region_name(code: str) -> str:
    """Name of a region, or the words for no comparison."""
    return _("no comparison") if code == NO_COMPARISON else label("region", code)
