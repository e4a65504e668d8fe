"""What changes while a sync goes on (insamling): gathered item by item, and written when it has ended."""

from __future__ import annotations

import shutil
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.items import column, said, terms, told, whole
from index.items.column import Column, Values
from index.items.items import KEY, LEADS_FILE, NAMES, Items, key
from index.vectors import FIELDS, Point

_TYPES = {"float": "d"}  # of array; of others "q", which for a keyword is its number among those seen

_SPOOLED = 64 << 20  # bytes of texts that wait in memory

Numbers = NDArray[Any]


class Gathered:
    """Documents that went and items that came since the items were written."""

    def __init__(self) -> None:
        self._gone: set[int] = set()
        self._rows: dict[bytes, int] = {}  # of each item that came the last row, which is the one that counts
        self._of: defaultdict[int, list[bytes]] = defaultdict(list)  # document: its items
        self._fields = {name: _Field(FIELDS[name]) for name in NAMES}
        self._directions = bytearray()
        self._texts = tempfile.SpooledTemporaryFile(_SPOOLED)  # noqa: SIM115 -- lives as long as this
        self._ends = array("q", [0])
        self._terms: list[NDArray[np.uint32]] = []
        self._told = told.Came()

    def __bool__(self) -> bool:
        return bool(self._told)

    def replace(self, documents: Sequence[int], points: Sequence[Point]) -> None:
        """As Vectors.replace."""
        self._told.replace(documents, points)
        self._gone.update(documents)
        for document in documents:
            for lead in self._of.pop(document, ()):
                self._rows.pop(lead, None)
        for point in points:
            if point.whole:
                self._add(point)

    def _add(self, point: Point) -> None:
        row, lead, fields = len(self._ends) - 1, key(point.id), point.payload
        text = fields.get("said", "")
        assert point.whole
        self._rows[lead] = row
        self._of[fields.get("document", 0)].append(lead)
        for name, field in self._fields.items():
            if name == "terms":
                field.add(row, point.whole.words.indices, point.whole.words.values)
            else:
                field.add(row, said.numbers(text) if name == "said" else fields.get(name))
        direction = np.asarray(point.whole.meaning, dtype=np.float32)
        self._directions += (direction / (float(np.linalg.norm(direction)) or 1.0)).astype(np.float16).tobytes()
        self._terms.append(np.array(fields.get("terms", ()), dtype=np.uint32))
        self._ends.append(self._ends[-1] + self._texts.write(text.encode()))

    def write(self, old: Items) -> None:
        """Puts the old items, without what went and with what came, in the place of the old ones."""
        part = old.folder.with_name(f"{old.folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        kept = np.flatnonzero(self._kept(old))
        came = np.array([*self._rows.values()], dtype=np.int64)
        keys = np.concatenate([old.keys[kept], np.array([*self._rows], dtype=KEY)])
        order = np.argsort(keys)
        place = np.empty(len(keys), dtype=np.int64)
        place[order] = np.arange(len(keys))
        of_old, of_new = np.full(len(old.keys), -1), np.full(len(self._ends) - 1, -1)
        of_old[kept], of_new[came] = place[: len(kept)], place[len(kept) :]
        for name, field in self._fields.items():
            column.write(part, name, field.joined(old.column(name), of_old, of_new, len(keys)))
        whole.write(part, self._all_directions(old, kept, came)[order])
        sources = np.concatenate([kept, -1 - came])[order].tolist()
        said.write(part, (old.said.of(n) if n >= 0 else self._text(-1 - n) for n in sources))
        terms.write(part, (old.terms.of(n) if n >= 0 else self._terms[-1 - n].tolist() for n in sources))
        np.save(part / LEADS_FILE, keys[order])
        self._told.write(part, old.told)
        shutil.rmtree(old.folder, ignore_errors=True)
        part.rename(old.folder)

    def _kept(self, old: Items) -> NDArray[np.bool_]:
        """Which of the old rows stay."""
        kept = ~np.isin(old.keys, np.array([*self._rows], dtype=KEY))
        documents = old.column("document")
        for document in self._gone:
            kept[documents.of(document)] = False
        return kept

    def _all_directions(self, old: Items, kept: Numbers, came: Numbers) -> whole.Directions:
        if not len(came):
            return old.directions[kept]
        rows = len(self._ends) - 1
        new = np.frombuffer(self._directions, dtype=np.float16).reshape(rows, -1)[came]
        return np.concatenate([old.directions[kept], new]) if len(kept) else new

    def _text(self, row: int) -> str:
        self._texts.seek(self._ends[row])
        return self._texts.read(self._ends[row + 1] - self._ends[row]).decode()


class _Field:
    """The values that came of one field, the row of each, and what it counts there."""

    def __init__(self, kind: str) -> None:
        self._values, self._rows, self._weights = array(_TYPES.get(kind, "q")), array("q"), array("f")
        self._seen: dict[str, int] | None = {} if kind == "keyword" else None

    def add(self, row: int, told: Any, weights: Sequence[float] = ()) -> None:
        """What a row has of the field: a value, a list of values, or nothing."""
        values = told if isinstance(told, list) else [] if told is None else [told]
        if self._seen is None:
            self._values.extend(values)
        else:
            self._values.extend(self._seen.setdefault(value, len(self._seen)) for value in values)
        self._rows.extend([row] * len(values))
        self._weights.extend(weights)

    def joined(self, old: Column, of_old: Numbers, of_new: Numbers, rows: int) -> Column:
        """The column of old and new values; `of_old` and `of_new` tell each row's place among so many, -1 for none."""
        places = np.concatenate([of_old[old.rows], of_new[np.asarray(self._rows, dtype=np.int64)]])
        values, numbers = self._numbered(old)
        there = places >= 0
        pairs, first = np.unique(numbers[there] * max(rows, 1) + places[there], return_index=True)
        has, starts = np.unique(pairs // max(rows, 1), return_index=True)
        left: Values = [values[n] for n in has] if isinstance(values, list) else values[has]
        weights = None
        if len(self._weights) or old.weights is not None:
            known = old.weights if old.weights is not None else np.zeros(0, dtype=np.float32)
            weights = np.concatenate([known, np.asarray(self._weights, dtype=np.float32)])[there][first]
        return Column(left, np.append(starts, len(pairs)), (pairs % max(rows, 1)).astype(np.int32), weights)

    def _numbered(self, old: Column) -> tuple[Values, Numbers]:
        """All values, rising, and which of them each old and each new one is."""
        of_column = np.repeat(np.arange(len(old.values)), np.diff(old.starts))
        came = np.asarray(self._values)
        if self._seen is None:
            assert not isinstance(old.values, list)
            values = np.unique(np.concatenate([old.values, came]))
            known, new = np.searchsorted(values, old.values), np.searchsorted(values, came)
            return values, np.concatenate([known[of_column], new])
        told = sorted({*old.values, *self._seen})
        at = {value: n for n, value in enumerate(told)}
        known, seen = (np.array([at[v] for v in each], dtype=np.int64) for each in (old.values, self._seen))
        return told, np.concatenate([known[of_column], seen[came]])
