"""Folding: what goes under which hit, and that nothing is lost or counted differently."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.queries import FilterError, Query, Searcher
from tests.tiny import of_case, paper, searching

GRANT = (
    "Bidrag till simhallen i Björkvik\nFritidsnämnden beviljar föreningen Björkviks simsällskap ett bidrag till drift "
    "av simhallen, undervisning i simning för nybörjare, badvakter, uppvärmning, reparation av bassängens kakel samt "
    "inköp av flytvästar. Föreningen lämnar redovisning till förvaltningen senast i januari. Punkten justeras."
)
ROAD = "Cykelväg vid simhallen\nTekniska nämnden bygger en cykelväg från torget till simhallen."


PAPERS = (
    of_case("motion", "Motion om simhallen\nSimhallen ska byggas ut.", "FN 2025/8", kind="motion"),
    of_case("svar", "Svar på motion om simhallen\nMotionen om simhallen avslås.", "FN 2025/8", date="2026-01-09"),
    paper("protokoll", GRANT, body="Fritidsnämnden", date="2026-03-04"),
    paper(
        "utdrag",
        GRANT.replace("badvakter, uppvärmning", "värme"),  # another text, so that it is found beside the minutes
        body="Fritidsnämnden",
        date="2026-03-04",
        kind="protocol_extract",
    ),
    paper("vägar", ROAD, body="Tekniska nämnden", date="2026-02-02"),
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with searching(tmp_path_factory.mktemp("home"), *PAPERS) as made:
        yield made


def _told(searcher: Searcher, fold: str | None, sort: str = "relevance") -> list[tuple[str, ...]]:
    """Each hit's source, and those of its members."""
    found = searcher.search(Query("simhallen", fold=fold, sort=sort))
    assert found.total == 5
    return sorted(
        tuple(sorted(path.rpartition("/")[2] for path in (hit.source, *(m["source"] for m in hit.members))))
        for hit in found.hits
    )


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize(
    ("fold", "groups"),
    [
        (None, [("motion",), ("protokoll",), ("svar",), ("utdrag",), ("vägar",)]),
        ("case", [("motion", "svar"), ("protokoll",), ("utdrag",), ("vägar",)]),
        ("duplicates", [("motion",), ("protokoll", "utdrag"), ("svar",), ("vägar",)]),
    ],
)
def test_what_belongs_together(searcher: Searcher, fold: str | None, groups: list[tuple[str, ...]], sort: str) -> None:
    assert _told(searcher, fold, sort) == groups


def test_the_best_hit_is_the_one_that_is_seen(searcher: Searcher) -> None:
    plain = [hit.id for hit in searcher.search(Query("simhallen motion")).hits]
    for hit in searcher.search(Query("simhallen motion", fold="case")).hits:
        assert all(plain.index(hit.id) < plain.index(member["id"]) for member in hit.members)


def test_pages_of_folded_hits_go_on_where_the_one_before_ended(searcher: Searcher) -> None:
    for sort in ("relevance", "newest"):
        whole = [hit.id for hit in searcher.search(Query("simhallen", fold="case", sort=sort)).hits]
        pages = [
            hit.id
            for offset in range(5)
            for hit in searcher.search(Query("simhallen", fold="case", sort=sort, limit=1, offset=offset)).hits
        ]
        assert pages == whole


def test_an_unknown_fold_is_told() -> None:
    with pytest.raises(FilterError, match="duplicates"):
        Query("simhall", fold="meetings")
