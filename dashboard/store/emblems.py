"""Emblems of offices for the covers of decks, kept in the workspace under their own hash."""

import hashlib
import io
from pathlib import Path

from PIL import Image, ImageOps

from dashboard.errors import UsageError, WorkspaceReadOnly
from dashboard.settings import Settings
from dashboard.store.storage import SharedFiles

MOST_BYTES = 2 * 2**20
_MOST_PIXELS = 4_000
"""Of a side, before the picture is unpacked: it takes at most 64 MB then."""
_KEPT_PIXELS = (960, 480)
"""Width and height within which it is kept: twice as large as it is shown."""
_FORMATS = ("PNG", "JPEG")
_FOLDER = "emblems"


class Emblems:
    """The emblems of one workspace."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.workspace / _FOLDER
        self._shared = SharedFiles(settings) if settings.is_shared else None

    def keep(self, content: bytes) -> str:
        """Keep a picture after drawing it anew, so that nothing of the file but its pixels stays.

        Returns:
            The id under which it is opened.

        Raises:
            UsageError: no PNG or JPEG file, damaged, or too large.
            WorkspaceReadOnly: the workspace may not be written.
        """
        drawn = _drawn_anew(content)
        emblem_id = hashlib.sha256(drawn).hexdigest()[:16]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._path(emblem_id).write_bytes(drawn)
            if self._shared is not None:
                self._shared.put(self._path(emblem_id), f"{_FOLDER}/{emblem_id}.png")
        except OSError as error:
            raise WorkspaceReadOnly(
                "The emblem could not be kept",
                str(error),
                "Let the account that runs the dashboard write into the workspace.",
            ) from error
        return emblem_id

    def open(self, emblem_id: str) -> bytes:
        """An emblem as PNG.

        Raises:
            UsageError: the workspace has no emblem of this id.
        """
        path = self._path(emblem_id)
        is_id = emblem_id.isascii() and emblem_id.isalnum()
        if is_id and self._shared is not None and not path.exists():
            self._shared.fetch(f"{_FOLDER}/{emblem_id}.png", path)
        if not (is_id and path.exists()):
            raise UsageError(
                "There is no such emblem",
                f"'{emblem_id}' was asked for.",
                "Upload it again on the page on which decks are composed.",
            )
        return path.read_bytes()

    def _path(self, emblem_id: str) -> Path:
        return self._folder / f"{emblem_id}.png"


def _drawn_anew(content: bytes) -> bytes:
    if len(content) > MOST_BYTES:
        raise _refused(f"The file has {len(content):,} bytes; {MOST_BYTES:,} are taken.")
    try:
        picture = Image.open(io.BytesIO(content), formats=_FORMATS)
        if max(picture.size) > _MOST_PIXELS:
            raise _refused(
                f"It is {picture.width:,} × {picture.height:,} pixels; "
                f"{_MOST_PIXELS:,} a side are taken."
            )
        shown = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _refused("It is not a whole PNG or JPEG picture.") from error
    shown.thumbnail(_KEPT_PIXELS)
    plain = Image.new("RGBA", shown.size)
    plain.paste(shown)
    out = io.BytesIO()
    plain.save(out, "PNG")
    return out.getvalue()


def _refused(message: str) -> UsageError:
    return UsageError(
        "This picture cannot be an emblem",
        message,
        "Save it as PNG or JPEG of at most 2 MB; SVG is not taken, since it may hold programs.",
    )
