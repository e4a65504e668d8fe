"""From the catalog to the vectors: level with it, from nothing, after a kill, and never with two models."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from extractors.model import Document
from index import generations
from index.embed import ModelError
from index.form import FormError
from index.queries import Query, Searcher
from index.settings import Settings
from index.sync import sync
from tests.tiny import TinyEncoder, home, killed, paper, save

WATER = paper("vatten", "Avgift för vatten\nAvgifterna för dricksvatten höjs.")
ROADS = paper("väg", "Cykelväg\nEn cykelväg byggs vid skolan.", "Parkering\nParkeringen vid skolan stängs.")


def _titles(settings: Settings, text: str = "") -> list[str]:
    searcher = Searcher(settings, encode=TinyEncoder())
    found = [str(hit.title) for hit in searcher.search(Query(text, limit=100)).hits if not hit.related]
    searcher.close()
    return sorted(found)


def test_what_is_in_the_catalog_can_be_found(tmp_path: Path) -> None:
    settings = home(tmp_path, WATER, ROADS)
    told: list[tuple[int, int]] = []
    synced = sync(settings, lambda *step: told.append(step), encode=TinyEncoder())
    assert (synced.documents, synced.passages, told[-1]) == (2, 3, (2, 2))
    assert _titles(settings) == ["Avgift för vatten", "Cykelväg", "Parkering"]


def test_again_without_anything_new_is_nothing(tmp_path: Path) -> None:
    settings = home(tmp_path, WATER)
    first = sync(settings, encode=TinyEncoder())
    second = sync(settings, encode=TinyEncoder())
    assert (second.documents, second.generation, second.revision) == (0, first.generation, first.revision)


def test_only_what_is_new_goes_in_and_a_new_version_replaces_the_old(tmp_path: Path) -> None:
    settings = home(tmp_path, WATER, ROADS)
    sync(settings, encode=TinyEncoder())
    newer = paper("vatten", "Taxa\nEn ny taxa för vatten antas.")
    save(settings, newer)
    synced = sync(settings, encode=TinyEncoder())
    assert synced.documents == 1
    assert _titles(settings) == ["Cykelväg", "Parkering", "Taxa"]
    assert _titles(settings, "höjs") == []


def test_from_nothing_is_the_same(tmp_path: Path) -> None:
    settings = home(tmp_path, WATER, ROADS)
    sync(settings, encode=TinyEncoder())
    before = _titles(settings)
    rebuilt = sync(settings, encode=TinyEncoder(), rebuild=True)
    assert rebuilt.documents == 2 and _titles(settings) == before


def test_another_record_makes_another_index(tmp_path: Path) -> None:
    """A record that was lost, or a copy from before: nothing of the old one is found, all of the new one is."""
    settings = home(tmp_path, WATER, ROADS)
    sync(settings, encode=TinyEncoder())
    for path in tmp_path.glob("catalog.sqlite*"):
        path.unlink()
    other = home(tmp_path, ROADS)
    assert sync(other, encode=TinyEncoder()).documents == 1
    assert _titles(other) == ["Cykelväg", "Parkering"]


@pytest.mark.parametrize("damage", ["edge_config.json", "meta.json", "the folder"])
@pytest.mark.parametrize("new", [False, True], ids=["level", "behind"])
def test_a_broken_generation_is_made_anew_and_told(tmp_path: Path, damage: str, new: bool) -> None:
    settings = home(tmp_path, WATER)
    sync(settings, encode=TinyEncoder())
    folder = generations.current(settings.vectors)
    assert folder is not None
    if damage == "the folder":
        shutil.rmtree(folder)
    else:
        (folder / damage).write_text('{"revision": 1' if damage == "meta.json" else "")
    if new:
        save(settings, ROADS)
    synced = sync(settings, encode=TinyEncoder())
    assert synced.note.startswith("the index was broken and is made anew: ")
    assert len(_titles(settings)) == (3 if new else 1)
    assert sync(settings, encode=TinyEncoder()).note == ""


def test_old_terms_never_meet_new_questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another stop word, another stem: the index is not searched, and the next sync makes it anew."""
    settings = home(tmp_path, WATER, ROADS)
    sync(settings, encode=TinyEncoder())
    monkeypatch.setattr("index.form.form", lambda: "another")
    monkeypatch.setattr("index.sync.form", lambda: "another")
    with pytest.raises(FormError, match="paragraf rebuild --index"):
        Searcher(settings, encode=TinyEncoder()).search(Query("vatten"))
    synced = sync(settings, encode=TinyEncoder())
    assert (synced.documents, synced.note) == (2, "the index was made by another version of Paragraf and is made anew")
    assert _titles(settings, "vatten") == ["Avgift för vatten"]


def test_a_new_training_of_our_own_model_makes_the_index_anew(tmp_path: Path) -> None:
    """A night after the package was renewed must not stop at it."""
    settings = home(tmp_path, paper("juni", "Bron\nBron byggs."))
    sync(settings, encode=TinyEncoder("sv-static@1f0a"))
    made = sync(settings, encode=TinyEncoder("sv-static@77c2"))
    assert made.passages and "anew" in made.note
    assert sync(settings, encode=TinyEncoder("sv-static@77c2")).passages == 0
    with pytest.raises(ModelError):
        sync(settings, encode=TinyEncoder("sv-static@77c2/16"))


def test_two_models_do_not_mix(tmp_path: Path) -> None:
    settings = home(tmp_path, WATER)
    sync(settings, encode=TinyEncoder())
    save(settings, ROADS)
    with pytest.raises(ModelError, match="paragraf rebuild --index"):
        sync(settings, encode=TinyEncoder("another"))
    with pytest.raises(ModelError, match="paragraf rebuild --index"):
        Searcher(settings, encode=TinyEncoder("another")).search(Query("vatten"))
    sync(settings, encode=TinyEncoder("another"), rebuild=True)
    assert Searcher(settings, encode=TinyEncoder("another")).search(Query("vatten")).total == 1


def test_an_open_searcher_sees_the_next_generation(tmp_path: Path) -> None:
    settings = home(tmp_path, WATER)
    sync(settings, encode=TinyEncoder())
    searcher = Searcher(settings, encode=TinyEncoder())
    assert searcher.search(Query("parkering")).total == 0
    save(settings, ROADS)
    for _ in range(4):  # so that the generation it has open is long gone
        sync(settings, encode=TinyEncoder(), rebuild=True)
    assert searcher.search(Query("parkering")).total == 1
    searcher.close()


def _many(count: int) -> list[Document]:
    return [paper(f"p{n}", f"Ärende {n}\nKommunstyrelsen godkänner förslag nummer {n} om vägar.") for n in range(count)]


class _SlowEncoder(TinyEncoder):
    """Leaves time to be killed in."""

    def passages(self, texts):  # type: ignore[no-untyped-def]
        time.sleep(0.15)
        return super().passages(texts)


def _sync_slowly(settings: Settings) -> None:
    sync(settings, encode=_SlowEncoder("tiny"))


@pytest.mark.parametrize("after", [0.05, 0.2, 0.35, 0.5])
def test_a_kill_at_any_moment_leaves_the_old_one_and_the_next_sync_finishes(tmp_path: Path, after: float) -> None:
    settings = home(tmp_path, WATER)
    sync(settings, encode=TinyEncoder())
    save(settings, *_many(20))
    killed(_sync_slowly, settings, after)
    assert len(_titles(settings)) in {1, 21}  # the old generation, or all of the new one
    sync(settings, encode=TinyEncoder())
    assert len(_titles(settings)) == 21
    assert not list((settings.vectors / "generations").glob("*.part"))
    assert generations.current(settings.vectors) is not None
