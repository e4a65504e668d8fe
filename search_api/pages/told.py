"""What an answer says of itself, in words (besked): filters, notes, why a hit was found, and why there are few."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.asking.filters import municipality_name
from search_api.pages.asking import Asking
from search_api.pages.words import Words

_HELD = 6  # municipalities that a line lists


def value(name: str, told: Any, t: Words) -> str:
    """A value of a filter as it is read aloud.

    >>> value("municipality", "2062", Words("sv")), value("min_kronor", 1000.0, Words("sv"))
    ('Mora', 'minst 1\\u202f000\\xa0kr')
    """
    if name == "municipality":
        return municipality_name(str(told))
    if name in ("kind", "outcome"):
        return t.label(name, told)
    if name in ("min_kronor", "max_kronor"):
        return t(f"filter.{name}_is", value=t.kronor(told) if _is_number(told) else told)
    if name in ("from", "to"):
        return t(f"filter.{name}_is", value=t.day(str(told)))
    return str(told)


def values(name: str, told: Any, t: Words) -> str:
    """All values of a filter: "Mora eller Ystad"."""
    several = told if isinstance(told, list | tuple) else [told]
    return t("filter.or").join(value(name, each, t) for each in several)


def chips(asking: Asking, read_as: dict[str, Any], t: Words) -> Iterator[dict[str, str]]:
    """What filters, each to be taken away: the asker's own, then what was read out of the question, then what only
    raises, then what is left unread, to be taken back."""
    for name, several in asking.filters.items():
        for each in several:
            yield _chip("own", name, value(name, each, t), asking.leaving(name, each), "search.chip_away", t)
    raised = read_as.get("raised") or {}
    for reading in read_as.get("readings") or ():
        kind = "read" if reading["filter"] else "raised" if _raises(reading["filters"], raised) else None
        if kind:
            told = ", ".join(values(name, each, t) for name, each in reading["filters"].items())
            yield _chip(kind, reading["name"], told, asking.not_reading(reading["name"]), "search.chip_unread", t)
    for name in asking.without:
        rest = tuple(each for each in asking.without if each != name)
        yield _chip("unread", name, t("search.unread"), asking.but(without=rest), "search.chip_back", t)


def notes(read_as: dict[str, Any], t: Words) -> Iterator[str]:
    """What the index notes about the question."""
    for note in read_as.get("noted") or ():
        yield t(f"search.note_{note['name']}", **{name: value for name, value in note.items() if name != "name"})


def reasons(hit: dict[str, Any], read_as: dict[str, Any], t: Words) -> Iterator[str]:
    """Why a hit was found, in plain words."""
    cases = [case for case in read_as.get("cases") or () if not hit["related"] or case == hit["case_number"]]
    if cases:
        yield t("search.why_case", what=", ".join(cases))
    if seen := dict.fromkeys(hit["snippet"][start:end].lower() for start, end in hit["marks"]):
        yield t("search.why_words", what=", ".join(list(seen)[:6]))
    if hit["related"]:
        yield t("search.why_related")
    for name, told in (hit["why"].get("raised") or {}).items():
        yield t("search.why_raised", what=values(name, told, t))


def thin(asking: Asking, explained: dict[str, Any], t: Words) -> Iterator[dict[str, str | None]]:
    """Why so little was found, a line each, with an address where there is something to try."""
    if instead := explained.get("instead"):
        told = t("search.instead", what=instead["text"], n=t.count("all.items", instead["total"]))
        yield {"text": told, "address": asking.but(text=instead["text"])}
    words = explained.get("words") or []
    for word in words:
        yield from _of_word(asking, word, bool(instead), t)
    for each in explained.get("filters") or ():
        if each["without"]:
            what = values(each["name"], each["value"], t)
            own = each["name"] in asking.filters
            away = asking.leaving(each["name"]) if own else asking.not_reading(each["name"])
            n = t.count("all.items", each["without"])
            yield {"text": t("search.without", what=what, n=n), "address": away}
    for each in explained.get("signs") or ():
        if each["without"]:
            n = t.count("all.items", each["without"])
            yield {"text": t("search.without", what=each["sign"], n=n), "address": None}
    if held := explained.get("held"):
        yield {"text": _held(held, t), "address": "/kallor"}


def _of_word(asking: Asking, word: dict[str, Any], instead: bool, t: Words) -> Iterator[dict[str, str | None]]:
    if word["total"]:
        yield {"text": t("search.word", what=word["word"], n=t.count("all.items", word["total"])), "address": None}
        return
    yield {"text": t("search.word_none", what=word["word"]), "address": None}
    for near in (word.get("suggestions") or ())[1 if instead else 0 :]:  # the first of them was told already
        text = asking.text.replace(word["word"], near["word"])
        told = t("search.near", what=near["word"], n=t.count("all.items", near["total"]))
        yield {"text": told, "address": asking.but(text=text)}


def _held(held: dict[str, Any], t: Words) -> str:
    names = [each["name"] for each in held["municipalities"]]
    told = ", ".join(names[:_HELD]) + (t("search.held_more", n=len(names) - _HELD) if len(names) > _HELD else "")
    first, last = (t.day(held[end]) for end in ("first", "last"))
    return t("search.held", n=t.count("all.items", held["items"]), where=told, first=first, last=last)


def _chip(kind: str, name: str, text: str, address: str, away: str, t: Words) -> dict[str, str]:
    of = t(f"filter.{name}")
    return {"kind": kind, "of": of, "text": text, "address": address, "away": t(away, what=f"{of} {text}")}


def _raises(filters: dict[str, Any], raised: dict[str, Any]) -> bool:
    return any(set(_several(told)) & set(_several(raised.get(name))) for name, told in filters.items())


def _several(told: Any) -> list[Any]:
    return list(told) if isinstance(told, list | tuple) else [] if told is None else [told]


def _is_number(told: Any) -> bool:
    try:
        return abs(float(told)) < 1e15
    except ValueError:
        return False
