"""What judges gave each applicant, as a finding and as a chart: a dot a judge, and the score."""

from decimal import Decimal

from dashboard.content.document import Cell, Dot, DotChart
from dashboard.content.panel_cells import plain_number
from dashboard.content.panel_rule import points, score_text
from dashboard.i18n import gettext as _
from dashboard.i18n import label, with_particles
from dashboard.judging.result_view import PanelResult
from dashboard.review.aggregation import ApplicantScore, JudgeTotal
from dashboard.review.panel import Rule


def panel_finding(found: PanelResult) -> str:
    """Who is first with how many points, ahead of whom; all who share the first rank or score."""
    rule = found.round.rules.rule
    ranked = [row for row in found.outcome.applicants if row.final is not None]
    if not ranked:
        return _("No applicant has a score")
    first = [row for row in ranked if row.rank == 1]
    score, most = _score(first[0], rule), points(found.round.rules.max_total)
    waiting = {code for tie in found.outcome.ties if tie.awaits_lot for code in tie.applicants}
    if first[0].applicant in waiting:
        return _("{regions} are equal with {score} of {max} points: the lot decides").format(
            regions=_names(first, " · "), score=score, max=most
        )
    if len(first) > 1:
        return _("{regions} share rank 1 with {score} of {max} points").format(
            regions=_names(first, " · "), score=score, max=most
        )
    region = label("region", first[0].applicant)
    if len(ranked) == 1:
        return _("{region}: {score} of {max} points, the only one with a score").format(
            region=region, score=score, max=most
        )
    equal = [row for row in ranked[1:] if row.final == first[0].final]
    if equal:
        sentence = _(
            "{region} is first with {score} of {max} points, told apart from {second} by the rule "
            "for equal scores"
        )
        return with_particles(
            sentence.format(region=region, score=score, max=most, second=_names(equal, ", "))
        )
    second = [row for row in ranked if row.rank == ranked[1].rank]
    lead = (first[0].final or Decimal(0)) - (second[0].final or Decimal(0))
    return _("{region} is first with {score} of {max} points, {lead} ahead of {second}").format(
        region=region,
        score=score,
        max=most,
        lead=score_text(lead, rule),
        second=_names(second, " · "),
    )


def panel_scores(found: PanelResult) -> DotChart | None:
    """Judges' totals and the score of every applicant who has one, the first on top.

    None where the score is no mean of such totals: nobody has one, or stages are pooled apart.
    """
    rules = found.round.rules
    ranked = [row for row in found.outcome.applicants if row.final is not None]
    if not ranked or rules.rule.pooling != "total":
        return None
    words = "; ".join(
        f"{_lane(row)}: {_score(row, rules.rule)} ({_given(row, rules.rule)})" for row in ranked
    )
    return DotChart(
        _("What each judge gave in all, and the score"),
        _("Points of {max}").format(max=points(rules.max_total)),
        tuple(_lane(row) for row in ranked),
        tuple(dot for row in ranked for dot in _dots(row, found)),
        f"{panel_finding(found)}. {words}",
        _(
            "A dot is what one judge gave in all, a hollow one was dropped; the one with a number "
            "is the score."
        ),
    )


def _dots(row: ApplicantScore, found: PanelResult) -> list[Dot]:
    rule = found.round.rules.rule
    score = Cell(_score(row, rule), plain_number(row.final or Decimal(0)))
    dots = [
        Dot(
            _lane(row),
            float(total.total),
            _dot_name(total, found),
            Cell(""),
            is_hollow=total.dropped is not None,
        )
        for total in row.totals
        if total.stage is None
    ]
    return [*dots, Dot(_lane(row), float(row.final or 0), _("Score"), score, is_subject=True)]


def _dot_name(total: JudgeTotal, found: PanelResult) -> str:
    score = score_text(total.total, found.round.rules.rule)
    dropped = _("dropped") if total.dropped else ""
    return " ".join(filter(None, (score, found.judges.get(total.judge_id), dropped)))


def _lane(row: ApplicantScore) -> str:
    return f"{row.rank}  {label('region', row.applicant)}"


def _names(rows: list[ApplicantScore], joint: str) -> str:
    return joint.join(label("region", row.applicant) for row in rows)


def _score(row: ApplicantScore, rule: Rule) -> str:
    """The score of an applicant who has one."""
    return score_text(row.final or Decimal(0), rule)


def _given(row: ApplicantScore, rule: Rule) -> str:
    return ", ".join(
        score_text(total.total, rule) + (f" {_('dropped')}" if total.dropped else "")
        for total in row.totals
        if total.stage is None
    )
