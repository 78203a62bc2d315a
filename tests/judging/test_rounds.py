"""Rules of a round: sealed before scoring opens, and every change visible for ever."""

import hashlib
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.access import DESK, Identity, Role
from dashboard.errors import AccessDenied, JudgingRefused, UsageError
from dashboard.judging.rules_text import rules_json
from dashboard.judging.template import criteria_from_record
from dashboard.judging.views import Phase, SheetStatus


def test_a_round_goes_from_draft_to_scoring(judging, make_room):
    room = make_room(phase="draft")
    view = judging.rounds.one(room.round_id)
    assert (view.phase, view.seal, view.judge_count) == (Phase.DRAFT, None, 2)
    with pytest.raises(JudgingRefused):
        judging.rounds.open_scoring(room.chair)  # not sealed
    sealed = judging.rounds.seal(room.chair)
    assert sealed.phase is Phase.SEALED
    assert sealed.sealed_at == "2019-01-07T09:00:00.000+00:00"
    assert judging.rounds.open_scoring(room.chair).phase is Phase.SCORING
    assert [listed.round_id for listed in judging.rounds.all()] == [room.round_id]


def test_the_seal_is_the_sha256_of_the_rules_as_anybody_can_compute_it(judging, make_room, rules):
    room = make_room(phase="sealed")
    text = json.dumps(rules_json(rules), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert judging.rounds.one(room.round_id).seal == hashlib.sha256(text.encode()).hexdigest()


def test_before_sealing_the_draft_is_replaced(judging, make_room, rules):
    room = make_room(phase="draft")
    view = judging.rounds.change_rules(room.chair, replace(rules, title="Another"))
    assert view.rules.title == "Another"
    assert len(view.versions) == 1


def test_a_change_after_sealing_needs_a_reason_and_opens_a_version(
    judging, make_room, rules, clock
):
    room = make_room(phase="sealed")
    first = judging.rounds.one(room.round_id)
    lower = replace(rules, rule=replace(rules.rule, pass_mark=Decimal(60)))
    with pytest.raises(JudgingRefused):
        judging.rounds.change_rules(room.chair, lower, "  ")
    clock.wait(hours=1)
    view = judging.rounds.change_rules(room.chair, lower, "The call names 60")
    assert [version.number for version in view.versions] == [1, 2]
    assert view.versions[0].digest == first.seal
    assert view.versions[1].changed == ("rule.pass_mark",)
    assert view.versions[1].reason == "The call names 60"
    assert view.seal == view.versions[1].digest != first.seal
    assert view.sealed_at == "2019-01-07T10:00:00.000+00:00"


def test_changed_criteria_give_sheets_back_and_keep_what_still_holds(judging, room, rules):
    room.score(0, "KR-27", 30, 50)
    shorter = replace(rules.criteria[1], max_points=Decimal(50))
    judging.rounds.change_rules(
        room.chair, replace(rules, criteria=(rules.criteria[0], shorter)), "Misprint"
    )
    sheet = judging.sheets.sheet(room.judges[0], "KR-27")
    assert sheet.status is SheetStatus.STARTED
    assert [cell.points for cell in sheet.cells] == [Decimal(30), None]
    assert sheet.reopened_reason == "Misprint"


def test_after_closing_no_rule_changes(judging, room, rules):
    judging.rounds.close(room.chair, "Trial")
    with pytest.raises(JudgingRefused):
        judging.rounds.change_rules(room.chair, replace(rules, title="Another"), "Late")


@pytest.mark.parametrize(
    "changed",
    [
        {"applicants": ()},
        {"applicants": ("KR-27", "KR-27")},
        {"applicants": ("Daegu",)},
        {"title": " "},
        {"year": 1999},
        {"programme_id": "practice-9"},
        {"programme_id": "../mct"},
        {"objection_days": -1},
        {"criteria": ()},
    ],
)
def test_rules_that_no_round_can_be_held_by_are_refused(judging, rules, changed):
    with pytest.raises(JudgingRefused):
        judging.rounds.create(DESK, replace(rules, **changed), "Kim", ("Lee", "Park"))
    assert judging.rounds.all() == []


def test_only_an_official_makes_a_round_and_only_its_chair_runs_it(
    judging, make_room, rules, viewer
):
    with pytest.raises(AccessDenied):
        judging.rounds.create(viewer, rules, "Kim", ("Lee", "Park"))
    room, other = make_room(phase="draft"), make_room(phase="draft")
    for identity in (DESK, viewer, room.judges[0]):
        with pytest.raises(AccessDenied):
            judging.rounds.seal(identity)
    judging.rounds.seal(other.chair)
    assert judging.rounds.one(room.round_id).phase is Phase.DRAFT


@pytest.mark.parametrize(
    "deputies",
    [(), ("Lee",), ("Lee", " lee"), ("Lee", "KIM"), ("Lee", " "), ("Lee", "Park", "Lee")],
)
def test_a_round_needs_a_chair_and_two_deputies_who_are_three_persons(judging, rules, deputies):
    with pytest.raises(JudgingRefused):
        judging.rounds.create(DESK, rules, "Kim", deputies)
    assert judging.rounds.all() == []


def test_chair_and_deputies_get_their_codes_as_the_round_is_made(judging, rules):
    view, issued = judging.rounds.create(DESK, rules, "Kim", ("Lee", "Park"))
    assert (view.chair, view.deputies) == ("Kim", ("Lee", "Park"))
    assert [(one.holder, one.name) for one in issued] == [
        ("chair", "Kim"),
        ("d1", "Lee"),
        ("d2", "Park"),
    ]
    people = [judging.sessions.sign_in(view.round_id, one.code).identity for one in issued]
    assert [(one.role, one.deputy_id) for one in people] == [
        (Role.CHAIR, None),
        (Role.DEPUTY, "d1"),
        (Role.DEPUTY, "d2"),
    ]


def test_an_unknown_round_is_named(judging):
    with pytest.raises(UsageError, match="mct-cluster-2031"):
        judging.rounds.one("mct-cluster-2031")


# ---- Template from the record


def test_criteria_of_the_record_get_equal_points_where_none_were_published(record):
    answer = record.ask("review_criteria", {"programme": "mct-cluster", "year": 2019})
    template = criteria_from_record(answer.rows)
    assert [(c.stage, c.max_points, c.is_published) for c in template.criteria] == [
        ("document", 10, False),
        ("document", 10, False),
        ("onsite", 10, False),
    ]
    assert not template.are_points_published
    assert template.criteria[0].name_en == "Results of 2018"
    assert template.criteria[0].name_ko not in ("", "Results of 2018")
    assert "seed-cluster-2019" in template.source_ids


def test_published_points_are_taken_over(record):
    answer = record.ask("review_criteria", {"programme": "jeonbuk-festivals", "year": 2018})
    template = criteria_from_record(answer.rows)
    # 70 onsite and 30 document points were published.
    assert {c.stage: c.max_points for c in template.criteria} == {"onsite": 70, "document": 30}
    assert template.are_points_published


def test_published_points_stay_also_where_one_criterion_has_none(record):
    answer = record.ask("review_criteria", {"programme": "mcst-festivals", "year": 2015})
    template = criteria_from_record(answer.rows)
    # Published: preliminary evaluation 5, operation 85; the grade bands have no points.
    assert [(c.name_en.partition(" ")[0], c.max_points) for c in template.criteria] == [
        ("Preliminary", 5),
        ("Operation", 85),
        ("Best", None),
    ]
    assert [c.is_published for c in template.criteria] == [True, True, False]
    assert template.are_points_published


def test_a_call_that_names_only_stages_gives_no_criteria(record):
    answer = record.ask("review_criteria", {"programme": "kto-recommended-wellness", "year": 2019})
    assert criteria_from_record(answer.rows).criteria == ()


def test_the_log_says_which_account_made_a_round(judging, rules):
    """Who makes it is shown the codes of chair and deputies."""
    oh = Identity("Oh", Role.OFFICIAL, region="KR", account="oh@mohw.go.kr")
    view, _issued = judging.rounds.create(oh, rules, "Kim", ("Lee", "Park"))
    made, *_others = judging.results.log(Identity("Kim", Role.CHAIR, view.round_id))
    assert (made.kind, made.actor) == ("created", "oh@mohw.go.kr")
