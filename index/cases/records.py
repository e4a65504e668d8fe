"""Items of the record with the paper that each stands in (rader)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Select, select

from index import tables
from index.cases.model import Row

T = TypeVar("T")

_AT_A_TIME = 500  # databases take only so many values in one question


def rows(db: Connection, joined: Select[Any] | None = None, *where: Any, limit: int | None = None) -> list[Row]:
    """The items of current papers that fulfil all conditions; `joined` is `items_of()`, joined to more tables."""
    asked = (items_of() if joined is None else joined).where(*where).order_by(tables.documents.c.id, tables.items.c.id)
    return [row for _, row in pairs(db, asked.limit(limit))]


def pairs(db: Connection, asked: Select[Any]) -> list[tuple[RowMapping, Row]]:
    """The items of a question, each with everything that was asked for."""
    return [(row, _row(row)) for row in db.execute(asked).mappings()]


def of_number(db: Connection, code: str, number: str, limit: int) -> list[Row]:
    """The items that are of a case or name it."""
    cases, links = tables.cases, tables.case_items
    here = (links.c.item_id == tables.items.c.id) & (links.c.document_id == tables.documents.c.id)
    asked = items_of().join(links, here).join(cases, cases.c.id == links.c.case_id)
    return rows(db, asked, cases.c.municipality_code == code, cases.c.case_number == number, limit=limit)


def items_of() -> Select[Any]:
    """A question for items, each with its paper as it stands now; one that is withdrawn has no part in a case."""
    items, documents, listings, contents = tables.items, tables.documents, tables.listings, tables.contents
    chosen = select(
        items.c.id, items.c.ordinal, items.c.number, items.c.title, items.c.case_number, items.c.page,
        documents.c.id.label("document_id"), documents.c.kind, documents.c.municipality_code, documents.c.body,
        documents.c.date, documents.c.title.label("paper"), documents.c.withdrawn, contents.c.sha256, listings.c.url,
    )  # fmt: skip
    joined = items.join(documents, documents.c.content_id == items.c.content_id)
    joined = joined.join(contents, contents.c.id == documents.c.content_id)
    joined = joined.join(listings, listings.c.document_id == documents.c.id)
    return chosen.select_from(joined).where(~documents.c.withdrawn)


def in_parts(values: Iterable[T]) -> Iterator[Sequence[T]]:
    """So many values that a database takes them in one question."""
    told = list(values)
    for start in range(0, len(told), _AT_A_TIME):
        yield told[start : start + _AT_A_TIME]


def _row(row: RowMapping) -> Row:
    return Row(
        item_id=row["id"],
        document_id=row["document_id"],
        item_index=row["ordinal"] - 1,
        number=row["number"],
        title=row["title"] or row["paper"],
        case_number=row["case_number"],
        page=row["page"],
        kind=row["kind"],
        municipality_code=row["municipality_code"],
        body=row["body"],
        date=row["date"],
        sha256=row["sha256"],
        url=row["url"],
        withdrawn=bool(row["withdrawn"]),
    )
