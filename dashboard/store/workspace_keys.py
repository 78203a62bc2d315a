"""The secrets of a workspace, which all machines that share a record have alike.

Each machine has them in files. The database knows a digest of each, of 32 bytes drawn by lot, so
that a machine with another secret is refused and nobody who reads the database has one.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.errors import WorkspaceDamaged
from dashboard.i18n import gettext as _
from dashboard.settings import Settings
from dashboard.store.key_file import make_key, read_key
from dashboard.store.postgres import asked, connected

if TYPE_CHECKING:
    import psycopg


def workspace_key(settings: Settings, file: Path) -> bytes:
    """A secret of the workspace, made at the first need.

    Args:
        settings: of the workspace.
        file: one of the key files that the settings name.

    Raises:
        WorkspaceDamaged: the file is there and holds no key, or other machines of the record have
            another one.
        StoreUnreachable: the database of several machines does not answer.
    """
    if not settings.is_shared:
        settings.workspace.mkdir(parents=True, exist_ok=True)
        return held_key(settings, file) or make_key(file)
    return _shared_key(settings, file)


def see_to_keys(settings: Settings) -> None:
    """See that a machine has the secrets of all; the first that starts makes those that it lacks.

    In one order on every machine: of two that start with secrets of their own, one is refused at
    the first of them.

    Raises:
        WorkspaceDamaged: it has another one.
        StoreUnreachable: the database does not answer.
    """
    if settings.is_shared:
        for file in settings.key_files:
            workspace_key(settings, file)


def held_key(settings: Settings, file: Path) -> bytes | None:
    """The secret in a file of a workspace; None where there is no file yet.

    Raises:
        WorkspaceDamaged: the file is there and holds no key.
    """
    try:
        return read_key(file)
    except ValueError as error:
        message = _("{file} is no key any more.").format(file=file.name)
        raise no_secret(settings, message) from error


def no_secret(settings: Settings, message: str) -> WorkspaceDamaged:
    """What is wrong with a secret, and how to get it back."""
    remedy = _("Put the key file back from the backup.")
    return WorkspaceDamaged(
        "A secret of the workspace cannot be read",
        message,
        copy_remedy(settings) if settings.is_shared else remedy,
    )


@cache
def _shared_key(settings: Settings, file: Path) -> bytes:
    known, key = known_fingerprints(settings).get(file.name), held_key(settings, file)
    if known is None:
        settings.workspace.mkdir(parents=True, exist_ok=True)
        key = key or make_key(file)
        known = _make_known(settings, file.name, fingerprint(key))
    if key is None or fingerprint(key) != known:
        raise WorkspaceDamaged(
            _("This machine has another secret than those with which it shares the record"),
            _("{name} is missing.").format(name=file.name)
            if key is None
            else _("{name} is not theirs.").format(name=file.name),
            copy_remedy(settings),
        )
    return key


def copy_remedy(settings: Settings) -> str:
    """What to do on a machine that lacks the secret of the others."""
    return _("Copy the file from the workspace of another machine into {folder}.").format(
        folder=settings.workspace
    )


def fingerprint(key: bytes) -> str:
    """What tells a secret from another and does not give it away."""
    return hashlib.sha256(b"cluster-review\0" + key).hexdigest()


def known_fingerprints(settings: Settings) -> dict[str, str]:
    """Name of each key file → digest of the secret that the machines of a record have.

    Raises:
        StoreUnreachable: the database does not answer.
    """

    def listed(connection: "psycopg.Connection") -> dict[str, str]:
        return dict(connection.execute("SELECT name, fingerprint FROM secret").fetchall())

    return asked(settings, listed)


def _make_known(settings: Settings, name: str, digest: str) -> str:
    """Tell the others the digest of a secret; returns that of whoever was first."""
    with connected(settings) as connection:
        connection.execute(
            "INSERT INTO secret VALUES (%s, %s) ON CONFLICT DO NOTHING", [name, digest]
        )
    return known_fingerprints(settings)[name]
