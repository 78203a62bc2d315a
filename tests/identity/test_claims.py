"""What a token says: which account, since when, and what its groups make of it."""

from datetime import UTC, datetime

import pytest

from dashboard.access import Role
from dashboard.errors import AccessDenied, UsageError
from dashboard.identity.claims import Standing, claimed, standing
from dashboard.settings import Settings

IAT = 1_795_977_600  # 2026-11-29T18:40:00Z
KIM = {
    "iss": "https://id.example.go.kr",
    "sub": "4711",
    "iat": IAT,
    "email": "Kim@Daegu.go.kr",
    "email_verified": True,
    "name": "김민아",
}
GROUPS = {
    "role_claim": "realm_access.roles",
    "role_values": {
        "medtour-admin": "administrator",
        "daegu-approve": "approver KR-27",
        "daegu": "official KR-27",
    },
}


def test_an_account_is_named_in_lower_case_with_name_and_time():
    found = claimed(KIM, Settings())
    assert (found.account, found.name) == ("kim@daegu.go.kr", "김민아")
    assert found.began_at == datetime(2026, 11, 29, 18, 40, tzinfo=UTC)
    assert found.standing is None


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_nobody_verified_names_no_account(verified):
    with pytest.raises(AccessDenied, match="email_verified"):
        claimed(KIM | {"email_verified": verified}, Settings())


@pytest.mark.parametrize("lacking", [{"email": ""}, {"iat": None}, {"iat": "soon"}, {"iat": 1e30}])
def test_a_token_without_account_or_time_lets_nobody_in(lacking):
    with pytest.raises(AccessDenied):
        claimed(KIM | lacking, Settings())


def test_another_claim_names_the_account_where_the_settings_say_so():
    found = claimed(KIM | {"employee_no": "A-17"}, Settings(account_claim="employee_no"))
    assert found.account == "a-17"


@pytest.mark.parametrize(
    "name", ["kimß", "\u212aim", "kim\u00a0", "kiſs", "ｋim", "kim" + "m" * 200]
)
def test_names_that_a_provider_tells_apart_are_told_apart_here(name):
    settings = Settings(account_claim="preferred_username")
    near = {"kimss", "kim", "kiss", ("kim" + "m" * 200)[:200]}
    try:
        assert claimed(KIM | {"preferred_username": name}, settings).account not in near
    except AccessDenied:
        assert len(name) > 200


@pytest.mark.parametrize("name", ["desk", "Chair", "judge", True, ["kim"], {"kim": 1}])
def test_what_the_log_calls_others_is_no_name_of_an_account(name):
    with pytest.raises(AccessDenied):
        claimed(KIM | {"employee_no": name}, Settings(account_claim="employee_no"))


def test_two_sign_ins_are_two_sessions_and_one_is_one():
    at_nine = claimed(KIM | {"sid": "s1"}, Settings())
    again = claimed(KIM | {"sid": "s1", "iat": IAT + 60}, Settings())
    other = claimed(KIM | {"sid": "s2"}, Settings())
    else_where = claimed(KIM | {"sid": "s1", "iss": "https://evil.example"}, Settings())
    assert at_nine.session == again.session
    assert len({at_nine.session, other.session, else_where.session}) == 3


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["daegu"], Standing(Role.OFFICIAL, "KR-27")),
        (["daegu", "daegu-approve"], Standing(Role.APPROVER, "KR-27")),
        (["medtour-admin", "daegu"], Standing(Role.ADMINISTRATOR)),
        ("daegu", Standing(Role.OFFICIAL, "KR-27")),
        (["busan"], None),
        ([], None),
        (None, None),
    ],
)
def test_groups_say_what_an_account_is(roles, expected):
    claims = KIM | {"realm_access": {"roles": roles}}
    assert claimed(claims, Settings(**GROUPS)).standing == expected


@pytest.mark.parametrize("roles", [7, True, {"daegu": False}, [["daegu"]], {"daegu": None}])
def test_groups_of_odd_types_say_nothing(roles):
    claims = KIM | {"realm_access": {"roles": roles}}
    assert claimed(claims, Settings(**GROUPS)).standing is None


@pytest.mark.parametrize("access", [None, "roles", ["roles"], {"roles": {"daegu": True}}])
def test_groups_of_another_shape_say_nothing_or_their_names(access):
    found = claimed(KIM | {"realm_access": access}, Settings(**GROUPS)).standing
    named = isinstance(access, dict)
    assert found == (Standing(Role.OFFICIAL, "KR-27") if named else None)


@pytest.mark.parametrize(
    "text",
    [
        *("", "official", "official Daegu", "official KR-27 KR-30", "official KR-2"),
        *("OFFICIAL KR-27", "administrator KR-27", "judge", "desk", "viewer", "chair"),
    ],
)
def test_what_is_no_role_of_an_account_is_refused(text):
    with pytest.raises(UsageError):
        standing(text)
