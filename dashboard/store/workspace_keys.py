"""The secrets of a workspace, which all machines that share a record have alike.

They stand in files. Beside the log is a digest of each, of 32 bytes drawn by lot, so that another
secret is refused and nobody who reads the digest has one. On one machine that is so of the secret
of visits: another one of the log is told by its signatures, and another one of cookies ends
sessions.
"""

import hashlib
from pathlib import Path

from dashboard.errors import WorkspaceDamaged
from dashboard.i18n import gettext as _
from dashboard.settings import Settings
from dashboard.store.key_file import make_key, read_key
from dashboard.store.ledger_database import ledger_database

_seen: dict[tuple[Settings, str], str] = {}
"""Digests that the database of several machines named: they never change."""


def workspace_key(settings: Settings, file: Path) -> bytes:
    """A secret of the workspace, made at the first need.

    Args:
        settings: of the workspace.
        file: one of the key files that the settings name.

    Raises:
        WorkspaceDamaged: the file is there and holds no key, or not the one that was used before.
        StoreUnreachable: the database of several machines does not answer.
    """
    key = held_key(settings, file)
    if key is None:
        settings.workspace.mkdir(parents=True, exist_ok=True)
        key = make_key(file)
    if _is_known(settings, file) and _known(settings, file.name) is None:
        ledger_database(settings).keep_fingerprint(file.name, fingerprint(key))
        return workspace_key(settings, file)  # whoever else was the first is believed
    return key


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
    """A secret of the workspace as it is; None where none was made yet.

    Raises:
        WorkspaceDamaged, StoreUnreachable: as `workspace_key`.
    """
    try:
        key = read_key(file)
    except ValueError as error:
        message = _("{file} is no key any more.").format(file=file.name)
        raise no_secret(settings, message) from error
    known = _known(settings, file.name) if _is_known(settings, file) else None
    if known is not None and (key is None or fingerprint(key) != known):
        is_other = _("{name} is not the one that was used before.")
        message = is_other if key else _("{name} is missing.")
        raise no_secret(settings, message.format(name=file.name))
    return key


def no_secret(settings: Settings, message: str) -> WorkspaceDamaged:
    """What is wrong with a secret, and how to get it back."""
    if settings.is_shared:
        title = _("This machine has another secret than those with which it shares the record")
        return WorkspaceDamaged(title, message, copy_remedy(settings))
    return WorkspaceDamaged(
        "A secret of the workspace is not as it was",
        message,
        _("Put the key file back from the backup."),
    )


def copy_remedy(settings: Settings) -> str:
    """What to do on a machine that lacks the secret of the others."""
    return _("Copy the file from the workspace of another machine into {folder}.").format(
        folder=settings.workspace
    )


def fingerprint(key: bytes) -> str:
    """What tells a secret from another and does not give it away."""
    return hashlib.sha256(b"cluster-review\0" + key).hexdigest()


def known_fingerprints(settings: Settings) -> dict[str, str]:
    """Name of each key file → digest of the secret that was used first.

    Raises:
        StoreUnreachable: the database does not answer.
    """
    return ledger_database(settings).fingerprints()


def _is_known(settings: Settings, file: Path) -> bool:
    return settings.is_shared or file == settings.visits_key


def _known(settings: Settings, name: str) -> str | None:
    """The digest of a secret; None where none was used yet."""
    found = _seen.get((settings, name)) or known_fingerprints(settings).get(name)
    if found and settings.is_shared:
        _seen[settings, name] = found
    return found
