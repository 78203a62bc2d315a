"""A page that is run once more with nothing changed makes nothing anew and sends little."""

import asyncio
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboard.benchmark.sessions import session
from dashboard.content.pages import PAGES
from dashboard.serving.ports import free_port
from tests.browser.conftest import _wait_for_health

PROJECT_ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("counted_server.py")
MOST = {"rankings": (80, 18_000)}
"""Messages and bytes of a rerun of pages that have more to choose than others."""
OF_ANY_PAGE = (64, 13_000)


@pytest.fixture(scope="module")
def counted(tmp_path_factory, built_copy):
    """Address of a server with the record that ships, and the file of what it did anew."""
    folder = tmp_path_factory.mktemp("counted")
    made, file = built_copy(folder / "workspace", True), folder / "counted"
    with served(folder, made, file) as (address, _server):
        yield address, file


@contextmanager
def served(folder, made, file, **more):
    """Address and process of a server that notes what it does anew."""
    port = free_port()
    file.touch()
    told = {
        "CLUSTER_REVIEW_WORKSPACE": str(made.workspace),
        "CLUSTER_REVIEW_PUBLIC_RECORD": str(made.public_record),
        "COUNTED": str(file),
        **more,
    }
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, str(PROGRAM), "serve", "--port", str(port)],
            cwd=PROJECT_ROOT,
            env=os.environ | told,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    _wait_for_health(port, server)
    yield f"http://127.0.0.1:{port}", server
    server.terminate()
    server.wait(timeout=30)


def run(opening):
    """Run it in a thread of its own: where a test drove a browser, this one has a loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, opening).result()


def test_a_rerun_without_a_change_makes_nothing_anew_and_sends_little(counted):
    address, file = counted

    async def reruns():
        found = {}
        async with session(address) as reader:
            for path in PAGES:
                first = await reader.open(path)
                assert not first.failures, path
                await reader.again()
                before = file.read_text().splitlines()
                last = await reader.again()
                anew = file.read_text().splitlines()[len(before) :]
                found[path] = (anew, last.messages, last.message_bytes)
        return found

    found = run(reruns())
    assert {path: anew for path, (anew, _messages, _bytes) in found.items() if anew} == {}
    assert {"_asked", "draft", "_report", "plotly_figure"} <= {*file.read_text().split()}
    for path, (_anew, messages, sent) in found.items():
        most_messages, most_bytes = MOST.get(path, OF_ANY_PAGE)
        assert messages <= most_messages, path
        assert sent <= most_bytes, path


def test_the_same_view_of_another_reader_makes_nothing_anew(counted):
    """What is made of a view is of all who may see the same."""
    address, file = counted

    async def opened_twice():
        async with session(address) as one:
            first = await one.open("compare", {"region": "KR-26", "lang": "en"})
        before = len(file.read_text().splitlines())
        async with session(address) as other:
            second = await other.open("compare", {"region": "KR-26", "lang": "en"})
        assert [one.WhichOneof("type") for one in first.elements] == [
            one.WhichOneof("type") for one in second.elements
        ]
        return file.read_text().splitlines()[before:]

    assert run(opened_twice()) == []


def test_a_server_that_is_interrupted_while_it_composes_ahead_ends_well(tmp_path, built_copy):
    """Told so by Ctrl+C, in the middle of a question to the database: it aborted there."""
    made, file = built_copy(tmp_path / "workspace", True), tmp_path / "counted"

    def drafts():
        return file.read_text().splitlines().count("draft")

    with served(tmp_path, made, file, CLUSTER_REVIEW_LOOK_AHEAD_YEARS="4") as (address, server):

        async def interrupted():
            async with session(address) as reader:
                await reader.open("", {"region": "KR-26", "year": "2017"})
                shown = drafts()
                async with asyncio.timeout(60):
                    while drafts() < shown + 2:
                        await asyncio.sleep(0.01)
                server.send_signal(signal.SIGINT)

        run(interrupted())
        # Nothing, or the signal, as it came while the server waited or worked; no abort.
        assert server.wait(timeout=30) in (0, 128 + signal.SIGINT)
    assert "terminate called" not in (tmp_path / "server.log").read_text("utf-8")
