"""What the record says beside a criterion: asked once for all judges, whoever reads it."""

from dashboard.store.ask import open_record
from dashboard.ui.review_room import evidence_beside


def test_readers_of_one_former_build_ask_for_it_once(
    record, record_settings, process_settings, monkeypatch
):
    held = open_record(process_settings(record_settings)).at(record.current())
    evidence_beside._part.cache_clear()
    found = []
    for _reader in range(3):  # each page holds a record of its own at the build
        own = held.at(record.current())
        monkeypatch.setattr(evidence_beside, "record_in_view", lambda own=own: own)
        found.append(evidence_beside.evidence_of("figures", "KR-27", 2019))
    assert found[0].blocks
    assert found == [found[0]] * 3
    # One miss, and two readers who found it there.
    assert evidence_beside._part.cache_info()[:2] == (2, 1)
