"""What a hit shows of its passage (utdrag): whole sentences, those that have the question's words and its meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index import words
from index.answers.sentences import sentences

LENGTH = 260  # letters: two or three lines on a screen
_LEAST = 60  # letters of a sentence that is cut; less says nothing

Stretch = tuple[int, int]
Place = tuple[int, int, frozenset[str]]  # of a word: where it stands, and which stems it has


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage on one line, and where its sentences stand in it."""

    text: str
    sentences: tuple[Stretch, ...]

    @classmethod
    def of(cls, text: str, stops: Sequence[int] | None = None) -> Passage:
        """A passage as it is stored, its lines folded; `stops` are the ends of its sentences, where they are stored.

        >>> Passage.of("Beslut\\n\\nBron\\nrivs. Vägen stängs.").sentences
        ((0, 6), (7, 17), (18, 31))
        """
        told, places, at = [], [], 0
        for start, end in sentences(text) if stops is None else pairwise((0, *stops)):
            told.append(" ".join(text[start:end].split()))
            places.append((at, at + len(told[-1])))
            at += len(told[-1]) + 1
        return cls(" ".join(told), tuple(places))

    def sentence(self, number: int) -> str:
        """The words of a sentence."""
        start, end = self.sentences[number]
        return self.text[start:end]


@dataclass(frozen=True, slots=True)
class Snippet:
    """Sentences of a passage on one line, where in it the question's words stand, which stems they have, and where the
    sentence stands that carries the meaning."""

    text: str
    marks: tuple[Stretch, ...] = ()
    found: tuple[str, ...] = ()
    sentence: Stretch | None = None
    stems: tuple[tuple[str, ...], ...] = ()  # of each mark


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in a passage: stems, and for each part of a compound the stem of the whole."""

    stems: frozenset[str]
    wholes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, stems: Iterable[str] = ()) -> Wanted:
        """The words of a question and their parts, with other stems.

        >>> sorted(Wanted.of("skolavgift").stems), Wanted.of("skolavgift").wholes["avgift"]
        (['avgift', 'skol', 'skolavgift'], 'skolavgift')
        """
        asked = list(words.words(text))
        own = frozenset(word.stem for word in asked) | frozenset(stems)
        wholes = {part: word.stem for word in asked for part in word.parts if part not in own}
        return cls(frozenset((*own, *wholes)), wholes)

    def places(self, text: str) -> list[Place]:
        """Where they stand. A part counts where the whole stands nowhere, and only as a word of its own or beside
        another part: of "skolskjuts" in "skolan" and in "skolbarnsskjuts", but not in "skolledare".
        """
        places = list(words.places(text, self.stems))
        found = _stems(places)
        kept = []
        for start, end, stems in places:
            parts = frozenset(stem for stem in stems if stem in self.wholes)
            if parts:
                own = words.stem(text[start:end].lower())
                beside = Counter(self.wholes[part] for part in parts)
                stems -= frozenset(
                    p for p in parts if self.wholes[p] in found or (p != own and beside[self.wholes[p]] < 2)
                )
            if stems:
                kept.append((start, end, stems))
        return kept


def snippet(passage: Passage, wanted: Wanted, meant: int | None = None, length: int = LENGTH) -> Snippet:
    """The sentences of a passage that have most of what is wanted, and the one that is `meant`, in their order.

    >>> p = Passage.of("Nämnden sammanträdde. Avgifterna för kranvatten höjs. Mötet slutar.")
    >>> s = snippet(p, Wanted.of("höja avgift"), length=40)
    >>> s.text, [s.text[a:b] for a, b in s.marks]
    ('… Avgifterna för kranvatten höjs. …', ['Avgifterna', 'höjs'])
    """
    places = wanted.places(passage.text)
    found = dict.fromkeys(stem for _, _, stems in places for stem in sorted(stems))
    stretches = _chosen(passage, places, meant, length)
    carries = next((s for s in stretches if meant is not None and _within(s, passage.sentences[meant])), None)
    text, shifts, last = "", list[tuple[Stretch, int]](), 0
    for start, end in _joined(stretches):
        text += ("" if start == 0 else " … " if text else "… ") + passage.text[start:end]
        shifts.append(((start, end), len(text) - end))
        last = end
    text += " …" if last < len(passage.text) else ""
    shown = [(a, b, stems, by) for a, b, stems in places for held, by in shifts if _within((a, b), held)]
    sentence = next(
        ((carries[0] + by, carries[1] + by) for held, by in shifts if carries and _within(carries, held)), None
    )
    marks = tuple((a + by, b + by) for a, b, _, by in shown)
    return Snippet(text, marks, tuple(found), sentence, tuple(tuple(sorted(stems)) for _, _, stems, _ in shown))


def _chosen(passage: Passage, places: list[Place], meant: int | None, length: int) -> list[Stretch]:
    """The sentence that is meant, those that add words, and what follows them, while there is room."""
    if len(passage.text) <= length:
        return list(passage.sentences)
    chosen: dict[int, Stretch] = {}
    missing = _stems(places)
    for number in _in_turn(passage, places, meant, chosen):
        room = length - sum(end - start + 1 for start, end in chosen.values())
        start, end = passage.sentences[number]
        inside = [place for place in places if _within(place[:2], (start, end))]
        adds = _stems(inside) & missing
        if number == meant and missing - adds:
            room = room * 6 // 10  # words that stand elsewhere are shown too
        if end - start <= room:
            chosen[number] = (start, end)
        elif not chosen or (adds and room >= _LEAST):
            chosen[number] = _cut(passage.text, (start, end), inside, room)
        else:
            continue
        missing -= adds
    return [chosen[number] for number in sorted(chosen)]


def _in_turn(passage: Passage, places: list[Place], meant: int | None, chosen: dict[int, Stretch]) -> Iterator[int]:
    """Sentences in the order they are wanted: the one that is meant, those with more words, then their neighbours."""
    held: dict[int, list[Place]] = {}
    for place in places:
        number = next(n for n, of in enumerate(passage.sentences) if place[0] < of[1])
        held.setdefault(number, []).append(place)
    if meant is not None:
        yield meant
    covered = frozenset[str]() if meant is None else _stems(held.pop(meant, []))
    while held:
        best = max(held, key=lambda n: (len(_stems(held[n]) - covered), len(held[n]), -n))
        covered |= _stems(held.pop(best))
        yield best
    if not chosen:
        yield 0
    while following := [n + 1 for n in chosen if n + 1 not in chosen and n + 1 < len(passage.sentences)]:
        before = len(chosen)
        yield following[0]
        if len(chosen) == before:
            return


def _stems(places: list[Place]) -> frozenset[str]:
    return frozenset(stem for _, _, stems in places for stem in stems)


def _cut(text: str, sentence: Stretch, places: list[Place], length: int) -> Stretch:
    """The part of a long sentence that has most of the words, cut between words."""
    first, last = sentence
    best, most = first, (0, 0)
    for place in places:
        start = first if place[1] - first <= length else text.find(" ", max(first, place[0] - length // 3)) + 1
        held = [each for each in places if start <= each[0] and each[1] <= start + length]
        worth = (len(_stems(held)), len(held))
        if worth > most:
            best, most = start, worth
    end = min(last, best + length)
    space = text.rfind(" ", best, end + 1)
    return best, space if end < last and space > best else end


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Stretches that follow on one another, as one."""
    joined: list[Stretch] = []
    for start, end in stretches:
        if joined and start - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _within(inner: Stretch, outer: Stretch) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
