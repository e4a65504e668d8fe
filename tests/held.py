"""A home with papers and their originals, for the tests of what is shown of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extractors import read
from extractors.model import Unreadable
from index.archive import Archive
from index.catalog import Catalog, Listed
from index.settings import Settings, load
from tests.papers import pdf
from tests.records import empty_catalog

NUMBER = "811228-9874"  # of nobody: the one of the specification

MINUTES = pdf(
    (
        "Alingsås kommun", "Kommunstyrelsen", "Protokoll 2026-06-15", "",
        "§ 114 Bidrag till Sundby IF", "Dnr KS 2026/12", "",
        "Yrkanden", "Anna Ek (S) yrkar bifall till förslaget.", "",
        "Beslut", "Bidraget på 40 000 kr beviljas.", "",
    ),
    (
        f"Sökandens kontaktperson, {NUMBER}, har lämnat underlag.", "",
        "§ 115 Motion om <cykelväg> & bro", "",
        "Beslut", "Motionen avslås.", "",
    ),
    head="Kommunstyrelsen", foot="Sida {n}",
)  # fmt: skip
NEWER = pdf(
    (
        "Alingsås kommun", "Kommunstyrelsen", "Protokoll 2026-06-15", "",
        "§ 114 Bidrag till Sundby IF", "Dnr KS 2026/12", "",
        "Yrkanden", "Anna Ek (S) yrkar bifall till förslaget.", "",
        "Beslut", "Bidraget på 45 000 kr beviljas.", "",
    ),
    ("§ 115 Motion om <cykelväg> & bro", "", "Beslut", "Motionen bifalls.", ""),
    head="Kommunstyrelsen", foot="Sida {n}",
)  # fmt: skip
MOTION = "Motion om hundrastgård\n\nAlingsås kommun\n2026-02-01\n\nHundar ska få springa lösa.\n\nBo Alm (M)\n".encode()


def sha(data: bytes) -> str:
    """The name of an original."""
    return hashlib.sha256(data).hexdigest()


def empty(folder: Path) -> Settings:
    """A home without papers."""
    return load({"PARAGRAF_HOME": str(folder), "PARAGRAF_CATALOG": empty_catalog(folder)})


def keep(settings: Settings, key: str, *versions: bytes, url: str | None = None) -> int:
    """A paper in the archive and the record, in one version after the other; the id of its document."""
    archive = Archive(settings.archive)
    with Catalog(settings.catalog) as catalog:
        catalog.source("board", "urls", "https://www.example.se")
        for data in versions:
            run = catalog.start_run("ingest")
            listed = Listed("board", key, url or f"https://www.example.se/{key}")
            try:
                catalog.save(listed, archive.put(data), read(data, listed.url), run)
            except Unreadable as error:
                catalog.save(listed, archive.put(data), error, run, reader="reader-1")
        known = catalog.known("board", key)
        assert known
        return known.document_id
