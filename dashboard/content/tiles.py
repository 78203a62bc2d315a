"""Which metrics stand in front on the overview: six tiles at most; the others are folded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dashboard.catalogue import Metric
from dashboard.content.countries import country_ways
from dashboard.content.document import Block, Cell, KeyFigure, KeyFigures, Paragraph, Table
from dashboard.content.figures import key_figure, key_figures
from dashboard.content.query_context import QueryContext
from dashboard.content.readings import reading_notes, says_range
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext
from dashboard.kpi import PATIENTS, Reading, says_little
from dashboard.kpi import key_figures as asked_together

_MOST_TILES = 6
_OF_A_GROUP = 2
"""So many of each group come first; what a poor group leaves free goes to the others."""


@dataclass(frozen=True)
class Known:
    """What the record knows of a metric of a region."""

    asked: Reading
    """Of the year of the view."""
    shown: Reading
    """The same where it has a value, else of the year nearest to it that has one."""

    @property
    def metric(self) -> Metric:
        """The metric."""
        return self.asked.metric

    @property
    def is_of_year(self) -> bool:
        """Whether the year itself has a value."""
        return is_known(self.asked)

    @property
    def is_of_all_years(self) -> bool:
        """Whether its question asks for no year: it counts what the record has at all."""
        taken = {one.name for one in self.asked.answer.question.parameters}
        return "year" not in taken

    @property
    def is_known(self) -> bool:
        """Whether any year has one."""
        return is_known(self.shown)


def is_known(reading: Reading) -> bool:
    """Whether a reading has a value, or a range that stands for one and tells something."""
    if reading.value is not None or reading.bound is None:
        return reading.value is not None
    return says_range(reading) and not says_little(reading.bound)


def known(context: QueryContext, metric: Metric, region: str, year: int) -> Known:
    """A metric of a region in a year; of the latest year before, else the first after, if need be.

    Where no year has a value, one with a narrow range stands for it; without any it stays that of
    the year.
    """
    asked = context.reading(metric, region, year)
    if is_known(asked):
        return Known(asked, asked)
    years = _nearest(_years(context, metric, region), year)
    shown = context.reading(metric, region, years[0]) if years else None
    if shown is None and metric.id == PATIENTS:
        ranges = _nearest(_years_of_ranges(context, region), year)
        shown = next((context.reading(metric, region, one) for one in ranges), None)
    return Known(asked, shown or asked)


def _nearest(years: Iterable[int], year: int) -> list[int]:
    """Those before from the latest on, then those after from the first on."""
    return sorted(years, key=lambda one: (one > year, abs(year - one)))


def _years_of_ranges(context: QueryContext, region: str) -> set[int]:
    """Years of which everything printed says how many patients there were, at least and at most."""
    rows = context.rows("bounds")
    return {row["year"] for row in rows if row["region"] == region and row["is_range_narrow"]}


def _years(context: QueryContext, metric: Metric, region: str) -> set[int]:
    """Years in which a metric has a value."""
    rows = context.rows("known_metric_years", region=region)
    of = (metric.question, metric.params.get("metric", PATIENTS))
    return {row["year"] for row in rows if (row["question"], row["metric"]) == of}


def in_front(metrics: Sequence[Known]) -> list[Known]:
    """The tiles, in the order of their groups.

    Those that the year knows come before those that only another year or all years together do; of
    each group the first two, then whatever comes next until there are six.
    """
    candidates = sorted(
        (one for one in metrics if one.is_known and one.metric.tile),
        key=lambda one: (
            not one.is_of_year or one.is_of_all_years,
            _place(one.metric)[1],
        ),
    )
    chosen: list[Known] = []
    for one in candidates:
        if sum(_group(each) == _group(one) for each in chosen) < _OF_A_GROUP:
            chosen.append(one)
    rest = [one for one in candidates if one not in chosen]
    chosen += rest[: max(_MOST_TILES - len(chosen), 0)]
    return [
        one for group in _GROUPS for one in candidates if one in chosen and _group(one) == group
    ]


_GROUPS = ("patients", "activity", "funding")


def _group(one: Known) -> str:
    return _place(one.metric)[0]


def _place(metric: Metric) -> tuple[str, int]:
    assert metric.tile is not None
    return metric.tile.group, metric.tile.place


def tile_blocks(
    context: QueryContext, region: str, year: int, compare: str | None, table: Table
) -> tuple[Block, ...]:
    """Six tiles, then what folds: further ones, those of other years, and names of those unknown.

    On paper the table of all metrics stands for the further ones.
    """
    found = [known(context, metric, region, year) for metric in context.catalogue.tiles()]
    tiles = in_front(found)
    rest = [one for one in found if one not in tiles]
    further = [one.asked for one in rest if one.is_of_year]
    blocks: list[Block] = []
    if tiles:
        answer = asked_together([one.shown for one in tiles])
        figures = tuple(_tile(context, one, compare) for one in tiles)
        blocks.append(KeyFigures(figures, answer=answer))
    folded = key_figures(context, further, _beside(context, further, compare), table)
    blocks.append(
        replace(folded, title=_("Other metrics of {year}").format(year=year), form="folded")
    )
    blocks += _of_other_years(context, [one for one in rest if not one.is_of_year], year)
    return (*blocks, *country_ways(context, region))


def _beside(
    context: QueryContext, readings: Sequence[Reading], compare: str | None
) -> list[Reading]:
    return [context.reading(one.metric, compare, one.year) for one in readings if compare]


def _tile(context: QueryContext, one: Known, compare: str | None) -> KeyFigure:
    figure = _of_its_year(context, one, compare)
    return replace(figure, group=label("metric_group", _group(one)))


def _of_its_year(context: QueryContext, one: Known, compare: str | None = None) -> KeyFigure:
    """As a tile; a value of another year says which, and what is known of the year in question."""
    if one.is_of_year or not one.is_known:
        beside = _beside(context, [one.asked], compare)
        return key_figure(context, one.asked, next(iter(beside), None))
    figure = key_figure(context, one.shown, None)
    said = "; ".join(
        _("{year}: {value}").format(year=one.asked.year, value=note)
        for note in reading_notes(context.record, one.asked)
    )
    return replace(
        figure,
        year=one.shown.year,
        note="; ".join(filter(None, (figure.note, said))),
    )


def _of_other_years(context: QueryContext, rest: Sequence[Known], year: int) -> list[Block]:
    """Metrics without a value of the year with their latest, then those that never have one."""
    others = []
    for one in rest:
        figure = _of_its_year(context, one)
        if one.is_known:
            others.append(figure)
        elif figure.note:  # what is had with others, or item by item, is no value of its own
            cell = Cell(figure.note, figure.note, None, figure.cell.source_ids)
            others.append(replace(figure, cell=cell, note=""))
    names = {figure.key for figure in others}
    never = [str(one.metric.name) for one in rest if one.metric.id not in names]
    blocks: list[Block] = []
    if others:
        title = ngettext(
            "{count} metric without a figure of {year}",
            "{count} metrics without a figure of {year}",
            len(others),
        ).format(count=len(others), year=year)
        blocks.append(KeyFigures(tuple(others), title=title, form="line"))
    if never:
        sentence = ngettext(
            "{count} metric of which the record has no figure for this region: {names}",
            "{count} metrics of which the record has no figure for this region: {names}",
            len(never),
        ).format(count=len(never), names=", ".join(never))
        blocks.append(Paragraph(sentence, kind="aside"))
    return blocks
