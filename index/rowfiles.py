"""Rows as files: CSV, JSON lines, XLSX and Parquet, the same bytes for the same rows, made a piece at a time.

CSV is plain UTF-8 without a byte order mark unless one is asked for: Excel shows å ä ö rightly when it opens a file
with one. A cell of text that a spreadsheet would take for a formula (=, +, -, @ first) gets an apostrophe in front in
CSV and is marked as text in XLSX; in JSON lines and Parquet nothing is touched.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any

from index.export import Column

Row = dict[str, Any]

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
MOST_XLSX_ROWS = 1_048_575  # of a sheet, its head aside

_FORMULA = re.compile(r"[=+\-@\t\r\n].", re.DOTALL)
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOST_CHARACTERS = 32_767  # of an XLSX cell
_LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)  # so that the same rows are the same bytes
_PIECE = 200  # rows between two pieces
_GROUP = 5_000  # rows of a row group
_BLOCK = 1 << 16


class TooManyRowsError(ValueError):
    """More rows than the format holds, or than are given away at once."""


def stream(rows: Iterable[Row], columns: list[Column], format: str, bom: bool = False) -> Generator[bytes]:
    """The file in pieces, as its rows come. An empty piece says that the work goes on: who waits may leave there."""
    if format not in FORMATS:
        raise ValueError(f"there is no format {format!r}; there are {', '.join(FORMATS)}")
    if bom and format == "csv":
        yield b"\xef\xbb\xbf"
    yield from FORMATS[format](rows, columns)


def write(rows: Iterable[Row], columns: list[Column], format: str, out: IO[bytes] | Path, bom: bool = False) -> int:
    """Writes the rows to a stream or a file, and says how many. A file is there whole, or is what it was before."""
    counted = _Counted(rows)
    pieces = stream(counted, columns, format, bom)
    if not isinstance(out, Path):
        out.writelines(pieces)
        return counted.number
    handle, beside = tempfile.mkstemp(prefix=f".{out.name}-", dir=out.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        Path(beside).replace(out)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return counted.number


class _Counted:
    """Rows, and how many of them went by."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows, self.number = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.number += 1
            yield row


def _csv(rows: Iterable[Row], columns: list[Column]) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(column.name for column in columns)
    for batch in _batches(rows, _PIECE):
        writer.writerows([_csv_cell(row[column.name]) for column in columns] for row in batch)
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    yield text.getvalue().encode()  # the head, where there are no rows


def _csv_cell(value: Any) -> str:
    """
    >>> [_csv_cell(value) for value in ("=1+1", "-", None, Decimal("-5.5"), True)]
    ["'=1+1", '-', '', '-5.5', 'true']
    """
    if isinstance(value, str):
        return f"'{value}" if _FORMULA.match(value) else value
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def _jsonl(rows: Iterable[Row], columns: list[Column]) -> Iterator[bytes]:
    for batch in _batches(rows, _PIECE):
        plain = ({column.name: _json_value(row[column.name]) for column in columns} for row in batch)
        yield "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in plain).encode()


def _json_value(value: Any) -> Any:
    return format(value, "f") if isinstance(value, Decimal) else value  # as in the JSON of a document


def _xlsx(rows: Iterable[Row], columns: list[Column]) -> Iterator[bytes]:
    """The book is put together on disk, because a workbook's first bytes are made last."""
    import xlsxwriter

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": folder})
        book.set_properties({"created": _LONG_AGO})
        sheet = book.add_worksheet("paragraf")
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column.name)
        written = 0
        for batch in _batches(rows, _PIECE):
            if written + len(batch) > MOST_XLSX_ROWS:
                raise TooManyRowsError(
                    f"an XLSX sheet holds {MOST_XLSX_ROWS} rows; take csv or parquet, or filter more"
                )
            for row in batch:
                written += 1
                for at, column in enumerate(columns):
                    _xlsx_cell(sheet, written, at, row[column.name])
            yield b""
        book.close()
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block


def _xlsx_cell(sheet: Any, row: int, at: int, value: Any) -> None:
    """Text is written as text, so that it never is a formula or a link."""
    if isinstance(value, str):
        sheet.write_string(row, at, _NOT_IN_XML.sub("", value)[:_MOST_CHARACTERS])
    elif isinstance(value, bool):
        sheet.write_boolean(row, at, value)
    elif value is not None:
        sheet.write_number(row, at, value)


def _parquet(rows: Iterable[Row], columns: list[Column]) -> Iterator[bytes]:
    import pyarrow
    from pyarrow import parquet

    types = {
        "text": pyarrow.string(),
        "number": pyarrow.int64(),
        "fraction": pyarrow.float64(),
        "kronor": pyarrow.decimal128(38, 10),
        "truth": pyarrow.bool_(),
    }
    schema = pyarrow.schema([(column.name, types[column.type]) for column in columns])
    file = _Pieces()
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        made: list[Row] = []
        for batch in _batches(rows, _PIECE):
            made += batch
            if len(made) >= _GROUP:
                writer.write_table(pyarrow.Table.from_pylist(made, schema=schema))
                made = []
            yield file.taken()
        if made:
            writer.write_table(pyarrow.Table.from_pylist(made, schema=schema))
    yield file.taken()


class _Pieces(io.RawIOBase):
    """A file that is written to its end and given away as it grows."""

    def __init__(self) -> None:
        self._held, self._at = bytearray(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Takes bytes."""
        more = bytes(data)
        self._held += more
        self._at += len(more)
        return len(more)

    def tell(self) -> int:
        """How much was written."""
        return self._at

    def taken(self) -> bytes:
        """What was written since the last time."""
        held = bytes(self._held)
        self._held.clear()
        return held


def _batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


FORMATS: dict[str, Callable[[Iterable[Row], list[Column]], Iterator[bytes]]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
