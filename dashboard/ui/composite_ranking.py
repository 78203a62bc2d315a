"""What is computed from a choice of KPIs and weights: scores, ranks, and how firm they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from dashboard.catalogue import Metric
from dashboard.review.composite import competition_ranks, composite_scores, scaled
from dashboard.review.robustness import RankAcceptability, rank_acceptability
from dashboard.store.answer import Answer, Row
from dashboard.store.question import Column
from dashboard.ui.sandbox_choice import SandboxChoice

DRAWS = 2000
SEED = 2000


@dataclass(frozen=True)
class Composite:
    """Everything computed from one choice; regions in order of their codes."""

    choice: SandboxChoice
    names: Mapping[str, str]
    measures: Answer
    announced: Answer
    regions: Sequence[str]
    indicators: Sequence[Sequence[Fraction]]
    scores: Sequence[Fraction]
    ranks: Sequence[int]
    robustness: RankAcceptability

    @property
    def order(self) -> list[int]:
        """Places of the regions, the first rank first."""
        return sorted(range(len(self.regions)), key=lambda place: self.ranks[place])


def computed(
    choice: SandboxChoice,
    metrics: Mapping[str, Metric],
    names: Mapping[str, str],
    measures: Answer,
    announced: Answer,
    figures: Mapping[str, Mapping[str, float]],
    regions: Sequence[str],
) -> Composite:
    """Everything that follows from a choice of KPIs, weights and scale.

    `figures` are of each KPI by region, `regions` those that have all of them.
    """
    indicators = [
        scaled(
            [figures[metric][region] for region in regions],
            choice.scale,
            is_up_good=metrics[metric].direction == "up",
        )
        for metric in choice.metrics
    ]
    scores = composite_scores(indicators, choice.weights)
    return Composite(
        choice,
        names,
        measures,
        announced,
        regions,
        indicators,
        scores,
        competition_ranks(scores),
        rank_acceptability(indicators, choice.weights, choice.concentration, DRAWS, SEED),
    )


def announced_ranks(made: Composite) -> dict[str, tuple[float, ...]]:
    """Region → its announced ranks of the year, each once: programmes may differ."""
    found: dict[str, tuple[float, ...]] = {}
    for row in made.announced.rows:
        others = found.get(row["region"], ())
        found[row["region"]] = tuple(dict.fromkeys((*others, row["announced_rank"])))
    return found


def scores_answer(made: Composite) -> Answer:
    """Rank, score and interval of ranks of each region, beside the announced rank."""
    announced = announced_ranks(made)
    single = {region: ranks[0] for region, ranks in announced.items() if len(ranks) == 1}
    rows = [
        {
            "rank": made.ranks[place],
            "region": made.regions[place],
            "score": float(made.scores[place]),
            "draw_rank_best": made.robustness.best[place],
            "draw_rank_worst": made.robustness.worst[place],
            "announced_rank": single.get(made.regions[place]),
        }
        for place in made.order
    ]
    return _derived(
        made,
        "composite_sandbox",
        "How would regions rank by a composite of chosen KPIs and weights? A sandbox.",
        "one row per region with all chosen figures",
        {
            "rank": "BIGINT",
            "region": "VARCHAR",
            "score": "DOUBLE",
            "draw_rank_best": "BIGINT",
            "draw_rank_worst": "BIGINT",
            "announced_rank": "DECIMAL",
        },
        rows,
    )


def acceptability_answer(made: Composite) -> Answer:
    """In which share of the draws each region takes each rank."""
    rows = [
        {"region": made.regions[place], "rank": rank, "share_pct": float(100 * share)}
        for place in made.order
        for rank, share in enumerate(made.robustness.shares[place], 1)
    ]
    return _derived(
        made,
        "composite_sandbox_ranks",
        "In which share of the drawn weights does each region take each rank? A sandbox.",
        "one row per region and rank",
        {"region": "VARCHAR", "rank": "BIGINT", "share_pct": "DOUBLE"},
        rows,
    )


def _derived(
    made: Composite,
    name: str,
    answers: str,
    grain: str,
    columns: Mapping[str, str],
    rows: Sequence[Row],
) -> Answer:
    """What was computed from the measures, with their question, their sources and the choice."""
    question = replace(
        made.measures.question,
        name=name,
        answers=answers,
        grain=grain,
        columns=tuple(Column(column, kind, None) for column, kind in columns.items()),
    )
    choice = made.choice
    parameters = made.measures.parameters | {
        "weights": ",".join(str(weight) for weight in choice.weights),
        "scale": choice.scale,
        "concentration": choice.concentration,
        "draws": DRAWS,
        "seed": SEED,
    }
    sources = {row["source_id"]: row for row in (*made.measures.sources, *made.announced.sources)}
    return Answer(question, parameters, made.measures.build, tuple(rows), tuple(sources.values()))
