"""What commands and servers cost: seconds, processor seconds and memory, as Linux counts them."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import ServingFailed
from dashboard.i18n import gettext as _
from dashboard.settings import PROJECT_ROOT

_START_S = 180
_MIB = 1024


@dataclass(frozen=True)
class Cost:
    """Of one command with all that it started."""

    seconds: float
    cpu_s: float
    peak_mb: float
    """Of its largest process, in MiB."""
    said: str


def run_command(arguments: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Run a command of the product to its end.

    Raises:
        ServingFailed: it ended with another status than 0.
    """
    begun = time.perf_counter()
    # Of this process alone, so that what ran before does not count.
    watched = [sys.executable, "-m", "dashboard.benchmark.processes", *arguments]
    done = subprocess.run(  # noqa: S603 - our own commands
        watched,
        cwd=PROJECT_ROOT,
        env=_as_installed(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - begun
    if done.returncode:
        raise ServingFailed(
            "What was to be measured did not work",
            f"{' '.join(arguments)}: {(done.stdout + done.stderr)[-2000:]}",
            _("Let it run by itself, and mend what it says."),
        )
    _rest, _line, noted = done.stderr.rstrip("\n").rpartition("\n")
    inner_s, cpu_s, peak_kb = map(float, noted.split())
    return Cost(min(seconds, inner_s), cpu_s, peak_kb / _MIB, done.stdout)


def _as_installed(environment: Mapping[str, str]) -> dict[str, str]:
    """Python keeps what it compiled, as it does unless it is told otherwise."""
    return {**os.environ, **environment, "PYTHONDONTWRITEBYTECODE": ""}


def cpu_seconds(processes: Sequence[int]) -> float:
    """What processes have used of the processors up to now; of those that have ended, nothing."""
    ticks = 0
    for number in processes:
        try:
            fields = Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue  # nginx has one that only reads its cache at the start
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident_mb(processes: Sequence[int]) -> float:
    """What processes hold in memory, in MiB."""
    pages = sum(int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in processes)
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def tree_of(parent: int) -> list[int]:
    """A process and all that it started, directly or not."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(") ")[2].split()
        except OSError:
            continue  # ended meanwhile
        children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found = [parent]
    for number in found:
        found.extend(children.get(number, ()))
    return found


@contextmanager
def server(
    port: int, workers: int, environment: Mapping[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    """The product, serving on this machine, ended behind the block.

    Raises:
        ServingFailed: it ended before it served.
    """
    command = [sys.executable, "-m", "dashboard", "serve", "--public", "--port", str(port)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--workers", str(workers)],
            cwd=PROJECT_ROOT,
            env=_as_installed(environment),
            stdout=log,
            stderr=log,
        )
        try:
            _await(process, port, log.fileno())
            yield process
        finally:
            process.terminate()
            process.wait()


def _await(process: "subprocess.Popen[bytes]", port: int, log: int) -> None:
    import http.client

    last = time.monotonic() + _START_S
    while process.poll() is None and time.monotonic() < last:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            pass  # it listens later
        finally:
            connection.close()
        time.sleep(0.1)
    raise ServingFailed(
        "What was to be measured did not work",
        os.pread(log, 4000, 0).decode(errors="replace"),
        _("Let it run by itself, and mend what it says."),
    )


def _watch(arguments: Sequence[str]) -> int:
    """Run a command of the product, then note on standard error what it took."""
    begun = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "-m", "dashboard", *arguments], check=False
    )
    seconds = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    print(f"\n{seconds} {cpu} {used.ru_maxrss}", file=sys.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(_watch(sys.argv[1:]))
