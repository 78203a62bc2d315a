"""Accounts: who is what here, and when a sign-in no longer lets in."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from dashboard.access import DESK, Identity, Role
from dashboard.errors import AccessDenied, UsageError
from dashboard.identity.accounts import Accounts
from dashboard.settings import Settings

pytestmark = pytest.mark.usefixtures("english")

NINE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
ADMIN = Identity("Choi", Role.ADMINISTRATOR, account="choi@daegu.go.kr")


class Clock:
    """The time, which goes on only when a test says so."""

    def __init__(self):
        self.now = NINE

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def settings(tmp_path):
    return Settings(
        workspace=tmp_path,
        sign_in="oidc",
        role_claim="groups",
        role_values={"daegu": "official KR-27", "daegu-lead": "approver KR-27"},
    )


@pytest.fixture
def accounts(settings, clock):
    return Accounts(settings, clock)


def token(account="kim@daegu.go.kr", at=NINE, sid="s1", **more):
    said = {"iss": "https://id.example.go.kr", "sub": account, "sid": sid, "name": "Kim Mina"}
    mail = {"email": account, "email_verified": True, "iat": at.timestamp()}
    return said | mail | more


def test_whoever_is_neither_on_the_list_nor_in_a_group_is_a_viewer(accounts):
    identity, _session = accounts.identity_of(token())
    assert identity == Identity("Kim Mina", Role.VIEWER, account="kim@daegu.go.kr")


def test_what_an_account_is_changes_in_the_middle_of_its_session(accounts):
    assert accounts.identity_of(token())[0].role is Role.VIEWER
    accounts.grant(ADMIN, " Kim@Daegu.go.kr ", "official KR-27", "Kim  Mina")
    assert accounts.identity_of(token())[0].role is Role.OFFICIAL
    accounts.grant(ADMIN, "kim@daegu.go.kr", "approver KR-30", "Kim Mina")
    identity, _session = accounts.identity_of(token())
    assert (identity.role, identity.region) == (Role.APPROVER, "KR-30")
    [listed] = accounts.all(ADMIN)
    assert (listed.account, listed.name) == ("kim@daegu.go.kr", "Kim Mina")
    assert (listed.granted_by, listed.granted_at) == ("choi@daegu.go.kr", NINE_TEXT)


NINE_TEXT = "2026-12-01T09:00:00.000+00:00"


@pytest.mark.parametrize("name", ["desk", "Judge", "chair", "deputy", "applicant"])
def test_what_the_log_calls_those_without_an_account_is_put_on_no_list(accounts, name):
    with pytest.raises(UsageError, match="no name of an account"):
        accounts.grant(ADMIN, name, "administrator")
    assert accounts.all(ADMIN) == []


def test_the_list_goes_before_the_groups_of_the_token(accounts):
    grouped = token(groups=["staff", "daegu-lead"])
    assert accounts.identity_of(grouped)[0].role is Role.APPROVER
    accounts.grant(ADMIN, "kim@daegu.go.kr", "auditor")
    identity, _session = accounts.identity_of(grouped)
    assert (identity.role, identity.region) == (Role.AUDITOR, None)


def test_whoever_was_taken_off_the_list_is_a_viewer_whatever_the_groups_say(accounts, clock):
    accounts.grant(ADMIN, "kim@daegu.go.kr", "official KR-27")
    accounts.identity_of(token(groups=["daegu"]))
    clock.now += timedelta(minutes=1)
    accounts.withdraw(ADMIN, "kim@daegu.go.kr")
    assert accounts.all(ADMIN) == []
    with pytest.raises(AccessDenied, match="session has ended"):
        accounts.identity_of(token(groups=["daegu"]))
    anew = token(groups=["daegu"], at=clock.now + timedelta(seconds=1), sid="s2")
    assert accounts.identity_of(anew)[0].role is Role.VIEWER
    accounts.grant(ADMIN, "kim@daegu.go.kr", "official KR-27")
    assert accounts.identity_of(anew)[0].role is Role.OFFICIAL


def test_nobody_changes_the_own_account_but_the_own_sessions_may_be_ended(accounts):
    for attempt in (
        lambda: accounts.grant(ADMIN, "CHOI@daegu.go.kr", "approver KR-27"),
        lambda: accounts.withdraw(ADMIN, " choi@daegu.go.kr"),
    ):
        with pytest.raises(AccessDenied, match="another administrator"):
            attempt()
    accounts.end_sessions(ADMIN, "choi@daegu.go.kr")
    accounts.grant(DESK, "choi@daegu.go.kr", "administrator")
    assert [one.account for one in accounts.all(DESK)] == ["choi@daegu.go.kr"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.DESK}))
def test_nobody_else_reads_or_changes_the_list(accounts, role):
    other = Identity("Lee", role, region="KR-27", account="lee@daegu.go.kr")
    accounts.identity_of(token())
    [session] = [one.session for one in accounts.sessions(ADMIN)]
    for attempt in (
        lambda: accounts.all(other),
        lambda: accounts.sessions(other),
        lambda: accounts.grant(other, "kim@daegu.go.kr", "auditor"),
        lambda: accounts.withdraw(other, "kim@daegu.go.kr"),
        lambda: accounts.end_sessions(other, "kim@daegu.go.kr"),
        lambda: accounts.end_session(other, session),
    ):
        with pytest.raises(AccessDenied):
            attempt()
    assert accounts.identity_of(token())[0].role is Role.VIEWER


@pytest.mark.parametrize(
    ("account", "role"),
    [
        ("", "auditor"),
        ("kim@daegu.go.kr", "judge"),
        ("kim@daegu.go.kr", "official"),
        ("kim@daegu.go.kr", "official Daegu"),
        ("kim@daegu.go.kr", "official KR-99"),
        ("kim@daegu.go.kr", "auditor KR-27"),
    ],
)
def test_a_role_that_there_is_not_is_refused_in_words(accounts, account, role):
    with pytest.raises(UsageError) as refused:
        accounts.grant(ADMIN, account, role)
    assert refused.value.remedy
    assert accounts.all(ADMIN) == []


def test_a_session_lasts_twelve_hours(accounts, clock):
    accounts.identity_of(token())
    clock.now = NINE + timedelta(hours=11, minutes=59)
    assert accounts.identity_of(token())[0].account == "kim@daegu.go.kr"
    assert len(accounts.sessions(ADMIN)) == 1
    clock.now = NINE + timedelta(hours=12)
    with pytest.raises(AccessDenied):
        accounts.identity_of(token())
    assert accounts.sessions(ADMIN) == []


def test_a_session_that_was_signed_in_to_again_is_listed_as_long_as_it_lets_in(accounts, clock):
    """The provider's own session may outlast ours, and a proxy signs for it anew."""
    _identity, session = accounts.identity_of(token())
    clock.now = NINE + timedelta(hours=13)
    for _page in range(2):
        accounts.identity_of(token(at=NINE + timedelta(hours=11)))
    assert [one.session for one in accounts.sessions(ADMIN)] == [session]
    accounts.end_session(ADMIN, session)
    with pytest.raises(AccessDenied):
        accounts.identity_of(token(at=NINE + timedelta(hours=11)))


def test_a_token_of_tomorrow_lets_nobody_in(accounts):
    with pytest.raises(AccessDenied):
        accounts.identity_of(token(at=NINE + timedelta(hours=1)))


def test_one_session_is_ended_and_the_other_goes_on(accounts, clock):
    accounts.identity_of(token(sid="office"))
    clock.now += timedelta(minutes=5)
    _identity, at_home = accounts.identity_of(token(sid="home"))
    assert accounts.sessions(ADMIN)[0].session == at_home
    accounts.end_session(ADMIN, at_home)
    accounts.end_session(ADMIN, at_home)
    with pytest.raises(AccessDenied):
        accounts.identity_of(token(sid="home"))
    assert accounts.identity_of(token(sid="office"))
    with pytest.raises(UsageError, match="no such session"):
        accounts.end_session(ADMIN, "0123")


def test_what_was_signed_out_stays_so_with_a_copy_of_the_cookie(accounts):
    identity, session = accounts.identity_of(token())
    accounts.sign_out(identity.account, session)
    accounts.sign_out(identity.account, session)
    with pytest.raises(AccessDenied):
        accounts.identity_of(token())
    assert accounts.identity_of(token(sid="s2", at=NINE + timedelta(seconds=1)))


def test_ended_sessions_of_an_account_end_and_it_may_sign_in_again(accounts, clock):
    accounts.identity_of(token())
    accounts.identity_of(token("lee@daegu.go.kr"))
    clock.now += timedelta(minutes=1)
    accounts.end_sessions(ADMIN, "kim@daegu.go.kr")
    with pytest.raises(AccessDenied):
        accounts.identity_of(token())
    assert [one.account for one in accounts.sessions(ADMIN)] == ["lee@daegu.go.kr"]
    assert accounts.identity_of(token(at=clock.now + timedelta(seconds=1), sid="s2"))


@pytest.mark.parametrize("end", ["end_sessions", "withdraw"])
def test_a_session_ends_though_the_clock_of_the_provider_is_ahead(settings, accounts, clock, end):
    ahead = token(at=clock.now + timedelta(minutes=4), sid="ahead", groups=["daegu"])
    accounts.identity_of(ahead)
    clock.now += timedelta(minutes=1)
    getattr(accounts, end)(ADMIN, "kim@daegu.go.kr")
    for one in (accounts, Accounts(settings, clock)):
        with pytest.raises(AccessDenied):
            one.identity_of(ahead)


def test_all_of_it_survives_a_restart(settings, accounts, clock):
    accounts.grant(ADMIN, "kim@daegu.go.kr", "official KR-27")
    accounts.identity_of(token())
    _identity, ended = accounts.identity_of(token("lee@daegu.go.kr"))
    accounts.end_session(ADMIN, ended)
    started_again = Accounts(settings, clock)
    assert started_again.identity_of(token())[0].role is Role.OFFICIAL
    assert [one.account for one in started_again.sessions(ADMIN)] == ["kim@daegu.go.kr"]
    with pytest.raises(AccessDenied):
        started_again.identity_of(token("lee@daegu.go.kr"))


def test_who_signed_out_signs_in_again_although_the_provider_says_the_same_session(accounts, clock):
    """Keycloak keeps `sid` while its own session lasts; a copy of the former cookie stays out."""
    former = token(groups=["daegu"])
    identity, session = accounts.identity_of(former)
    clock.now += timedelta(minutes=5)
    accounts.sign_out(identity.account, session)
    anew = token(groups=["daegu"], at=clock.now + timedelta(seconds=1))
    clock.now += timedelta(seconds=2)
    assert accounts.identity_of(anew)[0].account == identity.account
    with pytest.raises(AccessDenied):
        accounts.identity_of(former)


def test_a_session_that_a_proxy_goes_on_with_stays_ended(settings, clock):
    behind = Accounts(evolve(settings, sign_in="proxy"), lambda: clock.now)
    identity, session = behind.identity_of(token(groups=["daegu"]))
    behind.sign_out(identity.account, session)
    clock.now += timedelta(minutes=5)
    with pytest.raises(AccessDenied):
        behind.identity_of(token(groups=["daegu"], at=clock.now))
