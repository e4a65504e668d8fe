"""A document's items and finds as rows of the record (fynd)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table, bindparam, insert, select

from extractors.model import Document, Find, Item, Span
from index import tables
from index.acts import acts
from index.cases import references

Row = dict[str, Any]
Statement = tuple[str, tuple[str, ...] | None, list[tuple[str, Callable[[Any], Any]]]]

_ITEM_IDS = (
    select(tables.items.c.id)
    .where(tables.items.c.content_id == bindparam("of_content"))
    .order_by(tables.items.c.ordinal)
)
_ADD_VOTE = insert(tables.votes)


def count(document: Document) -> int:
    """How many finds there are in a document, of all kinds."""
    inside = sum(len(i.decisions) + len(i.proposals) + len(i.votes) + len(i.reservations) for i in document.items)
    beside = (document.case_numbers, document.amounts, document.people, document.parties, document.dates)
    return inside + sum(map(len, (*beside, document.organisations, document.tables)))


def add(db: Connection, content_id: int, document: Document) -> None:
    """The rows of a document's items and everything found in it."""
    item_ids = _add_items(db, content_id, document.items)
    for item, item_id in zip(document.items, item_ids, strict=True):
        _add_votes(db, content_id, item, item_id)
    for table, rows in _rows(
        document, {id(item): row for item, row in zip(document.items, item_ids, strict=True)}
    ).items():
        _insert(db, table, [{"content_id": content_id} | row for row in rows])
    deeds = [
        {"item_id": item_id, "party": act.party, "act": act.act}
        for item, item_id in zip(document.items, item_ids, strict=True)
        for act in acts(document, item)
    ]
    _insert(db, tables.item_parties, deeds)


def _insert(db: Connection, table: Table, rows: list[Row]) -> None:
    """Many rows of the same columns. SQLAlchemy writes the statement once; the rows go straight to the driver."""
    if not rows:
        return
    sql, columns, processors = _statement(table, tuple(rows[0]), db.dialect)
    for column, processor in processors:
        for row in rows:
            row[column] = processor(row[column])
    db.exec_driver_sql(sql, rows if columns is None else list(map(itemgetter(*columns), rows)))


@cache
def _statement(table: Table, columns: tuple[str, ...], dialect: Dialect) -> Statement:
    """An insert in the driver's own words, the order it wants its values in (None: by name), how to prepare some."""
    compiled = insert(table).inline().compile(dialect=dialect, column_keys=list(columns))
    prepared = ((name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in columns)
    order = tuple(compiled.positiontup or ()) if compiled.positional else None
    return str(compiled), order, [(name, processor) for name, processor in prepared if processor is not None]


def _add_items(db: Connection, content_id: int, items: tuple[Item, ...]) -> list[int]:
    rows = [
        {
            "content_id": content_id,
            "ordinal": ordinal,
            "number": item.number,
            "title": item.title,
            "case_number": item.case_number,
            **_stretch(item.span),
        }
        for ordinal, item in enumerate(items, 1)
    ]
    _insert(db, tables.items, rows)
    return list(db.scalars(_ITEM_IDS, {"of_content": content_id}))


def _add_votes(db: Connection, content_id: int, item: Item, item_id: int) -> None:
    for vote in item.votes:
        row = {"yes": vote.yes, "no": vote.no, "abstain": vote.abstain, "yes_means": vote.yes_means}
        place = {"content_id": content_id, "item_id": item_id, **_place(vote.span)}
        vote_id: Any = db.execute(_ADD_VOTE, place | row).inserted_primary_key
        voters = [{"vote_id": vote_id[0], "name": v.name, "party": v.party, "vote": v.vote} for v in vote.voters]
        _insert(db, tables.voters, voters)


def _stretch(span: Span) -> Row:
    return {"span_start": span.start, "span_end": span.end, "page": span.page}


def _place(span: Span) -> Row:
    """Where a find stands, and how sure OCR was of it."""
    return _stretch(span) | {"confidence": span.confidence}


def _rows(document: Document, item_ids: dict[int, int]) -> dict[Table, list[Row]]:
    """Every find that stands alone in its row, by table. `item_ids` has the row of an item by its id()."""

    def at(find: Find) -> Row:
        item = document.item_at(find.span)
        return {"item_id": None if item is None else item_ids[id(item)], **_place(find.span)}

    def within(kind: str) -> Iterable[tuple[Row, Any]]:
        return (
            ({"item_id": item_ids[id(item)], **_place(find.span)}, find)
            for item in document.items
            for find in getattr(item, kind)
        )

    return {
        tables.decisions: [p | {"text": d.text, "outcome": d.outcome, "body": d.body} for p, d in within("decisions")],
        tables.proposals: [p | {"text": q.text, "proposers": "; ".join(q.by)} for p, q in within("proposals")],
        tables.reservations: [
            p | {"parties": ", ".join(r.parties), "people": ", ".join(r.people)} for p, r in within("reservations")
        ],
        tables.case_numbers: [at(f) | {"canonical": f.canonical, "text": f.text} for f in document.case_numbers],
        tables.amounts: [
            at(f) | {"kronor": f.kronor, "text": f.text, "per": f.per, "role": f.role} for f in document.amounts
        ],
        tables.table_sums: [
            at(cell) | {"table_ordinal": n, "kronor": cell.kronor, "row_words": cell.row, "column_words": cell.column}
            for n, table in enumerate(document.tables, 1)
            for cell in table.cells
        ],
        tables.item_references: [
            {"item_id": item_ids[id(item)], **_place(one.span)} | references.row(one)
            for item in document.items
            for one in references.of_item(document, item)
        ],
        tables.people: [at(f) | {"name": f.name, "party": f.party, "role": f.role} for f in document.people],
        tables.parties: [at(f) | {"code": f.code, "text": f.text} for f in document.parties],
        tables.dates: [at(f) | {"value": f.value, "text": f.text, "role": f.role} for f in document.dates],
        tables.organisations: [at(f) | {"name": f.name, "kind": f.kind} for f in document.organisations],
    }
