"""Who hands in, approves, takes back and reads receipts: refused where data are read and taken."""

from functools import partial

import pytest
from attrs import evolve

from dashboard.access import DESK, VIEWER, Action, Identity, Role
from dashboard.contract import city_contracts
from dashboard.errors import AccessDenied, UsageError
from dashboard.intake import intake as intake_module
from dashboard.intake.intake import Intake
from dashboard.intake.whose import deciding_column
from dashboard.store.lake import Lake

PEOPLE = {
    "V": VIEWER,
    "O": Identity("Kim", Role.OFFICIAL, region="KR-27", account="kim@daegu.go.kr"),
    "P": Identity("Lee", Role.APPROVER, region="KR-27", account="lee@daegu.go.kr"),
    "N": Identity("Han", Role.OFFICIAL, region="KR-30", account="han@daejeon.go.kr"),
    "Q": Identity("Seo", Role.APPROVER, region="KR-30", account="seo@daejeon.go.kr"),
    "M": Identity("Oh", Role.OFFICIAL, region="KR", account="oh@mohw.go.kr"),
    "R": Identity("Noh", Role.APPROVER, region="KR", account="noh@mohw.go.kr"),
    "J": Identity("Judge", Role.JUDGE, "2026-a", "j1", account="2026-a/j1"),
    "C": Identity("Chair", Role.CHAIR, "2026-a", account="2026-a/chair"),
    "D": Identity("Deputy", Role.DEPUTY, "2026-a", deputy_id="d1", account="2026-a/d1"),
    "A": Identity("Contact", Role.APPLICANT, "2026-a", region="KR-27", account="2026-a/a"),
    "S": Identity("Admin", Role.ADMINISTRATOR, account="admin@mohw.go.kr"),
    "U": Identity("Audit", Role.AUDITOR, account="audit@mohw.go.kr"),
    "L": Identity("Admin", Role.APPROVER, region="KR-27", account="admin", is_view_only=True),
    "K": DESK,
}
# Who may do what with a file of a region, as the ministry would write it down.
MAY = {
    "KR-27": {"hand in": "OPMRK", "read": "OPMRK", "approve": "PRK", "take back": "PRK"},
    "KR-30": {"hand in": "NQMRK", "read": "NQMRK", "approve": "QRK", "take back": "QRK"},
    "KR": {"hand in": "MRK", "read": "MRK", "approve": "RK", "take back": "RK"},
    # A figure of two regions together is neither's alone; both hear that there is one.
    "KR-27;KR-30": {"hand in": "MRK", "read": "MRK", "approve": "RK", "take back": "RK"},
}
HEARS = {"KR-27": "OPMRK", "KR-30": "NQMRK", "KR": "MRK", "KR-27;KR-30": "OPNQMRK"}
SOMEBODY_ELSE = Identity("X", Role.OFFICIAL, region="KR", account="x@mohw.go.kr")
"""Hands in for every region, so that each of the people may be the second person."""
FIGURES = "metric,year,region,value\nforeign_patients,2025,{region},35000\n"


@pytest.fixture
def signed_in(door_settings):
    """The settings of a server at which people sign in, so that a second person approves."""
    return evolve(door_settings, sign_in="oidc")


@pytest.fixture
def of(signed_in, without_builds):
    """The intake of one of `PEOPLE`."""
    return lambda letter: Intake(signed_in, PEOPLE[letter])


def figures(region):
    return FIGURES.format(region=region).encode()


def passes(act):
    """Whether something is let through: neither refused nor turned away with a finding."""
    try:
        act()
    except AccessDenied:
        return False
    return True


@pytest.mark.parametrize("region", MAY)
def test_a_file_is_handed_in_by_those_of_its_region(of, region):
    for letter in PEOPLE:

        def hand_in(letter=letter):
            checked, receipt = of(letter).receive("observations", "a.csv", figures(region), "Kim")
            if receipt.status == "refused":
                assert [(one.rule, one.line) for one in checked.findings] == [("other-region", 2)]
                raise AccessDenied("", "", "")
            assert receipt.status == "waiting"

        assert passes(hand_in) == (letter in MAY[region]["hand in"]), letter


@pytest.mark.parametrize("region", MAY)
def test_receipts_are_read_by_those_of_their_region(signed_in, of, region):
    writer = Intake(signed_in, SOMEBODY_ELSE)
    _, handed_in = writer.receive("observations", "a.csv", figures(region), "")
    number = handed_in.receipt_id
    for letter in PEOPLE:
        door = of(letter)
        hears, reads = letter in HEARS[region], letter in MAY[region]["read"]
        is_known = letter in "OPNQMRK"  # of the public record they read all
        assert passes(door.history) == passes(door.pending) == is_known, letter
        listed = [one.receipt_id for one in door.history()] if is_known else []
        assert listed == ([number] if hears else []) + (["r1"] if is_known else []), letter
        assert passes(lambda door=door: door.receipt(number)) == hears, letter
        assert passes(lambda door=door: door.original(number)) == reads, letter
        if not reads or letter == MAY[region]["read"][0]:  # checking takes its time
            assert passes(partial(door.checked_again, number)) == reads, letter
            assert passes(partial(door.preview, number)) == hears, letter
        if hears:
            receipt = door.receipt(number)
            told = (receipt.name, receipt.row_count, receipt.size, receipt.digest)
            assert receipt.is_veiled == (not reads)
            assert told == (("a.csv", 1, 54 + len(region), handed_in.digest) if reads
                            else ("", None, None, ""))  # fmt: skip


DEEDS = {
    "approve": lambda door, number: door.approve(number, "Kim"),
    "reject": lambda door, number: door.reject(number, "Kim", "not final"),
    "take back": lambda door, number: door.revert(number, "Kim", "wrong"),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize(
    "region",
    [pytest.param(one, marks=() if one == "KR-27" else pytest.mark.long) for one in MAY],
)
def test_a_file_is_decided_on_by_approvers_of_its_region(signed_in, of, region, deed):
    allowed = MAY[region]["take back" if deed == "take back" else "approve"]
    action = Action.TAKE_BACK if deed == "take back" else Action.APPROVE
    writer = Intake(signed_in, SOMEBODY_ELSE)
    number = writer.receive("observations", "a.csv", figures(region), "")[1].receipt_id
    if deed == "take back":
        of("R").approve(number, "")
    before = Lake(signed_in).snapshot(), of("K").receipt(number)
    for letter, identity in PEOPLE.items():
        assert of(letter).may_decide(before[1], action) == (letter in allowed), letter
        if letter not in allowed:
            with pytest.raises(AccessDenied):
                DEEDS[deed](Intake(signed_in, identity), number)
    assert (Lake(signed_in).snapshot(), of("K").receipt(number)) == before
    DEEDS[deed](of(allowed[0]), number)
    receipt = of("R").receipt(number)
    assert receipt.status == {"approve": "accepted", "reject": "rejected"}.get(deed, "reverted")
    assert receipt.decided_by == PEOPLE[allowed[0]].name


def test_the_public_record_is_taken_back_by_the_ministry_alone(of):
    for letter in PEOPLE:
        assert of(letter).may_decide(of("K").receipt("r1"), Action.TAKE_BACK) == (letter in "RK")
        if letter in "PQ":
            with pytest.raises(AccessDenied):
                of(letter).revert("r1", "", "all wrong")


def test_the_second_person_is_another_account_whatever_the_name(signed_in, of):
    lee = PEOPLE["P"]
    _, first = of("P").receive("observations", "a.csv", figures("KR-27"), "Somebody Else")
    assert (first.by, first.account) == ("Lee", "lee@daegu.go.kr")
    with pytest.raises(AccessDenied, match="second person"):
        of("P").approve(first.receipt_id, "Somebody Else")
    namesake = Identity("Lee", Role.APPROVER, region="KR-27", account="lee2@daegu.go.kr")
    assert not of("P").is_second(first)
    assert Intake(signed_in, namesake).is_second(first)
    approved = Intake(signed_in, namesake).approve(first.receipt_id, "")
    assert (approved.status, approved.decided_by) == ("accepted", "Lee")
    entries = Intake(signed_in, DESK)._receipts._ledger.entries("intake")
    assert [one.content["account"] for one in entries[-2:]] == [lee.account, namesake.account]
    # The desk approves what an account handed in, and never what it handed in itself.
    _, second = of("K").receive("observations", "b.csv", figures("KR-30"), "Park")
    assert second.status == "waiting"
    with pytest.raises(AccessDenied, match="second person"):
        of("K").approve(second.receipt_id, "Choi")
    assert of("Q").approve(second.receipt_id, "").status == "accepted"
    with pytest.raises(UsageError):
        of("Q").approve(second.receipt_id, "")


@pytest.mark.parametrize(("first", "second"), [("reject", "approve"), ("approve", "reject")])
def test_of_two_who_decide_at_once_the_second_is_refused(signed_in, of, monkeypatch, first, second):
    """Both saw it wait; while one comes for the lock the other decides."""
    _, receipt = of("O").receive("observations", "a.csv", figures("KR-27"), "")
    turn, decided = intake_module.intake_turn, []

    def late(settings):
        if not decided:
            decided.append(True)
            DEEDS[first](of("R"), receipt.receipt_id)
        return turn(settings)

    monkeypatch.setattr(intake_module, "intake_turn", late)
    with pytest.raises(UsageError, match="does not wait"):
        DEEDS[second](of("P"), receipt.receipt_id)
    entries = of("K")._receipts._ledger.entries("intake")
    assert [one.kind for one in entries if one.content["receipt_id"] == receipt.receipt_id] == [
        "received",
        "decided",
    ]


def test_at_the_desk_nothing_waits(door_settings, without_builds):
    door = Intake(door_settings, DESK)
    assert door.receive("observations", "a.csv", figures("KR-27"), "Kim")[1].status == "accepted"


EVENTS = (
    "event_id,owner_region,event_type,title_en,start_date,status\n"
    "DG-2026-A,KR-27,briefing,Ours,2026-03-01,held\n"
    "DJ-2026-A,KR-30,briefing,Theirs,2026-03-01,held\n"
)
# Table → which column decides, and a row of Daegu's and one of Daejeon's.
ROWS = {
    "observations": ("region", "metric,year,region,value", "foreign_patients,2025,{r},35000"),
    "targets": ("region", "metric,year,region,value", "target_patients,2025,{r},35000"),
    "events": ("owner_region", "owner_region,event_type,title_en,start_date,status",
               "{r},briefing,New,2026-04-01,held"),
    "event_outcomes": ("event_id", "event_id,measure,value,unit", "{e},buyers,5,buyers"),
    "event_participants": ("event_id", "event_id,role,participant_en", "{e},exhibitor,Clinic"),
    "event_programme": ("event_id", "event_id,kind,text_en", "{e},session,Talk"),
    "agreements": ("region", "region,kind,party_a,party_b,subject_en,state,event_id",
                   "{r},mou,City,Agency,Patients,signed,DJ-2026-A"),
    "centres": ("owner_region", "owner_region,city_en,country,opened_on,status,status_as_of",
                "{r},Almaty,KZ,2018,open,2026"),
    "funding_lines": ("region", "region,year,programme,item,money_source,budgeted_krw",
                      "{r},2025,Cluster,Fair,national,1000000"),
    "institutions": ("region", "name_en,kind,region,country", "Clinic,hospital,{r},KR"),
    "sources": (None, "publisher,title_en,language,tier", "Daegu,Report {r},ko,official"),
    "patient_visits": ("region", "visited_on,region,institution", "2026-05-04,{r},A"),
}  # fmt: skip


def test_every_table_has_its_deciding_column():
    contracts = city_contracts()
    found = {name: deciding_column(contract) for name, contract in contracts.items()}
    assert {name: one.name if one else None for name, one in found.items()} == {
        name: column for name, (column, _header, _row) in ROWS.items()
    }


@pytest.mark.parametrize("table", ROWS)
def test_a_row_of_another_region_is_an_error_with_its_line(of, door_settings, table, without_trial):
    door = Intake(door_settings, DESK)
    assert door.receive("events", "e.csv", EVENTS.encode(), "Kim")[1].status == "accepted"
    column, header, row = ROWS[table]
    ours, theirs = row.format(r="KR-27", e="DG-2026-A"), row.format(r="KR-30", e="DJ-2026-A")
    for text, lines in ((f"{ours}\n", []), (f"{ours}\n{theirs}\n", [3])):
        delivery = of("O").read(table, "a.csv", f"{header}\n{text}".encode())
        checked = of("O").check(delivery, "")
        found = [(one.line, one.rule) for one in checked.findings]
        assert found == ([(line, "other-region") for line in lines] if column else []), found
        if found:
            assert "Daegu" in checked.findings[0].sentence()
        checked.discard()


OBSERVATION = (
    "observation_id,metric,year,region,value\n{id},foreign_patients,2024,{region},{value}\n"
)
SOURCE = "source_id,publisher,title_en,language,tier\ncity-src-x,{publisher},Report,ko,official\n"
ABROAD = "institution_id,name_en,kind,country\n{id},{name},hospital,MN\n"


def rules(door, table, text, **options):
    checked = door.check(door.read(table, "a.csv", text.encode()), "", **options)
    checked.discard()
    return [(one.line, one.rule) for one in checked.findings]


def accepted(signed_in, letter, table, text):
    """Hand in as one of the people, at a server where nothing waits."""
    door = Intake(evolve(signed_in, approval="off"), PEOPLE[letter])
    _, receipt = door.receive(table, f"{letter}.csv", text.encode(), "Kim")
    assert receipt.status in ("accepted", "unchanged"), receipt.findings
    return receipt


def test_no_id_reaches_into_another_region(signed_in, of):
    theirs = OBSERVATION.format(id="city-obs-1", region="KR-30", value=7)
    accepted(signed_in, "N", "observations", theirs)
    mine = OBSERVATION.format(id="city-obs-1", region="KR-27", value=8)
    assert rules(of("O"), "observations", mine) == [(2, "other-owner")]
    assert rules(of("M"), "observations", mine) == []
    accepted(signed_in, "N", "events", EVENTS.replace("DG-2026-A,KR-27", "DJ-2026-B,KR-30"))
    taken = EVENTS.splitlines()[0] + "\nDJ-2026-A,KR-27,briefing,Ours now,2026-03-01,held\n"
    assert rules(of("O"), "events", taken) == [(2, "other-owner")]


def test_a_row_that_others_took_out_is_not_put_in_again(signed_in, of):
    both = OBSERVATION + "city-obs-2,foreign_patients,2023,KR-30,5\n"
    accepted(signed_in, "N", "observations", both.format(id="city-obs-1", region="KR-30", value=7))
    door = Intake(evolve(signed_in, approval="off"), PEOPLE["N"])
    rest = "observation_id,metric,year,region,value\ncity-obs-9,spending_krw,2024,KR-30,5\n"
    checked, _ = door.receive("observations", "b.csv", rest.encode(), "", complete=True)
    assert checked.difference.counts["gone"] == 1
    mine = OBSERVATION.format(id="city-obs-1", region="KR-27", value=8)
    assert rules(of("O"), "observations", mine) == [(2, "other-owner")]


def test_rows_without_region_are_added_and_changed_by_those_who_brought_them(signed_in, of):
    accepted(signed_in, "N", "sources", SOURCE.format(publisher="Daejeon"))
    assert rules(of("O"), "sources", SOURCE.format(publisher="Daejeon")) == []  # it changes nothing
    assert rules(of("O"), "sources", SOURCE.format(publisher="Daegu")) == [(2, "other-owner")]
    assert rules(of("Q"), "sources", SOURCE.format(publisher="Seo-gu")) == []
    public = SOURCE.replace("city-src-x", "mohw").format(publisher="Daegu")
    assert rules(of("O"), "sources", public) == [(2, "public-id")]


def test_complete_takes_nothing_of_others_out(signed_in, of):
    accepted(signed_in, "N", "institutions", ABROAD.format(id="first", name="First"))
    mine = ABROAD.format(id="second", name="Second")
    assert rules(of("O"), "institutions", mine) == []
    assert rules(of("O"), "institutions", mine, complete=True) == [(0, "other-owner")]
    assert rules(of("N"), "institutions", mine, complete=True) == []


def test_an_account_cannot_be_handed_what_another_checked(of):
    """A file that the ministry checked is not taken in for somebody who may not hand it in."""
    delivery = of("M").read("observations", "a.csv", figures("KR-30"))
    checked = of("M").check(delivery, "")
    assert not checked.has_errors
    for letter in "OPVJSUL":
        with pytest.raises(AccessDenied):
            of(letter).accept(checked, "")
    assert of("K").history()[0].receipt_id == "r1"


def test_the_office_of_an_account_is_its_region_and_no_address_is_published(signed_in, of):
    mail = Identity("kim@daegu.go.kr", Role.OFFICIAL, region="KR-27", account="kim@daegu.go.kr")
    _, receipt = Intake(signed_in, mail).receive("observations", "a.csv", figures("KR-27"), "")
    assert (receipt.by, receipt.office) == ("kim@daegu.go.kr", "Daegu")


def test_what_one_region_chose_about_its_files_is_not_taken_for_another(signed_in, of):
    """Else Daejeon could say which column of Daegu's files holds the figures."""
    content = b"what,when,where,ours,theirs\nforeign_patients,2025,{region},5,7\n"
    columns = {"what": "metric", "when": "year", "where": "region"}

    def choose(letter, region, chosen):
        door = Intake(evolve(signed_in, approval="off"), PEOPLE[letter])
        file = content.replace(b"{region}", region.encode())
        _, receipt = door.receive("observations", f"{letter}.csv", file, "Kim",
                                  mapping=columns | chosen)  # fmt: skip
        assert receipt.status == "accepted", receipt.findings

    choose("N", "KR-30", {"ours": "value", "theirs": ""})
    assert of("N").read("observations", "b.csv", content).remembered
    assert not of("O").read("observations", "b.csv", content).remembered
    choose("M", "KR", {"ours": "", "theirs": "value"})  # the ministry's is everybody's
    assert of("O").read("observations", "b.csv", content).mapping["theirs"] == "value"
