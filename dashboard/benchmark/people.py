"""Pages under load: what a run costs and sends, and how long people wait when many are there."""

import asyncio
import random
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass

from dashboard.benchmark.processes import cpu_seconds, resident_mb
from dashboard.benchmark.sessions import Run, Session, session

_SHOWN = {"region": "KR-27", "year": "2019", "lang": "en"}
"""Of what pages are opened one after the other."""
_VIEWS = (
    _SHOWN,
    {"region": "KR-30", "year": "2019", "lang": "ko"},
    {"region": "KR-27", "year": "2018", "lang": "ko"},
    {"region": "KR-11", "year": "2024", "lang": "ko"},
    {"region": "KR-26", "year": "2019", "lang": "ko", "compare": "KR-27"},
    {"region": "KR-50", "year": "2016", "lang": "en"},
)
"""Of what people open them, each of one."""
_TOGETHER = 20
"""So many sessions are opened at a time: a crowd does not come in one moment."""
_MEMORY_STEPS = 5
_AT_ONCE = 4
"""So many sessions run while memory is watched, so that the server never waits for one."""


@dataclass(frozen=True)
class PageCost:
    """Of one page, opened and then run again with nothing changed."""

    path: str
    open_cpu_ms: float
    """Of its first run in this process, by which what it shows is computed."""
    open_messages: int
    open_bytes: int
    rerun_cpu_ms: float
    rerun_messages: int
    rerun_bytes: int
    failures: int


@dataclass(frozen=True)
class Waiting:
    """How long runs took, from what was asked to the end of the script."""

    people: int
    think_s: float
    runs: int
    runs_per_s: float
    median_ms: float
    p95_ms: float
    p99_ms: float
    worst_ms: float
    failures: int
    server_cores: float
    """Processors that the server used."""
    client_cores: float
    """Processors that the people took, which the server did not have."""


async def page_costs(
    address: str, processes: Sequence[int], paths: Sequence[str], reruns: int
) -> list[PageCost]:
    """What each page costs one process, one after the other."""
    found = []
    for path in paths:
        async with session(address) as page:
            before = cpu_seconds(processes)
            opened = await page.open(path, _SHOWN)
            after = cpu_seconds(processes)
            runs = [await page.again()]  # the first again fills what is kept for all others
            warm = cpu_seconds(processes)
            runs += [await page.again() for _time in range(reruns)]
            spent = cpu_seconds(processes) - warm
        found.append(
            PageCost(
                path,
                (after - before) * 1000,
                opened.messages,
                opened.message_bytes,
                spent / reruns * 1000,
                runs[-1].messages,
                runs[-1].message_bytes,
                sum(len(run.failures) for run in (opened, *runs)),
            )
        )
    return found


async def waiting(
    address: str,
    processes: Sequence[int],
    paths: Sequence[str],
    people: int,
    think_s: float,
    seconds: float,
) -> Waiting:
    """How long people wait, who look at all pages of their view in turn and think in between.

    Args:
        address: of the server.
        processes: those of the server, whose processors are counted.
        paths: of the pages.
        people: how many sessions.
        think_s: seconds between the actions of one of them, on average; 0: as fast as it goes.
        seconds: how long, after all have come.
    """
    runs: list[Run] = []
    async with AsyncExitStack() as stack:
        pages: list[Session] = []
        for start in range(0, people, _TOGETHER):
            group = range(start, min(people, start + _TOGETHER))
            new = [await stack.enter_async_context(session(address)) for _one in group]
            # What is computed once for all must not count as waiting, in whichever process.
            for path in paths:
                opened = (page.open(path, _view(n)) for n, page in zip(group, new, strict=True))
                await asyncio.gather(*opened)
            pages += new
        begun, own = time.perf_counter(), time.process_time()
        used = cpu_seconds(processes)
        await asyncio.gather(
            *(
                _look(page, number, paths, think_s, begun + seconds, runs)
                for number, page in enumerate(pages)
            )
        )
        took = time.perf_counter() - begun
        server = (cpu_seconds(processes) - used) / took
        client = (time.process_time() - own) / took
    return _summed(runs, people, think_s, took, server, client)


def _view(number: int) -> dict[str, str]:
    """What is shown to a person."""
    return _VIEWS[number % len(_VIEWS)]


async def _look(
    page: Session, number: int, paths: Sequence[str], think_s: float, last: float, runs: list[Run]
) -> None:
    """One person: half of what is done changes nothing but what is on the page, half goes on."""
    lots = random.Random(number)  # noqa: S311 - the same people every time
    where = number
    await asyncio.sleep(lots.uniform(0, think_s))
    while time.perf_counter() < last:
        if lots.random() < 0.5:
            runs.append(await page.again())
        else:
            where += 1
            runs.append(await page.open(paths[where % len(paths)], _view(number)))
        await asyncio.sleep(lots.uniform(0.5, 1.5) * think_s)


def _summed(
    runs: Sequence[Run], people: int, think_s: float, took: float, server: float, client: float
) -> Waiting:
    times = sorted(run.seconds * 1000 for run in runs) or [0.0]

    def at(share: float) -> float:
        return times[min(len(times) - 1, int(share * len(times)))]

    return Waiting(
        people,
        think_s,
        len(runs),
        len(runs) / took,
        statistics.median(times),
        at(0.95),
        at(0.99),
        times[-1],
        sum(bool(run.failures) for run in runs),
        server,
        client,
    )


async def memory(
    address: str, processes: Callable[[], Sequence[int]], paths: Sequence[str], reruns: int
) -> list[dict[str, float]]:
    """What a server holds in memory (MiB) after so many runs, in steps; sessions come and go."""
    held, done = [], 0
    for step in range(_MEMORY_STEPS + 1):
        held.append({"runs": done, "mb": resident_mb(processes())})
        if step == _MEMORY_STEPS:
            break
        last = round(reruns * (step + 1) / _MEMORY_STEPS)
        async with AsyncExitStack() as stack:
            pages = [await stack.enter_async_context(session(address)) for _at in range(_AT_ONCE)]
            while done < last:
                now = range(done, min(done + _AT_ONCE, last))
                opened = (
                    page.open(paths[n % len(paths)], _view(n // len(paths)))
                    for n, page in zip(now, pages, strict=False)
                )
                await asyncio.gather(*opened)
                done = now.stop
    return held


def as_record(measured: Sequence[PageCost] | Waiting) -> object:
    """What was measured, as JSON holds it."""
    if isinstance(measured, Waiting):
        return asdict(measured)
    return [asdict(one) for one in measured]
