"""What pages say: composed once a view, and ahead while nothing else is done."""

import logging
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from dashboard.content.compose import draft
from dashboard.content.report import Report
from dashboard.errors import ClusterReviewError
from dashboard.i18n import language, speaking
from dashboard.render.screen.address import address, standing_at
from dashboard.render.screen.page import make_ahead
from dashboard.settings import settings
from dashboard.store.answer import Build
from dashboard.store.ask import Record, open_record

_log = logging.getLogger(__name__)
_KEPT, _KEPT_AHEAD = 128, 32
"""As many views stay composed: to open what is behind a figure composes nothing anew. Those that
nobody asked for yet take the place of no other."""
_STILL_S = 0.25
"""So long no page must have been drawn before one is composed ahead."""
_MOST_WANTED = 64
"""Views that wait to be composed ahead; the newest are first."""

_Key: TypeAlias = tuple[Path, Build, frozenset[str], str, tuple[tuple[str, Any], ...], str]
"""Workspace, build, regions that are exact, report, its parameters, language."""


class _View:
    """What a page says to some readers, composed when it is asked for first."""

    def __init__(self, key: _Key) -> None:
        self._key = key
        self._report: Report | None = None
        self._lock = threading.Lock()

    def composed(self) -> Report:
        with self._lock:
            if self._report is None:
                _workspace, build, exact_regions, report, parameters, code = self._key
                record = open_record(settings()).at(build).exact_for(exact_regions)
                self._report = draft(record, report, dict(parameters), code, build)
            return self._report

    @property
    def is_composed(self) -> bool:
        return self._report is not None


class _Views:
    """The views that are kept, those that were asked for and those that may be."""

    def __init__(self) -> None:
        self._asked: OrderedDict[_Key, _View] = OrderedDict()
        self._ahead: OrderedDict[_Key, _View] = OrderedDict()
        self._lock = threading.Lock()

    def asked(self, key: _Key) -> _View:
        with self._lock:
            view = self._asked.pop(key, None) or self._ahead.pop(key, None) or _View(key)
            _keep(self._asked, key, view, _KEPT)
            return view

    def ahead(self, key: _Key) -> _View:
        with self._lock:
            if key in self._asked:
                return self._asked[key]
            view = self._ahead.pop(key, None) or _View(key)
            _keep(self._ahead, key, view, _KEPT_AHEAD)
            return view

    def is_composed(self, key: _Key) -> bool:
        with self._lock:
            view = self._asked.get(key) or self._ahead.get(key)
            return view is not None and view.is_composed

    def forget(self) -> None:
        with self._lock:
            self._asked.clear()
            self._ahead.clear()


def _keep(views: OrderedDict[_Key, _View], key: _Key, view: _View, most: int) -> None:
    """Keep a view as the one that was asked for last."""
    views[key] = view
    if len(views) > most:
        views.popitem(last=False)


_views = _Views()


@contextmanager
def left_to_the_page() -> Iterator[None]:
    """What goes wrong before a page is drawn is said by the page; here it is logged at most."""
    try:
        yield
    except ClusterReviewError:
        pass
    except Exception:
        _log.warning("A view could not be composed ahead", exc_info=True)


def composed(record: Record, report: str, parameters: Mapping[str, Any]) -> Report:
    """What a page says; the same view is composed once, whoever asks for it meanwhile."""
    return _views.asked(_key(record, report, parameters)).composed()


def is_composed(record: Record, report: str, parameters: Mapping[str, Any]) -> bool:
    """Whether a page need only be taken."""
    return _views.is_composed(_key(record, report, parameters))


def _key(record: Record, report: str, parameters: Mapping[str, Any]) -> _Key:
    given = tuple(sorted(parameters.items(), key=lambda item: item[0]))
    return (
        settings().workspace, record.current(), record.exact_regions, report, given, language()
    )  # fmt: skip


class _Ahead:
    """Views that wait, and the thread that composes them, which lives while there are any."""

    def __init__(self) -> None:
        self._wanted: deque[Callable[[], object]] = deque(maxlen=_MOST_WANTED)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._drawn = 0
        """Pages that are being drawn."""
        self._still_since = time.monotonic()

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """Compose nothing ahead meanwhile."""
        with self._lock:
            self._drawn += 1
        try:
            yield
        finally:
            with self._lock:
                self._drawn -= 1
                self._still_since = time.monotonic()

    def add(self, views: Sequence[Callable[[], object]]) -> None:
        """Compose them, the first first, before what waits already."""
        with self._lock:
            self._wanted.extend(reversed(views))
            if self._thread is None:
                # The process waits for its view, not for all: ended inside DuckDB, it would abort.
                self._thread = threading.Thread(
                    target=self._compose, name="look-ahead", daemon=False
                )
                self._thread.start()

    @property
    def is_held_up(self) -> bool:
        return self._drawn > 0

    def _compose(self) -> None:
        while view := self._next():
            while self._drawn or time.monotonic() - self._still_since < _STILL_S:
                time.sleep(_STILL_S / 5)
                if not threading.main_thread().is_alive():
                    return
            with left_to_the_page():
                view()

    def _next(self) -> Callable[[], object] | None:
        with self._lock:
            if self._wanted and threading.main_thread().is_alive():
                return self._wanted.pop()
            self._thread = None
            return None


_ahead = _Ahead()
drawing = _ahead.held_up
"""Within it a page is drawn: nothing is composed ahead."""


def is_drawing() -> bool:
    """Whether a page is being drawn."""
    return _ahead.is_held_up


def compose_later(views: Sequence[Callable[[], object]]) -> None:
    """Call them in a thread, the first first, whenever no page is drawn; unless none is wanted."""
    if settings().look_ahead_years:
        _ahead.add(views)


def look_ahead(
    record: Record, report: str, parameters: Mapping[str, Any], parts: frozenset[str]
) -> None:
    """Compose the same page of the years around, of which one is likely to be chosen next.

    Args:
        record: as its reader may read it.
        report: of the page, with region and year.
        parameters: of the view.
        parts: names of the page's parts that are interactive.
    """
    reach, year = settings().look_ahead_years, parameters["year"]
    rows = record.ask("region_years", {"region": parameters["region"]}).rows if reach else ()
    years = [row["year"] for row in rows if 0 < abs(row["year"] - year) <= reach]
    here, code = dict(address()), language()

    def of(other: int) -> Callable[[], None]:
        def compose() -> None:
            with speaking(code), standing_at(here | {"year": str(other)}):
                view = _views.ahead(_key(record, report, {**parameters, "year": other}))
                make_ahead(view.composed(), parts)

        return compose

    if years:
        compose_later([of(other) for other in sorted(years, key=lambda one: abs(one - year))])
