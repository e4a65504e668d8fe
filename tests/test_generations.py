"""Generations: one pointer, whole folders, one sync at a time."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from index import generations


def _make(root: Path, words: str, copy: bool = True) -> Path:
    part = generations.begin(root, copy)
    part.mkdir(exist_ok=True)
    (part / "words").write_text(words)
    return generations.finish(root, part)


def test_the_pointer_follows_and_two_stay(tmp_path: Path) -> None:
    assert generations.current(tmp_path) is None
    for words in "abcd":
        made = _make(tmp_path, words)
        assert generations.current(tmp_path) == made
    assert sorted(path.name for path in (tmp_path / "generations").iterdir()) == ["3", "4"]
    assert (tmp_path / "generations" / "4" / "words").read_text() == "d"


def test_the_next_begins_as_a_copy_with_its_holes(tmp_path: Path) -> None:
    made = _make(tmp_path, "a")
    with (made / "hole").open("wb") as file:
        file.truncate(50_000_000)
    part = generations.begin(tmp_path)
    assert (part / "words").read_text() == "a"
    assert (part / "hole").stat().st_size == 50_000_000 and (part / "hole").stat().st_blocks * 512 < 1_000_000


def test_what_a_killed_sync_left_goes(tmp_path: Path) -> None:
    made = _make(tmp_path, "a")
    orphan = generations.begin(tmp_path, copy=False)
    orphan.mkdir()
    whole_but_not_pointed_at = tmp_path / "generations" / "9"
    whole_but_not_pointed_at.mkdir()
    generations.clean(tmp_path)
    assert list((tmp_path / "generations").iterdir()) == [made]


def _hold(root: Path, held: object, go: object) -> None:
    with generations.lock(root):
        held.set()  # type: ignore[attr-defined]
        go.wait(30)  # type: ignore[attr-defined]


def test_one_sync_at_a_time_and_a_killed_one_lets_go(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, go = context.Event(), context.Event()
    process = context.Process(target=_hold, args=(tmp_path, held, go))
    process.start()
    assert held.wait(30)
    with pytest.raises(generations.BusyError), generations.lock(tmp_path, wait=False):
        pass
    process.kill()
    process.join()
    with generations.lock(tmp_path, wait=False):
        pass
