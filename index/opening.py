"""Opening the index to ask it (öppning): the current generation, and the encoder that its vectors were made with."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from index import generations
from index.embed import Encoder, Matrix, check_model, encoder
from index.form import check_form
from index.ranking.likeness import NotFoundError
from index.settings import Settings
from index.vectors import Vectors


class NoIndexError(NotFoundError):
    """There is no index to ask yet, or none that can be opened."""


class Opening:
    """An index that is open; many threads may ask at once, and a new generation is noticed by the next question."""

    def __init__(self, settings: Settings, store: Vectors | None = None, encode: Encoder | None = None) -> None:
        self._settings = settings
        self._given = store
        self._encode = encode
        self._opened: tuple[Path, Vectors] | None = None
        self._checked: Vectors | None = None
        self._lock = threading.Lock()

    def store(self) -> Vectors:
        """The current generation, opened anew if it has moved on."""
        if self._given is not None:
            return self._given
        with self._lock:
            why = ""
            for _ in range(5):
                folder = generations.current(self._settings.vectors)
                if folder is None:
                    raise NoIndexError("there is no index yet; run `paragraf ingest PATH` first")
                if self._opened and self._opened[0] == folder:
                    return self._opened[1]
                try:
                    store = _load(folder)
                except OSError as error:  # a sync took it away between the pointer and the folder, or it is broken
                    why = str(error)
                    continue
                check_form(store.meta())
                self._opened = (folder, store)  # the old one closes when the last search lets go of it
                return store
        raise NoIndexError(f"{why}; `paragraf rebuild --index` makes it anew")

    def embed(self, store: Vectors, text: str) -> list[float]:
        """A question's vector, by the model that the index was made with."""
        self._encode = self._encode or encoder(self._settings)
        if self._checked is not store:
            check_model(store.meta(), self._encode)
            self._checked = store
        vector: list[float] = self._encode.queries([text])[0].tolist()
        return vector

    def sentences(self) -> Callable[[Sequence[str]], Matrix] | None:
        """What makes vectors of the sentences of a page of hits; none where the model is too slow for that."""
        return self._encode.passages if getattr(self._encode, "quick", False) and self._encode else None

    def close(self) -> None:
        """Lets go of the index."""
        if self._opened:
            self._opened[1].close()
            self._opened = None


def _load(folder: Path) -> Vectors:
    from index.edge import load

    return load(folder)
