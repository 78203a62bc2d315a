"""ZIP packages whose bytes depend on their content alone: office files keep no clock of ours."""

import io
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first date a ZIP can hold."""


def moment(made_at: str) -> datetime:
    """An ISO 8601 time of the stamp as an aware time in UTC."""
    made = datetime.fromisoformat(made_at)
    return (made if made.tzinfo else made.replace(tzinfo=UTC)).astimezone(UTC)


def pinned(package: bytes) -> bytes:
    """The same ZIP file with one date for all members, in the same order."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as source, ZipFile(out, "w") as target:
        for member in source.infolist():
            info = ZipInfo(member.filename, _EPOCH)
            # The OCF rule of HWPX and EPUB: `mimetype` is readable without unpacking.
            info.compress_type = ZIP_STORED if member.filename == "mimetype" else ZIP_DEFLATED
            target.writestr(info, source.read(member))
    return out.getvalue()
