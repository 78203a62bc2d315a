"""What stands in the document before the page is drawn: the bar, and what the page begins with.

A browser shows it while it fetches and starts what draws the page. It is what anybody sees at the
address, and is composed for the page anyhow; whoever may be somebody else gets gray places.
"""

import asyncio
import re
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache, partial
from itertools import takewhile
from typing import Any

from starlette.requests import Request
from streamlit.web.server.server_util import AUTH_COOKIE_NAME

from dashboard.content.pages import FIRST, PAGES, Page
from dashboard.content.report import Report
from dashboard.i18n import LANGUAGES, language, speaking
from dashboard.i18n import gettext as _
from dashboard.render.screen.address import standing_at
from dashboard.render.screen.folds import OPEN
from dashboard.render.screen.html import Html, render
from dashboard.render.screen.table_order import SORT
from dashboard.render.screen.written import written_report
from dashboard.settings import settings
from dashboard.store.ask import Record, open_record
from dashboard.store.refusal import read_refusal
from dashboard.ui.composing import (
    compose_later,
    composed,
    is_composed,
    is_drawing,
    left_to_the_page,
)
from dashboard.ui.filter_bar import NO_COMPARISON, region_and_year, view_asked
from dashboard.ui.noting import exact_regions
from dashboard.ui.page_header import titles_by_group
from dashboard.ui.reader import SESSION_COOKIE, Credentials, reader_of
from dashboard.ui.record_in_view import EDITION
from dashboard.ui.screens import SCREENS, Screen

_LONGEST_WAIT_S = 0.15
"""What is composed no faster is not waited for: the page has it as soon."""
_VIEW = frozenset({"region", "year", "compare", "lang"})
"""Parameters of the addresses that have more than the bar."""
_LONGEST_CODE, _LONGEST_NAMES = 16, 80
_NAMES = re.compile(r' (?:id|for|aria-[a-z]+by)="[^"]*"')
"""Of elements, which those of the page have, too."""
_composing = threading.Lock()
"""However many documents are asked for, one is composed at a time."""


async def first_sight(request: Request, path: str, code: str) -> str:
    """The HTML of it.

    Args:
        request: for the document.
        path: of the page, below that of the product.
        code: the language.
    """
    parameters = dict(request.query_params)
    if EDITION in parameters:
        return ""  # a deck has no bar
    begun: list[str] = []
    named = path.strip("/") or FIRST
    if _may_begin(named, parameters) and _is_anybody(request):
        composing = asyncio.to_thread(_begun, named, parameters, code)
        with suppress(TimeoutError):
            begun = await asyncio.wait_for(composing, _LONGEST_WAIT_S)
    product, groups = _bar(code)
    with speaking(code):
        return render("first.html", product=product, groups=groups, begun=begun)


def compose_first() -> None:
    """Compose what a server that starts is asked for first: the first page, in every language."""
    compose_later([partial(_begun, FIRST, {"lang": code}, code) for code in LANGUAGES])


def _may_begin(path: str, parameters: Mapping[str, str]) -> bool:
    """Whether the address is one of a page that begins with what is only read."""
    if path not in PAGES or PAGES[path].compose is None:
        return False
    is_view = all(_is_of_view(name, text) for name, text in parameters.items())
    return is_view and SCREENS.get(path, Screen()).filters is region_and_year


def _is_of_view(name: str, text: str) -> bool:
    """Whether a parameter says what is seen, and in which order, and no more than a page writes."""
    if name == OPEN or name.startswith(SORT):
        return len(name) + len(text) <= _LONGEST_NAMES
    return name in _VIEW and len(text) <= _LONGEST_CODE


def _is_anybody(request: Request) -> bool:
    """Whether a browser shows nothing by which it may be known as somebody."""
    shown = (SESSION_COOKIE, AUTH_COOKIE_NAME)
    return settings().proxy_header not in request.headers and not any(
        name.startswith(shown) for name in request.cookies
    )


def _begun(path: str, parameters: Mapping[str, str], code: str) -> list[str]:
    """What anybody's page begins with, up to its first chart; nothing where that is not to be told.

    What keeps it from being composed is said by the page.
    """
    with left_to_the_page(), speaking(code), standing_at(parameters):
        page, screen = PAGES[path], SCREENS.get(path, Screen())
        identity = reader_of(Credentials(None)).identity
        if not page.is_open_to(identity) or read_refusal(settings()) is not None:
            return []
        record = open_record(settings()).read_by(identity)
        view = view_asked(record)
        found = {
            "region": view.region,
            "year": str(view.year),
            "compare": view.compare or NO_COMPARISON,
            "lang": language(),
        }
        if any(parameters.get(name, text) != text for name, text in found.items()):
            return []  # the page says first what it shows instead
        asked = {"region": view.region, "year": view.year, "compare": view.compare}
        report = _report(record, page, {name: asked[name] for name in page.parameters})
        if report is None or exact_regions(report):
            return []  # whoever sees exact counts is noted
        written = written_report(report, frozenset(screen.parts))
        read = takewhile(lambda part: isinstance(part, Html), written)
        return [_NAMES.sub("", str(part)) for part in read]
    return []


def _report(record: Record, page: Page, asked: Mapping[str, Any]) -> Report | None:
    """What a page says; None where it would have to be composed while somebody waits for a page."""
    if is_composed(record, page.report, asked):
        return composed(record, page.report, asked)
    if is_drawing() or not _composing.acquire(blocking=False):
        return None
    try:
        return composed(record, page.report, asked)
    finally:
        _composing.release()


@lru_cache(maxsize=len(LANGUAGES))
def _bar(code: str) -> tuple[str, list[tuple[str, list[str]]]]:
    """The name of the product, and of the pages by group."""
    with speaking(code):
        return _("Cluster Review"), titles_by_group()
