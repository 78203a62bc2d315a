"""A page of the registry on screen: its filters, what it says, and what opens above it."""

from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from dashboard.content.compose import draft
from dashboard.content.document import Report
from dashboard.content.pages import Page
from dashboard.i18n import language
from dashboard.render.screen.page import report_view
from dashboard.settings import settings
from dashboard.store.answer import Build
from dashboard.store.ask import Record, open_record
from dashboard.ui.behind import open_what_is_behind
from dashboard.ui.evidence import build_note
from dashboard.ui.export_panel import export_panel
from dashboard.ui.record_in_view import record_in_view
from dashboard.ui.screens import SCREENS, Screen

_KEPT_REPORTS = 64
"""As many views stay composed: to open what is behind a figure composes nothing anew."""


def show(page: Page) -> None:
    """Draw a page. One on which one only acts draws itself."""
    screen = SCREENS.get(page.path, Screen())
    if screen.draw is not None:
        screen.draw()
        return
    record = record_in_view()
    asked = screen.filters(record)
    if asked is None:
        return
    parameters = {name: value for name, value in asked.items() if name in page.parameters}
    report = composed(record, page.report, parameters)
    export_panel(record, page.report, parameters)
    parts = {name: partial(part, record, asked) for name, part in screen.parts.items()}
    report_view(report, parts)
    open_what_is_behind(record, report)
    build_note(record.current())


def composed(record: Record, report: str, parameters: dict[str, Any]) -> Report:
    """What a page says; the same view is composed once."""
    return _composed(
        settings().workspace,
        record.current(),
        report,
        tuple(sorted(parameters.items(), key=lambda item: item[0])),
        language(),
    )


@lru_cache(maxsize=_KEPT_REPORTS)
def _composed(
    workspace: Path,
    build: Build,
    report: str,
    parameters: tuple[tuple[str, Any], ...],
    code: str,
) -> Report:
    record = open_record(settings()).at(build)
    return draft(record, report, dict(parameters), code, build)
