"""Readers while the index changes under them: no failed answer, and none of two models."""

from __future__ import annotations

import multiprocessing
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import collections, edge
from index.embed import ModelError
from index.embedded import Embedded
from index.queries import Query, Searcher
from index.settings import Settings
from index.sync import sync
from tests.served import on_server, serve
from tests.tiny import home, paper, save

_THINGS = ("vatten", "skolan", "vägen", "parken", "badet", "biblioteket", "torget", "bron")
PAPERS = [paper(thing, f"Taxa för {thing}\nAvgiften för {thing} höjs och {thing} rustas.") for thing in _THINGS]
QUESTIONS = [Query(text, read=False) for text in ("avgiften för vatten", "torget rustas", "taxa", "bron och badet")]

Answer = list[tuple[str, float]]


def _model(folder: Path, size: int) -> str:
    """A static model of another number of numbers, in the layout of model2vec."""
    from safetensors.numpy import save_file
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import Whitespace

    words = sorted({word for one in PAPERS for word in re.findall(r"\w+", one.text.lower())})
    tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(["[UNK]", *words])}, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = Lowercase(), Whitespace()  # type: ignore[assignment]
    folder.mkdir()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "config.json").write_text('{"model_type": "model2vec"}')
    vectors = np.random.default_rng(size).normal(size=(len(words) + 1, size)).astype(np.float32)
    save_file({"embeddings": vectors}, folder / "model.safetensors")
    return str(folder)


@pytest.fixture(params=["embedded", "server"])
def settings(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An index of model a, whose older collections go as soon as they can."""
    made = replace(home(tmp_path, *PAPERS), model=_model(tmp_path / "a", 16))
    if request.param == "server":
        serve(monkeypatch)
        monkeypatch.setattr(collections, "_GRACE_S", -1.0)
        made = on_server(made)
    sync(made)
    return made


def _answers(searcher: Searcher) -> list[Answer]:
    return [[(hit.id, hit.score) for hit in searcher.search(query).hits] for query in QUESTIONS]


def _same(one: Answer, other: Answer) -> bool:
    return dict(one) == {id: pytest.approx(score, abs=0.001) for id, score in other}


def _read(searcher: Searcher, told: Callable[[Any], object], done: Any) -> None:
    try:
        while not done.is_set():
            for answer in enumerate(_answers(searcher)):
                told(answer)
    except BaseException as error:
        told(repr(error))


@contextmanager
def _reading(settings: Settings) -> Iterator[list[Any]]:
    """Four threads that share a searcher and search without pause, and what they were told."""
    searcher, told, done = Searcher(settings), list[Any](), threading.Event()
    threads = [threading.Thread(target=_read, args=(searcher, told.append, done)) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        done.set()
        for thread in threads:
            thread.join(60)


def _wait_for(told: list[Any], more: int) -> None:
    until, aim = time.monotonic() + 60, len(told) + more
    while len(told) < aim and time.monotonic() < until and not any(isinstance(one, str) for one in told):
        time.sleep(0.01)


def test_a_rebuild_with_another_model_neither_fails_nor_mixes(settings: Settings, tmp_path: Path) -> None:
    other = replace(settings, model=_model(tmp_path / "b", 24))
    of_model = {"a": _answers(Searcher(settings))}
    with _reading(settings) as told:
        for now in (other, settings, other):
            _wait_for(told, 40)
            sync(now, rebuild=True)
        _wait_for(told, 100)
    of_model["b"] = _answers(Searcher(other))
    wrong = [one for one in told if isinstance(one, str)]
    assert not wrong, wrong[:3]
    seen = dict.fromkeys(of_model, 0)
    for question, answer in told:
        fits = [name for name, expected in of_model.items() if _same(answer, expected[question])]
        assert len(fits) == 1, (question, answer)
        seen[fits[0]] += 1
    assert min(seen.values()) > 10, seen


def _in_a_process(settings: Settings, queue: Any, done: Any) -> None:
    _read(Searcher(settings), queue.put, done)


def test_other_processes_follow_too(tmp_path: Path) -> None:
    settings = replace(home(tmp_path, *PAPERS), model=_model(tmp_path / "a", 16))
    other = replace(settings, model=_model(tmp_path / "b", 24))
    sync(settings)
    of_model = [_answers(Searcher(settings))]
    context = multiprocessing.get_context("fork")
    queue, done = context.Queue(), context.Event()
    process = context.Process(target=_in_a_process, args=(settings, queue, done))
    process.start()
    try:
        first = queue.get(timeout=60)
        sync(other, rebuild=True)
        of_model.append(_answers(Searcher(other)))
        last = first
        until = time.monotonic() + 60
        while time.monotonic() < until and not _same(last[1], of_model[1][last[0]]):
            last = queue.get(timeout=60)
            assert not isinstance(last, str), last
            assert any(_same(last[1], expected[last[0]]) for expected in of_model)
        assert _same(last[1], of_model[1][last[0]])
    finally:
        done.set()
        process.kill()
        process.join()


def test_a_reader_stays_with_what_it_has_where_it_cannot_follow(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    if settings.server:
        pytest.skip("a collection that was left goes after its grace")
    searcher = Searcher(settings)
    before = _answers(searcher)
    other = replace(settings, model=_model(tmp_path / "b", 24))
    sync(other, rebuild=True)
    from index.embed import _load

    _load.cache_clear()
    shutil.rmtree(tmp_path / "b")
    assert all(_same(one, b) for one, b in zip(_answers(searcher), before, strict=True))
    assert len([record for record in caplog.records if "still searching" in record.message]) == 1
    with pytest.raises(ModelError):
        _answers(Searcher(replace(settings, model=None)))
    sync(settings, rebuild=True)
    assert all(_same(one, b) for one, b in zip(_answers(searcher), before, strict=True))


def test_who_names_a_model_means_it_and_who_names_none_takes_the_index_as_it_is(
    settings: Settings, tmp_path: Path
) -> None:
    other = replace(settings, model=_model(tmp_path / "b", 24))
    with pytest.raises(ModelError, match="paragraf rebuild --index"):
        _answers(Searcher(other))
    with pytest.raises(ModelError, match="paragraf rebuild --index"):
        sync(other)
    none = _answers(Searcher(replace(settings, model=None)))
    assert all(_same(one, b) for one, b in zip(none, _answers(Searcher(settings)), strict=True))
    with pytest.raises(ModelError, match="paragraf rebuild --index"):
        sync(replace(settings, model=None))


def test_closing_breaks_no_search_that_is_under_way(settings: Settings) -> None:
    searcher, told, done = Searcher(settings), list[Any](), threading.Event()
    threads = [threading.Thread(target=_read, args=(searcher, told.append, done)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(30):
        searcher.close()
        time.sleep(0.005)
    done.set()
    for thread in threads:
        thread.join(60)
    assert told and not [one for one in told if isinstance(one, str)]


def test_a_server_answers_from_what_it_has_until_the_next_is_open_and_warm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(home(tmp_path, *PAPERS[:1]), model=_model(tmp_path / "a", 16))
    sync(settings)
    searcher, opened = Searcher(settings, server=True), threading.Event()
    assert [searcher.search(Query(text)).total for text in ("vatten", "badet")] == [1, 0]
    save(settings, PAPERS[4])
    sync(settings)
    load = edge.load

    def slowly(folder: Path) -> edge.EdgeVectors:
        assert opened.wait(60)
        return load(folder)

    monkeypatch.setattr(edge, "load", slowly)
    assert [searcher.search(Query("badet")).total for _ in range(3)] == [0, 0, 0]  # nobody waits for the next
    opened.set()
    for _ in range(600):
        if searcher.search(Query("badet")).total:
            break
        time.sleep(0.1)
    assert [searcher.search(Query(text)).total for text in ("vatten", "badet")] == [1, 1]


def test_a_generation_that_goes_while_it_is_opened_is_not_read_by_halves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(home(tmp_path, *PAPERS[:1]), model=_model(tmp_path / "a", 16))
    sync(settings)
    load = edge.load

    def slowly(folder: Path) -> edge.EdgeVectors:
        store = load(folder)
        sync(settings, rebuild=True)
        sync(settings, rebuild=True)
        monkeypatch.setattr(edge, "load", load)
        return store

    monkeypatch.setattr(edge, "load", slowly)
    with pytest.raises(OSError, match="is gone"):
        Embedded(settings.vectors).open("1")
    assert Searcher(settings).search(Query("vatten")).total == 1
