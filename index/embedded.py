"""The embedded index (inbäddat): generations of Qdrant Edge in folders."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from index import generations
from index.backend import Making
from index.vectors import Meta, Vectors


class Embedded:
    """The generations under a folder."""

    shared = False

    def __init__(self, root: Path) -> None:
        self._root = root

    def lock(self, urgent: bool = False) -> AbstractContextManager[None]:
        return generations.lock(self._root, urgent=urgent)

    def is_wanted(self) -> bool:
        return generations.is_wanted(self._root)

    def version(self) -> str | None:
        folder = generations.current(self._root)
        return folder.name if folder else None

    def name(self) -> str:
        return self.version() or ""

    def forget(self) -> None:
        """Nothing is kept of what was told."""

    def open(self, version: str) -> Vectors:
        from index.edge import load

        folder = generations.folder(self._root, version)
        store = load(folder)
        if not folder.exists():  # it went while it was opened, and who knows how much of it was there
            raise OSError(f"the index in {folder} is gone")
        return store

    def held(self) -> Meta | None:
        from index.edge import read_meta

        folder = generations.current(self._root)
        return read_meta(folder) if folder is not None else None

    def whole(self) -> tuple[Meta | None, str]:
        version = self.version()
        if version is None:
            return None, ""
        meta = self.held()
        try:
            if meta is not None:
                self.open(version).close()
                return meta, ""
        except OSError as error:
            return None, str(error)
        return None, "its meta.json is gone or cut"

    @contextmanager
    def following(self, meta: Meta) -> Iterator[Making]:
        from index.edge import load

        part = generations.begin(self._root)
        with self._making(part, load(part), meta.revision) as making:
            yield making

    @contextmanager
    def anew(self, meta: Meta) -> Iterator[Making]:
        from index.edge import create

        part = generations.begin(self._root, copy=False)
        with self._making(part, create(part, meta.dimension), 0) as making:
            yield making

    def clean(self, at_once: bool = False) -> None:
        generations.clean(self._root, 1 if at_once else generations.KEPT)

    def is_gone(self, version: str) -> bool:
        return not generations.folder(self._root, version).exists()

    @contextmanager
    def _making(self, part: Path, store: Vectors, since: int) -> Iterator[Making]:
        def publish(meta: Meta) -> str:
            store.optimise()
            store.set_meta(meta)
            store.close()
            return generations.finish(self._root, part).name

        try:
            yield Making(store, since, lambda meta: None, publish)
        finally:
            store.close()
