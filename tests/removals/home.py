"""Papers that name a private person, invented, and what is left of her in the files of a home."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.catalog import Catalog
from index.removals import meant
from index.removals.record import Removal
from index.removals.remove import remove
from index.settings import Settings
from tests.tiny import TinyEncoder

LETTER = """Ale kommun
Socialnämnden
Sammanträdesprotokoll 2031-05-04

§ 7 Ansökan om bostadsanpassning
Dnr SN 2031/7
Beslut
Socialnämnden beviljar Tindra Kvastfors ansökan om 45 000 kronor.
Ärendebeskrivning
Tindra Kvast-
fors har sedan en olycka svårt att gå i trappor och bor ensam på Lillgatan.
Kontakt: tindra.kvastfors@post.example. Ärendet rör även Kvastfors, Tindra.

§ 8 Motion om hundrastgård
Dnr SN 2031/8
Beslut
Socialnämnden avslår motionen.
"""
ALE = LETTER.encode()
ELSEWHERE = LETTER.replace("Ale kommun", "Mjölby kommun").replace("Lillgatan", "Torget").encode()


def gone(settings: Settings, found: meant.Meant, reason: str = "begärd radering") -> Removal:
    with Catalog(settings.catalog) as catalog:
        return remove(settings, catalog, found, reason, encode=TinyEncoder())


def held(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file of a home."""
    for file in folder.rglob("*"):
        if file.is_file():
            yield file, file.read_bytes()


def in_files(folder: Path, *words: str) -> list[str]:
    """The files that have one of these words."""
    return [
        f"{file.relative_to(folder)}: {word}"
        for file, data in held(folder)
        for word in words
        if word.encode() in data or word.lower().encode() in data
    ]
