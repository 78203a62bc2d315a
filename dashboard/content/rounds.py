"""The list of rounds, and where each stands: public facts, no score."""

from collections.abc import Sequence

from dashboard.content.cells import text_cell
from dashboard.content.document import Cell, Section
from dashboard.content.links import link_to
from dashboard.content.panel_cells import count_cell
from dashboard.content.tables import table_of
from dashboard.i18n import gettext as _
from dashboard.i18n import label, moment_text, ngettext
from dashboard.judging.texts import in_language, practice_warning
from dashboard.judging.views import Phase, RoundView


def rounds_section(rounds: Sequence[RoundView]) -> Section:
    """Every round with its state; practice rounds are named as such and not counted."""
    count = sum(not view.is_practice for view in rounds)
    title = (
        ngettext("{count} round of review", "{count} rounds of review", count).format(count=count)
        if count
        else _("No round of review has been created yet")
    )
    table = table_of(
        "",
        rounds,
        {
            "round": (_("Round"), _title),
            "phase": (_("State"), phase_text),
            "programme": (_("Programme"), _programme),
            "applicants": (
                _("Applicants"),
                lambda one: " · ".join(label("region", code) for code in one.rules.applicants),
            ),
            "judges": (_("Judges"), lambda one: count_cell(one.judge_count)),
            "created_at": (_("Created"), lambda one: moment_text(one.created_at)),
            "signed_at": (_("Signed"), lambda one: moment_text(one.signed_off_at)),
        },
        figures=("judges",),
        note=practice_warning() if any(view.is_practice for view in rounds) else "",
    )
    return Section(title, (table,) if rounds else ())


def steps(view: RoundView) -> list[tuple[Phase, str, bool]]:
    """Every step of a round, when it was taken, and whether it has been."""
    times = {
        Phase.DRAFT: view.created_at,
        Phase.SEALED: view.sealed_at,
        Phase.SCORING: view.opened_at,
        Phase.CLOSED: view.closed_at,
        Phase.SIGNED_OFF: view.signed_off_at,
    }
    order = list(Phase)
    here = order.index(view.phase)
    return [
        (phase, moment_text(times[phase]) if place <= here else "", place <= here)
        for place, phase in enumerate(order)
    ]


def phase_text(view: RoundView) -> str:
    """The state of a round; a practice round says that it is one."""
    phase = label("round_phase", view.phase)
    return f"{phase} · {_('Practice: invented')}" if view.is_practice else phase


def _title(view: RoundView) -> Cell:
    title = in_language(view.rules.title, view.is_practice)
    return text_cell(title, link=link_to("", round=view.round_id, part=""))


def _programme(view: RoundView) -> str:
    return f"{label('programme', view.rules.programme_id)} {view.rules.year}"
