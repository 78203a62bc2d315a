"""Score sheets of a judge as they are printed and signed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from dashboard.access import Identity, Role
from dashboard.content.assembly import assemble
from dashboard.content.document import Cell, Paragraph, Section, Table
from dashboard.content.panel_cells import points_cell, sentences
from dashboard.content.panel_rule import criterion_name, points, stage_name
from dashboard.content.query_context import QueryContext
from dashboard.content.report import Report, Stamp
from dashboard.content.round_facts import rule_points_cell, seal_sentences
from dashboard.content.tables import table_of
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import label, moment_text
from dashboard.judging.judging import Judging
from dashboard.judging.texts import head_line, in_language, practice_warning
from dashboard.judging.views import JudgeProgress, RoundView, Sheet, SheetStatus

SHEETS = "sheets"
"""The report of one judge's score sheets, to be signed."""


@dataclass(frozen=True)
class SheetsView:
    """A judge's sheets of a round, as `judging` handed them out to the judge or the chair."""

    round: RoundView
    judge: JudgeProgress
    sheets: tuple[Sheet, ...]
    """Those of applicants from whom the judge is not recused."""

    @property
    def kind(self) -> str:
        """Name of the report."""
        return SHEETS

    @property
    def parameters(self) -> dict[str, str]:
        """What an edition keeps of it; its digest says that it is of this view and no other."""
        return {
            "round": self.round.round_id,
            "judge": self.judge.judge_id,
            "matter": digest_of(self.sheets),
        }

    def report(self, context: QueryContext, stamp: Stamp) -> Report:
        """Its report."""
        return sheets_report(context, self, stamp)


def sheets_view(judging: Judging, identity: Identity, judge_id: str) -> SheetsView:
    """A judge's sheets, for that judge and, after closing, for the chair.

    Raises:
        AccessDenied: somebody else asks, or the chair before closing.
        UsageError: the reader knows of no such judge.
    """
    judges = {one.judge_id: one for one in judging.sheets.progress(identity).judges}
    if judge_id not in judges:
        raise UsageError(
            "There is no such code",
            f"'{judge_id}' is no judge whose sheets are open to you.",
            f"Known: {', '.join(judges)}.",
        )
    judge = judges[judge_id]
    sheets = tuple(
        judging.sheets.sheet(identity, sheet.applicant, judge_id)
        for sheet in judge.sheets
        if sheet.status is not SheetStatus.RECUSED
    )
    return SheetsView(judging.rounds.one(identity.round_id or ""), judge, sheets)


def sheets_report(context: QueryContext, view: SheetsView, stamp: Stamp) -> Report:
    """A table for every applicant, and the line on which the judge signs."""
    rules, is_practice = view.round.rules, view.round.is_practice
    judge = in_language(view.judge.name, is_practice)
    lines = [
        _("{applicant}: recused. Reason: {reason}").format(
            applicant=label("region", sheet.applicant), reason=sheet.recusal_reason
        )
        for sheet in view.judge.sheets
        if sheet.status is SheetStatus.RECUSED
    ]
    sections = (
        *(sheet_section(sheet) for sheet in view.sheets),
        Section(_("What does not count"), (sentences(lines),)) if lines else None,
        Section(_("Seal and log"), (sentences(_seals(view)),)),
        signatures([(label("access_role", Role.JUDGE), judge)]),
    )
    return assemble(
        SHEETS,
        _("Score sheets of {judge}: {title}").format(
            judge=judge, title=in_language(rules.title, is_practice)
        ),
        sections,
        context,
        stamp,
        subtitle=f"{label('programme', rules.programme_id)} {rules.year} · {view.round.round_id}",
        warning=practice_warning() if is_practice else "",
    )


def sheet_section(sheet: Sheet, judge: str = "") -> Section:
    """One judge's sheet of one applicant; headed by the judge where several stand together."""
    applicant = label("region", sheet.applicant)
    title = (
        _("Score sheet: {applicant}, {judge}").format(applicant=applicant, judge=judge)
        if judge
        else _("Score sheet: {applicant}").format(applicant=applicant)
    )
    state = label("sheet_status", sheet.status)
    total = _("Total: {total} of {max} points · {state} {time}").format(
        total=points(sheet.total),
        max=points(sheet.max_total),
        state=state,
        time=moment_text(sheet.submitted_at),
    )
    # A sheet that nobody began has no total: a blank is never zero.
    said = state if sheet.status is SheetStatus.EMPTY else total.strip()
    blocks = (sheet_table(sheet), Paragraph(said))
    return Section(title, (*blocks, Paragraph(head_line(sheet.log))) if judge else blocks)


def sheet_table(sheet: Sheet) -> Table:
    """Points and comments by criterion; what is blank is said to be."""
    return table_of(
        "",
        sheet.cells,
        {
            "stage": lambda cell: stage_name(cell.criterion.stage),
            "criterion": (_("Criterion"), lambda cell: criterion_name(cell.criterion)),
            "max_points": (_("of"), lambda cell: rule_points_cell(cell.criterion.max_points)),
            "points": (_("Points"), lambda cell: _given(cell.points)),
            "comment": (_("Comment"), lambda cell: cell.comment),
        },
        figures=("max_points", "points"),
    )


def _given(value: Decimal | None) -> Cell:
    return Cell(_("blank"), None, "no data") if value is None else points_cell(value)


def signatures(people: Sequence[tuple[str, str]]) -> Section:
    """Lines to sign on, for each role and name."""
    table = table_of(
        "",
        people,
        {
            "role": (_("Role"), lambda one: one[0]),
            "name": (_("Name"), lambda one: one[1]),
            "signature": (_("Signature"), lambda _one: _("(signature or seal)")),
            "signed_on": (_("Date"), lambda _one: ""),
        },
    )
    return Section(_("Signatures"), (replace(table, form="signing"),))


def digest_of(view: Any) -> str:
    """SHA-256 of all that a view holds."""
    held = [asdict(one) for one in view] if isinstance(view, tuple) else asdict(view)
    text = json.dumps(held, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _seals(view: SheetsView) -> list[str]:
    """The seal of the rules, and the end of the log when the sheets were read."""
    return [*seal_sentences(view.round)[:1], *{head_line(sheet.log) for sheet in view.sheets}]
