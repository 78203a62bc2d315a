"""Codes of the practice round are open to everybody: outside it they make nobody more."""

from types import SimpleNamespace

import pytest

from dashboard.access import Action, may
from dashboard.errors import AccessDenied
from dashboard.identity.rates import Rates
from dashboard.judging import sign_in as sign_in_module
from dashboard.judging.judging import Judging
from dashboard.settings import Settings
from dashboard.ui import noting, reader
from dashboard.ui.review_room import rounds_list, signed_in


@pytest.fixture
def as_judge(monkeypatch, tmp_path):
    """Makes the reader one with a code of the practice round, at a server of this sign-in."""
    monkeypatch.setattr(sign_in_module, "_COST", 2)

    def come(sign_in):
        settings = Settings(workspace=tmp_path, sign_in=sign_in)
        judging = Judging(settings)
        judging.practice.open()
        code = judging.practice.codes()[1]
        token = judging.sessions.sign_in(code.round_id, code.code).token
        monkeypatch.setattr(reader, "settings", lambda: settings)
        monkeypatch.setattr(reader, "open_judging", lambda _settings: judging)
        monkeypatch.setattr(reader, "RATES", Rates())
        return judging, reader.reader_of(reader.Credentials(token, client="192.0.2.9"))

    return come


@pytest.mark.parametrize(
    ("sign_in", "is_more"), [("public", False), ("oidc", False), ("proxy", False), ("desk", True)]
)
def test_who_has_one_scores_there_and_is_a_viewer_elsewhere(as_judge, sign_in, is_more):
    judging, now = as_judge(sign_in)
    assert judging.sheets.progress(now.identity).judges
    assert may(now.identity, Action.PUBLISH_EDITION) is is_more
    assert noting.is_known(now.identity) is is_more
    for _file in range(20):
        reader.hold_up(now, "file")
    if is_more:
        reader.hold_up(now, "file")
    else:
        with pytest.raises(AccessDenied):
            reader.hold_up(now, "file")


@pytest.mark.parametrize(("sign_in", "most"), [("public", 5), ("desk", 7)])
def test_nobody_fills_the_log_with_practice_rounds(as_judge, monkeypatch, sign_in, most):
    judging, now = as_judge(sign_in)
    kept = SimpleNamespace(session_state={}, query_params={})
    monkeypatch.setattr(signed_in, "st", kept)
    monkeypatch.setattr(rounds_list, "judging", lambda: judging)
    monkeypatch.setattr(rounds_list, "reader", lambda: now, raising=False)
    for _press in range(7):
        rounds_list._open_practice(restart=True)
    assert len(judging.rounds.all()) == 1 + most
