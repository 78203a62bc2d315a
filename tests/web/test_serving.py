"""What `serve --workers` decides about what it starts, without starting any of it."""

import subprocess
from types import SimpleNamespace

import pytest

from dashboard.errors import ServingFailed
from dashboard.proxied import OneOfSeveral
from dashboard.serving import endings, workers
from dashboard.serving.workers import Asked, Stage, Worker, Workers
from dashboard.settings import Settings


class BrokenBalancer:
    """One that ends as soon as it is started."""

    def __init__(self, *_asked):
        self.starts = 0
        self.has_ended = False
        self.process = SimpleNamespace(returncode=1)

    def share_among(self, _serving, _leaving):
        self.starts += 1
        self.has_ended = True


@pytest.fixture
def clock(monkeypatch):
    """The time, which goes on by what is added to it."""
    now = SimpleNamespace(s=1000.0)
    monkeypatch.setattr(endings.time, "monotonic", lambda: now.s)
    return now


def test_a_balancer_that_ends_again_and_again_is_started_later_each_time_and_then_no_more(
    tmp_path, monkeypatch, clock
):
    monkeypatch.setattr(workers, "Balancer", BrokenBalancer)
    monkeypatch.chdir(tmp_path)
    serving = Workers(Settings(workspace=tmp_path), Asked(1, "127.0.0.1", 8501, "", 30))
    process = subprocess.Popen(["true"])
    process.poll = lambda: None
    serving._workers.append(Worker("w1", process, 0, is_of_reload=False, stage=Stage.SERVING))
    serving._share()
    started_at = []

    def go_on():
        while clock.s < 1050:
            before = serving._balancer.starts
            serving._look_after()
            if serving._balancer.starts > before:
                started_at.append(clock.s - 1000)
            clock.s += 0.5

    with pytest.raises(ServingFailed, match="The balancer does not go on"):
        go_on()
    # At once, then after 1, 3 and 7 seconds; the fifth end is the last.
    assert started_at == [0, 1.5, 5, 12.5]
    process.wait()


def test_a_balancer_that_ended_long_ago_is_started_at_once(clock):
    ended = endings.Endings()
    for _day in range(10):
        ended.note()
        assert (ended.pause_s, ended.are_too_many) == (0, False)
        clock.s += 86_400


def test_a_browser_that_closed_its_pages_is_counted_no_more():
    process = OneOfSeveral("w1")
    for number in range(3):
        with process.open_page(f"visit {number}"), process.open_page(f"visit {number}"):
            assert process.pages == 2
    assert (process.pages, len(process._open)) == (0, 0)
