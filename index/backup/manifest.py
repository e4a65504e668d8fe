"""What a backup says of itself (följesedel): of when it is, what it holds, and the hash of its record."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FORM = 1  # of the folder; a newer one is refused
MANIFEST, RECORD, ORIGINALS, HOME = "backup.json", "catalog.sqlite", "originals", "home"
KEPT = (
    "sources.toml",
    "*.key",
    "removals.json",
    "municipalities",
    "reports",
)  # of the home: told by people or found nowhere else


class BackupError(RuntimeError):
    """A backup that cannot be made or used: why, and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup in brief. `record` is the sha256 of its record's file, `made_at` is UTC, `revision` the last change."""

    made_at: str
    revision: int
    documents: int
    originals: int
    missing: tuple[str, ...]
    record: str
    form: int = FORM

    def write(self, folder: Path) -> None:
        """The last file that a backup gets: without it there is none."""
        beside = folder / f"{MANIFEST}.new"
        with beside.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(folder / MANIFEST)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a backup, refused where there is none or a newer Paragraf made it."""
        try:
            told: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            form = told["form"]
            if form > FORM:
                raise BackupError(f"{folder} was made by a newer Paragraf; install that one to restore it")
            return cls(**{**told, "missing": tuple(told["missing"])})
        except FileNotFoundError:
            raise BackupError(f"{folder} holds no whole backup: there is no {MANIFEST} in it") from None
        except (ValueError, TypeError, KeyError) as error:
            raise BackupError(f"{folder / MANIFEST} cannot be understood: {error}") from None
