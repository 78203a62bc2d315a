"""Who may do what: the matrix, and the one function that holds everybody to it."""

import itertools

import pytest

from dashboard.access import MATRIX, VISITOR, Action, Identity, Role, may, require
from dashboard.errors import AccessDenied
from dashboard.i18n import label, use_language

# The matrix once more, as the ministry would write it down: one letter a role that may.
EXPECTED = {
    Action.READ_RECORD: "VOJCDA",
    Action.READ_RESULT: "VOJCDA",
    Action.READ_LOG: "VOJCDA",
    Action.HAND_IN: "O",
    Action.PUBLISH_EDITION: "O",
    Action.CREATE_ROUND: "O",
    Action.OBJECT: "CA",
    Action.SCORE: "J",
    Action.DECLARE_CONFLICT: "J",
    Action.READ_PROGRESS: "JCD",
    Action.READ_SHEETS: "C",
    Action.RUN_ROUND: "C",
    Action.CONFIRM: "D",
}
LETTERS = {Role.VIEWER: "V", Role.OFFICIAL: "O", Role.JUDGE: "J", Role.CHAIR: "C"} | {
    Role.DEPUTY: "D",
    Role.APPLICANT: "A",
}


def test_every_role_and_action_is_decided():
    assert set(MATRIX) == set(Role) == set(LETTERS)
    assert set(EXPECTED) == set(Action)


@pytest.mark.parametrize(("role", "action"), list(itertools.product(Role, Action)))
def test_the_matrix_lets_pass_exactly_those(role, action):
    identity = Identity("Kim", role)
    if LETTERS[role] in EXPECTED[action]:
        require(identity, action)
    else:
        with pytest.raises(AccessDenied):
            require(identity, action)
    assert may(identity, action) == (LETTERS[role] in EXPECTED[action])


def test_a_judge_or_chair_is_so_in_one_round_only():
    judge = Identity("Kim", Role.JUDGE, "2019-a", "j1")
    require(judge, Action.SCORE, "2019-a")
    with pytest.raises(AccessDenied, match="2019-a"):
        require(judge, Action.SCORE, "2019-b")
    require(VISITOR, Action.READ_RESULT, "2019-b")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_refusals_name_role_and_action_in_words(language):
    use_language(language)
    with pytest.raises(AccessDenied) as refused:
        require(Identity("Kim", Role.JUDGE, "r", "j1"), Action.RUN_ROUND)
    assert label("access_action", "run_round") in refused.value.message
    assert label("access_role", "judge") in refused.value.message
    assert "run_round" not in refused.value.message
    use_language(None)
