"""The record beside a criterion, composed once for all judges who read the same build."""

from functools import lru_cache
from pathlib import Path

from dashboard.content.criterion_evidence import evidence_section
from dashboard.content.document import Section
from dashboard.content.query_context import QueryContext
from dashboard.i18n import language
from dashboard.settings import settings
from dashboard.store.answer import Build
from dashboard.store.ask import open_record
from dashboard.ui.record_in_view import record_in_view


def evidence_of(part: str, applicant: str, year: int) -> Section:
    """A part of the record that belongs beside a criterion."""
    build = record_in_view().current()
    return _part(settings().workspace, build, part, applicant, year, language())


@lru_cache(maxsize=256)
def _part(
    workspace: Path, build: Build, part: str, applicant: str, year: int, code: str
) -> Section:
    """One part; a build never changes."""
    return evidence_section(QueryContext(open_record(settings()), build), part, applicant, year)
