"""What the start page tells (startsidan): what is held, questions that find something, and the latest."""

from __future__ import annotations

from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from index.queries import Query, Searcher
from search_api.pages.asking import Asking
from search_api.pages.words import Words
from search_api.state import State

_EXAMPLES = 5
_LATEST = 5
_kept: WeakKeyDictionary[Searcher, dict[tuple[str | None, str], list[tuple[str, str]]]] = WeakKeyDictionary()
_lock = Lock()


def told(state: State, t: Words) -> dict[str, Any]:
    """What is held by municipality and in total, example questions, and the latest §§."""
    searcher = state.searcher
    held = searcher.search(Query(limit=_LATEST, sort="newest")).to_json()
    years = sorted(int(each["value"]) for each in held["facets"]["year"])
    places = [
        (each["name"], each["count"], Asking().toggling("municipality", each["value"]))
        for each in held["facets"]["municipality"]
    ]
    return {
        "total": held["total"], "years": (years[0], years[-1]) if years else None, "places": places,
        "latest": held["hits"], "examples": _examples(searcher, held, t),
    }  # fmt: skip


def _examples(searcher: Searcher, held: dict[str, Any], t: Words) -> list[tuple[str, str]]:
    """Questions of the words' list that find something here, and their addresses; tried once for each generation."""
    which = (held["generation"], t.language)
    with _lock:
        kept = _kept.setdefault(searcher, {})
        if which not in kept:
            for old in [key for key in kept if key[0] != held["generation"]]:
                del kept[old]
            kept[which] = _finding(searcher, held, t)
        return kept[which]


def _finding(searcher: Searcher, held: dict[str, Any], t: Words) -> list[tuple[str, str]]:
    places = [each["name"] for each in held["facets"]["municipality"]] or [""]
    finding: list[tuple[str, str]] = []
    for n, question in enumerate(t("start.examples").split("|")):
        text = question.strip().format(place=places[n % len(places)])
        if searcher.search(Query(text, limit=1, facets=False)).total:
            finding.append((text, Asking(text).address()))
        if len(finding) == _EXAMPLES:
            break
    return finding
