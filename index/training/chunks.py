"""Papers cut to chunks: some hundred characters of running text under one heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.training.texts import Paper

CHUNK = 500  # characters that a chunk is filled to
SHORTEST = 80  # characters: a shorter paragraph is a heading or says too little
COMMON_HEADING = 20  # a heading of more papers than this ("Bakgrund", "3 §") tells nothing of its text
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


def sentences(chunk: Chunk) -> list[str]:
    """The sentences of a chunk.

    >>> sentences(Chunk("", "Nämnden sa nej. Varför? Enligt 3 kap. 2 § får den."))
    ['Nämnden sa nej.', 'Varför?', 'Enligt 3 kap. 2 § får den.']
    """
    return SENTENCE_END.split(chunk.text)
