"""What a process of the server holds open, and how a route asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from index.catalog import Catalog
from index.origin import Names
from index.pictures import Pictures
from index.queries import Searcher
from index.settings import Rate, Settings
from search_api.rates import Rates

_REQUESTS = Rate(10, 3600)  # for subscriptions, of a client


@dataclass(frozen=True)
class State:
    """Open for as long as the process lives; many threads use it at once.

    `requests` counts how often each client asks for a subscription; `names` are of papers that are not on the web.
    """

    settings: Settings
    searcher: Searcher
    catalog: Catalog
    pictures: Pictures = field(init=False)
    requests: Rates = field(init=False)
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        shared = self.settings.web.shared
        object.__setattr__(self, "pictures", Pictures(self.settings))
        object.__setattr__(self, "names", Names(self.catalog.engine))
        object.__setattr__(self, "requests", Rates(_REQUESTS, shared / "requests" if shared else None))

    def close(self) -> None:
        """Lets go of the index and the record, and ends the processes that draw."""
        self.pictures.close()
        self.searcher.close()
        self.catalog.close()


def _held(request: Request) -> State:
    state: State = request.app.state.held
    return state


# These wait for nothing, and are asynchronous so that no thread is taken for them
async def _state(request: Request) -> State:
    return _held(request)


async def _searcher(request: Request) -> Searcher:
    return _held(request).searcher


async def _catalog(request: Request) -> Catalog:
    return _held(request).catalog


# Parameters of routes: `def route(searcher: TheSearcher)`
TheState = Annotated[State, Depends(_state)]
TheSearcher = Annotated[Searcher, Depends(_searcher)]
TheCatalog = Annotated[Catalog, Depends(_catalog)]
