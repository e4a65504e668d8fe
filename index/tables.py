"""The tables of the record, in the words of the trade: a researcher may open the catalog with any SQL tool.

Bytes are `contents`; what a source lists under a key of its own is a row of `documents`, with what the source says of
it beside it in `listings` and its contents, in order, in `versions`. Finds belong to contents, because one content may
be listed many times and is read once. `documents` shows what counts: the text's word where it has one, else the
source's, and which of the two in the `*_from` columns ("text", "source").
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from index.column_types import Kronor, Moment, Number

SCHEMA = "0010"  # the migration that makes these tables; a test holds it to index/migrations

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def row_id() -> Column[int]:
    """The number of a row, given by the database."""
    return Column("id", Number, primary_key=True, autoincrement=True)


def to_row(table: str, *, null: bool = False, index: bool = False, cascade: bool = False) -> Column[int]:
    """A column that points at a row of another table: `sources` -> `source_id`."""
    name = {"cases": "case", "bodies": "body"}.get(table, table.removesuffix("s")) + "_id"
    key = ForeignKey(f"{table}.id", ondelete="CASCADE" if cascade else None)
    return Column(name, Number, key, nullable=null, index=index)


def _find(name: str, *columns: Column[Any] | Index) -> Table:
    """A table of finds: in which content and item (null outside all items), and where in its text."""
    place = [Column(part, Integer, nullable=False) for part in ("span_start", "span_end", "page")]
    return Table(
        name,
        metadata,
        row_id(),
        to_row("contents", index=True, cascade=True),
        to_row("items", null=True, index=True, cascade=True),
        *place,
        *columns,
        Column("confidence", Float),  # OCR's in the least sure word, 0 to 1; null where nothing had to be recognised
    )


runs = Table(
    "runs",  # körningar; one without finished_at is going on, or was killed
    metadata,
    row_id(),
    Column("kind", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("host", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("summary", JSON(none_as_null=True)),
)

counters = Table(
    "counters",  # "revision": locked from a transaction's start to its commit, so numbers follow commit order
    metadata,
    Column("name", Text, primary_key=True),
    Column("number", Number, nullable=False),
)

sources = Table(
    "sources",  # källor
    metadata,
    row_id(),
    Column("name", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("location", Text, nullable=False),
    Column("expect", JSON(none_as_null=True)),  # by body, what is expected of it in a year: index/books/expecting.py
)

visits = Table(
    "visits",  # besök: one without ended_at is going on, or was killed; the counts are of its list
    metadata,
    row_id(),
    to_row("sources", cascade=True),
    to_row("runs"),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("outcome", Text),  # "whole", "partly" (a part could not be listed), "failed" (nothing could)
    Column("reason", Text),  # of what could not be listed
    Column("papers", Integer, nullable=False),
    Column("meetings", Integer, nullable=False),
    Column("new_papers", Integer, nullable=False),  # never listed before
    Column("withdrawn", Integer),  # the three are of papers that left the list: index/leaving.py
    Column("rotated_out", Integer),
    Column("doubted", Integer),
    UniqueConstraint("source_id", "run_id"),
)

listed_meetings = Table(
    "listed_meetings",  # sammanträden as a source lists them, whether they have papers or not
    metadata,
    row_id(),
    to_row("sources", cascade=True),
    Column("key", Text, nullable=False),
    Column("municipality_code", Text, index=True),
    Column("municipality", Text),
    Column("body", Text),
    Column("date", Text, nullable=False),
    Column("state", Text),  # "planned", "held", "cancelled"; null where neither the source nor the day tells
    Column("asked", Text),  # the day its papers were last asked for, where each meeting is asked for its own
    Column("url", Text),
    Column("first_run_id", Number, ForeignKey("runs.id"), nullable=False),
    Column("seen_run_id", Number, ForeignKey("runs.id"), nullable=False),
    UniqueConstraint("source_id", "key"),
)

alarms = Table(
    "alarms",  # larm: what a person should look at; one without closed_at stands
    metadata,
    row_id(),
    to_row("sources", index=True, cascade=True),
    Column("kind", Text, nullable=False),  # "quiet", "changed", "failing", "missed", "overdue"
    Column("about", Text, nullable=False),  # the body, or what else tells it from others of its kind; "" for the source
    Column("reason", Text, nullable=False),
    Column("figures", JSON(none_as_null=True)),  # what the reason is made of, for other languages
    Column("since", Moment, nullable=False),
    Column("run_id", Number, ForeignKey("runs.id"), nullable=False),  # that raised it
    Column("closed_at", Moment),
)

contents = Table(
    "contents",  # bytes; the columns from `kind` on are the text's own word, null where it does not tell
    metadata,
    row_id(),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("size", Number),
    Column("format", Text),
    Column("readable", Boolean, nullable=False),
    Column("reader", Text),  # who made the reading that is kept
    Column("tried", Text, nullable=False, index=True),  # who tried last; differs when a newer reader failed
    Column("kind", Text),
    Column("municipality_code", Text),
    Column("municipality", Text),
    Column("body", Text),
    Column("date", Text),
    Column("title", Text),
    Column("page_count", Integer, nullable=False),
    Column("item_count", Integer, nullable=False),
    Column("decision_count", Integer, nullable=False),
    Column("find_count", Integer, nullable=False),
    Column("removed_places", Integer, nullable=False, server_default="0"),  # masked by removals
)

readings = Table(
    "readings",  # the whole Document as JSON (extractors/json.py), zlib
    metadata,
    Column("content_id", Number, ForeignKey("contents.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("document", LargeBinary, nullable=False),
)

meetings = Table(
    "meetings",  # sammanträden
    metadata,
    row_id(),
    Column("municipality_code", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("date", Text, nullable=False),
    UniqueConstraint("municipality_code", "body", "date"),
)

documents = Table(
    "documents",  # what a source lists under one key
    metadata,
    row_id(),
    to_row("sources"),
    Column("key", Text, nullable=False),
    Column("state", Text, nullable=False),  # "read", "unreadable"; never had: "listed" (not tried yet) or "waiting"
    Column("withdrawn", Boolean, nullable=False),  # no longer listed by its source
    Column(
        "rotated_out", Boolean, nullable=False, server_default=false()
    ),  # no longer listed, for the source keeps only some years
    Column("version", Integer, nullable=False),  # the newest version's ordinal, 0 where no bytes were ever had
    to_row("contents", null=True, index=True),  # the newest that could be read: what is searched and shown
    to_row("meetings", null=True, index=True),
    Column("kind", Text),
    Column("municipality_code", Text, index=True),
    Column("municipality", Text),
    Column("municipality_from", Text),
    Column("body", Text),
    Column("body_from", Text),
    Column("date", Text, index=True),
    Column("date_from", Text),
    Column("title", Text),
    Column("title_from", Text),
    Column("revision", Number, nullable=False, index=True),  # of its last change
    UniqueConstraint("source_id", "key"),
)

listings = Table(
    "listings",  # what the source says about a document, as last seen
    metadata,
    Column(
        "document_id", Number, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("url", Text, nullable=False),
    Column("title", Text),
    Column("municipality_code", Text),
    Column("municipality", Text),
    Column("body", Text),
    Column("date", Text),
    Column("kind", Text),  # what the source calls the paper, in the words of documents.kind
    Column("meeting", Text),  # the key of the listed meeting that it lies under
    Column("stamp", Text),  # the source's own sign of the bytes that we have: size and time, ETag
    Column("first_run_id", Number, ForeignKey("runs.id")),  # SQLite adds no such column that may not be null
    Column("seen_run_id", Number, ForeignKey("runs.id"), nullable=False),
    Column("failed_run_id", Number, ForeignKey("runs.id")),  # the first of those in a row in which it was not to be had
)

copies = Table(
    "copies",  # a § (the item's ordinal in what the document shows) that is the same in a better paper of the meeting
    metadata,
    Column(
        "document_id", Number, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("of_document_id", Number, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("of_ordinal", Integer, nullable=False),
)

versions = Table(
    "versions",  # the contents of a document, in order from 1
    metadata,
    row_id(),
    to_row("documents", cascade=True),
    Column("ordinal", Integer, nullable=False),
    to_row("contents", index=True),
    to_row("runs"),
    Column("first_seen", Moment, nullable=False),
    UniqueConstraint("document_id", "ordinal"),
)

items = Table(
    "items",  # paragrafer; a paper that is no minutes has one, whose number is null
    metadata,
    row_id(),
    to_row("contents", cascade=True),
    Column("ordinal", Integer, nullable=False),
    Column("number", Text),
    Column("title", Text),
    Column("case_number", Text),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    UniqueConstraint("content_id", "ordinal"),
)

cases = Table(
    "cases",  # ärenden: a municipality and a canonical case number
    metadata,
    row_id(),
    Column("municipality_code", Text, nullable=False),
    Column("case_number", Text, nullable=False),
    UniqueConstraint("municipality_code", "case_number"),
)

case_items = Table(
    "case_items",  # where a case is spoken of; `own` where it is the item's own case, and not just named in it
    metadata,
    Column("case_id", Number, ForeignKey("cases.id"), primary_key=True),
    Column("document_id", Number, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("item_id", Number, ForeignKey("items.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("own", Boolean, nullable=False),
    Index(None, "document_id"),
)

decisions = _find(
    "decisions",  # beslut
    Column("text", Text, nullable=False),
    Column("outcome", Text, nullable=False, index=True),
    Column("body", Text),
)
proposals = _find(
    "proposals",  # förslag och yrkanden; `proposers` as printed, "; " between them
    Column("text", Text, nullable=False),
    Column("proposers", Text, nullable=False),
)
votes = _find(
    "votes",  # voteringar
    Column("yes", Integer, nullable=False),
    Column("no", Integer, nullable=False),
    Column("abstain", Integer, nullable=False),
    Column("yes_means", Text),
)
voters = Table(
    "voters",  # who voted how, where a list is printed
    metadata,
    row_id(),
    to_row("votes", index=True, cascade=True),
    Column("name", Text, nullable=False),
    Column("party", Text),
    Column("vote", Text, nullable=False),
)
reservations = _find(
    "reservations",
    Column("parties", Text, nullable=False),
    Column("people", Text, nullable=False),
)
item_parties = Table(
    "item_parties",  # the parties that act in an item; `act` is "proposes", "votes" or "reserves"
    metadata,
    Column("item_id", Number, ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("party", Text, primary_key=True),
    Column("act", Text, primary_key=True),
)
case_numbers = _find(
    "case_numbers",  # diarienummer
    Column("canonical", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
)
amounts = _find(
    "amounts",  # belopp
    Column("kronor", Kronor, nullable=False),
    Column("text", Text, nullable=False),
    Column("per", Text),
    Column("role", Text),
)
table_sums = _find(
    "table_sums",  # sums in the cells of tables, with the words of their row and column
    Column("table_ordinal", Integer, nullable=False),
    Column("kronor", Kronor, nullable=False),
    Column("row_words", Text, nullable=False),
    Column("column_words", Text, nullable=False),
)
item_references = _find(
    "item_references",  # hänvisningar till en paragraf: the § of a meeting that an item refers to
    Column("number", Text, nullable=False),
    Column("day", Text),  # of the meeting; null where only its year is told
    Column("year", Text, nullable=False),
    Column("body", Text),  # as it is told; null where it is not
    Column("handled", Boolean, nullable=False),  # the sentence says that the matter itself was dealt with there
    Column("text", Text, nullable=False),
    Index(None, "number", "day"),
)
people = _find(
    "people",
    Column("name", Text, nullable=False, index=True),
    Column("party", Text),
    Column("role", Text),
)
parties = _find("parties", Column("code", Text, nullable=False), Column("text", Text, nullable=False))
dates = _find(
    "dates",
    Column("value", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("role", Text, nullable=False),
)
organisations = _find("organisations", Column("name", Text, nullable=False), Column("kind", Text, nullable=False))

issues = Table(
    "issues",  # what could not be read or is unclear: about a content's bytes, a document's listing, or a whole source
    metadata,
    row_id(),
    to_row("contents", null=True, index=True, cascade=True),
    to_row("documents", null=True, index=True, cascade=True),
    to_row("sources", null=True, index=True, cascade=True),
    to_row("runs", null=True),
    Column("stage", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("span_start", Integer),
    Column("span_end", Integer),
    Column("page", Integer),
)
