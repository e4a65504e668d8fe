"""Which § of a paper stands in a better paper of the same meeting (dubbletter), kept level with the record.

The same § is the same municipality, body, day and number, what was decided in it, and its text but for furniture. The
first of several is the one that is searched and counted: minutes before extracts, the whole minutes before those with
some §§. The others are told with it. Where the texts differ both stay. What was withdrawn is neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select

from index import readings, tables
from index.meetings.same import is_same

MINUTES = ("protocol", "protocol_extract")
_AT_ONCE = 400

Place = tuple[int, int]  # a document, and the ordinal of its item, from 1


@dataclass(frozen=True, slots=True)
class Also:
    """Another paper that the same § stands in; `item_index` is its place there, from 0."""

    document_id: int
    document: str  # sha256
    item_index: int
    kind: str
    url: str
    title: str | None

    def to_json(self) -> dict[str, Any]:
        """As it stands with an item in the index."""
        return {
            "document": self.document,
            "item_index": self.item_index,
            "kind": self.kind,
            "source": self.url,
            "url": self.url,
            "title": self.title,
        }


def settle(db: Connection, document_id: int) -> set[int]:
    """After a document changed: its §§, and those that they were one with, are compared anew.

    Returns the other documents that come out different for those who read the record.
    """
    before = _of(db, document_id)
    partners = {document for pair in before.items() for document, _ in pair} - {document_id}
    d = tables.documents.c
    asked = select(d.meeting_id).where(d.id.in_([document_id, *partners]), d.meeting_id.is_not(None)).distinct()
    held = [one for one in db.scalars(asked).all() if _several(db, one)]
    if not held and not before:
        return set()
    numbers = _numbers(db, [document_id], None) | _numbers(db, partners, {p for pair in before.items() for p in pair})
    now, looked_at = dict[Place, Place](), set(before)
    texts = _Texts(db)
    for meeting_id in held:
        for members in _members(db, meeting_id, numbers).values():
            looked_at |= {member.place for member in members}
            now |= _pairs(members, texts)
    old = before | _among(db, looked_at)
    return _write(db, old, now) - {document_id}


def _write(db: Connection, old: dict[Place, Place], now: dict[Place, Place]) -> set[int]:
    table, changed = tables.copies, set[int]()
    for place in sorted(old.keys() | now.keys()):
        was, be = old.get(place), now.get(place)
        if was == be:
            continue
        if was is not None:
            db.execute(delete(table).where(table.c.document_id == place[0], table.c.ordinal == place[1]))
        if be is not None:
            row = {"document_id": place[0], "ordinal": place[1], "of_document_id": be[0], "of_ordinal": be[1]}
            db.execute(table.insert().values(row))
        changed |= {one[0] for one in (place, was, be) if one is not None}
    return changed


def _of(db: Connection, document_id: int) -> dict[Place, Place]:
    """Every § that is one with a § of this document."""
    c = tables.copies.c
    asked = select(tables.copies).where(or_(c.document_id == document_id, c.of_document_id == document_id))
    return {(row.document_id, row.ordinal): (row.of_document_id, row.of_ordinal) for row in db.execute(asked)}


def _among(db: Connection, places: set[Place]) -> dict[Place, Place]:
    c, found = tables.copies.c, dict[Place, Place]()
    documents = sorted({document for document, _ in places})
    for start in range(0, len(documents), _AT_ONCE):
        asked = select(tables.copies).where(c.document_id.in_(documents[start : start + _AT_ONCE]))
        for row in db.execute(asked):
            if (row.document_id, row.ordinal) in places:
                found[row.document_id, row.ordinal] = (row.of_document_id, row.of_ordinal)
    return found


def _several(db: Connection, meeting_id: int) -> bool:
    """Whether a meeting has several papers with §§."""
    d = tables.documents.c
    where = (d.meeting_id == meeting_id, d.kind.in_(MINUTES), d.content_id.is_not(None), ~d.withdrawn)
    return (db.scalar(select(func.count()).select_from(tables.documents).where(*where)) or 0) > 1


def _numbers(db: Connection, documents: Iterable[int], places: set[Place] | None) -> set[str]:
    """The numbers of the §§ of these documents; with `places`, of those alone."""
    d, items = tables.documents.c, tables.items.c
    asked = select(d.id, items.ordinal, items.number).join_from(
        tables.documents, tables.items, items.content_id == d.content_id
    )
    rows = db.execute(asked.where(d.id.in_(list(documents)), items.number.is_not(None)))
    return {row.number for row in rows if places is None or (row.id, row.ordinal) in places}


@dataclass(frozen=True, slots=True)
class _Member:
    """A § of a meeting in one of its papers."""

    place: Place
    content_id: int
    span: tuple[int, int]
    decided: tuple[Any, ...]  # outcomes, votes, reservations
    rank: tuple[Any, ...]  # the first is the one that is searched


def _members(db: Connection, meeting_id: int, numbers: set[str]) -> dict[str, list[_Member]]:
    """The §§ of these numbers that stand in several papers of a meeting, the best paper first."""
    d, items, contents = tables.documents.c, tables.items.c, tables.contents.c
    asked = (
        select(
            d.id, d.kind, d.content_id, contents.item_count, items.id.label("item_id"), items.ordinal,
            items.number, items.span_start, items.span_end,
        )
        .join_from(tables.documents, tables.items, items.content_id == d.content_id)
        .join(tables.contents, contents.id == d.content_id)
        .where(d.meeting_id == meeting_id, d.kind.in_(MINUTES), ~d.withdrawn, items.number.is_not(None))
    )  # fmt: skip
    rows = [row for row in db.execute(asked) if row.number in numbers]
    decided = _decided(db, [row.item_id for row in rows])
    found: defaultdict[str, list[_Member]] = defaultdict(list)
    for row in rows:
        rank = (row.kind != MINUTES[0], -row.item_count, row.id, row.ordinal)
        span = (row.span_start, row.span_end)
        found[row.number].append(_Member((row.id, row.ordinal), row.content_id, span, decided(row.item_id), rank))
    return {number: sorted(of, key=lambda one: one.rank) for number, of in sorted(found.items()) if len(of) > 1}


def _decided(db: Connection, items: list[int]) -> Any:
    """What was decided in each of these items: outcomes in order, how many votes and reservations."""
    told: defaultdict[int, list[Any]] = defaultdict(list)
    for name in ("decisions", "votes", "reservations"):
        table = tables.metadata.tables[name]
        what = table.c.outcome if name == "decisions" else table.c.item_id
        for start in range(0, len(items), _AT_ONCE):
            asked = select(table.c.item_id, what.label("what")).where(
                table.c.item_id.in_(items[start : start + _AT_ONCE])
            )
            for row in db.execute(asked.order_by(table.c.span_start)):
                told[row.item_id].append(row.what if name == "decisions" else name)
    return lambda item: tuple(told[item])


def _pairs(members: list[_Member], texts: _Texts) -> dict[Place, Place]:
    """Each § that stands in a better paper too, and its place there."""
    first: list[_Member] = []
    pairs: dict[Place, Place] = {}
    for member in members:
        of = next((one for one in first if _is_one(one, member, texts)), None)
        if of is None:
            first.append(member)
        else:
            pairs[member.place] = of.place
    return pairs


def _is_one(one: _Member, other: _Member, texts: _Texts) -> bool:
    if one.place[0] == other.place[0]:
        return False  # a paper with the same number twice has two §§
    if one.content_id == other.content_id:
        return one.span == other.span
    return one.decided == other.decided and is_same(texts.of(one), texts.of(other))


class _Texts:
    """The texts of §§; each paper's is unpacked once."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._kept: dict[int, str] = {}

    def of(self, member: _Member) -> str:
        if member.content_id not in self._kept:
            self._kept[member.content_id] = readings.as_json(self._db, member.content_id)["text"]
        return self._kept[member.content_id][slice(*member.span)]


def copied(db: Connection, document_id: int) -> frozenset[int]:
    """The places (from 0) of this document's §§ that stand in a better paper."""
    c = tables.copies.c
    return frozenset(n - 1 for n in db.scalars(select(c.ordinal).where(c.document_id == document_id)))


def also(db: Connection, document_id: int) -> dict[int, tuple[Also, ...]]:
    """By the place (from 0) of each § of this document, the other papers that have it, the better first."""
    copies, d = tables.copies.c, tables.documents.c
    found: defaultdict[int, list[Also]] = defaultdict(list)
    asked = others().add_columns(copies.of_ordinal).join(tables.copies, copies.document_id == d.id)
    for row in db.execute(asked.add_columns(copies.ordinal).where(copies.of_document_id == document_id)):
        found[row.of_ordinal - 1].append(told(row, row.ordinal))
    return {place: tuple(every) for place, every in found.items()}


def others() -> Any:
    """A question for papers as they are told beside a §."""
    d, listings, contents = tables.documents.c, tables.listings.c, tables.contents.c
    return (
        select(d.id, contents.sha256, d.kind, d.title, listings.url)
        .join_from(tables.documents, tables.listings, listings.document_id == d.id)
        .join(tables.contents, contents.id == d.content_id)
        .order_by(d.kind != MINUTES[0], -contents.item_count, d.id)
    )


def told(row: Any, ordinal: int) -> Also:
    """A row of `others` as it is told."""
    return Also(row.id, row.sha256, ordinal - 1, row.kind, row.url, row.title)


def is_copy(documents: Any, items: Any) -> Any:
    """A condition: the § stands in a better paper."""
    c = tables.copies.c
    of = (c.document_id == documents.c.id, c.ordinal == items.c.ordinal)
    return select(c.document_id).where(*of).correlate(documents, items).exists()
