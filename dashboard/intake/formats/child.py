"""The reading process: `python -m dashboard.intake.formats.child KIND MEMORY_MB SECONDS`.

Reads the file from its standard input, writes sheets to its standard output (see `wire`), and may
fail: whoever started it says so in words. Imports little, so that it starts in no time.
"""

import io
import sys
from typing import BinaryIO

from dashboard.intake.formats.wire import Writer
from dashboard.intake.sheets import CannotRead

_OLE_STREAMS = (
    ("EncryptedPackage", "format-locked", "XLSX"),
    ("HWP Document File", "format-hwp", "HWP"),
    ("HwpSummaryInformation", "format-hwp", "HWP"),
    ("WordDocument", "format-document", "DOC"),
    ("PowerPoint Document", "format-document", "PPT"),
)
"""What stands in other files of this kind: name, rule, what the file is."""


def main(kind: str, memory_mb: int, seconds: int) -> None:
    """Read one file.

    Args:
        kind: what its first bytes say, see `signatures`.
        memory_mb: MiB that may be used.
        seconds: of the processor.
    """
    limit(memory_mb, seconds)
    out = Writer(io.TextIOWrapper(sys.stdout.buffer, "utf-8", errors="replace"))
    try:
        source = sys.stdin.buffer
        read(kind, source if source.seekable() else io.BytesIO(source.read()), out)
        out.end()
    except CannotRead as error:
        out.refuse(error)
    except MemoryError:
        out.refuse(CannotRead("reader-memory", f"{memory_mb} MB"))


def limit(memory_mb: int, seconds: int) -> None:
    """Bound this process where the system can; Windows cannot, there the parent's clock remains."""
    try:
        import resource
    except ImportError:
        return
    size = memory_mb << 20
    for name, bound in (
        ("RLIMIT_AS", size),
        ("RLIMIT_DATA", size),
        ("RLIMIT_CPU", seconds),
        ("RLIMIT_FSIZE", 0),  # it has nothing to write to the disk,
        ("RLIMIT_CORE", 0),  # least of all the memory that the file was read into
    ):
        try:
            resource.setrlimit(getattr(resource, name), (bound, bound + (name == "RLIMIT_CPU")))
        except (AttributeError, ValueError, OSError):
            continue


def read(kind: str, source: BinaryIO, out: Writer) -> None:
    """Write out the sheets of a file.

    Raises:
        CannotRead: it cannot be read, or is too large inside.
        MemoryError: it takes more memory than there is.
    """
    if kind == "archive":
        _read_archive(source, out)
    elif kind == "ole":
        _read_ole(source.read(), out)
    elif kind == "parquet":
        from dashboard.intake.formats.parquet import read_parquet_head

        out.book(kind)
        read_parquet_head(source, out)
    else:
        from dashboard.intake.formats import web_tables

        readers = {
            "html": web_tables.read_html,
            "mhtml": web_tables.read_mhtml,
            "xml": web_tables.read_spreadsheet_xml,
        }
        out.book(kind)
        readers[kind](source.read(), out)


def _read_archive(source: BinaryIO, out: Writer) -> None:
    from dashboard.intake.formats.archive import check_real_sizes, kind_of, opened
    from dashboard.intake.workbook_texts import further_texts

    with opened(source) as archive:
        kind = kind_of(archive)
        check_real_sizes(archive)
        out.book(kind)
        for place, text in further_texts(archive):
            out.text(place, text)
        match kind:
            case "xlsx":
                from dashboard.intake.formats.xlsx import read_xlsx

                read_xlsx(archive, out)
            case "ods":
                from dashboard.intake.formats.ods import read_ods

                read_ods(archive, out)
            case "hwpx":
                from dashboard.intake.formats.hangul import read_hwpx

                read_hwpx(archive, out)
            case _:
                from dashboard.intake.formats.xls import read_by_calamine

                read_by_calamine(kind, source, out)


def _read_ole(content: bytes, out: Writer) -> None:
    """An OLE file is told by the names in its directory, which are in UTF-16."""
    for name, rule, expected in _OLE_STREAMS:
        if name.encode("utf-16-le") in content or name.encode("ascii") in content[:4096]:
            raise CannotRead(rule, expected)
    from dashboard.intake.formats.xls import read_xls

    out.book("xls")
    read_xls(content, out)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
