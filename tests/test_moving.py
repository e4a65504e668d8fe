"""An embedded index moves to a server: nothing is embedded again, nothing is lost, and the old one stays."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.progress import Silent
from flows.syncing import sync_index
from index import backend
from index.moving import move
from index.queries import Query, Searcher
from index.settings import Settings
from index.sync import SyncError, sync
from tests.served import URL, KilledError, Served, on_server, serve
from tests.tiny import TinyEncoder, home, paper, save

WATER = paper("vatten", "Avgift för vatten\nAvgifterna för dricksvatten höjs.")
ROADS = paper("väg", "Cykelväg\nEn cykelväg byggs vid skolan.", "Parkering\nParkeringen vid skolan stängs.")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    return serve(monkeypatch)


class Counting(TinyEncoder):
    """Counts the passages that it makes vectors of."""

    def __init__(self, name: str = "tiny") -> None:
        super().__init__(name)
        self.made = 0

    def passages(self, texts: Any) -> Any:
        self.made += len(texts)
        return super().passages(texts)


def _answer(settings: Settings, text: str) -> list[tuple[str, float]]:
    hits = Searcher(settings, encode=TinyEncoder()).search(Query(text)).hits
    return [(hit.id, pytest.approx(hit.score, abs=0.002)) for hit in hits]


def test_what_was_embedded_moves_as_it_is_and_what_is_new_follows(tmp_path: Path, served: Served) -> None:
    here = home(tmp_path, ROADS)
    sync(here, encode=TinyEncoder())
    save(here, WATER)
    encode = Counting()
    moved = move(here, URL, encode=encode)
    assert (moved.passages, moved.documents, encode.made) == (3, 1, 1)
    assert f"QDRANT_URL={URL}" in moved.note
    sync(here, encode=TinyEncoder())
    there = on_server(here)
    for text in ("vatten", "skolan", "parkering vid skolan"):
        assert _answer(there, text) == _answer(here, text) != []
    assert sync(there, encode=encode).documents == 0 and encode.made == 1


def test_without_an_embedded_index_of_this_model_all_is_made_from_the_record(tmp_path: Path, served: Served) -> None:
    here = home(tmp_path, WATER, ROADS)
    encode = Counting()
    assert (move(here, URL, encode=encode).passages, encode.made) == (3, 3)
    sync(here, encode=TinyEncoder("another"))
    assert (move(here, URL, encode=encode).passages, encode.made) == (3, 6)


def test_a_move_that_was_killed_is_made_again(tmp_path: Path, served: Served) -> None:
    here = home(tmp_path, WATER, ROADS)
    sync(here, encode=TinyEncoder())
    encode = Counting()
    for call in range(2, 100, 3):
        served.calls, served.dies_at, served.done_first = 0, call, bool(call % 2)
        try:
            move(here, URL, encode=encode)
            break
        except KilledError:
            served.dies_at = 0
    served.dies_at = 0
    store = backend.of(on_server(here))
    assert call > 8 and encode.made == 0
    assert store.open(store.version() or "").count(()) == 3


def test_a_server_that_holds_less_is_not_gone_over_to(
    tmp_path: Path, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = home(tmp_path, WATER, ROADS)
    sync(here, encode=TinyEncoder())
    put = served._client.upsert
    monkeypatch.setattr(served._client, "upsert", lambda name, points, **how: put(name, points[:1], **how))
    with pytest.raises(SyncError, match="1 of 3"):
        move(here, URL, encode=TinyEncoder())
    assert backend.of(on_server(here)).version() is None


def test_the_index_of_another_record_is_not_replaced(tmp_path: Path, served: Served) -> None:
    for name in ("mine", "yours"):
        (tmp_path / name).mkdir()
    move(home(tmp_path / "mine", ROADS), URL, encode=TinyEncoder())
    with pytest.raises(SyncError, match="QDRANT_COLLECTION"):
        move(home(tmp_path / "yours", WATER), URL, encode=TinyEncoder())


def test_the_command_moves(tmp_path: Path, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    here = home(tmp_path, WATER)
    bench: Any = SimpleNamespace(settings=here, follower=None, progress=Silent())
    assert sync_index(bench, rebuild=True, to=URL)["passages"] == 1
    monkeypatch.setenv("PARAGRAF_HOME", str(tmp_path))
    for arguments, told in (
        (["--read", "--to", URL], "--index --to URL"),
        (["--index", "--to", "localhost"], "is no address"),
    ):
        done = CliRunner().invoke(app, ["rebuild", *arguments])
        assert done.exit_code == 2 and told in done.stderr
