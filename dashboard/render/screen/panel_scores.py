"""What judges gave each applicant: a dot a judge, hollow where dropped; the score is a line."""

from collections.abc import Mapping
from decimal import Decimal

import plotly.graph_objects as go

from dashboard.content.panel_rule import points, score_text
from dashboard.i18n import gettext as _
from dashboard.i18n import label, with_particles
from dashboard.render.screen.chart import OTHER, SUBJECT, Chart, bare_figure
from dashboard.review.aggregation import ApplicantScore, Outcome
from dashboard.review.panel import Rule

_ROW, _AROUND = 76, 60
"""Heights in pixels: an applicant, and the axis."""


def panel_scores_chart(
    outcome: Outcome, judges: Mapping[str, str], max_total: Decimal, rule: Rule
) -> Chart:
    """Judges' totals and the score of every applicant who has one, the first on top.

    Args:
        outcome: the official ranking.
        judges: judge → name; empty where the reader may not know who gave what.
        max_total: points of a perfect sheet.
        rule: of the round; scores are printed as it rounds them.
    """
    ranked = [row for row in outcome.applicants if row.final is not None]
    names = [_name(row) for row in ranked]
    figure = bare_figure(_AROUND + _ROW * max(1, len(ranked)))
    for is_dropped in (False, True):
        marks = [
            (name, total)
            for name, row in zip(names, ranked, strict=True)
            for total in row.totals
            if total.stage is None and (total.dropped is not None) is is_dropped
        ]
        figure.add_trace(
            go.Scatter(
                x=[float(total.total) for _name_, total in marks],
                y=[name for name, _total in marks],
                mode="markers",
                marker={
                    "size": 13,
                    "symbol": "circle-open" if is_dropped else "circle",
                    "color": OTHER,
                    "line": {"width": 2, "color": OTHER},
                    "opacity": 0.9,
                },
                customdata=[
                    " ".join(
                        filter(
                            None,
                            (
                                score_text(total.total, rule),
                                judges.get(total.judge_id),
                                _("dropped") if is_dropped else "",
                            ),
                        )
                    )
                    for _name_, total in marks
                ],
                hovertemplate="%{y}: %{customdata}<extra></extra>",
            )
        )
    figure.add_trace(
        go.Scatter(
            x=[float(row.final or 0) for row in ranked],
            y=names,
            mode="markers+text",
            text=[f"<b>{_score(row, rule)}</b>" for row in ranked],
            textposition="top center",
            textfont={"size": 14},
            marker={
                "size": 26,
                "symbol": "line-ns-open",
                "color": SUBJECT,
                "line": {"width": 4, "color": SUBJECT},
            },
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    figure.update_xaxes(title={"text": _("Points of {max}").format(max=points(max_total))})
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=names,
        range=[len(names) - 0.4, -0.7],
        tickfont={"size": 14},
    )
    title = _finding(ranked, max_total, rule)
    words = "; ".join(f"{_name(row)}: {_score(row, rule)} ({_given(row, rule)})" for row in ranked)
    return Chart(title, figure, f"{title}. {words}")


def _name(row: ApplicantScore) -> str:
    return f"{row.rank}  {label('region', row.applicant)}"


def _score(row: ApplicantScore, rule: Rule) -> str:
    """The score of an applicant who has one."""
    return score_text(row.final or Decimal(0), rule)


def _given(row: ApplicantScore, rule: Rule) -> str:
    return ", ".join(
        score_text(total.total, rule) + (f" {_('dropped')}" if total.dropped else "")
        for total in row.totals
        if total.stage is None
    )


def _finding(ranked: list[ApplicantScore], max_total: Decimal, rule: Rule) -> str:
    if not ranked:
        return _("No applicant has a score")
    first = [row for row in ranked if row.rank == 1]
    if len(first) > 1:
        return _("{regions} share rank 1 with {score} of {max} points").format(
            regions=" · ".join(label("region", row.applicant) for row in first),
            score=_score(first[0], rule),
            max=points(max_total),
        )
    if len(ranked) == 1:
        return _("{region}: {score} of {max} points, the only one with a score").format(
            region=label("region", first[0].applicant),
            score=_score(first[0], rule),
            max=points(max_total),
        )
    second = ranked[1]
    equal = [row for row in ranked[1:] if row.final == first[0].final]
    if equal:
        sentence = _(
            "{region} is first with {score} of {max} points, told apart from {second} by the rule "
            "for equal scores"
        ).format(
            region=label("region", first[0].applicant),
            score=_score(first[0], rule),
            max=points(max_total),
            second=", ".join(label("region", row.applicant) for row in equal),
        )
        return with_particles(sentence)
    return _("{region} is first with {score} of {max} points, {lead} ahead of {second}").format(
        region=label("region", first[0].applicant),
        score=_score(first[0], rule),
        max=points(max_total),
        lead=score_text((first[0].final or Decimal(0)) - (second.final or Decimal(0)), rule),
        second=label("region", second.applicant),
    )
