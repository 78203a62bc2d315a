"""What the record says of an applicant that a criterion asks for: short, to be read while scoring.

Criteria of a round are free text. Which part of the record belongs beside one follows from its
words, in either language, and else from its stage.
"""

from dashboard.content.document import Paragraph, Section
from dashboard.content.figures import table_metrics
from dashboard.content.panel_cells import sentences
from dashboard.content.query_context import QueryContext
from dashboard.content.readings import value_text
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text, record_text
from dashboard.i18n.evidence import EVIDENCE_MARKS
from dashboard.kpi import Reading
from dashboard.review.panel import Criterion

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


def parts_beside(criterion: Criterion) -> tuple[str, ...]:
    """Names of the parts of the record that belong beside a criterion."""
    text = f"{criterion.name_en} {criterion.name_ko}".lower()
    parts = tuple(part for part, words in _WORDS.items() if any(word in text for word in words))
    return parts or _BY_STAGE[criterion.stage]


def evidence_section(context: QueryContext, part: str, applicant: str, year: int) -> Section:
    """What the record has of one of `parts_beside` on an applicant, and on how many sources.

    The year is that of the review; the figures are those of the year before, which it judges.
    """
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
    lines = [
        record_text(row["item"])
        + ("" if row["value"] is None else f": {number_text(row['value'])}")
        for row in rows
    ]
    sources = {source for row in rows for source in row["source_ids"]}
    return _section(titles[part].format(year=year), lines, sources, _("Nothing in the record"))


def _figures(context: QueryContext, applicant: str, year: int) -> Section:
    readings = context.readings(table_metrics(context), applicant, year)
    known = [reading for reading in readings if reading.value is not None]
    sources = {source for reading in known for source in reading.source_ids}
    return _section(
        _("Figures of {year}, which the review judges").format(year=year),
        [_line(reading) for reading in known],
        sources,
        _("The record has no figure of {year}").format(year=year),
    )


def _section(title: str, lines: list[str], sources: set[str], empty: str) -> Section:
    if not lines:
        return Section(title, (Paragraph(empty),))
    count = Paragraph(_("Sources: {count}").format(count=len(sources)))
    return Section(title, (sentences(lines), *([count] if sources else [])))


def _line(reading: Reading) -> str:
    evidence = f"{EVIDENCE_MARKS[reading.evidence]} {label('evidence', reading.evidence)}".strip()
    return f"{reading.name}: {value_text(reading)} {evidence}"
