"""Nothing that is wrong with a file ends in a crash, in the record, or without a reason."""

import pytest

from dashboard.access import DESK
from dashboard.errors import UsageError
from dashboard.intake.findings_workbook import make_findings_workbook
from dashboard.intake.intake import Intake
from dashboard.store.lake import Lake
from tests.intake import malformed


def hand_in_all(settings, csv_of, xlsx_of, stored, seeds):
    door, lake = Intake(settings, DESK), Lake(settings)
    snapshot, before, former = lake.snapshot(), stored(settings), len(door.history())
    for seed in seeds:
        kind, name, content = malformed.malformed(seed, csv_of, xlsx_of)
        checked, receipt = door.receive("observations", name, content, "Kim")
        assert receipt.status == "refused", (kind, seed)
        assert checked.findings, (kind, seed)
        for finding in (*checked.findings, *checked.warnings):
            assert finding.sentence(), (kind, seed)
        if checked.is_searched:
            assert door.original(receipt.receipt_id).read_bytes() == content, (kind, seed)
        else:  # what cannot be searched for personal data is not kept
            with pytest.raises(UsageError):
                door.original(receipt.receipt_id)
        assert make_findings_workbook(checked)[:2] == b"PK", (kind, seed)
        assert "/" not in receipt.name, (kind, seed)
        assert "\\" not in receipt.name, (kind, seed)
    assert lake.snapshot() == snapshot
    new = {path for path in stored(settings) - before if not path.startswith("receipts/")}
    assert new == set()
    assert len(door.history()) == former + len(seeds)


def test_every_kind_of_malformed_file_is_refused_with_a_reason(
    door_settings, csv_of, xlsx_of, stored
):
    hand_in_all(door_settings, csv_of, xlsx_of, stored, range(len(malformed.KINDS)))


@pytest.mark.long
def test_500_malformed_files(door_settings, csv_of, xlsx_of, stored):
    hand_in_all(door_settings, csv_of, xlsx_of, stored, range(500))
