"""The public facts of a round: rules, criteria, seal and versions. No score, no judge's name."""

from collections.abc import Iterator
from decimal import Decimal

import streamlit as st

from dashboard.content.panel_rule import (
    criterion_name,
    field_text,
    points,
    rule_sentences,
    stage_name,
)
from dashboard.i18n import gettext as _
from dashboard.i18n import label, percent_text
from dashboard.judging.texts import weights_note
from dashboard.judging.views import RoundView
from dashboard.render.screen.html import draw
from dashboard.render.screen.local_time import moment_text
from dashboard.render.screen.tables import Heading, StyledCell, StyledRow, draw_table
from dashboard.render.screen.texts import Toned, draw_list, draw_text


def round_facts(view: RoundView) -> None:
    """Draw them."""
    rules = view.rules
    facts = [
        (_("Programme"), label("programme", rules.programme_id)),
        (_("Year"), str(rules.year)),
        (_("Applicants"), " · ".join(label("region", code) for code in rules.applicants)),
        (_("Stages"), " → ".join(stage_name(stage) for stage in rules.stages)),
        (_("Points in all"), points(rules.max_total)),
        (_("Chair"), view.chair),
        (_("Judges assigned"), str(view.judge_count)),
        (_("Scoring opened"), moment_text(view.opened_at)),
        (_("Scoring closed"), moment_text(view.closed_at)),
        (_("Closed with sheets missing, because"), view.closing_reason),
        (_("Objections until"), moment_text(view.objections_until)),
        (_("Result signed"), moment_text(view.signed_off_at)),
    ]
    draw("event_facts.html", facts=facts)
    seal_note(view)
    st.markdown("## " + _("Criteria and points"))
    is_equal = len({criterion.max_points for criterion in rules.criteria}) == 1
    unpublished = _("not published, equal weights assumed") if is_equal else _("not published")
    draw_table(
        [
            _("Criterion"),
            *(Heading(title, "number") for title in (_("Points"), _("Share"), _("Step"))),
            _("Were the points published?"),
        ],
        _criteria(view, unpublished),
        _("Points in all: {points}").format(points=points(rules.max_total)),
        label=_("Criteria and points"),
    )
    if is_equal and not rules.are_points_published:
        draw_text(weights_note(), "box")
    st.markdown("## " + _("How the sheets become a ranking"))
    draw_list(rule_sentences(rules), "rule")
    _versions(view)


def seal_note(view: RoundView) -> None:
    """The seal of the rules in force, or that there is none yet."""
    draw(
        "room_seal.html",
        seal=view.seal,
        sealed_at=moment_text(view.sealed_at),
        result=view.result_digest,
        signed_at=moment_text(view.signed_off_at),
    )


def _criteria(view: RoundView, unpublished: str) -> Iterator[StyledRow]:
    """Each stage with its points, and below it its criteria."""
    rules = view.rules
    for stage in rules.stages:
        criteria = [criterion for criterion in rules.criteria if criterion.stage == stage]
        total = points(sum((criterion.max_points for criterion in criteria), Decimal(0)))
        yield StyledRow([stage_name(stage), Toned(total, "strong"), "", "", ""], "stage-row")
        for criterion in criteria:
            yield StyledRow(
                [
                    StyledCell(criterion_name(criterion), "light"),
                    points(criterion.max_points),
                    percent_text(float(100 * criterion.max_points / rules.max_total)),
                    points(criterion.step),
                    _("published") if criterion.is_published else unpublished,
                ]
            )


def _versions(view: RoundView) -> None:
    st.markdown("## " + _("Versions of the rules"))
    draw_table(
        [
            Heading(_("Version"), "number"),
            Heading(_("Written"), "date"),
            Heading(_("Sealed"), "date"),
            _("Changed"),
            _("Reason"),
            Heading("SHA-256", "digest"),
        ],
        [
            [
                version.number,
                moment_text(version.written_at),
                moment_text(version.sealed_at) or _("not sealed"),
                ", ".join(field_text(name) for name in version.changed),
                version.reason,
                Toned(f"{version.digest[:12]}…", "code"),
            ]
            for version in reversed(view.versions)
        ],
        _("Every version stays visible, the newest first"),
        label=_("Versions of the rules"),
        head=None,
    )
