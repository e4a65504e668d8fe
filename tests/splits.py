"""How well compounds are split (sammansättningar), by the words of `compounds.txt`.

    python -m tests.splits            both halves
    python -m tests.splits --missed   and what is missed of the half that rules may be written against

A word is right when it has just the parts that it should have; parts are compared by their stems.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.compounds import split
from index.stems import stem
from index.words import words

LIST = Path(__file__).parent / "compounds.txt"


@dataclass(frozen=True, slots=True)
class Judged:
    """A word, the stems that it should be split into, and those that it is."""

    word: str
    wanted: frozenset[str]
    found: frozenset[str]


def judged(half: str) -> list[Judged]:
    """The words of a half ("seen", "unseen")."""
    lines = LIST.read_text(encoding="utf-8").partition(f"# {half}\n")[2].partition("\n#")[0].splitlines()
    told = (line.partition("\t") for line in lines)
    return [Judged(word, frozenset(map(stem, parts.split())), _found(word)) for word, _, parts in told]


def _found(word: str) -> frozenset[str]:
    *_, read = words(f"enligt {word}")  # a name is known by its place in a sentence
    return frozenset(map(stem, _last(word.lower()))) if read.parts else frozenset()


def _last(word: str) -> Iterator[str]:
    """The words that are not split any more."""
    two = split(word)
    if not two:
        yield word
    for part in two or ():
        yield from _last(part)


def shares(told: Iterable[Judged]) -> dict[str, float]:
    """Words right of all, and of the compounds and the others by themselves; precision and recall of parts."""
    told = list(told)
    right = [each.wanted == each.found for each in told]
    both = sum(len(each.wanted & each.found) for each in told)
    return {
        "words": sum(right) / len(told),
        "compounds": _share(told, right, True),
        "whole": _share(told, right, False),
        "precision": both / sum(len(each.found) for each in told),
        "recall": both / sum(len(each.wanted) for each in told),
    }


def _share(told: list[Judged], right: list[bool], compounds: bool) -> float:
    of_them = [ok for each, ok in zip(told, right, strict=True) if bool(each.wanted) == compounds]
    return sum(of_them) / len(of_them)


def main(missed: bool) -> None:
    """Prints the shares, and the words that are missed."""
    for half in ("seen", "unseen"):
        told = judged(half)
        print(f"{half} ({len(told)}):", ", ".join(f"{what} {share:.3f}" for what, share in shares(told).items()))
    for each in judged("seen") if missed else ():
        if each.wanted != each.found:
            print(f"  {each.word}: {' '.join(sorted(each.found)) or '-'}, not {' '.join(sorted(each.wanted)) or '-'}")


if __name__ == "__main__":
    main("--missed" in sys.argv)
