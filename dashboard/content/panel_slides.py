"""The result of a round as an audience sees it: charts in the place of tables and sheets."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from dashboard.content.document import Cell, ChartBlock, DotChart, Paragraph, Section, Series
from dashboard.content.panel_cells import plain_number, score_cell
from dashboard.content.panel_firmness import concordance_sentence
from dashboard.content.panel_rule import criterion_name, points
from dashboard.content.panel_scores import panel_finding
from dashboard.content.tables import table_of
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text, percent_text
from dashboard.judging.result_view import PanelResult
from dashboard.review.aggregation import ApplicantScore, mean
from dashboard.review.panel import Criterion

_MOST_APPLICANTS = 8
"""Columns of points that a slide holds; more stand in the files."""


def panel_slides(
    found: PanelResult, official: Section, further: Sequence[Section | None]
) -> tuple[Section, ...]:
    """Ranking, scores, criteria and agreement, then what is said of them.

    Args:
        found: the result as the reader may see it.
        official: the ranking with its chart and table.
        further: what else is said, each a slide; None is left out.
    """
    # The chart of every judge's dot takes a slide for two applicants: bars say it on one.
    drawn = [block for block in official.blocks if not isinstance(block, DotChart)]
    # Sentences after the table stand below it; before it, or as warnings, on slides of their own.
    said = [replace(block, kind="plain") for block in drawn if isinstance(block, Paragraph)]
    shown = [block for block in drawn if not isinstance(block, Paragraph)]
    ranking = replace(official, blocks=(*shown, *said))
    charts = (_scores(found), _criteria(found), _agreement(found))
    return (
        ranking,
        *(one for one in charts if one is not None),
        *(one for one in further if one is not None),
    )


def on_one_slide(sections: Sequence[Section | None]) -> Section | None:
    """Sections of few sentences as one; None where there is nothing to say."""
    said = [one for one in sections if one is not None]
    title = " · ".join(one.title for one in said)
    return Section(title, tuple(block for one in said for block in one.blocks)) if said else None


def _scored(found: PanelResult) -> list[ApplicantScore]:
    return [row for row in found.outcome.applicants if row.final is not None]


def _scores(found: PanelResult) -> Section | None:
    """A bar an applicant, and the lowest and highest total that a judge gave."""
    ranked, rule = _scored(found), found.round.rules.rule
    if not ranked:
        return None
    names = tuple(label("region", row.applicant) for row in ranked)
    series = [Series(_("Score"), tuple(score_cell(row.final, rule) for row in ranked), True)]
    totals = [[one.total for one in row.totals if one.stage is None] for row in ranked]
    note = ""
    if all(totals):
        series += [
            Series(_("Highest total"), tuple(score_cell(max(one), rule) for one in totals)),
            Series(_("Lowest total"), tuple(score_cell(min(one), rule) for one in totals)),
        ]
        note = _("Highest and lowest total of a judge who counts, dropped ones included")
    words = "; ".join(
        f"{name} " + ", ".join(f"{one.name} {one.cells[place].text}" for one in series)
        for place, name in enumerate(names)
    )
    title = _("Scores, and how far the judges' totals lie apart")
    unit = _("Points of {max}").format(max=points(found.round.rules.max_total))
    alt = f"{panel_finding(found)}. {words}"
    return Section(title, (ChartBlock("bar", title, unit, names, tuple(series), alt, note),))


def _criteria(found: PanelResult) -> Section | None:
    """The mean of every applicant in every criterion, the darker the nearer to all its points."""
    ranked, rules = _scored(found), found.round.rules
    if not ranked:
        return None
    shown, rest = ranked[:_MOST_APPLICANTS], ranked[_MOST_APPLICANTS:]
    means = {(row.applicant, row.criterion_id): row.mean for row in found.spread}

    def cell(applicant: str, criterion: Criterion) -> Cell:
        value = means.get((applicant, criterion.criterion_id))
        if value is None:
            return score_cell(None, rules.rule)
        share = float(value / criterion.max_points)
        shade = min(4, int(share * 5))
        return Cell(number_text(float(value), 2), plain_number(value), "counted", (), shade=shade)

    codes = [row.applicant for row in shown]
    note = _("Means of all judges who count, dropped ones included; darker: nearer to all points")
    if rest:
        others = ", ".join(label("region", row.applicant) for row in rest)
        note += ". " + _("Further: {list}").format(list=others)
    table = table_of(
        "",
        rules.criteria,
        {
            "criterion": (_("Criterion"), criterion_name),
            "max_points": (_("Maximum points"), lambda one: points(one.max_points)),
            **{code: (label("region", code), partial(cell, code)) for code in codes},
        },
        figures=("max_points", *codes),
        note=note,
    )
    return Section(_("Where the points were won: mean by criterion"), (table,))


def _agreement(found: PanelResult) -> Section | None:
    """A bar a criterion: how far the judges' points lie apart, as a share of its points."""
    apart = _apart(found)
    if not apart:
        return None
    order = sorted(apart, key=lambda one: -apart[one])
    by_id = {one.criterion_id: one for one in found.round.rules.criteria}
    widest = [one for one in order if apart[one] == apart[order[0]]]
    names = tuple(criterion_name(by_id[one]) for one in order)
    cells = tuple(
        Cell(percent_text(float(apart[one])), float(round(apart[one], 1)), "counted", ())
        for one in order
    )
    title = _(
        "Judges differ most in “{criteria}”: standard deviation {share} of its points"
    ).format(
        criteria=", ".join(criterion_name(by_id[one]) for one in widest),
        share=percent_text(float(apart[order[0]])),
    )
    words = "; ".join(f"{name} {cell.text}" for name, cell in zip(names, cells, strict=True))
    note = concordance_sentence(found)
    unit = _("Standard deviation, per cent of the points, mean of the applicants")
    series = (Series(_("Standard deviation"), cells, True),)
    chart = ChartBlock("bar", title, unit, names, series, f"{title}. {words}", note)
    return Section(_("How far the judges agree"), (chart,))


def _apart(found: PanelResult) -> dict[str, Decimal]:
    """Criterion → mean of the applicants' standard deviations, in per cent of its points."""
    shares: dict[str, list[Decimal]] = {}
    most = {one.criterion_id: one.max_points for one in found.round.rules.criteria}
    for row in found.spread:
        if row.deviation is not None:
            share = 100 * row.deviation / most[row.criterion_id]
            shares.setdefault(row.criterion_id, []).append(share)
    return {criterion: mean(values) for criterion, values in shares.items()}
