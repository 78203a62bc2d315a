"""The provider of accounts as Streamlit's login is told of it."""

import pytest

from dashboard.errors import UsageError
from dashboard.openid import cookie_secret, login_secrets
from dashboard.settings import Settings

SET_UP = {
    "sign_in": "oidc",
    "public_address": "https://review.example.go.kr/cluster-review/",
    "oidc_metadata_url": "https://id.example.go.kr/.well-known/openid-configuration",
    "oidc_client_id": "cluster-review",
    "oidc_client_secret": "between us",
}


def settings_with(tmp_path, **changed):
    return Settings(workspace=tmp_path / "workspace", **(SET_UP | changed))


def test_the_provider_is_told_where_people_come_back(tmp_path):
    auth = login_secrets(settings_with(tmp_path))["auth"]
    assert auth["redirect_uri"] == "https://review.example.go.kr/cluster-review/oauth2callback"
    assert "between us" in auth.values()


def test_what_signs_cookies_is_the_same_after_a_restart_and_for_the_owner_alone(tmp_path):
    settings = settings_with(tmp_path)
    first = cookie_secret(settings)
    assert len(bytes.fromhex(first)) == 32
    assert cookie_secret(settings_with(tmp_path)) == first
    assert settings.cookie_key.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["public_address", *list(SET_UP)[2:]])
def test_a_missing_setting_is_named(tmp_path, name):
    with pytest.raises(UsageError, match=name):
        login_secrets(settings_with(tmp_path, **{name: ""}))


def test_an_address_without_scheme_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"review\.example"):
        login_secrets(settings_with(tmp_path, public_address="review.example.go.kr"))


def test_the_secret_may_stand_in_a_file_that_only_its_owner_reads(tmp_path):
    file = tmp_path / "client.secret"
    file.write_text("from a file\n")
    file.chmod(0o600)
    settings = settings_with(tmp_path, oidc_client_secret="", oidc_client_secret_file=file)
    assert "from a file" in login_secrets(settings)["auth"].values()
    file.chmod(0o640)
    with pytest.raises(UsageError, match=r"client\.secret"):
        login_secrets(settings)
    file.unlink()
    with pytest.raises(UsageError, match=r"client\.secret"):
        login_secrets(settings)


def test_a_file_of_settings_that_others_read_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "secrets.toml"
    file.write_text('oidc_client_secret = "between us"')
    monkeypatch.setattr("dashboard.openid.SECRETS_FILE", file)
    file.chmod(0o644)
    with pytest.raises(UsageError, match=r"secrets\.toml"):
        login_secrets(settings_with(tmp_path))
    file.chmod(0o600)
    assert "between us" in login_secrets(settings_with(tmp_path))["auth"].values()


def test_no_secret_is_shown_with_the_settings(tmp_path):
    assert "between us" not in repr(settings_with(tmp_path))


@pytest.mark.parametrize("sign_in", ["desk", "public", "proxy"])
def test_no_provider_is_asked_where_none_signs_in(tmp_path, sign_in):
    assert login_secrets(settings_with(tmp_path, sign_in=sign_in)) == {}
