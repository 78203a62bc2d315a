"""A workspace that is lost is restored elsewhere as it was, and a file that is not whole never."""

import gzip
import io
import json
import os
import shutil
import sqlite3
import tarfile
import threading
import zlib
from contextlib import closing

import pytest
from attrs import evolve
from filelock import FileLock
from PIL import Image

from dashboard.access import DESK
from dashboard.errors import (
    BackupRefused,
    ClusterReviewError,
    LedgerBroken,
    UsageError,
    WorkspaceBusy,
    WorkspaceDamaged,
)
from dashboard.i18n import use_language
from dashboard.intake.intake import Intake
from dashboard.judging import sign_in as sign_in_module
from dashboard.judging.judging import Judging
from dashboard.judging.verification import verify_round
from dashboard.store import backup as backup_module
from dashboard.store.ask import Record
from dashboard.store.backup import MANIFEST, back_up
from dashboard.store.editions import Editions
from dashboard.store.emblems import Emblems
from dashboard.store.lake import Lake
from dashboard.store.ledger import Ledger
from dashboard.store.pointer import marts_file
from dashboard.store.restore import restore

pytestmark = pytest.mark.usefixtures("english")

VISITS = [
    ["visited_on", "region", "nationality", "spending_krw"],
    ["2026-05-01", "KR-27", "US", "100000"],
]


def figure_of(settings, year, build=None):
    asked = {"metric": "foreign_patients", "region": "KR-27", "year": year}
    return Record(settings).ask("figure", asked, build).first["value"]


def hand_in(settings, csv_of, year, value, by="Kim"):
    """A city's own file of one figure."""
    rows = [["지표", "연도", "지역", "값"], ["외국인환자", year, "대구", value]]
    content = csv_of(rows).encode()
    return Intake(settings, DESK).receive(
        "observations", f"{year}.csv", content, by, office="대구"
    )[1]


@pytest.fixture(scope="module")
def made(small_settings, build_of, csv_of):
    """A workspace in which all happened that leaves a file; its edition, emblem and session."""
    use_language("en")
    settings = small_settings(
        {
            "sources": [{"source_id": "mohw", "tier": "official"}],
            "observations": [{"source_id": "mohw", "value": "31183"}],
        },
        builds_kept=1,
    )
    build_of(settings)
    view = {"region": "KR-27", "year": 2019}
    edition = Editions(settings).freeze(
        "kpi", view, "ko", "Kim", Record(settings).current(), identity=DESK
    )
    assert hand_in(settings, csv_of, 2020, 4321).status == "accepted"
    visits = Intake(settings, DESK).receive(
        "patient_visits", "v.csv", csv_of(VISITS).encode(), "Kim"
    )[1]
    assert visits.status == "accepted", visits.findings
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    emblem = Emblems(settings).keep(picture.getvalue())
    token = play(Judging(settings))
    return settings, edition, emblem, token


def play(judging):
    """Close one practice round, which signs it, and begin another; the session of judge 6 of it."""
    with pytest.MonkeyPatch.context() as quick:
        quick.setattr(sign_in_module, "_COST", 2)  # of the hashes of codes
        return _played(judging)


def _played(judging):
    first = judging.practice.open().round_id
    chair = judging.sessions.sign_in(first, "CHAIR-22222").identity
    codes = {code.holder: code.code for code in judging.practice.codes()}
    judge = judging.sessions.sign_in(first, codes["j6"]).identity
    judging.sheets.submit(judge, "KR-30")
    for criterion, points in (("c4", 11), ("c5", "10.5"), ("c6", 10)):
        judging.sheets.save_draft(judge, "KR-42", criterion, points)
    judging.sheets.submit(judge, "KR-42")
    judging.rounds.close(chair)
    second = judging.practice.open(restart=True).round_id
    session = judging.sessions.sign_in(second, codes["j6"])
    judging.sheets.save_draft(session.identity, "KR-42", "c4", 12)
    return session.token


@pytest.fixture
def kept(made, tmp_path):
    """A backup of that workspace: settings, file, contents."""
    settings = made[0]
    return settings, *back_up(settings, tmp_path / "kept.tar.gz")


@pytest.fixture
def elsewhere(made, tmp_path):
    """Settings of a workspace at another path, which is not there yet."""
    return evolve(made[0], workspace=tmp_path / "other" / "place")


def test_a_lost_workspace_is_restored_at_another_path(made, kept, elsewhere, csv_of, tmp_path):
    settings, edition, emblem, token = made
    _settings, file, contents = kept
    before = Record(settings).current()
    receipts = Intake(settings, DESK).history()
    log = {stream: Ledger(settings).entries(stream) for stream in Ledger(settings).streams()}
    keys = [(settings.workspace / name).read_bytes() for name in ("ledger.key", "visits.key")]
    shutil.copytree(settings.workspace, tmp_path / "aside")
    shutil.rmtree(settings.workspace)
    try:
        assert restore(file, elsewhere) == contents
        assert not settings.workspace.exists()
        assert Record(elsewhere).current() == before
        assert contents.build_id == before.build_id
        assert (contents.snapshot, contents.batches, contents.editions) == (3, 3, 1)
        assert contents.entries == sum(map(len, log.values()))
        assert (figure_of(elsewhere, 2019), figure_of(elsewhere, 2020)) == (31183, 4321)

        assert Intake(elsewhere, DESK).history() == receipts
        original = Intake(elsewhere, DESK).original("r2").read_bytes().decode()
        assert "외국인환자,2020,대구,4321" in original
        opened = Editions(elsewhere).open(edition.edition_id)
        assert opened == edition
        assert marts_file(elsewhere, edition.build.build_id).exists(), "the edition's own build"
        assert Emblems(elsewhere).open(emblem)

        assert {name: Ledger(elsewhere).verify(name) for name in log} == log
        judging = Judging(elsewhere)
        verified = verify_round(judging.streams, "practice-1")
        assert verified.signed, "with the key that was restored"
        judge = judging.sessions.resume(token)
        (line,) = [cell for cell in judging.sheets.sheet(judge, "KR-42").cells
                   if cell.criterion.criterion_id == "c4"]  # fmt: skip
        assert line.points == 12
        assert keys == [
            (elsewhere.workspace / name).read_bytes() for name in ("ledger.key", "visits.key")
        ]
    finally:
        shutil.copytree(tmp_path / "aside", settings.workspace)


def test_what_is_restored_is_used_and_backed_up_and_restored_again(
    kept, elsewhere, csv_of, tmp_path
):
    """Files of the lake have no path of the first place, the second or the third."""
    restore(kept[1], elsewhere)
    assert hand_in(elsewhere, csv_of, 2021, 555).status == "accepted"
    file, contents = back_up(elsewhere, tmp_path / "again.tar.gz")
    shutil.rmtree(elsewhere.workspace)
    third = evolve(elsewhere, workspace=tmp_path / "third")
    assert restore(file, third) == contents
    assert [figure_of(third, year) for year in (2019, 2020, 2021)] == [31183, 4321, 555]
    assert contents.batches == 4
    assert len(Lake(third).current_rows("observations")) == 3


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_nobody_else_reads_the_backup_or_what_is_restored(kept, elsewhere):
    former = os.umask(0)
    try:
        restore(kept[1], elsewhere)
    finally:
        os.umask(former)
    assert kept[1].stat().st_mode & 0o777 == 0o600
    modes = {
        path: path.stat().st_mode & 0o777
        for path in (elsewhere.workspace, *elsewhere.workspace.rglob("*"))
    }
    assert len(modes) > 15
    for path, mode in modes.items():
        assert mode == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.long
def test_it_is_consistent_while_people_hand_in_and_judge(made, tmp_path, csv_of):
    """A receipt and its batch, and what is added to two logs at once, are both in, or none."""
    settings = evolve(made[0], workspace=tmp_path / "busy")
    shutil.copytree(made[0].workspace, settings.workspace)
    faults = []

    def beside(work):
        """Work in a thread; a fault of it is kept."""

        def run():
            try:
                work()
            except Exception as error:
                faults.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def people():
        for number in range(2):
            hand_in(settings, csv_of, 2021, 500 + number)

    def judges():
        while handing_in.is_alive():
            with Ledger(settings).writing("one") as writer:
                writer.append("n", "Kim", {})
                writer.beside("two").append("n", "Kim", {})

    handing_in = beside(people)
    judging = beside(judges)
    taken = []
    while handing_in.is_alive() or not taken:
        taken.append(back_up(settings, tmp_path / f"{len(taken)}.tar.gz")[0])
    judging.join()
    taken.append(back_up(settings, tmp_path / "last.tar.gz")[0])
    assert faults == []
    seen = []
    for number, file in enumerate([*taken[:: len(taken) // 4 + 1], taken[-1]]):
        there = settings.model_copy(update={"workspace": tmp_path / f"restored{number}"})
        restore(file, there)
        ledger = Ledger(there)
        assert len(ledger.entries("one")) == len(ledger.entries("two"))
        history = Intake(there, DESK).history()
        accepted = {one.batch_id for one in history if one.status == "accepted"}
        assert accepted == {one.batch_id for one in Lake(there).batches()}
        assert not [one for one in history if "interrupted" in one.reason]
        seen.append((len(accepted), len(ledger.entries("one"))))
    assert seen == sorted(seen)
    assert seen[-1][0] == 5
    assert seen[0] < seen[-1], "people handed in and judged meanwhile"


# ---- What is no backup


def unpacked(file):
    """The entries of an archive: (description, content)."""
    with tarfile.open(file) as archive:
        return [(member, archive.extractfile(member).read()) for member in archive]


def packed(file, entries):
    with tarfile.open(file, "w:gz") as archive:
        for member, content in entries:
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


def entry(name, content=b"x", **described):
    member = tarfile.TarInfo(name)
    for attribute, value in described.items():
        setattr(member, attribute, value)
    return member, content


def with_changed(name, change):
    """Another archive, the content of one entry of which is changed."""

    def alter(entries):
        assert any(member.name == name for member, _content in entries)
        return [
            (member, change(content) if member.name == name else content)
            for member, content in entries
        ]

    return alter


def other_manifest(**changed):
    return with_changed(MANIFEST, lambda text: json.dumps(json.loads(text) | changed).encode())


def longer(content):
    return content[:100] + bytes([content[100] ^ 1]) + content[101:]


LINK = {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"}
HARD = {"type": tarfile.LNKTYPE, "linkname": "ledger.key"}
NOT_WHOLE = {
    "a byte of a build": (
        lambda entries: [
            (member, longer(content) if member.name.endswith(".duckdb") else content)
            for member, content in entries
        ],
        "is not what was backed up",
    ),
    "a byte of the ledger": (with_changed("ledger.sqlite", longer), "ledger.sqlite is not what"),
    "a key is gone": (
        lambda entries: [one for one in entries if one[0].name != "visits.key"],
        "visits.key is missing",
    ),
    "no manifest": (lambda entries: entries[:-1], "cut off"),
    "a broken manifest": (with_changed(MANIFEST, lambda text: text[:50]), ""),
    "a manifest of something else": (with_changed(MANIFEST, lambda _text: b"[1]"), ""),
    "one file more": (
        lambda entries: [entry("receipts/more"), *entries],
        "receipts/more is not what",
    ),
    "twice": (lambda entries: [entries[0], *entries], "no such entry"),
    "a parent": (lambda entries: [entry("receipts/../../gone"), *entries], "no such entry"),
    "a parent first": (lambda entries: [entry("../gone"), *entries], "no such entry"),
    "absolute": (lambda entries: [entry("/tmp/gone"), *entries], "no such entry"),  # noqa: S108
    "of Windows": (lambda entries: [entry("receipts\\..\\gone"), *entries], "no such entry"),
    "a drive": (lambda entries: [entry("receipts/c:gone"), *entries], "no such entry"),
    "a link": (lambda entries: [entry("receipts/gone", b"", **LINK), *entries], "no such entry"),
    "a hard link": (lambda entries: [*entries, entry("receipts/k", b"", **HARD)], "no such entry"),
    "a device": (
        lambda entries: [entry("receipts/gone", b"", type=tarfile.CHRTYPE), *entries],
        "no such entry",
    ),
    "another's file": (lambda entries: [entry("secrets.toml"), *entries], "no such entry"),
    "another build": (other_manifest(build_id="000000000000"), "current.json is not what"),
    "another record": (other_manifest(batches=99), "lake.sqlite is not what"),
    "fewer logs": (other_manifest(heads={}), "ledger.sqlite is not what"),
    "a later format": (other_manifest(format=2, program="9.9"), "version 9.9"),
}


@pytest.mark.parametrize("case", NOT_WHOLE)
def test_what_is_not_whole_is_refused_and_nothing_is_left(kept, elsewhere, tmp_path, case):
    alter, reason = NOT_WHOLE[case]
    entries = unpacked(kept[1])
    packed(kept[1], alter(entries))
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BackupRefused) as refused:
        restore(kept[1], elsewhere)
    assert reason in refused.value.message
    assert not elsewhere.workspace.exists()
    assert [path for path in sorted(tmp_path.rglob("*")) if path not in before] in (
        [],
        [elsewhere.workspace.parent],
    )


def flipped(content, place):
    """The file with a bit flipped at about a place; one that packs the same bytes does no harm."""
    at = int(place * len(content))
    while True:
        other = content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :]
        try:
            is_harmless = gzip.decompress(other) == gzip.decompress(content)
        except (EOFError, OSError, zlib.error):
            is_harmless = False
        if not is_harmless:
            return other
        at += 1


@pytest.mark.parametrize("place", [0.0, 0.001, 0.3, 0.6, 0.9, 0.9999])
def test_one_bit_of_the_file_is_enough(kept, elsewhere, place):
    kept[1].write_bytes(flipped(kept[1].read_bytes(), place))
    with pytest.raises(BackupRefused):
        restore(kept[1], elsewhere)
    assert not elsewhere.workspace.exists()


@pytest.mark.parametrize("share", [0, 0.2, 0.99])
def test_a_file_that_was_cut_off_is_refused(kept, elsewhere, share):
    content = kept[1].read_bytes()
    kept[1].write_bytes(content[: int(share * len(content))])
    with pytest.raises(BackupRefused):
        restore(kept[1], elsewhere)


def test_a_log_that_ends_earlier_than_it_did_is_refused(kept, elsewhere):
    """Whole in itself, and not the one that was backed up: its last entries were cut off."""
    manifest = json.loads(unpacked(kept[1])[-1][1])
    heads = manifest["heads"] | {"intake": [99, "0" * 64]}
    packed(kept[1], other_manifest(heads=heads)(unpacked(kept[1])))
    with pytest.raises(LedgerBroken, match="intake does not end as the backup says"):
        restore(kept[1], elsewhere)
    assert not elsewhere.workspace.exists()


def test_a_folder_that_holds_anything_is_never_written_to(kept, elsewhere):
    elsewhere.workspace.mkdir(parents=True)
    (elsewhere.workspace / "ledger.sqlite").write_text("mine")
    with pytest.raises(BackupRefused, match="not empty"):
        restore(kept[1], elsewhere)
    assert [path.name for path in elsewhere.workspace.iterdir()] == ["ledger.sqlite"]
    assert (elsewhere.workspace / "ledger.sqlite").read_text() == "mine"


def test_an_empty_folder_may_be_there_with_what_a_killed_restore_left(kept, elsewhere):
    left = elsewhere.workspace / "trial-0123" / "staged"
    left.mkdir(parents=True)
    (left / "ledger.key").write_text("half")
    restore(kept[1], elsewhere)
    assert figure_of(elsewhere, 2019) == 31183
    assert list(elsewhere.workspace.glob("trial-*")) == []


# ---- What cannot be backed up


def test_where_a_backup_may_not_be_written(made, tmp_path):
    settings = made[0]
    (tmp_path / "there.tar.gz").write_text("another")
    places = {
        tmp_path / "there.tar.gz": "there already",
        tmp_path / "nowhere" / "b.tar.gz": "no such folder",
        settings.workspace / "b.tar.gz": "lost with it",
    }
    for place, reason in places.items():
        with pytest.raises(UsageError) as refused:
            back_up(settings, place)
        assert reason in refused.value.title
    assert (tmp_path / "there.tar.gz").read_text() == "another"
    with pytest.raises(UsageError, match="nothing to back up"):
        back_up(evolve(settings, workspace=tmp_path / "no"), tmp_path / "b.tar.gz")


def test_in_a_folder_it_is_named_after_the_time(made, tmp_path):
    file, contents = back_up(made[0], tmp_path)
    compact = contents.made_at.replace("-", "").replace(":", "").removesuffix("+0000")
    assert file == tmp_path / f"cluster-review-{compact}Z.tar.gz"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), sqlite3.OperationalError("disk is full")]
)
def test_a_full_disk_is_said_and_leaves_no_file(made, tmp_path, monkeypatch, error):
    def fail(*_files):
        raise error

    monkeypatch.setattr(backup_module, "_copy_database", fail)
    with pytest.raises(BackupRefused, match="could not be made") as refused:
        back_up(made[0], tmp_path / "b.tar.gz")
    assert refused.value.message in ("No space left on device", "disk is full")
    assert "make room" in refused.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(kept, elsewhere, tmp_path):
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for place in (tmp_path / "file" / "within", tmp_path / "link"):
        settings = evolve(elsewhere, workspace=place)
        with pytest.raises(BackupRefused, match="could not be restored") as refused:
            restore(kept[1], settings)
        assert str(place) in refused.value.message
    assert (tmp_path / "file").read_text() == "no folder"


def test_an_interrupted_backup_leaves_no_file(made, tmp_path, monkeypatch):
    (tmp_path / "trial-of-a-killed-one").mkdir()

    def stop(_descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr(backup_module.os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        back_up(made[0], tmp_path / "b.tar.gz")
    assert list(tmp_path.iterdir()) == []


def test_an_intake_that_takes_too_long_is_said(made, tmp_path, monkeypatch):
    monkeypatch.setattr(backup_module, "_PATIENCE_S", 0)
    with FileLock(made[0].workspace / "intake.lock"), pytest.raises(WorkspaceBusy):
        back_up(made[0], tmp_path / "b.tar.gz")
    assert list(tmp_path.iterdir()) == []


def lead_outside(folder):
    """Have the catalogue name a file beside the workspace, as one from elsewhere could."""
    stray = shutil.copy(next(folder.rglob("*.parquet")), folder.parent / "stray.parquet")
    named = (
        "SELECT data_file_id, s.path || t.path FROM ducklake_data_file "
        "JOIN ducklake_table AS t USING (table_id) JOIN ducklake_schema AS s USING (schema_id)"
    )
    with closing(sqlite3.connect(folder / "lake.sqlite")) as connection:
        number, within = connection.execute(named).fetchone()
        path = os.path.relpath(stray, folder / "lake" / within)
        changed = "UPDATE ducklake_data_file SET path = ? WHERE data_file_id = ?"
        connection.execute(changed, (path, number))
        connection.commit()


def spoil_page(catalogue, table):
    """Overwrite the page on which a table of a database begins."""
    with closing(sqlite3.connect(catalogue)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        asked = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = connection.execute(asked, (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(catalogue.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    catalogue.write_bytes(content)


@pytest.mark.parametrize(
    ("wreck", "error"),
    [
        (
            lambda folder: spoil_page(folder / "lake.sqlite", "ducklake_snapshot_changes"),
            "lake.sqlite: malformed",
        ),
        (lead_outside, "stray.parquet is missing"),
        (lambda folder: next(folder.rglob("*.parquet")).unlink(), "missing"),
        (lambda folder: (folder / "ledger.sqlite").write_bytes(b"\0" * 9000), "ledger.sqlite"),
        (lambda folder: (folder / "ledger.sqlite").unlink(), "ledger.sqlite: .* missing"),
        (lambda folder: (folder / "lake.sqlite").unlink(), "lake.sqlite: .* missing"),
        (lambda folder: (folder / "lake.sqlite").write_bytes(b""), "lake.sqlite: .* empty"),
    ],
)
def test_a_damaged_workspace_gives_no_backup_that_looks_whole(made, tmp_path, wreck, error):
    settings = evolve(made[0], workspace=tmp_path / "copy")
    shutil.copytree(made[0].workspace, settings.workspace)
    for suffix in ("-wal", "-shm"):
        settings.ledger.with_name(settings.ledger.name + suffix).unlink(missing_ok=True)
    wreck(settings.workspace)
    with pytest.raises(ClusterReviewError, match=error) as found:
        back_up(settings, tmp_path / "b.tar.gz")
    assert isinstance(found.value, WorkspaceDamaged)
    assert not (tmp_path / "b.tar.gz").exists()
