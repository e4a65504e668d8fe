"""The index over HTTP: whole searches, and syncs that are killed by the kernel while the server lives on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index import backend
from index.queries import Filters, Query, Searcher
from index.settings import Server, Settings
from index.sync import sync
from tests.test_collections import QUESTIONS, _same
from tests.test_queries import PAPERS
from tests.test_sync import _many, _sync_slowly
from tests.tiny import TinyEncoder, home, killed, save


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    process = subprocess.Popen([sys.executable, "-m", "tests.rest"], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    yield process.stdout.readline().strip()
    process.kill()
    process.wait()


def test_the_answers_are_those_of_the_embedded_index(tmp_path: Path, url: str) -> None:
    here = home(tmp_path, *PAPERS)
    there = replace(here, server=Server(url, collection="answers", hnsw_m=0, on_disk=True))
    for settings in (here, there):
        sync(settings, encode=TinyEncoder())
    embedded, remote = (Searcher(settings, encode=TinyEncoder()) for settings in (here, there))
    for query in QUESTIONS:
        assert _same(embedded.search(query).to_json(), remote.search(query).to_json()), query
    assert list(embedded.matching(Query("", Filters()))) == list(remote.matching(Query("", Filters())))
    assert _same(embedded.similar("/papers/juni", "1").to_json(), remote.similar("/papers/juni", "1").to_json())
    rebuilt = sync(there, encode=TinyEncoder(), rebuild=True)
    assert rebuilt.generation == "answers.2" and remote.search(QUESTIONS[0]).hits


def _found(settings: Settings) -> int:
    return len(Searcher(settings, encode=TinyEncoder()).search(Query("", limit=100)).hits)


@pytest.mark.parametrize("after", [0.1, 0.3, 0.5])
def test_a_sync_that_is_killed_is_gone_on_with(tmp_path: Path, url: str, after: float) -> None:
    name = f"kill-{int(after * 10)}"
    settings = replace(home(tmp_path, *_many(3)), server=Server(url, collection=name))
    sync(settings, encode=TinyEncoder())
    save(settings, *_many(20))
    killed(_sync_slowly, settings, after)
    assert 3 <= _found(settings) <= 20
    sync(settings, encode=TinyEncoder())
    held = backend.of(settings).held()
    assert held and held.revision == 20 and _found(settings) == 20
