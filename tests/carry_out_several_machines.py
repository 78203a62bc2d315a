"""Carries docs/several_machines.md out on this machine, and says what it saw.

    .venv/bin/python -m tests.carry_out_several_machines

Two dashboards with a folder each share Debian's PostgreSQL and an S3 server, all on loopback and
in folders of their own, which are gone afterwards. It needs what `make dev-venv browser` installs.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from attrs import evolve

from dashboard.serving.ports import free_port
from dashboard.settings import PROJECT_ROOT
from dashboard.store.batches import in_force
from dashboard.store.lake import Lake
from dashboard.store.ledger import Ledger
from tests.shared_servers import running

_PATIENCE_S = 180
_KEYS = ("ledger.key", "visits.key", "cookie.key")
_FILE = "metric,year,region,value\nforeign_patients,2031,KR-27,{value}\n"


def say(text):
    """One line of what is done or was seen."""
    print(text, flush=True)


def dashboard(environment, *words):
    """Run a command of a machine; returns what it printed."""
    command = [sys.executable, "-m", "dashboard", *words]
    done = subprocess.run(
        command, cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def serve(environment, port):
    """Start a server in a process group of its own."""
    command = [sys.executable, "-m", "dashboard", "serve", "--port", str(port)]
    return subprocess.Popen(
        command,
        cwd=PROJECT_ROOT,
        env=environment | {"CLUSTER_REVIEW_FOLLOW_SECONDS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def build_of(port):
    """Build and snapshot that a server shows; empty while it does not answer."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            lines = answer.read().decode().splitlines()
    except (URLError, ConnectionError):
        return ""
    return next((one for one in lines if one.startswith("cluster_review_build_info{")), "")


def await_same(ports, former=""):
    """Wait until all servers show one build, another than the former."""
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        shown = {build_of(port) for port in ports}
        if len(shown) == 1 and shown != {former} and shown != {""}:
            return shown.pop()
        time.sleep(0.5)
    raise SystemExit(f"FAILED: {shown}")


def require(holds, what):
    """Say what was seen, or end."""
    if not holds:
        raise SystemExit(f"FAILED: {what}")
    say(f"   {what}")


def main(folder, servers):
    """Carry it out."""
    one = servers.settings(folder / "one")
    two = evolve(one, workspace=folder / "two")
    environments = [servers.environment(one), servers.environment(two)]
    ports = [free_port(), free_port()]
    say("1. Three keys, the same on both machines")
    for machine in (one, two):
        machine.workspace.mkdir(mode=0o700)
    for name in _KEYS:
        key = os.urandom(32).hex()
        for machine in (one, two):
            (machine.workspace / name).write_text(key)
            (machine.workspace / name).chmod(0o600)
    say("2. Two dashboards start at once on an empty database and bucket")
    processes = [serve(*pair) for pair in zip(environments, ports, strict=True)]
    try:
        build = await_same(ports)
        require(len(Lake(one).batches()) == 1, "the record was taken in once; both show one build")
        say("3. Hand in on one machine")
        file = folder / "a.csv"
        file.write_text(_FILE.format(value=1))
        dashboard(environments[1], "intake", "observations", str(file), "--by", "Kim")
        build = await_same(ports, build)
        require(True, "both show the build of what the second took in")
        say("4. Kill one dashboard and all its processes while a file is handed in there")
        file.write_text(_FILE.format(value=2))
        intake = subprocess.Popen(
            [sys.executable, "-m", "dashboard", "intake", "observations", str(file), "--by", "Kim"],
            cwd=PROJECT_ROOT,
            env=environments[0],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(2)
        intake.kill()
        os.killpg(processes[0].pid, signal.SIGKILL)
        processes[0].wait()
        require(build_of(ports[1]) != "", "the other goes on")
        ended = servers.cut(one)
        require(ended > 0, f"{ended} connections to the database were ended, too")
        dashboard(environments[1], "intake", "observations", str(file), "--by", "Lee")
        rows = Lake(two).current_rows("observations").to_pylist()
        values = [row["value"] for row in rows if row["year"] == "2031"]
        require(values == ["2"], "what was handed in is there, once")
        say("5. The killed one starts again")
        processes[0] = serve(environments[0], ports[0])
        await_same(ports)
        names = [batch.batch_id for batch in in_force(Lake(one).batches())]
        require(len(names) == len(set(names)), "both show one build again")
        ledger = Ledger(two)
        count = sum(len(ledger.verify(stream)) for stream in ledger.streams())
        require(count > 0, f"{count} entries of the log follow from each other")
        say("6. doctor")
        found = dashboard(environments[1], "doctor", "--port", str(free_port()))
        require("FATAL" not in found, "doctor looked at both")
        say(found.strip())
    finally:
        for process in processes:
            process.kill()
            process.wait()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made, running() as both:
        main(Path(made), both)
