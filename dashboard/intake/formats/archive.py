"""ZIP archives: what is in them, and that they unpack to no more than a table can be."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import BinaryIO

from lxml import etree

from dashboard.intake.sheets import UNPACKED_LIMIT, CannotRead

_RATIO_LIMIT = 200
"""A member that packs tighter than this, and is large, is no table but a bomb."""
_BOMB_MEMBER = 64 << 20
_OFFICE = {b"spreadsheetml": "xlsx", b"wordprocessingml": "docx", b"presentationml": "pptx"}
_CONTENTS = 1 << 20
_NAMES_SHOWN = 5
_LOCAL_HEADER = 30
"""Bytes before the name of a member."""
_END_RECORD = 22
_SIZES_FOLLOW = 8


@contextmanager
def opened(source: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """An archive whose members have the sizes that they state.

    Raises:
        CannotRead: damaged, encrypted, or too large unpacked.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            members = archive.infolist()
            if any(member.flag_bits & 1 for member in members):
                raise CannotRead("format-locked", "ZIP")
            for member in members:
                _check_member(member)
            if sum(member.file_size for member in members) > UNPACKED_LIMIT:
                raise _too_large()
            yield archive
    except (
        zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError, ValueError,
        RuntimeError, KeyError, IndexError, LookupError, struct.error, etree.XMLSyntaxError,
    ) as error:  # fmt: skip
        if isinstance(error, etree.XMLSyntaxError) and error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise CannotRead("damaged", "ZIP") from None


def kind_of(archive: zipfile.ZipFile) -> str:
    """`xlsx`, `xlsb`, `ods` or `hwpx`.

    Raises:
        CannotRead: it is another archive.
    """
    names = part_names(archive)
    declared = archive.read("mimetype")[:200] if "mimetype" in names else b""
    if b"hwp" in declared:
        return "hwpx"
    if b"opendocument.spreadsheet" in declared and "content.xml" in names:
        return "ods"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "[content_types].xml" in names:
        contents = archive.read(names["[content_types].xml"])[:_CONTENTS]
        for word, kind in _OFFICE.items():
            if word in contents:
                if kind != "xlsx":
                    raise CannotRead("format-document", kind.upper())
                return kind
    if b"opendocument" in declared:
        raise CannotRead("format-document", "OpenDocument")
    shown = [member_name(member) for member in archive.infolist() if not member.is_dir()]
    more = ", …" if len(shown) > _NAMES_SHOWN else ""
    raise CannotRead("format-archive", ", ".join(shown[:_NAMES_SHOWN]) + more)


def part_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part → member: parts are told in any case, and some programs write backslashes."""
    return {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()}


def member_name(member: zipfile.ZipInfo) -> str:
    """The name of a member, which Korean systems write in CP949 without saying so."""
    name = member.filename
    if not member.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("cp949")
        except UnicodeError:
            name = member.filename
    return "".join(character for character in name if character.isprintable())[:80]


def _check_member(member: zipfile.ZipInfo) -> None:
    if member.file_size > UNPACKED_LIMIT or (
        member.file_size > _BOMB_MEMBER
        and member.file_size > _RATIO_LIMIT * max(member.compress_size, 1)
    ):
        raise _too_large()


def check_real_sizes(archive: zipfile.ZipFile) -> None:
    """Unpack once and count, because the size that an archive states can be a lie.

    Raises:
        CannotRead: more came out of a member than it states.
    """
    for member in archive.infolist():
        done = 0
        with archive.open(member) as reader:
            while piece := reader.read(1 << 20):
                done += len(piece)
                if done > member.file_size:
                    raise _too_large()


def bytes_outside_members(archive: zipfile.ZipFile) -> Iterator[tuple[bytes, bool]]:
    """What the file holds beside the contents of its members, and whether an archive has it there.

    Their headers with names, comments and further fields, and the directory at the end belong to
    it; what stands before, between and after does not, nor does the comment of the archive.
    """
    file = archive.fp
    assert file
    end = 0
    for member in sorted(archive.infolist(), key=lambda one: one.header_offset):
        file.seek(end)
        yield file.read(max(member.header_offset - end, 0)), False
        file.seek(member.header_offset)
        header = file.read(_LOCAL_HEADER)
        names, fields = struct.unpack("<HH", header[26:30])
        yield file.read(names + fields), True
        end = member.header_offset + _LOCAL_HEADER + names + fields + member.compress_size
        if member.flag_bits & _SIZES_FOLLOW:
            file.seek(end)
            end += _descriptor_size(file.read(24), member)
    file.seek(end)
    yield file.read(max(archive.start_dir - end, 0)), False
    file.seek(archive.start_dir)
    directory = file.read()
    comment = directory.rfind(b"PK\5\6") + _END_RECORD
    yield directory[:comment], True
    yield directory[comment:], False


def _descriptor_size(follows: bytes, member: zipfile.ZipInfo) -> int:
    """Bytes of the sizes that follow a member: with or without a mark, of four bytes or eight."""
    mark = 4 * follows.startswith(b"PK\x07\x08")
    sum_and_size = struct.pack("<LQ", member.CRC, member.compress_size)
    return mark + (20 if follows[mark:].startswith(sum_and_size) else 12)


def _too_large() -> CannotRead:
    return CannotRead("unpacked-size", f"{UNPACKED_LIMIT >> 20} MB")


def elements(
    archive: zipfile.ZipFile, name: str, tags: tuple[str, ...]
) -> Iterator[etree._Element]:
    """The elements of an XML part with these local names, each forgotten after its turn.

    Entities stay unread, nothing is fetched, and the nesting is at most 256 deep.
    """
    with archive.open(name) as part:
        found = etree.iterparse(
            part,
            events=("end",),
            tag=tuple(f"{{*}}{tag}" for tag in tags),
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
        )
        for _event, element in found:
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    return _local(element.tag)


@cache
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
