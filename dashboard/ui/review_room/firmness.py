"""How far judges agree, what other aggregations give, and how firm the ranking is."""

from decimal import Decimal
from fractions import Fraction

import streamlit as st

from dashboard.content.panel_rule import criterion_name, points, score_text
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text, percent_text, quantity_text
from dashboard.judging.result_view import PanelResult
from dashboard.render.screen.html import draw
from dashboard.render.screen.tables import Heading, draw_table
from dashboard.render.screen.texts import Toned, Words, draw_text
from dashboard.review.panel import Rule
from dashboard.review.panel_robustness import PanelRobustness


def agreement_section(found: PanelResult) -> None:
    """Kendall's W, and the spread of the points in every criterion."""
    st.markdown("## " + _("How far the judges agree"))
    agreed = found.concordance
    if agreed.w is None:
        sentence = _("Kendall's W cannot be computed: too few judges scored all applicants.")
    else:
        sentence = _(
            "Kendall's W is {w} (0: no agreement, 1: the same order by all), from {judges} judges "
            "who scored all {applicants} applicants."
        ).format(
            w=number_text(float(agreed.w), 2), judges=agreed.judges, applicants=agreed.applicants
        )
    draw_text(sentence)
    rules = found.round.rules
    names = {c.criterion_id: (criterion_name(c), points(c.max_points)) for c in rules.criteria}
    with st.expander(_("Spread of the points by criterion")):
        figures = (
            _("of"),
            _("Judges"),
            _("Lowest"),
            _("Median"),
            _("Mean"),
            _("Highest"),
            _("Standard deviation"),
        )
        draw_table(
            [_("Applicant"), _("Criterion"), *(Heading(title, "number") for title in figures)],
            [
                [
                    label("region", row.applicant),
                    *names[row.criterion_id],
                    row.judges,
                    points(row.lowest),
                    number_text(float(row.median), 2),
                    number_text(float(row.mean), 2),
                    points(row.highest),
                    "" if row.deviation is None else number_text(float(row.deviation), 2),
                ]
                for row in found.spread
            ],
            _("Points of all judges who count, dropped ones included"),
            label=_("Spread of the points by criterion"),
        )


def firmness_section(found: PanelResult) -> None:
    """Reference aggregations beside the official one, and the ranking under other weights."""
    st.markdown("## " + _("How firm the ranking is"))
    _references(found)
    made = found.robustness
    if made is None:
        draw_text(_("No applicant has a score."), "weak")
        return
    _acceptability(found, made)


def _references(found: PanelResult) -> None:
    ways = {
        "all_judges": _("Mean of all judges"),
        "trimmed": _("Mean without the highest and the lowest"),
        "median": _("Median of the totals"),
    }
    official = {row.applicant: row for row in found.outcome.applicants}
    rule = found.round.rules.rule
    columns = [(ways[r.way], dict(r.scores), dict(r.ranks)) for r in found.references]
    reference = _("reference only")
    draw_table(
        [
            _("Applicant"),
            _("Official"),
            *(Heading(name, "wrap", reference) for name, _scores, _ranks in columns),
        ],
        [
            [
                (
                    label("region", code),
                    Toned(_("rank differs"))
                    if any(ranks.get(code) != row.rank for _n, _s, ranks in columns)
                    else "",
                ),
                _place(row.rank, row.final, rule),
                *(_place(ranks.get(code), scores.get(code), rule) for _n, scores, ranks in columns),
            ]
            for code, row in official.items()
        ],
        _("Other aggregations of the same sheets: for reference only, they decide nothing"),
        label=_("Other aggregations, for reference only"),
    )


def _place(rank: int | None, score: Decimal | None, rule: Rule) -> Words:
    if rank is None:
        return "–"
    place = Toned(quantity_text(rank, "rank"), "strong")
    return place if score is None else (place, "·", score_text(score, rule))


def _acceptability(found: PanelResult, made: PanelRobustness) -> None:
    rank = {row.applicant: row.rank for row in found.outcome.applicants}
    order = sorted(
        range(len(made.applicants)), key=lambda place: rank[made.applicants[place]] or 99
    )
    first = order[0]
    shares = made.acceptability.shares
    draw_text(
        _("{region} takes rank 1 in {share} of {draws} draws of the weights.").format(
            region=label("region", made.applicants[first]),
            share=percent_text(float(100 * shares[first][0])),
            draws=number_text(made.draws),
        )
    )
    draw(
        "rank_acceptability.html",
        ranks=range(1, len(made.applicants) + 1),
        rows=[
            {
                "region": label("region", made.applicants[place]),
                "is_mine": False,
                "rank": rank[made.applicants[place]],
                "interval": f"{made.acceptability.best[place]}–{made.acceptability.worst[place]}",
                "shares": [(float(50 * share), _share(share)) for share in shares[place]],
            }
            for place in order
        ],
        caption=_("Share of {draws} draws in which an applicant takes rank 1, 2, 3 …").format(
            draws=number_text(made.draws)
        ),
    )
    st.caption(
        _(
            "Weights drawn from a Dirichlet distribution around the official ones (concentration "
            "{concentration}, {draws} draws, seed {seed}); the judges are dropped anew in every "
            "draw. Rank acceptability as in SMAA-2 (Lahdelma and Salminen, 2001)."
        ).format(
            concentration=number_text(made.concentration),
            draws=number_text(made.draws),
            seed=made.seed,
        )
    )
    draw_text(_change(found, made, first))


def _share(share: Fraction) -> str:
    if share == 0:
        return ""
    if share < Fraction(1, 100):
        return "<1%"
    return ">99%" if Fraction(99, 100) < share < 1 else percent_text(float(100 * share), 0)


def _change(found: PanelResult, made: PanelRobustness, first: int) -> str:
    if made.is_first_shared:
        return _("The first place is shared, so any change of a weight may decide it.")
    change = made.change
    if change is None:
        return _("No change of a single weight alone would change the first place.")
    return _(
        "Smallest change of one weight that changes the first place: “{name}” from {before} to "
        "{after} (the others keep their proportions); there {challenger} draws level with {first}."
    ).format(
        name=criterion_name(found.round.rules.criteria[change.indicator]),
        before=percent_text(float(100 * change.before)),
        after=percent_text(float(100 * change.after)),
        challenger=label("region", made.applicants[change.challenger]),
        first=label("region", made.applicants[first]),
    )
