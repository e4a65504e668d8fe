"""How well stems are found (stammar), by the words and forms of Universal Dependencies.

    python -m index.training.stems ../shared/training/ud

Nothing is counted in these texts, but the rules of `index/stems.py` and the list of irregular forms were written while
reading what they missed here. So the figure tells how far the rules go, not how they do on words nobody looked at.

Of the forms of a word (noun, verb, adjective), how many pairs have the same stem; and of the words, how many share a
stem with another word of the same part of speech.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from index import words

_PARTS = ("NOUN", "VERB", "ADJ")


def read(folder: Path) -> dict[tuple[str, str], set[str]]:
    """The forms of each word, by the word and its part of speech."""
    forms: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file in sorted(folder.glob("*.conllu")):
        for form, lemma, part in _rows(file):
            if part in _PARTS and form.isalpha() and lemma.isalpha() and len(form) > 1:
                forms[lemma.lower(), part] |= {form.lower(), lemma.lower()}
    return forms


def _rows(file: Path) -> Iterator[tuple[str, str, str]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 3 and cells[0].isdigit():
            yield cells[1], cells[2], cells[3]


def met(forms: dict[tuple[str, str], set[str]]) -> tuple[int, int]:
    """Pairs of forms of one word with the same stem, and all such pairs."""
    pairs = [words.stem(a) == words.stem(b) for told in forms.values() for a, b in combinations(sorted(told), 2)]
    return sum(pairs), len(pairs)


def collided(forms: dict[tuple[str, str], set[str]]) -> tuple[int, int]:
    """Words that share their own stem with another word of the same part of speech, and all words."""
    by_stem: dict[tuple[str, str], set[str]] = defaultdict(set)
    for lemma, part in forms:
        by_stem[words.stem(lemma), part].add(lemma)
    return sum(len(told) for told in by_stem.values() if len(told) > 1), len(forms)


def main(folder: Path) -> None:
    """Prints both shares."""
    forms = read(folder)
    for what, (some, every) in (("forms that meet", met(forms)), ("words that collide", collided(forms))):
        print(f"{what}: {some / every:.3f} ({some} of {every})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
