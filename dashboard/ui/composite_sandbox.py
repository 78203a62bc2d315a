"""A composite of the reader's own KPIs and weights, and how firm its ranking is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import streamlit as st

from dashboard.catalogue import Catalogue, Metric, read_catalogue
from dashboard.content.composite import (
    acceptability_table,
    composite_chart,
    smallest_change_sentence,
)
from dashboard.content.document import ChartBlock, Paragraph, Section
from dashboard.i18n import figure_text, label, language, number_text, percent_text, quantity_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import EVIDENCE_MARKS
from dashboard.render.screen.html import Html
from dashboard.render.screen.page import kept_sections
from dashboard.render.screen.same_object import Same
from dashboard.render.screen.tables import Heading, StyledCell, StyledRow, table_html
from dashboard.render.screen.texts import Toned, Words
from dashboard.review.composite import complete_cases, shares
from dashboard.review.robustness import first_place_change, share_deviation
from dashboard.settings import settings
from dashboard.store.answer import Answer, Row
from dashboard.store.ask import Record
from dashboard.ui.chart_card import block_card, data_note
from dashboard.ui.composite_ranking import (
    DRAWS,
    SEED,
    Composite,
    acceptability_answer,
    announced_ranks,
    computed,
    scores_answer,
)
from dashboard.ui.ranking_filters import RankingView
from dashboard.ui.sandbox_choice import LEAST, SandboxChoice, sandbox_choice

_LEAST_REGIONS = 2
_KEPT = 64
"""So many composites stay computed."""


def sandbox(record: Record, asked: dict[str, Any]) -> None:
    """Draw the sandbox of the last year of a view of the rankings."""
    catalogue, view = read_catalogue(settings().queries), asked["view"]
    st.markdown("## " + _("Sandbox: a composite of your own, {year}").format(year=view.year))
    st.warning(
        _(
            "For trying only: it changes no ranking, no review and no record. The ministry "
            "published no weights; equal weights are assumed until you choose others."
        )
    )
    st.fragment(_sandbox)(record, catalogue, view)


def _sandbox(record: Record, catalogue: Catalogue, view: RankingView) -> None:
    metrics = _candidates(record, catalogue, view.year)
    if len(metrics) < LEAST:
        sentence = _(
            "In {year} fewer than two KPIs have figures of at least two regions. Choose another "
            "year."
        )
        st.info(sentence.format(year=view.year))
        return
    names = {name: str(metric.name) for name, metric in metrics.items()}
    choice = sandbox_choice(names)
    if not choice.is_complete:
        st.info(_("Choose at least two KPIs and give one of them a weight above zero."))
        return
    asked: dict[str, object] = {"year": view.year, "metrics": ",".join(choice.metrics)}
    measures = record.ask("region_measures", asked)
    figures = _figures(choice, measures)
    regions, lacking = complete_cases(figures)
    _left_out(record, names, lacking, regions)
    if len(regions) < _LEAST_REGIONS:
        st.info(_("Fewer than two regions have all of these figures. Choose other KPIs."))
        return
    span = {"first_year": view.year, "last_year": view.year}
    announced = record.ask("announced_ranks", {"metric": "review_rank", **span})
    made = _made(choice, Same(measures), Same(announced), language())
    left, right = st.columns([1, 2], gap="large")
    with left:
        every = (row["region"] for row in record.ask("regions").rows if not row["is_nation"])
        chart = _chart(Same(made), view.region, view.year, tuple(every))
        block_card(chart, "composite", _("Rankings"))
    with right:
        kept_sections(_acceptability(Same(made)))
        data_note(acceptability_answer(made), "acceptability", _("Rankings"))
    st.markdown(
        "#### " + _("What went in, beside the announced rank of {year}").format(year=view.year)
    )
    st.html(_inputs(Same(made), view.region, view.year))
    data_note(made.measures, "measures", _("Rankings"))


@lru_cache(maxsize=_KEPT)
def _made(
    choice: SandboxChoice, measures: Same[Answer], announced: Same[Answer], _code: str
) -> Composite:
    """What follows from a choice, computed once of the same answers."""
    figures = _figures(choice, measures.of)
    regions, _lacking = complete_cases(figures)
    metrics = read_catalogue(settings().queries)
    chosen = {name: metrics[name] for name in choice.metrics}
    names = {name: str(metric.name) for name, metric in chosen.items()}
    return computed(choice, chosen, names, measures.of, announced.of, figures, regions)


@lru_cache(maxsize=_KEPT)
def _chart(made: Same[Composite], region: str, year: int, every: tuple[str, ...]) -> ChartBlock:
    """The bars of the scores, the same block for the same composite."""
    return composite_chart(region, year, scores_answer(made.of), every)


def _candidates(record: Record, catalogue: Catalogue, year: int) -> dict[str, Metric]:
    """KPIs of the year with figures of at least two regions, in the catalogue's order.

    Only additive figures and computed changes, whose rise is called good or bad by the catalogue
    and that mean the same everywhere: no composite guesses whether more is better.
    """
    found = Counter(row["metric"] for row in record.ask("region_measures", {"year": year}).rows)
    return {
        metric.id: metric
        for metric in catalogue.all()
        if metric.question == "figure"
        and (metric.additive or metric.column == "change_pct")
        and metric.comparable
        and metric.direction != "none"
        and found[metric.id] >= _LEAST_REGIONS
    }


def _figures(choice: SandboxChoice, measures: Answer) -> dict[str, dict[str, float]]:
    figures: dict[str, dict[str, float]] = {metric: {} for metric in choice.metrics}
    for row in measures.rows:
        figures[row["metric"]][row["region"]] = row["value"]
    return figures


def _left_out(
    record: Record,
    names: Mapping[str, str],
    lacking: Mapping[str, Sequence[str]],
    regions: Sequence[str],
) -> None:
    """Name the regions that lack a figure, and which."""
    known = {*lacking, *regions}
    every = [row["region"] for row in record.ask("regions").rows if not row["is_nation"]]
    by_missing: dict[str, list[str]] = {}
    for region, missing in lacking.items():
        lacked = ", ".join(names[metric] for metric in missing)
        by_missing.setdefault(lacked, []).append(label("region", region))
    said = [f"{', '.join(found)} ({lacked})" for lacked, found in by_missing.items()]
    without = [label("region", region) for region in every if region not in known]
    if without:
        said.append(", ".join(without) + " (" + _("any of these figures") + ")")
    if said:
        sentence = _("Left out, with what is missing in brackets: {regions}")
        st.caption(sentence.format(regions="; ".join(said)))


@lru_cache(maxsize=_KEPT)
def _acceptability(kept: Same[Composite]) -> tuple[Section, ...]:
    """The share of draws in which each region takes each rank, and what would move the first."""
    made = kept.of
    note = _(
        "Weights drawn from a Dirichlet distribution around the chosen ones (concentration "
        "{concentration}, {draws} draws, seed {seed}); standard deviation of a weight: "
        "{deviations}. Rank acceptability as in SMAA-2 (Lahdelma and Salminen, 2001)."
    ).format(
        concentration=made.choice.concentration,
        draws=number_text(DRAWS),
        seed=SEED,
        deviations=_deviations(made),
    )
    table = acceptability_table(
        made.regions, made.order, made.robustness, DRAWS, note, label("column", "region")
    )
    among = _("Among the {count} regions composed only: {finding}")
    table = replace(table, title=among.format(count=len(made.regions), finding=table.title))
    is_shared = made.ranks.count(1) > 1
    change = smallest_change_sentence(
        None if is_shared else first_place_change(made.indicators, made.choice.weights),
        is_shared,
        [made.names[metric] for metric in made.choice.metrics],
        made.regions,
        made.regions[made.order[0]],
    )
    return (Section("", (table, Paragraph(change))),)


def _deviations(made: Composite) -> str:
    weighed = zip(made.choice.metrics, shares(made.choice.weights), strict=True)
    return ", ".join(
        f"{made.names[metric]} {percent_text(100 * float(share))} ± "
        f"{percent_text(100 * share_deviation(share, made.choice.concentration))}"
        for metric, share in weighed
    )


@lru_cache(maxsize=_KEPT)
def _inputs(kept: Same[Composite], looked_at: str, year: int) -> Html:
    """What went in: each figure with its evidence and its points, beside the announced rank."""
    made, choice = kept.of, kept.of.choice
    found = {(row["metric"], row["region"]): row for row in made.measures.rows}
    announced = announced_ranks(made)
    columns: list[str | Heading] = [
        Heading(_("Sandbox rank"), "number"),
        label("column", "region"),
        Heading(_("Composite"), "number"),
        *(
            Heading(f"{made.names[metric]} · {percent_text(100 * float(share))}", "wrap")
            for metric, share in zip(choice.metrics, shares(choice.weights), strict=True)
        ),
        Heading(_("Announced in the review of {year}").format(year=year), "wrap"),
    ]
    rows = []
    for place in made.order:
        region = made.regions[place]
        measures = [
            StyledCell(
                _measure(found[metric, region], float(points[place])),
                "number",
                order=float(points[place]),
            )
            for metric, points in zip(choice.metrics, made.indicators, strict=True)
        ]
        ranks = ", ".join(quantity_text(rank, "rank") for rank in announced.get(region, ()))
        cells: list[Words | StyledCell] = [
            made.ranks[place],
            label("region", region),
            number_text(float(made.scores[place]), 1),
            *measures,
            ranks or _("not announced"),
        ]
        rows.append(StyledRow(cells, "mine" if region == looked_at else ""))
    return table_html(columns, rows, _scale_rule(choice), key="composite", head=1)


def _measure(row: Row, points: float) -> Words:
    """Points of a figure, and below them the figure with its evidence."""
    evidence = (EVIDENCE_MARKS[row["evidence"]], label("evidence", row["evidence"]))
    return [
        _("{points} points").format(points=number_text(points, 1)),
        Toned((figure_text(row), *evidence)),
    ]


def _scale_rule(choice: SandboxChoice) -> str:
    if choice.scale == "minmax":
        return _(
            "Points of a KPI: 100 × (value − least) ÷ (greatest − least) over the regions that "
            "have all chosen figures. Composite: the weighted mean of the points."
        )
    return _(
        "Points of a KPI: percentile rank, 100 × (regions below + half of those equal) ÷ (other "
        "regions), over the regions that have all chosen figures. Composite: the weighted mean of "
        "the points."
    )
