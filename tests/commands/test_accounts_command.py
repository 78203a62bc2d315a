"""`accounts` and `log` as whoever runs the server types them."""

import json

import pytest

from dashboard.__main__ import main
from dashboard.access import DESK
from dashboard.identity.accounts import open_accounts
from dashboard.settings import Settings


@pytest.fixture
def settings(process_settings, tmp_path):
    return process_settings(Settings(workspace=tmp_path))


def test_the_first_administrator_is_made_and_the_log_says_so(settings, capsys):
    granted = ["accounts", "grant", "Choi@Daegu.go.kr", "administrator", "--name", "Choi"]
    assert main(granted) == 0
    assert main(["accounts", "grant", "kim@daegu.go.kr", "official", "--region", "KR-27"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "kim@daegu.go.kr: Official · Daegu"
    assert main(["accounts", "list"]) == 0
    listed = capsys.readouterr().out
    assert "choi@daegu.go.kr" in listed
    assert "KR-27" in listed

    assert main(["accounts", "end-sessions", "kim@daegu.go.kr"]) == 0
    assert main(["accounts", "withdraw", "kim@daegu.go.kr"]) == 0
    assert [one.account for one in open_accounts(settings).all(DESK)] == ["choi@daegu.go.kr"]

    capsys.readouterr()
    assert main(["log", "--format", "json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["kind"], line["facts"]["account"]) for line in lines] == [
        ("withdrawn", "kim@daegu.go.kr"),
        ("sessions_ended", "kim@daegu.go.kr"),
        ("granted", "kim@daegu.go.kr"),
        ("granted", "choi@daegu.go.kr"),
    ]
    assert main(["log", "--verify"]) == 0
    assert capsys.readouterr().out.startswith(f"{lines[0]['digest']}  accounts\n")
    assert main(["log", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("Time in Korea,Who,What,")
    assert main(["log"]) == 0
    assert "Account given a role · kim@daegu.go.kr · Official · Daegu" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong", [("kim@daegu.go.kr", "judge"), ("kim@daegu.go.kr", "official"), (" ", "auditor")]
)
def test_what_cannot_be_granted_is_wrong_usage(settings, wrong):
    assert main(["accounts", "grant", *wrong]) == 2
    assert open_accounts(settings).all(DESK) == []
