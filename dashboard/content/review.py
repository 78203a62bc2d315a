"""The onsite-review summary of a region and year: one sheet of two pages and its sources."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.content.achievements import achievements_table, unproven
from dashboard.content.assembly import assemble
from dashboard.content.cells import figure_cell, no_data, sources_of
from dashboard.content.centres import centres_map
from dashboard.content.document import (
    Block,
    Cell,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Points,
    Section,
    table_or,
)
from dashboard.content.doubts import contested_points, dispute_points, weak_points
from dashboard.content.events import events_table, stages_table
from dashboard.content.figures import table_metrics, two_year_table
from dashboard.content.funding import grant_cell, grants_section
from dashboard.content.proofs import bound_paragraphs
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.report import Report, Stamp
from dashboard.content.review_briefing import briefing_section
from dashboard.content.route import route_section
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext, number_text, record_text
from dashboard.kpi import Reading


def review_report(context: QueryContext, asked: Mapping[str, Any], stamp: Stamp) -> Report:
    """What a judge has to know before and during the visit to a region in a year.

    A review judges the results of the year before: its figures stand first.
    """
    region, year = asked["region"], asked["year"]
    visits = context.rows("review_visits", region=region, year=year)
    record = context.rows("review_record", region=region, year=year)
    awards = tuple(row for row in record if row["year"] == year)
    metrics = table_metrics(context)
    reviewed = context.readings(metrics, region, year - 1)
    current = context.readings(metrics, region, year)
    sections = (
        _announcement(context, region, year, awards),
        briefing_section(context, region, year),
        _ask_on_site(context, year, reviewed, current, awards, visits),
        grants_section(context, region, year),
        Section(
            _("Key figures: {reviewed}, which the review judges, and {year}").format(
                reviewed=year - 1, year=year
            ),
            (
                two_year_table("", context, reviewed, current),
                *bound_paragraphs(context.record, region, year - 1, context.build),
            ),
        ),
        _achievements(context, region, year, visits),
        table_or(
            _("Events of {year}").format(year=year - 1),
            events_table(context, "", region, year - 1, is_whole=False),
            _("No event of this region and year is in the record."),
        ),
        _map(context, region, year - 1),
        route_section(context, region, year),
        _plan(year, visits),
        _stages(context, region, year - 1),
    )
    title = _("Onsite-review summary: {region} {year}").format(
        region=label("region", region), year=year
    )
    return assemble(
        "review",
        title,
        sections,
        context,
        stamp,
        subtitle=_programmes(awards) or _("No review of this year in the record"),
    )


def review_sections(context: QueryContext, region: str, year: int) -> list[Section]:
    """Announcement, achievements, route and plan, as slides of a deck show them."""
    visits = context.rows("review_visits", region=region, year=year)
    record = context.rows("review_record", region=region, year=year)
    awards = tuple(row for row in record if row["year"] == year)
    sections = _announcement_slides(context, region, year, awards)
    if visits:
        sections += [
            _achievements(context, region, year, visits),
            route_section(context, region, year),
            _plan(year, visits),
        ]
    return sections


def _programmes(awards: Sequence[Row]) -> str:
    return ", ".join(dict.fromkeys(label("programme", row["programme_id"]) for row in awards))


def _announcement(context: QueryContext, region: str, year: int, awards: Sequence[Row]) -> Section:
    """What was announced of this year's review; of contradicting amounts each."""
    title = _("Programme, stages and announced result")
    if not awards:
        sentence = _("The record has no cluster review of {region} in {year}.").format(
            region=label("region", region), year=year
        )
        return Section(title, (Paragraph(sentence, (), "warning"),))
    blocks: list[Block] = []
    for award in awards:
        blocks += _result(context, region, award)
    return Section(title, tuple(blocks))


def _announcement_slides(
    context: QueryContext, region: str, year: int, awards: Sequence[Row]
) -> list[Section]:
    """What was announced, and behind it, under a title of its own, what was judged in which stage.

    Several programmes of a year stand under one title, each with its own.
    """
    announced = _announcement(context, region, year, awards)
    if len(awards) != 1:
        return [announced]
    figures, *judged = announced.blocks
    judged_in = Section(_("What was judged in which stage"), tuple(judged))
    return [replace(announced, blocks=(figures,)), *([judged_in] if judged else [])]


def _result(context: QueryContext, region: str, award: Row) -> list[Block]:
    sources = tuple(award["source_ids"])
    criteria = context.rows("review_criteria", programme=award["programme_id"], year=award["year"])
    stages = next((row["stage_count"] for row in criteria if row["stage_count"]), None)
    judges = award["judges"]
    figures = KeyFigures(
        (
            KeyFigure(
                label("column", "outcome"),
                Cell(label("outcome", award["outcome"]), award["outcome"], None, sources),
            ),
            KeyFigure(_("Announced rank"), _announced_rank(context, award)),
            KeyFigure(label("column", "grant_krw"), grant_cell(award)),
            KeyFigure(
                _("Judges on site"),
                _count(judges, ngettext("{count} judge", "{count} judges", judges or 0), sources),
            ),
            KeyFigure(
                _("Stages"),
                _count(
                    stages,
                    ngettext("{count} stage", "{count} stages", stages or 0),
                    sources_of(criteria),
                ),
            ),
        )
    )
    remark = [Paragraph(record_text(award["note"]))] if award["note"] else []
    return [figures, *_stage_points(criteria), *remark]


def _announced_rank(context: QueryContext, award: Row) -> Cell:
    """The rank in the award's own programme, which is no rank in another of the same year."""
    year = award["year"]
    rows = context.rows("announced_ranks", first_year=year, last_year=year)
    own = (award["region"], award["programme_id"])
    found = (row for row in rows if (row["region"], row["programme_id"]) == own)
    return next((figure_cell(row, "announced_rank", unit="rank") for row in found), no_data())


def _count(value: int | None, pattern: str, sources: tuple[str, ...]) -> Cell:
    """A number that the announcement names, which nobody weighed against another."""
    return no_data() if value is None else Cell(pattern.format(count=value), value, None, sources)


def _stage_points(criteria: Rows) -> list[Block]:
    """What was judged in each stage, in the order of the record."""
    stages: dict[str, list[Row]] = {}
    for row in criteria:
        stages.setdefault(row["stage"], []).append(row)
    items = [
        Paragraph(
            f"{record_text(stage)}: " + " · ".join(_criterion(row) for row in rows),
            sources_of(rows),
        )
        for stage, rows in stages.items()
    ]
    if criteria and not any(row["max_points"] for row in criteria):
        items.append(Paragraph(_("No points or weights of these criteria were published.")))
    return [Points(tuple(items))] if items else []


def _criterion(row: Row) -> str:
    name = record_text(row["criterion_en"])
    if row["max_points"] is None:
        return name
    points = _("{points} points").format(points=number_text(row["max_points"], 1))
    return f"{name} ({points})"


def _achievements(context: QueryContext, region: str, year: int, visits: Rows) -> Section:
    return table_or(
        _("What the judges praised, and the figures behind it"),
        achievements_table(context, region, year, visits),
        _("The record names no praised achievement of this year."),
    )


def _stages(context: QueryContext, region: str, year: int) -> Section | None:
    table = stages_table(context, "", region, year)
    title = _("From attendance to contract: {year}").format(year=year)
    return Section(title, (table,), True) if table.rows else None


def _map(context: QueryContext, region: str, year: int) -> Section:
    """Centres at the end of the year; hollow where nothing later is known of them."""
    title = _("Promotion centres at the end of {year}").format(year=year)
    finding, block = centres_map(context, region, year)
    return Section(title, (block or Paragraph(finding),), True)


def _plan(year: int, visits: Rows) -> Section:
    title = _("Plan for {year}").format(year=year)
    items = tuple(
        Paragraph(record_text(row["item"]), tuple(row["source_ids"]))
        for row in visits
        if row["kind"] == "plan"
    )
    none = Paragraph(_("The record names no plan of the region for this year."))
    return Section(title, (Points(items) if items else none,), True)


def _ask_on_site(
    context: QueryContext,
    year: int,
    reviewed: Sequence[Reading],
    current: Sequence[Reading],
    awards: Sequence[Row],
    visits: Rows,
) -> Section:
    """Contested and missing things, those of the review itself before single figures."""
    named = {source for row in (*awards, *visits) for source in row["source_ids"]}
    items = [
        *unproven(context, year, visits),
        *dispute_points(context, named),
        *contested_points(context, [*reviewed, *current]),
        *weak_points(reviewed),
    ]
    title = _("Ask first on site: contested or missing")
    none = Paragraph(_("Nothing contested or missing is known."))
    return Section(title, (Points(tuple(items)) if items else none,))
