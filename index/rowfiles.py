"""Rows as files: CSV, JSON lines, XLSX and Parquet, the same bytes for the same rows.

CSV is plain UTF-8 without a byte order mark: Excel shows å ä ö rightly when it imports it; XLSX is the one to double-
click. A cell of text that a spreadsheet would take for a formula (=, +, -, @ first) gets an apostrophe in front in
CSV and is marked as text in XLSX; in JSON lines and Parquet nothing is touched.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any

from index.export import Column

Row = dict[str, Any]

_FORMULA = re.compile(r"[=+\-@\t\r\n].", re.DOTALL)
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOST_CHARACTERS = 32_767  # of an XLSX cell
_MOST_ROWS = 1_048_576  # of an XLSX sheet, its head among them
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a zip file has no earlier time; ours has none at all
_BATCH = 5_000


class TooManyRowsError(ValueError):
    """More rows than the format holds."""


def write(rows: Iterable[Row], columns: list[Column], format: str, out: IO[bytes] | Path) -> int:
    """Writes the rows to a stream or a file, and says how many. A file is there whole, or is what it was before."""
    if format not in FORMATS:
        raise ValueError(f"there is no format {format!r}; there are {', '.join(FORMATS)}")
    if not isinstance(out, Path):
        return FORMATS[format](rows, columns, out)
    handle, beside = tempfile.mkstemp(prefix=f".{out.name}-", dir=out.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            written = FORMATS[format](rows, columns, file)
        Path(beside).replace(out)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return written


def _csv(rows: Iterable[Row], columns: list[Column], out: IO[bytes]) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer, written = csv.writer(text), 0
    writer.writerow(column.name for column in columns)
    for row in rows:
        writer.writerow(_csv_cell(row[column.name]) for column in columns)
        written += 1
    text.detach()
    return written


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


def _jsonl(rows: Iterable[Row], columns: list[Column], out: IO[bytes]) -> int:
    written = 0
    for row in rows:
        plain = {column.name: _json_value(row[column.name]) for column in columns}
        out.write(json.dumps(plain, ensure_ascii=False).encode() + b"\n")
        written += 1
    return written


def _json_value(value: Any) -> Any:
    return format(value, "f") if isinstance(value, Decimal) else value  # as in the JSON of a document


def _xlsx(rows: Iterable[Row], columns: list[Column], out: IO[bytes]) -> int:
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    def cell(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        made = WriteOnlyCell(sheet, _NOT_IN_XML.sub("", value)[:_MOST_CHARACTERS])
        made.data_type = "s"  # never a formula
        return made

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("paragraf")
    sheet.freeze_panes = "A2"
    sheet.append([column.name for column in columns])
    written = 0
    for written, row in enumerate(rows, 1):
        if written >= _MOST_ROWS:
            raise TooManyRowsError(f"an XLSX sheet holds {_MOST_ROWS - 1} rows; take csv or parquet, or filter more")
        sheet.append([cell(row[column.name]) for column in columns])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        _without_times(file, out)
    return written


def _without_times(book: IO[bytes], out: IO[bytes]) -> None:
    """The same workbook without the moment of writing, so that the same rows are the same bytes."""
    with tempfile.TemporaryFile() as copy:
        with zipfile.ZipFile(book) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                timeless = zipfile.ZipInfo(name, _LONG_AGO)
                timeless.compress_type = zipfile.ZIP_DEFLATED
                with old.open(name) as part, new.open(timeless, "w") as target:
                    if name == "docProps/core.xml":
                        target.write(re.sub(rb">\d{4}-\d\d-\d\dT[\d:]+Z<", b">1980-01-01T00:00:00Z<", part.read()))
                    else:
                        shutil.copyfileobj(part, target)
        copy.seek(0)
        shutil.copyfileobj(copy, out)


def _parquet(rows: Iterable[Row], columns: list[Column], out: IO[bytes]) -> int:
    import pyarrow
    from pyarrow import parquet

    types = {
        "text": pyarrow.string(),
        "number": pyarrow.int64(),
        "kronor": pyarrow.decimal128(38, 10),
        "truth": pyarrow.bool_(),
    }
    schema = pyarrow.schema([(column.name, types[column.type]) for column in columns])
    written = 0
    with tempfile.TemporaryFile() as file:
        with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            for batch in _batches(rows):
                writer.write_table(pyarrow.Table.from_pylist(batch, schema=schema))
                written += len(batch)
        file.seek(0)
        shutil.copyfileobj(file, out)
    return written


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        yield batch


FORMATS: dict[str, Callable[[Iterable[Row], list[Column], IO[bytes]], int]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
