"""Who may do what: the matrix, and the one function that holds everybody to it."""

import itertools

import pytest

from dashboard.access import DESK, MATRIX, Action, Identity, Role, may, require
from dashboard.errors import AccessDenied
from dashboard.i18n import label, use_language

# The matrix once more, as the ministry would write it down: one letter a role that may.
EXPECTED = {
    Action.READ_RECORD: "VOPJCDAMUK",
    Action.READ_RESULT: "VOPJCDAMUK",
    Action.READ_LOG: "VOPJCDAMUK",
    Action.READ_UNSIGNED: "OPJCDAK",
    Action.READ_EXACT: "OPK",
    Action.HAND_IN: "OPK",
    Action.READ_RECEIPTS: "OPK",
    Action.APPROVE: "PK",
    Action.TAKE_BACK: "PK",
    Action.PUBLISH_EDITION: "OPJCDAMUK",
    Action.CREATE_ROUND: "OPMK",
    Action.OBJECT: "CA",
    Action.SCORE: "J",
    Action.DECLARE_CONFLICT: "J",
    Action.READ_PROGRESS: "JCD",
    Action.READ_SHEETS: "C",
    Action.RUN_ROUND: "C",
    Action.CONFIRM: "D",
    Action.MANAGE_ACCOUNTS: "MK",
    Action.VIEW_AS: "M",
    Action.READ_ACCESS_LOG: "MUK",
}
LETTERS = {Role.VIEWER: "V", Role.OFFICIAL: "O", Role.APPROVER: "P", Role.JUDGE: "J"} | {
    Role.CHAIR: "C",
    Role.DEPUTY: "D",
    Role.APPLICANT: "A",
    Role.ADMINISTRATOR: "M",
    Role.AUDITOR: "U",
    Role.DESK: "K",
}
# Of whom each of them may do it: of the own region (KR-27), of another, of the ministry's own.
OF_REGION = {
    Action.READ_EXACT: {"KR-27": "OP", "KR-30": "", "KR": ""},
    Action.HAND_IN: {"KR-27": "OPK", "KR-30": "K", "KR": "K"},
    Action.READ_RECEIPTS: {"KR-27": "OPK", "KR-30": "K", "KR": "K"},
    Action.APPROVE: {"KR-27": "PK", "KR-30": "K", "KR": "K"},
    Action.TAKE_BACK: {"KR-27": "PK", "KR-30": "K", "KR": "K"},
    Action.CREATE_ROUND: {"KR-27": "OPMK", "KR-30": "MK", "KR": "MK"},
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


@pytest.mark.parametrize("action", OF_REGION)
@pytest.mark.parametrize("role", Role)
def test_officials_and_approvers_act_for_their_region(role, action):
    region = "KR-27" if role in (Role.OFFICIAL, Role.APPROVER) else None
    for of, letters in OF_REGION[action].items():
        identity = Identity("Kim", role, region=region)
        assert may(identity, action, of) == (LETTERS[role] in letters), of
        if LETTERS[role] not in letters:
            with pytest.raises(AccessDenied):
                require(identity, action, region=of)


def test_the_ministry_acts_for_every_region_and_reads_no_exact_counts_of_them():
    ministry = Identity("Lee", Role.APPROVER, region="KR")
    for region in ("KR", "KR-27", "KR-30"):
        require(ministry, Action.HAND_IN, region=region)
        require(ministry, Action.APPROVE, region=region)
    assert not may(ministry, Action.READ_EXACT, "KR-27")


def test_a_desk_shows_exact_counts_of_the_region_it_belongs_to_alone():
    daegu = Identity("", Role.DESK, region="KR-27")
    assert may(daegu, Action.READ_EXACT, "KR-27")
    assert not may(daegu, Action.READ_EXACT, "KR-30")


@pytest.mark.parametrize("role", Role)
def test_whoever_only_looks_as_another_role_does_nothing_and_sees_nothing_exact(role):
    looking = Identity("Admin", role, region="KR-27", is_view_only=True)
    reads = {Action.READ_RECORD, Action.READ_RESULT, Action.READ_LOG}
    assert {action for action in Action if may(looking, action)} == reads


def test_a_judge_or_chair_is_so_in_one_round_only():
    judge = Identity("Kim", Role.JUDGE, "2019-a", "j1")
    require(judge, Action.SCORE, "2019-a")
    with pytest.raises(AccessDenied, match="2019-a"):
        require(judge, Action.SCORE, "2019-b")
    require(DESK, Action.READ_RESULT, "2019-b")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_refusals_name_role_and_action_in_words(language):
    use_language(language)
    with pytest.raises(AccessDenied) as refused:
        require(Identity("Kim", Role.JUDGE, "r", "j1"), Action.RUN_ROUND)
    assert label("access_action", "run_round") in refused.value.message
    assert label("access_role", "judge") in refused.value.message
    assert "run_round" not in refused.value.message
