"""The public facts of a round: rules, criteria, seal and versions. No score, no judge's name."""

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
    draw(
        "room_criteria.html",
        stages=_stages(view),
        total=points(rules.max_total),
        unpublished=_("not published, equal weights assumed") if is_equal else _("not published"),
    )
    if is_equal and not rules.are_points_published:
        draw("room_note.html", text=weights_note())
    st.markdown("## " + _("How the sheets become a ranking"))
    draw("room_rule.html", sentences=rule_sentences(rules))
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


def _stages(view: RoundView) -> list[tuple[str, str, list[tuple[str, str, str, str, bool]]]]:
    """Stage, its points, and its criteria: name, points, step, share, whether published."""
    rules = view.rules
    return [
        (
            stage_name(stage),
            points(sum((c.max_points for c in rules.criteria if c.stage == stage), Decimal(0))),
            [
                (
                    criterion_name(criterion),
                    points(criterion.max_points),
                    points(criterion.step),
                    percent_text(float(100 * criterion.max_points / rules.max_total)),
                    criterion.is_published,
                )
                for criterion in rules.criteria
                if criterion.stage == stage
            ],
        )
        for stage in rules.stages
    ]


def _versions(view: RoundView) -> None:
    st.markdown("## " + _("Versions of the rules"))
    rows = [
        {
            "number": version.number,
            "written_at": moment_text(version.written_at),
            "sealed_at": moment_text(version.sealed_at),
            "reason": version.reason,
            "changed": ", ".join(field_text(name) for name in version.changed),
            "digest": version.digest,
        }
        for version in reversed(view.versions)
    ]
    draw("room_versions.html", rows=rows)
