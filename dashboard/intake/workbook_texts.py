"""Texts of a workbook or document that stand in no cell, whatever program wrote it.

Any text between two tags, and any attribute in which a person can have written, of every part of
the archive: sheet names, comments, text boxes, headers and footers, messages and lists of
validations, links, defined names, properties, caches of pivots, links and charts, annotations, and
strings that no cell shows any more. Parts are read in pieces, so that none is too large, and as
text, so that nothing of them is followed or run.

Who made, saved or commented a workbook is an officer, whose name the log of receipts has anyway;
nearly every workbook carries it, so such names are left out. Numbers that stand in their place are
not.
"""

import codecs
import html
import io
import re
import zipfile
from collections.abc import Iterator

from dashboard.intake.person_names import is_name

OPAQUE = "\x00"
"""Text of a part that cannot be searched: an embedded file of a form that is not known."""
_PIECE = 4 << 20
_REMEMBERED = 200_000
_TEXT = re.compile(r">([^<>]+)<")
_ATTRIBUTE = re.compile(
    r"\s(?:\w+:)?(?:name|title|descr|alt|prompt|promptTitle|error|errorTitle|tooltip|display"
    r"|location|Target|href|v|caption|displayName|text|comment|description|statusBar|help"
    r"|string-value|condition|message|uniqueName|tip)"
    r"""=(?:"([^"]*)"|'([^']*)')"""
)
_RUNS = re.compile(
    r"<(?:\w+:)?(si|is|text|p|annotation|comment)\b[^>]*>(.*?)</(?:\w+:)?\1>", re.DOTALL
)
"""A text may be cut into runs of different looks: what holds them together."""
_CELL_VALUE = re.compile(r"<((?:\w+:)?(?:v|is))\b[^>]*>.*?</\1>", re.DOTALL)
_READ = (".xml", ".rels", ".vml", ".txt", ".csv", ".htm", ".html")
_SHEET = re.compile(r"xl/(?:work|macro|chart|dialog)sheets/[^/]+\.xml$", re.IGNORECASE)
_LOOKS = re.compile(r"(?:^|/)(?:styles|theme\d*|settings)\.xml$|/theme/|\[content_types\]\.xml")
_PEOPLE = re.compile(
    r"<(?:\w+:)?(creator|lastModifiedBy|initial-creator|author|Manager)\b[^>]*>([^<]*)<"
    r"""|\bdisplayName="([^"]*)"[^>]*\bproviderId=""",
    re.IGNORECASE,
)
_NESTED = re.compile(r"\.(?:xlsx|xlsm|docx|docm|pptx|ods|odt|hwpx)$", re.IGNORECASE)
_EMBEDDED = re.compile(r"(?:^|/)(?:embeddings|ObjectReplacements)/[^/]+$|oleObject\d*\.bin$", re.I)
_BINARY = re.compile(
    r"xl/(?:comments\d*|workbook|sharedStrings|worksheets/.*|tables/.*|pivotCache/.*"
    r"|externalLinks/.*)\.bin$",
    re.IGNORECASE,
)
"""Parts of an XLSB file, whose texts are UTF-16 between numbers, from any byte on."""
_PRINTED = re.compile(r"[ -~가-힣]{4,}")
_DEEPEST = 2


def further_texts(archive: zipfile.ZipFile, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Texts of a workbook that stand in no cell, such as comments: part and text.

    Args:
        archive: an XLSX, XLSB, ODS or HWPX file whose unpacked size was found bearable.
        depth: of a workbook within a workbook.
    """
    for member in archive.infolist():
        name = member.filename
        place = name.rpartition("/")[2]
        if name.lower().endswith(_READ):
            if not _LOOKS.search(name.lower()):
                for text in _texts(archive, member, bool(_SHEET.search(name))):
                    yield place, text
        elif _BINARY.search(name):
            content = archive.read(member)
            for start in (0, 1):
                for found in _PRINTED.finditer(content[start:].decode("utf-16-le", "replace")):
                    yield place, found[0]
        elif _NESTED.search(name) and depth < _DEEPEST:
            try:
                with zipfile.ZipFile(io.BytesIO(archive.read(member))) as inner:
                    for where, text in further_texts(inner, depth + 1):
                        yield f"{place} / {where}", text
            except zipfile.BadZipFile:
                yield place, OPAQUE
        elif _EMBEDDED.search(name) and member.file_size:
            yield place, OPAQUE


def _texts(archive: zipfile.ZipFile, member: zipfile.ZipInfo, is_sheet: bool) -> Iterator[str]:
    seen: set[str] = set()
    for piece in _pieces(archive, member):
        people = (found[2] or found[3] or "" for found in _PEOPLE.finditer(piece))
        raw = [one for one in people if not is_name(html.unescape(one).strip())]
        rest = _PEOPLE.sub("<", piece)
        if is_sheet:
            rest = _CELL_VALUE.sub("", rest)
        raw += [found[1] for found in _TEXT.finditer(rest)]
        raw += [found[1] or found[2] or "" for found in _ATTRIBUTE.finditer(rest)]
        raw += [re.sub(r"<[^>]*>", "", found[2]) for found in _RUNS.finditer(rest)]
        for one in raw:
            text = html.unescape(one).strip()
            if len(text) > 1 and text not in seen:
                if len(seen) < _REMEMBERED:
                    seen.add(text)
                yield text


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[str]:
    """The part in pieces that overlap by one tag; UTF-16 is told by its mark."""
    with archive.open(member) as reader:
        piece = reader.read(_PIECE)
        codec = "utf-16" if piece[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        decoder = codecs.getincrementaldecoder(codec)("replace")
        rest = ""
        while piece:
            rest += decoder.decode(piece)
            piece = reader.read(_PIECE)
            cut = rest.rfind("<") if piece else len(rest) - 1
            if cut >= 0:
                yield rest[: cut + 1]
                rest = rest[cut:]
