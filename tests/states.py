"""What a process of the server holds open, over the papers of a test."""

from __future__ import annotations

from pathlib import Path

from extractors.model import Document
from index.catalog import Catalog
from index.queries import Searcher
from index.sync import sync
from search_api.state import State
from tests.tiny import TinyEncoder, home


def holding(folder: Path, *papers: Document, indexed: bool = True) -> State:
    """A record of these papers, and their index where it is asked."""
    settings = home(folder, *papers)
    if indexed:
        sync(settings, encode=TinyEncoder())
    return State(settings, Searcher(settings, encode=TinyEncoder()), Catalog(settings.catalog))
