"""The result of a judging round on paper: ranking, rule, ties, firmness, score sheets."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from dashboard.access import Identity, Role
from dashboard.content.assembly import assemble
from dashboard.content.document import Block, Cell, Paragraph, Section
from dashboard.content.pages import PANEL
from dashboard.content.panel_cells import count_cell, score_cell, sentences
from dashboard.content.panel_firmness import (
    agreement_sections,
    firmness_section,
    references_section,
)
from dashboard.content.panel_rule import points, score_text, stage_name, tie_step_text
from dashboard.content.panel_scores import panel_finding, panel_scores
from dashboard.content.panel_sheets import digest_of, sheet_section, signatures
from dashboard.content.panel_slides import on_one_slide, panel_slides
from dashboard.content.panel_versions import (
    changes_section,
    lot_sections,
    moves,
    received_text,
    version_sentences,
)
from dashboard.content.query_context import QueryContext
from dashboard.content.report import Report, Stamp
from dashboard.content.round_facts import (
    criteria_section,
    rule_section,
    seal_sentences,
    versions_section,
)
from dashboard.content.tables import Columns, table_of
from dashboard.i18n import gettext as _
from dashboard.i18n import label, moment_text, number_text
from dashboard.judging.deadlines import deadline_text
from dashboard.judging.judging import Judging
from dashboard.judging.practice_names import result_named
from dashboard.judging.result_view import PanelResult
from dashboard.judging.texts import head_line, in_language, log_promise, practice_warning
from dashboard.judging.views import Objection, Sheet
from dashboard.review.aggregation import ApplicantScore, JudgeTotal
from dashboard.review.panel import Rule
from dashboard.review.ties import TieDecision


@dataclass(frozen=True)
class PanelView:
    """What the reader of a round may see of it, as `judging` handed it out to them."""

    result: PanelResult
    sheets: tuple[Sheet, ...] = ()
    """The judges' sheets; for the chair only."""

    @property
    def kind(self) -> str:
        """Name of the report."""
        return PANEL

    @property
    def parameters(self) -> dict[str, str]:
        """What an edition keeps of it; its digest says that it is of this view and no other."""
        return {"round": self.result.round.round_id, "matter": digest_of(self)}

    @property
    def is_replaced(self) -> bool:
        """Whether it is a signed version that was opened again."""
        signed = self.result.round.signed
        return self.result.is_final and signed[self.result.number - 1].replaced_at is not None

    def report(self, context: QueryContext, stamp: Stamp) -> Report:
        """Its report."""
        return panel_report(context, self, stamp)


def panel_view(
    judging: Judging, identity: Identity, round_id: str | None = None, version: int | None = None
) -> PanelView:
    """The result of a round as far as somebody may see it, as it stands or as it was signed.

    Raises:
        AccessDenied: nobody may before closing, and not everybody after it.
    """
    return PanelView(judging.results.result(identity, round_id, version))


def panel_report(context: QueryContext, view: PanelView, stamp: Stamp) -> Report:
    """Official ranking first, then all that explains it, then the sheets.

    The build is the one on whose record the round was held; a frozen report has lines to sign on.
    """
    found = result_named(view.result)
    rules = found.round.rules
    official = _official(found)
    sections = (
        official,
        rule_section(rules),
        criteria_section(found.round),
        _ties(found),
        *lot_sections(found, is_printed=bool(stamp.edition_id)),
        _totals(found),
        _not_counted(found),
        *agreement_sections(found),
        references_section(found),
        firmness_section(found),
        _objections(found),
        changes_section(found),
        _sign_off(found),
        versions_section(found.round) if len(found.round.versions) > 1 else None,
        _signatures(found) if stamp.edition_id else None,
        *(
            sheet_section(sheet, in_language(sheet.judge, sheet.is_practice))
            for sheet in view.sheets
        ),
    )
    said = (
        on_one_slide((_ties(found), _not_counted(found))),
        *lot_sections(found, is_printed=False),
        references_section(found),
        firmness_section(found),
        rule_section(rules),
        _objections(found),
        changes_section(found),
        _sign_off(found),
    )
    title = _("Panel result: {title}").format(title=in_language(rules.title, found.is_practice))
    report = assemble(
        PANEL,
        title,
        sections,
        context,
        stamp,
        subtitle=" · ".join(
            [
                f"{label('programme', rules.programme_id)} {rules.year}",
                found.round.round_id,
                *version_sentences(found)[:1],
            ]
        ),
        warning=practice_warning() if found.is_practice else "",
        is_led=True,
    )
    return replace(report, slides=panel_slides(found, official, said))


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
    blocks: list[Block] = []
    if not found.is_final:
        sentence = _("Not signed yet: objections may still change this result.")
        blocks.append(Paragraph(sentence, (), "warning"))
    elif PanelView(found).is_replaced:
        sentence = _("Another version of this result took its place.")
        blocks.append(Paragraph(sentence, (), "warning"))
    blocks += [Paragraph(sentence) for sentence in version_sentences(found)]
    if found.rescoring:
        sentence = _("Being scored again, so not counted until submitted: {who}")
        who = "; ".join(_who(found.rescoring, found))
        blocks.append(Paragraph(sentence.format(who=who), (), "warning"))
    chart = panel_scores(found)
    if chart is not None:
        blocks.append(chart)
    rule, staged = rules.rule, rules.stages if rules.rule.pooling == "stage" else ()
    passes = {None: "–", True: _("reached"), False: _("not reached")}
    mark = "" if rule.pass_mark is None else points(rule.pass_mark)
    columns: Columns[ApplicantScore] = {
        "rank": (_("Rank"), lambda row: "–" if row.rank is None else count_cell(row.rank)),
        "applicant": (_("Applicant"), lambda row: label("region", row.applicant)),
        "score": (_("Score"), lambda row: score_cell(row.final, rule)),
        **{stage: (stage_name(stage), partial(_mean, rule, stage)) for stage in staged},
        "effective": (_("Judges who count"), lambda row: count_cell(row.effective)),
        **(
            {"passes": (_("Pass mark {mark}").format(mark=mark), lambda row: passes[row.passes])}
            if mark
            else {}
        ),
    }
    caption = _("Official ranking by the sealed rule; points of {max}").format(
        max=points(rules.max_total)
    )
    figures = ("rank", "score", *staged, "effective")
    blocks.append(table_of(caption, found.outcome.applicants, columns, figures=figures))
    title = " · ".join(filter(None, [panel_finding(found), *_lower_ties(found), moves(found)]))
    return Section(title, tuple(blocks))


def _lower_ties(found: PanelResult) -> list[str]:
    """Ties below the first rank that wait for the lot."""
    first = {row.applicant for row in found.outcome.applicants if row.rank == 1}
    return [
        _("{regions} wait for the lot").format(
            regions=" = ".join(label("region", code) for code in tie.applicants)
        )
        for tie in found.open_ties
        if not first & set(tie.applicants)
    ]


def _mean(rule: Rule, stage: str, row: ApplicantScore) -> Cell:
    return score_cell({one.stage: one.mean for one in row.means}.get(stage), rule)


def _ties(found: PanelResult) -> Section | None:
    if not found.outcome.ties:
        return None
    lines = [tie_sentence(tie, found) for tie in found.outcome.ties]
    title = _("Equal scores, and how they were told apart")
    return Section(title, (sentences(lines),), part="panel.lots")


def _totals(found: PanelResult) -> Section:
    """Each judge's total; by name for the chair, by size for others."""
    table = table_of(
        "",
        [(row.applicant, total) for row in found.outcome.applicants for total in row.totals],
        {
            "applicant": (_("Applicant"), lambda one: label("region", one[0])),
            "stage": lambda one: stage_name(one[1].stage),
            **(
                {"judge": (_("Judge"), lambda one: found.judges[one[1].judge_id])}
                if found.judges
                else {}
            ),
            "total": (_("Total"), lambda one: score_cell(one[1].total, found.round.rules.rule)),
            "dropped": (_("Dropped"), lambda one: _dropped(one[1])),
        },
        figures=("total",),
        note="" if found.judges else _("judges' totals go by size, without names"),
    )
    return Section(_("Judges' totals"), (table,), is_folded=True)


def _dropped(total: JudgeTotal) -> str:
    words = {"highest": _("highest, dropped"), "lowest": _("lowest, dropped")}
    return words.get(total.dropped or "", "")


def _not_counted(found: PanelResult) -> Section | None:
    """Recusals, sheets not submitted or left out for a blank, and judges withdrawn."""
    blanks = [(row.applicant, judge) for row in found.outcome.applicants for judge in row.left_out]
    lists = (
        (_("Recused: {who}"), found.recusals),
        (_("Not submitted, so not counted: {who}"), found.not_submitted),
        (_("left out for a blank: {who}"), tuple(blanks)),
    )
    lines = [pattern.format(who="; ".join(_who(pairs, found))) for pattern, pairs in lists if pairs]
    if found.withdrawn:
        lines.append(_withdrawn(found))
    return Section(_("What does not count"), (sentences(lines),)) if lines else None


def _withdrawn(found: PanelResult) -> str:
    """Judges taken off the panel: by name and reason where the reader may know them."""
    named = [f"{name} ({reason})" for name, reason in found.withdrawn if name]
    return _("Withdrawn from the panel before closing, so not counted: {who}").format(
        who="; ".join(named) or number_text(len(found.withdrawn))
    )


def _who(pairs: Sequence[tuple[str, str]], found: PanelResult) -> list[str]:
    """Applicants and judges; how many where names are not for the reader."""
    if found.judges:
        names = {one: in_language(name, found.is_practice) for one, name in found.judges.items()}
        return [f"{label('region', a)}: {names.get(judge, judge)}" for a, judge in pairs]
    counts = Counter(applicant for applicant, _judge in pairs)
    return [f"{label('region', applicant)}: {count}" for applicant, count in counts.items()]


def _objections(found: PanelResult) -> Section | None:
    until = found.round.objections_until
    blocks: list[Block] = []
    if until and found.round.rules.objection_days:
        sentence = _("Applicants may object until {time}.").format(time=deadline_text(until))
        blocks.append(Paragraph(sentence))
    verdicts = {None: "–", True: _("upheld"), False: _("not upheld")}
    table = table_of(
        "",
        found.objections,
        {
            "applicant": (_("Applicant"), lambda one: label("region", one.applicant)),
            "handed_in_at": (_("Handed in"), _handed_in),
            "text": (_("Objection"), lambda one: one.text),
            "is_upheld": (_("Decision"), lambda one: verdicts[one.is_upheld]),
            "answer": (_("Answer"), lambda one: one.answer or _due(one)),
            "opens": (_("What follows"), _follows),
            "answered_at": (_("Answered"), lambda one: moment_text(one.answered_at)),
        },
    )
    blocks.append(table if table.rows else Paragraph(_("No objection was handed in.")))
    return Section(_("Objections"), tuple(blocks), part="panel.objections")


def _due(objection: Objection) -> str:
    return _("To be answered by {time}").format(time=deadline_text(objection.answer_due))


def _handed_in(objection: Objection) -> str:
    letter = received_text(objection.letter_from, objection.letter_on)
    return " · ".join(filter(None, [moment_text(objection.handed_in_at), letter]))


def _follows(objection: Objection) -> str:
    """What an answer opened, and whether it is carried out."""
    if objection.nothing_because:
        return _("nothing of the result changes: {why}").format(why=objection.nothing_because)
    if not objection.opens:
        return "–"
    change = label("change_kind", objection.opens)
    if objection.is_pending:
        return _("{change}, not carried out yet").format(change=change)
    time = moment_text(objection.carried_out_at)
    return _("{change}, carried out {time}").format(change=change, time=time)


def _sign_off(found: PanelResult) -> Section:
    view = found.round
    signed = (
        _("Signed {time} by the chair: {chair}").format(
            time=moment_text(view.signed_off_at), chair=view.chair
        )
        if found.is_final
        else _("Not signed yet")
    )
    lines = [signed, *seal_sentences(view)[:1]]
    lines.append(f"{_('Digest of the result (SHA-256)')}: {found.digest}")
    if view.log_head:
        lines.append(f"{_('Last entry of the log that it rests on')}: {view.log_head}")
    lines += [head_line(found.log), log_promise()]
    return Section(_("Sign-off"), (sentences(lines),), part="panel.sign")


def _signatures(found: PanelResult) -> Section:
    """Lines to sign on: the chair's, and one for every judge, by name where names are known."""
    names = found.judges.values() or [""] * found.round.judge_count
    return signatures(
        [
            (label("access_role", Role.CHAIR), found.round.chair),
            *((label("access_role", Role.JUDGE), name) for name in names),
        ]
    )
