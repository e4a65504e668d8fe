"""Where the index is kept (förvar): in folders under PARAGRAF_HOME, or on a Qdrant server where QDRANT_URL is set."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from index.settings import Settings
from index.vectors import Meta, Vectors


@dataclass(frozen=True, slots=True)
class Making:
    """An index in the making: the store to fill, and which revision of the record it has already.

    `reached` is told of every revision up to which all is in; `publish` makes it the one that is searched.
    """

    store: Vectors
    since: int
    reached: Callable[[Meta], None]
    publish: Callable[[Meta], str]


class Backend(Protocol):
    """What sync and readers need to know of where the index is kept. A *version* is what a reader has open."""

    shared: bool  # whether others with another record may keep theirs there

    def lock(self, urgent: bool = False) -> AbstractContextManager[None]:
        """Held by the one sync that runs. Who is `urgent` is next, and who has it is asked to give way."""

    def is_wanted(self) -> bool:
        """Whether who holds the lock is asked to give way."""

    def version(self) -> str | None:
        """The version to search now, None where there is no index."""

    def open(self, version: str) -> Vectors:
        """A version, to search. Raises OSError or GoneError where it is there no more."""

    def forget(self) -> None:
        """The version that was told is gone; look again."""

    def name(self) -> str:
        """What the index that is searched is called, "" where there is none."""

    def held(self) -> Meta | None:
        """What the index that is searched holds, None where that cannot be told."""

    def whole(self) -> tuple[Meta | None, str]:
        """The same, for who will go on from it: None also where it is broken, and then why."""

    def following(self, meta: Meta) -> AbstractContextManager[Making]:
        """The index that follows upon the one that is searched, which holds this. Hold the lock."""

    def anew(self, meta: Meta) -> AbstractContextManager[Making]:
        """An index from nothing that will hold this, or what an earlier try left of such a one. Hold the lock."""

    def clean(self, at_once: bool = False) -> None:
        """Removes what killed syncs left and what nobody reads any more. Hold the lock.

        With `at_once` also what somebody may still read: all but the version that is searched now.
        """

    def is_gone(self, version: str) -> bool:
        """Whether a version that somebody has open must be read no more."""


def of(settings: Settings) -> Backend:
    """The one that the settings name."""
    if settings.server is None:
        from index.embedded import Embedded

        return Embedded(settings.vectors)
    from index.collections import Collections  # seconds, for qdrant-client

    return Collections(settings.server, settings.vectors)
