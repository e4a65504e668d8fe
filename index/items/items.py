"""The items of one index (ärenden): counted, divided and compared without asking the engine.

A row is the place of an item among all, by the id of its lead. A condition is a mask over the rows, so counting, and
dividing by a field, are sums over a mask: a search asks for a dozen of them, and each takes some tens of microseconds
at 200,000 passages where the engine needs a millisecond. All is read from the disk's pages, which processes share.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.items import column, said, terms, told, whole
from index.items.column import ByRow, Column, Rows
from index.items.said import Said
from index.items.terms import Terms
from index.items.told import Told
from index.vectors import (
    FIELDS,
    LEADS,
    All,
    AnyWord,
    Between,
    Condition,
    Either,
    Ids,
    Not,
    OneOf,
    Phrase,
    Scored,
    Where,
    Whole,
)  # fmt: skip
from index.vocabulary import is_kept
from index.words import Sparse, number

NAMES = tuple(name for name in FIELDS if name not in {"lead", "item"})  # the fields that have a column
KEY = "S12"  # of a lead: the bytes of its UUID without the last four, which are 0
LEADS_FILE = "leads.npy"

_FEW = 4  # a part of the rows that is smaller than this is counted row by row
_REMEMBERED = 32  # conditions whose rows are remembered

Mask = NDArray[np.bool_]


class Items:
    """The items in one folder, none where it is not there; many threads may read them at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._columns: dict[str, Column] = {}
        self._rows_first: dict[str, ByRow] = {}  # of the columns that facets are of
        self._masks: dict[Condition, Mask] = {}

    @cached_property
    def keys(self) -> NDArray[np.bytes_]:
        """The key of each row, rising."""
        file = self.folder / LEADS_FILE
        return np.asarray(np.load(file, mmap_mode="r")) if file.exists() else np.zeros(0, dtype=KEY)

    @cached_property
    def said(self) -> Said:
        """The words of each row in order."""
        return said.read(self.folder)

    @cached_property
    def terms(self) -> Terms:
        """The words that each row can be found by."""
        return terms.read(self.folder)

    @cached_property
    def told(self) -> Told:
        """What is stored with each passage."""
        return told.read(self.folder)

    @cached_property
    def directions(self) -> NDArray[np.float16]:
        """The direction of each row."""
        return whole.read(self.folder)

    def column(self, name: str) -> Column:
        """The column of a field, opened when it is first asked for."""
        found = self._columns.get(name)
        if found is None:
            found = self._columns[name] = column.read(self.folder, name)
        return found

    def count(self, where: Where) -> int:
        """How many items fulfil the conditions."""
        return int(np.count_nonzero(self._mask(where)))

    def facet(self, name: str, where: Where, limit: int) -> list[tuple[str | int, int]]:
        """The values of a field and how many items have each, the most frequent first."""
        mask, has = self._mask(where), self.column(name)
        rows = np.flatnonzero(mask).astype(np.int32)
        few = len(rows) * _FEW < len(mask)
        counts = has.counts_in(rows, self._by_row(name)) if few else has.counts(mask)
        return sorted(counts, key=lambda pair: (-pair[1], str(pair[0])))[:limit]

    def _by_row(self, name: str) -> ByRow:
        found = self._rows_first.get(name)
        if found is None:
            found = self._rows_first[name] = self.column(name).by_row(len(self.keys))
        return found

    def ids(self, where: Where, limit: int | None = None) -> list[str]:
        """The items that fulfil the conditions, by id, at most so many."""
        return self._ids(np.flatnonzero(self._mask(where))[:limit])

    def latest(self, where: Where, limit: int, oldest_first: bool = False) -> list[str]:
        """The items that fulfil the conditions, by day; those without a day are left out."""
        rows = self.column("day").rows
        rows = rows[self._mask(where)[rows]]
        return self._ids(rows[:limit] if oldest_first else rows[::-1][:limit])

    def nearest(self, meaning: Sequence[float], where: Where, limit: int) -> list[Scored]:
        """The items as wholes that are nearest in meaning, and the cosine of each."""
        return self._nearest(meaning, self._rows_of_all(where), limit)

    def richest(self, words: Sparse, where: Where, limit: int) -> list[Scored]:
        """The items as wholes that are richest in the words, and BM25 of each; those that have none are left out."""
        return self._richest(words, self._rows_of_all(where), limit)

    def both(
        self, meaning: Sequence[float], words: Sparse, where: Where, limit: int
    ) -> tuple[list[Scored], list[Scored]]:
        """The nearest and the richest."""
        rows = self._rows_of_all(where)
        return self._nearest(meaning, rows, limit), self._richest(words, rows, limit)

    def _nearest(self, meaning: Sequence[float], rows: Rows, limit: int) -> list[Scored]:
        return self._best(rows, whole.nearest(self.directions, rows, meaning), limit)

    def _richest(self, words: Sparse, rows: Rows, limit: int) -> list[Scored]:
        scores = whole.richest(self.column("terms"), rows, words, len(self.keys))
        return self._best(rows[scores > 0], scores[scores > 0], limit)

    def long(self, leads: Sequence[str]) -> dict[str, dict[str, Any]]:
        """The long fields of these items (vectors.LONG), of those that are there."""
        return {self._ids(np.array([row]))[0]: self._long(row) for row in self._rows_of(leads).tolist()}

    def _long(self, row: int) -> dict[str, Any]:
        text = self.said.of(row)
        forms = sorted({word for word in text.split() if is_kept(word)})
        return {"terms": self.terms.of(row), "said": text} | ({"forms": forms} if forms else {})

    def wholes(self) -> Callable[[str], Whole]:
        """What tells an item as a whole by its lead; who wants those of all asks once."""
        words = whole.by_row(self.column("terms"), len(self.keys))

        def of(lead: str) -> Whole:
            row = int(self._rows_of((lead,))[0])
            return Whole(self.directions[row].tolist(), words(row))

        return of

    def _rows_of_all(self, where: Where) -> Rows:
        """The rows that fulfil the conditions, rising."""
        if len(where) == 1 and isinstance(where[0], Ids):
            return np.unique(self._rows_of(where[0].ids))
        return np.flatnonzero(self._mask(where)).astype(np.int32)

    def _best(self, rows: Rows, scores: NDArray[np.float32], limit: int) -> list[Scored]:
        order = np.argsort(-scores, kind="stable")[:limit]
        return list(map(Scored, self._ids(rows[order]), scores[order].tolist()))

    def _mask(self, where: Where) -> Mask:
        """The rows that fulfil all the conditions."""
        masks = [self._of(condition) for condition in where if condition not in LEADS]
        if not masks:
            return np.ones(len(self.keys), dtype=bool)
        return masks[0] if len(masks) == 1 else _all(masks)

    def _of(self, condition: Condition) -> Mask:
        """The rows that fulfil a condition; those of the last ones are remembered, as a search asks again and again."""
        known = self._masks.get(condition)
        if known is None:
            known = self._masks[condition] = self._made(condition)
            if len(self._masks) > _REMEMBERED:
                self._masks.pop(next(iter(self._masks)), None)
        return known

    def _made(self, condition: Condition) -> Mask:
        match condition:
            case OneOf("lead", values):
                return np.full(len(self.keys), 1 in values)
            case OneOf("item", values):
                return self._true(self._rows_by_number(values))
            case OneOf(field, values):
                has = self.column(field)
                return self._told(condition.unknown, has, *(has.of(value) for value in values))
            case All(field, values):
                return _all([self._true(self.column(field).of(value)) for value in values])
            case Between(field, low, high):
                has = self.column(field)
                return self._told(condition.unknown, has, has.between(low, high))
            case Ids(ids):
                return self._true(self._rows_of(ids))
            case Phrase("said", words):
                return self._true(self._in_a_row(words))
            case AnyWord("said", words):
                return self._true(*(self.column("said").of(number(word)) for word in words))
            case Either(conditions):
                return ~_all([~self._of(one) for one in conditions])
            case Not(without):
                return ~self._of(without)
        raise ValueError(f"no column can tell {condition}")

    def _in_a_row(self, words: str) -> Rows:
        """The rows that have words in a row."""
        has = self.column("said")
        rows = [has.of(word) for word in said.numbers(words)]
        if not rows:
            return np.zeros(0, dtype=np.int32)
        if len(words.split()) == 1:
            return rows[0]
        every = _all([self._true(each) for each in rows])
        return self.said.having(words, np.flatnonzero(every).astype(np.int32))

    def _true(self, *rows: Rows) -> Mask:
        mask = np.zeros(len(self.keys), dtype=bool)
        for each in rows:
            mask[each] = True
        return mask

    def _told(self, unknown: bool, has: Column, *rows: Rows) -> Mask:
        """The mask of these rows, and of those that have nothing in the column if that will do."""
        known = self._true(*rows)
        return known | ~self._true(has.rows) if unknown else known

    def _rows_of(self, ids: Sequence[str]) -> Rows:
        """The rows of those ids that are leads."""
        whole = np.frombuffer(bytes.fromhex("".join(ids).replace("-", "")), dtype=[("key", KEY), ("rest", "u4")])
        return _rows(self.keys, whole["key"][whole["rest"] == 0])

    def _rows_by_number(self, numbers: Sequence[str | int]) -> Rows:
        """The rows of items by their numbers (points.item_number): the first 60 bits of the id, so they rise too."""
        return _rows(self._numbers, np.array(numbers, dtype=np.uint64))

    @cached_property
    def _numbers(self) -> NDArray[np.uint64]:
        halves = np.frombuffer(self.keys.tobytes(), dtype=[("first", ">u8"), ("rest", ">u4")])["first"]
        return halves.astype(np.uint64) >> np.uint64(4)

    def _ids(self, rows: NDArray[Any]) -> list[str]:
        told = self.keys[rows].tobytes().hex()
        return [_uuid(told[at : at + 24]) for at in range(0, len(told), 24)]


def _all(masks: Sequence[Mask]) -> Mask:
    mask: Mask = np.logical_and.reduce(masks)
    return mask


def key(id: str) -> bytes:
    """The key of a lead."""
    return bytes.fromhex(id.replace("-", "")[:24])


def is_lead(id: str) -> bool:
    """Whether a point is the first of its item."""
    return id.endswith("00000000")


def _rows(known: NDArray[Any], wanted: NDArray[Any]) -> Rows:
    """Where in an array that rises these values stand; those that do not are left out."""
    if not len(wanted) or not len(known):
        return np.zeros(0, dtype=np.int32)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    rows: Rows = at[known[at] == wanted].astype(np.int32)
    return rows


def _uuid(digits: str) -> str:
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}00000000"
