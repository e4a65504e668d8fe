"""A sync begun while papers are saved: level with the record at the end, and no harm where it breaks."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from index.follower import Follower
from index.queries import Query, Searcher, search
from index.sync import sync
from tests.running import when
from tests.tiny import TinyEncoder, home, paper, save

WATER = paper("vatten", "Avgift för vatten\nAvgifterna för dricksvatten höjs.")
ROADS = paper("väg", "Cykelväg\nEn cykelväg byggs vid skolan.")
TAXES = paper("vatten", "Taxa\nEn ny taxa för vatten antas.")


def test_what_is_saved_meanwhile_goes_in_and_a_paper_saved_twice_stands_as_it_was_last(tmp_path: Path) -> None:
    settings = home(tmp_path, WATER)
    later = [ROADS, TAXES]  # TAXES is a new version of WATER, which is in the new generation already

    def more() -> bool:
        if later:
            save(settings, later.pop(0))
            return True
        return False

    synced = sync(settings, encode=TinyEncoder(), more=more)
    assert (synced.revision, synced.documents) == (3, 3)
    again = sync(settings, encode=TinyEncoder())
    assert (again.documents, again.generation) == (0, synced.generation)
    searcher = Searcher(settings, encode=TinyEncoder())
    assert sorted(str(hit.title) for hit in searcher.search(Query("")).hits) == ["Cykelväg", "Taxa"]
    searcher.close()


def test_a_level_index_waits_for_what_is_saved(tmp_path: Path) -> None:
    settings = home(tmp_path, WATER)
    sync(settings, encode=TinyEncoder())
    later = [ROADS]

    def more() -> bool:
        if later:
            save(settings, later.pop())
            return True
        return False

    assert sync(settings, encode=TinyEncoder(), more=more).documents == 1


def test_a_follower_publishes_once_it_is_told_that_all_is_saved(tmp_path: Path) -> None:
    settings = home(tmp_path, WATER)
    follower = Follower(settings)
    when(lambda: list(settings.vectors.glob("generations/*.part")))
    save(settings, ROADS)
    synced = follower.finish()
    follower.close()
    assert synced and synced.documents == 2
    assert [hit.title for hit in search(settings, Query("cykelväg")).hits if not hit.related] == ["Cykelväg"]


def test_a_follower_that_is_left_publishes_nothing_and_ends(tmp_path: Path) -> None:
    settings = home(tmp_path, WATER)
    follower = Follower(settings)
    when(lambda: list(settings.vectors.glob("generations/*.part")))
    follower.close()
    assert not (settings.vectors / "CURRENT").exists()
    assert sync(settings, encode=TinyEncoder()).documents == 1


def test_a_follower_that_broke_says_so(tmp_path: Path) -> None:
    settings = home(tmp_path, WATER)
    follower = Follower(settings)
    os.kill(follower._process.pid, signal.SIGKILL)
    time.sleep(0.05)
    assert follower.finish() is None
    follower.close()
