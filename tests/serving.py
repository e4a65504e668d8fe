"""An application over a tiny home, for tests of the web."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from extractors.model import Document
from index.catalog import Catalog
from index.queries import Searcher
from index.settings import Web
from index.sync import sync
from search_api.app import create_app
from search_api.state import State
from tests.tiny import TinyEncoder, home


def held(folder: Path, *papers: Document, web: Web | None = None) -> State:
    """What a server of these papers holds open; nobody is limited unless `web` says so."""
    settings = replace(home(folder, *papers), web=web or Web(rate=None))
    sync(settings, encode=TinyEncoder())
    return State(settings, Searcher(settings, encode=TinyEncoder()), Catalog(settings.catalog))


@contextmanager
def served(state: State, **how: Any) -> Iterator[TestClient]:
    """A client of an application that runs, as its lifespan wants."""
    with TestClient(create_app(state), **how) as client:
        yield client
