"""The words of the collection: which there are, how often, and what is like them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import edge
from index.vectors import LEADS, Vectors
from index.vocabulary import vocabulary
from tests.tiny import SIZE, paper, points

FLOAT = "Kallbadhusflotten\nÄlvkarlskajens kallbadhusflotte, e-tjänst och § 7 i KS 2021/549. Avgiften höjs."
ROAD = "Väg\nVägen vid Alvkarlskajens kallbadhusflotte är smal."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Vectors]:
    made = edge.create(tmp_path / "shard", SIZE)
    made.replace([1], points(paper("a", FLOAT, ROAD), 1))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("word", "items"),
    [
        ("kallbadhusflotte", 2),
        ("Kallbadhusflotten", 1),
        ("avgiften", 1),  # of the word list, so it is not stored
        ("avgift", 0),  # another form
        ("e-tjänst", 1),
        ("§ 7", 1),
        ("2021/549", 1),
        ("tunnelbana", 0),
        ("", 0),
    ],
)
def test_how_many_items_have_a_word(store: Vectors, word: str, items: int) -> None:
    assert vocabulary(store).count(word) == items
    assert vocabulary(store).known(word) == (items > 0)


def test_words_that_begin_so(store: Vectors) -> None:
    assert vocabulary(store).starting_with("Kallbadh") == ["kallbadhusflotte", "kallbadhusflotten"]
    assert "avgiften" in vocabulary(store).starting_with("avgif")
    assert not vocabulary(store).starting_with("xyz")


def test_words_that_differ_in_marks_alone(store: Vectors) -> None:
    assert vocabulary(store).alike("alvkarlskajens") == ["alvkarlskajens", "älvkarlskajens"]
    assert {"far", "får"} <= set(vocabulary(store).alike("får"))


def test_only_words_outside_the_list_are_stored(store: Vectors) -> None:
    stored = {word for payload in store.payloads(store.ids(LEADS, 9), ()).values() for word in payload["forms"]}
    assert "kallbadhusflotte" in stored and not {"avgiften", "vägen", "2021/549"} & stored


def test_a_shown_payload_has_none_of_it(store: Vectors) -> None:
    assert all(not {"said", "forms", "terms"} & set(p) for p in store.payloads(store.ids(LEADS, 9)).values())


def test_the_words_are_read_once_and_let_go_with_the_store(store: Vectors) -> None:
    from index import vocabulary as module

    assert vocabulary(store).rare is vocabulary(store).rare
    assert store in module._stored
