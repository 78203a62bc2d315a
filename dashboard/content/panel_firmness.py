"""How far judges agree, what other aggregations give, and how firm a panel's ranking is."""

from dashboard.content.cells import text_cell
from dashboard.content.composite import smallest_change_sentence
from dashboard.content.document import Cell, Column, Paragraph, Section, Table
from dashboard.content.panel_cells import count_cell, points_cell, ranked_cell, short_cell
from dashboard.content.panel_rule import criterion_name
from dashboard.content.tables import table_of
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text, percent_text
from dashboard.judging.result_view import PanelResult
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


def aggregation_names() -> dict[str, str]:
    """What the aggregations for reference are called, by their codes."""
    return {
        "all_judges": _("Mean of all judges"),
        "trimmed": _("Mean without the highest and the lowest"),
        "median": _("Median of the totals"),
    }


def agreement_section(found: PanelResult) -> Section:
    """Kendall's W, and the spread of the points in every criterion."""
    names = {c.criterion_id: criterion_name(c) for c in found.round.rules.criteria}
    table = table_of(
        _("Spread of the points by criterion"),
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
    )
    return Section(_("How far the judges agree"), (Paragraph(concordance_sentence(found)), table))


def references_section(found: PanelResult) -> Section:
    """Other ways to add the sheets up, which decide nothing."""
    ways = aggregation_names()
    rule = found.round.rules.rule
    columns = [
        Column("applicant", _("Applicant")),
        Column("official", _("Official ranking"), True),
    ]
    columns += [Column(one.way, ways[one.way], True) for one in found.references]
    rows = []
    for row in found.outcome.applicants:
        cells = [text_cell(label("region", row.applicant)), ranked_cell(row.rank, row.final, rule)]
        for one in found.references:
            ranks, scores = dict(one.ranks), dict(one.scores)
            cells.append(ranked_cell(ranks.get(row.applicant), scores.get(row.applicant), rule))
        rows.append(tuple(cells))
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
    rows = tuple(
        (
            text_cell(label("region", made.applicants[place])),
            text_cell(f"{made.acceptability.best[place]}–{made.acceptability.worst[place]}"),
            *(
                Cell(percent_text(float(100 * share)), float(100 * share), "counted", ())
                for share in made.acceptability.shares[place]
            ),
        )
        for place in order
    )
    columns = (
        Column("applicant", _("Applicant")),
        Column("interval", _("Possible ranks"), True),
        *(
            Column(f"rank_{place}", _("No. {rank}").format(rank=place), True)
            for place in range(1, len(made.applicants) + 1)
        ),
    )
    change = Paragraph(smallest_change(found, made, order[0]))
    return Section(
        title, (Table(draws_caption(made), columns, rows, note=method_sentence(made)), change)
    )


def draws_caption(made: PanelRobustness) -> str:
    """What the table of rank acceptability holds."""
    return _("Share of {draws} draws in which an applicant takes rank 1, 2, 3 …").format(
        draws=number_text(made.draws)
    )


def method_sentence(made: PanelRobustness) -> str:
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


def smallest_change(found: PanelResult, made: PanelRobustness, first: int) -> str:
    """The smallest change of one weight that changes who is first, an applicant by its place."""
    names = [criterion_name(criterion) for criterion in found.round.rules.criteria]
    return smallest_change_sentence(
        made.change, made.is_first_shared, names, made.applicants, made.applicants[first]
    )
