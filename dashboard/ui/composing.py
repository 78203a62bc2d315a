"""What pages say: composed once a view, and ahead while nothing else is done."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard.content.compose import draft
from dashboard.content.report import Report
from dashboard.i18n import language, speaking
from dashboard.render.screen.address import address, standing_at
from dashboard.render.screen.page import make_ahead
from dashboard.settings import settings
from dashboard.store.answer import Build
from dashboard.store.ask import Record, open_record

_KEPT_REPORTS = 128
"""As many views stay composed: to open what is behind a figure composes nothing anew."""
_STILL_S = 0.25
"""So long no page must have been drawn before one is composed ahead."""
_MOST_WANTED = 64
"""Views that wait to be composed ahead; the newest are first."""


def composed(record: Record, report: str, parameters: dict[str, Any]) -> Report:
    """What a page says; the same view is composed once, whoever asks for it meanwhile."""
    view = _view(
        settings().workspace,
        record.current(),
        record.exact_regions,
        report,
        tuple(sorted(parameters.items(), key=lambda item: item[0])),
        language(),
    )
    return view.composed()


class _View:
    """What a page says to some readers, composed when it is asked for first."""

    def __init__(self, compose: Callable[[], Report]) -> None:
        self._compose = compose
        self._report: Report | None = None
        self._lock = threading.Lock()

    def composed(self) -> Report:
        with self._lock:
            if self._report is None:
                self._report = self._compose()
            return self._report


@lru_cache(maxsize=_KEPT_REPORTS)
def _view(
    workspace: Path,
    build: Build,
    exact_regions: frozenset[str],
    report: str,
    parameters: tuple[tuple[str, Any], ...],
    code: str,
) -> _View:
    def compose() -> Report:
        record = open_record(settings()).at(build).exact_for(exact_regions)
        return draft(record, report, dict(parameters), code, build)

    return _View(compose)


class _Ahead:
    """Views that wait, and the thread that composes them, which lives while there are any."""

    def __init__(self) -> None:
        self._wanted: deque[Callable[[], None]] = deque(maxlen=_MOST_WANTED)
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

    def add(self, views: list[Callable[[], None]]) -> None:
        """Compose them, the first first, before what waits already."""
        with self._lock:
            self._wanted.extend(reversed(views))
            if self._thread is None:
                # No daemon: the process waits for it to end, not for it to be through.
                self._thread = threading.Thread(target=self._compose, name="look-ahead")
                self._thread.start()

    def _compose(self) -> None:
        while view := self._next():
            while self._drawn or time.monotonic() - self._still_since < _STILL_S:
                time.sleep(_STILL_S / 5)
                if not threading.main_thread().is_alive():
                    return
            with suppress(Exception):  # the page that asks for it says what is wrong
                view()

    def _next(self) -> Callable[[], None] | None:
        with self._lock:
            if self._wanted and threading.main_thread().is_alive():
                return self._wanted.pop()
            self._thread = None
            return None


_ahead = _Ahead()
drawing = _ahead.held_up
"""Within it a page is drawn: nothing is composed ahead."""


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
                make_ahead(composed(record, report, dict(parameters, year=other)), parts)

        return compose

    if years:
        _ahead.add([of(other) for other in sorted(years, key=lambda one: abs(one - year))])
