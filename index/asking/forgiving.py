"""Letters forgiven (utan prickar): "sjalvservice" finds självservice where one asks for it, else a is not å or ä."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from index import words
from index.asking.notes import Note
from index.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Forgiven:
    """A question in letters that the collection has, for each stem those it may be as well, and notes."""

    text: str
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


def read(text: str, known: Vocabulary) -> Forgiven:
    """A word that no item has becomes the most frequent that differs in marks alone; others count as well."""
    others: dict[str, tuple[str, ...]] = {}
    notes: list[Note] = []

    def forgiven(match: re.Match[str]) -> str:
        small = match[0].lower()
        counted = {word: known.count(word) for word in {small, *known.alike(small)}}
        found = sorted((word for word, n in counted.items() if n), key=lambda word: (-counted[word], word))
        if not found:
            return match[0]
        best = small if counted[small] else found[0]
        if best != small:
            notes.append(Note.of("forgiven", "{what} was read as {other}", what=match[0], other=best))
        stems = dict.fromkeys(words.stem(word) for word in found)
        others[words.stem(best)] = tuple(stem for stem in stems if stem != words.stem(best))
        return match[0] if best == small else best

    read_as = _WORD.sub(forgiven, text)
    return Forgiven(read_as, {stem: rest for stem, rest in others.items() if rest}, tuple(notes))
