"""The funding of a region's projects: awards, national and matched money, selection, budgets."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dashboard.content.assembly import assemble
from dashboard.content.awards import awards_chart, contradictions, describe, money_text
from dashboard.content.cells import figure_cell, text_cell
from dashboard.content.document import Block, Cell, Paragraph, Points, Section
from dashboard.content.findings import NATION
from dashboard.content.funding_charts import (
    beside_chart,
    cumulative_chart,
    matched_chart,
    ministries_chart,
    ministry_words,
    selection_chart,
    span_of_years,
)
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.report import Report, Stamp
from dashboard.content.tables import table_of
from dashboard.i18n import gettext as _
from dashboard.i18n import label, named, ngettext, number_text, percent_text, record_text
from dashboard.i18n.evidence import flagged

FILTERS = ("region", "year", "ministry", "programme")
"""By which awards and money are narrowed; budgets, ministries and ratios by the first two."""


def funding_report(context: QueryContext, asked: Mapping[str, Any], stamp: Stamp) -> Report:
    """Finding, money beside patients, awards, sums; folded what is asked for less often.

    Asked are those of `FILTERS`, each of which may be left out.
    """
    filters = {name: asked.get(name) for name in FILTERS}
    if filters["region"] == NATION:
        filters["region"] = None
    place = {name: filters[name] for name in ("region", "year")}
    region, year = place.values()
    where = name = label("region", region) if region else _("All regions")
    if year:
        where = _("{region} {year}").format(region=name, year=year)
    lead = _headline(context, name, where, filters)
    matched, sums = _money(context, filters)
    sections = (
        _beside(context, place),
        _awards(context, filters),
        sums,
        *(
            replace(section, is_folded=True)
            for section in (
                matched,
                _selection(context, filters),
                _ministries(context, place),
                _lines(context, place),
            )
        ),
    )
    title = _("Funding: {region}").format(region=where)
    return assemble("funding", title, (lead, *_gathered(sections)), context, stamp, is_led=True)


def _gathered(sections: Iterable[Section]) -> Iterator[Section]:
    """Sections, and in the last one those that are a sentence why there is no data."""
    empty = []
    for section in sections:
        match section.blocks:
            case (Paragraph(text),):
                empty.append(Paragraph(f"{section.title}: {text}"))
            case _:
                yield section
    if empty:
        yield Section(_("Without data"), (Points(tuple(empty)),))


def _headline(context: QueryContext, name: str, where: str, filters: Row) -> Section:
    """Awards, those with an amount, and their sums; or that the record has nothing."""
    row = context.answer("funding_summary", **filters).first
    title = _sentence(name, row) if row["selected_count"] else _none(where, row)
    running = tuple(_running(context, filters))
    if not row["selected_count"]:
        none = _("No data is no zero: what was not published is not known.")
        return Section(title, (Paragraph(none), *running))
    remarks = [
        _(
            "Amounts are per year; of a term of several years only the first counts. An amount "
            "that was not published is unknown, not 0, so a sum with such a gap is a lower bound."
        )
    ]
    if row["joint_count"]:
        remarks.append(_("A joint award stays with its group of regions and is never split."))
    if row["contested_count"]:
        remarks.append(
            _("Where two amounts contradict each other, only the settled one is counted.")
        )
    return Section(title, (Paragraph(" ".join(remarks)), *running))


def _running(context: QueryContext, filters: Row) -> Iterator[Block]:
    """Awards of earlier years whose term goes on in the year, which its sums leave out."""
    year = filters["year"]
    earlier = context.rows("funding_awards", **filters | {"year": None}) if year else ()
    rows = [row for row in earlier if row["year"] < year <= (row["year_end"] or 0)]
    if rows:
        yield Paragraph(_("Announced earlier, and their term goes on in {year}:").format(year=year))
        yield Points(tuple(Paragraph(describe(row), tuple(row["source_ids"])) for row in rows))


def _none(where: str, row: Row) -> str:
    if row["not_selected_count"] or row["call_count"]:
        return _("{region}: no award with a named winner in the record").format(region=where)
    return _("{region}: the record has no result in a support programme").format(region=where)


def _sentence(region: str, row: Row) -> str:
    first, last = row["first_year"], row["last_year"]
    parts = [
        ngettext(
            "{region} {years}: {count} award",
            "{region} {years}: {count} awards",
            row["selected_count"],
        ).format(
            region=region,
            years=span_of_years(first, last),
            count=row["selected_count"],
        ),
        _("amount published for {count}").format(count=row["known_count"]),
    ]
    if row["alone_krw"] is not None:
        amount = flagged(money_text(row, "alone_krw", "alone_"), row["alone_evidence"])
        parts.append(_("together {amount}").format(amount=amount))
    if row["joint_krw"] is not None:
        parts.append(
            _("and {amount} jointly").format(
                amount=flagged(money_text(row, "joint_krw", "joint_"), row["joint_evidence"])
            )
        )
    return ", ".join(parts)


def _awards(context: QueryContext, filters: Row) -> Section:
    """Every award by programme, year and region."""
    title = _("Grants by programme, year and region")
    answer = context.answer("funding_awards", **filters)
    if not answer.rows:
        return Section(title, (Paragraph(_("The record has no such result.")),))
    chart = replace(awards_chart(answer.rows, filters["region"]), answer=answer)
    return Section(title, (chart, *contradictions(answer.rows)))


def _money(context: QueryContext, filters: Row) -> Iterator[Section]:
    """National beside matched money, and sums by region and programme line."""
    matched = context.answer("funding_matched", **filters)
    block: Block = Paragraph(_("No matched funds were published for these awards."))
    if matched.rows:
        block = replace(matched_chart(matched.rows), answer=matched)
    yield Section(_("National and matched funds"), (block,))
    cumulative = context.answer("funding_cumulative", **filters)
    block = Paragraph(_("No award to add up."))
    if cumulative.rows:
        note = _lower_bound_note(cumulative.rows)
        block = replace(cumulative_chart(cumulative.rows), note=note, answer=cumulative)
    yield Section(_("Sums of published grants"), (block,))


def _lower_bound_note(rows: Rows) -> str:
    """What is not in the sums."""
    missing = sum(row["unknown_count"] for row in rows)
    later = sum(row["later_year_count"] for row in rows)
    parts = []
    if missing:
        parts.append(_("{count} awards without a published amount").format(count=missing))
    if later:
        parts.append(_("{count} announced further years of terms").format(count=later))
    sentences = [
        _(
            "Programme lines stand apart; the three cluster programmes that followed each other "
            "are one line."
        )
    ]
    if parts:
        gaps = _("Lower bounds, not in the sums: {gaps}.").format(gaps=", ".join(parts))
        sentences.insert(0, gaps)
    return " ".join(sentences)


def _selection(context: QueryContext, filters: Row) -> Section:
    """Applicants and selected of each call."""
    title = _("Applicants and selected")
    answer = context.answer("funding_selection", **filters)
    if not answer.rows:
        none = _("The number of applicants was not published for these calls.")
        return Section(title, (Paragraph(none),))
    unsure = tuple(
        Paragraph(
            f"{row['year']} {label('programme', row['programme_id'])}: {record_text(row['note'])}",
            tuple(row["source_ids"]),
        )
        for row in answer.rows
        if row["selection_rate_pct"] is None and row["note"]
    )
    chart = replace(selection_chart(answer.rows, filters["region"]), answer=answer)
    return Section(title, (chart, *((Points(unsure),) if unsure else ())))


def _beside(context: QueryContext, place: Row) -> Section:
    """Cluster grant beside patients, and beside reservations at events."""
    note = _(
        "Two figures of the same year side by side, only where both are known: no claim that "
        "money brought patients. Only grants of the cluster line; joint grants cannot be split."
    )
    none = _("No year has both a cluster grant and this figure.")
    blocks: list[Block] = []
    names = {
        "foreign_patients": _("Cluster grant per foreign patient"),
        "event_reservations": _("Cluster grant per reservation at events"),
    }
    for metric, name in names.items():
        answer = context.answer("funding_beside", metric=metric, **place)
        if answer.rows:
            blocks.append(replace(beside_chart(name, answer.rows), answer=answer))
        else:
            blocks.append(Paragraph(f"{name}: {none}"))
    title = _("Cluster grant beside patients and reservations")
    if all(isinstance(block, Paragraph) for block in blocks):
        return Section(title, (Paragraph(none),))
    return Section(title, (Paragraph(note), *blocks))


def _ministries(context: QueryContext, place: Row) -> Section:
    """Ministries side by side: awards, amounts known and unknown, years."""
    title = _("Ministries side by side")
    answer = context.answer("funding_ministries", **place)
    if not answer.rows:
        return Section(title, (Paragraph(_("The record has no such result.")),))
    words = tuple(Paragraph(ministry_words(row), tuple(row["source_ids"])) for row in answer.rows)
    return Section(title, (replace(ministries_chart(answer.rows), answer=answer), Points(words)))


def _lines(context: QueryContext, place: Row) -> Section:
    """Budget and spending as sources print them or cities handed them in, one line each."""
    title = _("Budgets and spending")
    answer = context.answer("funding_lines", **place)
    if not answer.rows:
        return Section(title, (Paragraph(_("The record has no such line.")),))
    count = len(answer.rows)
    table = table_of(
        ngettext("{count} line", "{count} lines", count).format(count=number_text(count)),
        answer.rows,
        {
            "region": lambda row: text_cell(
                "·".join(label("region", code) for code in row["regions"]), row["source_ids"]
            ),
            "year": lambda row: Cell(_span(row), row["year"]),
            "programme": lambda row: named(row, "programme"),
            "item": lambda row: row["item"] or "",
            "money_source": _money_source,
            "budgeted_krw": lambda row: figure_cell(row, "budgeted_krw", unit="krw"),
            "executed_krw": lambda row: figure_cell(row, "executed_krw", unit="krw"),
            "executed_pct": _spent,
            "note": lambda row: record_text(row["note"]),
        },
        figures=("budgeted_krw", "executed_krw", "executed_pct"),
        answer=answer,
        note=_(
            "As printed by sources or handed in by cities. Lines are never added: several sources "
            "print one sum, a whole stands beside its parts, and grants are among the awards too."
        ),
    )
    return Section(title, (table,))


def _span(row: Row) -> str:
    return f"{row['year']}–{row['year_end']}" if row["year_end"] else str(row["year"])


def _money_source(row: Row) -> str:
    said = (label("money_source", row["money_source"]), record_text(row["payer"]))
    return " · ".join(filter(None, dict.fromkeys(said)))


def _spent(row: Row) -> Cell:
    spent = row["executed_pct"]
    return text_cell("") if spent is None else Cell(percent_text(spent), spent)
