"""How far judges agree, what other aggregations give, and how firm a panel's ranking is."""

from decimal import Decimal
from functools import partial

from dashboard.content.composite import acceptability_table, smallest_change_sentence
from dashboard.content.document import Cell, Paragraph, Section
from dashboard.content.panel_cells import count_cell, points_cell, ranked_cell, short_cell
from dashboard.content.panel_rule import criterion_name
from dashboard.content.tables import table_of
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text
from dashboard.judging.result_view import PanelResult
from dashboard.review.aggregation import ApplicantScore
from dashboard.review.panel_robustness import PanelRobustness


def concordance_sentence(found: PanelResult) -> str:
    """Kendall's W of the judges who scored everybody, or why there is none."""
    agreed = found.concordance
    if agreed.w is None:
        return _("Kendall's W cannot be computed: too few judges scored all applicants.")
    return _(
        "Kendall's W is {w} (0: no agreement, 1: the same order by all), from {judges} judges "
        "who scored all {applicants} applicants."
    ).format(w=number_text(float(agreed.w), 2), judges=agreed.judges, applicants=agreed.applicants)


def agreement_sections(found: PanelResult) -> tuple[Section, Section]:
    """Kendall's W, and the spread of the points in every criterion."""
    names = {c.criterion_id: criterion_name(c) for c in found.round.rules.criteria}
    table = table_of(
        "",
        found.spread,
        {
            "applicant": (_("Applicant"), lambda row: label("region", row.applicant)),
            "criterion": (_("Criterion"), lambda row: names[row.criterion_id]),
            "judges": (_("Judges"), lambda row: count_cell(row.judges)),
            "lowest": (_("Lowest"), lambda row: points_cell(row.lowest)),
            "median": (_("Median"), lambda row: short_cell(row.median)),
            "mean": (_("Mean"), lambda row: short_cell(row.mean)),
            "highest": (_("Highest"), lambda row: points_cell(row.highest)),
            "deviation": (_("Standard deviation"), lambda row: short_cell(row.deviation)),
        },
        figures=("judges", "lowest", "median", "mean", "highest", "deviation"),
        note=_("Points of all judges who count, dropped ones included"),
    )
    return (
        Section(_("How far the judges agree"), (Paragraph(concordance_sentence(found)),)),
        Section(_("Spread of the points by criterion"), (table,), is_folded=True),
    )


def references_section(found: PanelResult) -> Section:
    """Other ways to add the sheets up, which decide nothing."""
    rule = found.round.rules.rule
    others: dict[str, tuple[dict[str, int], dict[str, Decimal]]] = {
        one.way: (dict(one.ranks), dict(one.scores)) for one in found.references
    }

    def ranked(row: ApplicantScore, way: str) -> Cell:
        ranks, scores = others[way]
        return ranked_cell(ranks.get(row.applicant), scores.get(row.applicant), rule)

    def difference(row: ApplicantScore) -> str:
        differs = any(ranks.get(row.applicant) != row.rank for ranks, _scores in others.values())
        return _("rank differs") if differs else ""

    table = table_of(
        "",
        found.outcome.applicants,
        {
            "applicant": (_("Applicant"), lambda row: label("region", row.applicant)),
            "official": (
                _("Official ranking"),
                lambda row: ranked_cell(row.rank, row.final, rule),
            ),
            **{way: (label("aggregation", way), partial(ranked, way=way)) for way in others},
            "differs": (_("Difference"), difference),
        },
        figures=("official", *others),
        note=_("Shown as reference only: the official ranking decides."),
    )
    return Section(_("Reference aggregations"), (table,))


def firmness_section(found: PanelResult) -> Section:
    """Rank acceptability under other weights, and the smallest change that decides."""
    made = found.robustness
    title = _("How firm the ranking is")
    if made is None:
        return Section(title, (Paragraph(_("No applicant has a score.")),))
    rank = {row.applicant: row.rank for row in found.outcome.applicants}
    order = sorted(
        range(len(made.applicants)),
        key=lambda place: rank[made.applicants[place]] or len(made.applicants),
    )
    table = acceptability_table(
        made.applicants,
        order,
        made.acceptability,
        made.draws,
        _method_sentence(made),
        _("Applicant"),
    )
    criteria = [criterion_name(one) for one in found.round.rules.criteria]
    first = made.applicants[order[0]]
    change = smallest_change_sentence(
        made.change, made.is_first_shared, criteria, made.applicants, first
    )
    return Section(title, (table, Paragraph(change)))


def _method_sentence(made: PanelRobustness) -> str:
    """How the draws were made."""
    return _(
        "Weights drawn from a Dirichlet distribution around the official ones (concentration "
        "{concentration}, {draws} draws, seed {seed}); the judges are dropped anew in every "
        "draw. Rank acceptability as in SMAA-2 (Lahdelma and Salminen, 2001)."
    ).format(
        concentration=number_text(made.concentration),
        draws=number_text(made.draws),
        seed=made.seed,
    )
