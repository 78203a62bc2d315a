"""Whether anything changed since a workspace was last brought up to date.

Every command asks, and mostly nothing did: that is told without opening the lake or a build.
"""

import hashlib
from contextlib import suppress

from dashboard.errors import WorkspaceDamaged
from dashboard.settings import Settings
from dashboard.store.lake_catalogue import newest_snapshot
from dashboard.store.pointer import marts_file, read_pointer
from dashboard.store.texts import texts_digest

_FILE = "brought_up"


def is_brought_up(settings: Settings, record_digest: str) -> bool:
    """Whether a workspace is as `note_brought_up` left it.

    Args:
        settings: of the workspace.
        record_digest: of the files of the public record as they are now.

    Raises:
        WorkspaceDamaged: the catalogue of the lake cannot be read.
    """
    try:
        noted = (settings.marts / _FILE).read_text(encoding="ascii")
        return noted == _state(settings, record_digest)
    except (FileNotFoundError, UnicodeDecodeError):
        return False


def note_brought_up(settings: Settings, record_digest: str) -> None:
    """Keep that nothing is to be taken in or built, as long as nothing changes.

    Not where somebody handed in since the build was made: then it is made by the next command.
    """
    if read_pointer(settings).snapshot != newest_snapshot(settings):
        return
    with suppress(OSError):  # a disk that is full or only read costs the next command its time
        (settings.marts / _FILE).write_text(_state(settings, record_digest), encoding="ascii")


def _state(settings: Settings, record_digest: str) -> str:
    """SHA-256 over all that decides whether something is to be taken in or built.

    Raises:
        FileNotFoundError: there is no build.
    """
    try:
        build = read_pointer(settings)
    except WorkspaceDamaged as error:
        raise FileNotFoundError(settings.marts) from error
    held = marts_file(settings, build.build_id).stat()
    state = (
        record_digest,
        newest_snapshot(settings),
        texts_digest(settings).hex(),
        build,
        held.st_size,
        held.st_mtime_ns,
    )
    return hashlib.sha256(repr(state).encode()).hexdigest()
