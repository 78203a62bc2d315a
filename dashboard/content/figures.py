"""Key figures as tiles and tables: value, change, target and evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.catalogue import Metric
from dashboard.content.cells import change_cell, reading_cell, text_cell
from dashboard.content.document import (
    Cell,
    Column,
    KeyFigure,
    KeyFigures,
    Section,
    Table,
)
from dashboard.content.doubts import name_of
from dashboard.content.links import evidence_link
from dashboard.content.query_context import QueryContext, Row
from dashboard.content.readings import (
    change_words,
    dissent_text,
    evidence_words,
    reading_notes,
    says_range,
    shared_sentences,
    target_words,
    value_text,
)
from dashboard.content.tables import table_of
from dashboard.i18n import figure_text, label, percent_text
from dashboard.i18n import gettext as _
from dashboard.kpi import Reading
from dashboard.kpi import key_figures as asked_together

_REVIEW_FACTS = frozenset({"review_rank", "target_attainment_pct"})
"""Said elsewhere: the review in its own section, attainment beside the target."""


def table_metrics(context: QueryContext) -> tuple[Metric, ...]:
    """The metrics of a table of key figures, in the order of the overview."""
    return tuple(
        metric for metric in context.catalogue.overview() if metric.id not in _REVIEW_FACTS
    )


def key_figures(
    context: QueryContext,
    readings: Sequence[Reading],
    compared: Sequence[Reading] = (),
    table: Table | None = None,
) -> KeyFigures:
    """Readings of one region and year with change, target, trend and evidence.

    `compared` are those of the same metrics of another region, in the same order, if there is one;
    `table` stands for them on paper.
    """
    others: Sequence[Reading | None] = compared or [None] * len(readings)
    figures = tuple(
        key_figure(context, reading, other) for reading, other in zip(readings, others, strict=True)
    )
    answer = asked_together([*readings, *compared]) if readings else None
    return KeyFigures(figures, table, answer)


def key_figure(context: QueryContext, reading: Reading, other: Reading | None) -> KeyFigure:
    """A reading with all that is said beside it, and what another region has, if that is known."""
    words = change_words(reading)
    target = target_words(reading)
    notes = reading_notes(context.record, reading)
    if other is not None and (other.value is not None or says_range(other)):
        notes.append(f"{label('region', other.region)} {value_text(other)}")
    trend = _metric_up_to(context, reading)
    known = [row for row in trend if row["value"] is not None]
    differing = dissent_text((reading.row or {}).get("dissent_count"))
    return KeyFigure(
        reading.name,
        reading_cell(reading),
        reading.metric.id,
        f"{words['arrow']} {words['change']} {words['versus']}" if words["change"] else "",
        str(target["target"]),
        "; ".join(notes),
        evidence_words(reading),
        evidence_link(reading.metric.id, reading.region, reading.year),
        words["mood"],
        target["attainment"],
        tuple(row["value"] for row in trend) if len(known) > 1 else (),
        ", ".join(f"{row['year']} {figure_text(row)}" for row in known),
        (str(known[0]["year"]), str(trend[-1]["year"])) if len(known) > 1 else ("", ""),
        printed_by=reading.printed_by or 0,
        differing=differing if differing in notes else "",
    )


def _metric_up_to(context: QueryContext, reading: Reading) -> list[Row]:
    """Rows of the years up to the reading's, of metrics that are figures; ranks are no curve."""
    if reading.metric.question != "figure" or reading.metric.unit == "rank":
        return []
    rows = context.rows("trend", metric=reading.metric.params["metric"], region=reading.region)
    return [row for row in rows if row["year"] <= reading.year]


def kpi_table(context: QueryContext, title: str, readings: Sequence[Reading], year: int) -> Table:
    """Name, value, change, target with attainment and notes of each metric of a region and year."""
    return table_of(
        title,
        readings,
        {
            "name": (label("column", "metric"), lambda one: one.name),
            "value": (_("{year}").format(year=year), reading_cell),
            "change": (_("on the year before"), change_cell),
            "target": (_("Target (reached)"), lambda reading: target_cell(context, reading)),
            "note": lambda reading: "; ".join(reading_notes(context.record, reading)),
        },
        figures=("value", "change", "target"),
        question="key_figures",
        asked={"region": readings[0].region, "year": year} if readings else {},
    )


def two_year_table(
    title: str, context: QueryContext, reviewed: Sequence[Reading], current: Sequence[Reading]
) -> Table:
    """The year that a review judged beside the year of the review, of the same metrics."""
    before, after = reviewed[0].year, current[0].year
    shown = [
        (
            Column("name", label("column", "metric")),
            [text_cell(one.name) for one in reviewed],
        ),
        (
            Column("reviewed_value", _("{year}").format(year=before), True),
            [_counted_cell(one) for one in reviewed],
        ),
        (
            Column("reviewed_change", _("on {year}").format(year=before - 1), True),
            [change_cell(one) for one in reviewed],
        ),
        (
            Column("reviewed_target", _("Target {year} (reached)").format(year=before), True),
            [target_cell(context, one) for one in reviewed],
        ),
        (
            Column("value", _("{year}").format(year=after), True),
            [_counted_cell(one) for one in current],
        ),
        (
            Column("target", _("Target {year} (reached)").format(year=after), True),
            [target_cell(context, one) for one in current],
        ),
    ]
    kept = [
        (column, cells)
        for column, cells in shown
        if "target" not in column.name or any(cell.text for cell in cells)
    ]
    return Table(
        title,
        tuple(column for column, _cells in kept),
        tuple(zip(*(cells for _column, cells in kept), strict=True)),
        "key_figures",
        (("region", reviewed[0].region), ("year", before)),
        " ".join(_two_year_notes([column for column, _cells in kept], [*reviewed, *current])),
    )


def _counted_cell(reading: Reading) -> Cell:
    """The value of a metric; a computed rank says among how many, which no other cell does."""
    cell = reading_cell(reading)
    if reading.metric.question != "ranking":
        return cell
    if reading.bound is not None:
        among = _("{rank} (of all {all} regions)")
        text = among.format(rank=cell.text, all=reading.bound["region_count"])
        return replace(cell, text=text)
    if reading.value is None or reading.row is None:
        return cell
    among = _("{rank} (of {count} regions with figures)").format(
        rank=cell.text, count=reading.row["of_count"]
    )
    return replace(cell, text=among)


def _two_year_notes(shown: Sequence[Column], readings: Sequence[Reading]) -> Iterator[str]:
    """What no cell of the table says: that there is no target, and what is had with others."""
    if not any("target" in column.name for column in shown):
        yield _("The record has no target of these years.")
    for reading in readings:
        for sentence in shared_sentences(reading):
            yield _("{metric}, {sentence}.").format(metric=name_of(reading), sentence=sentence)


def target_cell(context: QueryContext, reading: Reading) -> Cell:
    """The target with the part of it that was reached; empty for a metric that has none."""
    if reading.target is None:
        return text_cell("")
    (found,) = context.rows(
        "target",
        metric=reading.metric.params["metric"],
        region=reading.region,
        year=reading.year,
    )
    text = figure_text(found, "target", reading.metric.unit)
    if found["attainment_pct"] is not None:
        text += f" ({percent_text(found['attainment_pct'])})"
    # The row's sources are those of figure and target together.
    sources = tuple(found["source_ids"] or ())
    return Cell(text, found["target"], found["target_evidence"], sources)


def definitions_section(readings: Sequence[Reading]) -> Section:
    """What each metric means, and what to beware of."""
    table = table_of(
        "",
        [reading.metric for reading in readings],
        {
            "name": (label("column", "metric"), lambda metric: str(metric.name)),
            "definition": lambda metric: str(metric.definition),
            "caveat": lambda metric: str(metric.caveat or ""),
        },
        asides=("caveat",),
    )
    return Section(_("Definitions"), (table,), is_folded=True, anchor="definitions")
