"""On what the record rests: what it covers, where sources disagree, and what each figure means."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.catalogue import Metric
from dashboard.content.assembly import assemble
from dashboard.content.cells import sources_of, text_cell
from dashboard.content.document import (
    SOURCES_TAB,
    Cell,
    ChartBlock,
    Column,
    Paragraph,
    Section,
    Series,
    Table,
)
from dashboard.content.findings import NATION
from dashboard.content.links import evidence_link
from dashboard.content.proofs import bound_assumption, statement_text
from dashboard.content.query_context import QueryContext, Row
from dashboard.content.report import Report, Stamp
from dashboard.content.tables import table_of
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import label, record_text
from dashboard.i18n.evidence import (
    EVIDENCE_MARKS,
    is_doubtful,
    is_settled,
    is_weak,
    key_to_signs,
    sign,
)
from dashboard.kpi import PATIENTS
from dashboard.store.answer import Answer

_LEFT_OUT = "×"


def sources_report(context: QueryContext, asked: Mapping[str, Any], stamp: Stamp) -> Report:
    """Sources by tier, coverage of a metric, disagreements, and the data dictionary.

    Asked is the metric, a figure that regions have; the foreign patients unless told.

    Raises:
        UsageError: the metric is computed, so that there are no claims to cover anything.
    """
    disputes = context.answer("disputes")
    tiers = _tiers(context, len(disputes.rows))
    rule = _(
        "A figure rests on every source that prints it. Where they differ, the settling rule "
        "chooses one and shows the others beside it."
    )
    sections = (
        Section(tiers.title, (Paragraph(rule),), part="sources.search"),
        replace(
            _coverage(context, context.metric(asked.get("metric") or PATIENTS)), tab="coverage"
        ),
        Section(
            _("Where sources disagree ({count})").format(count=len(disputes.rows)),
            (_disputes(disputes),),
            tab="disagreements",
        ),
        replace(_contradictions(context), tab="disagreements"),
        Section(_("Sources by kind"), tiers.blocks, tab=SOURCES_TAB),
        replace(_dictionary(context), tab="metrics"),
    )
    return assemble("sources", _("Sources"), sections, context, stamp, is_led=True)


def sources_slides(
    context: QueryContext, _region: str, _year: int, _first: int | None
) -> list[Section]:
    """How far the record reaches, and on how many sources of which kind it rests."""
    disputes = len(context.answer("disputes").rows)
    tiers = _tiers(context, disputes, is_listed=False)
    (table,) = tiers.blocks
    assert isinstance(table, Table)
    kinds = ", ".join(f"{kind.text} {count.text}" for kind, count in table.rows)
    coverage = _years_covered(context, context.metric(PATIENTS))
    return [Section(coverage.title, (coverage, Paragraph(f"{tiers.title} ({kinds})")))]


def _years_covered(context: QueryContext, metric: Metric) -> ChartBlock:
    """Of each region in how many years there is a settled figure, and in how many another."""
    answer = context.answer("coverage", metric=metric.params["metric"])
    alone = [row for row in answer.rows if row["region"] != NATION]
    known = [row for row in alone if row["evidence"] != "no data"]
    settled = Counter(row["region"] for row in known if is_settled(row["evidence"]))
    every = Counter(row["region"] for row in known)
    regions = sorted(dict.fromkeys(row["region"] for row in alone), key=lambda one: -every[one])
    names = tuple(label("region", region) for region in regions)
    series = (
        Series(label("evidence", "settled"), tuple(_count(settled[one]) for one in regions), True),
        Series(
            _("Not settled"),
            tuple(_count(every[one] - settled[one]) for one in regions),
            is_striped=True,
        ),
    )
    title = _covered(answer, str(metric.name))
    words = "; ".join(
        f"{name} {settled[region]} + {every[region] - settled[region]}"
        for name, region in zip(names, regions, strict=True)
    )
    note = _("Years with a settled figure; striped: years with a figure that is not settled.")
    return ChartBlock("bar", title, "", names, series, f"{title}. {words}", note, answer=answer)


def _count(number: int) -> Cell:
    return Cell(str(number), number, "counted")


def has_claims(metric: Metric) -> bool:
    """Whether a metric is a figure that sources print, and not one computed from others."""
    return metric.question == "figure" and metric.column == "value"


def _tiers(context: QueryContext, disputes: int, is_listed: bool = True) -> Section:
    """How many sources of each kind; listed, each count names them, so that none is left out."""
    answer = context.answer("sources")
    tiers: dict[str, list[str]] = {}
    for row in answer.rows:
        tiers.setdefault(row["tier"], []).append(row["source_id"])
    title = _("{count} sources, {official} of them official; {disputes} disagreements").format(
        count=len(answer.rows), official=len(tiers.get("official", ())), disputes=disputes
    )
    table = Table(
        "",
        (Column("tier", label("column", "tier")), Column("count", _("Sources"), True)),
        tuple(
            (
                text_cell(label("tier", tier)),
                Cell(str(len(ids)), len(ids), None, tuple(ids) if is_listed else ()),
            )
            for tier, ids in tiers.items()
        ),
        "sources",
        answer=answer,
    )
    return Section(title, (table,))


def _coverage(context: QueryContext, metric: Metric) -> Section:
    """Regions by years, each cell marked by how well its figure is supported."""
    if not has_claims(metric):
        raise UsageError(
            "This metric has no claims of its own",
            f"'{metric.id}' is computed from other metrics.",
            "Choose a figure of regions, such as foreign_patients.",
        )
    answer = context.answer("coverage", metric=metric.params["metric"])
    regions: dict[str, list[Row]] = {}
    for row in answer.rows:
        regions.setdefault(row["region"], []).append(row)
    years = sorted({row["year"] for row in answer.rows})
    table = Table(
        _covered(answer, str(metric.name)),
        (
            Column("region", label("column", "region")),
            *(Column(str(year), str(year)) for year in years),
        ),
        tuple(
            (text_cell(label("region", region)), *(_covered_cell(metric, row) for row in rows))
            for region, rows in regions.items()
        ),
        "coverage",
        (("metric", metric.params["metric"]),),
        # The sign for no data is the dot that elsewhere parts one from the next.
        f"{_key_to_firm_signs(answer).replace(' · ', ', ')}, {_('× only left-out claims')}. "
        + _("Choose a cell to see every claim about it."),
        answer,
    )
    return Section(_("What the record covers"), (table,))


def _key_to_firm_signs(answer: Answer) -> str:
    """What the signs mean that no medium explains below a table: those behind which no doubt is."""
    return key_to_signs(row["evidence"] for row in answer.rows if not sign(row["evidence"]))


def _covered(answer: Answer, name: str) -> str:
    alone = [row for row in answer.rows if row["region"] != NATION]
    known = [row for row in alone if row["evidence"] != "no data"]
    settled = [row for row in known if is_settled(row["evidence"])]
    return _("{name}: figures for {known} of {all} region-years, {settled} of them settled").format(
        name=name, known=len(known), all=len(alone), settled=len(settled)
    )


def _covered_cell(metric: Metric, row: Row) -> Cell:
    """The sign of the evidence, the fuller the firmer; it opens the claims where there are any."""
    evidence = row["evidence"]
    link = evidence_link(metric.id, row["region"], row["year"])
    if evidence == "no data":
        if row["left_out_count"]:
            return Cell(_LEFT_OUT, _LEFT_OUT, link=link)
        return Cell(EVIDENCE_MARKS[evidence], None, evidence)
    mark = EVIDENCE_MARKS[evidence]
    shade = 1 if is_doubtful(evidence) else 2 if is_weak(evidence) else 4
    return Cell(mark, mark, evidence, link=link, shade=shade)


def _disputes(answer: Answer) -> Table:
    """Every pair of statements that do not agree, by what they are about."""
    table = table_of(
        _("Two statements that do not agree, and how to read them"),
        answer.rows,
        {
            "subject": lambda row: text_cell(record_text(row["subject"]), row["source_ids"]),
            "statement_a": lambda row: record_text(row["statement_a"]),
            "statement_b": lambda row: record_text(row["statement_b"]),
            "reading": lambda row: record_text(row["reading"]),
            "dispute_id": lambda row: row["dispute_id"],
        },
        answer=answer,
    )
    # The subject names it to a reader; its id is for files.
    columns = (*table.columns[:-1], replace(table.columns[-1], is_drawn_in="subject"))
    return replace(table, columns=columns)


def _contradictions(context: QueryContext) -> Section:
    """Statements that were kept out of every range, each with those that it contradicts."""
    answer = context.answer("contradictions")
    title = _("Statements that cannot all be true ({count})").format(
        count=len({row["claim_id"] for row in answer.rows})
    )
    if not answer.rows:
        return Section(title, (Paragraph(_("The record has no such statements.")),))
    against: dict[str, list[Row]] = {}
    for row in answer.rows:
        against.setdefault(row["claim_id"], []).append(row)
    table = table_of(
        "",
        against.values(),
        {
            "statement": (_("Statement left out"), lambda others: statement_text(others[0])),
            "against": (_("Contradicts"), _against),
        },
        answer=answer,
        note=bound_assumption(),
    )
    return Section(title, (table,))


def _against(others: list[Row]) -> Cell:
    """The statements that contradict one, with the sources of all of them."""
    said = (
        {name: other[f"against_{name}"] for name in ("kind", "region", "year", "value")}
        for other in others
    )
    return text_cell(" · ".join(map(statement_text, said)), sources_of(others))


def _dictionary(context: QueryContext) -> Section:
    """Every metric with definition, caveat, unit and direction, and how it is found."""
    metrics = context.catalogue.all()
    table = table_of(
        "",
        metrics,
        {
            "name": (label("column", "metric"), lambda metric: str(metric.name)),
            "code": (_("Code"), lambda metric: metric.id),
            "definition": lambda metric: str(metric.definition),
            "caveat": lambda metric: str(metric.caveat or ""),
            "terms": (label("column", "unit"), _terms),
        },
    )
    title = _("Data dictionary ({count} metrics)").format(count=len(metrics))
    return Section(title, (table,))


def _terms(metric: Metric) -> str:
    terms = (
        _("unit {unit}").format(unit=label("unit", metric.unit)),
        label("direction", metric.direction),
        _("may be added over regions") if metric.additive else _("never added over regions"),
    )
    return " · ".join(terms)
