"""How far judges agree, what other aggregations give, and how firm the ranking is."""

from decimal import Decimal
from fractions import Fraction

import streamlit as st

from dashboard.content.panel_firmness import (
    aggregation_names,
    concordance_sentence,
    draws_caption,
    method_sentence,
    smallest_change,
)
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
    draw_text(concordance_sentence(found))
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
    ways = aggregation_names()
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
        caption=draws_caption(made),
    )
    st.caption(method_sentence(made))
    draw_text(smallest_change(found, made, first))


def _share(share: Fraction) -> str:
    if share == 0:
        return ""
    if share < Fraction(1, 100):
        return "<1%"
    return ">99%" if Fraction(99, 100) < share < 1 else percent_text(float(100 * share), 0)
