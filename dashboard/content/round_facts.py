"""The public facts of a round: rules, criteria, seal and versions. No score, no judge's name."""

from decimal import Decimal
from functools import partial

from dashboard.content.document import Cell, Paragraph, Section
from dashboard.content.panel_cells import count_cell, plain_number, sentences
from dashboard.content.panel_rule import criterion_name, points, rule_sentences, stage_name
from dashboard.content.tables import table_of
from dashboard.i18n import gettext as _
from dashboard.i18n import label, moment_text, percent_text
from dashboard.judging.deadlines import deadline_text
from dashboard.judging.texts import weights_note
from dashboard.judging.views import RoundRules, RoundView


def round_sections(view: RoundView) -> tuple[Section, ...]:
    """All that anybody may know of a round."""
    return (
        _facts(view),
        criteria_section(view),
        rule_section(view.rules),
        versions_section(view),
    )


def seal_sentences(view: RoundView) -> list[str]:
    """Seal of the rules in force and of the signed result, as far as there are any."""
    if view.seal is None:
        return [_("The rules are a draft: they are not sealed yet, and nobody can score.")]
    sentences = [
        _("Rules sealed {time}, SHA-256 {digest}").format(
            time=moment_text(view.sealed_at), digest=view.seal
        )
    ]
    if view.result_digest is not None:
        sentences.append(
            _("Result signed {time}, SHA-256 {digest}").format(
                time=moment_text(view.signed_off_at), digest=view.result_digest
            )
        )
    return sentences


def _facts(view: RoundView) -> Section:
    rules = view.rules
    facts = (
        (_("Programme"), label("programme", rules.programme_id)),
        (_("Year"), str(rules.year)),
        (_("Applicants"), " · ".join(label("region", code) for code in rules.applicants)),
        (_("Stages"), " → ".join(stage_name(stage) for stage in rules.stages)),
        (_("Points in all"), points(rules.max_total)),
        (_("Chair"), view.chair),
        (_("Deputies of the chair"), " · ".join(view.deputies)),
        (_("Judges assigned"), str(view.judge_count)),
        (_("Scoring opened"), moment_text(view.opened_at)),
        (_("Scoring closed"), moment_text(view.closed_at)),
        (_("Closed with sheets missing, because"), view.closing_reason),
        (_("Objections until"), deadline_text(view.objections_until)),
        (_("Result signed"), moment_text(view.signed_off_at)),
    )
    table = table_of(
        "",
        [fact for fact in facts if fact[1]],
        {
            "fact": (_("About the round"), lambda one: one[0]),
            "value": (_("Content"), lambda one: one[1]),
        },
    )
    return Section(_("The round and its seal"), (sentences(seal_sentences(view)), table))


def criteria_section(view: RoundView) -> Section:
    """Criteria with their points, and the seal under which they stand."""
    rules = view.rules
    whole = rules.max_total
    table = table_of(
        "",
        rules.criteria,
        {
            "stage": lambda one: stage_name(one.stage),
            "criterion": (_("Criterion"), criterion_name),
            "max_points": (_("Maximum points"), lambda one: rule_points_cell(one.max_points)),
            "share": (_("Share"), lambda one: percent_text(float(100 * one.max_points / whole))),
            "step": (_("Step"), lambda one: rule_points_cell(one.step)),
            "published": (
                _("Were the points published?"),
                lambda one: _published(rules, one.is_published),
            ),
        },
        figures=("max_points", "share", "step"),
        note=weights_note() if rules.are_weights_assumed else "",
    )
    stages = [
        f"{stage_name(stage)} {points(_of_stage(rules, stage))}"
        for stage in rules.stages
        if len(rules.stages) > 1
    ]
    total = _("Points in all: {points}").format(points=points(whole))
    in_all = Paragraph(" · ".join([total, *stages]))
    return Section(_("Criteria and points"), (table, in_all))


def _of_stage(rules: RoundRules, stage: str) -> Decimal:
    return sum((one.max_points for one in rules.criteria if one.stage == stage), Decimal(0))


def rule_points_cell(value: Decimal) -> Cell:
    """Points that the rules set; no figure of the record."""
    return Cell(points(value), plain_number(value))


def rule_section(rules: RoundRules) -> Section:
    """How the sheets become a ranking."""
    return Section(_("How the sheets become a ranking"), (sentences(rule_sentences(rules)),))


def versions_section(view: RoundView) -> Section:
    """Every version of the rules, the newest first."""
    table = table_of(
        "",
        view.versions[::-1],
        {
            "version": (_("Version"), lambda one: count_cell(one.number)),
            "written_at": (_("Written"), lambda one: moment_text(one.written_at)),
            "sealed_at": (_("Sealed"), lambda one: moment_text(one.sealed_at) or _("not sealed")),
            "changed": (
                _("Changed"),
                lambda one: ", ".join(map(partial(label, "rule_field"), one.changed)),
            ),
            "reason": (_("Reason"), lambda one: one.reason),
            "digest": ("SHA-256", lambda one: one.digest),
        },
        figures=("version",),
        note=_("Every version stays visible, the newest first"),
    )
    return Section(_("Versions of the rules"), (table,))


def _published(rules: RoundRules, is_published: bool) -> str:
    if is_published:
        return _("published")
    if rules.are_weights_assumed:
        return _("not published, equal weights assumed")
    return _("not published")
