"""The public record is handed in as a city's file is: same rules, a receipt, and taken back."""

import hashlib
import json
from zipfile import ZipFile

import pytest
from attrs import evolve

from dashboard.__main__ import main
from dashboard.access import DESK
from dashboard.errors import UsageError
from dashboard.intake.acceptance import Acceptance
from dashboard.intake.findings import DeliveryRefused
from dashboard.intake.intake import Intake
from dashboard.settings import PROJECT_ROOT
from dashboard.store.ask import Record
from dashboard.store.build import Builder
from dashboard.store.lake import Lake
from dashboard.store.pointer import read_pointer

SHIPPED = PROJECT_ROOT / "data" / "public_record"
PLACE = {"metric": "foreign_patients", "region": "KR-27", "year": 2019}


def tables(value, *more):
    """A record of one figure, and of further rows of observations."""
    row = {"source_id": "mohw", "region": "KR-27", "year": "2019", "value": value}
    return {
        "sources": [{"source_id": "mohw", "tier": "official"}],
        "observations": [row, *(row | further for further in more)],
    }


@pytest.fixture
def settings(small_settings):
    return small_settings(tables("31183"))


@pytest.fixture
def version(settings, small_package):
    """Puts another version into the folder of the record."""

    def put(value, *more):
        small_package(tables(value, *more), settings.public_record)

    return put


def figure(settings):
    return Record(settings).ask("figure", PLACE).first["value"]


def test_it_has_a_receipt_with_version_digest_counts_and_files(settings):
    batch, is_new = Acceptance(settings).take_in_record()
    (receipt,) = Intake(settings, DESK).history()
    stated = json.loads((SHIPPED / "datapackage.json").read_text("utf-8"))["version"]
    assert (is_new, receipt.status, receipt.batch_id) == (True, "accepted", batch.batch_id)
    assert receipt.name == f"public-record-{stated}.zip"
    # 19 rows of regions are shipped with one source and one figure: 18 + 1 + 1.
    rows = len((SHIPPED / "regions.csv").read_text("utf-8").splitlines()) - 1
    assert (rows, receipt.row_count, receipt.changes["new"]) == (18, 20, 20)
    kept = Intake(settings, DESK).original(receipt.receipt_id)
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == receipt.digest
    with ZipFile(kept) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert held == {path.name: path.read_bytes() for path in settings.public_record.iterdir()}


def test_a_second_start_hands_nothing_in_and_builds_nothing(settings):
    Acceptance(settings).take_in_record()
    before = read_pointer(settings), Lake(settings).snapshot(), Intake(settings, DESK).history()
    assert Acceptance(settings).take_in_record()[1] is False
    assert Builder(settings).build_current()[1] is False
    after = read_pointer(settings), Lake(settings).snapshot(), Intake(settings, DESK).history()
    assert after == before


def test_remarks_stand_in_the_receipt(settings, version):
    version("31183", {"year": "2020", "value": "310"})
    Acceptance(settings).take_in_record()
    (receipt,) = Intake(settings, DESK).history()
    # 31,183 is above ten times 310, the year beside it; 310 is below a tenth of 31,183.
    found = [(one.file, one.line, one.column, one.value, one.rule) for one in receipt.warnings]
    assert found == [
        ("observations.csv", 2, "value", "31,183", "beside-years"),
        ("observations.csv", 3, "value", "310", "beside-years"),
    ]


def test_a_rule_of_cities_keeps_it_out_with_one_receipt(settings, version):
    Acceptance(settings).take_in_record()
    version("31183.5")
    for _start in range(2):
        with pytest.raises(DeliveryRefused) as caught:
            Acceptance(settings).take_in_record()
        (finding,) = caught.value.findings
        assert (finding.file, finding.line, finding.column, finding.value, finding.rule) == (
            "observations.csv", 2, "value", "31,183.5", "fraction",
        )  # fmt: skip
    assert [one.status for one in Intake(settings, DESK).history()] == ["refused", "accepted"]
    assert (len(Lake(settings).batches()), figure(settings)) == (1, 31183)


def test_a_check_of_the_build_keeps_it_out(settings, version):
    Acceptance(settings).take_in_record()
    version("31183", {"region": "KR", "value": "31000"})  # less than one of its regions has
    with pytest.raises(DeliveryRefused, match="check_region_not_above_korea"):
        Acceptance(settings).take_in_record()
    assert (len(Lake(settings).batches()), figure(settings)) == (1, 31183)


def test_it_waits_for_no_second_person(settings):
    asking = evolve(settings, sign_in="oidc", approval="on")
    Acceptance(asking).take_in_record()
    assert (Intake(asking, DESK).pending(), figure(asking)) == ([], 31183)


def test_a_version_is_taken_back_stays_out_and_comes_again(settings, version):
    door = Intake(settings, DESK)
    Acceptance(settings).take_in_record()
    first = read_pointer(settings)
    version("31999", {"year": "2018", "value": "30000"})
    batch, _is_new = Acceptance(settings).take_in_record()
    assert figure(settings) == 31999
    receipt = door.receipt(batch.batch_id)
    # One row is new and one changed; 18 regions and the source are as they were.
    changes = {kind: count for kind, count in receipt.changes.items() if count}
    assert changes == {"new": 1, "changed": 1, "unchanged": 19}
    assert door.revert(receipt.receipt_id, "Lee", "too early").status == "reverted"
    assert (figure(settings), read_pointer(settings).build_id) == (31183, first.build_id)
    stays_out, is_new = Acceptance(settings).take_in_record()
    assert (stays_out.reverted_by, is_new, figure(settings)) == ("Lee", False, 31183)
    assert Acceptance(settings).take_in_record(again=True)[1] is True
    assert figure(settings) == 31999
    assert [one.status for one in door.history()] == ["accepted", "reverted", "accepted"]


def test_the_only_version_cannot_be_taken_back(settings):
    Acceptance(settings).take_in_record()
    with pytest.raises(UsageError, match="no former version"):
        Intake(settings, DESK).revert("r1", "Lee", "all wrong")


@pytest.mark.long
def test_a_version_is_needed_by_a_city_that_names_its_source(settings, version, small_package):
    door = Intake(settings, DESK)
    Acceptance(settings).take_in_record()
    grown = tables("31183")
    grown["sources"].append({"source_id": "daegu-2025", "tier": "official"})
    small_package(grown, settings.public_record)
    batch, _is_new = Acceptance(settings).take_in_record()
    rows = "metric,year,region,value,source_id\nforeign_patients,2025,KR-27,35000,daegu-2025\n"
    checked, receipt = door.receive("observations", "a.csv", rows.encode(), "Kim")
    assert (checked.findings, receipt.status) == ((), "accepted")
    with pytest.raises(UsageError, match="daegu-2025"):
        door.revert(batch.batch_id, "Lee", "too early")


def test_the_command_says_what_stays_out_and_takes_it_in_again(
    settings, version, process_settings, capsys
):
    process_settings(settings)
    assert main(["build"]) == 0
    version("31999")
    assert main(["build"]) == 0
    assert main(["revert", "r2", "--by", "Lee", "--reason", "too early"]) == 0
    capsys.readouterr()
    assert main(["build"]) == 0
    assert "Lee (too early)" in capsys.readouterr().err
    assert figure(settings) == 31183
    assert main(["build", "--again"]) == 0
    assert (capsys.readouterr().err, figure(settings)) == ("", 31999)
