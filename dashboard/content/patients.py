"""The patients of a region: over the years, by nationality, and where they were treated."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from dashboard.content.assembly import assemble
from dashboard.content.care import department_chart, institution_chart
from dashboard.content.cells import text_cell
from dashboard.content.contribution import change_chart
from dashboard.content.document import Block, Cell, ChartBlock, Paragraph, Section
from dashboard.content.doubts import known_points
from dashboard.content.figure_charts import trend_chart, with_year
from dashboard.content.figures import key_figures
from dashboard.content.findings import patients_finding, patients_sentence
from dashboard.content.nationality import (
    concentration_chart,
    concentration_finding,
    mix_chart,
    nationality_lines,
    nationality_years_table,
)
from dashboard.content.proofs import bound_of, bound_paragraphs
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.recovery import recovery_chart
from dashboard.content.report import Report, Stamp
from dashboard.content.tables import table_of
from dashboard.content.visits import visits_sections
from dashboard.errors import UsageError
from dashboard.i18n import country_text, figure_text, label, percent_text, record_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import approximated
from dashboard.kpi import PATIENTS

_IN_FRONT = (PATIENTS, "share_of_korea_pct", "foreign_patients_rank")
_DEPARTMENT_TOTAL = "foreign_patients_dept_total"
_PER_PATIENT = "spending_per_patient_krw"
FIRST_BASELINE = 2009
"""Registration began in 2009: the year before is no baseline."""
DRIVERS = "drivers"
"""Anchor of the section that divides the change on a former year."""
_FARTHEST_BASE = 5
"""Years back, unless the reader chooses one further back."""


def patients_report(context: QueryContext, asked: Mapping[str, Any], stamp: Stamp) -> Report:
    """Finding, trend and recovery, nationalities, rates printed alone, care, spending, visits.

    Asked are region, year, and base, from which the change counts: the year before unless told.

    Raises:
        UsageError: a base that is not before the year, or before registration began.
    """
    region, year = asked["region"], asked["year"]
    sections = (
        _headline(context, region, year),
        *_years(context, region, year),
        _mix(context, region, year),
        _change(context, region, year, asked.get("base")),
        *_nationality_years(context, region, year),
        _concentration(context, region, year),
        _printed_rates(context, region, year),
        *_care(context, region, year),
        _spending(context, region, year),
        *visits_sections(context, region),
    )
    title = _("Patients: {region} {year}").format(region=label("region", region), year=year)
    return assemble("patients", title, sections, context, stamp, is_led=True)


def _headline(context: QueryContext, region: str, year: int) -> Section:
    """Patients and their greatest nationality; without a figure, what is known instead."""
    here = {"region": region, "year": year}
    figure = context.reading(context.metric(PATIENTS), region, year).row or {"value": None}
    front = key_figures(context, context.readings(map(context.metric, _IN_FRONT), region, year))
    if figure["value"] is None:
        bound = bound_of(context.record, region, year, context.build)
        title = patients_finding(region, year, figure, (), bound)
        proofs = bound_paragraphs(context.record, region, year, context.build)
        return Section(title, (*proofs, *known_points(context, region, year), front))
    mix = context.rows("patients_by_nationality", **here)
    title = patients_sentence(region, year, figure, mix, context.rows("printed_rates", **here))
    return Section(title, (*known_points(context, region, year), front))


def _years(context: QueryContext, region: str, year: int) -> Iterator[Section]:
    """The trend, and the recovery against the year before the pandemic."""
    trend = _trend(context, PATIENTS, region, year)
    yield Section(_("Over the years"), (trend,), is_half=True)
    recovery = context.answer("recovery", region=region)
    base = int(str(recovery.parameters["base"]))
    chart = replace(recovery_chart(region, base, recovery.rows), answer=recovery)
    title = _("Recovery since {base}").format(base=base)
    yield Section(title, (with_year(chart, year),), is_half=True)


def _trend(context: QueryContext, metric: str, region: str, year: int) -> ChartBlock:
    """A metric over all years of the record, the year of the view marked."""
    last = max((row["year"] for row in context.rows("region_years", region=region)), default=year)
    return with_year(trend_chart(context, context.metric(metric), region, last), year)


def _mix(context: QueryContext, region: str, year: int) -> Section:
    """The nationalities of the year, or the years of which there are any."""
    title = _("By nationality in {year}").format(year=year)
    answer = context.answer("patients_by_nationality", region=region, year=year)
    if all(row["part"] == "rest" for row in answer.rows):
        sentence = _("No nationality of {region} was published in persons for {year}.").format(
            region=label("region", region), year=year
        )
        rows = context.rows("nationality_years", region=region)
        years = sorted({row["year"] for row in rows if row["value"] is not None})
        if years:
            sentence += " " + _("There are figures for {years}.").format(
                years=", ".join(map(str, years))
            )
        return Section(title, (Paragraph(sentence),), is_half=True)
    note = _(
        "Other or unpublished = total - published nationalities. A group that cannot be split "
        "is striped; a member of it is shown and not counted again."
    )
    chart = replace(mix_chart(region, year, answer.rows), note=note, answer=answer)
    return Section(title, (chart,), is_half=True)


def _change(context: QueryContext, region: str, year: int, chosen: int | None) -> Section:
    """What each nationality added to the change since a former year."""
    base = default_base(context, region, year) if chosen is None else chosen
    if not FIRST_BASELINE <= base < year:
        if chosen is not None:
            raise UsageError(
                "There is no such baseline",
                f"The change to {year} cannot count from {chosen}.",
                f"Choose a year from {FIRST_BASELINE} to {year - 1}.",
            )
        none = _("There is no earlier year to count from: registration began in 2009.")
        return Section(_("What drove the change"), (Paragraph(none),), is_half=True)
    title = _("What drove the change from {base} to {year}").format(base=base, year=year)
    answer = context.answer("patients_change_by_nationality", region=region, year=year, base=base)
    if not answer.rows:
        sentence = _(
            "The change of {region} from {base} to {year} cannot be divided: there are no "
            "figures of both years."
        ).format(region=label("region", region), base=base, year=year)
        return Section(title, (Paragraph(sentence),), is_half=True)
    here = {"region": region, "year": year}
    mix, rates = (
        context.rows("patients_by_nationality", **here),
        context.rows("printed_rates", **here),
    )
    note = _(
        "Persons, and percentage points of the base year's total; the parts add up to the "
        "total. A nationality published for one of the two years only is in the rest."
    )
    chart = change_chart(region, year, base, answer.rows, mix, rates)
    if any(cell.span for series in chart.series for cell in series.cells):
        note = _(
            "Each bar begins where the one above it may have ended at the least. Striped: what it "
            "could be more. A nationality with a figure of {year} and a printed growth has the "
            "range that these two leave (the growth one unit of its last digit up or down); all "
            "others are the rest."
        ).format(year=year)
    blocks = (replace(chart, note=note, answer=answer),)
    return Section(title, blocks, is_half=True, anchor=DRIVERS)


def default_base(context: QueryContext, region: str, year: int) -> int:
    """The year before; if no nationality has figures of both, the nearest with which one has.

    What lies further back says nothing about what drove a change.
    """
    nations: dict[int, set[str]] = {}
    for row in context.rows("nationality_years", region=region):
        if row["value"] is not None:
            nations.setdefault(row["year"], set()).add(row["nationality"])
    here = nations.pop(year, set())
    first = max(FIRST_BASELINE, year - _FARTHEST_BASE)
    shared = [known for known, found in nations.items() if first <= known < year and found & here]
    return max(shared, default=year - 1)


def _nationality_years(context: QueryContext, region: str, year: int) -> Iterator[Section]:
    """A small line for each nationality, and all of them in a table; else that there is none."""
    title = _("Nationalities over the years")
    answer = context.answer("nationality_years", region=region)
    if not answer.rows:
        sentence = _("No nationality of {region} was published in persons for any year.").format(
            region=label("region", region)
        )
        yield Section(title, (Paragraph(sentence),))
        return
    table = replace(nationality_years_table(region, answer.rows), answer=answer)
    lines = nationality_lines(answer.rows, year)
    if lines is None:
        yield Section(title, (table,))
        return
    figures, reading = lines
    yield Section(title, (replace(figures, answer=answer), reading))
    yield Section(_("Every nationality and year"), (table,), is_folded=True, anchor="every-year")


def _concentration(context: QueryContext, region: str, year: int) -> Section:
    """What the three greatest nationalities hold; the reason where that cannot be said."""
    title = _("Concentration")
    answer = context.answer("nationality_concentration", region=region, year=year)

    def published(of: int) -> tuple[Rows, Rows]:
        here = {"region": region, "year": of}
        return (
            context.rows("patients_by_nationality", **here),
            context.rows("printed_rates", **here),
        )

    known = [row["year"] for row in answer.rows if row["share_pct"] is not None]
    if len(known) > 1:
        chart = concentration_chart(region, year, answer.rows, *published(year))
        return Section(title, (replace(chart, answer=answer),))
    sentences = tuple(
        Paragraph(
            concentration_finding(region, row["year"], answer.rows, *published(row["year"])),
            tuple(row["source_ids"] or ()),
        )
        for row in sorted(answer.rows, key=lambda row: row["year"] != year)
        if row["year"] in {year, *known}
    )
    return Section(title, sentences)


def _printed_rates(context: QueryContext, region: str, year: int) -> Section:
    """Shares and growth that were published without the persons behind them."""
    title = _("Published in per cent only")
    answer = context.answer("printed_rates", region=region, year=year)
    said = {"region": label("region", region), "year": year}
    if not answer.rows:
        sentence = _(
            "{region} {year}: no share or change of a nationality, department or class of "
            "institutions is known only in per cent."
        )
        return Section(title, (Paragraph(sentence.format(**said)),))
    rates = ("share_pct", "growth_pct")
    counts = [sum(row[rate] is not None for row in answer.rows) for rate in rates]
    finding = _("{region} {year}: printed without persons: shares {shares}, changes {growths}")
    caveats = [
        str(caveat)
        for rate, count in zip(rates, counts, strict=True)
        if count and (caveat := context.metric(rate).caveat) is not None
    ]
    table = table_of(
        finding.format(**said, shares=counts[0], growths=counts[1]),
        answer.rows,
        {
            "breakdown": lambda row: label("breakdown", row["breakdown"]),
            "item": (_("Item"), _rated),
            "share_pct": (_("Printed share"), partial(_rate, rate="share")),
            "growth_pct": (
                _("Printed change on the year"),
                partial(_rate, rate="growth", signed=True),
            ),
            "note": _rate_notes,
        },
        figures=rates,
        answer=answer,
        note=" ".join(caveats),
    )
    return Section(title, (table,))


def _rated(row: Row) -> str:
    """What a rate is of: a nationality, department or class, and which part of the year."""
    name = (
        country_text(row["nationality"])
        or label("department", row["department"])
        or label("institution_class", row["institution_class"])
    )
    if row["period"] == "annual":
        return name
    return _("{name} ({value})").format(name=name, value=label("period", row["period"]))


def _rate_notes(row: Row) -> str:
    notes = dict.fromkeys(record_text(row[note]) for note in ("share_note", "growth_note"))
    return " · ".join(filter(None, notes))


def _rate(row: Row, rate: str, *, signed: bool = False) -> Cell:
    """A rate with as many decimals as were printed; nothing where none was printed."""
    value = row[f"{rate}_pct"]
    if value is None:
        return text_cell("")
    digits = 0 if float(value).is_integer() else 1
    text = approximated(percent_text(value, digits, signed), row[f"is_{rate}_approximate"])
    return Cell(text, value, row[f"{rate}_evidence"], tuple(row["source_ids"] or ()))


def _care(context: QueryContext, region: str, year: int) -> Iterator[Section]:
    """Departments and classes of institutions, as far as they were published."""
    said = {"region": label("region", region), "year": year}
    departments = context.answer("department_mix", region=region, year=year)
    block: Block = Paragraph(
        _("No departments of {region} were published for {year}.").format(**said)
    )
    if departments.rows:
        block = replace(
            department_chart(region, year, departments.rows),
            note=_department_note(context, region, year),
            answer=departments,
        )
    yield Section(_("Departments in {year}").format(year=year), (block,), is_half=True)
    classes = context.answer("institution_mix", region=region, year=year)
    block = Paragraph(
        _("No classes of institutions of {region} were published for {year}.").format(**said)
    )
    if classes.rows:
        note = _(
            "Striped classes contain others: they overlap, and are not added or compared "
            "with them. Printed shares are of the whole the source means."
        )
        chart = institution_chart(region, year, classes.rows)
        block = replace(chart, note=note, answer=classes)
    yield Section(_("Classes of institutions in {year}").format(year=year), (block,), is_half=True)


def _department_note(context: QueryContext, region: str, year: int) -> str:
    """Why departments are not added up, with the printed sum where there is one."""
    note = _(
        "One patient may count in several departments: the counts exceed the patients and are not "
        "added up. Printed shares are mostly of department counts."
    )
    said = {
        name: context.rows("figure", metric=metric, region=region, year=year)
        for name, metric in (("sum", _DEPARTMENT_TOTAL), ("patients", PATIENTS))
    }
    if any(not rows or rows[0]["value"] is None for rows in said.values()):
        return note
    sums = {name: figure_text(rows[0], unit="persons") for name, rows in said.items()}
    sentence = _("In {year} the departments sum to {sum} for {patients}.")
    return f"{note} {sentence.format(year=year, **sums)}"


def _spending(context: QueryContext, region: str, year: int) -> Section:
    """Printed revenue per patient: one series of one method, where the region has it."""
    metric = context.metric(_PER_PATIENT)
    chart = _trend(context, _PER_PATIENT, region, year)
    if not chart.has_points:
        return Section(str(metric.name), (Paragraph(chart.title),))
    caveat = str(metric.caveat or "")
    meaning = Paragraph(str(metric.definition))
    return Section(str(metric.name), (replace(chart, note=caveat), meaning))
