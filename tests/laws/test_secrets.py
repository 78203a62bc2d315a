"""No secret stands in a file of the project."""

import subprocess

import pytest
from detect_secrets.core.scan import scan_file, scan_line
from detect_secrets.settings import get_plugins, transient_settings

from dashboard.settings import PROJECT_ROOT

FINDERS = [
    "ArtifactoryDetector",
    "AWSKeyDetector",
    "AzureStorageKeyDetector",
    "BasicAuthDetector",
    "GitHubTokenDetector",
    "GitLabTokenDetector",
    "JwtTokenDetector",
    "OpenAIDetector",
    "PrivateKeyDetector",
    "PypiTokenDetector",
    "SlackDetector",
    "StripeDetector",
]
"""Of what a secret looks like. How random a text is, tells nothing here: digests are no secrets."""
LARGEST = 2_000_000
"""Bytes of the files that are read; larger ones are data and fonts."""
OWN_SECRETS = ("*.key", "secrets.toml", "*.pem", ".env")
"""Names of files that hold secrets where the dashboard runs."""


@pytest.fixture(scope="module", autouse=True)
def finders():
    with transient_settings({"plugins_used": [{"name": name} for name in FINDERS]}):
        yield


def tracked():
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT_ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    return [PROJECT_ROOT / name for name in names if name]


def may_hold(path, patterns):
    """Whether it is worth to read a file line by line, which takes the library long."""
    text = path.read_text("utf-8", errors="replace")
    return any(pattern.search(text) for pattern in patterns)


def test_no_file_holds_a_secret():
    patterns = [one for plugin in get_plugins() for one in getattr(plugin, "denylist", ())]
    assert len(patterns) >= len(FINDERS)
    found = [
        f"{path.relative_to(PROJECT_ROOT)}:{secret.line_number} {secret.type}"
        for path in tracked()
        if path.is_file() and path.stat().st_size < LARGEST and may_hold(path, patterns)
        for secret in scan_file(str(path))
    ]
    assert found == []


def test_no_file_of_secrets_is_part_of_the_project():
    assert [path for path in tracked() if any(path.match(name) for name in OWN_SECRETS)] == []


@pytest.mark.parametrize(
    "parts",
    [
        ("-----BEGIN ", "PRIVATE KEY-----"),
        ("https://kim:", "s3cr3t-word@example.go.kr"),
        ("ghp_", "0123456789abcdefghijABCDEFGHIJ012345"),
    ],
)
def test_one_that_stood_there_would_be_found(parts):
    assert list(scan_line("".join(parts)))
