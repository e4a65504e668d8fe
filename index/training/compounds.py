"""What compounds are made of (sammansättningar): the words of the training texts, and the forms that stand first.

    python -m index.training.compounds TRAINING_FOLDER

writes index/lexicon/compounds.txt.gz: a line per word, and "first form<TAB>word" for "skol" (skola) or "hälso" (hälsa).
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from index.training import texts

_SMALL = re.compile(r"(?<![\w-])[a-zåäöéü]{2,}(?![\w-])")  # with a small letter: names stay out
_SEEN = 4  # times that a word is seen, to tell something about first forms
_LEAST = 10  # times that a word is seen, to be the last part of a compound
_OFTEN = 20  # ... to be what a first form comes from
_OF_THREE = 50  # ... where it has three letters
_RESTS = 4  # different words that a first form must stand before
# "förslag" is no kind of "slag": these first parts make another word of the second
_NO_FIRST = """
    för upp åter över till under sam före fram efter med mot ut in av an på vid om samman miss väl ner ned bort fort bak
    mellan genom kring gen bi be hop inne ute från sen icke allt där här när var det den de men dis inter kon pro pre
"""
# What a first form may lose, and get instead, to be a word of its own
_CHANGES = (
    ("s", ""), ("s", "e"), ("s", "a"), ("es", ""), ("es", "a"), ("o", "a"), ("o", ""), ("u", "a"), ("e", ""),
    ("e", "a"), ("ie", "ia"), ("", "a"), ("", "e"),
)  # fmt: skip


def count(lines: Iterable[str]) -> Counter[str]:
    """How often each word stands written with small letters.

    >>> sorted(count(["Berg bor på ett berg i Berga", "vård- och e-tjänst"]).items())
    [('berg', 1), ('bor', 1), ('ett', 1), ('och', 1), ('på', 1)]
    """
    counted: Counter[str] = Counter()
    for line in lines:
        counted.update(_SMALL.findall(line))
    return counted


def first_forms(words: Mapping[str, int]) -> dict[str, str]:
    """Every form that words are compounded with, and the word it is a form of."""
    heads = {word for word, n in words.items() if n >= _OFTEN and len(word) >= 4}
    rests: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for at in range(3, len(word) - 3):
            if word[at:] in heads:
                rests[word[:at]].add(word[at:])
    firsts = {first: _word(first, words) for first, seen in rests.items() if len(seen) >= _RESTS}
    return {first: word for first, word in firsts.items() if word and not {first, word} & frozenset(_NO_FIRST.split())}


def _word(first: str, words: Mapping[str, int]) -> str | None:
    """The most frequent word that may be behind a first form: "gatu" -> "gata"."""
    others = [first[: len(first) - len(cut)] + add for cut, add in _CHANGES if first.endswith(cut)]
    linked = first.endswith("s") and words.get(first[:-1], 0) >= _OFTEN
    candidates = [word for word in others + [first] * (not linked) if words.get(word, 0) >= _needed(word)]
    return max(candidates, key=lambda word: (words[word], word), default=None)


def _needed(word: str) -> int:
    """How often a word must be seen: of three letters there are many that are none."""
    return _OFTEN if len(word) > 3 else _OF_THREE if len(word) == 3 else sys.maxsize


def main(folder: Path) -> None:
    """Count, find the first forms, and write both."""
    counted = {word: n for word, n in count(paper.text for paper in texts.papers(folder)).items() if n >= _SEEN}
    firsts = first_forms(counted)
    words = sorted(word for word, n in counted.items() if n >= _LEAST)
    lines = [*words, *(f"{first}\t{word}" for first, word in sorted(firsts.items()))]
    path = Path(__file__).parent.parent / "lexicon" / "compounds.txt.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
    print(f"{len(words)} words, {len(firsts)} first forms, {path.stat().st_size // 1024} kB", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
