"""The pages: the one list of what there is to read, in the order of the navigation.

Navigation, address, command line, exports, presenter and the tests over pages read it. A new page
is one function that composes it and one entry here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from dashboard.access import Action, Identity, may
from dashboard.content import deck
from dashboard.content.agreements import FILTERS, agreements_report, agreements_slides
from dashboard.content.centres import map_report
from dashboard.content.changes import changes_report, changes_slides
from dashboard.content.compare import comparison_report, comparison_slides
from dashboard.content.document import Section
from dashboard.content.event_list import events_report
from dashboard.content.funding_report import FILTERS as FUNDING_FILTERS
from dashboard.content.funding_report import funding_report
from dashboard.content.kpi import kpi_report
from dashboard.content.patients import patients_report
from dashboard.content.query_context import QueryContext
from dashboard.content.ranking import ranking_report
from dashboard.content.report import Report, Stamp
from dashboard.content.review import review_report
from dashboard.content.sources import sources_report, sources_slides
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import label

Parameters = Mapping[str, Any]
Compose = Callable[[QueryContext, Parameters, Stamp], Report]

PANEL = "panel"
"""The report of a judging round: scores are no part of the record, and whoever may see them brings
them along."""


KEEPING = "keeping"
"""Group of the pages on which it is kept who may do what: with who is signed in, not with those on
which one reads."""


@dataclass(frozen=True)
class Page:
    """A page, and the report it is as a file, a frozen view and slides."""

    path: str
    """Its address."""
    report: str
    """Its name on the command line and in editions."""
    title: Callable[[], str]
    """In the language of the moment."""
    group: str
    """Code of that under which it stands in the navigation."""
    needs: tuple[str, ...] = ()
    """Names of the parameters it cannot do without."""
    takes: tuple[str, ...] = ()
    """Names of those that may be left out."""
    compose: Compose | None = None
    """What it says; None for a page on which one only acts."""
    slides: deck.Slides | None = None
    """Its slides in a deck, where these are not simply its sections."""
    needs_action: Action | None = None
    """What one must be allowed to do to open it, of whatever region; None: whoever comes may."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of all its parameters."""
        return (*self.needs, *self.takes)

    def is_open_to(self, identity: Identity) -> bool:
        """Whether somebody may open it; what is in it is asked for once more where it is read."""
        return self.needs_action is None or may(identity, self.needs_action)


_ALL = (
    Page(
        "overview",
        "kpi",
        lambda: _("Overview"),
        "view",
        ("region", "year"),
        ("compare",),
        kpi_report,
        deck.overview_slides,
    ),
    Page(
        "patients",
        "patients",
        lambda: _("Patients"),
        "view",
        ("region", "year"),
        ("base",),
        patients_report,
        deck.patients_slides,
    ),
    Page(
        "events",
        "events",
        lambda: _("Events"),
        "view",
        (),
        ("region", "year", "event_type", "country", "text", "reporting", "event"),
        events_report,
        deck.events_slides,
    ),
    Page(
        "agreements",
        "agreements",
        lambda: _("Agreements"),
        "view",
        takes=(*FILTERS, "agreement", "institution"),
        compose=agreements_report,
        slides=agreements_slides,
    ),
    Page(
        "funding",
        "funding",
        lambda: _("Funding"),
        "view",
        (),
        FUNDING_FILTERS,
        funding_report,
        deck.funding_slides,
    ),
    Page(
        "rankings",
        "ranking",
        lambda: _("Rankings"),
        "view",
        ("metric", "year"),
        ("region", "base", "first_year"),
        ranking_report,
        deck.rankings_slides,
    ),
    Page(
        "compare",
        "compare",
        lambda: _("Compare"),
        "view",
        ("region", "year"),
        ("compare", "third", "metric"),
        comparison_report,
        comparison_slides,
    ),
    Page(
        "map",
        "map",
        lambda: _("Map"),
        "view",
        ("region", "year"),
        ("country",),
        map_report,
        deck.map_slides,
    ),
    Page(
        "review-summary",
        "review",
        lambda: _("Review summary"),
        "judging",
        ("region", "year"),
        (),
        review_report,
        deck.review_slides,
    ),
    Page("review-room", PANEL, lambda: _("Review room"), "judging"),
    Page(
        "sources",
        "sources",
        lambda: _("Sources"),
        "data",
        takes=("metric",),
        compose=sources_report,
        slides=sources_slides,
    ),
    Page(
        "handing-in",
        "handing-in",
        lambda: _("Hand in figures"),
        "data",
        needs_action=Action.HAND_IN,
    ),
    Page(
        "changes",
        "changes",
        lambda: _("Changes"),
        "data",
        takes=("old", "new"),
        compose=changes_report,
        slides=changes_slides,
    ),
    Page(
        "present",
        "deck",
        lambda: _("Present"),
        "presenting",
        ("region", "year"),
        ("first_year", "pages", *deck.COVER),
        lambda context, asked, stamp: deck.deck_report(
            context,
            asked,
            stamp,
            map(slides_of, deck_pages(asked.get("pages"))),
        ),
    ),
    Page(
        "accounts",
        "accounts",
        lambda: _("Accounts"),
        KEEPING,
        needs_action=Action.MANAGE_ACCOUNTS,
    ),
    Page(
        "access-log",
        "access-log",
        lambda: _("Log of access"),
        KEEPING,
        needs_action=Action.READ_ACCESS_LOG,
    ),
    Page("help", "help", lambda: _("Help"), "help"),
)

PAGES: dict[str, Page] = {page.path: page for page in _ALL}
"""Every page by its address."""
HELP = _ALL[-1].path
"""The page of the tours."""
FIRST = _ALL[0].path
"""The page that opens without an address."""


def open_pages(identity: Identity) -> list[Page]:
    """The pages that somebody may open, in the order of the navigation."""
    return [page for page in PAGES.values() if page.is_open_to(identity)]


def reports() -> dict[str, Page]:
    """Every page that can be composed from the record alone, by the name of its report."""
    return {page.report: page for page in PAGES.values() if page.compose is not None}


def report_title(report: str) -> str:
    """What a report is called: as its page, or of a judging round as its kind."""
    page = reports().get(report)
    return page.title() if page else label("report", report)


def deck_pages(names: Sequence[str] | None = None) -> list[Page]:
    """The pages of a deck, in the order of the navigation.

    Args:
        names: addresses or names of reports; None takes every page that can be a slide.

    Raises:
        UsageError: no page that can be a slide has this name.
    """
    possible = [page for page in PAGES.values() if page.slides or _has_sections_for(page)]
    if names is None:
        return possible
    known = {name for page in possible for name in (page.path, page.report)}
    unknown = sorted(set(names) - known)
    if unknown:
        raise UsageError(
            "There is no such page",
            f"{', '.join(unknown)} was asked for.",
            f"Pages: {', '.join(page.path for page in possible)}.",
        )
    return [page for page in possible if {page.path, page.report} & set(names)]


def slides_of(page: Page) -> deck.Slides:
    """What makes the slides of a page: its own, or its sections but the folded ones."""
    return page.slides or partial(_sections, page)


def _has_sections_for(page: Page) -> bool:
    """Whether a region and a year are all it needs; a deck is no slide of a deck."""
    is_deck = "pages" in page.takes
    return page.compose is not None and not is_deck and {*page.needs} <= {"region", "year"}


def _sections(
    page: Page, context: QueryContext, region: str, year: int, _first: int | None
) -> list[Section]:
    asked = {"region": region, "year": year}
    given = {name: value for name, value in asked.items() if name in page.parameters}
    composed = composer_of(page)(context, given, Stamp("", "", 0, "", "", "", ""))
    return [section for section in composed.sections if not section.is_folded]


def composer_of(page: Page) -> Compose:
    """What composes a page.

    Raises:
        LookupError: one on which one only acts.
    """
    if page.compose is None:
        raise LookupError(page.path)
    return page.compose
