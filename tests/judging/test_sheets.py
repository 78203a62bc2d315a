"""Score sheets: every line kept at once, locked when submitted, closed to the recused."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.errors import AccessDenied, JudgingRefused, UsageError
from dashboard.judging.judging import Judging
from dashboard.judging.proposed import Change
from dashboard.judging.sheets import SavedElsewhere
from dashboard.judging.verification import verify_round
from dashboard.judging.views import SheetStatus
from dashboard.review.panel import Criterion, Rule
from dashboard.store import ledger as ledger_module


def points(sheet):
    return {cell.criterion.criterion_id: cell.points for cell in sheet.cells}


def test_a_draft_is_there_for_another_process_at_once(judging, room, settings):
    judging.sheets.save_draft(room.judges[0], "KR-27", "plan", "32.5", "Good centre\nin Almaty")
    elsewhere = Judging(settings)  # shares nothing but the file
    sheet = elsewhere.sheets.sheet(room.judges[0], "KR-27")
    assert points(sheet) == {"plan": Decimal("32.5"), "visit": None}
    assert sheet.cells[0].comment == "Good centre\nin Almaty"
    assert (sheet.total, sheet.max_total) == (Decimal("32.5"), 100)
    assert (sheet.blanks, sheet.may_submit) == (("visit",), False)


def test_the_last_value_counts_and_a_line_can_be_emptied(judging, room):
    judge = room.judges[0]
    for given in (30, Decimal("31.5"), 12.5, "0", None):
        sheet = judging.sheets.save_draft(judge, "KR-27", "plan", given)
    assert points(sheet)["plan"] is None
    assert judging.sheets.save_draft(judge, "KR-27", "plan", 0).cells[0].points == 0


def test_saving_the_same_again_writes_nothing(judging, room):
    judging.sheets.save_draft(room.judges[0], "KR-27", "plan", 30)
    before = verify_round(judging.streams, room.round_id)
    judging.sheets.save_draft(room.judges[0], "KR-27", "plan", "30.0")
    assert verify_round(judging.streams, room.round_id) == before


@pytest.mark.parametrize(
    "given", [-0.5, 40.5, "41", 0.25, "7,5", "ten", "NaN", "Infinity", "1e9", float("nan")]
)
def test_points_that_do_not_fit_are_refused_and_change_nothing(judging, room, given):
    judging.sheets.save_draft(room.judges[0], "KR-27", "plan", 30)
    with pytest.raises(JudgingRefused):
        judging.sheets.save_draft(room.judges[0], "KR-27", "plan", given)
    assert points(judging.sheets.sheet(room.judges[0], "KR-27"))["plan"] == 30


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("32.5", "32.5"),
        (" 32.50 ", "32.5"),
        ("３２．５", "32.5"),
        ("0", "0"),
        ("40", "40"),
        ("", None),
    ],
)
def test_points_count_as_they_are_typed(judging, room, typed, kept):
    sheet = judging.sheets.save_field(room.judges[0], "KR-27", "plan", "points", typed, "")
    assert sheet.given == {"plan": None if kept is None else Decimal(kept), "visit": None}


def test_a_refusal_names_points_as_the_sheet_shows_them(judging, make_room):
    # As a table of numbers hands them over: 10.0 is ten points.
    plan = Criterion("plan", "document", "계획", "Plan", Decimal("10.0"), Decimal("0.50"))
    room = make_room(criteria=(plan,), rule=Rule())
    with pytest.raises(JudgingRefused, match=r"From 0 to 10 in steps of 0\.5; given: 99"):
        judging.sheets.save_field(room.judges[0], "KR-27", "plan", "points", "99", "")


@pytest.mark.parametrize(
    "typed",
    [
        "41",
        "40.5",
        "0.25",
        "-1",
        "7,5",
        "1e1",
        "1_0",
        "+5",
        "열",
        "NaN",
        "9" * 400,
        "<b>",
        "3²",
        "①",
    ],
)
def test_typed_points_that_do_not_fit_are_refused_in_words_and_change_nothing(judging, room, typed):
    judge = room.judges[0]
    judging.sheets.save_field(judge, "KR-27", "plan", "points", "30", "")
    with pytest.raises(JudgingRefused, match=r"From 0 to 40 in steps of 0\.5; given: "):
        judging.sheets.save_field(judge, "KR-27", "plan", "points", typed, "30")
    assert judging.sheets.sheet(judge, "KR-27").given["plan"] == 30


def test_marks_that_turn_or_hide_text_are_not_kept(judging, room):
    # An override of the direction would turn the rest of the line on every page and slip.
    comment = "\u202eup \u2066is\u2069 \x07down\u200b"
    sheet = judging.sheets.save_field(room.judges[0], "KR-27", "plan", "comment", comment, "")
    assert sheet.cells[0].comment == "up is down"
    family = "👨\u200d👩 אבג\nline"  # a joined sign and Hebrew letters stay
    sheet = judging.sheets.save_field(room.judges[0], "KR-27", "visit", "comment", family, "")
    assert sheet.cells[1].comment == family
    with pytest.raises(JudgingRefused, match="none was given"):
        judging.sessions.issue_code(room.chair, "\u200b\u202e")


def test_a_comment_is_kept_beside_points_that_are_refused(judging, room):
    judge = room.judges[0]
    with pytest.raises(JudgingRefused):
        judging.sheets.save_field(judge, "KR-27", "plan", "points", "99", "")
    sheet = judging.sheets.save_field(judge, "KR-27", "plan", "comment", "  well  ", "")
    assert (sheet.cells[0].points, sheet.cells[0].comment) == (None, "well")


def test_what_another_window_saved_is_not_overwritten_unseen(judging, room):
    judge, line = room.judges[0], ("KR-27", "plan")
    judging.sheets.save_field(judge, *line, "points", "30", "")
    with pytest.raises(SavedElsewhere) as refused:
        judging.sheets.save_field(judge, *line, "points", "20", "")
    assert refused.value.stored == "30"
    assert judging.sheets.sheet(judge, "KR-27").given["plan"] == 30
    # The same points are no conflict, nor is it once the judge has seen what is stored.
    judging.sheets.save_field(judge, *line, "points", "30", "12")
    assert judging.sheets.save_field(judge, *line, "points", "20", "30").given["plan"] == 20
    # The other half of the line has nothing to do with it.
    judging.sheets.save_field(judge, *line, "comment", "one", "")
    with pytest.raises(SavedElsewhere, match="one"):
        judging.sheets.save_field(judge, *line, "comment", "two", "")


def test_only_what_the_judge_has_seen_is_submitted(judging, room):
    judge = room.judges[0]
    seen = room.score(0, "KR-27", 30, 50, submit=False).given
    judging.sheets.save_field(judge, "KR-27", "plan", "points", "31", "30")
    with pytest.raises(JudgingRefused, match="Other points"):
        judging.sheets.submit(judge, "KR-27", seen)
    assert judging.sheets.sheet(judge, "KR-27").submitted_at is None
    # 31 + 50 = 81
    sheet = judging.sheets.submit(judge, "KR-27", {**seen, "plan": Decimal(31)})
    assert (sheet.total, sheet.status) == (81, SheetStatus.SUBMITTED)


def test_unknown_criteria_and_regions_are_named(judging, room):
    with pytest.raises(UsageError, match="price"):
        judging.sheets.save_draft(room.judges[0], "KR-27", "price", 1)
    with pytest.raises(UsageError, match="KR-11"):
        judging.sheets.save_draft(room.judges[0], "KR-11", "plan", 1)


def test_a_comment_is_kept_as_typed_and_a_long_one_is_refused(judging, room):
    text = "<b>=SUM(A1)</b> '; DROP TABLE entry; --"
    assert (
        judging.sheets.save_draft(room.judges[0], "KR-27", "plan", 3, text).cells[0].comment == text
    )
    with pytest.raises(JudgingRefused):
        judging.sheets.save_draft(room.judges[0], "KR-27", "plan", 3, "x" * 2001)


def test_scoring_must_be_open(judging, make_room):
    room = make_room(phase="sealed")
    assert judging.sheets.sheet(room.judges[0], "KR-27").status is SheetStatus.EMPTY
    with pytest.raises(JudgingRefused):
        judging.sheets.save_draft(room.judges[0], "KR-27", "plan", 30)


def test_submitting_needs_every_criterion_and_locks(judging, room):
    judging.sheets.save_draft(room.judges[0], "KR-27", "plan", 30)
    with pytest.raises(JudgingRefused):
        judging.sheets.submit(room.judges[0], "KR-27")
    sheet = room.score(0, "KR-27", 30, 50)
    assert sheet.status is SheetStatus.SUBMITTED
    for change in (
        lambda: judging.sheets.save_draft(room.judges[0], "KR-27", "plan", 31),
        lambda: judging.sheets.submit(room.judges[0], "KR-27"),
    ):
        with pytest.raises(JudgingRefused):
            change()


def test_where_a_blank_leaves_the_judge_out_it_may_be_submitted(judging, make_room, rules):
    room = make_room(rule=replace(rules.rule, blank_policy="leave_out"))
    judging.sheets.save_draft(room.judges[0], "KR-27", "plan", 30)
    assert judging.sheets.submit(room.judges[0], "KR-27").status is SheetStatus.SUBMITTED
    room.score(1, "KR-27", 30, 50)
    judging.rounds.close(room.chair, "Trial")
    row = judging.results.result(room.chair).outcome.applicants[0]
    assert (row.applicant, row.final, row.left_out) == ("KR-27", Decimal("80.00"), ("j1",))


def test_only_the_chair_gives_a_sheet_back_and_says_why(judging, room):
    room.score(0, "KR-27", 30, 50)
    with pytest.raises(AccessDenied):
        judging.sheets.reopen(room.judges[0], "j1", "KR-27", "Typing error")
    with pytest.raises(JudgingRefused):
        judging.sheets.reopen(room.chair, "j1", "KR-27", "")
    judging.sheets.reopen(room.chair, "j1", "KR-27", "Typing error")
    sheet = judging.sheets.sheet(room.judges[0], "KR-27")
    assert (sheet.status, sheet.reopened_reason) == (SheetStatus.STARTED, "Typing error")
    assert points(sheet) == {"plan": 30, "visit": 50}
    assert room.score(0, "KR-27", 31, 50).reopened_reason == ""


def test_after_closing_nothing_is_written_submitted_or_given_back(judging, room):
    room.score(0, "KR-27", 30, 50)
    judging.sheets.save_draft(room.judges[0], "KR-26", "plan", 30)
    judging.rounds.close(room.chair, "Trial")
    for change in (
        lambda: judging.sheets.save_draft(room.judges[0], "KR-26", "plan", 31),
        lambda: judging.sheets.submit(room.judges[0], "KR-26"),
        lambda: judging.sheets.reopen(room.chair, "j1", "KR-27", "Late"),
        lambda: judging.sheets.declare_conflict(room.judges[0], "KR-26", "Late"),
        lambda: judging.sessions.issue_code(room.chair, "A seventh"),
    ):
        with pytest.raises(JudgingRefused):
            change()


# ---- Recusal


def test_a_recused_judge_neither_reads_nor_scores(judging, room):
    room.score(0, "KR-27", 30, 50)
    judging.sheets.declare_conflict(room.judges[0], "KR-27", "Advised the city in 2017")
    for forbidden in (
        lambda: judging.sheets.sheet(room.judges[0], "KR-27"),
        lambda: judging.sheets.save_draft(room.judges[0], "KR-27", "plan", 1),
        lambda: judging.sheets.submit(room.judges[0], "KR-27"),
    ):
        with pytest.raises(AccessDenied):
            forbidden()
    own = judging.sheets.progress(room.judges[0]).judges[0].sheets[0]
    assert (own.status, own.scored_count) == (SheetStatus.RECUSED, 0)
    assert own.recusal_reason == "Advised the city in 2017"
    judging.sheets.save_draft(room.judges[0], "KR-26", "plan", 30)  # the others stay open


def test_only_the_chair_lifts_a_recusal_and_earlier_scores_do_not_come_back(judging, room):
    room.score(0, "KR-27", 30, 50)
    judging.sheets.declare_conflict(room.judges[0], "KR-27", "A misunderstanding")
    with pytest.raises(AccessDenied):
        judging.sheets.set_recusal(room.judges[0], "j1", "KR-27", False, "Cleared")
    judging.sheets.set_recusal(room.chair, "j1", "KR-27", False, "Cleared")
    sheet = judging.sheets.sheet(room.judges[0], "KR-27")
    assert (sheet.status, sheet.total) == (SheetStatus.EMPTY, 0)


def test_a_conflict_needs_its_reason(judging, room):
    with pytest.raises(JudgingRefused):
        judging.sheets.declare_conflict(room.judges[0], "KR-27", " ")


@pytest.mark.parametrize(
    ("given", "after_closing"),
    [((0, 0), False), (None, False), ((40, 60), False), ((40, 60), True)],
)
def test_a_recused_judges_score_cannot_change_a_result(
    judging, make_room, rate, given, after_closing
):
    room = make_room(judges=5, applicants=("KR-27", "KR-26"), rule=Rule())
    rate(room, {"KR-27": [(30, 50), (31, 50), (28, 50), (29, 41)]})
    rate(room, {"KR-26": [(30, 40), (31, 40), (28, 40), (29, 40), (30, 40)]})
    if given is not None:
        room.score(4, "KR-27", *given)
    if not after_closing:
        judging.sheets.declare_conflict(room.judges[4], "KR-27", "Related")
        judging.rounds.close(room.chair)
    else:
        judging.rounds.close(room.chair, "One sheet may be missing")
        recused = {"judge_id": "j5", "applicant": "KR-27"}
        room.change(Change.RECUSAL, recused, "Found out later")
    result = judging.results.result(room.chair)
    # 80 81 78 70: 81 and 70 go, (80 + 78) / 2. Busan 70 71 68 69 70: (70 + 69 + 70) / 3.
    assert {row.applicant: row.final for row in result.outcome.applicants} == {
        "KR-27": Decimal("79.00"),
        "KR-26": Decimal("69.67"),
    }
    assert all(row.judges == 4 for row in result.spread if row.applicant == "KR-27")
    assert result.concordance.judges == 4
    assert result.recusals == (("KR-27", "j5"),)
    assert result.references[0].scores[0] == ("KR-27", Decimal("77.25"))


# ---- Progress


def test_progress_shows_the_chair_who_is_how_far_and_no_point(judging, room):
    room.score(0, "KR-27", "39.5", "58.5")
    judging.sheets.save_draft(room.judges[1], "KR-26", "plan", "39.5")
    progress = judging.sheets.progress(room.chair)
    assert [judge.name for judge in progress.judges] == ["Judge 1", "Judge 2"]
    first, second = progress.judges
    assert [sheet.status for sheet in first.sheets] == ["submitted", "empty", "empty"]
    assert [sheet.scored_count for sheet in second.sheets] == [0, 1, 0]
    assert progress.open_sheets == 5
    assert not first.is_done
    assert "39.5" not in repr(progress)


def test_a_judge_sees_the_own_progress_only(judging, room):
    room.score(1, "KR-27", 30, 50)
    progress = judging.sheets.progress(room.judges[0])
    assert [judge.judge_id for judge in progress.judges] == ["j1"]


# ---- At the same time


def test_two_judges_writing_at_once_lose_nothing(judging, room, settings):
    def fill(number):
        own = Judging(settings)  # as in a process of its own
        for applicant in ("KR-27", "KR-26", "KR-28"):
            for half in range(12):
                own.sheets.save_draft(
                    room.judges[number], applicant, "plan", Decimal(half + number) / 2
                )
            own.sheets.save_draft(room.judges[number], applicant, "visit", 50 + number)
            own.sheets.submit(room.judges[number], applicant)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(fill, (0, 1)))
    for number, judge in enumerate(room.judges):
        for applicant in ("KR-27", "KR-26", "KR-28"):
            sheet = judging.sheets.sheet(judge, applicant)
            assert points(sheet) == {"plan": Decimal(11 + number) / 2, "visit": 50 + number}
            assert sheet.status is SheetStatus.SUBMITTED
    kinds = [entry.kind for entry in judging.results.log(room.chair)]
    # Two judges, three sheets, 12 + 1 lines; nought is a value too, so all of them differ.
    assert (kinds.count("drafted"), kinds.count("submitted")) == (2 * 3 * 13, 6)
    verify_round(judging.streams, room.round_id)


def test_one_judge_in_two_tabs_loses_no_line(judging, room):
    def write(criterion):
        for half in range(20):
            judging.sheets.save_draft(room.judges[0], "KR-27", criterion, Decimal(half + 1) / 2)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(write, ("plan", "visit")))
    assert points(judging.sheets.sheet(room.judges[0], "KR-27")) == {"plan": 10, "visit": 10}


def test_a_draft_stays_quick_as_the_log_grows(judging, room, monkeypatch):
    for half in range(30):
        judging.sheets.save_draft(room.judges[0], "KR-27", "plan", Decimal(half) / 2)
    read = []

    def counted(*given):
        found = read_entries(*given)
        read.append(len(found))
        return found

    read_entries = ledger_module._read
    monkeypatch.setattr(ledger_module, "_read", counted)
    judging.sheets.save_draft(room.judges[0], "KR-27", "plan", 40)
    assert sum(read) == 1  # the entry just written, and none of those before
