"""A workspace with a history, read by a viewer in every way: it shows what the attacks are made on.

Deliveries are handed in, taken back, handed in again, replaced as complete with other departments,
and replaced with one visit more. Every snapshot is asked, and so are an edition, files, the page of
changes and the search.
"""

import csv
import hashlib
import io
import re

import pytest

from dashboard.__main__ import main
from dashboard.access import DESK, VIEWER
from dashboard.catalogue import read_catalogue
from dashboard.content.compose import compose, draft, freeze
from dashboard.content.mentions import cells_of
from dashboard.intake.intake import Intake
from dashboard.render.formats import render
from dashboard.render.spreadsheet import answer_to_xlsx
from dashboard.render.tables import answer_to_csv
from dashboard.search import find
from dashboard.store.ask import Record
from dashboard.store.build import Builder
from dashboard.store.editions import Editions
from tests.store.attacker import LEAST_OVER_BUILDS, Attack, City

pytestmark = pytest.mark.long
HEADER = ["내원일", "시도", "의료기관", "국적", "진료과", "진료비"]
NAMES = {"CN": "중국", "MN": "몽골", "TH": "태국"}
FIRST = {("2026-05", "CN"): 234, ("2026-05", "MN"): 2, ("2026-06", "CN"): 7}
SECOND = {("2026-06", "MN"): 1}
THIRD = {("2026-07", "CN"): 41, ("2026-07", "TH"): 1}
TRUE = ("234", "236", "237")
"""Counts of May as they are; none of them is shown in this workspace."""


def rows(cells, institution, department="피부과"):
    """A file of visits that all paid."""
    return [
        [f"{month}-1{at % 7}", "대구", institution, NAMES[country], department, "100000"]
        for (month, country), count in cells.items()
        for at in range(count)
    ]


@pytest.fixture(scope="module")
def history(small_settings, build_of, csv_of):
    """The workspace, and the same city as the attacks have it, step by step."""
    settings = small_settings(
        {
            "sources": [{"source_id": "a"}],
            "observations": [{"value": "31183", "source_id": "a"}],
        }
    )
    build_of(settings)
    secret = f"{6:064x}"
    settings.visits_key.write_text(secret)
    door, city = Intake(settings, DESK), City(6)
    for month, country in {*FIRST, *SECOND, *THIRD}:
        said = f"{secret}{month}\x1fKR-27\x1f{country}"
        city.keys[month, country] = int(hashlib.sha256(said.encode()).hexdigest()[:8], 16)

    def hand_in(name, content, complete=False):
        text = csv_of([HEADER, *content]).encode()
        _, receipt = door.receive("patient_visits", name, text, "Kim", complete=complete)
        assert receipt.status == "accepted", receipt.findings
        return receipt.receipt_id

    with pytest.MonkeyPatch.context() as patched:
        # Every snapshot is built when it is asked for.
        patched.setattr(Builder, "try_out", lambda self, *handed_in: [])
        patched.setattr(Builder, "build_current", lambda self: (None, False))
        _play(hand_in, door, city)
    Builder(settings).build_current()
    return settings, city


def _play(hand_in, door, city):
    """The history, in the workspace and in the city."""
    hand_in("a.csv", rows(FIRST, "가병원"))
    city.hand_in("first", FIRST)
    second = hand_in("b.csv", rows(SECOND, "나의원"))
    city.hand_in("second", SECOND)
    door.revert(second, "Kim")
    city.take_back("second")
    hand_in("b2.csv", rows(SECOND, "나의원"))
    city.hand_in("again", SECOND)
    hand_in("c.csv", rows(THIRD, "다병원"))
    city.hand_in("third", THIRD)
    corrected = rows(FIRST | SECOND | THIRD, "가병원", "치과")
    hand_in("d.csv", corrected, complete=True)
    city.in_force = ()
    city.hand_in("whole", FIRST | SECOND | THIRD)
    more = {**FIRST, ("2026-05", "MN"): 3} | SECOND | THIRD
    hand_in("e.csv", rows(more, "가병원"), complete=True)
    city.in_force = ()
    city.hand_in("one more", more)


def answers(record, snapshot):
    """What a viewer is told of a snapshot, as the attacks name it."""
    build = record.as_of(snapshot)
    months = record.ask("visits_by_month", {"region": "KR-27"}, build).rows
    countries = record.ask("visits_by_nationality", {"year": 2026}, build).rows
    found = {}
    for what, column in (("visits", "visit_count"), ("payers", "spending_count")):
        for row in months:
            found["month", row["month"], what] = row[column]
        for row in countries:
            found["country", f"2026 {row['nationality']}", what] = row[column]
    return found


def test_every_snapshot_shows_what_the_attacks_are_made_on(history):
    settings, city = history
    assert not {str(count) for one in city.snapshots for count in one.shown.values()} & {*TRUE}
    record = Record(settings).read_by(VIEWER)
    first = record.current().snapshot - len(city.snapshots) + 1
    for number, snapshot in enumerate(city.snapshots, first):
        told = answers(record, number)
        shown = {group: count for group, count in snapshot.shown.items() if count}
        assert {tuple(group): count for group, count in shown.items()} == {
            group: count for group, count in told.items() if count
        }
    # Handed in again, and corrected: the same as before.
    before, after = city.snapshots[1].shown, city.snapshots[3].shown
    assert before == {group: after[group] for group in before}
    assert city.snapshots[4].shown == city.snapshots[5].shown


def test_all_of_it_leaves_two_possibilities(history):
    _settings, city = history
    assert min(Attack(city).possibilities().values()) >= LEAST_OVER_BUILDS


def texts_of(report):
    for section in report.sections:
        yield section.title
        for block in section.blocks:
            yield getattr(block, "title", "")
            yield getattr(block, "text", "")
            yield getattr(block, "note", "")
            for about, cell in cells_of(block):
                yield f"{about} {cell.text} {cell.value}"


def told(texts):
    """True counts among the words of a text."""
    return [
        one
        for one in TRUE
        if re.search(rf"(?<![0-9A-Za-z,.]){one}(?![0-9A-Za-z,.])", "\n".join(texts))
    ]


@pytest.mark.parametrize("old", range(2, 8))
def test_the_page_of_changes_tells_no_count(history, process_settings, old):
    settings, _city = history
    process_settings(settings)
    record = Record(settings)
    asked = {"old": record.current().snapshot - old + 1, "new": record.current().snapshot}
    if asked["old"] == asked["new"]:
        asked = {}
    report = draft(record, "changes", asked, "en")
    texts = list(texts_of(report))
    assert any("withheld" in text for text in texts)
    assert told(texts) == []


def test_an_edition_its_files_and_the_search_tell_no_count(history, process_settings):
    settings, city = history
    process_settings(settings)
    record = Record(settings)
    editions = Editions(settings)
    asked = {"region": "KR-27", "year": 2019}
    for snapshot in (record.current().snapshot - 6, record.current().snapshot):
        build = record.as_of(snapshot)
        made = freeze(record, editions, "patients", asked, "en", "Kim", build, identity=DESK)
        report = compose(record.read_by(VIEWER), made)
        assert told(texts_of(report)) == []
        assert told([render(report, ".csv").decode("utf-8-sig")]) == []
    for question, given in (("visits_by_month", {}), ("visits_by_nationality", {"year": 2026})):
        answer = record.ask(question, given)
        content = answer_to_csv(answer).decode("utf-8-sig")
        assert told([content, answer.to_csv(), answer.to_json()]) == []
        assert answer_to_xlsx(answer)
    for words in ("visits 2026", "방문 5월", "Mongolia", "234", "237"):
        hits = find(record, read_catalogue(settings.queries), words)
        assert told([f"{hit.title} {hit.parameters}" for hit in hits]) == []
    assert city.snapshots


def test_the_command_line_of_old_builds_tells_what_the_page_tells(
    history, process_settings, capsys
):
    settings, city = history
    process_settings(settings)
    last = Record(settings).current().snapshot
    for back in (6, 2, 0):
        ask = ["ask", "visits_by_month", "--region", "KR-27", "--as-of", str(last - back)]
        assert main([*ask, "--format", "csv"]) == 0
        rows_told = csv.DictReader(io.StringIO(capsys.readouterr().out))
        expected = {
            group.name: count
            for group, count in city.snapshots[-1 - back].shown.items()
            if group.kind == "month" and group.what == "visits" and count
        }
        assert {row["month"]: int(row["visit_count"]) for row in rows_told} == expected
