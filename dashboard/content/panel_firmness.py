"""How far judges agree, what other aggregations give, and how firm a panel's ranking is."""

from dashboard.content.cells import text_cell
from dashboard.content.composite import smallest_change_sentence
from dashboard.content.document import Column, Paragraph, Section, Table
from dashboard.content.firmness import acceptability_table
from dashboard.content.panel_cells import count_cell, points_cell, ranked_cell, short_cell
from dashboard.content.panel_rule import criterion_name
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text
from dashboard.judging.result_view import PanelResult
from dashboard.review.panel_robustness import PanelRobustness


def _concordance_sentence(found: PanelResult) -> str:
    """Kendall's W of the judges who scored everybody, or why there is none."""
    agreed = found.concordance
    if agreed.w is None:
        return _("Kendall's W cannot be computed: too few judges scored all applicants.")
    return _(
        "Kendall's W is {w} (0: no agreement, 1: the same order by all), from {judges} judges "
        "who scored all {applicants} applicants."
    ).format(w=number_text(float(agreed.w), 2), judges=agreed.judges, applicants=agreed.applicants)


def _aggregation_names() -> dict[str, str]:
    """What the aggregations for reference are called, by their codes."""
    return {
        "all_judges": _("Mean of all judges"),
        "trimmed": _("Mean without the highest and the lowest"),
        "median": _("Median of the totals"),
    }


def agreement_sections(found: PanelResult) -> tuple[Section, Section]:
    """Kendall's W, and the spread of the points in every criterion."""
    names = {c.criterion_id: criterion_name(c) for c in found.round.rules.criteria}
    rows = tuple(
        (
            text_cell(label("region", row.applicant)),
            text_cell(names[row.criterion_id]),
            count_cell(row.judges),
            points_cell(row.lowest),
            short_cell(row.median),
            short_cell(row.mean),
            points_cell(row.highest),
            short_cell(row.deviation),
        )
        for row in found.spread
    )
    table = Table(
        "",
        (
            Column("applicant", _("Applicant")),
            Column("criterion", _("Criterion")),
            Column("judges", _("Judges"), True),
            Column("lowest", _("Lowest"), True),
            Column("median", _("Median"), True),
            Column("mean", _("Mean"), True),
            Column("highest", _("Highest"), True),
            Column("deviation", _("Standard deviation"), True),
        ),
        rows,
        note=_("Points of all judges who count, dropped ones included"),
    )
    return (
        Section(_("How far the judges agree"), (Paragraph(_concordance_sentence(found)),)),
        Section(_("Spread of the points by criterion"), (table,), is_folded=True),
    )


def references_section(found: PanelResult) -> Section:
    """Other ways to add the sheets up, which decide nothing."""
    ways = _aggregation_names()
    rule = found.round.rules.rule
    columns = [
        Column("applicant", _("Applicant")),
        Column("official", _("Official ranking"), True),
    ]
    columns += [Column(one.way, ways[one.way], True) for one in found.references]
    columns.append(Column("differs", _("Difference")))
    rows = []
    for row in found.outcome.applicants:
        others = [
            (dict(one.ranks).get(row.applicant), dict(one.scores).get(row.applicant))
            for one in found.references
        ]
        differs = any(rank != row.rank for rank, _score in others)
        rows.append(
            (
                text_cell(label("region", row.applicant)),
                *(ranked_cell(*one, rule) for one in ((row.rank, row.final), *others)),
                text_cell(_("rank differs") if differs else ""),
            )
        )
    note = _("Shown as reference only: the official ranking decides.")
    return Section(
        _("Reference aggregations"), (Table("", tuple(columns), tuple(rows), note=note),)
    )


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
