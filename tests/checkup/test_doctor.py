"""Each check of `doctor` says what is wrong when it is, and nothing else then does."""

import json
import os
import random
import shutil
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import version

import pytest
from attrs import evolve

from dashboard.__main__ import main
from dashboard.access import DESK
from dashboard.checkup import examination, installation, server, workspace
from dashboard.checkup.examination import CHECKS, examine
from dashboard.checkup.found import Examined, State
from dashboard.i18n import use_language
from dashboard.identity.accounts import Accounts
from dashboard.intake.intake import Intake
from dashboard.judging.judging import Judging
from dashboard.store import connection
from dashboard.store.backup import back_up
from dashboard.store.batches import INTAKE
from dashboard.store.ledger import Ledger
from dashboard.store.pointer import marts_file, read_pointer
from dashboard.store.refusal import Refusal, note_refusal
from tests.judging.test_verification import cut
from tests.store.test_backup import VISITS, play, spoil_page

pytestmark = pytest.mark.usefixtures("english")

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")


@pytest.fixture(scope="module")
def whole(small_settings, build_of, csv_of):
    """A workspace with a record, visits, rounds of which one is signed, and all keys."""
    use_language("en")
    settings = small_settings(
        {
            "sources": [{"source_id": "mohw", "tier": "official"}],
            "observations": [{"source_id": "mohw", "value": "31183"}],
        }
    )
    build_of(settings)
    Intake(settings, DESK).receive("patient_visits", "v.csv", csv_of(VISITS).encode(), "Kim")
    play(Judging(settings))
    if os.name == "posix":
        settings.workspace.chmod(0o700)
        for path in settings.workspace.rglob("*"):
            path.chmod(0o700 if path.is_dir() else 0o600)
    return settings


@pytest.fixture
def settings(whole, tmp_path):
    """A copy of it, to be spoilt."""
    there = shutil.copytree(whole.workspace, tmp_path / "copy")
    return evolve(whole, workspace=there)


def to_mend(asked):
    """Name → what has to be mended of all but the installation, which no setting changes."""
    checks = tuple(check for check in CHECKS if check.__module__ != installation.__name__)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(examination, "CHECKS", checks)
        return {name: found for name, found in examine(asked) if found.state is State.MEND}


def wrong(check, settings, **others):
    """What one check says has to be mended."""
    found = check(Examined(settings, 1, **others))
    assert found.state is State.MEND
    assert found.remedy
    return found.what


def test_nothing_has_to_be_mended_where_all_is_well(settings, free_port, tmp_path):
    back_up(settings, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in settings.workspace.rglob("*.???*")}
    found = dict(examine(Examined(settings, free_port, backups=tmp_path)))
    assert [name for name, one in found.items() if one.state is State.MEND] == []
    assert {name for name, one in found.items() if one.state is State.UNASKED} == {"port", "shared"}
    assert len(found) == len(CHECKS)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def garble(path, keep=0):
    content = path.read_bytes()
    path.write_bytes(content[:keep] + random.Random(7).randbytes(len(content) - keep))


def one_byte(path, text):
    """Change one letter of what a file says, which stays a file of its kind."""
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    content = path.read_bytes()
    at = content.index(text)
    path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])


def _parquet(settings):
    return max(settings.lake_data.rglob("*.parquet"), key=lambda path: path.stat().st_size)


SPOILT = {
    "a key is no key": (
        lambda s: s.visits_key.write_text("nothing"),
        "keys",
        "visits.key is no key",
    ),
    "the key of visits is gone": (lambda s: s.visits_key.unlink(), "keys", "visits.key is missing"),
    "the key of visits is another": (
        lambda s: s.visits_key.write_text(f"{9:064x}"),
        "keys",
        "visits.key is not the one",
    ),
    "the key of the log is gone": (
        lambda s: s.ledger_key.unlink(),
        "ledger",
        "is not in ledger.key",
    ),
    "a byte of the log": (
        lambda s: one_byte(s.ledger, b"Practice judge 6"),
        "ledger",
        "does not follow from the one before",
    ),
    "the end of the log is cut off": (
        lambda s: cut(s, INTAKE, 1),
        "receipts",
        "1 batches of the record have no receipt in the log: ",
    ),
    "the log is gone": (lambda s: s.ledger.unlink(), "ledger", "ledger.sqlite: The file is empty"),
    "a page of the catalogue": (
        lambda s: spoil_page(s.lake_catalogue, "ducklake_snapshot_changes"),
        "lake",
        "lake.sqlite: malformed",
    ),
    "a file of the record is gone": (lambda s: _parquet(s).unlink(), "lake", "record is damaged"),
    "a file of the record is garbled": (
        lambda s: garble(_parquet(s), keep=4),
        "lake",
        "record is damaged",
    ),
    "the build is gone": (
        lambda s: marts_file(s, read_pointer(s).build_id).unlink(),
        "build",
        "cannot be read",
    ),
    "the build is garbled": (
        lambda s: garble(marts_file(s, read_pointer(s).build_id), keep=12288),
        "build",
        "cannot be read",
    ),
    "the pointer is broken": (
        lambda s: (s.marts / "current.json").write_text("{"),
        "build",
        "figures are damaged",
    ),
    "a delivery was refused": (
        lambda s: note_refusal(s, Refusal("The files were not taken in", "x.csv", "Mend it")),
        "build",
        "The files were not taken in: x.csv",
    ),
    "the clock stood in the future": (
        lambda s: Ledger(s, lambda: datetime.now(UTC) + timedelta(hours=2)).append(
            "a", "b", "", {}
        ),
        "clock",
        "seconds in the future",
    ),
}


@pytest.mark.parametrize("case", SPOILT)
def test_what_is_spoilt_is_named_and_nothing_else(settings, free_port, case):
    spoil, check, reason = SPOILT[case]
    former = os.umask(0o077)
    spoil(settings)
    os.umask(former)
    found = to_mend(Examined(settings, free_port))
    if case.startswith("a file of the record"):
        found.pop("keys", None)  # whether visits were handed in cannot be read then, either
    assert list(found) == [check]
    assert reason in found[check].what
    assert found[check].remedy


def test_a_build_of_another_sql_is_not_the_newest(settings, free_port, tmp_path):
    queries = shutil.copytree(settings.queries, tmp_path / "queries")
    mart = next((queries / "marts").glob("*.sql"))
    mart.write_text(mart.read_text("utf-8") + "\n-- changed\n", "utf-8")
    changed = evolve(settings, queries=queries)
    found = to_mend(Examined(changed, free_port))
    assert list(found) == ["build"]
    assert "not of the newest record or of this version" in found["build"].what


@POSIX
def test_what_others_may_read_is_named(settings, free_port):
    settings.ledger_key.chmod(0o640)
    (settings.workspace / "receipts").chmod(0o755)
    found = to_mend(Examined(settings, free_port))
    assert list(found) == ["rights"]
    assert found["rights"].what == "Others may read 2 files or folders: ledger.key, receipts"
    assert f"chmod -R go-rwx {settings.workspace}" in found["rights"].remedy


def test_a_workspace_that_is_not_there_is_named_and_not_made(settings, free_port, tmp_path):
    nowhere = evolve(settings, workspace=tmp_path / "nowhere")
    assert set(to_mend(Examined(nowhere, free_port))) == {"workspace", "writable"}
    assert not nowhere.workspace.exists()


@POSIX
def test_a_workspace_of_another_account_is_named(settings):
    settings.workspace.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        found = workspace.writable(Examined(settings, 1))
    finally:
        if is_root:
            os.seteuid(0)
        settings.workspace.chmod(0o700)
    assert found.state is State.MEND
    assert "Permission denied" in found.what


def test_a_full_disk_is_named(settings, monkeypatch):
    assert workspace.disk(Examined(settings, 1)).state is State.WELL
    monkeypatch.setattr(workspace, "LEAST_FREE_GIB", 1e6)
    assert "GiB free" in wrong(workspace.disk, settings)


def test_an_old_backup_and_none_are_named(settings, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    assert "no backup" in wrong(workspace.backup, settings, backups=folder)
    file = back_up(settings, folder)[0]
    assert workspace.backup(Examined(settings, 1, folder)).state is State.WELL
    then = time.time() - 27 * 3600
    os.utime(file, (then, then))
    assert "is 27.0 hours old" in wrong(workspace.backup, settings, backups=folder)
    assert workspace.backup(Examined(settings, 1, folder, 28)).state is State.WELL


@pytest.mark.parametrize(
    "changed",
    [
        {"trusted_proxies": "0.0.0.0/0"},
        {"metrics_from": "127.0.0.1/32,::/0"},
        {"trusted_proxies": "10.0.0.0/7"},
    ],
)
def test_believing_everybody_is_named(settings, changed):
    assert server.proxies(Examined(settings, 1)).state is State.WELL
    ((name, listed),) = changed.items()
    said = wrong(server.proxies, evolve(settings, **changed))
    assert said == f"{name}: {listed.rpartition(',')[2]}"


def answering(answers):
    """A server that answers as told: path → (status, text)."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, text = answers.get(self.path, (404, ""))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_arguments):
            pass

    made = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    return made


@pytest.mark.parametrize(
    ("answers", "state", "what"),
    [
        ({}, State.MEND, "Something else listens"),
        ({"/healthz": (200, "alive\n"), "/readyz": (200, "ready\n")}, State.WELL, "is ready"),
        (
            {"/healthz": (200, "alive\n"), "/readyz": (503, "not ready: no record\n")},
            State.MEND,
            "not ready: no record",
        ),
    ],
)
def test_what_listens_on_the_port(settings, answers, state, what):
    other = answering(answers)
    try:
        found = server.port(Examined(settings, other.server_port))
    finally:
        other.shutdown()
        other.server_close()
    assert found.state is state
    assert what in found.what


def test_a_package_of_another_version_or_none_is_named(settings, tmp_path, monkeypatch):
    pinned = tmp_path / "requirements.txt"
    pinned.write_text(f"# x\nduckdb==0.0.1\nno-such-package==1.0\nrich=={version('rich')}\n")
    monkeypatch.setattr(installation, "REQUIREMENTS", pinned)
    assert wrong(installation.packages, settings) == (
        f"duckdb {version('duckdb')} ≠ 0.0.1, no-such-package - ≠ 1.0"
    )


def test_a_font_that_is_none_is_named(settings, tmp_path, monkeypatch):
    for name in ("render/fonts", "static/fonts"):
        shutil.copytree(installation.FONTS / name, tmp_path / name)
    monkeypatch.setattr(installation, "FONTS", tmp_path)
    assert installation.fonts(Examined(settings, 1)).state is State.WELL
    (tmp_path / "render/fonts/PretendardGOV-Bold.otf").write_bytes(b"<html>")
    (tmp_path / "static/fonts/PretendardGOV-Bold.woff2").unlink()
    assert wrong(installation.fonts, settings) == (
        "render/fonts/PretendardGOV-Bold.otf, static/fonts/PretendardGOV-Bold.woff2"
    )


def test_an_old_python_is_named(settings, monkeypatch):
    monkeypatch.setattr(installation, "_OLDEST", (*sys.version_info[:1], 99))
    assert wrong(installation.python_version, settings).startswith("Python 3.")


def test_extensions_that_do_not_load_are_named(settings, free_port, monkeypatch, tmp_path):
    """Any error of a check is a finding, also one that the product does not know."""
    broken = tmp_path / "ducklake.duckdb_extension"
    broken.write_bytes(b"no extension")
    monkeypatch.setattr(connection, "_extension_file", lambda _name: broken)
    found = dict(examine(Examined(settings, free_port)))["extensions"]
    assert found.state is State.MEND
    assert "ducklake.duckdb_extension" in found.what


# ---- Signing in

OIDC = {
    "sign_in": "oidc",
    "public_address": "https://review.example.go.kr",
    "oidc_metadata_url": "https://id.example.go.kr/.well-known/openid-configuration",
    "oidc_client_id": "cluster-review",
    "oidc_client_secret": "between us",
}


@pytest.mark.parametrize("named", ["home_region", "compared_region", "desk_region"])
def test_a_region_that_the_record_has_not_is_to_be_mended(settings, free_port, named):
    found = to_mend(Examined(evolve(settings, **{named: "KR-99"}), free_port))
    assert found.pop("regions").what == f"{named}: KR-99"
    assert found == {}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"public_address": ""}, "public_address"),
        ({"public_address": "http://review.example.go.kr"}, "http://review.example.go.kr"),
        ({"oidc_client_secret": ""}, "oidc_client_secret"),
        ({"role_values": (("daegu", "official Daegu"),)}, "official Daegu"),
        ({"sign_in": "proxy"}, "trusted_proxies"),
        ({"sign_in": "proxy", "trusted_proxies": "10.1.0.5/32"}, "proxy_key_file"),
    ],
)
def test_a_sign_in_that_lacks_something_is_to_be_mended(settings, free_port, changed, named):
    Accounts(settings).grant(DESK, "kim@mohw.go.kr", "administrator")
    well = evolve(settings, **OIDC)
    assert to_mend(Examined(well, free_port)) == {}
    found = to_mend(Examined(evolve(well, **changed), free_port))
    assert named in found.pop("sign_in").what
    assert set(found) <= {"administrators"}


def test_accounts_without_an_administrator_are_to_be_mended(settings, free_port):
    asked = Examined(evolve(settings, **OIDC), free_port)
    assert "accounts grant" in to_mend(asked)["administrators"].remedy
    Accounts(settings).grant(DESK, "kim@mohw.go.kr", "official KR")
    assert "administrators" in to_mend(asked)
    by_group = evolve(asked.settings, role_values=(("it", "administrator"),))
    assert to_mend(Examined(by_group, free_port)) == {}


# ---- The command


def test_the_command_says_it_for_people_and_programs(settings, process_settings, free_port, capsys):
    process_settings(settings)
    asked = ["doctor", "--port", str(free_port)]
    assert main(asked) == 0
    assert "The workspace can be written." in capsys.readouterr().out
    settings.visits_key.write_text("nothing")
    assert main(asked) == 1
    said = capsys.readouterr().out
    assert "to mend" in said
    assert "→ Put the key file back from the backup." in said
    assert main([*asked, "--format", "json"]) == 1
    read = json.loads(capsys.readouterr().out)
    assert [one["check"] for one in read["checks"]] == [check.__name__ for check in CHECKS]
    assert [one for one in read["checks"] if one["state"] == "mend"] == [
        {
            "check": "keys",
            "state": "mend",
            "what": "visits.key is no key any more.",
            "remedy": "Put the key file back from the backup.",
        }
    ]
    assert main(["doctor", "--format", "xml"]) == 2


@POSIX
def test_the_command_mends_nothing_itself(settings, process_settings, free_port):
    process_settings(settings)
    settings.ledger_key.chmod(0o644)
    assert main(["doctor", "--port", str(free_port)]) == 1
    assert settings.ledger_key.stat().st_mode & 0o777 == 0o644


def test_every_check_has_words_of_its_own():
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)
    assert all(check.__doc__ for check in CHECKS)
