"""What is removed, as saving asks for it (regler): bytes, texts, and letters that are masked wherever they come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import unquote
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, func, select

from extractors import privacy
from index.removals import tables
from index.removals.letters import Place, composed, digest, hidden, letters, places

HIDDEN = "removed:"  # begins the key of a document whose own key must not be kept
_HASHES = "hashes"


class Rule(NamedTuple):
    """Whose letters they are: of a "passage" or a "person", and of which municipality's papers (None: of all)."""

    kind: str
    code: str | None


@dataclass(frozen=True)
class Rules:
    """Everything removed. `wanted` are digests by how many letters they are of, `texts` and `contents` whole papers."""

    secret: bytes = b""
    contents: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    of_digest: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    wanted: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def has_text(self, text: str) -> bool:
        """Whether a paper says what a removed one said, whatever its bytes."""
        return bool(self.texts) and self.digest(text) in self.texts

    def digest(self, text: str) -> str:
        """The keyed hash of all letters of a text."""
        return digest(self.secret, letters(text).row)

    def places(self, text: str, code: str | None) -> list[Place]:
        """What is removed of a text of a municipality; of one that is not told, everything that is of any."""
        return [place for place in places(text, self.secret, self.wanted) if self._holds(place.digest, code)]

    def is_passage(self, told: str) -> bool:
        """Whether a digest is of a passage, and not of a name."""
        return any(rule.kind == "passage" for rule in self.of_digest[told])

    def mask(self, text: str, code: str | None = None) -> str:
        """A few words with nothing in them that is removed, and no personnummer."""
        if self.wanted:
            text = composed(text)
            text = hidden(text, self.places(text, code))
        return privacy.mask(text)

    def address(self, url: str, code: str | None = None) -> str:
        """An address with nothing in it that is removed, however it is written; else as it is."""
        plain = unquote(url)
        masked = self.mask(plain, code)
        return url if masked == plain else masked

    def key(self, key: str, code: str | None = None) -> str:
        """A source's key as it is kept: one that holds what is removed, or a personnummer, only as a hash."""
        return key if self.address(key, code) == key else self.hidden_key(key)

    def hidden_key(self, key: str) -> str:
        """The key of a paper that must not be told."""
        return HIDDEN + digest(self.secret, key)

    def _holds(self, told: str, code: str | None) -> bool:
        return any(rule.code in (None, code) or code is None for rule in self.of_digest[told])


_KNOWN: WeakKeyDictionary[Engine, tuple[Any, Rules]] = WeakKeyDictionary()
_SECRET = select(tables.secrets.c.value).where(tables.secrets.c.name == _HASHES)
_STATE = select(func.count(), func.max(tables.removal_hashes.c.removal_id), _SECRET.scalar_subquery())


def rules(db: Connection) -> Rules:
    """What is removed now; asked in each transaction that saves, and made again only where something has come."""
    state = tuple(db.execute(_STATE).one())
    known = _KNOWN.get(db.engine)
    if known is None or known[0] != state:
        known = _KNOWN[db.engine] = (state, _loaded(db, state[-1]))
    return known[1]


def walked(value: Any, mask: Callable[[str], str]) -> Any:
    """A value of JSON with all its strings, names among them, masked.

    >>> walked({"a.pdf": ["ab", 1]}, str.upper)
    {'A.PDF': ['AB', 1]}
    """
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {mask(name): walked(each, mask) for name, each in value.items()}
    return [walked(each, mask) for each in value] if isinstance(value, list) else value


def _loaded(db: Connection, key: str) -> Rules:
    hashes, removals = tables.removal_hashes.c, tables.removals.c
    asked = select(hashes.form, hashes.hash, hashes.length, removals.kind, removals.municipality_code)
    rows = db.execute(asked.join_from(tables.removal_hashes, tables.removals)).all()
    of_digest, wanted = defaultdict[str, list[Rule]](list), defaultdict[int, set[str]](set)
    for row in rows:
        if row.form == "letters":
            of_digest[row.hash].append(Rule(row.kind, row.municipality_code))
            wanted[row.length].add(row.hash)
    return Rules(
        bytes.fromhex(key),
        frozenset(row.hash for row in rows if row.form == "bytes"),
        frozenset(row.hash for row in rows if row.form == "text"),
        {told: tuple(of) for told, of in of_digest.items()},
        {length: frozenset(told) for length, told in sorted(wanted.items())},
    )
