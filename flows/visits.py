"""A source visited in one run (besök): what it lists, and what was fetched of it, handed over paper by paper."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from flows.lanes import Lanes, StoppedError
from flows.sources import Source, Trouble
from index.catalog import Paper
from index.listed import Listed, Meeting

LISTING_S = 1_200.0  # for the whole listing of a source; one that takes longer is listed again, last of all
LAST_S = 3_600.0  # for that
FETCHING_S = 3_600.0  # for all papers of a source; the rest waits for the next night
_AHEAD = 1_000  # papers of a source that are fetched and not saved yet; a hash each, so that none of it is much
_LOOK_S = 0.5


class Visit:
    """One source in one run. With slots, and no dataclass: Prefect would walk through everything in it, and send it."""

    __slots__ = (
        "_broken",
        "_ended",
        "_fetched",
        "broke",
        "meetings",
        "number",
        "papers",
        "source",
        "troubles",
        "waits",
    )

    def __init__(self, source: Source, number: int) -> None:
        self.source, self.number = source, number
        self.papers: dict[str, Listed] = {}  # by key: what is listed twice is one paper
        self.meetings: dict[str, Meeting] = {}
        self.troubles: dict[str, str] = {}
        self.waits: set[str] = set()  # those of the troubles that are none: the host has had enough for one night
        self.broke = False  # the source's own code did, or it took too long
        self._fetched: queue.Queue[Paper] = queue.Queue(_AHEAD)
        self._ended = threading.Event()
        self._broken: BaseException | None = None

    @property
    def host(self) -> str:
        """Whom it visits; what is no address is a host of its own.

        >>> from flows.sources.addresses import Addresses
        >>> Visit(Addresses("the list"), 1).host
        'the list'
        """
        return urlsplit(self.source.location).netloc.casefold() or self.source.name

    @property
    def failed(self) -> bool:
        """Whether nothing at all could be listed, and that may be better later in the night."""
        if self.waits:
            return False
        return self.broke or bool(self.troubles and not self.papers and not self.meetings)

    def hand_over(self, paper: Paper, lanes: Lanes) -> None:
        """The next paper is fetched; waits where too many are and nobody has saved them."""
        while not lanes.closed:
            try:
                return self._fetched.put(paper, timeout=_LOOK_S)
            except queue.Full:
                continue
        raise StoppedError

    def end(self, broken: BaseException | None = None) -> None:
        """Nothing more comes; `broken` where that is not because all has come."""
        if not self._ended.is_set():
            self._broken = broken
            self._ended.set()

    def fetched(self) -> Iterator[Paper]:
        """Every paper in the order of the listing, as it comes."""
        while True:
            ended = self._ended.is_set()
            try:
                yield self._fetched.get(timeout=0 if ended else _LOOK_S)
            except queue.Empty:
                if ended:
                    break
        if self._broken is not None:
            raise self._broken


def begun(sources: Iterable[Source]) -> list[Visit]:
    """A visit to each of these sources, in their order."""
    return [Visit(source, number) for number, source in enumerate(sources)]


def list_papers(visit: Visit, lanes: Lanes, limit_s: float = LISTING_S) -> None:
    """Everything that a source lists into its visit, and what it could not list. An error of its code is told too."""
    from flows.failing import is_full

    with lanes.turn(visit.number, visit.host):
        until = time.monotonic() + limit_s
        try:
            for found in visit.source.listing():
                _note(visit, found)
                if time.monotonic() > until:
                    visit.broke = True
                    visit.troubles[visit.source.name] = f"not listed whole after {limit_s:g} s"
                    return
        except Exception as error:
            if is_full(error):
                raise  # no other source will fare better
            visit.broke = True
            visit.troubles[visit.source.name] = f"{type(error).__name__}: {error}"


def _note(visit: Visit, found: Listed | Meeting | Trouble) -> None:
    if isinstance(found, Trouble):
        visit.troubles[found.place] = found.reason
        if found.waits:
            visit.waits.add(found.place)
    elif isinstance(found, Listed):
        visit.papers.setdefault(found.key, found)
    else:
        visit.meetings.setdefault(found.key, found)
