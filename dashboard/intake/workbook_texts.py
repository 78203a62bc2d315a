"""Texts of a workbook that stand in no cell."""

import re
import zipfile
from collections.abc import Iterator

_LARGEST_PART = 64 << 20
"""Bytes."""


def further_texts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Texts of a workbook that stand in no cell, such as comments: part and text.

    Args:
        archive: an XLSX, XLSB, ODS or HWPX file whose unpacked size was found bearable.
    """
    for member in archive.infolist():
        name = member.filename.lower()
        if "comment" in name and name.endswith(".xml") and member.file_size < _LARGEST_PART:
            written = archive.read(member).decode("utf-8", "replace")
            yield member.filename.rpartition("/")[2], re.sub(r"<[^>]*>", " ", written)
