"""Visits are counted once from their own file, and builds read the counts only."""

import csv
import hashlib
import io
from itertools import pairwise

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from dashboard.benchmark.visits import generate_visits
from dashboard.contract import city_contracts
from dashboard.errors import WorkspaceDamaged
from dashboard.intake import reading, visits
from dashboard.intake.layout import Shape
from dashboard.settings import PROJECT_ROOT
from dashboard.store.build import Builder
from dashboard.store.lake import Lake

HEADER = ["내원일", "시도", "의료기관", "국적", "진료과", "성별", "연령대", "초진 여부", "진료비"]
ROWS = [
    *[["2026.5.4", "대구", "가병원", "몽골", "피부과", "여", "30대", "초진", "10만"]] * 5,
    *[["2026-05-20", "대구", "나의원", "중국", "치과", "남", "45", "재진", "250,000원"]] * 4,
    ["2026년 6월", "대구", "나의원", "미국", "", "", "", "", ""],
]  # May: 5 + 4 = 9 visits, 5 x 100,000 + 4 x 250,000 = 1,500,000 won. June: one visit.
MONTHS = {"2026-05": (9, 1_500_000), "2026-06": (1, 0)}


def by_month(settings):
    """Months, visits and spending as the lake has them now, batches added up."""
    found = {}
    for row in Lake(settings).current_rows("visit_counts").to_pylist():
        if row["breakdown"] == "":
            visits, spending = found.get(row["month"], (0, 0))
            found[row["month"]] = (
                visits + int(row["visit_count"]), spending + int(row["spending_krw"] or 0),
            )  # fmt: skip
    return found


def parquet(rows):
    out = io.BytesIO()
    pa.parquet.write_table(pa.table(dict(zip(HEADER, zip(*rows, strict=True), strict=True))), out)
    return out.getvalue()


@pytest.mark.parametrize("form", ["csv", "stream", "cp949 stream", "parquet"])
def test_visits_are_counted(door, door_settings, csv_of, monkeypatch, form, without_builds):
    text = csv_of([HEADER, *ROWS])
    content = (
        parquet(ROWS) if form == "parquet" else text.encode("cp949" if "949" in form else "utf-8")
    )
    if "stream" in form:
        monkeypatch.setattr(reading, "LARGE", 100)
    steps = []
    _, receipt = door.receive(
        "patient_visits", "v", content, "Kim", progress=lambda *step: steps.append(step)
    )
    assert (receipt.status, receipt.row_count) == ("accepted", 10), receipt.findings
    assert by_month(door_settings) == MONTHS
    assert {stage for stage, _done, _total in steps} >= {"checking", "storing", "building"}
    for one, other in pairwise([done for stage, done, _total in steps if stage == "reading"]):
        assert one <= other


def key_of(visit, secret):
    """The key of a coded visit, computed once more: 32 bits of a digest of where it is counted."""
    said = "\x1f".join((visit["visited_on"][:7], visit["region"], visit["nationality"] or ""))
    return int(hashlib.sha256((secret + said).encode()).hexdigest()[:8], 16)


def protected(visits, secret):
    """What is shown of visits, from the public table: change of the part in which the key lies."""
    key = sum(key_of(visit, secret) for visit in visits) % 2**32
    said = f"count 3 {key}".encode()
    digest = hashlib.blake2b(said, digest_size=2, key=bytes.fromhex(secret)).digest()
    part = int.from_bytes(digest)
    path = PROJECT_ROOT / "data" / "protection" / "perturbation_table.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["threshold"] == "3"]
    count = min(len(visits), max(int(row["count"]) for row in rows))
    until = 0
    for row in rows:
        if int(row["count"]) == count:
            until += int(row["parts"])
            if part < until:
                return len(visits) + int(row["change"])
    raise AssertionError("the parts do not cover all keys")


@pytest.mark.parametrize("secret", [f"{number:064x}" for number in (1, 2)])
def test_counts_are_shown_changed_by_the_keys_of_their_visits(
    door, door_settings, csv_of, ask, secret
):
    door_settings.visits_key.write_text(secret)
    door.receive("patient_visits", "v.csv", csv_of([HEADER, *ROWS]).encode(), "Kim")
    columns = [field.name for field in city_contracts()["patient_visits"].fields]
    visits = Lake(door_settings).current_rows("patient_visits").select(columns).to_pylist()
    assert len(visits) == 10
    months = ask("visits_by_month", region="KR-27", year=2026)
    expected = {
        month: protected([one for one in visits if one["visited_on"].startswith(month)], secret)
        for month in MONTHS
    }
    # What would show as no visit is left out, as a month without visits is.
    assert {row["month"]: row["visit_count"] for row in months} == {
        month: count for month, count in expected.items() if count
    }
    countries = ask("visits_by_nationality", year=2026)
    expected = {
        country: protected([one for one in visits if one["nationality"] == country], secret)
        for country in ("MN", "CN", "US")
    }
    assert {row["nationality"]: row["visit_count"] for row in countries} == {
        country: count for country, count in expected.items() if count
    }
    # Nine payments at most, and ten are needed.
    assert {row["spending_krw"] for row in (*months, *countries)} == {None}


def test_visits_handed_in_again_have_the_same_keys(door, door_settings, csv_of, without_builds):
    content = csv_of([HEADER, *ROWS]).encode()
    keys = []
    for is_complete in (False, True):
        door.receive("patient_visits", "v.csv", content, "Kim", complete=is_complete)
        rows = Lake(door_settings).current_rows("visit_counts").to_pylist()
        keys.append({(row["month"], row["breakdown"], row["nationality"]): row["visit_key"]
                     for row in rows if row["breakdown"] in ("", "nationality")})  # fmt: skip
    assert keys[0] == keys[1]
    assert door_settings.visits_key.stat().st_mode & 0o777 == 0o600


def test_what_else_is_corrected_in_visits_draws_no_other_change(
    door, door_settings, csv_of, without_builds
):
    """Else whoever keeps the counts of every correction could take their mean."""
    keys = []
    corrected = [[*row[:4], "치과", "남", "50대", "재진", "90,000"] for row in ROWS]
    for rows in (ROWS, corrected[5:] + corrected[:5]):
        content = csv_of([HEADER, *rows]).encode()
        door.receive("patient_visits", "v.csv", content, "Kim", complete=True)
        found = Lake(door_settings).current_rows("visit_counts").to_pylist()
        keys.append({(row["month"], row["nationality"]): row["visit_key"] for row in found
                     if row["breakdown"] in ("", "nationality")})  # fmt: skip
    assert keys[0] == keys[1]


def test_a_secret_that_is_none_any_more_is_said(door, door_settings, csv_of, without_builds):
    door_settings.visits_key.write_text("not a key")
    with pytest.raises(WorkspaceDamaged, match=r"visits\.key"):
        door.receive("patient_visits", "v.csv", csv_of([HEADER, *ROWS]).encode(), "Kim")
    assert Lake(door_settings).current_rows("visit_counts").num_rows == 0


def test_counts_by_hand(door, door_settings, csv_of, without_builds):
    door.receive("patient_visits", "v.csv", csv_of([HEADER, *ROWS]).encode(), "Kim")
    rows = Lake(door_settings).current_rows("visit_counts").to_pylist()
    counted = {
        (row["month"], row["breakdown"], row["nationality"], row["department"]): (
            row["visit_count"], row["spending_krw"], row["spending_count"],
        )
        for row in rows
        if row["breakdown"] in ("", "nationality")
    }  # fmt: skip
    assert counted == {
        ("2026-05", "", None, None): ("9", "1500000", "9"),
        ("2026-05", "nationality", "MN", None): ("5", "500000", "5"),
        ("2026-05", "nationality", "CN", None): ("4", "1000000", "4"),
        ("2026-06", "", None, None): ("1", None, "0"),
        ("2026-06", "nationality", "US", None): ("1", None, "0"),
    }
    # What questions ask for, and what an intake needs; the lake has the single visits for the rest.
    assert {row["breakdown"] for row in rows} == {"", "institution", "nationality"}
    assert Lake(door_settings).current_rows("patient_visits").num_rows == 10


def test_a_file_whose_build_was_interrupted_is_built_when_it_is_handed_in_again(
    door, door_settings, csv_of, monkeypatch
):
    content = csv_of([HEADER, *ROWS[:9]]).encode()

    def interrupted(_builder):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Builder, "build_current", interrupted)
        with pytest.raises(KeyboardInterrupt):
            door.receive("patient_visits", "v.csv", content, "Kim")
    assert not Builder(door_settings).standing().is_newest
    assert door.receive("patient_visits", "v.csv", content, "Kim")[1].status == "already"
    assert Builder(door_settings).standing().is_newest


def test_visits_are_never_counted_twice(door, door_settings, csv_of, without_builds):
    first = csv_of([HEADER, *ROWS[:9]]).encode()
    assert door.receive("patient_visits", "v.csv", first, "Kim")[1].status == "accepted"
    checked, receipt = door.receive("patient_visits", "v.csv", first, "Kim")
    assert receipt.status == "already"
    assert (checked.difference.counts["new"], checked.difference.counts["unchanged"]) == (0, 9)
    more = csv_of([HEADER, *ROWS[:9], ROWS[0]]).encode()
    checked, receipt = door.receive("patient_visits", "w.csv", more, "Kim")
    assert (receipt.status, checked.findings[0].rule) == ("refused", "visits-twice")
    _, replaced = door.receive("patient_visits", "w.csv", more, "Kim", complete=True)
    assert by_month(door_settings) == {"2026-05": (10, 1_600_000)}
    # Its visits count no more, so that the first file is not in the record; to count them again it
    # has to take the place of the others.
    checked, receipt = door.receive("patient_visits", "v.csv", first, "Kim")
    assert (receipt.status, checked.findings[0].rule) == ("refused", "visits-twice")
    door.revert(replaced.receipt_id, "Kim")
    assert by_month(door_settings) == {"2026-05": (9, 1_500_000)}
    other = [[*row[:2], "다병원", *row[3:]] for row in ROWS[:3]]
    door.receive("patient_visits", "x.csv", csv_of([HEADER, *other]).encode(), "Kim")
    assert by_month(door_settings) == {"2026-05": (12, 1_800_000)}


def test_findings_of_a_stream_name_their_lines(
    door, csv_of, monkeypatch, stored, door_settings, without_builds
):
    monkeypatch.setattr(reading, "LARGE", 100)
    rows = [list(row) for row in ROWS]
    rows[2][3] = "달나라"
    rows[6][8] = "무료"
    rows[9][0] = "2026.13.1"
    lines = csv_of([["내원 현황"], [], HEADER, *rows]).splitlines()
    lines.insert(7, "a,b")  # a row of another width on line 8; those below move down by one
    lines.insert(4, "")
    before = stored(door_settings)
    content = "\n".join(lines).encode()
    checked = door.check(door.read("patient_visits", "v.csv", content), "Kim")
    # Header on line 3, so rows[0] is line 4; line 5 is blank; rows[2] is 7; "a,b" is 9;
    # rows[6] is 4 + 6 + 2 = 12; rows[9] is 15.
    assert sorted((f.line, f.value, f.rule) for f in checked.findings) == [
        (7, "달나라", "code"), (9, "2", "width"), (12, "무료", "number"), (15, "2026.13.1", "date"),
    ]  # fmt: skip
    assert stored(door_settings) == before


@pytest.mark.parametrize("kind", ["row of another width", "names in a late batch"])
def test_a_stream_is_searched_whole_before_anything_is_written(
    door, door_settings, csv_of, monkeypatch, kind
):
    monkeypatch.setattr(reading, "LARGE", 100)
    monkeypatch.setattr(reading, "HEAD", 2_000)
    if kind == "names in a late batch":
        rows = [[*row, "정상"] for row in ROWS * 40] + [
            [*ROWS[0], name] for name in ("김철수", "이영희", "박민수", "최지우") * 300
        ]
        content = csv_of([[*HEADER, "메모"], *rows]).encode()
    else:
        content = csv_of([HEADER, *ROWS * 40, [*ROWS[0], "", "010-1234-5678"]]).encode()
    written = []
    monkeypatch.setattr(visits.pq, "ParquetWriter", lambda *told, **_: written.append(told))
    checked = door.check(door.read("patient_visits", "v.csv", content), "Kim")
    assert {finding.rule for finding in checked.findings} in ({"personal-name"}, {"personal-phone"})
    assert written == []


def test_personal_data_deep_in_a_stream_is_found(
    door, csv_of, monkeypatch, stored, door_settings, without_builds
):
    monkeypatch.setattr(reading, "LARGE", 100)
    monkeypatch.setattr(reading, "HEAD", 400)
    rows = [[*row, ""] for row in ROWS * 30]
    rows[250][9] = "900101-1234568"
    content = csv_of([[*HEADER, "비고란"], *rows]).encode()
    before = stored(door_settings)
    checked, receipt = door.receive("patient_visits", "v.csv", content, "Kim")
    assert receipt.status == "personal"
    assert [(f.line, f.rule) for f in checked.findings] == [(252, "personal-rrn")]
    assert stored(door_settings) == before


CHOICE = Shape(fixed={"region": "대구"}, units={"spending_krw": "천원"})
BARE_HEADER = ["내원일", "의료기관", "진료비(천)"]
BARE_ROWS = [["2026.6.4", "가병원", "200"]] * 4


def bare_parquet():
    out = io.BytesIO()
    columns = dict(zip(BARE_HEADER, zip(*BARE_ROWS, strict=True), strict=True))
    pa.parquet.write_table(pa.table(columns), out)
    return out.getvalue()


@pytest.mark.parametrize("form", ["stream", "parquet"])
def test_what_was_chosen_for_a_small_file_is_taken_for_large_ones(
    door, door_settings, csv_of, monkeypatch, form, without_builds
):
    small = csv_of([BARE_HEADER, *[["2026.5.4", "가병원", "100"]] * 3]).encode()
    _, receipt = door.receive("patient_visits", "v.csv", small, "Kim", shape=CHOICE)
    assert receipt.status == "accepted", receipt.findings
    monkeypatch.setattr(reading, "LARGE", 40)
    later = bare_parquet() if form == "parquet" else csv_of([BARE_HEADER, *BARE_ROWS]).encode()
    checked, receipt = door.receive("patient_visits", "next", later, "Kim")
    assert (checked.delivery.is_large, checked.delivery.shape) == (True, CHOICE)
    assert receipt.status == "accepted", receipt.findings
    # 3 visits at 100 thousand won each in May, 4 at 200 thousand in June.
    assert by_month(door_settings) == {"2026-05": (3, 300_000), "2026-06": (4, 800_000)}


def test_what_was_chosen_for_a_large_file_reaches_the_process_that_reads_it(door, door_settings):
    assert door.read("patient_visits", "v", bare_parquet()).missing == ("region",)
    job = door.start("patient_visits", "v", bare_parquet(), "Kim", shape=CHOICE)
    state = door.job(job)
    while state.is_running:
        state = door.job(job)
    assert (state.error, state.receipt.status) == ("", "accepted")
    assert by_month(door_settings) == {"2026-06": (4, 800_000)}


def test_a_city_could_hand_in_those_that_are_made_up(tmp_path, door, without_builds):
    generate_visits(tmp_path / "v.csv", 500, 40, 62, 2, 7)
    content = (tmp_path / "v.csv").read_bytes()
    _, receipt = door.receive("patient_visits", "v.csv", content, "Kim")
    assert (receipt.status, receipt.row_count) == ("accepted", 500), receipt.findings
