"""A run killed at any moment and run again makes the same record and the same answers, and leaves no process behind."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from flows.engine import sweep
from index.queries import Query, search
from index.settings import load
from tests.running import api, contents, kill, left_behind, paragraf, start, when, write_papers

QUESTIONS = ("läger för unga", "KS 2031/7", "bidrag till förening nummer 33", "beviljade bidrag 2031")
SLOWLY = {"PARAGRAF_READER": "tests.odd_readers:slowly", "PARAGRAF_WORKERS": "1"}  # one takes 1.5 s of a core to start


def documents(home: Path) -> int:
    """How many papers were saved; looked at as a stranger would, without waiting for anybody."""
    try:
        with closing(sqlite3.connect(f"file:{home}/catalog.sqlite?mode=ro", uri=True, timeout=0.1)) as db:
            return int(db.execute("SELECT count(*) FROM versions").fetchone()[0])
    except sqlite3.Error:
        return 0


# What a run has come to when it is killed, and how one sees it
MOMENTS: list[tuple[str, Callable[[Path], object]]] = [
    ("Prefect's server is starting", lambda home: list(home.glob("prefect/run-*/prefect.db"))),
    ("the first papers are saved", lambda home: documents(home) > 0),
    ("most papers are saved", lambda home: documents(home) > 25),
    ("the index is being made", lambda home: list(home.glob("vectors/generations/*.part"))),
]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_papers(tmp_path_factory.mktemp("papers"), 40)


def test_killed_at_every_stage_and_run_again(papers: Path, tmp_path: Path) -> None:
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    for moment, reached in MOMENTS:
        told = SLOWLY | ({} if "server" in moment else {"PREFECT_API_URL": api()})
        told |= {"PARAGRAF_WORKERS": "2"} if "most" in moment else {}  # neither is left behind
        process = start(killed, "ingest", str(papers), **told)
        when(lambda reached=reached, process=process: reached(killed) or process.poll() is not None)  # type: ignore[misc]
        assert process.poll() is None, f"it was done before {moment}: {process.communicate()}"
        kill(process)
        assert left_behind(killed) == [], f"killed when {moment}"
    _finish(killed, papers)
    _finish(whole, papers, PREFECT_API_URL=api())
    assert contents(killed) == contents(whole)
    assert _answers(killed) == _answers(whole)
    assert not list(killed.glob("vectors/generations/*.part"))
    assert not list(killed.glob("prefect/run-*"))


def _finish(home: Path, papers: Path, **environment: str) -> None:
    done = paragraf(home, "ingest", str(papers), **SLOWLY, **environment)
    assert done.returncode == 0, done.stderr
    assert left_behind(home) == []


def _answers(home: Path) -> list[object]:
    settings = load({"PARAGRAF_HOME": str(home)})
    return [search(settings, Query(question)).to_json() for question in QUESTIONS]


def test_what_killed_runs_left_is_taken_away_and_what_lives_is_not(tmp_path: Path) -> None:
    leftover, living = tmp_path / f"run-{os.getppid()}", tmp_path / "run-2"  # the number belongs to somebody else now
    for folder in (leftover, living):
        (folder / "storage").mkdir(parents=True)
    with (living / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        sweep(tmp_path)
        assert sorted(folder.name for folder in tmp_path.glob("run-*")) == ["run-2"]
    sweep(tmp_path)
    assert not list(tmp_path.glob("run-*"))


@pytest.mark.parametrize("after_s", [0.3, 1.5])
def test_killed_before_anything_is_done(papers: Path, tmp_path: Path, after_s: float) -> None:
    process = start(tmp_path, "ingest", str(papers))
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(after_s)
    kill(process)
    time.sleep(0.1)
    assert left_behind(tmp_path) == []
