"""Why an item was found (varför): its words and whose they are, the legs, the sentence that carries the meaning, what
raised it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index import words
from index.answers.snippets import Snippet
from index.asking.question import Question
from index.ranking.fusion import Ranked

_RAISING = {
    "kind": "matters", "party": "parties", "outcome": "outcomes", "body": "body_key", "person": "people", "year": "year"
}  # fmt: skip


def why(
    found: Ranked, lead: dict[str, Any], told: Snippet, asked: Question, by_stem: Mapping[str, str]
) -> dict[str, Any]:
    """What made an item a hit; `by_stem` is the question's words. Only "words" and "legs" are told when empty."""
    said: dict[str, Any] = {
        "words": list(told.found),
        "legs": {leg: round(score, 4) for leg, score in found.legs.items()},
        "shares": {leg: round(share, 2) for leg, share in found.shares.items() if share},
        "found": _found(told, by_stem),
        "raised": _raised(lead, asked),
    }
    if told.sentence:
        start, end = told.sentence
        said["sentence"] = {"text": told.text[start:end], "start": start, "end": end}
    return {name: value for name, value in said.items() if value or name in {"words", "legs"}}


def _found(told: Snippet, asked: Mapping[str, str]) -> dict[str, list[str]]:
    """The question's words, and how each stands in the snippet."""
    found: dict[str, dict[str, None]] = {}
    for (start, end), stems in zip(told.marks, told.stems, strict=True):
        for stem in stems:
            found.setdefault(asked.get(stem, stem), {})[told.text[start:end]] = None
    return {word: list(forms) for word, forms in found.items()}


def words_by_stem(asked: Question) -> dict[str, str]:
    """The word of the question that each stem, or part of a compound, comes from; of an English one, the English.

    >>> words_by_stem(Question("Avgift för skolskjuts?"))
    {'avgift': 'Avgift', 'skolskjut': 'skolskjuts', 'skol': 'skolskjuts', 'skjut': 'skolskjuts'}
    """
    by_stem: dict[str, str] = {}
    for english, swedish in asked.english.meanings if asked.english else ():
        for stem in words.stems(" ".join(swedish)):
            by_stem.setdefault(stem, english)
    for start, end, _ in words.places(asked.text, words.stems(asked.text)):
        token = asked.text[start:end]
        for word in words.words(token):
            for stem in (word.stem, *word.parts):
                by_stem.setdefault(stem, token)
    return by_stem


def _raised(lead: dict[str, Any], asked: Question) -> dict[str, list[Any]]:
    """What of that which the question lets expect the item is."""
    raised = {}
    for name, field in _RAISING.items():
        expected, has = getattr(asked.raised, name), lead.get(field)
        held = has if isinstance(has, list) else [has]
        if both := [value for value in expected if value in held]:
            raised[name] = both
    return raised
