"""What the record says of an applicant that a criterion asks for: short, to be read while scoring.

Criteria of a round are free text. Which part of the record belongs beside one follows from its
words, in either language, and else from its stage.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dashboard.content.figures import table_metrics
from dashboard.content.query_context import QueryContext
from dashboard.content.readings import value_text
from dashboard.i18n import gettext as _
from dashboard.i18n import label, language, number_text, record_text
from dashboard.i18n.evidence import EVIDENCE_MARKS
from dashboard.kpi import Reading, read_metric
from dashboard.review.panel import Criterion
from dashboard.settings import settings
from dashboard.store.answer import Build
from dashboard.store.ask import open_record
from dashboard.ui.record_in_view import record_in_view

_WORDS = {
    "figures": ("result", "실적", "성과", "effect", "효과"),
    "plan": ("plan", "계획", "strategy", "전략"),
    "visits": ("onsite", "현장", "centre", "센터", "institution", "기관", "attraction", "관광"),
    "praised": ("cooperation", "협력", "will", "의지", "network", "onsite", "현장"),
}
_BY_STAGE = {
    "document": ("figures",),
    "onsite": ("visits", "praised"),
    "presentation": ("figures", "plan"),
}
_KINDS = {"plan": ("plan",), "visits": ("stop",), "praised": ("achievement", "merit")}


@dataclass(frozen=True)
class Evidence:
    """A part of the record beside a criterion."""

    title: str
    lines: tuple[tuple[str, str, str, str], ...]
    """What, how much, and mark and words of the evidence behind it."""
    source_count: int
    empty: str
    """Said where there is no line."""


def evidence_of(criterion: Criterion, applicant: str, year: int) -> list[Evidence]:
    """The parts of the record that belong beside a criterion."""
    text = f"{criterion.name_en} {criterion.name_ko}".lower()
    parts = [part for part, words in _WORDS.items() if any(word in text for word in words)]
    build = record_in_view().current()
    return [
        _part(settings().workspace, build, part, applicant, year, language())
        for part in parts or _BY_STAGE[criterion.stage]
    ]


@lru_cache(maxsize=256)
def _part(
    workspace: Path, build: Build, part: str, applicant: str, year: int, code: str
) -> Evidence:
    """One part; a build never changes, so that it is asked once for all judges."""
    context = QueryContext(open_record(settings()), build)
    if part == "figures":
        return _figures(context, applicant, year - 1)
    titles = {
        "plan": _("Plan for {year} in the record"),
        "visits": _("Stops of the onsite review {year}"),
        "praised": _("Praised in the review {year}"),
    }
    rows = [
        row
        for row in context.rows("review_visits", region=applicant, year=year)
        if row["kind"] in _KINDS[part]
    ]
    lines = tuple(
        (
            record_text(row["item"]),
            "" if row["value"] is None else number_text(row["value"]),
            "",
            "",
        )
        for row in rows
    )
    sources = {source for row in rows for source in row["source_ids"]}
    return Evidence(titles[part].format(year=year), lines, len(sources), _("Nothing in the record"))


def _figures(context: QueryContext, applicant: str, year: int) -> Evidence:
    readings = [
        read_metric(context.record, metric, applicant, year, context.build)
        for metric in table_metrics(context)
    ]
    known = [reading for reading in readings if reading.value is not None]
    sources = {
        source for reading in known for source in (reading.row or {}).get("source_ids") or ()
    }
    return Evidence(
        _("Figures of {year}, which the review judges").format(year=year),
        tuple(_line(reading) for reading in known),
        len(sources),
        _("The record has no figure of {year}").format(year=year),
    )


def _line(reading: Reading) -> tuple[str, str, str, str]:
    return (
        reading.metric.name.in_language(language()),
        value_text(reading),
        EVIDENCE_MARKS[reading.evidence],
        label("evidence", reading.evidence),
    )
