"""The public texts that the models learn from: motions, interpellations, government texts, laws, committee reports."""

from __future__ import annotations

import gzip
import html
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCES = ("motions", "interpellations", "regeringen_g0v", "betankanden", "sfs")
HELD_OUT = 800  # motions that no model sees: they are what it is measured on
DISTRACTORS = 1200  # the next motions: wrong answers to the held-out ones' titles

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\s*(?:\n|\Z)", re.DOTALL)
LAW_TITLE = re.compile(r"^rubrik: (.+)$", re.MULTILINE)
ENGLISH = re.compile(r"\b(?:the|and|of|to|with|for)\b")
TAG = re.compile(r"<[^>]+>")
MARKUP = re.compile(r"[#*_|>\[\]]+|\(https?://\S+?\)|https?://\S+")
HYPHENATED = re.compile(r"(\w)-\n(?!och\b|eller\b|samt\b)(\w)")
SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
PARAGRAPHS = re.compile(r"\n\s*\n+")
GROUNDS = re.compile(r"\n\s*Motivering\s*\n")


@dataclass(frozen=True, slots=True)
class Paper:
    """A text to learn from: what kind, its title (rubrik) and its paragraphs (stycken), tidied."""

    kind: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """Title and paragraphs as one text."""
        return "\n\n".join((self.title, *self.paragraphs))


def tidy(text: str) -> str:
    """Text without markup, soft hyphens and odd spaces.

    >>> tidy("Ut\\u00adöver <p>detta är\\u00a0# kommu-\\nnen hälso-\\noch sjukvård</p>")
    'Utöver detta är kommunen hälso-\\noch sjukvård'
    """
    text = html.unescape(text).replace("\u00ad", "").replace("\r\n", "\n")
    text = HYPHENATED.sub(r"\1\2", MARKUP.sub(" ", TAG.sub("", text)))
    return SPACES.sub(" ", text).strip()


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, each on one line.

    >>> paragraphs("Ett stycke\\nsom går vidare.\\n\\n \\nOch ett till.")
    ('Ett stycke som går vidare.', 'Och ett till.')
    """
    parts = (" ".join(tidy(part).split()) for part in PARAGRAPHS.split(FRONT_MATTER.sub("", text)))
    return tuple(part for part in parts if part and not is_english(part))


def is_english(text: str) -> bool:
    """Whether a paragraph is in English, as some of the government's are: they would take room from Swedish words.

    >>> is_english("The talks between the ministers of Sweden"), is_english("Hon läste det i The Economist i går")
    (True, False)
    """
    return len(ENGLISH.findall(text.lower())) * 8 > len(text.split())


def title(row: dict[str, Any]) -> str:
    """The title of a row; that of a law may stand only in what comes before its text."""
    found = row["title"] or (LAW_TITLE.search(row["text"] or "") or ("", ""))[1]
    return tidy(str(found).strip('"'))


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of one file of the training folder."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def grounds(row: dict[str, Any]) -> str:
    """What a motion gives as its reasons: the text after "Motivering", or all of it."""
    parts = GROUNDS.split(row["text"], maxsplit=1)
    return str(parts[-1]).strip()


def shuffled_motions(folder: Path) -> list[dict[str, Any]]:
    """All motions in the order that decides which are held out."""
    motions = rows(folder, "motions")
    random.Random(0).shuffle(motions)
    return motions


def held_out(folder: Path) -> tuple[list[str], list[str]]:
    """Titles of the held-out motions, and the texts to find them among: their own first, in order, then distractors."""
    motions = shuffled_motions(folder)[: HELD_OUT + DISTRACTORS]
    return [row["title"] for row in motions[:HELD_OUT]], [grounds(row) for row in motions]


def training_motions(folder: Path) -> Iterator[Paper]:
    """The motions to learn from: no held-out one, nor a twin (motions come back year after year under one title)."""
    motions = shuffled_motions(folder)
    kept_out = {row["title"].casefold() for row in motions[:HELD_OUT]}
    for row in motions[HELD_OUT:]:
        if row["title"].casefold() not in kept_out:
            asked = tuple(tidy(proposal["text"]) for proposal in row.get("proposals") or ())
            yield Paper("motions", title(row), asked + paragraphs(grounds(row)))


def papers(folder: Path) -> Iterator[Paper]:
    """Every text to learn from, source by source."""
    yield from training_motions(folder)
    for name in SOURCES[1:]:
        for row in rows(folder, name):
            notice = paragraphs(row.get("notis") or "")
            yield Paper(name, title(row), notice + paragraphs(row["text"] or ""))
