"""Pairs of stretches that belong together: what a static model learns nearness from."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.training.texts import Paper

Pair = tuple[str, str]

CHUNK = 500  # characters that a chunk is filled to
SHORTEST = 80  # characters: a shorter paragraph is a heading or says too little
COMMON_HEADING = 20  # a heading of more papers than this ("Bakgrund", "3 §") tells nothing of its text
PER_PAPER = 6  # pairs of each sort from one paper, so that no law book drowns the rest
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some hundred characters of running text, and the heading (rubrik) it stands under."""

    heading: str
    text: str


def is_heading(paragraph: str) -> bool:
    """Whether a paragraph is a heading: short, and no sentence.

    >>> is_heading("Avgifter för skolskjuts"), is_heading("Nämnden sa nej.")
    (True, False)
    """
    return len(paragraph) < SHORTEST and paragraph[-1] not in ".,:;?!"


def chunks(paper: Paper, common: frozenset[str]) -> Iterator[Chunk]:
    """The paragraphs of a paper put together to chunks, a new one under each heading."""
    heading, held = "", ""
    for paragraph in paper.paragraphs:
        if is_heading(paragraph):
            if len(held) >= SHORTEST:
                yield Chunk(heading, held)
            heading, held = ("" if paragraph.lower() in common else paragraph), ""
            continue
        held = f"{held} {paragraph}".strip()
        if len(held) >= CHUNK:
            yield Chunk(heading, held)
            held = ""
    if len(held) >= SHORTEST:
        yield Chunk(heading, held)


def common_headings(papers: Iterable[Paper]) -> frozenset[str]:
    """Headings, in lower case, that stand in so many papers that they tell nothing."""
    counted = Counter(h for paper in papers for h in {p.lower() for p in paper.paragraphs if is_heading(p)})
    return frozenset(heading for heading, n in counted.items() if n > COMMON_HEADING)


def titles(paper: Paper, found: Sequence[Chunk], rng: random.Random) -> Iterator[Pair]:
    """The title with the first chunks and some of the later ones."""
    if paper.title:
        later = rng.sample(range(2, len(found)), k=min(PER_PAPER - 2, max(0, len(found) - 2)))
        yield from ((paper.title, found[n].text) for n in (*range(min(2, len(found))), *later))


def headings(found: Sequence[Chunk], rng: random.Random) -> Iterator[Pair]:
    """A heading with its own chunk."""
    headed = [chunk for chunk in found if chunk.heading]
    yield from ((chunk.heading, chunk.text) for chunk in rng.sample(headed, k=min(PER_PAPER, len(headed))))


def neighbours(found: Sequence[Chunk], rng: random.Random) -> Iterator[Pair]:
    """A chunk with the next one."""
    for n in rng.sample(range(len(found) - 1), k=min(PER_PAPER // 2, max(0, len(found) - 1))):
        yield found[n].text, found[n + 1].text


def sentences(found: Sequence[Chunk], rng: random.Random) -> Iterator[Pair]:
    """One sentence with the rest of its chunk, as a question stands to its answer."""
    for chunk in rng.sample(found, k=min(PER_PAPER, len(found))):
        parts = SENTENCE_END.split(chunk.text)
        long_enough = [n for n, part in enumerate(parts) if 30 <= len(part) <= 250]
        if len(parts) > 1 and long_enough:
            picked = rng.choice(long_enough)
            yield parts[picked], " ".join(parts[:picked] + parts[picked + 1 :])


def pairs(papers: Sequence[Paper], seed: int) -> list[Pair]:
    """All pairs of all papers, shuffled; the same seed gives the same pairs."""
    rng = random.Random(seed)
    common = common_headings(papers)
    made: list[Pair] = []
    for paper in papers:
        found = list(chunks(paper, common))
        made += titles(paper, found, rng)
        made += headings(found, rng)
        made += neighbours(found, rng)
        made += sentences(found, rng)
    rng.shuffle(made)
    return made
