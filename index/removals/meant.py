"""What somebody means to remove (avsett): which bytes, which letters; and what that would hide of what is held."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from index import readings, tables
from index.asking.filters import municipality_code
from index.catalog import Catalog
from index.removals.hiding import code_of
from index.removals.letters import composed, digest, letters
from index.removals.record import Hash, RemovalError
from index.removals.rules import Rule, Rules, rules
from index.settling import REMOVED

_SHA256 = re.compile(r"[0-9a-fA-F]{8,64}")
_PASSAGE, _NAME = 12, 5  # letters: fewer would hide what stands in papers that nobody means
_TEXT = 40  # letters of a paper that are enough to know it by, whatever its bytes
_ASCII = str.maketrans("åäöéèüæø", "aaoeeuao")  # as addresses have names


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that something would be hidden of, in words for whoever asks."""

    document_id: int
    told: str
    places: int


@dataclass(frozen=True, slots=True)
class Meant:
    """A removal to be: what it is known by from then on, and what it would hide of what is held."""

    kind: str
    hashes: tuple[Hash, ...]
    papers: tuple[Paper, ...]
    code: str | None = None

    @property
    def places(self) -> int:
        """In how many places."""
        return sum(paper.places for paper in self.papers)

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        told = [{"document": each.document_id, "told": each.told, "places": each.places} for each in self.papers]
        return {"kind": self.kind, "documents": len(told), "places": self.places, "papers": told}


def document(catalog: Catalog, named: str) -> Meant:
    """A document with all its versions, by number, address or key; or certain bytes, by (the start of) a sha256.

    The same bytes go wherever they are listed, and so do other bytes that say the same, word for word.
    """
    hashes: list[Hash] = []
    with catalog.engine.connect() as db:
        key = rules(db).secret
        for content in _contents(db, named):
            hashes.append(Hash("bytes", content.sha256))
            row = letters(readings.get(db, content.id).text).row if content.readable else ""
            if len(row) >= _TEXT:
                hashes.append(Hash("text", digest(key, row), len(row)))
                hashes += [Hash("bytes", sha256) for sha256 in _saying(db, content, row)]
        papers = tuple(_with_bytes(db, [each.hash for each in hashes if each.form == "bytes"]))
    return Meant("document", tuple(dict.fromkeys(hashes)), papers)


def passage(
    catalog: Catalog, named: str, text: str | None = None, page: int | None = None, start: str = "", end: str = ""
) -> Meant:
    """Words that stand in a document: told, or on a page from some words to others. They go from all papers."""
    with catalog.engine.connect() as db:
        read = [readings.get(db, content.id) for content in _contents(db, named) if content.readable]
        key = rules(db).secret
    if not read:
        raise RemovalError(f"{named!r} could not be read, so that no passage of it is known; remove the document")
    newest = read[-1]
    if text is None:
        stretch = next((p for p in newest.pages if p.number == page), None)
        if stretch is None:
            raise RemovalError(f"there is no page {page}: the paper has {len(newest.pages)}")
        text = _between(newest.text[stretch.start : stretch.end], start, end)
    row = letters(composed(text)).row
    if len(row) < _PASSAGE:
        raise RemovalError(f"a passage has at least {_PASSAGE} letters, or it would hide what others have written too")
    if not any(row in letters(one.text).row for one in read):
        raise RemovalError(
            "the paper does not have these words in this order; `--page N --from WORDS --to WORDS` is another way"
        )
    hashes = (Hash("letters", digest(key, row), len(row)),)
    return _meant(catalog, "passage", hashes, None)


def person(
    catalog: Catalog, name: str, municipality: str | None = None, also: Sequence[str] = (), in_office: bool = False
) -> Meant:
    """A person by first name and surname, in this order and the other, from the papers of a municipality or of all.

    Politicians and officials act in public: one whom papers name as such goes only if that is said (`in_office`).
    """
    code = municipality_code(municipality) if municipality else None
    rows = [letters(composed(form)).row for each in (name, *also) for form in _forms(each)]
    if not in_office and (acting := _in_office(catalog, set(rows), code)):
        raise RemovalError(
            f"{name} is named in office ({acting}), and who acts in public is not a private person. If this is "
            "what is meant all the same, say so: --in-office"
        )
    with catalog.engine.connect() as db:
        key = rules(db).secret
    forms = dict.fromkeys(form for row in rows for form in (row, row.translate(_ASCII)))
    return _meant(catalog, "person", [Hash("letters", digest(key, form), len(form)) for form in forms], code)


def _forms(name: str) -> Iterator[str]:
    """
    >>> list(_forms("Anna von Essen"))
    ['Anna von Essen', 'von Essen Anna', 'Essen Anna von']
    """
    words = name.split()
    if len(words) < 2 or len(letters(name).row) < _NAME or any(figure.isdigit() for figure in name):
        raise RemovalError(f"{name!r} is not a first name and a surname; a name alone would hide everybody who has it")
    yield " ".join(words)
    for at in sorted({1, len(words) - 1}):
        yield " ".join([*words[at:], *words[:at]])


def _in_office(catalog: Catalog, rows: set[str], code: str | None) -> str:
    """What somebody of this name is called in office, as papers print it; "" where nobody is."""
    people, contents = tables.people.c, tables.contents.c
    asked = select(people.name, people.party, people.role).distinct()
    asked = asked.where(or_(people.party.is_not(None), people.role.is_not(None)))
    if code:
        asked = asked.join_from(tables.people, tables.contents).where(contents.municipality_code == code)
    with catalog.engine.connect() as db:
        found = [row for row in db.execute(asked) if letters(row.name).row in rows]
    told = dict.fromkeys(part for row in found for part in (row.role, row.party) if part)
    return ", ".join(list(told)[:5])


def _between(page: str, start: str, end: str) -> str:
    """The words of a page from some words to others, both included; without them from its beginning, or to its end."""
    row, at, _, _ = letters(page)
    first, last = letters(composed(start)).row, letters(composed(end)).row
    begins = row.find(first)
    ends = row.find(last, max(begins, 0) + len(first)) if last else len(row)
    if begins < 0 or ends < 0 or not row:
        raise RemovalError(f"the page does not have {start if begins < 0 else end!r}, as it was read")
    return page[at[begins] : at[ends + len(last) - 1] + 1]


def _contents(db: Connection, named: str) -> Sequence[Any]:
    """The contents that are meant, the oldest version first."""
    contents, documents, listings, versions = tables.contents, tables.documents, tables.listings, tables.versions
    if _SHA256.fullmatch(named):
        begins = contents.c.sha256.startswith(named.lower(), autoescape=True)
        found = db.execute(select(contents).where(begins).limit(2)).all()
        if len(found) > 1:
            raise RemovalError(f"more than one paper begins with {named}: write more of its sha256")
        if found:
            return found
    same = [listings.c.url == named, documents.c.key == named]
    if named.isdecimal() and named.isascii() and len(named) < 18:
        same.append(documents.c.id == int(named))
    joined = contents.join(versions, versions.c.content_id == contents.c.id)
    joined = joined.join(documents, documents.c.id == versions.c.document_id)
    joined = joined.join(listings, listings.c.document_id == documents.c.id)
    asked = select(contents).select_from(joined).where(or_(*same))
    by_id = {row.id: row for row in db.execute(asked.order_by(versions.c.document_id, versions.c.ordinal))}
    if not by_id:
        raise RemovalError(f"no document that is held is called {named!r}: name it by its address, number or sha256")
    return list(by_id.values())


def _saying(db: Connection, content: Any, row: str) -> Iterator[str]:
    """Other bytes that say the same as a content, of those that have as much in them."""
    c = tables.contents.c
    same = [c[name] == getattr(content, name) for name in ("page_count", "item_count", "decision_count", "find_count")]
    for other in db.execute(select(c.id, c.sha256).where(*same, c.readable, c.id != content.id)).all():
        if letters(readings.get(db, other.id).text).row == row:
            yield other.sha256


def _with_bytes(db: Connection, sha256s: Sequence[str]) -> Iterator[Paper]:
    versions, contents = tables.versions, tables.contents
    asked = select(versions.c.document_id).join_from(versions, contents).where(contents.c.sha256.in_(sha256s))
    for paper in sorted(set(db.scalars(asked))):
        yield Paper(paper, _told(db, paper), 1)


def _meant(catalog: Catalog, kind: str, hashes: Iterable[Hash], code: str | None) -> Meant:
    """What these letters would hide: every reading is looked through."""
    known, found = tuple(hashes), dict[int, Paper]()
    with catalog.engine.connect() as db:
        key = rules(db).secret
        ids = db.scalars(select(tables.readings.c.content_id).order_by(tables.readings.c.content_id)).all()
    wanted: dict[int, frozenset[str]] = {}
    for each in known:
        wanted[each.length] = wanted.get(each.length, frozenset()) | {each.hash}
    asked = Rules(key, of_digest={each.hash: (Rule(kind, code),) for each in known}, wanted=wanted)
    for content_id in ids:
        with catalog.engine.connect() as db:
            for paper in _hidden_of(db, content_id, asked):
                found.setdefault(paper.document_id, paper)
    return Meant(kind, known, tuple(found.values()), code)


def _hidden_of(db: Connection, content_id: int, asked: Rules) -> Iterator[Paper]:
    if db.scalar(select(tables.readings.c.content_id).where(tables.readings.c.content_id == content_id)) is None:
        return
    read, code = readings.get(db, content_id), code_of(db, content_id)
    places = len(asked.places(read.text, code)) or int(bool(read.title and asked.mask(read.title, code) != read.title))
    if places:
        versions = tables.versions.c
        for paper in db.scalars(select(versions.document_id).where(versions.content_id == content_id).distinct()):
            yield Paper(paper, _told(db, paper), places)


def _told(db: Connection, document_id: int) -> str:
    """Which paper it is, in a line."""
    documents, listings = tables.documents.c, tables.listings.c
    asked = select(documents.title, documents.body, documents.municipality, documents.date, listings.url)
    asked = asked.join_from(tables.documents, tables.listings).where(documents.id == document_id)
    row = db.execute(asked.where(documents.state != REMOVED)).one()
    parts = (row.municipality, row.body, row.date, row.title if row.title != row.body else None, row.url)
    return ", ".join(part for part in parts if part)
