"""Versions of a result: which one this is, what replaced it and why, and who moved between them."""

from functools import partial

from dashboard.access import Role
from dashboard.content.document import Block, Section
from dashboard.content.panel_cells import sentences
from dashboard.content.panel_sheets import signatures
from dashboard.content.proposed_changes import change_sentence, reason_text
from dashboard.content.tables import table_of
from dashboard.i18n import date_text, label, moment_text
from dashboard.i18n import gettext as _
from dashboard.judging.proposed import Proposal
from dashboard.judging.result_view import PanelResult
from dashboard.judging.texts import in_language
from dashboard.judging.views import Lot, SignedVersion
from dashboard.review.aggregation import Outcome

_NAMED = 4
"""Applicants whose move a headline names; of more it says how many."""

_KEPT = "\N{NO-BREAK SPACE}"
"""Between parts that a line does not divide."""


def version_sentences(found: PanelResult) -> list[str]:
    """Which version of the result this is; nothing where there is and was only one."""
    signed = found.round.signed
    if len(signed) < 2 and not (signed and signed[0].replaced_at):
        return []
    if not found.is_final:
        last = signed[-1]
        return [
            _("This will be version {number}; it is not signed yet.").format(number=found.number),
            _replaced(last),
        ]
    own = signed[found.number - 1]
    if own.replaced_at:
        return [
            _("Version {number} of {count}; it is no longer in force.").format(
                number=own.number, count=max(len(signed), own.number)
            ),
            _replaced(own),
        ]
    text = _("Version {number} of {count}, in force.")
    return [
        text.format(number=own.number, count=len(signed)),
        *(_replaced(one) for one in signed[:-1]),
    ]


def _replaced(version: SignedVersion) -> str:
    return _("Version {number}, signed {signed}, was opened again {opened} because: {why}").format(
        number=version.number,
        signed=moment_text(version.signed_at),
        opened=moment_text(version.replaced_at),
        why=" / ".join(map(reason_text, version.replaced_because)),
    )


def moves(found: PanelResult) -> str:
    """Who has another rank than in the version signed before.

    Empty in the first one, and while a sheet that is scored again does not count.
    """
    if found.former is None or found.rescoring:
        return ""
    before, now = _ranks(found.former), _ranks(found.outcome)
    moved = [
        f"{label('region', code)}{_KEPT}{before.get(code) or '–'}{_KEPT}→{_KEPT}{rank or '–'}"
        for code, rank in now.items()
        if rank != before.get(code)
    ]
    number = found.number - 1
    if not moved:
        return _("ranks as in version {number}").format(number=number)
    names = ", ".join(moved[:_NAMED])
    more = len(moved) - _NAMED
    if more > 0:
        names = _("{names} and {count} more").format(names=names, count=more)
    return _("since version {number}: {moves}").format(number=number, moves=names)


def _ranks(outcome: Outcome) -> dict[str, int | None]:
    return {row.applicant: row.rank for row in outcome.applicants}


def changes_section(found: PanelResult) -> Section | None:
    """What moved the result after closing, each with its reason and both persons."""
    if not found.changes:
        return None
    judges = {one: in_language(name, found.is_practice) for one, name in found.judges.items()}
    table = table_of(
        "",
        found.changes,
        {
            "change": (_("What changes"), lambda one: change_sentence(one, judges)),
            "reason": (_("Reason"), lambda one: reason_text(one.reason)),
            "proposed_at": (_("Proposed"), lambda one: moment_text(one.proposed_at)),
            "decided_at": (_("Confirmed at"), lambda one: moment_text(one.decided_at)),
            "decided_by": (_("By"), partial(_confirmed_by, found)),
        },
    )
    return Section(_("Changes after closing"), (table,))


def _confirmed_by(found: PanelResult, change: Proposal) -> str:
    chair = _("the chair alone; the round has no deputies")
    return _deputies(found).get(change.decided_by, chair)


def _deputies(found: PanelResult) -> dict[str, str]:
    """Deputy → name, in the page's language where it is invented."""
    names = (in_language(name, found.is_practice) for name in found.round.deputies)
    return dict(zip(("d1", "d2"), names, strict=False))


def lot_sections(found: PanelResult, is_printed: bool) -> list[Section]:
    """The record of every lot; in print with lines on which those who saw it sign."""
    return [_lot_record(lot, found, is_printed) for lot in found.lots]


def _lot_record(lot: Lot, found: PanelResult, is_printed: bool) -> Section:
    deputy = _deputies(found).get(lot.confirmed_by, "")
    facts = [
        (_("Order, first place first"), " → ".join(label("region", code) for code in lot.order)),
        (_("Where it was drawn"), lot.place),
        (_("Drawn"), moment_text(lot.drawn_at)),
        (_("How"), lot.note),
        (_("Witnesses"), ", ".join(lot.witnesses)),
        (_("Reason"), reason_text(lot.reason)),
        (label("access_role", Role.DEPUTY), deputy),
        (_("Recorded"), moment_text(lot.recorded_at)),
        (_("Replaced by another lot"), moment_text(lot.replaced_at)),
    ]
    lines = [f"{name}: {text}" for name, text in facts if text]
    is_needed = bool(lot.replaced_at) or _decides(lot, found)
    if not is_needed:
        lines.append(_("It decides nothing in this version: these are equal no more."))
    blocks: list[Block] = [sentences(lines)]
    if is_printed and lot.witnesses and is_needed:
        people = [
            (label("access_role", Role.CHAIR), found.round.chair),
            *((label("access_role", Role.DEPUTY), name) for name in filter(None, [deputy])),
            *((_("Witness"), name) for name in lot.witnesses),
        ]
        blocks += signatures(people).blocks
    return Section(_("Record of the lot"), tuple(blocks))


def _decides(lot: Lot, found: PanelResult) -> bool:
    """Whether those of whom it was drawn are still told apart by a lot."""
    return any(
        tie.step is not None and tie.step.by == "lot" and set(tie.applicants) == set(lot.order)
        for tie in found.outcome.ties
    )


def received_text(letter_from: str, letter_on: str) -> str:
    """By which letter an objection came; empty where it was handed in by the applicant."""
    if not letter_from:
        return ""
    return _("letter of {sender}, received {day}").format(
        sender=letter_from, day=date_text(letter_on)
    )
