"""The result of a judging round on paper: ranking, rule, ties, firmness, score sheets."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from dashboard.content.assembly import assemble
from dashboard.content.cells import text_cell
from dashboard.content.document import (
    Block,
    Cell,
    Column,
    Paragraph,
    Report,
    Section,
    Stamp,
    Table,
)
from dashboard.content.panel_cells import (
    count_cell,
    plain_number,
    points_cell,
    score_cell,
    sentences,
)
from dashboard.content.panel_firmness import (
    agreement_section,
    firmness_section,
    references_section,
)
from dashboard.content.panel_rule import (
    criterion_name,
    points,
    rule_sentences,
    score_text,
    stage_name,
    tie_step_text,
)
from dashboard.content.query_context import QueryContext
from dashboard.content.tables import table_of
from dashboard.i18n import gettext as _
from dashboard.i18n import label, moment_text
from dashboard.judging.result_view import PanelResult
from dashboard.judging.texts import head_line, log_promise, practice_warning, weights_note
from dashboard.judging.views import Objection, Sheet
from dashboard.review.aggregation import ApplicantScore, JudgeTotal
from dashboard.review.panel import Criterion, Rule
from dashboard.review.ties import TieDecision


@dataclass(frozen=True)
class PanelView:
    """What the reader of a round may see of it, as `judging` handed it out to them."""

    result: PanelResult
    sheets: tuple[Sheet, ...] = ()
    """The judges' sheets; for the chair only."""

    @property
    def digest(self) -> str:
        """SHA-256 of all of it: an edition is of this view and no other."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def panel_report(context: QueryContext, view: PanelView, stamp: Stamp) -> Report:
    """Official ranking first, then all that explains it, then the sheets.

    Args:
        context: the build on whose record the round was held.
        view: what the reader may see.
        stamp: what is printed on every page.
    """
    found = view.result
    rules = found.round.rules
    sections = (
        _official(found),
        Section(_("The rule of this result"), (sentences(rule_sentences(rules)),)),
        _criteria(found),
        _ties(found),
        _totals(found),
        _not_counted(found),
        agreement_section(found),
        references_section(found),
        firmness_section(found),
        _objections(found.objections),
        _sign_off(found),
        *(_sheet(sheet) for sheet in view.sheets),
    )
    title = _("Panel result: {title}").format(title=rules.title)
    return assemble(
        "panel",
        title,
        sections,
        context,
        stamp,
        subtitle=f"{label('programme', rules.programme_id)} {rules.year} · {found.round.round_id}",
        warning=practice_warning() if found.is_practice else "",
    )


def tie_sentence(tie: TieDecision, found: PanelResult) -> str:
    """What became of applicants with equal scores."""
    names = " = ".join(label("region", code) for code in tie.applicants)
    if tie.awaits_lot:
        return _("{names}: equal by every step; waits for the lot.").format(names=names)
    if tie.step is None:
        return _("{names}: equal by every step; they share the rank.").format(names=names)
    if tie.step.by == "lot":
        order = " → ".join(label("region", code) for code, _value in tie.values)
    else:
        order = ", ".join(
            f"{label('region', code)} {score_text(value, found.round.rules.rule)}"
            for code, value in tie.values
        )
    return _("{names}: told apart by {step}: {order}.").format(
        names=names, step=tie_step_text(tie.step, found.round.rules), order=order
    )


def _official(found: PanelResult) -> Section:
    rules = found.round.rules
    scored = [row for row in found.outcome.applicants if row.rank is not None]
    first = [row for row in scored if row.rank == 1]
    title = _("Official ranking")
    blocks: list[Block] = []
    if first:
        names = " = ".join(label("region", row.applicant) for row in first)
        blocks.append(
            Paragraph(
                _("Rank 1: {names}, {score} of {max} points").format(
                    names=names,
                    score=score_cell(first[0].final, rules.rule).text,
                    max=points(rules.max_total),
                )
            )
        )
    if not found.is_final:
        sentence = _("Not signed yet: objections may still change this result.")
        blocks.append(Paragraph(sentence, (), "warning"))
    columns = [
        Column("rank", _("Rank"), True),
        Column("applicant", _("Applicant")),
        Column("score", _("Score"), True),
        Column("effective", _("Judges who count"), True),
    ]
    if rules.rule.pass_mark is not None:
        mark = points(rules.rule.pass_mark)
        columns.append(Column("passes", _("Pass mark {mark}").format(mark=mark)))
    rows = tuple(_applicant(row, rules.rule) for row in found.outcome.applicants)
    caption = _("Official ranking by the sealed rule; points of {max}").format(
        max=points(rules.max_total)
    )
    blocks.append(Table(caption, tuple(columns), rows))
    return Section(title, tuple(blocks))


def _applicant(row: ApplicantScore, rule: Rule) -> tuple[Cell, ...]:
    rank = text_cell("–") if row.rank is None else count_cell(row.rank)
    cells = (rank, text_cell(label("region", row.applicant)), score_cell(row.final, rule))
    counted = count_cell(row.effective)
    if rule.pass_mark is None:
        return (*cells, counted)
    passes = {None: "–", True: _("reached"), False: _("not reached")}[row.passes]
    return (*cells, counted, text_cell(passes))


def _criteria(found: PanelResult) -> Section:
    rules = found.round.rules
    table = table_of(
        "",
        rules.criteria,
        {
            "stage": lambda criterion: stage_name(criterion.stage),
            "criterion": (_("Criterion"), criterion_name),
            "max_points": (_("Maximum points"), _most),
        },
        figures=("max_points",),
        note="" if rules.are_points_published else weights_note(),
    )
    sealed = Paragraph(
        _("Sealed {time}, SHA-256 {digest}").format(
            time=moment_text(found.round.sealed_at), digest=found.round.seal or "–"
        )
    )
    changes = [
        _("Version {number} ({time}): {reason}").format(
            number=version.number, time=moment_text(version.sealed_at), reason=version.reason
        )
        for version in found.round.versions
        if version.reason
    ]
    blocks: tuple[Block, ...] = (table, sealed)
    return Section(_("Criteria and points"), (*blocks, sentences(changes)) if changes else blocks)


def _most(criterion: Criterion) -> Cell:
    return Cell(points(criterion.max_points), plain_number(criterion.max_points))


def _given(value: Decimal | None) -> Cell:
    return Cell(_("blank"), None, "no data") if value is None else points_cell(value)


def _ties(found: PanelResult) -> Section | None:
    if not found.outcome.ties:
        return None
    said = [tie_sentence(tie, found) for tie in found.outcome.ties]
    return Section(_("Equal scores, and how they were told apart"), (sentences(said),))


def _totals(found: PanelResult) -> Section:
    """Each judge's total; by name for the chair, by size for others."""
    title = _("Judges' totals")
    totals = [(row.applicant, total) for row in found.outcome.applicants for total in row.totals]
    if not totals:
        return Section(title, (Paragraph(label("evidence", "no data")),))
    table = table_of(
        "",
        totals,
        {
            "applicant": (_("Applicant"), lambda one: label("region", one[0])),
            "stage": lambda one: stage_name(one[1].stage),
            "judge": (_("Judge"), lambda one: found.judges.get(one[1].judge_id, "–")),
            "total": (_("Total"), lambda one: score_cell(one[1].total, found.round.rules.rule)),
            "dropped": (_("Dropped"), lambda one: _dropped(one[1])),
        },
        figures=("total",),
    )
    return Section(title, (table,))


def _dropped(total: JudgeTotal) -> str:
    words = {"highest": _("highest, dropped"), "lowest": _("lowest, dropped")}
    return words.get(total.dropped or "", "")


def _not_counted(found: PanelResult) -> Section | None:
    """Recusals, sheets not submitted, and sheets left out for a blank."""
    blanks = [(row.applicant, judge) for row in found.outcome.applicants for judge in row.left_out]
    lists = (
        (_("Recused: {who}"), found.recusals),
        (_("Not submitted, so not counted: {who}"), found.not_submitted),
        (_("left out for a blank: {who}"), tuple(blanks)),
    )
    said = [pattern.format(who="; ".join(_who(pairs, found))) for pattern, pairs in lists if pairs]
    return Section(_("What does not count"), (sentences(said),)) if said else None


def _who(pairs: Sequence[tuple[str, str]], found: PanelResult) -> list[str]:
    """Applicants and judges; how many where names are not for the reader."""
    if found.judges:
        return [f"{label('region', a)}: {found.judges.get(judge, judge)}" for a, judge in pairs]
    counts: dict[str, int] = {}
    for applicant, _judge in pairs:
        counts[applicant] = counts.get(applicant, 0) + 1
    return [f"{label('region', applicant)}: {count}" for applicant, count in counts.items()]


def _objections(objections: Sequence[Objection]) -> Section | None:
    if not objections:
        return None
    verdicts = {None: "–", True: _("upheld"), False: _("not upheld")}
    table = table_of(
        "",
        objections,
        {
            "applicant": (_("Applicant"), lambda one: label("region", one.applicant)),
            "handed_in_at": (_("Handed in"), lambda one: moment_text(one.handed_in_at)),
            "text": (_("Objection"), lambda one: one.text),
            "is_upheld": (_("Decision"), lambda one: verdicts[one.is_upheld]),
            "answer": (_("Answer"), lambda one: one.answer),
        },
    )
    return Section(_("Objections"), (table,))


def _sign_off(found: PanelResult) -> Section:
    view = found.round
    signed = (
        _("Signed {time} by the chair: {chair}").format(
            time=moment_text(view.signed_off_at), chair=view.chair
        )
        if found.is_final
        else _("Not signed yet")
    )
    lines = [signed, f"{_('Digest of the result (SHA-256)')}: {found.digest}"]
    if view.log_head:
        lines.append(f"{_('Last entry of the log that it rests on')}: {view.log_head}")
    lines += [head_line(found.log), log_promise()]
    return Section(_("Sign-off"), (sentences(lines),))


def _sheet(sheet: Sheet) -> Section:
    """One judge's sheet of one applicant."""
    table = table_of(
        "",
        sheet.cells,
        {
            "stage": lambda cell: stage_name(cell.criterion.stage),
            "criterion": (_("Criterion"), lambda cell: criterion_name(cell.criterion)),
            "max_points": (_("of"), lambda cell: _most(cell.criterion)),
            "points": (_("Points"), lambda cell: _given(cell.points)),
            "comment": (_("Comment"), lambda cell: cell.comment),
        },
        figures=("max_points", "points"),
    )
    state = label("sheet_status", sheet.status)
    total = _("Total: {total} of {max} points · {state} {time}").format(
        total=points(sheet.total),
        max=points(sheet.max_total),
        state=state,
        time=moment_text(sheet.submitted_at),
    )
    title = _("Score sheet: {applicant}, {judge}").format(
        applicant=label("region", sheet.applicant), judge=sheet.judge
    )
    return Section(title, (table, Paragraph(total.strip()), Paragraph(head_line(sheet.log))))
