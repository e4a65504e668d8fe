"""Rows: sorted, the same from run to run, filtered as a search is, and every quote is the text where it says it is."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest

from extractors.model import Municipality, Span
from index.asking.filters import FilterError, Filters
from index.catalog import Catalog
from index.export import KINDS, Column, columns, rows
from index.rowfiles import FORMATS, write
from tests.records import empty_catalog, listed, protocol

_OREBRO = Municipality("1880", "Örebro")


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """Two papers of Alingsås and one of Örebro whose date only the source knows."""
    with Catalog(empty_catalog(tmp_path_factory.mktemp("export"))) as made:
        made.source("papers", "folder", "/papers")
        run = made.start_run("ingest")
        for document, told in (
            (protocol("Linden", kronor=4_500_000, date="2025-12-01"), listed("b.pdf")),
            (replace(protocol("Aspen", date=None), municipality=_OREBRO), listed("a.pdf", date="2026-01-20")),
            (protocol("Eken"), listed("c.pdf")),
        ):
            made.save(told, document.id, document, run)
        yield made


def _rows(catalog: Catalog, of: str = "decisions", **filters: Any) -> list[dict[str, Any]]:
    return list(rows(catalog.engine, of, Filters(**filters)))


def test_a_decision_tells_where_it_stands(catalog: Catalog) -> None:
    first = _rows(catalog)[0]
    assert list(first) == [column.name for column in columns("decisions")]
    assert first | {"document": "", "start": 0, "end": 0} == {
        "municipality_code": "1489", "municipality": "Alingsås", "body": "Kommunstyrelsen", "date": "2025-12-01",
        "kind": "protocol", "title": "Kommunstyrelsen 2025-12-01", "item": "1",
        "item_title": "Bidrag till Föreningen Linden", "item_case_number": "KS 2026/1",
        "text": "Kommunstyrelsen beviljar 4500000 kronor.", "outcome": "granted", "deciding_body": "Kommunstyrelsen",
        "source": "papers", "url": "/papers/b.pdf", "document": "", "page": 1, "start": 0, "end": 0,
        "quote": "Kommunstyrelsen beviljar 4500000 kronor.", "confidence": None, "municipality_from": "text",
        "body_from": "text", "date_from": "text", "withdrawn": False,
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_sorted_and_quoted_word_for_word(catalog: Catalog, kind: str) -> None:
    found = _rows(catalog, kind)
    assert found and found == _rows(catalog, kind)
    order = [(row["municipality_code"], row["date"], row["url"], row.get("start", 0)) for row in found]
    assert order == sorted(order)
    texts = {stored.sha256: stored.document.text for stored in catalog.documents()}
    for row in found:
        if "quote" in row:
            assert row["quote"] == texts[row["document"]][row["start"] : row["end"]]


@pytest.mark.parametrize(
    ("kind", "filters", "count"),
    [
        ("decisions", {}, 6),
        ("decisions", {"municipality": ("1880",)}, 2),
        ("decisions", {"municipality": ("örebro",)}, 2),
        ("decisions", {"municipality": ("ÖREBRO", "Alingsås")}, 6),
        ("decisions", {"municipality": ("Huddinge",)}, 0),
        ("decisions", {"body": ("kommunstyrelsen",)}, 6),
        ("decisions", {"kind": ("motion",)}, 0),
        ("decisions", {"party": ("M",)}, 6),
        ("decisions", {"party": ("m",)}, 6),
        ("decisions", {"person": ("anna ek",)}, 6),
        ("decisions", {"outcome": ("granted",)}, 6),
        ("decisions", {"outcome": ("rejected",)}, 0),
        ("decisions", {"year": (2026,)}, 4),
        ("decisions", {"date_from": "2026-01-20"}, 4),  # the day itself, though only the source tells it
        ("decisions", {"date_to": "2026-01"}, 4),
        ("decisions", {"date_from": "2026-02", "date_to": "2026"}, 2),
        ("decisions", {"min_kronor": 1_000_000}, 2),
        ("decisions", {"max_kronor": 1_000_000}, 4),
        ("decisions", {"case": ("ks-2026-1",)}, 3),
        ("amounts", {"min_kronor": 50_000, "max_kronor": 50_000}, 4),
        ("documents", {"case": ("KS 2026/2",), "min_kronor": 1_000_000}, 1),
        ("items", {"outcome": ("granted",), "year": (2025,)}, 2),
        ("voters", {"municipality": ("1880",)}, 4),
        ("tables", {"year": (2025,)}, 1),
    ],
)
def test_filters(catalog: Catalog, kind: str, filters: dict[str, Any], count: int) -> None:
    assert len(_rows(catalog, kind, **filters)) == count


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"municipality": ("Ankeborg",)}, "no municipality is called 'Ankeborg'"),
        ({"body": ("Sjönämnden",)}, "there are Kommunstyrelsen"),
        ({"kind": ("protokoll",)}, "there are protocol, protocol_extract"),
        ({"outcome": ("bifall",)}, "there are approved"),
        ({"party": ("SD",)}, "there are M, S"),  # they do nothing in these papers
        ({"person": ("Bo Alm",)}, "there are "),  # he votes and reserves himself, and is not among the people found
        ({"case": ("banan",)}, "write it like KS 2021/549"),
    ],
)
def test_an_unknown_value_names_the_known_ones(catalog: Catalog, filters: dict[str, Any], message: str) -> None:
    with pytest.raises(FilterError, match=message):
        _rows(catalog, **filters)


def test_the_conditions_are_about_one_item(catalog: Catalog, tmp_path: Path) -> None:
    document = protocol("Eken")
    first, second = document.items
    dear = replace(document.amounts[1], kronor=Decimal(9_000_000))
    mixed = replace(
        document,
        items=(replace(first, decisions=(replace(first.decisions[0], outcome="rejected"),)), second),
        amounts=(document.amounts[0], dear),
    )
    with Catalog(empty_catalog(tmp_path)) as other:
        other.source("papers", "folder", "/papers")
        other.save(listed("a.pdf"), mixed.id, mixed, other.start_run("ingest"))
        both = {"outcome": ("rejected",), "min_kronor": 1_000_000}
        assert _rows(other, "documents", **both) == []
        assert len(_rows(other, "documents", outcome=("granted",), min_kronor=1_000_000)) == 1


def test_an_unknown_kind_names_the_known_ones(catalog: Catalog) -> None:
    with pytest.raises(ValueError, match="there are documents, items, decisions"):
        list(rows(catalog.engine, "beslut"))


def test_an_empty_catalog_gives_a_head_and_no_rows(tmp_path: Path) -> None:
    with Catalog(empty_catalog(tmp_path)) as empty:
        out = io.BytesIO()
        assert write(rows(empty.engine), columns("decisions"), "csv", out) == 0
        assert out.getvalue().count(b"\n") == 1


def _read(format: str, data: bytes) -> list[dict[str, Any]]:
    """The rows back, as text."""
    if format == "csv":
        return list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    if format == "jsonl":
        return [json.loads(line) for line in data.decode().splitlines()]
    if format == "parquet":
        found: list[dict[str, Any]] = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
        return found
    sheet = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    return [dict(zip(sheet[0], row, strict=True)) for row in sheet[1:]]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("kind", ["decisions", "amounts", "documents"])
def test_formats_say_the_same_and_are_the_same_bytes(catalog: Catalog, kind: str, format: str) -> None:
    outs = [io.BytesIO(), io.BytesIO()]
    for out in outs:
        assert write(rows(catalog.engine, kind), columns(kind), format, out) == len(_rows(catalog, kind))
    assert outs[0].getvalue() == outs[1].getvalue()
    for row, back in zip(_rows(catalog, kind), _read(format, outs[0].getvalue()), strict=True):
        assert list(back) == list(row)
        if kind == "amounts":
            assert Decimal(str(back["kronor"])) == row["kronor"]
        assert (back["municipality"], back["title"], back.get("quote")) == (
            row["municipality"], row["title"], row.get("quote"),
        )  # fmt: skip


_CELLS = [
    ('=HYPERLINK("http://x")', "'=HYPERLINK(\"http://x\")"),
    ("+46 8 123", "'+46 8 123"),
    ("-2+3", "'-2+3"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("=\n1+1", "'=\n1+1"),  # on two lines it is a formula still
    ("\n=1+1", "'\n=1+1"),
    ("-", "-"),  # a member without party
    ("Beslut = bifall", "Beslut = bifall"),
    ("rad ett\nrad två; med \"tecken\", å", "rad ett\nrad två; med \"tecken\", å"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "in_csv"), _CELLS)
@pytest.mark.parametrize("format", FORMATS)
def test_no_cell_is_a_formula(format: str, text: str, in_csv: str) -> None:
    out = io.BytesIO()
    write([{"text": text, "kronor": Decimal("-5")}], [Column("text"), Column("kronor", "kronor")], format, out)
    (row,) = _read(format, out.getvalue())
    assert row["text"] == (in_csv if format == "csv" else text)
    assert Decimal(str(row["kronor"])) == Decimal("-5")
    if format == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(out.getvalue())).active
        assert sheet["A2"].data_type == "s"


@pytest.mark.parametrize("format", FORMATS)
def test_a_sum_keeps_its_decimals(format: str) -> None:
    out = io.BytesIO()
    write([{"kronor": Decimal("0.12345")}], [Column("kronor", "kronor")], format, out)  # a fee per kilowatt-hour
    assert Decimal(str(_read(format, out.getvalue())[0]["kronor"])) == Decimal("0.12345")


def test_a_file_is_whole_or_as_before(catalog: Catalog, tmp_path: Path) -> None:
    def broken() -> Iterator[dict[str, Any]]:
        yield {"text": "one"}
        raise OSError("the disk is full")

    out = tmp_path / "decisions.csv"
    out.write_text("before")
    with pytest.raises(OSError, match="full"):
        write(broken(), [Column("text")], "csv", out)
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]
    write(rows(catalog.engine), columns("decisions"), "csv", out)
    assert len(_read("csv", out.read_bytes())) == 6


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="csv, jsonl, xlsx, parquet"):
        write([], [], "pdf", io.BytesIO())


def test_a_quote_outside_all_items_is_quoted_too(tmp_path: Path) -> None:
    document = protocol("Eken")
    outside = replace(document, items=(), people=(replace(document.people[0], span=Span(0, 3, 1)),))
    with Catalog(empty_catalog(tmp_path)) as other:
        other.source("papers", "folder", "/papers")
        other.save(listed("a.pdf"), outside.id, outside, other.start_run("ingest"))
        (row,) = _rows(other, "people")
        assert (row["item"], row["quote"]) == (None, "§ 1")
