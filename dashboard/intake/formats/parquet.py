"""The head of a Parquet file, by which its columns are told; its rows are read as a stream."""

from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dashboard.intake.formats.wire import Writer
from dashboard.intake.sheets import CannotRead

_ROWS = 200


def read_parquet_head(source: BinaryIO, out: Writer) -> None:
    """Write out the column names and the first rows, as lines of text.

    Raises:
        CannotRead: the file is damaged, or has a column of lists.
    """
    try:
        file = pq.ParquetFile(source)
        out.sheet("")
        out.line(1, list(file.schema_arrow.names))
        for batch in file.iter_batches(_ROWS, use_threads=False):
            columns = [as_text(column).to_pylist() for column in batch.columns]
            for number, cells in enumerate(zip(*columns, strict=True), 2):
                out.line(number, [cell or "" for cell in cells])
            break
    except (pa.ArrowException, OSError, ValueError):
        raise CannotRead("damaged", "Parquet") from None


def as_text(column: pa.Array) -> pa.Array:
    """Any type as the text that a CSV file would have; a date stays ISO 8601."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_large_string(column.type) or pa.types.is_string(column.type):
        return column.cast(pa.string())
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column, "%Y-%m-%d")
    if pa.types.is_floating(column.type):
        whole = pc.equal(column, pc.round(column))
        if pc.all(whole, min_count=0).as_py():
            column = column.cast(pa.int64(), safe=False)
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        raise CannotRead("damaged", str(column.type))
    return column.cast(pa.string())
