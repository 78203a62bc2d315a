"""The command `serve --workers N`: starts the processes and the balancer, and keeps them going."""

import http.client
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from filelock import FileLock, Timeout
from prometheus_client.multiprocess import mark_process_dead

from dashboard.errors import ServingFailed
from dashboard.i18n import gettext as _
from dashboard.serving.balancer import Balancer
from dashboard.serving.child import start_child
from dashboard.serving.endings import MOST, WITHIN_S, Endings
from dashboard.serving.ports import port_taken
from dashboard.settings import PROJECT_ROOT, Settings

_log = logging.getLogger(__name__)
_START_S, _STOP_S = 180, 20
"""How long a process may take to be ready, and to end."""
_TOO_MANY = {"count": MOST, "minutes": WITHIN_S // 60}
_STATE = "serving.json"


class Stage(Enum):
    """How far a process is: it starts, takes whoever comes, or keeps whom it has."""

    STARTING = auto()
    SERVING = auto()
    LEAVING = auto()


@dataclass
class Worker:
    """One process that serves."""

    name: str
    process: "subprocess.Popen[bytes]"
    begun: float
    is_of_reload: bool
    """Whether it waits for others with whom it takes the place of those that serve."""
    stage: Stage = Stage.STARTING


@dataclass(frozen=True)
class Asked:
    """What was asked of the command."""

    count: int
    address: str
    port: int
    base: str
    grace_minutes: float
    """After a reload, how long a former process keeps pages that stay open."""


class Workers:
    """The processes of one port, and the balancer in front of them.

    Raises:
        UsageError: nginx is not installed.
    """

    def __init__(self, settings: Settings, asked: Asked) -> None:
        self._settings = settings
        self._asked = asked
        self._folder = folder_of(settings, asked.port)
        self._workers: list[Worker] = []
        self._made = 0
        self._awaited = 0
        self._reloads = self._refusals = 0
        self._deaths, self._balancer_ends = Endings(), Endings()
        self._balancer_due = 0.0
        """When the balancer that ended is started again; 0: it was not seen to end."""
        self._signals: set[int] = set()
        self._builder: subprocess.Popen[bytes] | None = None
        self._balancer = Balancer(settings, self._folder, asked.address, asked.port, asked.base)

    def run(self) -> None:
        """Serve until told to stop (SIGTERM, SIGINT); at SIGHUP by new processes.

        Raises:
            UsageError: another command serves on the port.
            ServingFailed: the processes did not start, all of them ended, or the balancer does not
                go on.
        """
        self._folder.mkdir(mode=0o700, exist_ok=True)
        try:
            with FileLock(self._folder / "lock", timeout=0):
                self._serve()
        except Timeout:
            raise port_taken(str(self._asked.port)) from None

    def _serve(self) -> None:
        _empty(self._folder)
        (self._folder / "metrics").mkdir()
        os.chdir(self._folder)  # a socket has a short name then, wherever the workspace is
        wake = self._listen_to_signals()
        try:
            for _count in range(self._asked.count):
                self._start(is_of_reload=False)
            self._await_start(wake)
            address = f"http://{self._asked.address}:{self._asked.port}{self._asked.base}/"
            print(f"Cluster Review: {address}", flush=True)
            while not self._signals & {signal.SIGTERM, signal.SIGINT}:
                self._look_after()
                _wait(wake)
        finally:
            self._stop()

    # ---- Starting

    def _start(self, is_of_reload: bool) -> None:
        self._made += 1
        name = f"w{self._made}"
        asked = self._asked
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(f"{name}.sock")
            listening.listen(2048)
            listening.setblocking(False)
            program = [sys.executable, "-m", "dashboard.serving.worker", name]
            process = start_child(
                [
                    *program,
                    *(str(listening.fileno()), str(asked.port), asked.address),
                    *(asked.base, str(asked.grace_minutes)),
                ],
                cwd=PROJECT_ROOT,
                keep=[listening.fileno()],
                environment={"PROMETHEUS_MULTIPROC_DIR": str(self._folder / "metrics")},
            )
        self._workers.append(Worker(name, process, time.monotonic(), is_of_reload))

    def _await_start(self, wake: int) -> None:
        while any(worker.stage is Stage.STARTING for worker in self._workers):
            ended = [worker for worker in self._workers if worker.process.poll() is not None]
            if ended or any(map(_is_late, self._workers)):
                raise ServingFailed(
                    "The processes do not start",
                    _("One of {count} ended or was not ready in time.").format(
                        count=self._asked.count
                    ),
                    _("What it says stands above. Try one alone: serve --workers 1"),
                )
            if self._signals & {signal.SIGTERM, signal.SIGINT}:
                return
            for worker in self._workers:
                if worker.stage is Stage.STARTING and _is_ready(worker.name):
                    worker.stage = Stage.SERVING
            _wait(wake, 0.1)
        self._share()
        while not self._balancer.is_listening():
            if self._balancer.has_ended:
                raise ServingFailed(
                    "The balancer does not start",
                    f"nginx: {self._settings.balancer}",
                    _("What it says stands above. Try one process: serve --workers 1"),
                )
            _wait(wake, 0.1)

    # ---- While they serve

    def _look_after(self) -> None:
        """Replace what ended, and let those that are ready take part."""
        changed = self._bury()
        for worker in self._workers:
            if worker.stage is Stage.STARTING and not worker.is_of_reload:
                if _is_ready(worker.name):
                    worker.stage, changed = Stage.SERVING, True
                elif _is_late(worker):
                    worker.process.kill()
        changed |= self._go_on_with_reload()
        if changed or self._is_balancer_due():
            self._share()
        if signal.SIGHUP in self._signals and not self._is_reloading():
            self._signals.discard(signal.SIGHUP)
            _log.warning("New processes start, and take the place of those that serve")
            self._builder = start_child(
                [sys.executable, "-m", "dashboard", "build"], cwd=PROJECT_ROOT
            )
        if not any(worker.stage is not Stage.LEAVING for worker in self._workers):
            raise ServingFailed(
                "No process serves any more",
                _("{count} ended within {minutes} minutes.").format(**_TOO_MANY),
                _("What they said stands above. Try one alone: serve --workers 1"),
            )

    def _is_balancer_due(self) -> bool:
        """Whether the balancer ended and is to be started again: later each time."""
        if not self._balancer.has_ended:
            return False
        if not self._balancer_due:
            _log.error("The balancer ended")
            self._balancer_ends.note()
            if self._balancer_ends.are_too_many:
                raise ServingFailed(
                    "The balancer does not go on",
                    _("It ended {count} times within {minutes} minutes.").format(**_TOO_MANY),
                    _("What it says stands above. Try one process: serve --workers 1"),
                )
            self._balancer_due = time.monotonic() + self._balancer_ends.pause_s
        return time.monotonic() >= self._balancer_due

    def _bury(self) -> bool:
        """Take out those that ended; whether the balancer has to know."""
        ended = [worker for worker in self._workers if worker.process.poll() is not None]
        for worker in ended:
            self._workers.remove(worker)
            Path(f"{worker.name}.sock").unlink(missing_ok=True)
            mark_process_dead(worker.process.pid, str(self._folder / "metrics"))  # type: ignore[no-untyped-call]
            if worker.stage is Stage.LEAVING or worker.is_of_reload:
                continue
            status = worker.process.returncode
            _log.error("Process %s ended with status %s", worker.name, status)
            self._deaths.note()
            if self._deaths.are_too_many:
                _log.error("No other is started: too many ended. The rest serve on")
            else:
                self._start(is_of_reload=False)
        return any(worker.stage is not Stage.STARTING for worker in ended)

    def _is_reloading(self) -> bool:
        return self._builder is not None or any(one.is_of_reload for one in self._workers)

    def _go_on_with_reload(self) -> bool:
        """The record is brought up to date, the new processes start, then take over."""
        if self._builder is not None and self._builder.poll() is not None:
            if self._builder.returncode:  # said already; the former build stays in force
                _log.warning("The build was refused")
            self._builder = None
            for _count in range(self._asked.count):
                self._start(is_of_reload=True)
            self._awaited = self._asked.count
            return False
        new = [worker for worker in self._workers if worker.is_of_reload]
        if not self._awaited:
            return False
        if len(new) < self._awaited or any(map(_is_late, new)):
            for worker in new:
                worker.process.kill()
            self._awaited = 0
            self._refusals += 1
            _log.error("A new process did not start: those that served serve on")
            self._note()
            return False
        if not all(_is_ready(worker.name) for worker in new):
            return False
        former = [worker for worker in self._workers if worker not in new]
        for worker in former:
            if worker.stage is Stage.SERVING:
                worker.stage = Stage.LEAVING
                worker.process.send_signal(signal.SIGUSR1)
            elif worker.stage is Stage.STARTING:
                worker.stage = Stage.LEAVING
                worker.process.terminate()
        for worker in new:
            worker.stage, worker.is_of_reload = Stage.SERVING, False
        self._awaited = 0
        self._reloads += 1
        _log.warning("New processes serve; the former ones end when their pages are closed")
        return True

    def _share(self) -> None:
        serving = [one.name for one in self._workers if one.stage is Stage.SERVING]
        leaving = [one.name for one in self._workers if one.stage is Stage.LEAVING]
        if serving:
            self._balancer.share_among(serving, leaving)
            self._balancer_due = 0.0
        self._note()

    def _note(self) -> None:
        """Say how it stands to `reload`."""
        noted = {"pid": os.getpid(), "reloads": self._reloads, "refusals": self._refusals}
        draft = Path(f"{_STATE}.draft")
        draft.write_text(json.dumps(noted), "utf-8")
        draft.replace(_STATE)

    # ---- Ending

    def _listen_to_signals(self) -> int:
        """Note signals; the descriptor can be read when one came."""
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, lambda number, _frame: self._signals.add(number))
        return reader

    def _stop(self) -> None:
        """End everything that was started."""
        balancer = self._balancer.process
        running = [worker.process for worker in self._workers]
        running += [process for process in (balancer, self._builder) if process is not None]
        for process in running:
            process.terminate()
        last = time.monotonic() + _STOP_S
        for process in running:
            try:
                process.wait(max(0.1, last - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        _empty(self._folder)


def folder_of(settings: Settings, port: int) -> Path:
    """The folder of the processes that serve on a port: sockets, configuration, numbers."""
    return settings.workspace / f"serving-{port}"


def state_of(folder: Path) -> dict[str, int] | None:
    """What the processes of a folder noted last: `pid`, `reloads`, `refusals`; None: none run."""
    try:
        with FileLock(folder / "lock", timeout=0):
            return None
    except Timeout:
        pass
    except OSError:
        return None
    try:
        noted: dict[str, int] = json.loads((folder / _STATE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return noted


def _empty(folder: Path) -> None:
    """Remove what an earlier run left, but the lock."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.name != "lock":
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def _wait(wake: int, seconds: float = 0.5) -> None:
    """Until a signal comes, or so long."""
    if select.select([wake], [], [], seconds)[0]:
        os.read(wake, 4096)


def _is_late(worker: Worker) -> bool:
    return worker.stage is Stage.STARTING and time.monotonic() > worker.begun + _START_S


class _OverSocket(http.client.HTTPConnection):
    """HTTP over a socket of this machine, relative to the working directory."""

    def connect(self) -> None:
        """Connect to the socket that is named in place of the host."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(f"{self.host}.sock")


def _is_ready(name: str) -> bool:
    """Whether a process answers that it can be asked."""
    connection = _OverSocket(name, timeout=2)
    try:
        connection.request("GET", "/readyz", headers={"Host": "127.0.0.1"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
