"""What a file is, by its first bytes; names can lie."""

import re

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|meta|body|table|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_MESSAGE = re.compile(
    rb"\s*(?:MIME-Version|From|Content-Type|X-[\w-]+|Subject|Date):", re.IGNORECASE
)
_SIGNATURES = (
    (b"PK\x03\x04", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"PAR1", "parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF", "pdf"),
    (b"HWP Document File", "hwp"),
    (b"{\\rtf", "document"),
    (b"\x1f\x8b", "packed"),
    (b"Rar!", "packed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
    (b"ALZ\x01", "packed"),
    (b"EGGA", "packed"),
    (b"BZh", "packed"),
    (b"\xfd7zXZ", "packed"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
)
_EXCEL_STREAM = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x08\x10]\x00")
"""A workbook of Excel 2 to 4, or a later one without its container."""

REFUSED = {
    "pdf": "format-pdf",
    "hwp": "format-hwp",
    "document": "format-document",
    "packed": "format-archive",
    "picture": "format-picture",
}
"""Kind → rule of the finding, for kinds that are no table."""
IN_A_PROCESS = frozenset({"archive", "ole", "html", "mhtml", "xml", "parquet"})
"""Kinds that are read in a process of their own."""


def kind_of(head: bytes) -> str:
    """The kind of a file: one of `REFUSED`, of `IN_A_PROCESS`, `text`, or nothing."""
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if _EXCEL_STREAM.match(head):
        return "ole"
    if head.startswith(_UTF16):
        return "html" if _PAGE.match(head.decode("utf-16", "ignore").encode()) else "text"
    body = head.removeprefix(_BOM)
    if _CONTROL.search(body):
        return ""
    if _PAGE.match(body):
        return "html"
    if _MESSAGE.match(body) and b"text/html" in body.lower():
        return "mhtml"
    return "xml" if body.lstrip().startswith(b"<?xml") else "text"
