"""Texts of a workbook or document that stand in no cell, whatever program wrote it.

Every byte of the archive is looked at: the names, comments and further fields of its members and
what stands between them; of XML parts all texts, attributes, comments and declarations, read in
pieces, so that none is too large, and as text, so that nothing of them is followed or run; text
files in their own encoding; workbooks within the workbook. Of pictures, fonts and settings of
printers, and of the parts of an XLSB file, whatever can be printed. A member of any other kind
keeps the file out.

Who made, saved or commented a workbook is an officer, whose name the log of receipts has anyway;
nearly every workbook carries it, so such names are left out, and so are fonts that are called like
persons. Numbers that stand in their place are not.
"""

import codecs
import html
import io
import re
import zipfile
from collections.abc import Iterator

from dashboard.intake.formats.archive import bytes_outside_members, member_name
from dashboard.intake.person_names import is_name, is_surely_name

OPAQUE = "\x00"
"""Text of a part that cannot be searched: an embedded file of a form that is not known."""
_PIECE = 4 << 20
_REMEMBERED = 200_000
_TEXT = re.compile(r"(?:\A|>)([^<>]+)(?=<|\Z)")
_ATTRIBUTE = re.compile(r"""\s[\w:.\-]+\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ATTRIBUTE_OF_SHEET = re.compile(
    r"\s(?:\w+:)?(?:name|title|descr|alt|prompt|promptTitle|error|errorTitle|tooltip|display"
    r"|location|Target|href|v|caption|displayName|text|comment|description|statusBar|help"
    r"|string-value|condition|message|uniqueName|tip)"
    r"""=(?:"([^"]*)"|'([^']*)')"""
)
"""Sheets have a million cells with places and styles, which no person writes."""
_DECLARATION = re.compile(r"<!--(.*?)-->|<!\[CDATA\[(.*?)\]\]>|<[!?]([^>]*)>", re.DOTALL)
_TAG = re.compile(r"<([^\s<>/!?]+)")
_IDENTIFIER = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
_RUNS = re.compile(
    r"<(?:\w+:)?(si|is|text|p|annotation|comment)\b[^>]*>(.*?)</(?:\w+:)?\1>", re.DOTALL
)
"""A text may be cut into runs of different looks: what holds them together."""
_CELL_VALUE = re.compile(r"<((?:\w+:)?(?:v|is))\b[^>]*>.*?</\1>", re.DOTALL)
_SHEET = re.compile(r"xl/(?:work|macro|chart|dialog)sheets/[^/]+\.xml$", re.IGNORECASE)
_PEOPLE = re.compile(
    r"<(?:\w+:)?(?:(?:creator|lastModifiedBy|initial-creator|author|Manager)\b"
    r"""|meta\s+name="(?:creator|lastsaveby)")[^>]*>([^<]*)<"""
    r"""|\bdisplayName="([^"]*)"[^>]*\bproviderId=""",
    re.IGNORECASE,
)
_FONT = re.compile(
    r"""\s(?:\w+:)?(?:typeface|face|[\w\-]*font-(?:family|name)[\w\-]*)=["']([^"']*)["']"""
    r"""|<(?:\w+:)?(?:rFont|name)\s+val=["']([^"']*)["']"""
)
_PICTURE = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\xd7\xcd\xc6\x9a",
    b"\1\0\0\0", b"\1\0\x09\0", b"\2\0\x09\0", b"VCLMTF", b"RIFF", b"\0\0\1\0",
)  # fmt: skip
"""First bytes: PNG, JPEG, GIF, BMP, TIFF, metafiles of Windows and LibreOffice, WebP, ICO."""
_OF_PROGRAMS = re.compile(r"printersettings\d*\.bin$|\.(?:odttf|ttf|otf|fntdata)$", re.IGNORECASE)
_MARKUP = (".xml", ".rels", ".vml", ".rdf", ".hpf")
_RECORDS = re.compile(r"^xl/(?!.*(?:vbaproject|oleobject|activex)).*\.bin$", re.IGNORECASE)
_BINARY_WORKBOOK = "xl/workbook.bin"
_PRINTED = re.compile(r"[ -~가-힣]{3,}")
_PRINTED_IN_PICTURE = re.compile(r"[ -~가-힣]{8,}")
"""Longer, because noise can be printed too."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HEAD = 4096
_LARGEST_TEXT = 32 << 20
_DEEPEST = 2


def further_texts(archive: zipfile.ZipFile, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Texts of a workbook that stand in no cell, such as comments: part and text.

    Args:
        archive: an XLSX, XLSB, ODS or HWPX file whose unpacked size was found bearable.
        depth: of a workbook within a workbook.
    """
    for outside, is_ours in bytes_outside_members(archive):
        yield from (("ZIP", text) for text in _printed(outside, _PRINTED))
        if not is_ours and outside.strip(b"\0") and _text_of(outside) is None:
            yield "ZIP", OPAQUE
    is_binary = _BINARY_WORKBOOK in (name.lower() for name in archive.namelist())
    for member in archive.infolist():
        name = member_name(member).replace("\\", "/")
        place = name.rpartition("/")[2]
        with archive.open(member) as reader:
            head = reader.read(_HEAD)
        if head.startswith(b"PK\3\4"):
            yield from _nested(archive, member, place, depth)
        elif head:
            for text in _texts_of(archive, member, name, head, is_binary):
                yield place, text


def _texts_of(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, head: bytes, is_binary: bool
) -> Iterator[str]:
    if _is_markup(head):
        yield from _texts(archive, member, _codec(head), bool(_SHEET.search(name)))
        if name.lower().endswith(_MARKUP):
            return
    text = _text_of(archive.read(member)) if member.file_size < _LARGEST_TEXT else None
    if text is not None:
        yield from filter(None, map(str.strip, text.splitlines()))
    elif is_binary and _RECORDS.search(name):
        yield from _printed(archive.read(member), _PRINTED)
    elif head.startswith(_PICTURE) or _OF_PROGRAMS.search(name):
        with archive.open(member) as reader:
            while piece := reader.read(_PIECE):
                yield from _printed(piece, _PRINTED_IN_PICTURE)
    else:
        yield OPAQUE


def _nested(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: str, depth: int
) -> Iterator[tuple[str, str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(archive.read(member))) as inner:
            if depth == _DEEPEST:
                raise zipfile.BadZipFile
            for where, text in further_texts(inner, depth + 1):
                yield f"{place} / {where}", text
    except zipfile.BadZipFile:
        yield place, OPAQUE


def _is_markup(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def _codec(head: bytes) -> str:
    """The encoding of an XML part, by its mark or by what it declares."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if b"\0" in head[:4]:
        return "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
    declared = re.match(rb"""[^>]*\bencoding\s*=\s*["']([\w.\-]+)""", head)
    try:
        return codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
    except LookupError:
        return "utf-8"


def _text_of(content: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 or CP949; nothing where it is none of them."""
    codecs_tried = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else []
    for codec in (*codecs_tried, "utf-8-sig", "cp949", "utf-16-le", "utf-16-be"):
        try:
            text = content.decode(codec)
        except UnicodeError:
            continue
        if not _CONTROL.search(text) and (
            not codec.startswith("utf-16-") or re.search(r"[ -~]{3}", text)
        ):
            return text
    return None


def _printed(content: bytes, run: re.Pattern[str]) -> Iterator[str]:
    """What can be printed among other bytes, in any encoding and from any byte on."""
    decoded = (
        content.decode("utf-8", "replace"),
        content.decode("cp949", "replace"),
        content.decode("utf-16-le", "replace"),
        content[1:].decode("utf-16-le", "replace"),
    )
    yield from dict.fromkeys(found[0] for text in decoded for found in run.finditer(text))


def _texts(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, codec: str, is_sheet: bool
) -> Iterator[str]:
    seen: set[str] = set()
    attribute = _ATTRIBUTE_OF_SHEET if is_sheet else _ATTRIBUTE
    for piece in _pieces(archive, member, codec):
        people = (found[1] or found[2] or "" for found in _PEOPLE.finditer(piece))
        raw = [one for one in people if not is_name(html.unescape(one).strip())]
        fonts = (found[1] or found[2] or "" for found in _FONT.finditer(piece))
        raw += [one for one in fonts if not is_surely_name(html.unescape(one))]
        raw += ["".join(filter(None, found.groups())) for found in _DECLARATION.finditer(piece)]
        rest = _FONT.sub(" ", _PEOPLE.sub("<", piece))
        if is_sheet:
            rest = _CELL_VALUE.sub("", rest)
        raw += [found[1] for found in _TEXT.finditer(rest)]
        raw += [found[1] or found[2] or "" for found in attribute.finditer(rest)]
        if not is_sheet:
            raw += dict.fromkeys(found[1] for found in _TAG.finditer(rest))
        raw += [re.sub(r"<[^>]*>", "", found[2]) for found in _RUNS.finditer(rest)]
        for one in raw:
            text = _IDENTIFIER.sub(" ", html.unescape(one)).strip()
            if len(text) > 1 and text not in seen:
                if len(seen) < _REMEMBERED:
                    seen.add(text)
                yield text


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo, codec: str) -> Iterator[str]:
    """The part in pieces that overlap by one tag."""
    with archive.open(member) as reader:
        decoder = codecs.getincrementaldecoder(codec)("replace")
        rest = ""
        piece = reader.read(_PIECE)
        while piece:
            rest += decoder.decode(piece)
            piece = reader.read(_PIECE)
            cut = rest.rfind("<") if piece else len(rest) - 1
            if cut >= 0:
                yield rest[: cut + 1]
                rest = rest[cut:]
