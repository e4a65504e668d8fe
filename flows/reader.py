"""The reading processes as the settings want them (läsare)."""

from __future__ import annotations

import os

from extractors.workers import Readers
from index.settings import Settings


def can_ocr(settings: Settings) -> bool:
    """Whether scanned pages are read now: Tesseract with Swedish is there, and nobody has said that it shall wait."""
    from extractors import ocr

    return settings.ocr and ocr.installed()


def readers(settings: Settings, processes: int | None = None, ocr: bool | None = None) -> Readers:
    """Processes that run the package's reader, or one of the tests' (PARAGRAF_READER, an import path).

    `ocr` counts before the setting of that name.
    """
    reader = os.environ.get("PARAGRAF_READER", "extractors:read")
    ocr = settings.ocr if ocr is None else ocr
    return Readers(processes or settings.workers, settings.read_timeout, settings.read_memory, ocr, reader)
