"""What stands in the document before the page is drawn: the bar, and what the page begins with.

A browser shows it while it fetches and starts what draws the page. It is what anybody sees at the
address, and is composed for the page anyhow; whoever may be somebody else gets gray places.
"""

import asyncio
import re
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import takewhile

from starlette.requests import Request
from streamlit.web.server.server_util import AUTH_COOKIE_NAME

from dashboard.content.pages import FIRST, PAGES
from dashboard.i18n import LANGUAGES, language, speaking
from dashboard.i18n import gettext as _
from dashboard.render.screen.address import standing_at
from dashboard.render.screen.html import Html, render
from dashboard.render.screen.written import written_report
from dashboard.settings import settings
from dashboard.store.ask import open_record
from dashboard.store.refusal import read_refusal
from dashboard.ui.composing import composed
from dashboard.ui.filter_bar import region_and_year, view_asked
from dashboard.ui.noting import exact_regions
from dashboard.ui.page_header import titles_by_group
from dashboard.ui.reader import SESSION_COOKIE, Credentials, reader_of
from dashboard.ui.record_in_view import EDITION
from dashboard.ui.screens import SCREENS, Screen

_LONGEST_WAIT_S = 0.15
"""What is composed no faster is not waited for: the page has it as soon."""
_VIEW = frozenset({"region", "year", "compare", "lang"})
"""Parameters of the addresses that have more than the bar."""
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
    if parameters.keys() <= _VIEW and _is_anybody(request):
        composing = asyncio.to_thread(_begun, path, parameters, code)
        with suppress(TimeoutError):
            begun = await asyncio.wait_for(composing, _LONGEST_WAIT_S)
    product, groups = _bar(code)
    with speaking(code):
        return render("first.html", product=product, groups=groups, begun=begun)


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
    if not _composing.acquire(timeout=_LONGEST_WAIT_S):
        return []  # nobody waits for it any more
    try:
        with suppress(Exception), speaking(code), standing_at(parameters):
            return _written(path.strip("/") or FIRST, parameters)
    finally:
        _composing.release()
    return []


def _written(path: str, parameters: Mapping[str, str]) -> list[str]:
    page, screen = PAGES.get(path), SCREENS.get(path, Screen())
    identity = reader_of(Credentials(None)).identity
    if page is None or page.compose is None or screen.filters is not region_and_year:
        return []
    if not page.is_open_to(identity) or read_refusal(settings()) is not None:
        return []
    record = open_record(settings()).read_by(identity)
    view = view_asked(record)
    found = {"region": view.region, "year": str(view.year), "lang": language()}
    if any(parameters.get(name, text) != text for name, text in found.items()):
        return []  # the page says first what it shows instead
    asked = {"region": view.region, "year": view.year, "compare": view.compare}
    report = composed(record, page.report, {name: asked[name] for name in page.parameters})
    if exact_regions(report):
        return []  # whoever sees them is noted
    written = written_report(report, frozenset(screen.parts))
    read = takewhile(lambda part: isinstance(part, Html), written)
    return [_NAMES.sub("", str(part)) for part in read]


@lru_cache(maxsize=len(LANGUAGES))
def _bar(code: str) -> tuple[str, list[tuple[str, list[str]]]]:
    """The name of the product, and of the pages by group."""
    with speaking(code):
        return _("Cluster Review"), titles_by_group()
