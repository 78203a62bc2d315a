"""What is said of a city's own visits to whoever is not of that city: no number of them exactly."""

import dataclasses
import json
import re
from dataclasses import replace

import pytest
from attrs import evolve

from dashboard.__main__ import main
from dashboard.access import DESK, Identity, Role
from dashboard.errors import AccessDenied
from dashboard.i18n import use_language
from dashboard.intake.intake import Intake
from dashboard.intake.meanwhile import OvertakenError
from dashboard.store.ask import Record
from dashboard.store.batches import in_force
from dashboard.store.lake import Lake

HEADER = "visited_on,region,institution,nationality\n"
COUNT = 4321
"""Visits of Daegu in May: a number that stands nowhere by chance."""
SECRET = f"{8:064x}"
SHOWN = COUNT + 2
"""What everybody sees of them with this secret: their cell key picks a change of two."""
VISITS = HEADER + "2026-05-04,KR-27,A,MN\n" * COUNT
DAEGU = Identity("Kim", Role.OFFICIAL, region="KR-27", account="kim@daegu.go.kr")
APPROVER = Identity("Lee", Role.APPROVER, region="KR-27", account="lee@daegu.go.kr")
STRANGERS = {
    "ministry": Identity("Noh", Role.APPROVER, region="KR", account="noh@mohw.go.kr"),
    "desk": DESK,
    "desk of Daejeon": replace(DESK, region="KR-30"),
}
OWN = {"official": DAEGU, "approver": APPROVER, "desk of Daegu": replace(DESK, region="KR-27")}
DENIED = {
    "official of Daejeon": Identity("Han", Role.OFFICIAL, region="KR-30", account="han"),
    "administrator": Identity("Admin", Role.ADMINISTRATOR, account="admin"),
    "auditor": Identity("Audit", Role.AUDITOR, account="audit"),
}


@pytest.fixture(scope="module")
def with_visits(small_door, rewinder):
    """A record with a file of Daegu's visits, handed in by its official."""
    settings, rewind = small_door
    rewind()
    use_language("en")
    settings = evolve(settings, sign_in="oidc", approval="off")
    settings.visits_key.write_text(SECRET)
    _, receipt = Intake(settings, DAEGU).receive(
        "patient_visits", f"visits {COUNT}.csv", VISITS.encode(), ""
    )
    assert (receipt.status, receipt.row_count) == ("accepted", COUNT)
    return settings, receipt, rewinder(settings.workspace)


@pytest.fixture
def handed_in(with_visits, without_builds):
    """The same as it was at first; nothing more is built."""
    settings, receipt, rewind = with_visits
    rewind()
    use_language("en")
    return settings, receipt


def said(*things):
    """All that is said, as one text."""
    return json.dumps([dataclasses.asdict(one) for one in things], default=str)


def page_count(settings, region="KR-27", month="2026-05"):
    """How many visits the pages say there were."""
    rows = Record(settings).ask("visits_by_month", {"region": region, "year": 2026}).rows
    return next((row["visit_count"] for row in rows if row["month"] == month), 0)


def test_a_receipt_of_visits_says_to_strangers_what_became_of_it_and_no_number(handed_in):
    settings, receipt = handed_in
    told = dataclasses.asdict(receipt)
    hidden = {"name", "digest", "size", "row_count", "message", "error_count", "findings",
              "warnings", "changes", "reason", "is_veiled"}  # fmt: skip
    for who, identity in STRANGERS.items():
        door = Intake(settings, identity)
        if who == "desk of Daejeon":
            assert identity.region == "KR-30"
        seen = door.receipt(receipt.receipt_id)
        assert [one for one in door.history() if one.table == "patient_visits"] == [seen]
        shown = dataclasses.asdict(seen)
        assert {name: shown[name] for name in shown.keys() - hidden} == {
            name: told[name] for name in told.keys() - hidden
        }
        assert all(shown[name] in (None, "", (), {}) for name in hidden - {"is_veiled"}), who
        assert str(COUNT) not in said(seen)
        for act in (door.original, door.checked_again):
            with pytest.raises(AccessDenied):
                act(receipt.receipt_id)
    for identity in OWN.values():
        door = Intake(settings, identity)
        assert door.receipt(receipt.receipt_id).changes["new"] == COUNT
        assert door.original(receipt.receipt_id).read_bytes() == VISITS.encode()
    for identity in DENIED.values():
        with pytest.raises(AccessDenied):
            Intake(settings, identity).receipt(receipt.receipt_id)


def test_what_everybody_reads_of_the_batch_has_no_number(handed_in):
    settings, _ = handed_in
    batch = in_force(Lake(settings).batches())[-1]
    assert str(COUNT) not in batch.message
    assert batch.message


def test_what_a_complete_file_replaces_is_said_as_on_the_pages(handed_in):
    settings, _ = handed_in
    one = (HEADER + "2026-05-05,KR-27,B,CN\n").encode()

    def difference(identity):
        door = Intake(settings, identity)
        checked, _ = door.receive(
            "patient_visits", "a.csv", one, "Kim", complete=True, dry_run=True
        )
        text = said(*checked.warnings, *checked.findings) + str(checked.difference)
        return checked.difference.counts, text

    assert page_count(settings) == SHOWN
    for identity in STRANGERS.values():
        counts, text = difference(identity)
        assert (counts["new"], counts["gone"]) == (1, SHOWN)
        assert str(COUNT) not in text
    for identity in OWN.values():
        assert difference(identity)[0]["gone"] == COUNT


def test_counts_from_before_there_were_keys_are_withheld(handed_in, monkeypatch):
    settings, _ = handed_in
    rows = Lake.current_rows

    def without_keys(lake, table, snapshot=None, only=None):
        found = rows(lake, table, snapshot, only)
        return found.drop_columns("visit_key") if table == "visit_counts" else found

    monkeypatch.setattr(Lake, "current_rows", without_keys)
    for identity, gone in ((DESK, None), (DAEGU, COUNT)):
        checked, _ = Intake(settings, identity).receive(
            "patient_visits", "a.csv", VISITS.encode(), "Kim", complete=True, dry_run=True
        )
        assert checked.difference.counts["gone"] == gone
        assert not checked.difference.is_empty


def test_the_preview_of_a_waiting_file_is_withheld_too(door_settings, without_builds):
    settings = evolve(door_settings, sign_in="oidc")
    _, receipt = Intake(settings, DAEGU).receive("patient_visits", "v.csv", VISITS.encode(), "")
    assert receipt.status == "waiting"
    own = Intake(settings, APPROVER).preview(receipt.receipt_id)
    seen = Intake(settings, STRANGERS["ministry"]).preview(receipt.receipt_id)
    assert own.counts["new"] == COUNT
    approved = Intake(settings, STRANGERS["ministry"]).approve(receipt.receipt_id, "")
    assert (approved.status, approved.row_count) == ("accepted", None)
    assert seen.counts["new"] is None  # its change would tell of a known file what the keys are


def test_the_receipt_keeps_true_counts_for_the_region_whoever_handed_in(handed_in):
    settings, _ = handed_in
    one = (HEADER + "2026-05-05,KR-27,B,CN\n").encode()
    _, receipt = Intake(settings, DESK).receive(
        "patient_visits", "a.csv", one, "Park", complete=True
    )
    # Whoever has the file is told what is in it, and nothing exact of what was there before.
    assert (receipt.row_count, receipt.changes, receipt.is_veiled) == (1, {}, False)
    kept = Intake(settings, DAEGU).receipt(receipt.receipt_id)
    assert (kept.changes["new"], kept.changes["gone"]) == (1, COUNT)
    assert Intake(settings, DESK).receipt(receipt.receipt_id).is_veiled


def test_which_institution_had_visits_is_said_to_the_region_alone(handed_in):
    settings, _ = handed_in

    def found(identity, institution):
        text = HEADER + f"2026-05-06,KR-27,{institution},CN\n"
        checked, _ = Intake(settings, identity).receive(
            "patient_visits", "a.csv", text.encode(), "Kim", dry_run=True
        )
        return [(one.rule, one.expected) for one in checked.findings]

    assert found(DAEGU, "A") == [("visits-twice", "KR-27 2026-05 A")]
    assert found(DAEGU, "B") == []
    assert found(DESK, "A") == [("visits-twice", "KR-27 2026-05")]
    # An account of the ministry learns nothing by asking for one after the other.
    said = [found(STRANGERS["ministry"], institution) for institution in "AB"]
    assert said == [[("visits-twice", "KR-27 2026-05")]] * 2


def test_months_together_say_no_more_than_the_months(handed_in):
    """Else whoever asked for many sets of months would find each month's count from them."""
    settings, _ = handed_in
    june = HEADER + "2026-06-04,KR-27,A,MN\n" * 7
    assert Intake(settings, DAEGU).receive(
        "patient_visits", "june.csv", june.encode(), ""
    )[1].status == "accepted"  # fmt: skip

    def gone(*months):
        text = HEADER + "".join(f"2026-{month}-05,KR-27,B,CN\n" for month in months)
        checked, _ = Intake(settings, DESK).receive(
            "patient_visits", "a.csv", text.encode(), "Kim", complete=True, dry_run=True
        )
        return checked.difference.counts["gone"]

    assert gone("05", "06", "07") == gone("05") + gone("06")
    assert gone("07") == 0


def test_others_are_named_without_a_number_where_they_were_faster(handed_in):
    settings, _ = handed_in
    one = (HEADER + "2026-05-05,KR-27,B,CN\n").encode()
    door = Intake(settings, STRANGERS["ministry"])
    checked = door.check(door.read("patient_visits", "a.csv", one), "", complete=True)
    with pytest.raises(OvertakenError) as told:
        door.accept(checked, "", since=1)
    assert "Kim" in told.value.message
    assert str(COUNT) not in told.value.message
    elsewhere = (HEADER + "2026-06-05,KR-27,B,CN\n").encode()
    checked = door.check(door.read("patient_visits", "a.csv", elsewhere), "", complete=True)
    assert door.accept(checked, "", since=1).status == "accepted"  # another month


REFUSED = {
    "unknown region": ("2026-05-04,Atlantis,A,MN\n", "official"),
    "other region": ("2026-05-04,KR-30,A,MN\n", ""),
    "no header": (None, "official"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_file_is_its_officials_unless_it_holds_anothers_visits(
    door_settings, case, without_builds
):
    """Whether a file of the official is opened afterwards by those of Daegu, or by nobody."""
    line, readers = REFUSED[case]
    content = VISITS + line if line else "a,b\n1,2\n"
    door = Intake(door_settings, DAEGU)
    checked, receipt = door.receive("patient_visits", "v.csv", content.encode(), "")
    assert receipt.status == "refused"
    assert (len(receipt.findings) > 0) == (len(checked.findings) > 0)
    assert door.receipt(receipt.receipt_id).is_veiled == (not readers)
    for identity in STRANGERS.values():
        assert Intake(door_settings, identity).receipt(receipt.receipt_id).is_veiled
    other = Intake(door_settings, DENIED["official of Daejeon"])
    if case == "other region":
        assert other.receipt(receipt.receipt_id).is_veiled
    else:
        with pytest.raises(AccessDenied):
            other.receipt(receipt.receipt_id)


def test_receipts_from_before_regions_were_noted(handed_in):
    """They are the ministry's and the desk's; of visits nobody sees the numbers any more."""
    settings, _ = handed_in
    receipts = Intake(settings, DESK)._receipts
    entry = receipts._ledger.entries("intake")[-1]
    old = {name: part for name, part in entry.content.items() if name not in ("regions", "account")}
    receipts._ledger.append("intake", "received", "Kim", old | {"receipt_id": "r7"})
    figures = {"table": "observations", "receipt_id": "r8"}
    receipts._ledger.append("intake", "received", "Kim", old | figures)
    for identity in (*OWN.values(), *STRANGERS.values()):
        door = Intake(settings, identity)
        if identity.role is Role.OFFICIAL or identity is APPROVER:
            with pytest.raises(AccessDenied):
                door.receipt("r7")
            with pytest.raises(AccessDenied):
                door.receipt("r8")
        else:
            assert door.receipt("r7").is_veiled
            assert not door.receipt("r8").is_veiled


@pytest.mark.parametrize("region", ["", "KR-27"])
def test_the_command_line_belongs_to_the_region_of_the_desk(
    handed_in, process_settings, monkeypatch, capsys, tmp_path, region
):
    settings, _ = handed_in
    monkeypatch.setenv("CLUSTER_REVIEW_DESK_REGION", region)
    process_settings(settings)
    file = tmp_path / "a.csv"
    file.write_text(HEADER + "2026-05-05,KR-27,B,CN\n")
    outs = []
    hand_in = ("intake", "patient_visits", str(file), "--by", "Kim", "--complete", "--dry-run")
    for arguments in (hand_in, (*hand_in, "--format", "json"), ("batches",),
                      ("batches", "--format", "json")):  # fmt: skip
        assert main([*arguments]) == 0
        outs.append(capsys.readouterr().out)
    is_own = region == "KR-27"
    # As a number: the digits of an id may be the same.
    assert [bool(re.search(rf"\b{COUNT}\b", out)) for out in outs] == [is_own] * 4
    assert json.loads(outs[1])["difference"]["gone"] == (COUNT if is_own else SHOWN)
