"""Documents, decisions and every other find as rows (utdrag): sorted, the same from run to run, with where they stand.

A row says which paper it is of and where in it: `document` is the sha256 of the bytes, `start` and `end` are
characters of its text, `quote` is what stands there, word for word. Rows are of the whole record, or of the items that
a search found; what every column means is told by dictionary.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Table, and_, exists, func, literal, or_, select, tuple_

from index import found, readings, tables
from index.asking.filters import KINDS as KINDS_OF_PAPER
from index.asking.filters import OUTCOMES, FilterError, Filters, case_number, listed, municipality_code
from index.found import Found
from index.meetings.copies import is_copy
from index.origin import public

__all__ = ["KINDS", "Column", "Filters", "Rows", "columns", "opened", "rows"]

_AT_A_TIME = 1000

Condition = Callable[[Any], ColumnElement[bool]]  # on the columns of a table


class Column(NamedTuple):
    """A column of an export: `type` is "text", "number" (whole), "fraction", "kronor" (a Decimal) or "truth"."""

    name: str
    type: str = "text"


_PAPER = [Column(name) for name in ("municipality_code", "municipality", "body", "date", "kind", "title")]
_ITEM = [Column("item"), Column("item_title"), Column("item_case_number")]
_SOURCE = [Column("source"), Column("url"), Column("document")]
_PLACE = [Column("page", "number"), Column("start", "number"), Column("end", "number")]
_QUOTE = [Column("quote"), Column("confidence", "fraction")]  # confidence: OCR's in its least sure word
_FROM = [Column("municipality_from"), Column("body_from"), Column("date_from"), Column("withdrawn", "truth")]

# What each kind of row tells of its own; the rest is the same for all
_OWN: dict[str, list[Column]] = {
    "documents": [
        Column("pages", "number"),
        Column("items", "number"),
        Column("decisions", "number"),
        Column("finds", "number"),
    ],
    "items": [],
    "decisions": [Column("text"), Column("outcome"), Column("deciding_body")],
    "proposals": [Column("text"), Column("proposers")],
    "votes": [Column("yes", "number"), Column("no", "number"), Column("abstain", "number"), Column("yes_means")],
    "voters": [Column("name"), Column("party"), Column("vote")],
    "reservations": [Column("parties"), Column("people")],
    "case_numbers": [Column("canonical"), Column("text")],
    "amounts": [Column("kronor", "kronor"), Column("text"), Column("per"), Column("role")],
    "tables": [Column("kronor", "kronor"), Column("row"), Column("column")],
    "people": [Column("name"), Column("party"), Column("role")],
    "parties": [Column("code"), Column("text")],
    "dates": [Column("value"), Column("text"), Column("role")],
    "organisations": [Column("name"), Column("organisation_kind")],
}
_NAMED_OTHERWISE = {
    "pages": tables.contents.c.page_count,
    "items": tables.contents.c.item_count,
    "decisions": tables.contents.c.decision_count,
    "finds": tables.contents.c.find_count,
    "deciding_body": tables.decisions.c.body,
    "organisation_kind": tables.organisations.c.kind,
    "row": tables.table_sums.c.row_words,
    "column": tables.table_sums.c.column_words,
}
_TABLES = {kind: tables.metadata.tables[kind] for kind in _OWN if kind not in ("documents", "tables")}
_TABLES |= {"documents": tables.contents, "tables": tables.table_sums}
KINDS = tuple(_OWN)


def columns(kind: str) -> list[Column]:
    """The columns of a kind of row, in order."""
    if kind not in _OWN:
        raise ValueError(f"there are no rows of {kind!r}; there are {', '.join(KINDS)}")
    if kind == "documents":
        return [*_PAPER, *_OWN[kind], *_SOURCE, *_FROM, Column("title_from")]
    quote = [] if kind == "items" else _QUOTE  # a whole § is no quote
    return [*_PAPER, *_ITEM, *_OWN[kind], *_SOURCE, *_PLACE, *quote, *_FROM]


def rows(
    engine: Engine, kind: str = "decisions", filters: Filters | None = None, among: Found | None = None
) -> Iterator[dict[str, Any]]:
    """Every row of a kind that passes the filters, one after the other; see `opened`."""
    with opened(engine, kind, filters, among) as found:
        yield from found


@contextmanager
def opened(
    engine: Engine,
    kind: str = "decisions",
    filters: Filters | None = None,
    among: Found | None = None,
    paths: bool = True,
) -> Iterator[Rows]:
    """The rows of a kind that pass the filters, in one moment of the record; `among` are the items that may have them.

    Without `paths` papers from folders have a name as their `url`. Raises FilterError for a filter that means nothing,
    before there is a row.
    """
    columns(kind)
    with engine.connect() as db, engine.connect() as beside:
        if among is not None:
            found.keep(db, among)
        yield Rows(db, beside, kind, _query(db, kind, filters or Filters(), among is not None), paths)


class Rows:
    """Rows of one kind: no more than a thousand are in memory."""

    def __init__(self, db: Connection, beside: Connection, kind: str, query: Any, paths: bool) -> None:
        self._db, self._quoted, self._query, self._paths = db, _Quotes(beside), query, paths
        self._names = [column.name for column in columns(kind)]

    def count(self) -> int:
        """How many there are."""
        counted: int = self._db.scalar(select(func.count()).select_from(self._query.order_by(None).subquery())) or 0
        return counted

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self._db.execution_options(yield_per=_AT_A_TIME).execute(self._query).mappings():
            made = dict(row)
            if not self._paths:
                made["url"] = public(made["url"], made["source"], made["key_of_paper"])
            if "quote" in self._names:
                made["quote"] = self._quoted.text(row["content_id"])[row["start"] : row["end"]]
            yield {name: made[name] for name in self._names}


class _Quotes:
    """The text of the content that rows are being made of; they come content by content."""

    def __init__(self, db: Connection) -> None:
        self._db, self._content_id, self._text = db, 0, ""

    def text(self, content_id: int) -> str:
        if content_id != self._content_id:
            self._content_id, self._text = content_id, readings.as_json(self._db, content_id)["text"]
        return self._text


def _query(db: Connection, kind: str, filters: Filters, among: bool) -> Any:
    documents, items, table = tables.documents, tables.items, _TABLES[kind]
    place = tables.votes if kind == "voters" else table
    joined = documents.join(tables.sources).join(tables.listings)
    joined = joined.join(tables.contents, tables.contents.c.id == documents.c.content_id)
    if kind != "documents":
        joined = joined.join(place, place.c.content_id == documents.c.content_id)
    if kind == "voters":
        joined = joined.join(table, table.c.vote_id == place.c.id)
    if kind not in ("documents", "items"):
        joined = joined.outerjoin(items, items.c.id == place.c.item_id)
    chosen = select(*_selected(kind, table, place)).select_from(joined)
    listed = [] if filters.withdrawn else [~documents.c.withdrawn]
    wanted = [*listed, *of_paper(db, filters), *_of_row(db, kind, filters), *([_found(kind)] if among else [])]
    if kind != "documents" and (not filters.kind or "protocol" in filters.kind):
        wanted.append(or_(items.c.id.is_(None), ~is_copy(documents, items)))  # the same § of a meeting once
    return chosen.where(*wanted).order_by(*_order(kind, table, place))


def _found(kind: str) -> ColumnElement[bool]:
    """The row is of an item that was found, or of a paper that has one; papers that changed since are left out."""
    was = tables.documents.c.id, tables.contents.c.sha256
    if kind == "documents":
        return tuple_(*was).in_(select(found.items.c.document_id, found.items.c.sha256))
    return tuple_(*was, tables.items.c.ordinal).in_(select(found.items))


def _selected(kind: str, table: Table, place: Table) -> Iterator[ColumnElement[Any]]:
    documents, items = tables.documents.c, tables.items.c
    yield documents.content_id
    yield documents.key.label("key_of_paper")
    named: dict[str, Any] = {column.name: documents[column.name] for column in (*_PAPER, *_FROM)}
    named |= {"title_from": documents.title_from, "source": tables.sources.c.name, "url": tables.listings.c.url}
    named |= {"document": tables.contents.c.sha256}
    named |= {"item": items.number, "item_title": items.title, "item_case_number": items.case_number}
    if kind != "documents":
        named |= {"page": place.c.page, "start": place.c.span_start, "end": place.c.span_end}
        named |= {"confidence": place.c.get("confidence")}
    for column in _OWN[kind]:
        named[column.name] = _NAMED_OTHERWISE.get(column.name, table.c.get(column.name))
    for column in columns(kind):
        if column.name != "quote":
            yield named[column.name].label(column.name)


def _order(kind: str, table: Table, place: Table) -> Iterator[ColumnElement[Any]]:
    """By municipality, day, source and place in the paper; what is not told comes first in every database."""
    documents = tables.documents.c
    yield func.coalesce(documents.municipality_code, "")
    yield func.coalesce(documents.date, "")
    yield tables.sources.c.name
    yield documents.key
    if kind != "documents":
        yield place.c.span_start
        yield place.c.id
        yield table.c.id


def of_paper(db: Connection, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """What the filters ask of the paper."""
    documents = tables.documents.c
    if filters.municipality:
        yield documents.municipality_code.in_([municipality_code(told) for told in filters.municipality])
    if filters.body:
        yield documents.body.in_(_as_written(db, "body", documents.body, filters.body))
    if filters.kind:
        yield documents.kind.in_(_known("kind", KINDS_OF_PAPER, filters.kind))
    if filters.year:
        yield or_(*(documents.date.startswith(f"{year:04d}") for year in filters.year))
    if filters.date_from:
        yield documents.date >= filters.date_from
    if filters.date_to:
        yield documents.date <= filters.date_to + "~"  # "2026-06~" comes after every day of that month


def _known(what: str, known: Sequence[str], values: tuple[str, ...]) -> list[str]:
    """The known words that these are, in any case; one that is none of them is refused."""
    by_fold = {word.casefold(): word for word in known}
    for value in values:
        if value.casefold() not in by_fold:
            near = [word for word in known if value.casefold() in word.casefold()]
            raise FilterError(f"no {what} is called {value!r}; there are {listed(near or known)}")
    return [by_fold[value.casefold()] for value in values]


def _as_written(db: Connection, what: str, column: Any, values: tuple[str, ...]) -> list[str]:
    """The column's values that are these in any case; databases disagree on what the capital of å is."""
    written = db.scalars(select(column).distinct().where(column.is_not(None)).order_by(column)).all()
    known = _known(what, written, values)
    return [word for word in written if word.casefold() in {meant.casefold() for meant in known}]


def _of_row(db: Connection, kind: str, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """What the filters ask of the row itself, or else of the item it stands in; of a document, of one of its items."""
    of_item = []
    for table, is_meant in _conditions(db, filters):
        if table is _TABLES[kind]:
            yield is_meant(table.c)
        else:
            of_item.append(_has(table, is_meant))
    if of_item and kind == "documents":
        content = tables.items.c.content_id == tables.documents.c.content_id
        yield exists(select(literal(1)).select_from(tables.items).where(content, *of_item))
    else:
        yield from of_item


def _conditions(db: Connection, filters: Filters) -> Iterator[tuple[Table, Condition]]:
    """What the filters ask of finds, by the table they are in."""
    if filters.party:
        codes = _as_written(db, "party", tables.item_parties.c.party, filters.party)
        yield tables.item_parties, lambda find: find.party.in_(codes)
    if filters.person:
        names = _as_written(db, "person", tables.people.c.name, filters.person)
        yield tables.people, lambda find: find.name.in_(names)
    if filters.outcome:
        outcomes = _known("outcome", OUTCOMES, filters.outcome)
        yield tables.decisions, lambda find: find.outcome.in_(outcomes)
    if filters.case:
        numbers = {case_number(number) for number in filters.case}
        yield tables.case_numbers, lambda find: find.canonical.in_(numbers)
    if filters.min_kronor is not None or filters.max_kronor is not None:
        yield tables.amounts, lambda find: _in_range(find.kronor, filters.min_kronor, filters.max_kronor)


def _has(table: Table, is_meant: Condition) -> ColumnElement[bool]:
    """Whether the row's item has such a find."""
    find = table.alias()
    of_item = find.c.item_id == tables.items.c.id
    return exists(select(literal(1)).select_from(find).where(of_item, is_meant(find.c)).correlate(tables.items))


def _in_range(kronor: Any, low: float | None, high: float | None) -> ColumnElement[bool]:
    above = [] if low is None else [kronor >= Decimal(str(low))]
    below = [] if high is None else [kronor <= Decimal(str(high))]
    return and_(*above, *below)
