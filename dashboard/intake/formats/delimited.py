"""Delimited text: encoding, delimiter and rows. It is bounded, and needs no process of its own."""

import csv
import io
import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.intake.content import Content
from dashboard.intake.sheets import (
    CELLS_LIMIT,
    COLUMN_LIMIT,
    ROW_LIMIT,
    TEXT_LIMIT,
    CannotRead,
    Line,
    Sheet,
    cell_name,
)

DELIMITERS = (",", ";", "\t", "|")
_BOM = b"\xef\xbb\xbf"
_SNIFF = 1 << 16
_JOHAB_SURE = 0.9
_CP949_DOUBTFUL = 0.7
"""Shares of letters that are syllables in daily use (those of KS X 1001)."""


@dataclass(frozen=True)
class Text:
    """How delimited text is to be read."""

    encoding: str
    """Python's name of it: `utf-8`, `utf-8-sig`, `utf-16` or `cp949`."""
    shown: str
    delimiter: str
    is_streamable: bool = True
    """Whether its lines end in line feeds of one byte, so that it can be read in blocks."""


EXACT = Text("utf-8-sig", "UTF-8", ",")
"""As the descriptor of a package says: nothing about it is guessed, and no cell is left out."""


def text_of(head: bytes, is_whole: bool) -> Text:
    """Encoding and delimiter of a text, from its beginning.

    Raises:
        CannotRead: neither UTF-8, UTF-16 nor CP949, or some lines in one and some in another.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) - len(head) % 2].decode("utf-16", "ignore")
        return Text("utf-16", "UTF-16", _delimiter(text), is_streamable=False)
    with_bom, without = (("UTF-8 with BOM", "utf-8-sig"),), (("UTF-8", "utf-8"), ("CP949", "cp949"))
    for shown, encoding in with_bom if head.startswith(_BOM) else without:
        decoded = _decoded(head, encoding, is_whole)
        if decoded is None:
            continue
        has_feeds = b"\n" in head or b"\r" not in head
        return Text(encoding, shown, _delimiter(decoded), has_feeds)
    check_one_encoding(head)
    raise CannotRead("encoding", "UTF-8 / CP949", _first_bad_line(head))


def check_one_encoding(content: bytes) -> None:
    """Find text that would be read as other letters than were meant, or not at all.

    Raises:
        CannotRead: a line is in another encoding than those above it, or all are in Johab.
    """
    first = ""
    for number, line in enumerate(_byte_lines(content), 1):
        if line.isascii():
            continue
        found = "UTF-8" if _decodes(line, "utf-8") else "CP949" if _decodes(line, "cp949") else ""
        if found and first and found != first:
            raise CannotRead("encoding-mixed", f"{first} / {found}", number)
        first = first or found
    if (
        _share_of_common(content, "cp949") < _CP949_DOUBTFUL
        and _share_of_common(content, "johab") > _JOHAB_SURE
    ):
        raise CannotRead("encoding-johab", "UTF-8 / CP949")


def read_delimited(content: Content, text: Text, size: int | None = None) -> Sheet:
    """All rows of a text; columns that are blank to the end are left out.

    Args:
        content: the file.
        text: how it is to be read.
        size: bytes from its beginning that are read; None for all.

    Raises:
        CannotRead: bytes that the encoding does not have, broken quotes, too many rows, cells or
            letters.
    """
    written = content.read() if size is None else content.head(size)
    try:
        decoded = written.decode(text.encoding)
    except UnicodeDecodeError as error:
        line = written[: error.start].count(b"\n") + 1
        if text is EXACT:
            value = repr(error.object[error.start : error.end])
            raise CannotRead("encoding", text.shown, line, value) from None
        check_one_encoding(written)
        raise CannotRead("encoding", "UTF-8 / CP949", line) from None
    if text.encoding == "cp949":  # in which most bytes are some letters
        check_one_encoding(written)
    if len(decoded) > TEXT_LIMIT:
        raise CannotRead("text-size", f"{TEXT_LIMIT:,}")
    if "\x00" in decoded:
        line = decoded[: decoded.index("\x00")].count("\n") + 1
        raise CannotRead("format", "CSV, XLSX, ODS", line)
    lines = tuple(_lines(decoded, text))
    if size is not None or text is EXACT:
        return Sheet("", lines)
    width = max((_filled(line.cells) for line in lines), default=0)
    return Sheet("", tuple(Line(line.number, line.cells[:width]) for line in lines))


def _lines(decoded: str, text: Text) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(decoded, newline=""), delimiter=text.delimiter, strict=True)
    number, row_count, cell_count = 1, 0, 0
    try:
        for cells in reader:
            if len(cells) > COLUMN_LIMIT:
                raise CannotRead("column-limit", str(COLUMN_LIMIT), number)
            row_count, cell_count = row_count + 1, cell_count + len(cells)
            if row_count > ROW_LIMIT + 100:
                raise CannotRead("row-limit", f"{ROW_LIMIT:,}")
            if cell_count > CELLS_LIMIT:
                raise CannotRead("cell-count", f"{CELLS_LIMIT:,}")
            yield Line(number, tuple(_composed(cells)))
            number = reader.line_num + 1
    except csv.Error as error:
        if text is EXACT:
            raise CannotRead("encoding", "CSV (RFC 4180)", number, str(error)) from None
        raise _broken_quote(decoded, text, number) from None


def _broken_quote(decoded: str, text: Text, number: int) -> CannotRead:
    """Where the quote stands that breaks the row which begins on a line.

    A quote that is never closed takes all that follows into one cell; one that is closed within
    its text is followed by more of it.
    """
    line = next(itertools.islice(io.StringIO(decoded, newline=""), number - 1, None), "")
    try:
        cells = next(csv.reader([line], delimiter=text.delimiter))
        place = cell_name(number, len(cells) - 1)
    except csv.Error:
        place = str(number)
    try:
        for _cells in csv.reader([line], delimiter=text.delimiter, strict=True):
            pass
    except csv.Error as error:
        if "expected after" in str(error):
            return CannotRead("quote-within", str(number), number)
    return CannotRead("quote-open", place, number)


def _composed(cells: Iterable[str]) -> Iterator[str]:
    """Hangul in whole syllables, as other systems than macOS write it."""
    for cell in cells:
        yield cell if cell.isascii() else unicodedata.normalize("NFC", cell)


def _filled(cells: Sequence[str]) -> int:
    """How many cells there are up to the last one that is not blank."""
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)


def _byte_lines(content: bytes) -> Iterator[bytes]:
    """The lines of a text, without copying all of them at once."""
    with io.BytesIO(content) as reader:
        yield from reader


def _decodes(line: bytes, codec: str) -> bool:
    try:
        line.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _share_of_common(content: bytes, codec: str) -> float:
    """How many of the letters beyond ASCII are Hangul syllables in daily use."""
    text = content[:_SNIFF].decode(codec, "replace")
    letters = [letter for letter in text if not letter.isascii()]
    common = sum("가" <= letter <= "힣" and _is_common(letter) for letter in letters)
    return common / len(letters) if letters else 1.0


def _is_common(letter: str) -> bool:
    try:
        return len(letter.encode("euc_kr")) == 2  # others are spelled out in eight bytes
    except UnicodeEncodeError:
        return False


def _decoded(head: bytes, codec: str, is_whole: bool) -> str | None:
    for cut in range(1 if is_whole else 4):  # the head may end within a character
        try:
            return head[: len(head) - cut].decode(codec)
        except UnicodeDecodeError as error:
            if is_whole or error.start < len(head) - 4:
                return None
    return None


def _first_bad_line(head: bytes) -> int:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return head[: error.start].count(b"\n") + 1
    return 0


def _delimiter(text: str) -> str:
    """The delimiter that cuts most of the first lines into the same number of cells, above one."""
    lines = [line for line in text[:_SNIFF].splitlines()[:40] if line.strip()]
    best, best_score = ",", (0, 0)
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:
            continue
        wide = [width for width in widths if width > 1]
        if wide:
            usual = max(set(wide), key=wide.count)
            score = (wide.count(usual), usual)
            if score > best_score:
                best, best_score = delimiter, score
    return best
