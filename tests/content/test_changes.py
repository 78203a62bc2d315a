"""What deliveries brought, and what differs between two snapshots of the record."""

from types import SimpleNamespace

import pytest

from dashboard.access import DESK
from dashboard.content import changes
from dashboard.content.compose import draft
from dashboard.content.links import Link
from dashboard.errors import UsageError
from dashboard.intake.intake import Intake
from dashboard.render.formats import render
from dashboard.store.ask import Record
from dashboard.store.build import Builder

HEADER = "지표,연도,지역,값"
VISITS = "내원일,지역,국적\n2026-05-04,대구,중국\n2026-05-05,대구,몽골\n"
EVIDENCE = Link("", (("evidence", "foreign_patients.KR-27.2025"),))


@pytest.fixture(scope="module")
def workspace(small_settings, build_of):
    """The record, two files of which the second corrects the first, and visits; then a way back."""
    settings = small_settings(
        {
            "sources": [{"source_id": "mohw", "tier": "official", "publisher": "MOHW"}],
            "observations": [{"source_id": "mohw", "year": "2024", "value": "30000"}],
        }
    )
    build_of(settings)
    intake = Intake(settings, DESK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Builder, "try_out", lambda self, *handed_in: [])
        patch.setattr(Builder, "build_current", lambda self: (None, False))  # the last is enough
        first = f"{HEADER}\n외국인환자,2025,대구,35000\n외국인환자,2025,대전,12000\n"
        intake.receive(
            "observations", "a.csv", first.encode(), "Kim", message="July", office="Daegu"
        )
        second = f"{HEADER}\n외국인환자,2025,대구,36000\n"
        _checked, corrected = intake.receive("observations", "b.csv", second.encode(), "Lee")
        _checked, counted = intake.receive(
            "patient_visits", "v.csv", VISITS.encode(), "Park", message="17 came for care"
        )
    assert (corrected.status, counted.status) == ("accepted", "accepted")
    intake.revert(corrected.receipt_id, "Choi", "wrong month")
    return settings


@pytest.fixture(scope="module")
def grown(workspace):
    return Record(workspace)


@pytest.fixture(scope="module")
def numbers(grown):
    """Snapshots: record, first file, correction, visits, the way back."""
    return [step.snapshot for step in grown.steps()]


def rows_of(report):
    """Title of each section → its rows as texts."""
    return {
        section.title: [
            tuple(cell.text for cell in row)
            for block in section.blocks
            for row in getattr(block, "rows", ())
        ]
        for section in report.sections
    }


def test_a_correction_is_said_with_former_and_new_value(grown, numbers):
    """Of the second file one value differs, and its own source is new."""
    asked = {"old": numbers[1], "new": numbers[2]}
    report = draft(grown, "changes", asked, "en")
    found = rows_of(report)
    title = f"From snapshot {numbers[1]} to {numbers[2]}: rows new 1, changed 1, gone 0"
    # The record's source and figure, then those of the files: 1 + 1 + 1, 1 + 2.
    assert found[title] == [
        ("Sources", "2", "3", "1", "0", "0"),
        ("Observations", "3", "3", "0", "1", "0"),
    ]
    assert "Without a difference: Regions." in report.sections[0].blocks[0].note
    about = "Foreign patients · 2025 · full year · Daegu"
    assert found["Changed values (1)"] == [
        ("Observations", about, "Value", "35,000 persons", "36,000 persons")
    ]
    assert found["Rows that are gone (0)"] == []
    ((_table, subject, *_values),) = [
        row for block in report.sections[1].blocks for row in block.rows
    ]
    assert subject.link == EVIDENCE


def test_new_rows_say_what_they_are_about_and_their_value(grown, numbers):
    report = draft(grown, "changes", {"old": numbers[0], "new": numbers[1]}, "ko")
    rows = rows_of(report)["새 행 (3)"]
    assert ("통계 수치", "외국인환자 수 · 2025 · 연간 · 대전", "수치 12,000명") in rows
    assert [row[0] for row in rows] == ["출처 목록", "통계 수치", "통계 수치"]


def test_what_was_taken_back_is_said_by_whom_and_why(grown, numbers):
    """The newest snapshot against the one before it, unless told otherwise."""
    found = rows_of(draft(grown, "changes", {}, "en"))
    changed = found["Changed values (1)"]
    assert [row[3:] for row in changed] == [("36,000 persons", "35,000 persons")]
    deliveries = found["Deliveries (5)"]
    assert [(row[0], row[2], row[4], row[5]) for row in deliveries[:1] + deliveries[2:4]] == [
        (str(numbers[4]), "Choi", "", "wrong month"),
        (str(numbers[2]), "Lee", "Sources 1, Observations 1", deliveries[2][5]),
        (str(numbers[1]), "Kim", "Sources 1, Observations 2", "in force"),
    ]
    assert deliveries[2][5].startswith("taken back on ")
    assert all(row[1].endswith("KST") for row in deliveries)
    assert deliveries[0][3].startswith("Taken back: ")
    assert deliveries[3][3] == "July"


def test_visits_are_counted_only_where_they_are_not_few(grown, numbers):
    """How many came is no number that anybody may see, and no row of theirs is listed."""
    report = draft(grown, "changes", {"old": numbers[2], "new": numbers[3]}, "en")
    found = rows_of(report)
    assert found["Deliveries (5)"][1][4] == "Patient visits withheld"
    assert "rows new 0, changed 0, gone 0" in report.sections[0].title
    assert "their numbers stay withheld" in report.sections[0].blocks[0].text


def test_what_is_written_of_visits_is_for_their_region_alone(grown, numbers):
    """A remark or a reason may say how many came; the receipt withholds it from others, too."""
    report = draft(grown, "changes", {"old": numbers[2], "new": numbers[3]}, "en")
    assert rows_of(report)["Deliveries (5)"][1][3] == "Patient visits"
    assert "17 came" not in str(report)
    batch = SimpleNamespace(reason="17 were double")
    for table, said in (("patient_visits", ""), ("observations", "17 were double")):
        step = SimpleNamespace(batch=batch, is_reversal=True, row_counts={table: 17})
        assert changes._state(step, set()) == said


def test_a_fresh_record_says_what_its_one_delivery_brought(record, tables):
    report = draft(record, "changes", {}, "en")
    first, deliveries = report.sections
    counted = {row["record_table"].text: row["rows_after"].value for row in tables(report)[:-1]}
    assert first.title == (
        f"One delivery so far: {sum(counted.values()):,} rows in {len(counted)} tables"
    )
    assert counted["Regions"] == 18
    assert deliveries.title == "Deliveries (1)"


def test_it_is_written_in_every_format(grown):
    report = draft(grown, "changes", {}, "ko")
    for suffix in (".pdf", ".pptx", ".hwpx", ".xlsx", ".csv"):
        assert len(render(report, suffix)) > 500, suffix
    assert "36,000명" in render(report, ".csv").decode("utf-8-sig")


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        (2, 1, "The old snapshot is not before the new one"),
        (0, 99, "There is no such snapshot"),
    ],
)
def test_snapshots_that_cannot_be_compared_are_refused(grown, numbers, old, new, title):
    chosen = [numbers[place] if place < 10 else place for place in (old, new)]
    with pytest.raises(UsageError) as refused:
        draft(grown, "changes", dict(zip(("old", "new"), chosen, strict=True)), "en")
    assert refused.value.title == title


def test_a_snapshot_is_a_number(grown):
    with pytest.raises(UsageError, match="first"):
        draft(grown, "changes", {"old": "first"}, "en")
