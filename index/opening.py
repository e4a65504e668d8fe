"""Opening the index to ask it (öppning): what is searched now, and the encoder that its vectors were made with.

A search has one store from its start to its end, and the model that the store's own meta names: a rebuild with another
model is taken as a whole, vectors and model together, or not at all.
"""

from __future__ import annotations

import fcntl
import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TypeVar
from weakref import ref

from index import backend
from index.embed import Encoder, Matrix, ModelError, check_model, encoder, encoder_of
from index.form import FormError, check_form
from index.ranking.likeness import NotFoundError
from index.settings import Settings
from index.turns import Turns
from index.vectors import GoneError, Meta, Vectors

T = TypeVar("T")

# Searches of one process at the same time. All of their work is this process's: eight threads at once answered 34
# questions a second where one after another answered 56 (200,000 passages); more cores are used by more processes
_AT_ONCE = 1
_TRIES, _PAUSE_S = 5, 0.02  # to open what a sync may take away meanwhile
_SOON_S = (
    0.1  # that the one who notices a new version waits for it, where it is opened aside: a small one is there then
)

_log = logging.getLogger("paragraf")


class NoIndexError(NotFoundError):
    """There is no index to ask yet, or none that can be opened."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A version of the index that is open. It closes when the last search lets go of it."""

    version: str
    store: Vectors


class Opening:
    """An index that is open; many threads may ask at once, and a new version is noticed by the next question.

    With `warm`, that question and all others are answered from the version before until the new one is open and warm.
    """

    def __init__(
        self,
        settings: Settings,
        store: Vectors | None = None,
        encode: Encoder | None = None,
        warm: Callable[[Vectors], object] | None = None,
    ) -> None:
        self._settings, self._given, self._encode, self._warm = settings, store, encode, warm
        self._backend = backend.of(settings) if store is None else None
        self._opened: _Open | None = None
        self._first: ref[Vectors] | None = None  # the one that this reader began with, which is not to stay for that
        self._left_alone = ""  # a version that cannot be searched here, so that we stay with the one before
        self._encoders: dict[str, Encoder] = {}
        self._lock = threading.Lock()
        shared = self._backend is not None and self._backend.shared
        self._turns = None if shared else Turns(_AT_ONCE)  # who asks a server waits most of the time

    def ask(self, question: Callable[[Vectors], T]) -> T:
        """The answer to a question from one store; all of it once more, where that was taken away meanwhile."""
        for _ in range(_TRIES - 1):
            try:
                return self._answer(question, self.store())
            except GoneError:
                if self._backend is None:
                    raise
                self._backend.forget()
                self._opened, self._left_alone = None, ""
        return self._answer(question, self.store())

    def _answer(self, question: Callable[[Vectors], T], store: Vectors) -> T:
        if self._turns is None:
            return question(store)
        with self._turns:
            return question(store)

    def store(self) -> Vectors:
        """What is searched now."""
        if self._given is not None or self._backend is None:
            assert self._given is not None
            return self._given
        opened, version = self._opened, self._backend.version()
        if opened and version == opened.version:
            return opened.store
        if opened and self._backend.is_gone(opened.version):  # as when something is removed: nobody goes on with it
            opened = self._opened = None
        if opened and version == self._left_alone:
            return opened.store
        if not self._lock.acquire(blocking=opened is None):
            assert opened
            return opened.store  # another thread opens the next one; nobody waits for that
        if opened and self._warm:
            threading.Thread(target=self._open_aside, name="next-index", daemon=True).start()
            return opened.store
        try:
            return self._open_next()
        finally:
            self._lock.release()

    def _open_aside(self) -> None:
        """Opens the next version while the one before answers. The lock is held for it.

        Processes of one server do so in turn: one is slower for a moment while the others are as quick as ever.
        """
        shared = self._settings.web.shared
        try:
            with (shared / "opening").open("w") if shared else nullcontext() as file:
                if file:
                    fcntl.flock(file, fcntl.LOCK_EX)
                self._open_next()
        except Exception:  # the question that comes next tries again
            _log.exception("paragraf: the new index could not be opened yet")
        finally:
            self._lock.release()

    def embed(self, store: Vectors, text: str) -> list[float]:
        """A question's vector, by the model that this store was made with."""
        vector: list[float] = self._encoder(store).queries([text])[0].tolist()
        return vector

    def sentences(self, store: Vectors) -> Callable[[Sequence[str]], Matrix] | None:
        """What makes vectors of the sentences of a page of hits; none where the model is too slow for that."""
        encode = self._encoder(store)
        return encode.passages if getattr(encode, "quick", False) else None

    def close(self) -> None:
        """Lets go of the index; searches that are under way end as they began."""
        self._opened = None

    def _open_next(self) -> Vectors:
        """The version of now; the one before, where that cannot be searched here."""
        why = "it is gone"
        for _ in range(_TRIES):
            before, version = self._opened, self._version()
            if before and before.version == version:
                return before.store
            try:
                store = self._open(version)
            except (FormError, ModelError) as error:
                if before is None:
                    raise
                _log.warning("paragraf: still searching the index of before: %s", error)
                self._left_alone = version
                return before.store
            except OSError as error:  # a sync took it away between the pointer and the folder, or it is broken
                why = str(error)
                time.sleep(_PAUSE_S)
            else:
                if before and self._warm:
                    self._warm(store)
                self._opened = _Open(version, store)
                return store
        raise NoIndexError(f"{why}; `paragraf rebuild --index` makes it anew")

    def _version(self) -> str:
        assert self._backend
        version = self._backend.version()
        if version is None:
            raise NoIndexError("there is no index yet; run `paragraf ingest PATH` first")
        return version

    def _open(self, version: str) -> Vectors:
        assert self._backend
        store = self._backend.open(version)
        meta = store.meta()
        if meta is None:
            raise OSError(f"the index {version} does not tell what it holds")
        check_form(meta)
        if self._first is None:
            self._first = ref(store)
        else:
            self._encoder(store)  # before anybody has to wait for it
        return store

    def _encoder(self, store: Vectors) -> Encoder:
        meta = store.meta()
        known = self._encoders.get(meta.model if meta else "")
        if known is None:
            known = self._load(meta, first=self._first is not None and store is self._first())
            self._encoders[meta.model if meta else ""] = known
        return known

    def _load(self, meta: Meta | None, first: bool) -> Encoder:
        """The encoder for an index: the one of the settings, else the one that its meta names.

        Who names a model means it: the first index that a reader opens must be of that one. Later ones are followed.
        """
        if meta is None or self._encode is not None:
            encode = self._encode or encoder(self._settings)
        elif first and self._settings.model is not None:
            encode = encoder(self._settings)
        else:
            encode = encoder_of(meta, self._settings)
        check_model(meta, encode)
        return encode
