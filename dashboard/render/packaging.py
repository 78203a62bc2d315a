"""ZIP packages whose bytes depend on their content alone: office files keep no clock of ours."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first date a ZIP can hold."""


def moment(made_at: str) -> datetime:
    """An ISO 8601 time of the stamp as an aware time in UTC."""
    made = datetime.fromisoformat(made_at)
    return (made if made.tzinfo else made.replace(tzinfo=UTC)).astimezone(UTC)


def pinned(package: bytes, instead: Mapping[str, bytes] | None = None) -> bytes:
    """The same package with one date for all members, in the same order.

    Args:
        package: a ZIP file.
        instead: members to be written with another content; they must exist.

    Raises:
        LookupError: a member to be written is not there.
    """
    instead = instead or {}
    out = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as source, ZipFile(out, "w") as target:
        missing = set(instead) - set(source.namelist())
        if missing:
            raise LookupError(", ".join(sorted(missing)))
        for member in source.infolist():
            info = ZipInfo(member.filename, _EPOCH)
            # The OCF rule of HWPX and EPUB: `mimetype` is readable without unpacking.
            info.compress_type = ZIP_STORED if member.filename == "mimetype" else ZIP_DEFLATED
            target.writestr(info, instead.get(member.filename, source.read(member)))
    return out.getvalue()
