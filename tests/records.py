"""Documents made by hand for the tests of the record: protocols of a few §§ with a find of every kind, invented."""

from __future__ import annotations

import hashlib
import os
import tempfile
import uuid
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.schema import CreateSchema

from extractors.model import (
    Amount,
    CaseNumber,
    Cell,
    Date,
    Decision,
    Document,
    Issue,
    Item,
    Municipality,
    Organisation,
    Page,
    Party,
    Person,
    Proposal,
    Reservation,
    Section,
    Span,
    Table,
    Vote,
    Voter,
)
from index.catalog import Catalog, Listed

READER = "reader-1"

_ITEM = """§ {number} Bidrag till Föreningen {name}
Dnr KS 2026/{number}
Beslut
Kommunstyrelsen beviljar {kronor} kronor.
Anna Ek (S) yrkar avslag. Bo Alm (M) reserverar sig.
"""


def protocol(
    name: str = "Eken", *, items: int = 2, kronor: int = 50_000, date: str | None = "2026-06-15", reader: str = READER
) -> Document:
    """A protocol of so many §§, about a grant to the association `name`; another name makes other bytes."""
    texts = [_ITEM.format(number=number, name=name, kronor=kronor) for number in range(1, items + 1)]
    text = "".join(texts)
    starts = [sum(map(len, texts[:at])) for at in range(items)]
    ends = [start + len(part) for start, part in zip(starts, texts, strict=True)]
    numbered = list(enumerate(starts, 1))

    def at(start: int, page: int, words: str) -> Span:
        found = text.index(words, start)
        return Span(found, found + len(words), page)

    sum_text = f"{kronor} kronor"
    return Document(
        id=sha256(name, items, kronor),
        source=f"/papers/{name}.pdf",
        kind="protocol",
        text=text,
        pages=tuple(Page(n, start, end) for (n, start), end in zip(numbered, ends, strict=True)),
        municipality=Municipality("1489", "Alingsås"),
        body="Kommunstyrelsen",
        date=date,
        title=f"Kommunstyrelsen {date}",
        items=tuple(_item(text, start, n, end, name) for (n, start), end in zip(numbered, ends, strict=True)),
        case_numbers=tuple(CaseNumber(at(s, n, f"KS 2026/{n}"), f"KS 2026/{n}", f"KS 2026/{n}") for n, s in numbered),
        amounts=tuple(Amount(at(s, n, sum_text), Decimal(kronor), sum_text, role="grant") for n, s in numbered),
        people=tuple(Person(at(s, n, "Anna Ek (S)"), "Anna Ek", "S") for n, s in numbered),
        parties=tuple(Party(at(s, n, "(S)"), "S", "(S)") for n, s in numbered),
        dates=(Date(Span(0, 3, 1), "2026-06-15", "§ 1", "meeting"),),
        organisations=(Organisation(at(0, 1, f"Föreningen {name}"), f"Föreningen {name}", "association"),),
        tables=(Table(Span(0, 9, 1), (Cell(Span(0, 3, 1), Decimal("21.36"), "Skatt", "2026"),)),),
        issues=(Issue("votes", "the list of voters is not whole", Span(0, 3, 1)),),
        reader=reader,
    )


def _item(text: str, start: int, number: int, end: int, name: str) -> Item:
    def at(words: str) -> Span:
        found = text.index(words, start)
        return Span(found, found + len(words), number)

    decision = text[at("Kommunstyrelsen beviljar").start : at("kronor.").end]
    return Item(
        span=Span(start, end, number),
        number=str(number),
        title=f"Bidrag till Föreningen {name}",
        case_number=f"KS 2026/{number}",
        sections=(Section(at("Beslut"), "decision", "Beslut"),),
        decisions=(Decision(at(decision), decision, "granted", "Kommunstyrelsen"),),
        proposals=(Proposal(at("Anna Ek (S) yrkar avslag."), "avslag", ("Anna Ek (S)",)),),
        votes=(Vote(at("Bo Alm (M)"), 7, 4, 0, "bifall", (Voter("Bo Alm", "M", "no"), Voter("Anna Ek", "S", "yes"))),),
        reservations=(Reservation(at("Bo Alm (M) reserverar sig."), ("M",), ("Bo Alm",)),),
    )


def sha256(*words: object) -> str:
    """A hash for bytes that nobody has to make."""
    return hashlib.sha256(repr(words).encode()).hexdigest()


def listed(key: str, **told: str | Municipality | None) -> Listed:
    """A listing of the source "papers"."""
    return replace(Listed("papers", key, f"/papers/{key}"), **told)  # type: ignore[arg-type]


@cache
def _template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.sqlite"
        Catalog(f"sqlite:///{path}").close()
        return path.read_bytes()


def empty_catalog(folder: Path) -> str:
    """The URL of an empty catalog: in SQLite a copy of one that the migrations made, which take half a second."""
    url = no_catalog(folder)
    if url.startswith("sqlite"):
        (folder / "catalog.sqlite").write_bytes(_template())
    else:
        Catalog(url).close()
    return url


def no_catalog(folder: Path) -> str:
    """The URL of a catalog that is not there yet: SQLite in a folder.

    With PARAGRAF_TEST_CATALOG (postgresql+psycopg://...) it is in that database, in a schema of its own.
    """
    server = os.environ.get("PARAGRAF_TEST_CATALOG")
    if server:
        schema = f"test_{uuid.uuid4().hex}"
        with create_engine(server).begin() as db:
            db.execute(CreateSchema(schema))
        return f"{server}?options=-csearch_path%3D{schema}"
    return f"sqlite:///{folder / 'catalog.sqlite'}"
