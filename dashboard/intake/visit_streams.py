"""Rows of large files as a stream of batches of text, each row with the line it stands on."""

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from dashboard.intake.delivery import Delivery, Progress
from dashboard.intake.formats.parquet import as_text

Lines: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int64]]"
"""The line of the file for each row of a batch."""
WrongWidth: TypeAlias = Callable[[int, int, int, str], None]
"""Called with line, cells found, cells expected, and the text of the row."""
_BLOCK = 8 << 20
_ROWS = 1 << 17
_CODECS = {"UTF-8": "utf-8", "UTF-8 with BOM": "utf-8", "CP949": "cp949"}


def stream_rows(
    delivery: Delivery, wrong_width: WrongWidth, progress: Progress | None
) -> Iterator[tuple[pa.Table, Lines]]:
    """The rows below the header in batches, all columns text, with the line of each row."""
    if not delivery.is_large:
        yield _small(delivery)
    elif delivery.format == "parquet":
        yield from _parquet(delivery, progress)
    else:
        yield from _csv(delivery, wrong_width, progress)


def _small(delivery: Delivery) -> tuple[pa.Table, Lines]:
    width = len(delivery.headers)
    columns = [
        pa.array([row.cells[place] for row in delivery.rows], pa.string()) for place in range(width)
    ]
    table = pa.Table.from_arrays(columns, names=unique_names(delivery.headers))
    return table, np.array([row.line for row in delivery.rows], np.int64)


def _parquet(delivery: Delivery, progress: Progress | None) -> Iterator[tuple[pa.Table, Lines]]:
    with delivery.content.open() as reader:
        file = pq.ParquetFile(reader)
        total = file.metadata.num_rows
        line = 2
        for batch in file.iter_batches(_ROWS):
            columns = [as_text(column) for column in batch.columns]
            table = pa.Table.from_arrays(columns, names=unique_names(delivery.headers))
            yield table, np.arange(line, line + batch.num_rows, dtype=np.int64)
            line += batch.num_rows
            if progress:
                progress("reading", line - 2, total)


def _csv(
    delivery: Delivery, wrong_width: WrongWidth, progress: Progress | None
) -> Iterator[tuple[pa.Table, Lines]]:
    skipped: list[int] = []

    def handle(row: pa_csv.InvalidRow) -> str:
        """A row of another width; blank lines are no rows."""
        skipped.append(row.number)
        if row.text.strip(" \t\r\n" + delivery.delimiter):
            line = (row.number or 0) + delivery.header_line
            wrong_width(line, row.actual_columns, row.expected_columns, row.text)
        return "skip"

    total = delivery.size
    with delivery.content.open() as source:
        for _ in range(delivery.header_line):
            source.readline()
        options = pa_csv.ReadOptions(
            use_threads=False,
            block_size=_BLOCK,
            encoding=_CODECS[delivery.encoding],
            column_names=unique_names(delivery.headers),
        )
        parse = pa_csv.ParseOptions(
            delimiter=delivery.delimiter, ignore_empty_lines=False, invalid_row_handler=handle
        )
        convert = pa_csv.ConvertOptions(
            column_types=dict.fromkeys(unique_names(delivery.headers), pa.string()),
            strings_can_be_null=False,
            quoted_strings_can_be_null=False,
        )
        counted = _Counted(
            source, lambda done: progress("reading", done, total) if progress else None
        )
        number = 0
        with pa_csv.open_csv(pa.PythonFile(counted, "r"), options, parse, convert) as reader:
            for batch in reader:
                # Rows are counted from 1 below the header; those skipped so far have no place.
                wanted = batch.num_rows
                rows = np.arange(number + 1, number + 1 + wanted + len(skipped), dtype=np.int64)
                rows = rows[~np.isin(rows, skipped)][:wanted]
                number = int(rows[-1]) if wanted else number
                filled = _filled(batch)
                table = pa.Table.from_batches([batch.filter(pa.array(filled))])
                yield table, rows[filled] + delivery.header_line


def _filled(batch: pa.RecordBatch) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which rows have a cell that is not blank; a blank line is no row."""
    filled = np.zeros(batch.num_rows, np.bool_)
    for column in batch.columns:
        filled |= pc.not_equal(column, "").to_numpy(zero_copy_only=False)
        if filled.all():
            break
    return filled


class _Counted:
    """A reader that says how many bytes went through it."""

    def __init__(self, source: BinaryIO, counted: Callable[[int], None]) -> None:
        self._source = source
        self._report = counted
        self._done = 0
        self.closed = False

    def read(self, size: int = -1) -> bytes:
        """As of any file."""
        piece = self._source.read(size)
        self._done += len(piece)
        self._report(self._done)
        return piece

    def readable(self) -> bool:
        """As of any file."""
        return True

    def close(self) -> None:
        """The source is closed by its owner."""
        self.closed = True


def unique_names(headers: Sequence[str]) -> list[str]:
    """Headers as column names; those that occur twice, or are empty, get their place."""
    return [
        header if header and headers.index(header) == place else f"{header}#{place + 1}"
        for place, header in enumerate(headers)
    ]
