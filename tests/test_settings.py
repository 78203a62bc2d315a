"""Settings of arguments, environment and secrets file; a wrong one is named and not quoted."""

import pytest

from dashboard.__main__ import main
from dashboard.settings import PROJECT_ROOT, read_settings, settings

TYPED = "between-us"
ADDRESS = "postgresql://u:"


@pytest.fixture
def refused(capsys):
    """Run a command, and give what it says of settings with which it cannot run."""

    def run():
        settings.cache_clear()
        try:
            assert main(["batches"]) == 2
        finally:
            settings.cache_clear()
        return capsys.readouterr().err

    return run


def test_an_empty_setting_is_one_that_is_not_set(monkeypatch):
    """An empty workspace would be the folder in which the command happens to be started."""
    monkeypatch.setenv("CLUSTER_REVIEW_WORKSPACE", "")
    assert read_settings().workspace == PROJECT_ROOT / "workspace"


def test_arguments_go_before_the_environment_and_that_before_the_secrets_file(
    tmp_path, monkeypatch
):
    file = tmp_path / "secrets.toml"
    file.write_text(
        'builds_kept = 7\nlog_format = "json"\nrole_claim = "groups"\ncookie_secret = "of others"\n'
        '[role_values]\ndaegu = "official KR-27"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr("dashboard.settings.SECRETS_FILE", file)
    monkeypatch.setenv("CLUSTER_REVIEW_BUILDS_KEPT", "8")
    monkeypatch.setenv("cluster_review_log_format", "text")
    monkeypatch.setenv("CLUSTER_REVIEW_ROLE_CLAIM", "")
    found = read_settings(builds_kept=9)
    assert (found.builds_kept, found.log_format, found.role_claim) == (9, "text", "groups")
    assert found.role_values == (("daegu", "official KR-27"),)
    assert read_settings().builds_kept == 8
    monkeypatch.setenv("CLUSTER_REVIEW_ROLE_VALUES", '{"seoul": "official KR-11"}')
    assert read_settings().role_values == (("seoul", "official KR-11"),)


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("ROLE_VALUES", "daegu: official KR-27", "role_values: write {"),  # no JSON
        ("ROLE_VALUES", "3", "role_values: write {"),
        ("BUILDS_KEPT", "0", "builds_kept"),
        # Full-width, as a Korean keyboard makes it: what reads addresses quotes all of it.
        ("CATALOGUE", f"{ADDRESS}{TYPED}？x@h/n", "catalogue: write postgresql://"),
        ("CATALOGUE", f"{ADDRESS}[{TYPED}]@h/n", "catalogue: write postgresql://"),
        ("CATALOGUE", f"{ADDRESS}{TYPED}@h:99999/n", "catalogue: write postgresql://"),
        ("SMALL_COUNT_THRESHOLD", "0", "small_count_threshold"),
        ("SMALL_COUNT_THRESHOLD", "-1", "small_count_threshold"),
        ("SPENDING_LEAST_PAYERS", "2", "spending_least_payers"),
        ("SESSION_HOURS", "0", "session_hours"),
        ("TRUSTED_PROXIES", "ten.1.0.5", "trusted_proxies"),
        ("SIGN_IN", "nobody", "sign_in"),
        ("WORKSPACE", "/srv/2019?", "workspace: write a path"),  # parameters, to DuckDB
        ("WORKSPACE", "/srv/\udcc7\udcd1", "workspace: write a path"),  # 한 in CP949
        ("QUERIES", "C:\\queries", "queries: write a path"),  # no name on this system
        ("APPROVAL", "on", "approval"),  # a second person, where nobody has an account
    ],
)
def test_a_setting_that_cannot_be_used_is_named_without_its_value(
    refused, monkeypatch, name, value, named
):
    monkeypatch.setenv(f"CLUSTER_REVIEW_{name}", value)
    monkeypatch.setenv("CLUSTER_REVIEW_OIDC_CLIENT_SECRET", TYPED)
    said = refused()
    assert named in said
    assert "docs/running.md" in said
    assert TYPED not in said


@pytest.mark.parametrize(
    ("written", "named"),
    [
        (f"oidc_client_secret = {TYPED}".encode(), "line 1, column 22"),
        (f'oidc_client_secret = "{TYPED}'.encode(), "Unterminated"),
        (b'role_claim = "\xff"', "utf-8"),
        (None, "Is a directory"),
    ],
)
def test_a_file_of_secrets_that_cannot_be_read_is_named_without_what_it_holds(
    refused, monkeypatch, tmp_path, written, named
):
    file = tmp_path / "secrets.toml"
    if written is None:
        file.mkdir()
    else:
        file.write_bytes(written)
    monkeypatch.setattr("dashboard.settings.SECRETS_FILE", file)
    said = refused()
    assert named in said
    assert "secrets.toml" in said
    assert TYPED not in said


def test_a_file_of_secrets_may_begin_as_windows_begins_it(monkeypatch, tmp_path):
    file = tmp_path / "secrets.toml"
    file.write_text("builds_kept = 7\n", "utf-8-sig")
    monkeypatch.setattr("dashboard.settings.SECRETS_FILE", file)
    assert read_settings().builds_kept == 7
