"""Collections on a Qdrant server behind an alias (samlingar): whole ones that take each other's place in one step.

paragraf       the alias that readers resolve, once a search
paragraf.3     the collection behind it; a sync changes it in place, a document's new points before its old ones go
paragraf.4     one in the making, or what a killed rebuild left; the next rebuild goes on with it
paragraf.2     one that was left; who still reads it has some minutes, then the next sync removes it
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from qdrant_client import models

from index import generations
from index.backend import Making
from index.connection import connect
from index.server import ServerVectors, create
from index.settings import Server
from index.vectors import Meta, Vectors

_FRESH_S = 1.0  # how long a reader goes by what it saw
_GRACE_S = 600.0  # how long a collection that was left stays for those who read it
_BUILD_S, _LOOK_S = 3600.0, 1.0  # how long a new one is waited for to be quick, and how often it is asked


class Collections:
    """The collections of one alias."""

    shared = True

    def __init__(self, server: Server, root: Path) -> None:
        self._server, self._root = server, root
        self._connection = connect(server)
        self._alias = server.collection
        self._seen: tuple[str, Meta | None] | None = None
        self._looked = -_FRESH_S

    def lock(self, urgent: bool = False) -> AbstractContextManager[None]:
        return generations.lock(self._root, urgent=urgent)  # of this home; two do not write to one alias (sync.py)

    def is_wanted(self) -> bool:
        return generations.is_wanted(self._root)

    def version(self) -> str | None:
        now = time.monotonic()
        if self._seen is None or now - self._looked >= _FRESH_S:
            self._looked = now  # others go by what was seen while this one looks
            name = self._current()
            self._seen = (name, self._store(name).meta()) if name else None
        if self._seen is None:
            return None
        name, meta = self._seen
        return f"{name} {meta.revision if meta else '?'}"

    def open(self, version: str) -> Vectors:
        seen = self._seen
        name = version.split()[0]
        return ServerVectors(self._connection, name, seen[1] if seen and seen[0] == name else None)

    def forget(self) -> None:
        self._seen = None

    def name(self) -> str:
        return self._current() or ""

    def held(self) -> Meta | None:
        name = self._current()
        return self._store(name).meta() if name else None

    def whole(self) -> tuple[Meta | None, str]:
        name = self._current()
        if name is None:
            return None, ""
        meta = self._store(name).meta()
        return meta, "" if meta else f"the collection {name} does not tell what it holds"

    @contextmanager
    def following(self, meta: Meta) -> Iterator[Making]:
        self.clean()
        name = self.name()
        store = self._store(name)

        def publish(meta: Meta) -> str:
            store.set_meta(meta)
            return name

        yield Making(store, meta.revision, store.set_meta, publish)

    @contextmanager
    def anew(self, meta: Meta) -> Iterator[Making]:
        name, since = self._left_half_made(meta) or (self._next_name(), 0)
        self._clean(kept=name)
        store = self._store(name) if since else create(self._connection, name, meta.dimension, self._server)

        def publish(meta: Meta) -> str:
            store.set_meta(meta)
            self._wait_for(store)
            self._move_to(name)
            return name

        yield Making(store, since, store.set_meta, publish)

    def clean(self, at_once: bool = False) -> None:
        self._clean(grace_s=-1.0 if at_once else _GRACE_S)

    def is_gone(self, version: str) -> bool:
        return False  # one that is gone says so when it is asked

    def _store(self, name: str) -> ServerVectors:
        return ServerVectors(self._connection, name)

    def _current(self) -> str | None:
        """The collection behind the alias."""
        found = self._connection.ask(self._connection.client.get_aliases).aliases
        return next((one.collection_name for one in found if one.alias_name == self._alias), None)

    def _numbered(self) -> dict[str, int]:
        """Every collection that is or was made for the alias."""
        found = self._connection.ask(self._connection.client.get_collections).collections
        ours = re.compile(rf"{re.escape(self._alias)}\.(\d+)")
        return {one.name: int(match[1]) for one in found if (match := ours.fullmatch(one.name))}

    def _next_name(self) -> str:
        return f"{self._alias}.{max(self._numbered().values(), default=0) + 1}"

    def _left_half_made(self, wanted: Meta) -> tuple[str, int] | None:
        """A collection that a killed rebuild of the same kind left, and the revision up to which it is filled."""
        now = self._current()
        for name in self._numbered():
            store = self._store(name)
            meta = None if name == now or store.left_at() is not None else store.meta()
            if meta and meta.revision and replace(meta, revision=0) == replace(wanted, revision=0):
                return (name, meta.revision) if meta.revision <= wanted.revision else None
        return None

    def _clean(self, kept: str = "", grace_s: float = _GRACE_S) -> None:
        now = self._current()
        for name in self._numbered():
            if name in (now, kept):
                continue
            left = self._store(name).left_at()
            if left is None or time.time() - left > grace_s:
                self._connection.ask(self._connection.client.delete_collection, name)

    def _wait_for(self, store: ServerVectors) -> None:
        """Until the server has built the graph, or an hour has gone: it is right before, and only slower."""
        until = time.monotonic() + _BUILD_S
        while store.busy() and time.monotonic() < until:
            time.sleep(_LOOK_S)

    def _move_to(self, name: str) -> None:
        if old := self._current():
            self._store(old).leave(time.time())
        gone = models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=self._alias))
        made = models.CreateAliasOperation(
            create_alias=models.CreateAlias(collection_name=name, alias_name=self._alias)
        )  # fmt: skip
        moved: list[models.AliasOperations] = [gone, made] if old else [made]
        self._connection.ask(self._connection.client.update_collection_aliases, moved)
