"""Words that look like compounds and are none to a reader (skyddade ord): riksdag, anslag, livsmedel.

    python -m index.training.protected TRAINING_FOLDER

writes index/lexicon/protected.txt. A compound that means what its parts say ("föreningsstöd") stands far oftener than
by chance in paragraphs where they stand by themselves too; a frequent word that does not is left whole, in all forms.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index.compounds import split
from index.stems import stem
from index.training import texts
from index.training.compounds import count
from index.wordlist import listed

PATH = Path(__file__).parent.parent / "lexicon" / "protected.txt"
_LEAST = 300  # paragraphs that a word stands in, to tell something
_LIFT = 2.7  # how much oftener than by chance a part stands beside its compound
_LONG = 6  # letters of a first form that surely means what it says: funktions-nedsättning, medlems-stat


@dataclass(slots=True)
class Counted:
    """How many paragraphs there are, how many have each stem, and how many have a stem and a part of it."""

    paragraphs: int = 0
    with_stem: Counter[str] = field(default_factory=Counter)
    with_part: Counter[tuple[str, str]] = field(default_factory=Counter)

    def lift(self, whole: str, part: str) -> float:
        """How much oftener a part stands where its compound stands than elsewhere."""
        by_chance = self.with_stem[whole] * self.with_stem[part]
        return self.with_part[whole, part] * self.paragraphs / by_chance if by_chance else 0.0


def counted(paragraphs: Iterable[str], parts: dict[str, tuple[str, str]]) -> Counted:
    """Counts stems, and parts beside the words that they are parts of.

    >>> beside = counted(["ett stöd är föreningsstöd", "riksdag"], {"föreningsstöd": ("förening", "stöd")})
    >>> beside.lift("föreningsstöd", "stöd"), beside.lift("föreningsstöd", "förening")
    (2.0, 0.0)
    """
    told = Counted()
    for paragraph in paragraphs:
        stems = {stem(word) for word in count([paragraph])}
        told.paragraphs += 1
        told.with_stem.update(stems)
        told.with_part.update((one, part) for one in stems & parts.keys() for part in parts[one] if part in stems)
    return told


def protected(told: Counted, parts: dict[str, tuple[str, str]]) -> Iterator[str]:
    """The stems of the words whose parts stand beside them no oftener than by chance."""
    for whole, both in parts.items():
        if told.with_stem[whole] >= _LEAST and max(told.lift(whole, part) for part in both) < _LIFT:
            yield whole


def compounds(words: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The stems of words that would be split, and of their two parts; not those that begin with a long form."""
    found: dict[str, tuple[str, str]] = {}
    for word in sorted(words):
        two = split(word)
        if two and len(word) - len(two[1]) < _LONG:
            found.setdefault(stem(word), (stem(two[0]), stem(two[1])))
    return found


def main(folder: Path) -> None:
    """Count every other paper, and write the forms of what is protected."""
    PATH.write_text("", encoding="utf-8")  # before the list is read: what was protected is split now
    parts = compounds(listed())
    papers = (paper for n, paper in enumerate(texts.papers(folder)) if n % 2 == 0)
    told = counted((paragraph for paper in papers for paragraph in paper.paragraphs), parts)
    forms: dict[str, list[str]] = defaultdict(list)
    for word in listed():
        if split(word):
            forms[stem(word)].append(word)
    kept = sorted(word for whole in protected(told, parts) for word in forms[whole])
    PATH.write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(kept)} forms", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
