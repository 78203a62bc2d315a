"""A PostgreSQL and an S3 server on loopback, for what several machines share.

Debian's PostgreSQL where it is installed, else as `tests/store/install_postgresql.sh` unpacked it.
One of each serves all tests of a worker; every test has a database and a prefix of its own.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import psycopg
import pytest
from attrs import evolve

from dashboard.serving.ports import free_port
from dashboard.settings import PROJECT_ROOT, Settings
from dashboard.store import patience

BUCKET = "cluster-review"
_UNPACKED = PROJECT_ROOT / ".venv" / "postgresql"
_START_S = 60
_KEY = "of a server that asks for none"
_NOBODY = 65534


@dataclass
class Servers:
    """Where they are, and what is done to them."""

    database_port: int
    storage_port: int
    storage: "subprocess.Popen[bytes]"
    folder: Path
    superuser: str = field(default="review")

    def settings(self, workspace, **others):
        """Settings of a machine with a new database and prefix."""
        name = f"t{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return Settings(
            workspace=workspace,
            catalogue=self.address(name),
            data=f"s3://{BUCKET}/{name}",
            s3_endpoint=f"127.0.0.1:{self.storage_port}",
            s3_key_id="key",
            s3_secret=_KEY,
            s3_use_ssl=False,
            **others,
        )

    def environment(self, settings):
        """The environment of a process of a machine."""
        named = {
            name: getattr(settings, name)
            for name in ("workspace", "public_record", "data", "s3_endpoint", "s3_key_id")
        }
        named |= {"s3_use_ssl": "false", "catalogue": settings.catalogue.text}
        named["s3_secret"] = settings.s3_secret.text
        said = {f"CLUSTER_REVIEW_{name.upper()}": str(value) for name, value in named.items()}
        return os.environ | said | {"LANG": "C.UTF-8"}

    def address(self, name):
        """Of a database, for its superuser."""
        return f"postgresql://{self.superuser}@127.0.0.1:{self.database_port}/{name}"

    def ask(self, settings, sql, *given):
        """Ask the database of a machine, past the product."""
        address = settings.catalogue.text
        with psycopg.connect(address, autocommit=True) as connection:
            found = connection.execute(sql, given)
            return found.fetchall() if found.description else []

    def cut(self, settings):
        """End every connection to the database of a machine; returns how many there were."""
        name = settings.catalogue.text.rpartition("/")[2]
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            ended = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            return len(ended.fetchall())

    def stop_storage(self):
        """What was stored is gone with it: it keeps everything in memory."""
        self.storage.kill()
        self.storage.wait()


@pytest.fixture(scope="session")
def shared_servers():
    """Both servers, until the tests are done."""
    with running() as servers:
        yield servers


@pytest.fixture
def machines(shared_servers, tmp_path):
    """Settings of two machines that share a record."""
    one = shared_servers.settings(tmp_path / "one")
    return one, evolve(one, workspace=tmp_path / "two")


@pytest.fixture
def impatient(monkeypatch):
    """What does not answer is waited for no longer than a second."""
    monkeypatch.setattr(patience, "_AWAY_S", 1)


@contextmanager
def running():
    """Both servers, until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="cluster-review-servers-"))
    database = storage = None
    try:
        database_port, storage_port = free_port(), free_port()
        database = _start_database(folder, database_port)
        storage = start_storage(storage_port)
        _await(lambda: psycopg.connect(f"postgresql://review@127.0.0.1:{database_port}/postgres"))
        make_bucket(storage_port)
        yield Servers(database_port, storage_port, storage, folder)
    finally:
        for process in filter(None, (database, storage)):
            process.send_signal(signal.SIGINT if process is database else signal.SIGKILL)
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def database_programs():
    """The folder of PostgreSQL's programs.

    Raises:
        FileNotFoundError: there is none.
    """
    for root in (Path("/"), _UNPACKED):
        found = sorted((root / "usr/lib/postgresql").glob("*/bin/postgres"))
        if found:
            return found[-1].parent
    raise FileNotFoundError("No PostgreSQL: bash tests/store/install_postgresql.sh")


def _start_database(folder, port):
    """It refuses to run as root: then it runs as nobody."""
    programs, data = database_programs(), folder / "data"
    data.mkdir(mode=0o700)
    command, environment = [], dict(os.environ)
    if programs.is_relative_to(_UNPACKED):
        folders = {str(path.parent) for path in _UNPACKED.glob("**/lib*.so.*")}
        environment["LD_LIBRARY_PATH"] = ":".join(sorted(folders))
    if os.geteuid() == 0:
        folder.chmod(0o711)
        os.chown(data, _NOBODY, _NOBODY)
        command = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
    made = [programs / "initdb", "-D", data, "-U", "review", "-A", "trust", "-E", "UTF8"]
    more = ["--locale=C", "--no-sync"]
    subprocess.run(
        [*command, *made, *more], check=True, cwd="/", env=environment, stdout=subprocess.DEVNULL
    )
    options = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off")
    return subprocess.Popen(
        [
            *(*command, programs / "postgres", "-D", data, "-p", str(port)),
            *(part for option in options for part in ("-c", option)),
        ],
        cwd="/",
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "log").open("wb"),
    )


def start_storage(port):
    """The S3 server on a port, empty."""
    return subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def make_bucket(port):
    """Make the bucket as soon as the server answers."""
    _await(lambda: urlopen(Request(f"http://127.0.0.1:{port}/{BUCKET}", method="PUT")))


def _await(answers):
    """Wait until a server answers; the last refusal is raised if it never does."""
    until = time.monotonic() + _START_S
    while True:
        try:
            answers().close()
            return
        except (psycopg.OperationalError, HTTPError, URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)  # nobody says when a server is there


@pytest.fixture(name="free_port")
def _free_port():
    return free_port()
